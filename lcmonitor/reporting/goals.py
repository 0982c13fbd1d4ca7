"""The programme's own goals, as a straight line from where each began, and the released figures beside it.

A word is given only where the whole interval lies on one side of the line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lcmonitor.instruments.model import Statistic
from lcmonitor.programme.goals import COUNTS, PART, Goal, ends
from lcmonitor.programme.model import Community, Wave
from lcmonitor.reporting import rows, shown
from lcmonitor.reporting.charts import ChartRow, draw
from lcmonitor.reporting.dates import day
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell, Goals, Key, Plot, Table
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import Words, capital

_NARROW = 10  # characters under a dot
_ROOM_BELOW = 0.1  # of the height, from which on a number fits between a dot and the axis
_PLAIN = ("mean", "records", "reach")  # statistics that are drawn as they are; others are shares
Word = Literal["on_track", "behind", "hidden", "broken", "first", "unsure"]  # from the third on: cannot say
_COLUMNS = ("goal", "begin", "now", "interval", "line", "target", "word")


@dataclass(frozen=True)
class Point:
    """A goal's figure in a wave; ``value`` None: not shown, or not comparable with where the goal began."""

    wave: Wave
    value: float | None
    low: float
    high: float
    absent: str = ""  # the sign and the word why
    n: int | None = None  # answers behind it; None: it is a count

    @classmethod
    def of(cls, figure: Figure | None, wave: Wave, subject: Subject) -> "Point":
        """Of a released figure; without an interval both ends are the figure itself."""
        if figure is None or figure.estimate is None or not figure.shown:
            return cls(wave, None, 0, 0, shown.absent(figure, subject.words).text)
        low = figure.estimate if figure.low is None else figure.low
        high = figure.estimate if figure.high is None else figure.high
        return cls(wave, figure.estimate, low, high, n=figure.n)


@dataclass(frozen=True)
class Course:
    """A goal with its figures, oldest first, and where it began; None: no figure so far."""

    goal: Goal
    statistic: Statistic
    title: str
    unit: str
    points: tuple[Point, ...]
    begin: tuple[date, float] | None

    @property
    def now(self) -> Point:
        """In the wave of the report."""
        return self.points[-1]

    def line(self, on: date) -> float | None:
        """Where the straight line to the goal is on a day; before it begins and after its end it is level."""
        if self.begin is None:
            return None
        start, value = self.begin
        days = (self.goal.by - start).days
        passed = min(max((on - start).days / days, 0), 1) if days > 0 else 1
        return value + (self.goal.target - value) * passed

    @property
    def word(self) -> Word:
        """How it stands beside the line today."""
        line, now = self.line(self.now.wave.closes), self.now
        if now.value is None:
            return "hidden"
        if line is None or self.begin is None:
            return "broken"
        if now.wave.closes <= self.begin[0]:
            return "first"
        grows = self.goal.target >= self.begin[1]
        if (now.low >= line) if grows else (now.high <= line):
            return "on_track"
        return "behind" if ((now.high < line) if grows else (now.low > line)) else "unsure"


def goals(subject: Subject, communities: Sequence[Community]) -> Goals | None:
    """None where the programme has none."""
    courses = [_course(subject, goal, communities) for goal in subject.setup.programme.goals]
    if not courses:
        return None
    words = subject.words
    head = tuple(words(f"goals.column.{column}") for column in _COLUMNS)
    table = Table(words("goals.caption"), head, tuple(tuple(_row(subject, one)) for one in courses))
    drawn = [one for one in courses if sum(point.value is not None for point in one.points) > 1]
    return Goals(table, tuple(_plot(subject, f"goal-{n}", one) for n, one in enumerate(drawn, 1)))


def _course(subject: Subject, goal: Goal, communities: Sequence[Community]) -> Course:
    title, unit, statistic = _about(subject, goal)
    points = tuple(_points(subject, goal, communities))
    return Course(goal, statistic, title, unit, points, _begin(subject, goal, points))


def _about(subject: Subject, goal: Goal) -> tuple[str, str, Statistic]:
    words, indicator = subject.words, subject.indicators.get(goal.measure)
    if indicator is None:
        title, unit = words(f"goals.count.{goal.measure}"), words("goals.count.unit")
        return words.of(goal.title) if goal.title else title, unit, "records"
    unit = words("results.reached.persons") if indicator.statistic == "reach" else subject.unit(goal.measure)
    return words.of(goal.title or indicator.title), unit, indicator.statistic


def _points(subject: Subject, goal: Goal, communities: Sequence[Community]) -> Iterator[Point]:
    """Of the waves up to this one; from the last break of the series on."""
    waves = subject.waves
    if goal.measure in COUNTS:
        counts = (float(_count(goal.measure, communities, wave.closes)) for wave in waves)
        yield from (Point(wave, count, count, count) for wave, count in zip(waves, counts, strict=True))
        return
    part = PART[subject.indicators[goal.measure].statistic]
    broken = max((at for at, wave in enumerate(waves) if subject.begins(goal.measure, wave)), default=0)
    for wave in waves[broken:]:
        yield Point.of(subject.value(goal.measure, wave, part), wave, subject)


def _count(what: str, communities: Sequence[Community], on: date) -> int:
    there = [one for one in communities if one.started <= on and (one.ended is None or on <= one.ended)]
    return len(there) if what == "communities" else sum(len(one.partners_on(on)) for one in there)


def _begin(subject: Subject, goal: Goal, points: Sequence[Point]) -> tuple[date, float] | None:
    """As the programme gives it, unless the series was broken since; else the first figure that is shown."""
    first = next(((point.wave.closes, point.value) for point in points if point.value is not None), None)
    if goal.baseline is None:
        return first
    since = goal.since or subject.waves[0].closes
    later = [wave for wave in subject.waves if wave.opens > since]
    broken = goal.measure not in COUNTS and any(subject.begins(goal.measure, wave) for wave in later)
    return None if broken else (since, goal.baseline)


def _row(subject: Subject, course: Course) -> Iterator[Cell]:
    words, now = subject.words, course.now
    yield Cell(f"{course.title} ({course.unit})")
    yield _dated(subject, course, course.begin)
    yield _told(subject, course, now)
    yield _interval(subject, course, now)
    yield _planned(subject, course, now.wave.closes)
    yield _dated(subject, course, (course.goal.by, course.goal.target))
    yield Cell(words(f"goals.word.{course.word}"))


def _dated(subject: Subject, course: Course, at: tuple[date, float] | None) -> Cell:
    if at is None:
        return Cell("–", "number")
    value = _number(subject, course, at[1]).text
    return Cell(subject.words("goals.dated", value=value, day=day(at[0], subject.words)))


def _number(subject: Subject, course: Course, value: float) -> Cell:
    return Cell(shown.number(value, course.statistic, subject.words.language), "number")


def _interval(subject: Subject, course: Course, point: Point) -> Cell:
    if point.value is None or point.low == point.high:
        return Cell("–", "number")
    low, high = (_number(subject, course, end).text for end in (point.low, point.high))
    return Cell(f"{low}–{high}", "number")


def _plot(subject: Subject, figure: str, course: Course) -> Plot:
    words = subject.words
    told = [f"{words.begin(one.wave.title)} {_told(subject, course, one).text}" for one in course.points]
    low, high = _axis(subject, course)
    return Plot(
        id=figure,
        title=words("goals.finding", title=course.title, word=words(f"goals.short.{course.word}")),
        subtitle=words("goals.subtitle", unit=capital(course.unit), target=_target(subject, course)),
        summary=words.sentence([*told, _target(subject, course)]),
        table=_waves(subject, course),
        svg=draw("trend", list(_drawn(subject, course)), figure, low=low, high=high),
        keys=tuple(_keys(course, words)),
    )


def _keys(course: Course, words: Words) -> Iterator[Key]:
    yield Key("dot-now", words("goals.key.now"))
    if any(point.value is not None and point.low != point.high for point in course.points):
        yield Key("bar-now", words("key.interval"))
    yield Key("diamond-ambition", words("goals.key.line"))


def _target(subject: Subject, course: Course) -> str:
    there = _dated(subject, course, (course.goal.by, course.goal.target))
    return subject.words("goals.target", target=there.text)


def _told(subject: Subject, course: Course, point: Point) -> Cell:
    return Cell(point.absent, "absent") if point.value is None else _number(subject, course, point.value)


def _waves(subject: Subject, course: Course) -> Table:
    words = subject.words
    head = tuple(words(f"goals.wave.{column}") for column in ("wave", "figure", "interval", "n", "line"))
    lines = tuple(
        (
            Cell(words.begin(point.wave.title)),
            _told(subject, course, point),
            _interval(subject, course, point),
            Cell("–" if point.n is None else str(point.n), "number"),
            _planned(subject, course, point.wave.closes),
        )
        for point in course.points
    )
    return Table(course.title, head, lines)


def _planned(subject: Subject, course: Course, on: date) -> Cell:
    line = course.line(on)
    return Cell("–", "number") if line is None else _number(subject, course, line)


def _axis(subject: Subject, course: Course) -> tuple[float, float]:
    """The scale of a mean, 100 percent, or from 0 to somewhat above all there is to draw."""
    if course.statistic == "mean":
        return ends(subject.indicators[course.goal.measure], subject.setup.instrument)
    highest = max([course.goal.target, *(point.high for point in course.points)])
    return 0, 1.1 * highest if course.statistic in _PLAIN else max(100, 100 * highest)


def _drawn(subject: Subject, course: Course) -> Iterator[ChartRow]:
    """A dot a wave, and the line to the goal at that wave; shares in percent."""
    size, stretch = 1 if course.statistic in _PLAIN else 100, 0
    low, high = _axis(subject, course)
    least = low + _ROOM_BELOW * (high - low)
    for number, point in enumerate(course.points, 1):
        stretch += point.value is None
        line = course.line(point.wave.closes)
        row: ChartRow = {
            "wave": f"{number:02}",
            "tick": rows.label(subject.words.of(point.wave.title), _NARROW),
            "stretch": stretch,
            "value_text": "" if point.value is None else _told(subject, course, point).text,
            "absent": point.absent.split(" ")[0],
            "ambition": None if line is None else line * size,
        }
        yield row if point.value is None else rows.number_under({**row, **_dot(point, size)}, least)


def _dot(point: Point, size: float) -> ChartRow:
    whole = point.low == point.high
    return {
        "estimate": (point.value or 0) * size,
        "lower": None if whole else point.low * size,
        "upper": None if whole else point.high * size,
        "top": point.high * size,
    }
