"""The index of one edition: which reports there are, and how much each of them could show."""

from collections.abc import Iterator, Mapping

from lcmonitor.reporting.dataset import DESCRIPTION, FORMATS, terms
from lcmonitor.reporting.dates import period
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.pages import EditionPage
from lcmonitor.reporting.parts import Cell, Download, Fact, Link, Table
from lcmonitor.reporting.portfolio import figures_shown, participation, status
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import Words


def edition_page(
    subject: Subject, communities: Mapping[str, Subject], sectors: Mapping[str, Subject], frame: Frame
) -> EditionPage:
    """All reports of the edition in one language."""
    words = subject.words
    return EditionPage(
        page=frame.page(words, heading=words("index.title"), path="index", data=False),
        facts=(
            Fact(words("community.facts.wave"), words.begin(subject.wave.title)),
            Fact(words("community.facts.period"), period(subject.wave, words)),
        ),
        programme=Link(words("index.programme"), f"programme.{words.language}.html"),
        programme_csv="programme.csv",
        communities=_reports("communities", communities, words),
        sectors=_reports("sectors", sectors, words),
        quality=Link(words("quality.title"), f"quality.{words.language}.html"),
        data=tuple(_downloads(words)),
        cite=tuple(terms(frame, words)),
    )


def _downloads(words: Words) -> Iterator[Download]:
    files = [(one.name, one.file) for one in FORMATS]
    for name, file in (*files, ("dataset", DESCRIPTION)):
        yield Download(words(f"data.{name}.name"), file, words(f"data.{name}.note"))


_COLUMNS = ("participation", "status", "figures", "data")


def _reports(folder: str, subjects: Mapping[str, Subject], words: Words) -> Table:
    """One a row, with what it could show."""
    head = (words(f"index.one.{folder}"), *(words(f"index.column.{column}") for column in _COLUMNS))
    rows = tuple(_row(f"{folder}/{name}", one) for name, one in subjects.items())
    return Table(words(f"index.{folder}"), head, rows)


def _row(path: str, subject: Subject) -> tuple[Cell, ...]:
    words = subject.words
    return (
        Cell(_name(subject), href=f"{path}.{words.language}.html"),
        participation(subject),
        Cell(words(f"index.status.{status(subject)}")),
        Cell(figures_shown(subject), "number"),
        Cell(words("index.csv"), href=f"{path}.csv"),
    )


def _name(subject: Subject) -> str:
    if subject.community:
        return subject.community.name
    return subject.words.of(subject.setup.instrument.sectors[subject.sector].title)
