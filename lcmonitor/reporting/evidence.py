"""The evidence that stands beside what people say of a level: how strong it is."""

from collections.abc import Iterator

from lcmonitor.instruments.model import Level
from lcmonitor.reporting.parts import Table
from lcmonitor.reporting.results import is_shown, ratio_head, ratio_row, records
from lcmonitor.reporting.subject import Subject


def evidence(subject: Subject, level: Level) -> Iterator[Table]:
    """The recorded products by the answers to an item, then the shares among them."""
    yield from records(subject, level)
    names = [name for name, it in subject.asked("record_share").items() if it.level == level]
    rows = tuple(ratio_row(subject, name) for name in names if is_shown(subject, name))
    if rows:
        yield Table(subject.words("results.confirmed"), ratio_head(subject), rows)
