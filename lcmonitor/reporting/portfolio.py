"""The communities in alphabetical order: what they are, who took part, how much is shown. No ranking."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from lcmonitor.reporting import shown, topics
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell, Table
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.withheld import counted

_PARTICIPATION = (
    "response", "coverage", "reach", "representativeness", "diversity", "attendance", "retention",
)  # fmt: skip


def named(communities: Sequence[Subject]) -> list[Subject]:
    """Those that agreed to be shown by name to the funder."""
    return [one for one in communities if one.community and one.community.openness.named_to_funder]


def portfolio(subject: Subject, communities: Sequence[Subject], up: str = "") -> Table:
    """One row a community; ``up``: from the page to the edition's folder."""
    words = subject.words
    columns = ("community", "sector", "scale", "participation", "coverage", "blocks", "figures")
    head = tuple(words(f"programme.portfolio.column.{column}") for column in columns)
    return Table(
        words("programme.portfolio.caption"), head, tuple(tuple(_row(one, up)) for one in communities)
    )


def headlines(subject: Subject, communities: Sequence[Subject]) -> Table | None:
    """The same figures of each community, one a level, with intervals; None: no such figure is asked."""
    words, chosen = subject.words, topics.headlines(subject)
    if not chosen:
        return None
    head = tuple(words.of(subject.indicators[name].title) for name in chosen)
    rows = tuple(
        (Cell(one.community.name), *(_estimate(one, name) for name in chosen))
        for one in communities
        if one.community
    )
    title = words("programme.portfolio.outcomes")
    return Table(title, (words("programme.portfolio.column.community"), *head), rows)


def _estimate(subject: Subject, name: str) -> Cell:
    """``3,6 (3,4–3,8)``."""
    figure, words = subject.value(name), subject.words
    told = shown.estimate(figure, "mean", words, subject.span(name))
    between = shown.interval(figure, "mean", words)
    bare = told.kind != "number" or between.text == "–"  # nothing is shown, or everyone answered
    return told if bare else replace(told, text=f"{told.text} ({between.text})")


def _row(subject: Subject, up: str) -> Iterator[Cell]:
    words, community = subject.words, subject.community
    assert community
    sector = subject.setup.instrument.sectors.get(community.sector or "")
    profile = community.profile_on(subject.wave.closes)
    yield Cell(community.name, href=f"{up}communities/{community.id}.{words.language}.html")
    yield Cell(words.of(sector.title) if sector else "–")
    yield Cell(
        f"{words(f'community.scale.{profile.scale}')}, {words(f'community.phase.{profile.phase}')}"
        if profile
        else "–"
    )
    yield participation(subject)
    yield _share(next((subject.value(name) for name in subject.asked("coverage")), None), subject)
    blocks = list(subject.setup.instrument.blocks)
    counts = [community.filling(block, subject.wave.closes) for block in blocks]
    yield Cell(str(sum(filling is not None and filling.status == "filled" for filling in counts)), "number")
    yield Cell(figures_shown(subject), "number")


def participation(subject: Subject) -> Cell:
    """``9 van 14``, of the first form that counts its respondents."""
    return _share(next((subject.value(name) for name in subject.asked("response")), None), subject)


def _share(figure: Figure | None, subject: Subject) -> Cell:
    if figure is None or not figure.shown:
        return shown.absent(figure, subject.words)
    return Cell(shown.n_of(figure, subject.words), "number")


def figures_shown(subject: Subject) -> str:
    """How many figures are shown, of those there are."""
    count = counted(subject.once)
    return subject.words("programme.portfolio.figures", shown=count.shown, all=count.shown + count.withheld)


def status(subject: Subject) -> Literal["full", "part", "few", "none"]:
    """Without a single outcome there are too few answers, also where it is known who took part."""
    told, hidden = (subject.once.count("indicator", status=one) for one in ("released", "suppressed"))
    if not _outcomes(subject, told):
        return "few" if _outcomes(subject, hidden) else "none"
    return "part" if hidden else "full"


def _outcomes(subject: Subject, names: Iterable[str]) -> bool:
    """Whether any of the indicators tells more than who took part."""
    known = [subject.indicators.get(name) for name in names]
    return any(one is None or one.statistic not in _PARTICIPATION for one in known)
