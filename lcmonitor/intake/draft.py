"""A delivery as far as it can be understood without judging its values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from lcmonitor.errors import ExportError
from lcmonitor.intake import open_answers, set_aside
from lcmonitor.intake.context import Context, Questionnaires, make_context
from lcmonitor.intake.delivery import Delivery
from lcmonitor.intake.findings import Place, finding
from lcmonitor.intake.forms import counts_records, in_form
from lcmonitor.intake.kept import Kept
from lcmonitor.intake.match import Matching, match
from lcmonitor.intake.reading import read
from lcmonitor.intake.receipt import Finding
from lcmonitor.intake.roster import has_roster, settle, takes_part
from lcmonitor.intake.sift import findings as row_findings
from lcmonitor.intake.sift import one_per_organisation, sift, unclear_consent
from lcmonitor.intake.structure import Structure, structure_of


@dataclass(frozen=True)
class Draft:
    """What is known so far. ``kept`` is None where something already refuses the file."""

    delivery: Delivery
    matching: Matching
    sorter: set_aside.Sorter
    findings: tuple[Finding, ...]
    kept: Kept | None = None
    structure: Structure | None = None
    texts: Mapping[str, pa.Array] = field(default_factory=dict)  # masked answers, a value per row of ``kept``


def make_draft(delivery: Delivery, forms: Questionnaires, secret: bytes) -> Draft:
    """Columns matched, answers read, rows sorted."""
    setup, table = forms.setup, delivery.table
    sorter = set_aside.Sorter(table.facts.num_rows)
    remarks = tuple(Finding(message, "warning") for message in table.remarks)
    try:
        context = make_context(delivery, forms, secret)
    except ExportError as error:
        wrong = tuple(Finding(message, "error") for message in error.messages)
        return Draft(delivery, Matching(delivery.form), sorter, remarks + wrong)
    table, mapping = context.table, context.asked.mapping
    matching = match(table, context.asked, delivery.form or (mapping.form if mapping else None))
    records = counts_records(context.asked.codebooks, matching.form)
    if records:  # they come about between two waves
        context = make_context(delivery, forms, secret, setup.programme.periods)
        matching = match(table, context.asked, matching.form)
    set_aside.sort_by_facts(sorter, table.facts, context.placed, context.given)
    if matching.refused or matching.form is None or context.without_wave:
        return Draft(delivery, matching, sorter, (*remarks, *matching.findings, *_without_wave(context)))
    result = read(context, matching, matching.form, sorter.kept)
    unclear = unclear_consent(result.kept, matching, table.source.file)
    settled: tuple[Finding, ...] = ()
    if roster := has_roster(context.asked.written, matching.form):
        settled = tuple(settle(result.kept, delivery.community, context.waves, table.source.file))
    kept = sift(result.kept, sorter, set_aside.SAME_RECORD if records else set_aside.SAME_PERSON)
    if roster:
        kept = one_per_organisation(kept, sorter, takes_part(kept, delivery.community, context.waves))
    aside = row_findings(table.source.file, table.facts["row"].to_pylist(), sorter)
    findings = (*remarks, *matching.findings, *result.findings, *unclear, *settled, *aside)
    if not len(kept.positions):
        nothing = finding("LCM-213", "error", Place(table.source.file), total=table.facts.num_rows)
        return Draft(delivery, matching, sorter, (*findings, nothing))
    refused = any(found.severity == "error" for found in findings)
    if refused:
        return Draft(delivery, matching, sorter, findings)
    items = in_form(context.asked.codebooks, matching.form)
    columns = open_answers.kept_items(matching, items)
    mask = open_answers.masker_of(setup.workspace.participants(delivery.community.id))
    texts = open_answers.masked(table, columns, mask, kept.positions) if mask else {}
    findings = (*findings, *open_answers.told(table.source.file, columns, mask))
    structure = structure_of(table, matching, context.asked)
    return Draft(delivery, matching, sorter, findings, kept, structure, texts)


def _without_wave(context: Context) -> Iterator[Finding]:
    if context.without_wave:
        allowed = ", ".join(wave.id for wave in context.waves)
        yield finding("LCM-212", "error", Place(context.table.source.file), allowed=allowed)
