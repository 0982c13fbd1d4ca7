"""Real exports, read in place. The figures come from Python's csv module, from counting, and from looking."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from lcmonitor.exports.sandbox import recognise
from tests.exports.trusted import read

# heads: header rows; rows: respondents, of which complete and incomplete (the rest are test responses)
FILES = """
file                                              tool          heads rows columns complete incomplete
limesurvey/stages_of_research_survey_data.csv     limesurvey    1     220  289     132      88
limesurvey/limonaid_survey_100001_R_data_file.csv limesurvey    1     3    646     2        1
limesurvey/limonaid_survey_998192_R_data_file.csv limesurvey    1     7    71      2        5
limesurvey/ssi2017_nl_public_data.csv             limesurvey    1     77   131     77       0
limesurvey/ssi2017_zaf_public_data.csv            limesurvey    1     22   277     22       0
limesurvey/ssi2018_public_data_first400.csv       limesurvey    1     400  707     400      0
qualtrics/qualtrics_sample_v3.csv                 qualtrics     3     1    20      1        0
qualtrics/derived_sample_v3_utf16le.tsv           qualtrics     3     1    20      1        0
qualtrics/qualtrics_sample_legacy.csv             qualtrics     2     1    16      1        0
qualtrics/qt_long_exhaustive.csv                  qualtrics     3     31   367     0        0
qualtrics/qt_multi_answer_insights.csv            qualtrics     3     5    36      0        0
qualtrics/qt_multi_answer_legacy.csv              qualtrics     2     5    36      0        0
qualtrics/qt_multi_matrix_insights.csv            qualtrics     3     5    75      0        0
qualtrics/qt_sample_survey_insights.csv           qualtrics     3     5    190     0        0
qualtrics/qt_sample_survey_legacy.csv             qualtrics     2     5    190     0        0
qualtrics/qt_single_matrix_insights.csv           qualtrics     3     5    30      0        0
surveymonkey/cncf_ambassadors_2019h1.csv          surveymonkey  2     21   49      21       0
surveymonkey/cncf_ambassadors_2020h1.csv          surveymonkey  2     44   56      44       0
surveymonkey/cncf_cnswp_raw.csv                   surveymonkey  2     71   45      71       0
surveymonkey/cncf_maintainers_2019h1.csv          surveymonkey  2     64   97      64       0
surveymonkey/cncf_maintainers_2019h2.csv          surveymonkey  2     70   69      70       0
surveymonkey/cncf_maintainers_2020h1.csv          surveymonkey  2     79   71      79       0
surveymonkey/cncf_maintainers_2020h2.csv          surveymonkey  2     97   103     97       0
surveymonkey/cncf_maintainers_2021h1.csv          surveymonkey  2     93   133     93       0
surveymonkey/cncf_maintainers_2021h2.csv          surveymonkey  2     102  35      102      0
surveymonkey/cncf_maintainers_2022h1.csv          surveymonkey  2     99   123     99       0
surveymonkey/k8s_contribex_2018_recoded.csv       surveymonkey  1     160  92      160      0
googleforms/cncf_maintainers_2017h1.csv           googleforms   1     20   9       20       0
googleforms/cncf_maintainers_2017h2.csv           googleforms   1     13   9       13       0
googleforms/cncf_maintainers_2018h1.csv           googleforms   1     56   9       56       0
googleforms/jupyter_education_2016.csv            googleforms   1     125  25      125      0
googleforms/spack_2020.csv                        googleforms   1     170  48      170      0
googleforms/spack_2020.xlsx                       googleforms   1     170  48      170      0
googleforms/spack_2021.csv                        googleforms   1     179  54      179      0
googleforms/spack_2021.xlsx                       googleforms   1     179  54      179      0
spss/pyreadstat_sample.sav                        spss          1     5    7       5        0
spss/pyreadstat_sample.zsav                       spss          1     5    7       5        0
spss/pyreadstat_sample_large.sav                  spss          1     485  7       485      0
spss/pyreadstat_sample_missing.sav                spss          1     7    7       7        0
spss/pyreadstat_mrsets_simple_alltypes.sav        spss          1     6    12      6        0
spss/pyreadstat_hebrews.sav                       spss          1     99   1       99       0
spss/haven_datetime.sav                           spss          1     2    3       2        0
spss/rforeign_testdata.sav                        spss          1     5    16      5        0
kobo/kpi_childrens_survey.sav                     spss          1     2    18      2        0
encoding/cncf2022_cp1252_crcrlf_first150.csv      surveymonkey  3     148  215     148      0
encoding/nijmegen_semicolon_trailing_commas.csv   generic       1     64   45      64       0
encoding/semicolon_decimalcomma_cp1252.csv        generic       1     638  8       638      0
encoding/utf16le_tab_named_csv.csv                generic       1     19   5       19       0
encoding/iso8859_7.csv                            generic       1     4    3       4        0
other/alliance_bilingual_voxco_like.csv           generic       1     512  189     512      0
other/carpentrycon_2020_mojibake.csv              generic       1     124  17      124      0
alchemer/jupyter_2015_surveygizmo_first150.csv    generic       1     150  37      150      0
typeform/fcc2016_part1_first300.csv               generic       1     300  51      300      0
kobo/formpack_dietary_needs_xml_both.csv          generic       1     3    16      3        0
kobo/hypegrammar_testdata_first300.csv            generic       1     100  544     100      0
redcap/redcapr_longitudinal_data.csv              generic       1     18   125     18       0
"""

NOT_RESPONSES = """
surveymonkey/cncf_maintainers_2020h2_SUMMARY.csv  LCM-108
surveymonkey/cncf_cloudnative_2021_part1.xlsx     LCM-108
limesurvey/citric_survey.lss                      LCM-109
limesurvey/ls205_sample_survey_english.lss        LCM-109
limesurvey/limonaid_structure_en_nl.tsv.txt       LCM-109
limesurvey/survey_archive_2_basic_responses.lsa   LCM-110
limesurvey/survey_export_responses_with_tokens.lsa LCM-110
qualtrics/qt_nbe.qsf                              LCM-118
qualtrics/qt_sample_survey.qsf                    LCM-118
redcap/redcapr_longitudinal_dictionary.csv        LCM-112
redcap/redcapapi_datadictionary_api.csv           LCM-112
redcap/redcapr_survey_project.xml                 LCM-112
spss/pyreadstat_sample.por                        LCM-128
stata/pyreadstat_sample.dta                       LCM-127
stata/haven_types.dta                             LCM-127
kobo/formpack_grouped_repeatable_xml.xlsx         LCM-123
"""


@dataclass(frozen=True)
class Expected:
    file: str
    tool: str
    heads: int
    rows: int
    columns: int
    complete: int
    incomplete: int


def drawn() -> list[Expected]:
    lines = [line.split() for line in FILES.strip().splitlines()[1:]]
    return [Expected(file, tool, *map(int, numbers)) for file, tool, *numbers in lines]


@pytest.mark.parametrize("expected", drawn(), ids=lambda expected: expected.file)
def test_a_real_export_is_recognised_and_counted(expected: Expected, real_exports: Path) -> None:
    found = recognise(real_exports / expected.file)
    assert (found.refused, found.tool, found.header_rows) == (None, expected.tool, expected.heads)
    assert (found.rows, found.columns) == (expected.rows, expected.columns)
    assert (found.complete, found.incomplete) == (expected.complete, expected.incomplete)


@pytest.mark.parametrize("line", NOT_RESPONSES.strip().splitlines(), ids=lambda line: line.split()[0])
def test_what_holds_no_responses_is_refused_by_name(line: str, real_exports: Path) -> None:
    file, code = line.split()
    found = recognise(real_exports / file)
    assert found.refused is not None
    assert (found.refused.code, found.rows) == (code, 0)
    assert found.refused.text("nl") != found.refused.text("en")


TEXTS = [expected.file for expected in drawn() if expected.file.endswith((".csv", ".tsv"))]
SEMICOLONS = ("nijmegen", "semicolon", "dietary")


def by_the_csv_module(file: Path) -> list[list[str]]:
    """The records as Python's csv module sees them, without blank ones."""
    data = file.read_bytes()
    encoding = "utf-16" if data[:2] == b"\xff\xfe" else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    lines = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    semicolon = any(mark in file.name for mark in SEMICOLONS)
    delimiter = "\t" if encoding == "utf-16" else ";" if semicolon else ","
    records = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter)
    return [record for record in records if any(cell.strip() for cell in record)]


@pytest.mark.parametrize("file", TEXTS)
def test_every_cell_is_the_one_that_the_csv_module_reads(file: str, real_exports: Path) -> None:
    table = read(real_exports / file)
    records = by_the_csv_module(real_exports / file)[table.source.header_rows :]
    for column in table.columns:
        if column.role != "personal":
            cells = [cell or "" for cell in table.cells[str(column.position)].to_pylist()]
            assert cells == [record[column.position] for record in records], column.heading


def test_rows_are_numbered_as_a_spreadsheet_does(real_exports: Path) -> None:
    table = read(real_exports / "googleforms/cncf_maintainers_2017h2.csv")
    # rows 14 and 15 of the sheet are empty, row 16 holds nothing but an average
    assert table.facts["row"].to_pylist() == [*range(2, 14), 16]
    assert table.facts["submitted"].to_pylist()[-1] is None


def test_double_encoding_is_remarked_and_left_alone(real_exports: Path) -> None:
    table = read(real_exports / "other/carpentrycon_2020_mojibake.csv")
    assert [remark.code for remark in table.remarks] == ["LCM-122"]
