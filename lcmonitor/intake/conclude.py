"""The end of intake: what is stored of a delivery, and its receipt."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from lcmonitor.errors import ExportError
from lcmonitor.intake import answers, roster, set_aside
from lcmonitor.intake.delivery import Delivery, Examined
from lcmonitor.intake.draft import Draft
from lcmonitor.intake.duration import seconds
from lcmonitor.intake.forms import in_form
from lcmonitor.intake.kept import Kept
from lcmonitor.intake.receipt import Balance, Finding, Receipt, Severity, Verdict
from lcmonitor.intake.responses import RESPONSE_FIELDS, TIES, Responses
from lcmonitor.programme.model import Community, Wave

_ORDER: tuple[Severity, ...] = ("error", "warning", "note")
_COMPLETE, _PARTIAL = 0.8, 0.5  # of the core items that were asked


def conclude(draft: Draft, judged: Iterable[Finding], waves: Sequence[Wave]) -> Examined:
    """Receipt and responses; a refused file has no responses, and all its rows are set aside."""
    findings = _in_order((*draft.findings, *judged))
    refused = draft.kept is None or any(found.severity == "error" for found in findings)
    if refused:
        draft.sorter.set_aside(draft.sorter.kept, set_aside.REFUSED)
    responses = None if refused or draft.kept is None else _responses(draft, draft.kept, waves)
    structure = None if responses is None else draft.structure
    return Examined(_receipt(draft, findings, responses), responses, structure)


def with_findings(receipt: Receipt, more: Iterable[Finding]) -> Receipt:
    """The receipt of an accepted file, with what became known later."""
    findings = _in_order((*receipt.findings, *more))
    return replace(receipt, findings=findings, verdict=_verdict(findings, refused=False))


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What refuses the file first, then what may cost answers; what needs nothing last."""
    return tuple(sorted(findings, key=lambda found: _ORDER.index(found.severity)))


def refusal(file: str, sha256: str, community: Community | str, error: ExportError) -> Receipt:
    """The receipt of a file that could not be read at all: no rows are known."""
    findings = tuple(Finding(message, "error") for message in error.messages)
    name = community if isinstance(community, str) else community.id
    return Receipt(file, sha256, "", name, None, (), "refused", Balance(), findings=findings)


def _receipt(draft: Draft, findings: tuple[Finding, ...], responses: Responses | None) -> Receipt:
    table, delivery = draft.delivery.table, draft.delivery
    numbers = table.facts["row"].to_pylist()
    aside = draft.sorter.aside(numbers)
    kept = responses.rows.num_rows if responses else 0
    return Receipt(
        table.source.file,
        table.source.sha256,
        table.source.tool,
        delivery.community.id,
        draft.matching.form,
        _wave_ids(delivery, responses),
        _verdict(findings, refused=responses is None),
        Balance(len(numbers), new=kept, set_aside=len(aside)),
        aside,
        findings,
        draft.matching.use,
    )


def _wave_ids(delivery: Delivery, responses: Responses | None) -> tuple[str, ...]:
    if responses is None:
        return (delivery.wave,) if delivery.wave else ()
    return tuple(dict.fromkeys(responses.rows["wave"].unique().to_pylist()))


def _verdict(findings: Iterable[Finding], refused: bool) -> Verdict:
    if refused:
        return "refused"
    return "remarks" if any(found.severity == "warning" for found in findings) else "accepted"


def _responses(draft: Draft, kept: Kept, waves: Sequence[Wave]) -> Responses:
    form = draft.matching.form or ""
    facts = {
        "wave": pa.array([wave.id for wave in waves]).take(pa.array(kept.wave)),
        "response_id": kept.ids,
        "row": kept.facts["row"],
        "submitted": kept.facts["submitted"],
        "completeness": _completeness(kept, form),
        "panel_key": kept.panel,
        "partner": kept.partner,
        "seconds": seconds(draft.delivery.table).take(pa.array(kept.positions)),
    }
    fields = pa.table(facts, schema=RESPONSE_FIELDS)
    about = kept.answers.keys() & roster.on_roster(kept.codebooks).keys()
    for item, values in kept.answers.items():
        if item not in about:
            fields = fields.append_column(item, answers.stored(values))
    if about:
        fields = fields.append_column(TIES, roster.ties(kept))
    for item, texts in draft.texts.items():
        fields = fields.append_column(item, texts)
    return Responses(draft.delivery.community.id, form, fields)


def _completeness(kept: Kept, form: str) -> pa.Array:
    """By the share of core items answered among those asked; a form without core items: of all its items.

    "Don't know" is an answer, an invalid one is not.
    """
    asked, answered = (np.zeros(len(kept.positions), np.int16) for _ in range(2))
    for codebook, here in kept.per_codebook():
        items = {code: item for code, item in in_form([codebook], form).items() if code in kept.answers}
        core = [code for code, item in items.items() if item.core] or list(items)
        for code in core:
            values = kept.answers[code][here]
            asked[here] += answers.asked(values)
            answered[here] += answers.valid(values) | answers.unknowing(values)
    share = answered / np.maximum(asked, 1)
    classes = np.select([share >= _COMPLETE, share >= _PARTIAL], ["complete", "partial"], "break_off")
    return pa.array(classes, pa.string())
