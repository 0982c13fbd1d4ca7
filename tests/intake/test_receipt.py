"""The receipt: every row accounted for, the same after it was kept, and in two languages."""

import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from lcmonitor.errors import ExportError, Message, catalogue
from lcmonitor.intake.conclude import refusal
from lcmonitor.intake.delivery import Delivery
from lcmonitor.intake.examine import examine
from lcmonitor.intake.receipt import Receipt, receipt_from_json, receipt_json
from tests.intake.drawn import GOOD, SECRET, community, examined, findings_of, many, rows_of, setup, table

CELLS = {
    "#id": st.sampled_from(["", "1", "2", "3"]),
    "#when": st.sampled_from(["", "2025-03-02", "2025-09-02", "2024-01-01"]),
    "#status": st.sampled_from(["complete", "incomplete", "test"]),
    "#token": st.sampled_from(["", "a", "b"]),
    "OK": st.sampled_from(["ja", "ja", "nee", ""]),
    "ORG": st.sampled_from(["tno", "", "iemand"]),
    "T1": st.sampled_from(["1", "5", "eens", "", "~", "8", "??"]),
    "T2": st.sampled_from(["1", "9", "", "~"]),
    "W": st.sampled_from(["60", "", "1,5", "-3", "x"]),
    "L": st.sampled_from(["40", "", "~"]),
}
ROW = st.tuples(*CELLS.values())
TABLE = st.lists(ROW, min_size=0, max_size=12)


@hypothesis_settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=st.lists(TABLE, min_size=1, max_size=8), wave=st.sampled_from([None, "spring"]))
def test_every_row_is_accounted_for_once(drawn: list[list[tuple[str, ...]]], wave: str | None) -> None:
    texts = ["\n".join([" | ".join(CELLS), *(" | ".join(row) for row in rows)]) for rows in drawn]
    tables = [table(text) for text in texts]
    results = examine([Delivery(each, community(), "person", wave) for each in tables], setup(), SECRET)
    for each, result in zip(tables, results, strict=True):
        receipt, numbers = result.receipt, each.facts["row"].to_pylist()
        stored = result.responses.rows["row"].to_pylist() if result.responses else []
        aside = [row.row for row in receipt.set_aside]
        assert sorted(stored + aside) == numbers
        assert (receipt.balance.rows, receipt.balance.new) == (len(numbers), len(stored))
        assert (receipt.verdict == "refused") == (result.responses is None)
        assert all(row.code in catalogue() for row in receipt.set_aside)
        if result.responses:
            keys = result.responses.rows.select(["wave", "response_id"])
            assert keys.group_by(["wave", "response_id"]).aggregate([]).num_rows == keys.num_rows


def receipts() -> list[Receipt]:
    return [
        examined(GOOD).receipt,
        examined(many(20, T1="77", ORG="iemand", L="60")).receipt,
        examined(GOOD.replace("T1", "T1x")).receipt,
        examined(GOOD, wave="winter").receipt,
        refusal("x.csv", "0" * 64, community(), ExportError(Message("LCM-208", "x.csv"))),
    ]


def test_a_receipt_that_was_kept_says_the_same() -> None:
    for receipt in receipts():
        kept = json.loads(json.dumps(receipt_json(receipt), ensure_ascii=False))
        again = receipt_from_json(kept)
        assert receipt_json(again) == kept
        assert (again.verdict, again.balance, again.set_aside) == (
            receipt.verdict,
            receipt.balance,
            receipt.set_aside,
        )


def test_the_json_has_the_keys_that_were_agreed() -> None:
    written = receipt_json(examined(many(20, T1="77")).receipt)
    assert list(written) == [
        "file", "sha256", "tool", "community", "form", "waves", "verdict", "balance", "set_aside", "findings",
        "columns",
    ]  # fmt: skip
    assert list(written["balance"]) == ["rows", "new", "updated", "unchanged", "set_aside"]
    assert list(written["columns"]) == ["mapped", "ignored", "personal_data"]
    (found,) = (each for each in written["findings"] if each["code"] != "LCM-223")
    assert list(found) == ["code", "severity", "column", "item", "rows", "count", "message"]
    assert (found["column"], found["item"], found["rows"], found["count"]) == ("T1", "T1", [2], 1)
    assert found["message"]["nl"].startswith("export.csv, “T1”: ")


def test_a_refused_file_sets_every_row_aside_with_its_own_reason() -> None:
    receipt = examined("""
    #id | #when      | OK | ORG | T1 | T2 | W  | L  | Extra
    1   | 2025-03-02 | ja | tno | 4  | 2  | 60 | 40 | x
    2   | 2024-03-02 | ja | tno | 4  | 2  | 60 | 40 | y
    """).receipt  # fmt: skip
    assert [(row.row, row.code) for row in receipt.set_aside] == [(2, "LCM-249"), (3, "LCM-241")]
    assert receipt.balance.rows == receipt.balance.set_aside == 2


def test_many_rows_are_all_listed_but_not_all_spelled_out() -> None:
    lines = many(700).replace("| 60 | 40", "| 60 | 90", 30)
    (found,) = findings_of(examined(lines))
    assert found.rows == tuple(range(2, 32))
    assert "21, … (30)" in found.message.text("en")
    assert "22" not in found.message.text("en")


def test_deliveries_are_judged_together_and_answered_apart() -> None:
    first, second, third = table(GOOD), table(many(10, T1="88")), table(GOOD.replace("| 5 ", "| 1 "))
    results = examine([Delivery(each, community()) for each in (first, second, third)], setup(), SECRET)
    assert [each.receipt.verdict for each in results] == ["accepted", "refused", "accepted"]
    assert [rows_of(results[n])["T1"] for n in (0, 2)] == [[4, 5], [4, 1]]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_code_of_intake_has_its_texts(language: str) -> None:
    ours = {code: texts for code, texts in catalogue().items() if code.startswith("LCM-2")}
    for texts in ours.values():
        assert {"wrong", "next"} <= texts.keys() <= {"wrong", "found", "allowed", "next"}
        assert all(part[language] for part in texts.values())
