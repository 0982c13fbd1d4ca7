"""The index of one edition: which reports there are, and how much each of them could show."""

from collections.abc import Iterator, Mapping

from lcmonitor.reporting.dataset import DESCRIPTION, FORMATS, terms
from lcmonitor.reporting.dates import period
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.pages import EditionPage
from lcmonitor.reporting.parts import Cell, Download, Fact, Link, Table
from lcmonitor.reporting.portfolio import figures_shown, participation
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.withheld import counted, once
from lcmonitor.reporting.words import Words


def edition_page(subject: Subject, communities: Mapping[str, Subject], frame: Frame) -> EditionPage:
    """All reports of the edition in one language."""
    words = subject.words
    columns = ("community", "participation", "status", "figures", "data")
    head = tuple(words(f"index.column.{column}") for column in columns)
    return EditionPage(
        page=frame.page(words, heading=words("index.title"), path="index", data=False),
        facts=(
            Fact(words("community.facts.wave"), words.begin(subject.wave.title)),
            Fact(words("community.facts.period"), period(subject.wave, words)),
        ),
        programme=Link(words("index.programme"), f"programme.{words.language}.html"),
        programme_csv="programme.csv",
        communities=Table(
            words("index.communities"), head, tuple(_row(name, one) for name, one in communities.items())
        ),
        data=tuple(_downloads(words)),
        cite=tuple(terms(frame, words)),
    )


def _downloads(words: Words) -> Iterator[Download]:
    files = [(one.name, one.file) for one in FORMATS]
    for name, file in (*files, ("dataset", DESCRIPTION)):
        yield Download(words(f"data.{name}.name"), file, words(f"data.{name}.note"))


def _row(name: str, subject: Subject) -> tuple[Cell, ...]:
    words = subject.words
    return (
        Cell(
            subject.community.name if subject.community else "",
            href=f"communities/{name}.{words.language}.html",
        ),
        participation(subject),
        Cell(words(f"index.status.{_status(subject)}")),
        Cell(figures_shown(subject), "number"),
        Cell(words("index.csv"), href=f"communities/{name}.csv"),
    )


_PARTICIPATION = ("response", "coverage", "diversity", "attendance", "retention")


def _status(subject: Subject) -> str:
    """Without a single outcome there are too few answers, also where it is known who took part."""
    figures = once(subject.now)
    outcomes = counted([figure for figure in figures if not _is_participation(subject, figure)])
    if not outcomes.shown:
        return "few" if outcomes.withheld else "none"
    return "part" if counted(figures).withheld else "full"


def _is_participation(subject: Subject, figure: Figure) -> bool:
    return subject.indicators[figure.indicator].statistic in _PARTICIPATION
