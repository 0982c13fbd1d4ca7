"""The cell rule: what a scale does not allow becomes missing; too much of it refuses the file."""

import pytest

from tests.intake.drawn import GOOD, codes_of, examined, findings_of, many, rows_of, table


def test_one_bad_cell_in_twenty_becomes_missing_and_is_reported_by_row() -> None:
    result = examined(many(20, T1="77"))
    assert rows_of(result)["T1"] == [-104] + [4] * 19
    (found,) = findings_of(result)
    assert (found.message.code, found.severity, found.item, found.rows) == ("LCM-230", "warning", "T1", (2,))
    assert result.receipt.verdict == "remarks"
    for language in ("nl", "en"):
        text = found.message.text(language)
        assert "77" not in text
        assert {"nl": "5 (helemaal eens), 9", "en": "5 (strongly agree), 9"}[language] in text


def test_more_than_one_in_twenty_refuses_the_file() -> None:
    result = examined(many(19, T1="een beetje"))
    assert codes_of(result) == ["LCM-215"]
    assert result.responses is None
    assert "een beetje" not in result.receipt.findings[0].message.text("nl")


def test_unanswered_cells_do_not_thin_the_share() -> None:
    drawn = many(20, T1="77").replace("| 4 |", "|  |")
    assert codes_of(examined(drawn)) == ["LCM-215"]


def test_codes_from_zero_are_recognised_and_never_shifted() -> None:
    drawn = "#id | #when | OK | ORG | T1 | T2 | W | L\n" + "\n".join(
        f"{n} | 2025-03-02 | ja | tno | {n % 5} | {(n + 2) % 5} | 60 | 40" for n in range(20)
    )
    result = examined(drawn)
    assert codes_of(result) == ["LCM-214"]
    (found,) = findings_of(result)
    assert "0–4" in found.message.text("nl")
    assert "1–5" in found.message.text("nl")
    assert found.count == 8  # four rows in which T1 is 0, four in which T2 is
    assert result.receipt.balance.set_aside == 20


def test_a_stray_zero_in_a_good_file_is_only_a_bad_cell() -> None:
    drawn = many(40, T1="0").replace("3 | 2025-03-02 | ja | tno | 4", "3 | 2025-03-02 | ja | tno | 5")
    assert codes_of(examined(drawn)) == ["LCM-230"]


def test_a_division_is_brought_to_its_total_or_left_out() -> None:
    result = examined("""
    #id | #when      | OK | ORG | T1 | T2 | W    | L
    1   | 2025-03-02 | ja | tno | 4  | 2  | 60   | 40
    2   | 2025-03-02 | ja | tno | 4  | 2  | 59,5 | 39,5
    3   | 2025-03-02 | ja | tno | 4  | 2  | 60   | 60
    4   | 2025-03-02 | ja | tno | 4  | 2  | 100  |
    5   | 2025-03-02 | ja | tno | 4  | 2  |      |
    """)  # fmt: skip
    stored = rows_of(result)
    assert stored["W"] == [60.0, pytest.approx(5950 / 99), None, 100.0, None]
    assert stored["L"] == [40.0, pytest.approx(3950 / 99), None, 0.0, None]
    assert [(found.message.code, found.rows) for found in findings_of(result)] == [("LCM-232", (4,))]


def test_a_negative_or_unreadable_number_takes_its_division_with_it() -> None:
    lines = many(60, W="-10", L="110").splitlines()
    lines[2] = lines[2].replace("| 60 |", "| veel |")
    result = examined("\n".join(lines))
    stored = rows_of(result)
    assert stored["W"][:3] == [None, None, 60.0]
    assert stored["L"][:3] == [None, None, 40.0]
    assert codes_of(result) == ["LCM-230", "LCM-232"]


def test_completeness_is_the_share_of_core_questions_answered() -> None:
    """Four core questions (T1, T2, W, L); a question that was not shown does not count."""
    result = examined("""
    #id | #when      | OK | ORG | T1 | T2 | W  | L
    1   | 2025-03-02 | ja | tno | 4  | 9  | 60 | 40
    2   | 2025-03-02 | ja | tno | 4  |    | 60 | 40
    3   | 2025-03-02 | ja | tno | 4  |    |    |
    4   | 2025-03-02 | ja | tno | 4  |    | ~  | ~
    5   | 2025-03-02 | ja | tno | 4  | ~  | ~  | ~
    """)  # fmt: skip
    assert rows_of(result)["completeness"] == ["complete", "partial", "break_off", "partial", "complete"]


def test_labelled_ends_with_a_numeric_middle_lose_nothing() -> None:
    drawn = GOOD.replace("| 4  | 2 ", "| Strongly agree | 3 ").replace(
        "| 5  | 1 ", "| 3 | Strongly disagree "
    )
    stored = rows_of(examined(drawn))
    assert (stored["T1"], stored["T2"]) == ([5, 3], [3, 1])


def test_the_stored_columns_have_the_types_that_were_promised() -> None:
    result = examined(GOOD)
    assert result.responses is not None
    types = {field.name: str(field.type) for field in result.responses.rows.schema}
    assert types == {
        "wave": "string",
        "response_id": "string",
        "row": "int32",
        "submitted": "timestamp[us]",
        "completeness": "string",
        "panel_key": "string",
        "partner": "string",
        "seconds": "double",
        "T1": "int8",
        "T2": "int8",
        "W": "double",
        "L": "double",
        "M1": "int8",
        "M2": "int8",
    }


def test_the_input_is_left_as_it_was() -> None:
    before, after = table(GOOD), table(GOOD)
    examined(GOOD)
    assert before.cells.equals(after.cells)
