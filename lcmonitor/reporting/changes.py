"""What changed since the wave before, in numbers and words, and the course over all waves."""

from collections.abc import Sequence

from lcmonitor.instruments.model import Indicator
from lcmonitor.reporting import rows, shown
from lcmonitor.reporting.charts import ChartRow, draw
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.pages import Cell, Changes, Key, Plot, Table
from lcmonitor.reporting.subject import Subject

_CLEAR = ("higher", "lower")
_NARROW = 10  # characters under a dot


def changes(subject: Subject) -> Changes:
    """The comparison with the earlier wave; None as table where there is nothing to compare."""
    words, earlier = subject.words, subject.earlier
    told = told_changes(subject)
    if earlier is None or not told:
        return Changes(words("changes.finding_first"), words("changes.intro_none"), None, _series(subject))
    versus = words.of(earlier.title)
    return Changes(
        title=_finding(subject, [figure for _, figure in told], versus),
        intro=words("changes.intro", versus=versus),
        table=_table(subject, versus, told),
        series=_series(subject),
    )


def told_changes(subject: Subject) -> list[tuple[str, Figure]]:
    """The means that were followed from the earlier wave, with their change."""
    followed = [(name, subject.change(name)) for name in subject.asked("mean")]
    return [
        (name, figure) for name, figure in followed if figure and figure.status in ("released", "suppressed")
    ]


def _finding(subject: Subject, figures: Sequence[Figure], versus: str) -> str:
    words = subject.words
    clear = sum(figure.word in _CLEAR for figure in figures)
    if clear:
        return words("changes.finding", changed=clear, of=sum(bool(figure.word) for figure in figures))
    if any(figure.word == "no_clear_difference" for figure in figures):
        return words("changes.finding_none", versus=versus)
    return words("changes.finding_too_few")


def _table(subject: Subject, versus: str, told: Sequence[tuple[str, Figure]]) -> Table:
    words = subject.words
    columns = ("topic", "before", "now", "difference", "interval", "n", "word", "way")
    head = tuple(words(f"changes.column.{column}", versus=versus) for column in columns)
    return Table(words("changes.caption", versus=versus), head, tuple(_row(subject, *each) for each in told))


def _row(subject: Subject, name: str, change: Figure) -> tuple[Cell, ...]:
    words, earlier = subject.words, subject.earlier
    return (
        Cell(words.of(subject.indicators[name].title)),
        shown.estimate(subject.value(name, earlier), "mean", words),
        shown.estimate(subject.value(name), "mean", words),
        _difference(change, subject),
        shown.interval(change, "mean", words),
        shown.count(change),
        Cell(word(change, subject)),
        Cell(way(change, subject)),
    )


def _difference(change: Figure, subject: Subject) -> Cell:
    if not change.shown:
        return shown.absent(change, subject.words)
    return Cell(shown.difference(change.estimate or 0, "mean", subject.words.language), "number")


def word(change: Figure, subject: Subject) -> str:
    """The symbol and the word of a change."""
    return subject.words(f"changes.word.{change.word or 'none'}")


def way(change: Figure, subject: Subject) -> str:
    """Of the same people, of two groups, or of communities."""
    if change.status != "released":
        return "–"
    key = "across" if subject.community is None else "matched" if change.method == "matched" else "unmatched"
    return subject.words(f"changes.{key}")


def _series(subject: Subject) -> tuple[Plot, ...]:
    """A small figure for each headline topic followed over time, where two waves or more are shown."""
    followed = {name: it for name, it in subject.asked("mean").items() if it.headline and it.kind == "state"}
    courses = [(name, it, _course(subject, name)) for name, it in followed.items()]
    told = [course for course in courses if sum(f is not None and f.shown for f in course[2]) > 1]
    return tuple(_plot(subject, f"series-{number}", *course) for number, course in enumerate(told, 1))


def _course(subject: Subject, name: str) -> list[Figure | None]:
    return [subject.value(name, wave) for wave in subject.waves]


def _plot(
    subject: Subject, figure: str, name: str, indicator: Indicator, course: Sequence[Figure | None]
) -> Plot:
    words, scale = subject.words, subject.scale(name)
    waves = [words.begin(wave.title) for wave in subject.waves]
    told = [
        f"{wave} {shown.estimate(one, 'mean', words).text}" for wave, one in zip(waves, course, strict=True)
    ]
    ends = {"low": scale.low, "high": scale.high} if scale else {}
    cells = tuple(
        (Cell(wave), shown.estimate(one, "mean", words), shown.interval(one, "mean", words), shown.count(one))
        for wave, one in zip(waves, course, strict=True)
    )
    head = tuple(words(f"changes.series_column.{column}") for column in ("wave", "mean", "interval", "n"))
    return Plot(
        id=figure,
        title=_course_in_words(subject, name, indicator),
        subtitle=words("changes.series_subtitle", unit=words.of(indicator.unit)),
        summary=words.sentence(told),
        table=Table(words.of(indicator.title), head, cells),
        svg=draw("trend", _rows(subject, name, course), figure, **ends),
        keys=(Key("dot-now", words("key.mean")), Key("bar-now", words("key.interval"))),
    )


def _course_in_words(subject: Subject, name: str, indicator: Indicator) -> str:
    """What the last step of a course says; only the topic where there is no such step."""
    words, change, title = subject.words, subject.change(name), subject.words.of(indicator.title)
    if change is None or change.status != "released" or not change.word:
        return title
    return words("changes.course", title=title, word=words(f"changes.course_word.{change.word}"))


def _rows(subject: Subject, name: str, course: Sequence[Figure | None]) -> list[ChartRow]:
    """A line runs only between neighbouring waves that are both shown and measured the same thing."""
    drawn: list[ChartRow] = []
    stretch = 0
    for number, (wave, one) in enumerate(zip(subject.waves, course, strict=True), 1):
        visible = one is not None and one.shown
        stretch += not visible or _broken(subject, name, number - 1)
        place: ChartRow = {
            "wave": f"{number:02}",
            "tick": rows.label(subject.words.of(wave.title), _NARROW),
            "stretch": stretch,
        }
        drawn.append({**place, **(_dot(one, subject) if one and visible else _gap(one, subject))})
    return drawn


def _dot(one: Figure, subject: Subject) -> ChartRow:
    return {
        "estimate": one.estimate,
        "lower": one.low,
        "upper": one.high,
        "top": one.estimate if one.high is None else one.high,
        "value_text": shown.number(one.estimate or 0, "mean", subject.words.language),
        "absent": "",
    }


def _gap(one: Figure | None, subject: Subject) -> ChartRow:
    """The sign in square brackets, without its words: there is no room for them under a dot."""
    return {"value_text": "", "absent": shown.absent(one, subject.words).text.split(" ")[0]}


def _broken(subject: Subject, name: str, number: int) -> bool:
    """Whether the series stops before the wave at this place."""
    of, waves = subject.indicators[name].of, subject.waves
    instrument = subject.setup.instrument
    return (
        number > 0 and bool(of) and instrument.breaks(of or "", waves[number - 1].opens, waves[number].opens)
    )
