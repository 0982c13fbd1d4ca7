"""``lcmonitor codebook``: a draft on standard output or in a new file, and what is told beside it."""

import socket
from pathlib import Path

import pyarrow as pa
import pytest

from lcmonitor.codebooks import report
from lcmonitor.codebooks.reading import Wish, draft_of, prepare
from lcmonitor.errors import ExportError
from lcmonitor.exports import sandbox
from lcmonitor.exports.limits import Limits
from tests.codebooks.conftest import MADE_UP, codebook, draft
from tests.gallery.conftest import lcmonitor  # noqa: F401 -- the same shell
from tests.gallery.garden import Shell

DDI = MADE_UP / "two_languages.xml"


def test_the_draft_goes_to_standard_output_and_the_rest_beside_it(lcmonitor: Shell) -> None:  # noqa: F811
    done = lcmonitor("--language", "nl", "codebook", DDI)
    assert done.exit_code == 0
    assert done.out.startswith("# Concept van een instrument, gemaakt uit two_languages.xml (DDI-codeboek).")
    assert "5 items (2 met antwoordschaal, 1 getal, 1 open, 1 datum) op 2 antwoordschalen." in done.err
    assert "  score: berekend veld" in done.err.splitlines()


def test_a_draft_is_written_to_a_new_file_only(tmp_path: Path, lcmonitor: Shell) -> None:  # noqa: F811
    target = tmp_path / "codebook.yml"
    done = lcmonitor("codebook", DDI, "--out", target)
    assert (done.exit_code, done.out) == (0, "")
    assert target.read_text(encoding="utf-8") == draft(DDI).codebook
    again = lcmonitor("codebook", DDI, "--out", target)
    assert again.exit_code == 2
    assert again.err.startswith("LCM-430  ")
    nowhere = lcmonitor("codebook", DDI, "--out", tmp_path / "no" / "codebook.yml")
    assert (nowhere.exit_code, nowhere.err[:7]) == (2, "LCM-431")


def test_json_says_everything_in_both_languages(lcmonitor: Shell) -> None:  # noqa: F811
    found = lcmonitor("codebook", DDI, "--json").json
    assert found["format"] == "ddi"
    assert found["items"] == {"scale": 2, "number": 1, "text": 1, "date": 1}
    assert found["left_out"][1] == {
        "code": "score",
        "reason": "calculated",
        "message": {"nl": "berekend veld", "en": "calculated field"},
    }
    assert found["codebook"] == draft(DDI).codebook


def test_an_export_is_refused_with_what_to_do(tmp_path: Path, lcmonitor: Shell) -> None:  # noqa: F811
    export = tmp_path / "export.csv"
    export.write_text("id,submitdate,lastpage,startlanguage,Q1\n1,2026-01-02 03:04:05,1,nl,A1\n")
    done = lcmonitor("--language", "nl", "codebook", export)
    assert done.exit_code == 3
    assert "lcmonitor check" in done.err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_structure_that_is_given_as_an_export_is_shown_the_way(
    real_exports: Path,
    language: str,
    lcmonitor: Shell,  # noqa: F811
) -> None:
    files = ("limesurvey/citric_survey.lss", "qualtrics/qt_nbe.qsf", "redcap/redcapr_survey_dictionary.csv")
    for file in files:
        done = lcmonitor("--language", language, "recognise", real_exports / file)
        assert done.exit_code == 3
        assert "lcmonitor codebook" in done.said


def test_the_limited_process_gives_what_this_one_would() -> None:
    assert draft_of(DDI, Wish("en")) == draft(DDI)
    assert codebook(draft_of(DDI, Wish("en"))) == codebook(draft(DDI))


def test_a_codebook_is_read_without_a_network() -> None:
    job = sandbox.Job(_calls_home, report.unpacked, prepare)
    with pytest.raises(ExportError) as caught:
        sandbox.run(job, DDI)
    assert caught.value.messages[0].code == "LCM-120"


def _calls_home(name: str, data: bytes, limits: Limits) -> list[bytes]:
    socket.create_connection(("127.0.0.1", 9))
    return []


@pytest.mark.parametrize("answer", [b"{}", b"[1]", b"null", b'{"file": 3}', b"\xff"])
def test_an_answer_that_is_no_report_is_not_believed(answer: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        report.unpacked(lambda _: pa.py_buffer(answer), 1 << 20)
