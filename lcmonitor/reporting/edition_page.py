"""The index of one edition: which reports there are, and how much each of them could show."""

from collections.abc import Mapping

from lcmonitor.reporting.dates import period
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.pages import Cell, EditionPage, Fact, Link, Table
from lcmonitor.reporting.portfolio import counts, participation
from lcmonitor.reporting.subject import Subject


def edition_page(subject: Subject, communities: Mapping[str, Subject], frame: Frame) -> EditionPage:
    """All reports of the edition in one language."""
    words = subject.words
    columns = ("community", "participation", "status", "figures", "data")
    head = tuple(words(f"index.column.{column}") for column in columns)
    return EditionPage(
        page=frame.page(words, heading=words("index.title"), path="index"),
        facts=(
            Fact(words("community.facts.wave"), words.begin(subject.wave.title)),
            Fact(words("community.facts.period"), period(subject.wave, words)),
        ),
        programme=Link(words("index.programme"), f"programme.{words.language}.html"),
        programme_csv="programme.csv",
        communities=Table(
            words("index.communities"), head, tuple(_row(name, one) for name, one in communities.items())
        ),
    )


def _row(name: str, subject: Subject) -> tuple[Cell, ...]:
    words = subject.words
    released, withheld = counts(subject)
    return (
        Cell(
            subject.community.name if subject.community else "",
            href=f"communities/{name}.{words.language}.html",
        ),
        participation(subject),
        Cell(words(f"index.status.{_status(released, withheld)}")),
        Cell(words("programme.portfolio.figures", shown=released, all=released + withheld), "number"),
        Cell(words("index.csv"), href=f"communities/{name}.csv"),
    )


def _status(released: int, withheld: int) -> str:
    if not released:
        return "few" if withheld else "none"
    return "part" if withheld else "full"
