"""Every column is mapped, ignored by name, personal, or an error."""

from collections.abc import Mapping
from typing import Any

import pytest

from lcmonitor.intake.draft import Draft
from lcmonitor.programme.load import Setup
from tests.intake.drawn import (
    CODEBOOK,
    GOOD,
    answers_of,
    codebook,
    codes_of,
    community,
    drafted,
    findings_of,
    setup,
)

HEADINGS = """
#id | #when      | OK | ORG | {} | T2 | W  | L
1   | 2025-03-02 | ja | tno | 4  | 2  | 60 | 40
"""


def with_heading(heading: str, **column: str) -> Draft:
    return drafted(HEADINGS.format(heading), columns={heading: column} if column else None)


@pytest.mark.parametrize(
    "heading",
    [
        "T1",
        "Q5[T1]",
        "grid[T1]",
        "Partners komen afspraken na.",
        "Partners keep agreements.",
        "  Partners\u00a0komen   afspraken na. ",
        "<b>Partners</b> komen afspraken&nbsp;na.",
        "PARTNERS KOMEN AFSPRAKEN NA.",
    ],
)
def test_a_heading_is_known_by_code_or_by_its_exact_words(heading: str) -> None:
    result = with_heading(heading)
    assert answers_of(result, "T1") == [4]
    assert result.matching.use.mapped[heading.strip()] == "T1"


def test_the_tools_own_code_and_text_are_known_too() -> None:
    assert answers_of(with_heading("Wat vindt u?", code="T1"), "T1") == [4]
    assert answers_of(with_heading("Wat vindt u?", code="Q5[T1]"), "T1") == [4]
    assert answers_of(with_heading("Q7", text="Partners keep agreements."), "T1") == [4]
    assert answers_of(
        with_heading("Stellingen [a]", text="Stellingen", part="Partners keep agreements."), "T1"
    ) == [4]


def test_another_wording_in_the_codebook_counts() -> None:
    result = drafted(GOOD.replace("T2", "Liever zwijg ik."))
    assert answers_of(result, "T2") == [2, 1]


def test_the_wording_of_the_sector_counts_and_so_does_the_general_one() -> None:
    sector = codebook(CODEBOOK.replace("Partners komen afspraken na.", "Zorgpartners komen afspraken na."))
    here = setup(sectors={"care": sector})
    for words in ("Zorgpartners komen afspraken na.", "Partners komen afspraken na."):
        result = drafted(HEADINGS.format(words), here, sender=community(sector="care"))
        assert answers_of(result, "T1") == [4]


@pytest.mark.parametrize("heading", ["T1_1", "Q5_T1", "T1[1]", "T1[other]", "T1[comment]", "Q5 [t1]"])
def test_a_code_is_matched_strictly(heading: str) -> None:
    assert {"LCM-203"} < set(codes_of(with_heading(heading), "error"))


def underscored(*more: str) -> Setup:
    """The small programme with the item T1 called T_1, and ``more`` items in the same form."""
    text = CODEBOOK.replace("  T1:", "  T_1:").replace("[OK, ORG, T1,", "[OK, ORG, T_1,")
    for code in more:
        item = f"  {code}: {{text: {{nl: Nog iets {code}, en: More {code}}}, scale: agree}}\n"
        text = text.replace("divisions:", item + "divisions:").replace("T_1, ", f"T_1, {code}, ", 1)
    return setup(codebook(text))


@pytest.mark.parametrize(
    "heading", ["T_1", "T1", "t1", "T.1", "T[1]", "T1[T1]", "LC[T1]", "LC[T_1]", "lc[t1]"]
)
def test_a_code_may_be_in_letters_and_digits_alone(heading: str) -> None:
    assert answers_of(drafted(HEADINGS.format(heading), underscored()), "T_1") == [4]
    by_tool = drafted(HEADINGS.format("Wat?"), underscored(), columns={"Wat?": {"code": heading}})
    assert answers_of(by_tool, "T_1") == [4]


@pytest.mark.parametrize(
    "heading", ["T11", "T1[1]", "T[1][1]", "T[1][2]", "XT1", "Wat vindt u? [t1]", "T1[other]"]
)
def test_a_code_with_a_letter_or_digit_more_is_not_taken(heading: str) -> None:
    assert {"LCM-203"} < set(codes_of(drafted(HEADINGS.format(heading), underscored()), "error"))


def test_where_two_codes_are_the_same_in_letters_and_digits_only_exact_ones_count() -> None:
    two = underscored("T_1_")
    assert answers_of(drafted(HEADINGS.format("T_1"), two), "T_1") == [4]
    result = drafted(HEADINGS.format("T1"), two, form="person")
    assert codes_of(result, "error") == ["LCM-205", "LCM-203"]
    assert "T_1, T_1_" in result.findings[0].message.text("nl")


def test_question_and_subquestion_that_name_two_items_are_not_guessed() -> None:
    result = drafted(HEADINGS.format("Z[T1]"), underscored("Z_T1"), form="person")
    assert codes_of(result, "error") == ["LCM-205", "LCM-203"]


def test_the_exact_code_the_words_and_the_mapping_file_go_before_letters_and_digits() -> None:
    drawn = HEADINGS.format("t2") + "\n"
    asked = setup(mappings={"ours": {"form": "person", "columns": {"t2": "T1"}}})
    assert answers_of(drafted(drawn, asked), "T1") == [4]
    worded = {"t2": {"text": "Partners keep agreements."}}
    assert answers_of(drafted(drawn, columns=worded), "T1") == [4]


def test_an_unknown_column_refuses_the_file_and_is_named() -> None:
    result = drafted(
        GOOD.replace("| L", "| L | Schoenmaat").replace("| 40", "| 40 | 41").replace("| 50\n", "| 50 | 42\n")
    )
    (wrong,) = [found for found in result.findings if found.severity == "error"]
    assert (wrong.message.code, wrong.column) == ("LCM-201", "Schoenmaat")
    assert "Schoenmaat" in wrong.message.text("nl")
    assert result.kept is None


def test_a_near_miss_is_suggested_and_not_taken() -> None:
    result = with_heading("Partners komen hun afspraken na")
    codes = codes_of(result, "error")
    assert codes == ["LCM-202", "LCM-203"]
    assert "T1 (Partners komen afspraken na.)" in result.findings[0].message.text("en")


def test_the_one_column_without_a_question_may_be_the_one_question_without_a_column() -> None:
    result = with_heading("Schoenmaat")
    assert codes_of(result, "error") == ["LCM-202", "LCM-203"]
    assert "T1 (" in result.findings[0].message.text("en")


def test_a_near_miss_of_a_code_in_letters_and_digits_is_suggested() -> None:
    result = drafted(HEADINGS.format("T1x"), underscored())
    assert codes_of(result, "error") == ["LCM-202", "LCM-203"]
    assert "T_1?" in result.findings[0].message.text("nl")


def test_a_missing_required_column_refuses_the_file() -> None:
    result = drafted("""
    #id | #when      | ORG | T1 | T2 | W  | L
    1   | 2025-03-02 | tno | 4  | 2  | 60 | 40
    """, form="person")  # fmt: skip
    assert codes_of(result, "error") == ["LCM-203"]
    assert "Ik doe mee." in result.findings[0].message.text("nl")


def test_two_columns_for_one_item_refuse_the_file() -> None:
    result = drafted("""
    #id | #when      | OK | ORG | T1 | Partners keep agreements. | T2 | W  | L
    1   | 2025-03-02 | ja | tno | 4  | 4                         | 2  | 60 | 40
    """)  # fmt: skip
    assert codes_of(result, "error") == ["LCM-204"]


def test_one_of_two_equal_headings_is_ignored_by_the_letter_of_its_column() -> None:
    pasted_beside = """
    q1 | T2 | OK | ORG | W  | L  | q1 | #id | #when
    4  | 2  | ja | tno | 60 | 40 | 1  | 1   | 2025-03-02
    """
    mapping = {"form": "person", "columns": {"q1": "T1"}}
    refused = drafted(pasted_beside, setup(mappings={"ours": mapping}))
    assert codes_of(refused, "error") == ["LCM-204"]
    result = drafted(pasted_beside, setup(mappings={"ours": mapping | {"ignore": ["[G]"]}}))
    assert answers_of(result, "T1") == [4]
    assert result.matching.use.ignored == ("q1",)


def test_a_question_of_another_form_is_an_error() -> None:
    result = drafted("""
    #id | #when      | OK | ORG | T1 | T2 | W  | L  | E1
    1   | 2025-03-02 | ja | tno | 4  | 2  | 60 | 40 | 3
    """, form="person")  # fmt: skip
    assert codes_of(result, "error") == ["LCM-206"]


SPREAD = """
#id | #when      | OK | ORG | a | b   | c | d | e | T2 | W  | L
1   | 2025-03-02 | ja | tno |   |     |   | {} |   | 2  | 60 | 40
2   | 2025-03-02 | ja | tno | {} |     |   |   | {} | 2  | 60 | 40
"""
POINTS = {
    "a": "1",
    "b": "disagree",
    "c": "neutral",
    "d": "agree",
    "e": "strongly agree",
}


def spread(*cells: str) -> Draft:
    known = {h: {"text": "Partners keep agreements.", "part": part} for h, part in POINTS.items()}
    return drafted(SPREAD.format(*cells, *[""] * (3 - len(cells))), columns=known)


@pytest.mark.parametrize("cells", [("agree", "strongly disagree"), ("4", "1"), ("x", "x"), ("1", "1")])
def test_a_scale_spread_out_over_columns_is_one_item(cells: tuple[str, str]) -> None:
    assert answers_of(spread(*cells), "T1") == [4, 1]


def test_a_spread_out_cell_that_names_another_point_is_not_believed() -> None:
    assert answers_of(spread("disagree", "1"), "T1") == [-104, 1]


def test_two_points_of_a_spread_out_scale_in_one_row_are_no_answer() -> None:
    result = spread("4", "1", "5")
    assert answers_of(result, "T1") == [4, -104]
    assert codes_of(result) == ["LCM-235"]
    assert findings_of(result)[0].rows == (3,)


def test_the_form_is_recognised_from_its_questions() -> None:
    assert drafted(GOOD).matching.form == "person"
    school = drafted("""
    #id | #when      | OK | E1
    1   | 2025-03-02 | ja | 4
    """)  # fmt: skip
    assert school.matching.form == "school"


def test_a_form_that_lacks_a_column_is_not_taken_for_a_smaller_form_that_fits_whole() -> None:
    small = codebook(CODEBOOK + "  small: {title: {nl: Klein, en: Small}, items: [OK, T2]}\n")
    result = drafted("""
    #id | #when      | OK | ORG | T2 | W  | L
    1   | 2025-03-02 | ja | tno | 2  | 60 | 40
    """, setup(small))  # fmt: skip
    assert result.matching.form == "person"
    assert codes_of(result, "error") == ["LCM-203"]


def test_a_file_that_fits_two_forms_asks_which() -> None:
    twin = codebook(CODEBOOK + "  twin: {title: {nl: Twee, en: Two}, items: [OK, E1]}\n")
    drawn = """
    #id | #when      | OK | E1
    1   | 2025-03-02 | ja | 4
    """
    assert codes_of(drafted(drawn, setup(twin)), "error") == ["LCM-209"]
    assert drafted(drawn, setup(twin), form="twin").matching.form == "twin"


def test_an_unknown_form_and_a_file_of_something_else_are_refused() -> None:
    assert codes_of(drafted(GOOD, form="persona"), "error") == ["LCM-210"]
    assert codes_of(drafted("#when | Naam\n2025-03-02 | x"), "error") == ["LCM-208"]


MAPPED = """
#id | #when      | OK | ORG | q1 | q2 | W  | L  | Opmerking
1   | 2025-03-02 | ja | tno | A4 | A2 | 60 | 40 | fijn
"""
MAPPING = {
    "form": "person",
    "columns": {"q1": "T1", "q2": "T2"},
    "values": {"T1": {"A4": 4}, "T2": {"A2": 2}},
    "ignore": ["Opmerking"],
}


def test_a_mapping_file_names_columns_values_and_what_to_ignore() -> None:
    result = drafted(MAPPED, setup(mappings={"ours": MAPPING}))
    assert (answers_of(result, "T1"), answers_of(result, "T2")) == ([4], [2])
    assert result.matching.use.ignored == ("Opmerking",)
    assert codes_of(result) == []


@pytest.mark.parametrize(
    "other", [{"tool": "qualtrics"}, {"community": "epsilon"}, {"columns": {"q9": "T1"}}]
)
def test_a_mapping_file_of_another_export_is_not_used(other: dict[str, object]) -> None:
    result = drafted(MAPPED, setup(mappings={"other": MAPPING | other}))
    assert result.kept is None


SHARED = {"form": "person", "wave": "spring", "ignore": ["Opmerking"]}


@pytest.mark.parametrize(
    ("day", "said", "used"),
    [
        ("2025-03-02", None, True),
        ("2025-09-02", None, False),  # of another wave by its dates
        ("", None, True),  # nothing but the mapping file tells the wave
        ("2025-06-01", None, True),  # of no wave: the rows are set aside, whatever the columns are
        ("2025-09-02", "spring", True),  # as it was said
        ("", "autumn", False),
    ],
)
def test_a_mapping_file_of_a_wave_is_not_used_for_an_export_of_another(
    day: str, said: str | None, used: bool
) -> None:
    drawn = MAPPED.replace("q1", "T1").replace("q2", "T2").replace("A4", "4").replace("A2", "2")
    result = drafted(drawn.replace("2025-03-02", day), setup(mappings={"ours": SHARED}), wave=said)
    assert result.matching.use.ignored == (("Opmerking",) if used else ())


def test_rows_of_another_wave_are_not_set_aside_for_a_mapping_file_that_shares_a_heading() -> None:
    others = {"form": "person", "columns": {"q1": "T1", "q2": "T2"}, "ignore": ["Opmerking"]}
    drawn = MAPPED.replace("2025-03-02", "2025-09-02").replace("A4", "4").replace("A2", "2")
    result = drafted(drawn, setup(mappings={"spring": SHARED, "all": others}))
    assert (answers_of(result, "T1"), codes_of(result)) == ([4], [])


def test_the_mapping_file_with_most_headings_wins_and_a_tie_is_an_error() -> None:
    small = {"form": "person", "columns": {"q1": "T2"}}
    result = drafted(MAPPED, setup(mappings={"a": small, "b": MAPPING}))
    assert answers_of(result, "T1") == [4]
    twice = drafted(MAPPED, setup(mappings={"a": MAPPING, "b": MAPPING}))
    assert codes_of(twice, "error") == ["LCM-207"]
    named = drafted(MAPPED, setup(mappings={"a": MAPPING, "b": MAPPING | {"tool": "generic"}}))
    assert named.kept is not None


def test_meta_columns_pass_and_personal_ones_are_dropped() -> None:
    drawn = (
        GOOD.replace("| L", "| L | Duur | E-mail")
        .replace("| 40", "| 40 | 9 | x")
        .replace("| 50\n", "| 50 | 8 | y\n")
    )
    result = drafted(drawn, columns={"Duur": {"role": "meta"}, "E-mail": {"role": "personal"}})
    use = result.matching.use
    assert (use.ignored, use.personal_data) == (("Duur",), ("E-mail",))
    assert codes_of(result) == []


def test_the_column_of_an_open_question_is_known_and_passed_over() -> None:
    """Its answers go nowhere, and nobody has to name the column in a mapping file."""
    item = "  R1: {text: {nl: Opmerking, en: Remark}, type: text}\n"
    text = CODEBOOK.replace("divisions:", item + "divisions:").replace("[OK, ORG, T1,", "[OK, ORG, R1, T1,")
    for heading in ("R1", "Opmerking", "Form[R1]"):
        result = drafted(
            HEADINGS.format(f"T1 | {heading}").replace("| 4  |", "| 4 | secret |"), setup(codebook(text))
        )
        assert heading in result.matching.use.ignored
        assert codes_of(result, "error") == []
        assert result.kept is not None
        assert "R1" not in result.kept.answers


STATUS = CODEBOOK.replace("T2: {text: {nl: Ik zwijg liever.", "Status: {text: {nl: Ik zwijg liever.").replace(
    "T1, T2, W", "T1, Status, W"
)
OWN: Mapping[str, Mapping[str, Any]] = {"Status": {"role": "meta", "code": "Status"}}


def test_a_column_of_a_plain_table_is_a_question_where_an_item_goes_by_its_name() -> None:
    """The first status is an answer, and sets no row aside."""
    drawn = """
    #id | #when      | #status | OK | ORG | T1 | Status | W  | L
    1   | 2025-03-02 | test    | ja | tno | 4  | 2      | 60 | 40
    """
    draft = drafted(drawn, setup(codebook(STATUS)), columns=OWN)
    assert codes_of(draft) == []
    assert answers_of(draft, "Status") == [2]


def test_a_column_of_a_plain_table_is_a_question_where_the_mapping_file_says_so() -> None:
    drawn = GOOD.replace("T2", "Status")
    mapped = setup(mappings={"ours": {"form": "person", "columns": {"Status": "T2"}}})
    assert answers_of(drafted(drawn, mapped, columns=OWN), "T2") == [2, 1]


def test_a_survey_tool_s_own_column_is_never_claimed() -> None:
    draft = drafted(GOOD.replace("T2", "Status"), setup(codebook(STATUS)), columns=OWN, tool="qualtrics")
    assert codes_of(draft, "error") == ["LCM-203"]


@pytest.mark.parametrize("ticks", [("1", "0"), ("Checked", "Unchecked")])
def test_where_an_export_says_what_its_tick_is_nothing_else_chooses_a_point(ticks: tuple[str, str]) -> None:
    """As REDCap and KoboToolbox write it: 0 in every point that was not chosen."""
    yes, no = ticks
    known = {
        heading: {"text": "Partners keep agreements.", "part": part, "chosen": frozenset({yes})}
        for heading, part in POINTS.items()
    }
    drawn = f"""
    #id | #when      | OK | ORG | a     | b    | c    | d     | e    | T2 | W  | L
    1   | 2025-03-02 | ja | tno | {no}  | {no} | {no} | {yes} | {no} | 2  | 60 | 40
    2   | 2025-03-02 | ja | tno | {yes} | {no} | {no} | {no}  | {no} | 2  | 60 | 40
    3   | 2025-03-02 | ja | tno | {no}  | {no} | {no} | {no}  | {no} | 2  | 60 | 40
    """
    assert answers_of(drafted(drawn, columns=known), "T1") == [4, 1, -102]
