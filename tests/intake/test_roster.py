"""A form that asks about each partner: its columns, its rows, and the ties that are stored."""

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from lcmonitor.intake.delivery import Examined
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community
from tests.intake.drawn import codebook, codes_of, community, examined, findings_of, rows_of, setup

BOOK = codebook(
    """
id: small
title: {nl: Klein, en: Small}
scales:
  often:
    codes: {0: {nl: nooit, en: never}, 1: {nl: soms, en: sometimes}, 2: {nl: vaak, en: often}}
    agrees_from: 1
  consent: {codes: {0: {nl: nee, en: "no"}, 1: {nl: ja, en: "yes"}}, agrees_from: 1}
items:
  OK: {text: {nl: Ik doe mee., en: I take part.}, type: consent, scale: consent}
  ORG: {text: {nl: "Waar werkt u?", en: "Where do you work?"}, type: partner}
  contact: {text: {nl: "Hoe vaak contact?", en: "How often contact?"}, scale: often, core: true}
  trust: {text: {nl: "Vertrouwt u hen?", en: "Do you trust them?"}, scale: often}
  P1_1: {text: {nl: Een stelling., en: A statement.}, scale: often}
forms:
  network:
    title: {nl: Netwerk, en: Network}
    population: partners
    items: [OK, ORG]
    roster: [contact, trust]
  person: {title: {nl: Persoon, en: Person}, items: [OK, P1_1]}
"""
)
PARTNERS: list[dict[str, Any]] = [
    {"id": "smit", "name": "Bakkerij Smit", "type": "company_sme", "also": ["P1"]},
    {"id": "roc-noord", "name": "ROC Noord", "type": "vocational_school", "also": ["P2"]},
    {"id": "stad", "name": "Stad", "type": "government", "also": ["P11"]},
]
HEAD = "#id | #when | OK | ORG"
WHOLE = f"{HEAD} | contact[P1] | contact[P2] | contact[P11]"


def here() -> Setup:
    return setup(BOOK)


def sender(partners: list[dict[str, Any]] = PARTNERS) -> Community:
    return community(partners=partners)


def look(text: str, partners: list[dict[str, Any]] = PARTNERS, **given: Any) -> Examined:
    return examined(text, here(), sender=sender(partners), **given)


def ties(result: Examined) -> list[set[tuple[str, str, int]]]:
    return [{(tie["partner"], tie["item"], tie["code"]) for tie in row} for row in rows_of(result)["ties"]]


@pytest.mark.parametrize(
    "heads",
    [
        ("contact[P1]", "contact[P2]", "contact[P11]"),  # an array of LimeSurvey, in codes
        ("contact_P1", "contact_P2", "contact_P11"),  # as SPSS has it
        ("contact[smit]", "contact[rocnoord]", "contact[stad]"),
        ("grid[P1_contact]", "grid[P2_contact]", "grid[P11_contact]"),  # an array of numbers: row and column
        ("Hoe vaak contact? [Bakkerij Smit]", "Hoe vaak contact? [ROC Noord]", "Hoe vaak contact? [Stad]"),
    ],
)
def test_a_column_for_each_partner_is_known_by_item_and_partner(heads: tuple[str, ...]) -> None:
    result = look(f"{HEAD} | {' | '.join(heads)}\n1 | 2025-03-02 | ja | smit | ~ | 2 | 0")
    assert codes_of(result) == []
    assert result.receipt.form == "network"
    assert ties(result) == [{("roc-noord", "contact", 2), ("stad", "contact", 0)}]


def test_the_row_of_a_grid_may_be_the_name_of_a_partner() -> None:
    names = ["Bakkerij Smit", "ROC Noord", "Stad"]
    heads = [f"How often contact? - {name}" for name in names]
    known = {h: {"text": "How often contact?", "part": name} for h, name in zip(heads, names, strict=True)}
    drawn = f"{HEAD} | {' | '.join(heads)}\n1 | 2025-03-02 | yes | Stad | often | never | ~"
    result = look(drawn, columns=known)
    assert codes_of(result) == []
    assert ties(result) == [{("smit", "contact", 2), ("roc-noord", "contact", 0)}]


def test_what_is_stored_is_one_list_a_response_in_one_order_and_no_column_a_partner() -> None:
    heads = f"{WHOLE} | trust[P2] | trust[P1] | trust[P11]"
    result = look(f"{heads}\n1 | 2025-03-02 | ja | stad | 1 | | ~ | 2 | 0 | ~")
    assert result.responses is not None
    kind = result.responses.rows.schema.field("ties").type
    assert kind == pa.list_(pa.struct([("partner", pa.string()), ("item", pa.string()), ("code", pa.int8())]))
    assert not [name for name in result.responses.rows.column_names if "[" in name]
    (row,) = rows_of(result)["ties"]
    assert [(tie["item"], tie["partner"], tie["code"]) for tie in row] == [
        ("contact", "roc-noord", -102), ("contact", "smit", 1),
        ("trust", "roc-noord", 2), ("trust", "smit", 0),
    ]  # fmt: skip


def test_a_respondent_is_complete_without_a_word_on_the_own_organisation() -> None:
    """Two of two others, though one of three cells is empty."""
    result = look(f"{WHOLE}\n1 | 2025-03-02 | ja | smit | | 2 | 0\n2 | 2025-03-02 | ja | stad | 1 | |")
    assert rows_of(result)["completeness"] == ["complete", "partial"]


def test_an_answer_about_the_own_organisation_is_told_of_and_left_out() -> None:
    result = look(f"{WHOLE}\n1 | 2025-03-02 | ja | smit | 2 | 2 | 0\n2 | 2025-03-02 | ja | stad | 1 | 1 | ~")
    assert codes_of(result) == ["LCM-231"]
    (found,) = findings_of(result)
    assert (found.severity, found.rows) == ("note", (2,))
    assert result.receipt.verdict == "accepted"
    assert ties(result)[0] == {("roc-noord", "contact", 2), ("stad", "contact", 0)}


def test_only_answers_about_oneself_are_no_answers() -> None:
    result = look(f"{WHOLE}\n1 | 2025-03-02 | ja | smit | 2 | | \n2 | 2025-03-02 | ja | stad | 1 | 1 | ~")
    assert [aside.code for aside in result.receipt.set_aside] == ["LCM-245"]


@pytest.mark.parametrize("head", ["contact[P9]", "Hoe vaak contact? [Bakker Jansen]"])
def test_a_column_about_an_organisation_that_nobody_knows_refuses_the_file(head: str) -> None:
    text = {"text": "Hoe vaak contact?", "part": "Bakker Jansen"} if " " in head else {}
    result = look(f"{WHOLE} | {head}\n1 | 2025-03-02 | ja | smit | ~ | 2 | 0 | 1", columns={head: text})
    assert codes_of(result, "error") == ["LCM-236"]
    assert (result.receipt.findings[0].item, result.receipt.verdict) == ("contact", "refused")
    assert result.receipt.balance.set_aside == result.receipt.balance.rows == 1


def test_every_partner_of_the_wave_must_be_asked_about() -> None:
    result = look(f"{HEAD} | contact[P1] | contact[P2]\n1 | 2025-03-02 | ja | smit | ~ | 2")
    assert [(f.message.code, f.item) for f in findings_of(result)] == [("LCM-203", "contact[stad]")]


def test_what_need_not_be_asked_is_asked_of_all_partners_or_told_of() -> None:
    assert codes_of(look(f"{WHOLE}\n1 | 2025-03-02 | ja | smit | ~ | 2 | 0")) == []
    some = look(f"{WHOLE} | trust[P2]\n1 | 2025-03-02 | ja | smit | ~ | 2 | 0 | 1")
    assert codes_of(some) == ["LCM-219"]


def test_rows_of_nobody_known_are_set_aside_and_the_balance_holds() -> None:
    rows = ["1 | 2025-03-02 | ja | smit | ~ | 2 | 0", "2 | 2025-03-02 | ja | | 1 | 2 | 0",
            "3 | 2025-03-02 | ja | Jansen | 1 | 1 | 1", "4 | 2025-03-02 | nee | | | |"]  # fmt: skip
    result = look("\n".join([WHOLE, *rows]))
    assert [(aside.row, aside.code) for aside in result.receipt.set_aside] == [
        (3, "LCM-238"), (4, "LCM-238"), (5, "LCM-244"),
    ]  # fmt: skip
    assert (result.receipt.balance.rows, result.receipt.balance.new) == (4, 1)
    assert codes_of(result, "warning") == ["LCM-233", "LCM-238"]


def test_one_organisation_has_one_voice_in_a_wave_the_last_complete_one() -> None:
    rows = ["1 | 2025-03-02 | ja | smit | ~ | 2 | 0", "2 | 2025-03-03 | ja | P1 | ~ | 1 | 1",
            "3 | 2025-09-03 | ja | smit | ~ | 0 | 0"]  # fmt: skip
    result = look("\n".join([WHOLE, *rows]))
    assert [(aside.row, aside.code) for aside in result.receipt.set_aside] == [(2, "LCM-239")]
    assert rows_of(result)["response_id"] == ["2", "3"]


def test_who_took_part_in_only_a_part_of_the_wave_is_not_on_its_roster() -> None:
    moved = [*PARTNERS[:2], PARTNERS[2] | {"left": date(2025, 3, 15)}]
    gone = look(f"{HEAD} | contact[P1] | contact[P2]\n1 | 2025-03-02 | ja | smit | ~ | 2", moved)
    assert codes_of(gone) == []
    rows = "1 | 2025-03-02 | ja | smit | ~ | 2 | 1\n2 | 2025-03-03 | ja | stad | 2 | 2 | ~"
    asked = look(f"{WHOLE}\n{rows}", moved)
    assert codes_of(asked) == ["LCM-238", "LCM-237"]
    assert ties(asked) == [{("roc-noord", "contact", 2)}]


def test_the_cell_rule_holds_for_answers_about_others() -> None:
    result = look(f"{WHOLE}\n1 | 2025-03-02 | ja | smit | ~ | 2 | 7")
    assert [(f.message.code, f.item) for f in findings_of(result)] == [("LCM-215", "contact[stad]")]


def test_a_mapping_file_may_name_a_column_and_the_words_in_it() -> None:
    mapped = {"form": "network", "columns": {"Over Smit": "contact[smit]", "Over ROC": "contact[roc-noord]",
              "Over Stad": "contact[stad]"}, "values": {"contact": {"dagelijks": 2}}}  # fmt: skip
    text = f"{HEAD} | Over Smit | Over ROC | Over Stad\n1 | 2025-03-02 | ja | smit | ~ | dagelijks | nooit"
    result = examined(text, setup(BOOK, mappings={"own": mapped}), sender=sender())
    assert codes_of(result) == []
    assert ties(result) == [{("roc-noord", "contact", 2), ("stad", "contact", 0)}]


def test_no_answer_and_no_token_is_in_what_the_receipt_says() -> None:
    rows = "1 | 2025-03-02 | ja | Geheim bv | 1 | 2 | 0\n2 | 2025-03-02 | ja | smit | 2 | 2 | 0"
    result = look(f"{WHOLE}\n{rows}")
    assert "Geheim" not in str([finding.message.params for finding in result.receipt.findings])
