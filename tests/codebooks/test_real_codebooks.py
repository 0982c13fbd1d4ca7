"""Real codebooks: what is in each is drafted; a draft that is filled in loads and fits its own exports."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from lcmonitor.exports.reading import parse
from lcmonitor.instruments.model import ExportMapping
from lcmonitor.intake.asked import Asked
from lcmonitor.intake.match import match
from tests.codebooks.conftest import Load, codebook, draft

_ROWS = (Path(__file__).parent / "real.txt").read_text(encoding="utf-8").splitlines()
SEEN = [row.split() for row in _ROWS if not row.startswith("#")]
QUALTRICS = "qualtrics/qt_"
LIMONAID = "limesurvey/limonaid_survey_998192_R_"


@pytest.mark.parametrize("seen", SEEN, ids=lambda row: row[0])
def test_everything_in_the_file_is_taken_or_named(real_exports: Path, seen: Sequence[str]) -> None:
    file, format_, *counts = seen
    report = draft(real_exports / file)
    kinds = [report.items.get(kind, 0) for kind in ("scale", "number", "text", "date")]
    assert (report.format, [*kinds, len(report.left_out)]) == (format_, [*map(int, counts)])
    assert len(codebook(report)["items"]) == sum(kinds)


@pytest.mark.parametrize("file", [row[0] for row in SEEN])
def test_a_draft_that_is_filled_in_loads(real_exports: Path, file: str, load: Load) -> None:
    report = draft(real_exports / file)
    assert set(load(report).codebook.items) == set(codebook(report)["items"])


@pytest.mark.parametrize(
    ("own", "export", "unknown"),
    [
        *[
            (f"limesurvey/survey_{name}.lsa", f"limesurvey/survey_{name}.lsa", ())
            for name in (
                "archive_2_basic_responses",
                "archive_RemoteControlExportResponses",
                "simple_statistics",
            )
        ],
        (f"{LIMONAID}syntax_file.R", f"{LIMONAID}data_file.csv", ()),
        (f"{QUALTRICS}single_matrix.qsf", f"{QUALTRICS}single_matrix_insights.csv", ()),
        # the design was changed after the export: orange_ish is called orange-ish in it
        (f"{QUALTRICS}sample_survey.qsf", f"{QUALTRICS}sample_survey_legacy.csv", ("orange_ish",)),
        # side by side with rows and columns that have names of their own: one heading for several columns
        (f"{QUALTRICS}sample_survey.qsf", f"{QUALTRICS}sample_survey_insights.csv", ("Q50#1_", "Q50#2_")),
        ("spss/rforeign_testdata.sav", "spss/rforeign_testdata.sav", ()),
        ("spss/pyreadstat_mrsets_simple_alltypes.sav", "spss/pyreadstat_mrsets_simple_alltypes.sav", ()),
        *[
            (f"redcap/redcapr_{dictionary}_dictionary.csv", f"redcap/redcapr_{data}_data.csv", _REDCAP)
            for _REDCAP in [("redcap_", "_complete", "_timestamp")]  # columns that no dictionary lists
            for dictionary, data in (
                ("checkboxes-1", "checkboxes"),
                ("longitudinal", "longitudinal"),
                ("survey", "survey"),
                ("validation-types-1", "validation_types"),
                ("decimal-comma-and-dot", "decimal_comma_and_dot"),
            )
        ],
    ],
)
def test_an_export_of_the_same_survey_fits_its_draft(
    real_exports: Path, load: Load, own: str, export: str, unknown: Sequence[str]
) -> None:
    report = draft(real_exports / own, "en")
    book = load(report).codebook
    ignored = ExportMapping(form="survey", ignore=tuple(code for code, _ in report.left_out))
    table = parse("export", (real_exports / export).read_bytes())
    found = match(table, Asked((book,), (book,), ignored))
    wrong = [one.column or "" for one in found.findings if one.severity == "error"]
    assert [name for name in wrong if not any(known in name for known in unknown)] == []
    assert len(found.questions) >= 0.7 * sum(not item.is_open for item in book.items.values())
