"""How good the data of an edition are: who answered, how carefully, who came back, and what is not shown.

Made of released figures only. What each file held stands on the office's own page: its rows are people.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave
from lcmonitor.reporting import shown
from lcmonitor.reporting.dates import day, period
from lcmonitor.reporting.figures import EVERYONE, Figure
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.pages import QualityPage
from lcmonitor.reporting.parts import Cell, Fact, Link, Table
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.withheld import counted, reason, symbols, why
from lcmonitor.reporting.words import Words

_SECTIONS = ("waves", "response", "care", "panel", "hidden")
_WAVES = 6  # the newest ones, which fit beside each other
_COUNTED = ("response", "coverage")
_CARE = ("missing:answers", "not_applicable:answers", "straight:people", "fast:people")


def quality_page(subject: Subject, communities: Mapping[str, Subject], frame: Frame) -> QualityPage:
    """``subject``: over all communities; ``communities``: each by itself, in alphabetical order."""
    words, each = subject.words, list(communities.values())
    return QualityPage(
        page=frame.page(
            words,
            heading=words("quality.title"),
            path="quality",
            contents=tuple(Link(words(f"quality.{name}.title"), f"#{name}") for name in _SECTIONS),
            data=False,
        ),
        facts=(
            Fact(words("programme.facts.wave"), words.begin(subject.wave.title)),
            Fact(words("programme.facts.period"), period(subject.wave, words)),
            Fact(words("programme.facts.communities"), str(len(each))),
        ),
        changed=frame.changed(words),
        waves=waves(subject.setup, words),
        response=tuple(_response(subject, each, name) for name in _asked(subject, each, *_COUNTED)),
        care=tuple(_care(subject, each, name) for name in _asked(subject, each, "quality")),
        panel=_panel(subject, each),
        hidden=_hidden(subject, each),
        reasons=_reasons([subject, *each]),
        symbols=symbols(subject),
    )


def waves(setup: Setup, words: Words) -> Table:
    """When each wave is open and reported, also those to come."""
    head = tuple(words(f"quality.waves.{column}") for column in ("wave", "kind", "opens", "closes", "report"))
    return Table(
        words("quality.waves.title"),
        head,
        tuple(tuple(_wave(wave, words)) for wave in setup.programme.waves),
    )


def _wave(wave: Wave, words: Words) -> Iterator[Cell]:
    yield Cell(words.begin(wave.title))
    yield Cell(words(f"community.wave_kind.{wave.kind}"))
    yield from (Cell(day(date, words)) for date in (wave.opens, wave.closes, wave.reported))


def _asked(subject: Subject, communities: Sequence[Subject], *statistics: str) -> list[str]:
    """Indicators of some statistics that any community has, in the order of the definitions."""
    used = {name for one in communities for statistic in statistics for name in one.asked(statistic)}
    return [name for name in subject.indicators if name in used]


def _response(subject: Subject, communities: Sequence[Subject], name: str) -> Table:
    """Of each community in each wave; the last row is of all together."""
    words, told = subject.words, subject.waves[-_WAVES:]
    head = (words("quality.community"), *(words.begin(wave.title) for wave in told))
    courses = ((one, one.figures.over_waves(name)) for one in (*communities, subject))
    rows = tuple(
        (_name(one), *(_answered(course.get(wave.id), words) for wave in told)) for one, course in courses
    )
    return Table(words.of(subject.indicators[name].title), head, rows)


def _name(subject: Subject) -> Cell:
    words, community = subject.words, subject.community
    if community is None:
        return Cell(words("quality.all"))
    return Cell(community.name, href=f"communities/{community.id}.{words.language}.html")


def _answered(figure: Figure | None, words: Words) -> Cell:
    if figure is None or not figure.shown:
        return shown.absent(figure, words)
    share = shown.number(figure.estimate or 0, "response", words.language)
    return Cell(words("quality.answered", of=shown.n_of(figure, words), share=share), "number")


def _care(subject: Subject, communities: Sequence[Subject], name: str) -> Table:
    """How carefully the form was filled in, in this wave."""
    words, form = subject.words, subject.indicators[name].form
    columns = (*(part.partition(":")[0] for part in _CARE), "broken_off")
    head = (words("quality.community"), *(words(f"quality.care.{column}") for column in columns))
    rows = tuple(
        (
            _name(one),
            *(shown.estimate(one.value(name, part=part), "share", words) for part in _CARE),
            _broken_off(one, form),
        )
        for one in (*communities, subject)
    )
    return Table(words.of(subject.indicators[name].title), head, rows)


def _broken_off(subject: Subject, form: str) -> Cell:
    """Of those who began the form, who did not finish it: from two figures that are both shown."""
    counts = [name for name, it in subject.asked("response").items() if it.form == form]
    whole, all_ = (subject.value(counts[0], part=part) if counts else None for part in ("", EVERYONE))
    if not whole or not all_ or not whole.n or not all_.n:
        return shown.absent(whole, subject.words)
    share = (all_.n - whole.n) / all_.n
    return Cell(shown.number(share, "share", subject.words.language), "number")


def _panel(subject: Subject, communities: Sequence[Subject]) -> Table:
    """How many of those who answered in an earlier wave did so again."""
    words = subject.words
    rows = tuple(
        (_name(one), *_followed(figure, subject))
        for one in (*communities, subject)
        for name in one.asked("response")
        for figure in one.about(name, "followed")
    )
    head = tuple(words(f"quality.panel.{column}") for column in ("since", "again"))
    return Table(words("quality.panel.caption"), (words("quality.community"), *head), rows)


def _followed(figure: Figure, subject: Subject) -> Iterator[Cell]:
    earlier = subject.setup.programme.wave(figure.versus)
    yield Cell(subject.words.of(earlier.title) if earlier else figure.versus)
    yield _answered(figure, subject.words)


def _hidden(subject: Subject, communities: Sequence[Subject]) -> Table:
    """How much is shown of each, and what most often stands in the way."""
    words = subject.words
    head = tuple(words(f"quality.hidden.{column}") for column in ("shown", "withheld", "most"))
    rows = tuple((_name(one), *_withheld(one)) for one in (*communities, subject))
    return Table(words("quality.hidden.caption"), (words("quality.community"), *head), rows)


def _withheld(subject: Subject) -> Iterator[Cell]:
    count, reasons = counted(subject.once), why(subject).most_common(1)
    yield Cell(str(count.shown), "number")
    yield Cell(str(count.withheld), "number")
    yield Cell(reason(subject, reasons[0][0]) if reasons else "–")


def _reasons(subjects: Sequence[Subject]) -> Table:
    """Of all communities and the programme together."""
    words = subjects[0].words
    total: Counter[str] = sum((why(subject) for subject in subjects), Counter())
    rows = tuple(
        (Cell(reason(subjects[0], key)), Cell(str(number), "number")) for key, number in total.most_common()
    )
    head = (words("withheld.column.reason"), words("withheld.column.count"))
    return Table(words("withheld.caption"), head, rows)
