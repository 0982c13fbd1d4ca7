"""Everything in which two exports differ, the whole file first."""

from collections.abc import Iterator

from lcmonitor.drift import answers, labels, scales, whole, wording
from lcmonitor.drift.pair import Pair
from lcmonitor.intake.receipt import Finding


def compare(pair: Pair) -> Iterator[Finding]:
    """What differs between the two waves; nothing where nothing does."""
    for look in (whole.of_export, whole.of_items, wording.of_questions, scales.of_scales):
        yield from look(pair)
    for look in (labels.of_labels, answers.of_answers, whole.of_others):
        yield from look(pair)
