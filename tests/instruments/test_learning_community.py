"""The shipped instrument against lists written down here by hand from the description of the model."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from lcmonitor import resources
from lcmonitor.errors import LANGUAGES
from lcmonitor.indicators.consensus import SHARED_FROM
from lcmonitor.indicators.membership import TYPES
from lcmonitor.instruments.load import Instrument
from lcmonitor.instruments.model import Codebook

FOLDER = resources.SURVEYS / "learning-community"

# Items per prefix, and of them the core ones, the reversed ones and those that credit the community.
ITEMS = """
    prefix  items  core     reversed  attribution
    D3      4      1 2 3    -         -
    S4      1      1        -         -
    S2      1      -        -         -
    S3      1      -        -         -
    S1      1      -        1         -
    P1      3      1 2      3         -
    P2      1      -        -         -
    P4      6      1 2      -         -
    P5      3      -        -         -
    C1      3      1 2 3    -         -
    C2      3      1 2      -         -
    C3      3      1 2      3         -
    C4      3      -        -         -
    B1      1      -        -         -
    B2      1      -        -         -
    B3      1      -        -         -
    I1      4      1 2      -         4
    I2      4      1 2      4         1 2 4
    I3      4      1 2 3 4  -         -
    I4      4      1 2      -         -
    I5      3      1        -         3
    O1      4      1 2 3 4  -         4
    O2      4      1 2 3 4  4         1 2 4
    O3      4      1 2      -         -
    O4      3      1 2 3    -         3
    O5      4      -        -         1 2
    M1      4      1        4         1 2 4
    M2      3      1        -         1
    M3      3      -        -         1 2 3
    M4      3      -        -         1 2 3
"""
BLOCKS = """
    D1 purpose C, D2 purpose C, D3 purpose C, D4 purpose C, D5 purpose C,
    S1 structure c, S2 structure C, S3 structure C, S4 structure C, S5 structure C, S6 structure I,
    P1 process C, P2 process C, P3 process C, P4 process c, P5 process C, P6 process c,
    C1 culture C, C2 culture C, C3 culture c, C4 culture c, C5 culture c,
    B1 foundation C, B2 foundation C, B3 foundation C, B4 foundation C
"""
ROSTER = ("contact", "exchange", "making", "advice", "funding", "promises", "same_goal", "open_to_others",
          "means", "influence", "effort")  # fmt: skip


@dataclass(frozen=True)
class Row:
    prefix: str
    items: int
    core: frozenset[str]
    turned: frozenset[str]
    credited: frozenset[str]


def drawn(line: str) -> Row:
    prefix, items, *numbers = re.split(" {2,}", line.strip())
    core, turned, credited = (
        frozenset(f"{prefix}_{number}" for number in cell.split() if number != "-") for cell in numbers
    )
    return Row(prefix, int(items), core, turned, credited)


ROWS = [drawn(line) for line in ITEMS.strip().splitlines()[1:]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.prefix)
def test_the_statements_of_a_prefix_are_all_there(codebook: Codebook, row: Row) -> None:
    items = {code: item for code, item in codebook.items.items() if code.startswith(f"{row.prefix}_")}
    assert len(items) == row.items
    assert {code for code, item in items.items() if item.core} == row.core
    assert {code for code, item in items.items() if item.reversed} == row.turned
    assert {code for code, item in items.items() if item.kind == "attribution"} == row.credited


def asked_of_people(codebook: Codebook) -> set[str]:
    forms = [form for form in codebook.forms.values() if form.counts == "people"]
    return {code for form in forms for code in form.asked}


def test_there_are_89_statements_and_eleven_about_others_and_seven_other_questions(
    codebook: Codebook,
) -> None:
    assert Counter(codebook.items[code].type for code in asked_of_people(codebook)) == {
        "scale": 87 + len(("B4_1", "B4_2")) + len(ROSTER),
        "number": 3,
        "partner": 1,
        "consent": 2,
    }
    assert sum(row.items for row in ROWS) == 87


def test_a_record_of_evidence_is_described_by_codes_and_its_words_are_not_kept(codebook: Codebook) -> None:
    """Domain model, B.3: what belongs to an evidence record, and the grades of evidence from 0 to 3."""
    evidence = codebook.forms["evidence"]
    assert (evidence.counts, evidence.population, evidence.key) == ("records", "unknown", None)
    words = {code for code in evidence.asked if codebook.items[code].type != "scale"}
    assert words == {"E_number", "E_title", "E_date", "E_users", "E_proof", "E_note"}
    assert all(codebook.items[code].is_open for code in words - {"E_number"})
    assert codebook.items["E_number"].type == "key"
    sizes = {
        code: len(codebook.scales[codebook.items[code].scale or ""].codes)
        for code in set(evidence.asked) - words
    }
    assert sizes == {
        "E_type": 10, "E_area": 3, "E_level": 3, "E_change": 3, "E_cycle": 7, "E_status": 4, "E_contact": 3,
        "E_grade": 4, "E_effect": 3,
    }  # fmt: skip
    assert list(codebook.scales["evidence-grade"].codes) == [0, 1, 2, 3]
    assert codebook.scales["evidence-grade"].agrees_from == 2
    assert codebook.scales["evidence-status"].agrees_from == 3


def test_the_cycles_of_value_hold_everything_that_participants_credit(codebook: Codebook) -> None:
    cycles = {each.cycle: set(each.items) for each in codebook.constructs.values() if each.cycle}
    asked = {code: codebook.items[code] for code in codebook.forms["participant"].asked}
    credited = {code: item.cycle for code, item in asked.items() if item.kind == "attribution"}
    assert set().union(*cycles.values()) == credited.keys()
    assert all(credited[code] == cycle for cycle, codes in cycles.items() for code in codes)


@pytest.mark.parametrize(
    ("item", "nl", "en"),
    [
        (
            "D3_3",
            "Het is duidelijk wanneer we welke opbrengst verwachten.",
            "It is clear which yield we expect when.",
        ),
        (
            "C3_3",
            "Kritische vragen houd ik hier liever voor me.",
            "I prefer to keep critical questions to myself here.",
        ),
        (
            "P4_tr",
            "We hebben samen een werkwijze gemaakt die geen van de partners eerder had.",
            "Together we have made a way of working that none of the partners had before.",
        ),
        (
            "M2_1",
            "Organisaties buiten de learning community nemen onze resultaten over.",
            "Organisations outside the learning community adopt our results.",
        ),
    ],
)
def test_statements_are_word_for_word(codebook: Codebook, item: str, nl: str, en: str) -> None:
    assert codebook.items[item].text == {"nl": nl, "en": en}


def test_the_scales_have_the_labels_of_the_model(codebook: Codebook) -> None:
    agree, often = codebook.scales["agree5"], codebook.scales["frequency5"]
    assert [agree.codes[code]["nl"] for code in (1, 2, 3, 4, 5)] == [
        "helemaal oneens",
        "oneens",
        "niet eens en niet oneens",
        "eens",
        "helemaal eens",
    ]
    assert (agree.missing[9]["nl"], agree.missing[9]["en"]) == ("weet ik niet / n.v.t.", "don't know / n.a.")
    assert agree.agrees_from == 4
    assert ("neutraal", 3) in agree.labels
    assert [often.codes[code]["nl"] for code in (1, 2, 3, 4, 5)] == [
        "nooit",
        "een keer",
        "een paar keer",
        "vaak",
        "heel vaak",
    ]
    assert often.agrees_from is None
    on_frequency = {code for code, item in codebook.items.items() if item.scale == "frequency5"}
    assert on_frequency == {"I3_1", "I3_2", "I3_3", "I3_4"}


def test_the_participants_core_set_is_the_one_of_the_model(codebook: Codebook) -> None:
    core = """D3_1 D3_2 D3_3 S4_1 P1_1 P1_2 P4_1 P4_2 C1_1 C1_2 C1_3 C2_1 C2_2 C3_1 C3_2 P3_w P3_l P3_i
        I1_1 I1_2 I2_1 I2_2 I3_1 I3_2 I3_3 I3_4 I4_1 I4_2 I5_1 O1_2 O3_1 O3_2 M1_1 M2_1"""
    participant = codebook.forms["participant"]
    assert set(participant.items) == {"CONSENT", "PARTNER", *core.split()}
    asked = {code for code in participant.asked if codebook.items[code].core}
    assert asked == set(core.split())


def test_each_form_asks_what_its_respondents_can_tell(codebook: Codebook) -> None:
    def prefixes(form: str) -> set[str]:
        return {code[:2] for code in codebook.forms[form].asked} - {"CO", "PA"}

    everything = {code[:2] for code in codebook.items if code not in ROSTER} - {"CO", "PA"}
    assert prefixes("participant") == everything - {"O2", "O4", "O5", "B4", "E_"}
    assert prefixes("organisation") == {"O1", "O2", "O3", "O4", "O5", "B4"}
    assert prefixes("coordinator") == {"M1", "M2", "M3", "M4"}
    populations = {name: form.population for name, form in codebook.forms.items()}
    assert populations == {
        "participant": "participants",
        "organisation": "partners",
        "coordinator": "unknown",
        "evidence": "unknown",
        "network": "partners",
    }
    assert codebook.forms["participant"].key == "token"


def test_every_question_is_asked_somewhere(codebook: Codebook) -> None:
    asked = {code for form in codebook.forms.values() for code in form.asked}
    assert asked == codebook.items.keys()


def test_the_network_form_asks_contact_purposes_trust_and_value_of_each_partner(codebook: Codebook) -> None:
    form = codebook.forms["network"]
    assert form.roster == ROSTER
    scales = [codebook.items[item].scale for item in ROSTER]
    assert scales == ["frequency_of_contact", *["yes_no"] * 4, *["degree4"] * 6]
    assert list(codebook.scales["frequency_of_contact"].codes) == [0, 1, 2, 3, 4]
    assert list(codebook.scales["degree4"].codes) == [1, 2, 3, 4]
    assert codebook.constructs["network-trust"].items == ROSTER[5:8]
    assert codebook.constructs["network-value"].items == ROSTER[8:]
    assert [item for item in ROSTER if codebook.items[item].core] == ["contact"]
    assert codebook.scales["frequency_of_contact"].agrees_from == 3


def test_every_statement_is_in_a_construct(codebook: Codebook) -> None:
    """But contact and its purposes, which are ties of their own."""
    within = {code for construct in codebook.constructs.values() for code in construct.items}
    asked = asked_of_people(codebook)
    scaled = {code for code in asked if codebook.items[code].type == "scale"}
    assert within == scaled - set(ROSTER[:5])


def test_the_core_set_alone_gives_every_core_construct_a_score(codebook: Codebook) -> None:
    """At least half of a construct's statements, rounded up, must be answered."""
    core = set(codebook.forms["participant"].items)
    scored = {
        name
        for name, construct in codebook.constructs.items()
        if len(core.intersection(construct.items)) >= -(-len(construct.items) // 2)
    }
    assert scored == {
        "shared-vision", "roles-and-tasks", "participation", "reflection", "trust", "shared-identity",
        "safety", "knowledge-and-skills", "use-at-work", "innovative-behaviour", "employability", "network",
        "passing-on", "learning-culture", "contribution", "spread",
    }  # fmt: skip


def test_the_balance_shares_out_a_hundred_points(codebook: Codebook) -> None:
    division = codebook.divisions["balance"]
    assert division.parts == {"working": "P3_w", "learning": "P3_l", "innovating": "P3_i"}
    assert (division.total, division.tolerance) == (100, 1)


def test_the_building_blocks_are_those_of_the_model(shipped: Instrument) -> None:
    found = {(block.code, block.pillar, block.evidence) for block in shipped.blocks.values()}
    assert found == {tuple(row.split()) for row in BLOCKS.replace("\n", " ").split(",")}
    assert len(shipped.blocks) == 26


def test_a_statement_and_its_block_share_their_code(shipped: Instrument, codebook: Codebook) -> None:
    """An item's prefix is the code of its building block; block P6 is measured through I2 and O1_2."""
    for construct in codebook.constructs.values():
        if construct.block:
            code = shipped.blocks[construct.block].code
            prefixes = {item.partition("_")[0] for item in construct.items}
            assert prefixes == {code} or (code == "P6" and prefixes <= {"I2", "O1"})


def test_every_construct_has_its_indicators(shipped: Instrument, codebook: Codebook) -> None:
    for name, construct in codebook.constructs.items():
        own = {indicator.statistic for indicator in shipped.indicators.values() if indicator.of == name}
        shares = codebook.scales[codebook.items[construct.items[0]].scale or ""].agrees_from is not None
        expected = {"distribution"} if construct.formative else {"mean", "distribution"}
        expected |= {"share"} if shares and not construct.formative else set()
        expected |= {"reliability"} if len(construct.items) > 1 and not construct.formative else set()
        expected = {"share"} if construct.cycle else expected
        expected = {"intention"} if name.startswith("continuation") else expected
        expected = {"rating"} if name in ("network-trust", "network-value") else expected
        assert own - {"consensus"} == expected, name


def test_what_people_of_a_community_share_has_a_consensus(shipped: Instrument, codebook: Codebook) -> None:
    """Of what the community is like, not of what each person or organisation gained."""
    shared = {one.of or "" for one in shipped.indicators.values() if one.statistic == "consensus"}
    assert {"trust", "safety", "shared-identity"} < shared
    assert all(codebook.constructs[name].pillar for name in shared)
    reading = shipped.indicators["trust-consensus"].reading
    assert ("0,70" in reading["nl"], "0.70" in reading["en"], SHARED_FROM) == (True, True, 0.70)


def test_indicators_carry_the_level_pillar_and_kind_of_what_they_measure(shipped: Instrument) -> None:
    trust, renewal = shipped.indicators["trust-mean"], shipped.indicators["renewal-share"]
    assert (trust.pillar, trust.level, trust.kind, trust.form) == ("culture", None, "state", "participant")
    assert (renewal.pillar, renewal.level, renewal.kind, renewal.form) == (
        None,
        "organisation",
        "attribution",
        "organisation",
    )
    levels = {indicator.level for indicator in shipped.indicators.values()}
    assert levels == {"individual", "organisation", "society", None}
    pillars = {indicator.pillar for indicator in shipped.indicators.values()}
    assert pillars == {"purpose", "structure", "process", "culture", "foundation", None}


def test_participation_and_balance_have_indicators(shipped: Instrument) -> None:
    statistics = Counter(indicator.statistic for indicator in shipped.indicators.values())
    assert (statistics["response"], statistics["coverage"]) == (1, 3)
    assert [statistics[name] for name in ("diversity", "attendance", "retention")] == [1, 1, 1]
    reading = shipped.indicators["partner-diversity"].reading
    assert all(f"{TYPES} " in text and f"{TYPES - 1}/{TYPES}" in text for text in reading.values())
    assert (statistics["balance"], statistics["mix_distance"]) == (1, 1)


def test_the_network_has_its_five_figures(shipped: Instrument) -> None:
    of_network = {name: one for name, one in shipped.indicators.items() if one.form == "network"}
    statistics = Counter(one.statistic for one in of_network.values())
    assert statistics == {
        "coverage": 1, "density": 5, "reciprocity": 1, "ei_index": 1, "centralisation": 1, "rating": 2,
    }  # fmt: skip
    assert not any(one.by or one.headline for one in of_network.values())


def test_what_two_forms_ask_has_an_indicator_of_each(shipped: Instrument) -> None:
    by_form = {name: shipped.indicators[name].form for name in ("passing-on-mean", "absorption-mean")}
    assert by_form == {"passing-on-mean": "participant", "absorption-mean": "organisation"}
    assert shipped.indicators["learning-culture-mean"].form == "participant"
    organisations = shipped.indicators["learning-culture-organisation-mean"]
    assert (organisations.of, organisations.form) == ("learning-culture", "organisation")
    assert organisations.title["nl"] == "Leercultuur (volgens de organisaties)"


def texts(value: Any) -> Iterator[dict[str, str]]:
    """Every mapping with a text in one of the languages, anywhere in the file."""
    if isinstance(value, dict):
        if value.keys() & set(LANGUAGES):
            yield value
        else:
            for inner in value.values():
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.yml")), ids=lambda path: path.name)
def test_both_languages_are_there_and_are_not_the_same_sentence(path: Any) -> None:
    found = list(texts(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert found
    for text in found:
        assert text.keys() == set(LANGUAGES)
        assert all(words == words.strip() and words for words in text.values())
        assert " " not in text["nl"].strip(".") or text["nl"] != text["en"]


def test_no_text_judges_or_claims_an_effect(shipped: Instrument) -> None:
    judging = re.compile(
        r"goed genoeg|onvoldoende|voldoende|score|norm\b|beter dan|best|rank|poor|sufficient", re.I
    )
    for sector in (None, *shipped.sectors):
        for name, indicator in shipped.indicators_in(sector).items():
            for words in (*indicator.title.values(), *indicator.reading.values(), *indicator.unit.values()):
                assert not judging.search(words), name
