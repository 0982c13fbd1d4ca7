"""What a respondent wrote reaches no message, no log and no receipt."""

import json
import logging

import pytest

from lcmonitor.intake.receipt import receipt_json
from tests.intake.drawn import codes_of, examined, many

MARKER = "zzGeheim1"


@pytest.mark.parametrize("rows", [1, 30])
def test_a_marker_in_cells_tokens_and_personal_headings_stays_inside(
    rows: int, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """One row: the file is refused. Thirty: it is accepted with remarks."""
    drawn = many(rows, ORG=MARKER, T1=MARKER, T2=f"5 - {MARKER}", W=MARKER).splitlines()
    heading = f"E-mail {MARKER}@example.org"
    with_person = [f"{line} | {MARKER}{n} | {MARKER}" for n, line in enumerate(drawn)]
    with_person[0] = f"{drawn[0]} | #token | {heading}"
    with caplog.at_level(logging.DEBUG):
        result = examined("\n".join(with_person), columns={heading: {"role": "personal"}})
    assert {"LCM-233", "LCM-215" if rows == 1 else "LCM-230"} <= set(codes_of(result))
    assert MARKER not in json.dumps(receipt_json(result.receipt), ensure_ascii=False)
    assert MARKER.casefold() not in caplog.text.casefold()
    assert MARKER not in "".join(capfd.readouterr())
    assert result.receipt.columns.personal_data == ("#7",)
    if result.responses:
        assert MARKER.casefold() not in str(result.responses.rows.to_pydict()).casefold()


def test_a_marker_in_the_consent_column_stays_inside() -> None:
    result = examined(many(1, OK=MARKER))
    assert codes_of(result, "error") == ["LCM-215", "LCM-213"]
    assert MARKER not in json.dumps(receipt_json(result.receipt), ensure_ascii=False)
