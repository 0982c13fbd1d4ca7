"""What came about, who was reached, what it took: counts and ratios in plain tables, with no judgement."""

from collections.abc import Iterator, Sequence

from lcmonitor.instruments.model import Indicator
from lcmonitor.reporting import shown
from lcmonitor.reporting.cascade import cascade
from lcmonitor.reporting.parts import Cell, Results, Table
from lcmonitor.reporting.subject import Subject

EVER = "ever"  # the part of a figure that is about everything so far
_REACHED = ("persons", "organisations")
_RATIOS = ("record_share", "intention", "cofunding", "private_share", "sme_share", "milestones")


def results(subject: Subject) -> Results:
    """Tables of what there is; figures that belong to a level stand with that level."""
    tables = [
        *(_reach(subject, name) for name in subject.asked("reach")),
        *_records(subject),
        _ratios(subject),
    ]
    found, steps = tuple(table for table in tables if table and table.rows), cascade(subject)
    intro = subject.words("results.intro" if found or steps else "results.intro_none")
    return Results(intro, steps, found)


def _records(subject: Subject) -> Iterator[Table]:
    """What was recorded, by the answers to each item; what belongs to a level stands with that level."""
    for name, indicator in subject.asked("records").items():
        if indicator.level is None and is_shown(subject, name):
            yield counts(subject, name, indicator)


def ratio_row(subject: Subject, name: str) -> tuple[Cell, ...]:
    """What it is about, the figure, its unit, and how many are behind it; of records all so far."""
    indicator = subject.indicators[name]
    figure = subject.value(name, part=EVER if indicator.statistic == "record_share" else "")
    words = subject.words
    value = shown.estimate(figure, indicator.statistic, words)
    return Cell(words.of(indicator.title)), value, Cell(words.of(indicator.unit)), shown.count(figure)


def ratio_head(subject: Subject) -> tuple[str, ...]:
    """Above such rows."""
    return tuple(subject.words(f"results.column.{name}") for name in ("topic", "figure", "of", "n"))


def is_shown(subject: Subject, name: str) -> bool:
    """Whether any figure of the indicator is."""
    return any(figure.shown for figure in subject.about(name))


def _reach(subject: Subject, name: str) -> Table | None:
    words = subject.words
    rows = tuple(
        (Cell(words(f"results.reached.{kind}")), *_now_and_ever(subject, name, kind, f"{kind}_ever"))
        for kind in _REACHED
    )
    title = words.of(subject.indicators[name].title)
    head = (title, words("results.column.wave"), words("results.column.ever"))
    return Table(title, head, rows) if is_shown(subject, name) else None


def _now_and_ever(subject: Subject, name: str, *parts: str) -> tuple[Cell, ...]:
    statistic = subject.indicators[name].statistic
    return tuple(shown.estimate(subject.value(name, part=part), statistic, subject.words) for part in parts)


def counts(subject: Subject, name: str, indicator: Indicator, every: bool = False) -> Table:
    """New since the wave before, and all so far; ``every``: answers that nobody gave have a row too."""
    words, scale = subject.words, subject.scale(name)
    codes = sorted(scale.codes) if scale else []
    rows = [
        (Cell(words.of(scale.codes[code])), *_now_and_ever(subject, name, str(code), f"{EVER}:{code}"))
        for code in codes
        if scale and (every or _any(subject, name, code))
    ]
    rows += _rest(subject, name, codes)
    rows.append((Cell(words("results.all")), *_now_and_ever(subject, name, "", EVER)))
    title = words.of(indicator.title)
    head = (title, words("results.column.new"), words("results.column.ever"))
    return Table(title, head, tuple(rows))


def _rest(subject: Subject, name: str, codes: Sequence[int]) -> Iterator[tuple[Cell, ...]]:
    """Those without one of the answers, so that the rows add up; all are shown or none."""
    words, statistic = subject.words, subject.indicators[name].statistic
    left = []
    for period in ("", f"{EVER}:"):
        parts = [subject.value(name, part=f"{period}{code}") for code in codes]
        whole = subject.value(name, part=period.rstrip(":"))
        if not whole or not whole.shown:
            return
        left.append((whole.estimate or 0) - sum((part.estimate or 0) for part in parts if part))
    if any(left):
        numbers_ = (Cell(shown.number(each, statistic, words.language), "number") for each in left)
        yield (Cell(words("results.rest")), *numbers_)


def _any(subject: Subject, name: str, code: int) -> bool:
    """Whether there is anything but nothing to say of a code."""
    figure = subject.value(name, part=f"{EVER}:{code}")
    return figure is not None and (not figure.shown or bool(figure.estimate))


def _ratios(subject: Subject) -> Table:
    names = [
        name
        for statistic in _RATIOS
        for name, indicator in subject.asked(statistic).items()
        if indicator.level is None and _told(subject, name)
    ]
    rows = tuple(ratio_row(subject, name) for name in names)
    title = subject.words("results.ratios")
    return Table(title, (title, *ratio_head(subject)[1:]), rows)


def _told(subject: Subject, name: str) -> bool:
    """Whether there is something, shown or withheld."""
    return any(figure.status in ("released", "suppressed") for figure in subject.about(name))
