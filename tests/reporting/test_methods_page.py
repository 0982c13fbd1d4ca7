"""The methods page: every statistic explained in both languages, every case printed, the coverage true."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from lcmonitor import resources
from lcmonitor.disclosure import cells
from lcmonitor.errors import LANGUAGES, Language
from lcmonitor.indicators.estimate import METHODS
from lcmonitor.instruments.model import OF_PROFILE, Statistic
from lcmonitor.instruments.series import measured_by
from lcmonitor.programme.load import Setup
from lcmonitor.reporting import written
from lcmonitor.reporting.edition import Edition
from lcmonitor.reporting.methods import by_source
from lcmonitor.reporting.words import words
from lcmonitor.reporting.worked import printed, term

MEASURES = ("ambition", "change", "reliable", "followed", "attrition", "shrunken", "funnel")
TOPICS = {name: topic for group in written.topics().groups.values() for name, topic in group.items()}
CASES = resources.REPORTS / "methods" / "cases"
RESULTS = Path(__file__).parents[1] / "reference" / "RESULTS.md"


class _Read(HTMLParser):
    """The page as a reader has it: its text, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links |= {str(value) for name, value in attrs if tag == "a" and name == "href"}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page(edition: Edition, language: Language) -> str:
    return (edition.folder / f"methods.{language}.html").read_text(encoding="utf-8")


def section(html: str, tag: str, name: str) -> str:
    """What stands in the element with that id, which holds none of its own kind."""
    found = re.search(rf'<{tag} class="\w+" id="{name}">(.*?)</{tag}>', html, re.DOTALL)
    assert found, name
    return unescape(found[1]).replace("\N{NO-BREAK SPACE}", " ")


def test_every_statistic_and_what_is_made_of_it_is_a_topic_once() -> None:
    named = list(chain.from_iterable(written.topics().groups.values()))
    assert sorted(named) == sorted([*get_args(Statistic), *MEASURES])


def test_the_measures_are_those_of_the_figures() -> None:
    assert set(MEASURES) - {"shrunken", "funnel"} == set(cells._MEASURES) - {"value"}


def test_every_way_to_be_sure_is_told() -> None:
    assert set(written.topics().certainty) == {name for name in METHODS.words if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_has_words_a_formula_a_source_and_its_rule(edition: Edition, language: Language) -> None:
    html, said = page(edition, language), words(language)
    for name, topic in TOPICS.items():
        told = section(html, "article", f"figure-{name}")
        assert said(f"methods_page.plain.{name}") in told, name
        assert re.search(r'class="formula">[^<]{8,}<', told), name
        expected = [written.sources()[key].short for key in topic.sources] or [said("methods_page.own")]
        assert all(source in told for source in expected), name
        assert said("methods_page.protected_label") in told, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_formula_that_a_report_gives_is_the_same_here(edition: Edition, language: Language) -> None:
    html, said = page(edition, language), words(language)
    for name in get_args(Statistic):
        formula = said(f"methods.statistic.{name}")
        assert f">{formula}<" in section(html, "article", f"figure-{name}"), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_is_explained_in_full(setup: Setup, edition: Edition, language: Language) -> None:
    """From its title in the list to plain words, a formula, a source and an example of what is made of it."""
    html, said = page(edition, language), words(language)
    instrument, labels = setup.instrument, ("formula", "source", "protected")
    listed = unescape(html.partition('<section id="indicators">')[2])
    sectors = chain.from_iterable(own.values() for own in instrument.sector_indicators.values())
    for indicator in chain(instrument.indicators.values(), sectors):
        assert f'href="#figure-{indicator.statistic}"' in listed
        told = section(html, "article", f"figure-{indicator.statistic}")
        assert said(f"methods_page.plain.{indicator.statistic}") in told
        assert all(said(f"methods_page.{label}_label") in told for label in labels)
        assert 'id="example-' in told or 'href="#example-' in told, indicator.statistic
    alone = [next(iter(made.values())) for made in by_source(instrument.indicators).values()]
    assert [one.title for one in alone if said.of(one.title) not in listed] == []


def test_all_sources_are_cited_and_no_other() -> None:
    cited = chain(*(topic.sources for topic in TOPICS.values()), *written.topics().certainty.values())
    assert set(cited) == set(written.sources())
    assert list(written.sources()) == sorted(written.sources())


def test_what_protects_a_statistic_is_what_disclosure_does() -> None:
    participation = {n for n, t in TOPICS.items() if t.protected in ("participation", "mix", "again")}
    assert participation - set(MEASURES) == set(cells.PARTICIPATION)
    facts = {name for name, topic in TOPICS.items() if topic.protected in ("facts", "money")}
    assert facts == set(cells.FACTS)
    assert {name for name in facts if TOPICS[name].protected == "money"} < set(OF_PROFILE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_thresholds_are_those_of_the_programme(
    setup: Setup, edition: Edition, language: Language
) -> None:
    rules = setup.programme.privacy
    told = section(page(edition, language), "article", "figure-share")
    assert re.search(rf"\b{rules.shares}\b.*\b{rules.partners}\b.*50%", told, re.DOTALL)


def _written() -> Iterator[tuple[str, dict[str, Any]]]:
    """As a methodologist wrote them, and under which id they are printed."""
    for path in sorted(CASES.rglob("*.yml")):
        told = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for number, case in enumerate(told["cases"], 1):
            yield f"example-{path.stem}-{number}", case


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_is_printed_with_what_is_expected_and_why(edition: Edition, language: Language) -> None:
    html, said = page(edition, language), words(language)
    for name, case in _written():
        told = section(html, "section", name)
        assert case["name"][language] in told
        assert case.get("because", {}).get(language, "") in told
        for expected in case["expected"].values():
            assert all(f">{term(text, said)}<" in told for text in expected.values()), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_that_is_given_stands_in_the_example(edition: Edition, language: Language) -> None:
    """Cell by cell, of the tables that are drawn with blanks."""
    html, said = page(edition, language), words(language)
    for name, case in _written():
        cells_told = re.findall(r"<td[^>]*>([^<]*)</td>", section(html, "section", name))
        for drawn in _drawn(case):
            _, *lines = drawn.strip().splitlines()
            wanted = [term(text, said) for line in lines for text in line.split()]
            assert " | ".join(wanted) in " | ".join(cells_told), name


def _drawn(case: Any) -> Iterator[str]:
    if isinstance(case, str):
        yield from [case] if "\n" in case else []
    elif isinstance(case, dict):
        yield from chain.from_iterable(map(_drawn, case.values()))


def test_every_example_belongs_to_a_topic() -> None:
    found = {name for each in printed(words("nl")) for name in each.topics}
    assert found <= {*TOPICS, *written.topics().certainty}


def test_everything_that_is_explained_has_an_example() -> None:
    """Of its own, or one that stands with another; weights too, which are a way to be sure."""
    found = {name for each in printed(words("nl")) for name in each.topics}
    assert [name for name in (*TOPICS, "weighted") if name not in found] == []


def test_the_words_of_the_cases_are_all_in_use() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in CASES.rglob("*.yml"))
    known = written.vocabulary()
    unused = [
        word
        for word in (*known.figures, *known.columns, *known.given, *known.terms)
        if not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    ]
    assert [word for word in unused if not re.fullmatch(r"(new )?records of kind \d", word)] == []


def test_numbers_are_written_as_the_language_does() -> None:
    assert [term(text, words("nl")) for text in ("33.33", "-0.1429", "-", "2025-01-10")] == [
        "33,33", "−0,1429", "–", "2025-01-10",
    ]  # fmt: skip
    assert term("-0.1429", words("en")) == "−0.1429"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_is_listed_with_its_questions(
    setup: Setup, edition: Edition, language: Language
) -> None:
    read, instrument = _Read(page(edition, language)), setup.instrument
    text, items = " ".join(read.text), instrument.at(setup.programme.waves[-1].opens).items
    missing = [
        item
        for indicator in instrument.indicators.values()
        for item in measured_by(instrument.codebook, indicator.of or "")
        if items[item].text[language] not in text
    ]
    assert missing == []
    used = {it.statistic for it in instrument.indicators.values()}
    assert {f"#figure-{statistic}" for statistic in used} <= read.links


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_leads_to_the_page(edition: Edition, language: Language) -> None:
    for path in edition.folder.rglob(f"*.{language}.html"):
        up = "../" if path.parent != edition.folder else ""
        leads = f"{up}methods.{language}.html" in _Read(path.read_text(encoding="utf-8")).links
        assert leads == (path.name != f"methods.{language}.html"), path.name


def test_the_page_holds_no_figure_of_the_edition(setup: Setup, edition: Edition) -> None:
    """Only what is written down and what the programme's files say: the same whoever answered."""
    names = [community.name for community in setup.communities.values()]
    assert not [name for name in names if name in page(edition, "nl")]


def test_the_coverage_is_that_of_the_last_full_measurement() -> None:
    text, found = RESULTS.read_text(encoding="utf-8"), written.coverage()
    coverage = text.partition("\n## Coverage of intervals\n")[2].partition("\n## ")[0]
    assert f"`make coverage`, {found.measured}" in coverage
    tables = [list(_cells(part)) for part in coverage.split("\n### ")[1:]]
    assert len(tables) == len(found.intervals)
    for one, rows in zip(found.intervals, tables, strict=True):
        place = 2 if one.kind == "share" else 1
        lowest = min(_share(row[place]) for row in rows if row[place] != "–")
        assert one.lowest == pytest.approx(lowest, abs=6e-4), one.kind
        if one.kind != "share":
            counts = [row[4].split(" of ") for row in rows if row[4] != "–"]
            assert (one.below, one.cells) == tuple(sum(int(c[i]) for c in counts) for i in (0, 1)), one.kind


def _cells(part: str) -> Iterator[list[str]]:
    """The rows below the heading of a table in Markdown."""
    lines = [line for line in part.splitlines() if line.startswith("|")]
    yield from ([cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:])


def _share(text: str) -> float:
    return float(text.rstrip("%")) / 100
