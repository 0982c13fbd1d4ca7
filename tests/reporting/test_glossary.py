"""Terms are explained where they stand, reachable without a mouse, and in the same words as GLOSSARY.md."""

import re
from pathlib import Path

import pytest

from lcmonitor.errors import LANGUAGES, Language
from lcmonitor.reporting.edition import Edition
from lcmonitor.reporting.glossary import Term, explained, terms

_ROWS = Path(__file__).parents[2].joinpath("GLOSSARY.md").read_text(encoding="utf-8").splitlines()
_KNOWN = {
    (one, row.split("|")[2].strip())
    for row in _ROWS
    if row.startswith("| ")
    for one in row.split("|")[1].strip().split(", ")
}
_AMBITION = Term("ambition", "ambitie", 'Waar "zij" <b>naar</b> streeft.', ("eigen ambitie", "ambitie"))


def test_terms_are_called_as_in_the_glossary_of_the_project() -> None:
    dutch = {term.id: term for term in terms("nl")}
    assert {(term.name, dutch[term.id].name) for term in terms("en")} <= _KNOWN


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["programme", "communities/delta", "communities/hof"])
def test_every_term_in_a_page_leads_to_its_explanation(
    edition: Edition, name: str, language: Language
) -> None:
    page = (edition.folder / f"{name}.{language}.html").read_text(encoding="utf-8")
    linked = set(re.findall(r'class="gloss" href="#term-([\w-]+)"', page))
    told = re.findall(r'<div id="term-([\w-]+)">', page)
    assert linked == set(told)
    assert len(told) == len(set(told)) > 5
    known = {term.id: term for term in terms(language)}
    assert all(f"<dd>{known[one].text}</dd>" in page for one in ("wave", "building-block"))


def test_a_term_is_linked_once_a_section_and_only_in_running_text() -> None:
    page = (
        '<p>ambitie</p><main><section id="a"><h2>Ambitie</h2><p>Geen <a href="#x">ambitie</a></p>'
        '<p>De Eigen ambitie, en de ambitie.</p></section><section id="b"><li>ambitie</li></section></main>'
    )
    linked, used = explained(page, (_AMBITION,))
    assert used == [_AMBITION]
    assert linked.count('class="gloss"') == 2
    assert 'De <a class="gloss" href="#term-ambition"' in linked
    assert ">Eigen ambitie</a>, en de ambitie." in linked
    assert "<p>ambitie</p><main>" in linked


def test_the_explanation_is_escaped() -> None:
    linked, _ = explained("<main><p>ambitie</p></main>", (_AMBITION,))
    assert "<b>" not in linked
    assert "&#34;zij&#34; &lt;b&gt;naar&lt;/b&gt;" in linked


@pytest.mark.parametrize("text", ["ambities", "toekomstambitie", "niets"])
def test_a_part_of_a_word_is_no_term(text: str) -> None:
    page = f"<main><p>{text}</p></main>"
    assert explained(page, (_AMBITION,)) == (page, [])
