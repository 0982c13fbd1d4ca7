"""What goes together: associations as a table, in words that never say that one thing makes another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lcmonitor.reporting import numbers, shown
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell, Table, Together
from lcmonitor.reporting.subject import Subject

_MOST = 12  # combinations that are named first
_CLEAR = ("together", "opposite")
_CONTEXTS = ("sector", "scale", "phase")
_COMMUNITIES, _PEOPLE = 5, 10  # from which an association is made
_DECIMALS = 2


@dataclass(frozen=True)
class _Pair:
    """Two constructs by name, and their figures by the last piece of the part."""

    one: str
    two: str
    parts: Mapping[str, Figure]

    @property
    def r(self) -> Figure | None:
        return self.parts.get("r")

    @property
    def strength(self) -> float:
        return abs(self.r.estimate or 0) if self.r else 0


def together(subject: Subject) -> tuple[Together, ...]:
    """One a form that has an association."""
    return tuple(_together(subject, name) for name in subject.asked("association"))


def _together(subject: Subject, indicator: str) -> Together:
    words, pairs = subject.words, _pairs(subject, indicator)
    told = [pair for pair in pairs if pair.r and pair.r.shown]
    clear = sorted(
        (pair for pair in told if pair.r and pair.r.word in _CLEAR), key=lambda pair: -pair.strength
    )
    if not told:
        few = words("together.few", communities=_COMMUNITIES, people=_PEOPLE)
        return Together(words("together.finding_few"), (few,), None, None, None)
    key = "together.finding" if clear else "together.finding_none"
    title = words.count(key, len(clear), of=len(told)) if clear else words(key, of=len(told))
    return Together(
        title,
        (words("together.key"),),
        _table(subject, "clear", clear[:_MOST]),
        _table(subject, "all", pairs),
        _apart(subject, indicator, clear),
    )


def _pairs(subject: Subject, indicator: str) -> list[_Pair]:
    found: dict[str, dict[str, Figure]] = {}
    for figure in subject.about(indicator):
        pair, _, part = figure.part.rpartition(":")
        found.setdefault(pair, {})[part] = figure
    return [_Pair(pair.partition("+")[0], pair.partition("+")[2], parts) for pair, parts in found.items()]


def _table(subject: Subject, caption: str, pairs: Sequence[_Pair]) -> Table | None:
    words = subject.words
    columns = ("one", "two", "r", "interval", "next", "n", "word", "differs")
    head = tuple(words(f"together.column.{column}") for column in columns)
    rows = tuple(tuple(_row(subject, pair)) for pair in pairs)
    return Table(words(f"together.{caption}"), head, rows) if rows else None


def _row(subject: Subject, pair: _Pair) -> Iterator[Cell]:
    words = subject.words
    yield Cell(_title(subject, pair.one))
    yield Cell(_title(subject, pair.two))
    yield _estimate(pair.r, subject)
    yield _between(pair.r, subject)
    yield _between(pair.parts.get("next"), subject)
    yield shown.count(pair.r)
    yield Cell(words(f"together.word.{pair.r.word if pair.r and pair.r.word else 'none'}"))
    yield Cell(_differs(subject, pair) if pair.r and pair.r.shown else "–")


def _title(subject: Subject, construct: str) -> str:
    return subject.words.of(subject.codebook.constructs[construct].title)


def _estimate(figure: Figure | None, subject: Subject) -> Cell:
    if figure is None or not figure.shown:
        return shown.absent(figure, subject.words)
    return Cell(numbers.number(figure.estimate or 0, subject.words.language, _DECIMALS), "number")


def _between(figure: Figure | None, subject: Subject) -> Cell:
    if figure is None or not figure.shown or figure.low is None or figure.high is None:
        return Cell("–", "number")
    return Cell(numbers.span(figure.low, figure.high, subject.words.language, _DECIMALS), "number")


def _differs(subject: Subject, pair: _Pair) -> str:
    """By which contexts it clearly does; else that it does not, or that nothing can be told."""
    words = subject.words
    told = {by: figure for by in _CONTEXTS if (figure := pair.parts.get(f"by-{by}")) and figure.shown}
    named = [words(f"together.by.{by}") for by, figure in told.items() if figure.word == "differs"]
    compared = any(figure.word == "no_clear_difference" for figure in told.values())
    return ", ".join(named) or words(f"together.differs_{'not' if compared else 'unknown'}")


def _apart(subject: Subject, indicator: str, pairs: Sequence[_Pair]) -> Table | None:
    """The groups of each combination and context that clearly differ."""
    words = subject.words
    rows = tuple(
        row
        for by in _CONTEXTS
        for pair in pairs
        if (figure := pair.parts.get(f"by-{by}")) and figure.word == "differs"
        for row in _groups(subject, indicator, pair, by)
    )
    columns = ("one", "two", "by", "group", "r", "interval", "n")
    head = tuple(words(f"together.column.{column}") for column in columns)
    return Table(words("together.apart"), head, rows) if rows else None


def _groups(subject: Subject, indicator: str, pair: _Pair, by: str) -> Iterator[tuple[Cell, ...]]:
    part = f"{pair.one}+{pair.two}:r"
    for figure in subject.about(indicator, group_by=by):
        if figure.part == part and figure.shown:
            yield (
                Cell(_title(subject, pair.one)),
                Cell(_title(subject, pair.two)),
                Cell(subject.words(f"together.by.{by}")),
                Cell(_group(subject, by, figure.group_value)),
                _estimate(figure, subject),
                _between(figure, subject),
                shown.count(figure),
            )


def _group(subject: Subject, by: str, name: str) -> str:
    if by == "sector":
        return subject.words.of(subject.setup.instrument.sectors[name].title)
    return subject.words(f"community.{by}.{name}")
