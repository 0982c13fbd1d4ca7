"""What a community says of its figures, in its report."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.errors import Language
from lcmonitor.programme.explanations import Explanations
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.edition import plan
from lcmonitor.reporting.figures import Figures, figures
from lcmonitor.reporting.findings import findings
from lcmonitor.reporting.making import Making
from lcmonitor.reporting.own_words import beside_findings, explained, own_words
from lcmonitor.reporting.parts import Finding, Said
from lcmonitor.reporting.portfolio import named
from lcmonitor.reporting.reuse import KeptPages, digests
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import words

_HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> \" ' & {{ 7*7 }} \u202e"


def _said(setup: Setup, wave: str = "w2", **told: Any) -> Setup:
    return replace(setup, explanations={"delta": {wave: Explanations.model_validate(told)}})


def _making(setup: Setup, table: ReleasedTable, folder: Path) -> Making:
    wave = setup.programme.waves[-1]
    return Making(
        setup, wave, "w2-00000000", KeptPages(folder, digests(figures(table), setup, wave, None, ()))
    )


def _subject(setup: Setup, language: Language = "nl") -> Subject:
    return Subject(setup, setup.programme.waves[-1], words(language), Figures(), setup.communities["delta"])


def _finding(figure: str) -> Finding:
    return Finding("level", "", f"about {figure}", "", "#levels", figure)


@pytest.fixture(scope="module")
def pages(setup: Setup, table: ReleasedTable, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Delta's report, with something said of a finding, of another figure, of all, and hostile at that."""
    known = figures(table)["delta"]
    subject = Subject(setup, setup.programme.waves[-1], words("nl"), known, setup.communities["delta"])
    named = next(finding.figure for finding in findings(subject) if finding.figure)
    told: dict[str, Any] = {
        "by": f"kerngroep {_HOSTILE}",
        "general": {"nl": f"Eerste.\n\nTweede {_HOSTILE}"},
        "figures": {named: {"nl": "Bij de bevinding."}, "coverage": {"en": "Beside the partners."}},
    }
    making = _making(_said(setup, **told), table, tmp_path_factory.mktemp("pages"))
    return {name: content.decode() for name, content in making.community("delta", known)}


def test_an_explanation_stands_beside_its_finding(pages: dict[str, str]) -> None:
    items = re.findall(r'<li class="finding .*?</li>', pages["communities/delta.nl.html"], re.DOTALL)
    explained = [item for item in items if "Bij de bevinding." in item]
    assert len(explained) == 1
    assert "Toelichting van de community" in explained[0]


def test_what_is_no_finding_stands_in_the_section_of_its_figure(pages: dict[str, str]) -> None:
    page = pages["communities/delta.nl.html"]
    section = page[page.index('<section id="participation">') : page.index('<section id="findings">')]
    assert '<p lang="en">Beside the partners.</p>' in section


def test_a_page_says_who_wrote_it_and_that_nobody_checked(pages: dict[str, str]) -> None:
    assert "geschreven door de learning community zelf (kerngroep" in pages["communities/delta.nl.html"]
    assert "not recalculated or checked" in pages["communities/delta.en.html"]


def test_hostile_words_are_words(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert "<script" not in page
        assert "<img" not in page
        assert "{{ 7*7 }}" in page
        assert "49" not in re.findall(r"Tweede .*", page)[0]


def test_paragraphs_are_kept_and_lines_are_not(setup: Setup) -> None:
    subject = _subject(_said(setup, general={"nl": "Een\nregel.\n\n \n Nog een.\n"}))
    own = own_words(subject, setup.communities["delta"], (), ("findings",))
    assert own.general == Said("", "nl", ("Een regel.", "Nog een."))


def test_of_two_findings_about_one_figure_the_first_is_explained(setup: Setup) -> None:
    given = _subject(_said(setup, figures={"trust-mean": {"nl": "Ja."}}))
    found = beside_findings(given, [_finding("balance"), _finding("trust-mean"), _finding("trust-mean")])
    assert [bool(each.said) for each in found] == [False, True, False]


@pytest.mark.parametrize(
    ("figure", "section"),
    [
        ("response", "participation"),
        ("balance", "balance"),
        ("trust-mean", "temple"),
        ("knowledge-and-skills-mean", "levels"),
        ("network-reciprocity", "network"),
        ("products-by-type", "results"),
        ("quality", "findings"),
    ],
)
def test_every_explanation_has_a_place(setup: Setup, figure: str, section: str) -> None:
    subject = _subject(_said(setup, figures={figure: {"nl": "Zo kwam dat."}}))
    sections = ("findings", "levels", "temple", "balance", "network", "participation", "results")
    own = own_words(subject, setup.communities["delta"], (), sections)
    title = subject.words.of(subject.indicators[figure].title)
    assert own.beside == ((section, Said(title, "nl", ("Zo kwam dat.",))),)


def test_where_a_section_is_not_on_the_page_the_explanation_is_not_lost(setup: Setup) -> None:
    subject = _subject(_said(setup, figures={"network-reciprocity": {"nl": "Zo kwam dat."}}))
    own = own_words(subject, setup.communities["delta"], (), ("findings",))
    assert len(own.at("findings")) == 1


def test_an_explanation_of_another_wave_is_not_of_this_one(setup: Setup) -> None:
    subject = _subject(_said(setup, "w1", general={"nl": "Toen."}))
    own = own_words(subject, setup.communities["delta"], (), ("findings",))
    assert own.general is None
    assert own.note == ""
    assert own.invitation.endswith("communities/delta/explanations/w2.yml.")


def test_without_one_there_is_room_on_paper(setup: Setup, table: ReleasedTable, tmp_path: Path) -> None:
    making = _making(setup, table, tmp_path)
    pages = dict(making.community("delta", figures(table)["delta"]))
    page = pages["communities/delta.nl.html"].decode()
    assert page.count('class="said room"') >= 3
    assert "Zij kan dat doen in communities/delta/explanations/w2.yml" in page


def test_another_explanation_is_another_edition(setup: Setup, table: ReleasedTable, tmp_path: Path) -> None:
    told = [
        setup,
        _said(setup, general={"nl": "Zo."}),
        _said(setup, general={"nl": "Anders."}),
        replace(setup, explanations={"linde": {"w2": Explanations(general={"nl": "Zo."})}}),
    ]
    names = {planned.id for each in told if (planned := plan(table, each, tmp_path))}
    assert len(names) == 4
    elsewhere = plan(table, _said(setup, "w1", general={"nl": "Toen."}), tmp_path)
    same = plan(table, setup, tmp_path)
    assert elsewhere == same


def test_the_programme_names_who_gave_an_explanation(
    setup: Setup, table: ReleasedTable, tmp_path: Path
) -> None:
    """Of those that may be named; a file in which nothing is filled in yet is no explanation."""
    told = {name: {"w2": Explanations(general={"nl": "Zo."})} for name in ("delta", "linde")}
    told["hof"] = {"w2": Explanations(by="kerngroep")}
    hidden = setup.communities["linde"]
    unnamed = hidden.model_copy(
        update={"openness": hidden.openness.model_copy(update={"named_to_funder": False})}
    )
    one = replace(setup, explanations=told, communities={**setup.communities, "linde": unnamed})
    subjects = [replace(_subject(one), community=community) for community in one.communities.values()]
    assert [link.href for link in explained(named(subjects))] == ["communities/delta.nl.html"]
    page = dict(_making(one, table, tmp_path).across(figures(table)))["programme.nl.html"]
    assert 'Met een eigen toelichting bij de cijfers: <a href="communities/delta.nl.html">' in page.decode()
