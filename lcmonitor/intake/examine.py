"""Exports in, receipts and responses out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from lcmonitor.intake.conclude import conclude
from lcmonitor.intake.context import Questionnaires
from lcmonitor.intake.delivery import Delivery, Examined
from lcmonitor.intake.draft import Draft, make_draft
from lcmonitor.intake.forms import counts_records
from lcmonitor.intake.judge import batches, judge
from lcmonitor.intake.kept import Kept
from lcmonitor.intake.receipt import Finding
from lcmonitor.intake.validate import validate
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Programme, Wave


def examine(deliveries: Iterable[Delivery], setup: Setup, secret: bytes) -> list[Examined]:
    """What would become of each delivery, in their order; nothing is stored.

    ``secret`` makes panel keys of tokens. Each delivery is drafted as it comes, for others may still be read;
    the expectations are judged once a form, for all deliveries of it.
    """
    forms = Questionnaires(setup)
    drafts = [make_draft(delivery, forms, secret) for delivery in deliveries]
    judged = _judge(drafts, setup.programme)
    waves = setup.programme.waves
    return [conclude(draft, judged.get(number, ()), waves) for number, draft in enumerate(drafts)]


def _judge(drafts: Sequence[Draft], programme: Programme) -> dict[int, tuple[Finding, ...]]:
    """Number of the delivery -> what is wrong with its values."""
    by_form: dict[str | None, list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        if draft.kept is not None:
            by_form[draft.matching.form].append(number)
    findings: dict[int, tuple[Finding, ...]] = {}
    for form, numbers in by_form.items():
        found = {n: kept for n in numbers if (kept := drafts[n].kept) is not None}
        looked_at = {n: batches(n, kept, _waves(programme, kept, form)) for n, kept in found.items()}
        verdicts = iter(validate([batch for own in looked_at.values() for batch in own]))
        for number, own in looked_at.items():
            draft = drafts[number]
            assert draft.kept is not None
            file = draft.delivery.table.source.file
            findings[number] = judge(draft.kept, [next(verdicts) for _ in own], draft.matching, file)
    return findings


def _waves(programme: Programme, kept: Kept, form: str | None) -> Sequence[Wave]:
    return programme.periods if counts_records(kept.codebooks, form) else programme.waves
