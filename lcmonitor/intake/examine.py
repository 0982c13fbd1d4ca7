"""Exports in, receipts and responses out."""

from collections import defaultdict
from collections.abc import Sequence

from lcmonitor.intake.conclude import conclude
from lcmonitor.intake.delivery import Delivery, Examined
from lcmonitor.intake.draft import Draft, make_draft
from lcmonitor.intake.judge import batches, judge
from lcmonitor.intake.receipt import Finding
from lcmonitor.intake.validate import validate
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave


def examine(deliveries: Sequence[Delivery], setup: Setup, secret: bytes) -> list[Examined]:
    """What would become of each delivery, in their order; nothing is stored.

    ``secret`` makes panel keys of tokens. The expectations are judged once a form, for all deliveries of it.
    """
    drafts = [make_draft(delivery, setup, secret) for delivery in deliveries]
    waves = setup.programme.waves
    judged = _judge(drafts, waves)
    return [conclude(draft, judged.get(number, ()), waves) for number, draft in enumerate(drafts)]


def _judge(drafts: Sequence[Draft], waves: Sequence[Wave]) -> dict[int, tuple[Finding, ...]]:
    """Number of the delivery -> what is wrong with its values."""
    by_form: dict[str | None, list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        if draft.kept is not None:
            by_form[draft.matching.form].append(number)
    findings: dict[int, tuple[Finding, ...]] = {}
    for numbers in by_form.values():
        looked_at = {n: batches(n, kept, waves) for n in numbers if (kept := drafts[n].kept) is not None}
        verdicts = iter(validate([batch for own in looked_at.values() for batch in own]))
        for number, own in looked_at.items():
            draft = drafts[number]
            assert draft.kept is not None
            file = draft.delivery.table.source.file
            findings[number] = judge(draft.kept, [next(verdicts) for _ in own], draft.matching, file)
    return findings
