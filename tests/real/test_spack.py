"""Spack's survey of its users, 2020 and 2021: Google's form as CSV and as a workbook."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean, variance

import pytest

from lcmonitor import pipeline
from tests.real.raw import Answers, Raw, coded, read_raw, score, standard_error, wilson
from tests.real.way import Export, Way, stored, travelled, workspace

RESPONSES = {"2020": 170, "2021": 179}
QUALITY = {"Horrible": 1, "Bad": 2, "OK": 3, "Good": 4, "Excellent": 5}
OFTEN = {"Never": 1, "Yearly": 2, "Monthly": 3, "Weekly": 4, "Daily": 5}
BUY = {"No": 1, "Probably not": 2, "Probably": 3, "Yes, definitely!": 4}
RATED = ("[Spack documentation]", "[Spack community]", "[Spack packages]", "... [Spack]")
PAIRS = [("2020", "csv", "xlsx"), ("2021", "csv", "xlsx"), ("2020", "xlsx", "csv"), ("2021", "xlsx", "csv")]


@dataclass(frozen=True)
class Both:
    """The same answers taken in as CSV and as a workbook."""

    csv: Way
    xlsx: Way


def file(folder: Path, wave: str, kind: str) -> Path:
    return folder / "googleforms" / f"spack_{wave}.{kind}"


@pytest.fixture(scope="module")
def raw(real_exports: Path) -> dict[str, Raw]:
    return {wave: read_raw(file(real_exports, wave, "csv"), heading_rows=1) for wave in RESPONSES}


@pytest.fixture(scope="module")
def both(real_exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Both:
    def way(kind: str) -> Way:
        root = tmp_path_factory.mktemp("spack") / kind
        exports = [Export(file(real_exports, wave, kind)) for wave in RESPONSES]
        return travelled(workspace("spack-users", root, "users", exports), date(2022, 2, 1))

    return Both(way("csv"), way("xlsx"))


@pytest.fixture(scope="module")
def way(both: Both) -> Way:
    return both.csv


def quality(raw: dict[str, Raw], wave: str) -> list[Answers]:
    return [coded(raw[wave].column(words), QUALITY) for words in RATED]


def test_every_year_has_as_many_responses_as_its_file_has_rows(both: Both, raw: dict[str, Raw]) -> None:
    assert {wave: len(each.rows) for wave, each in raw.items()} == RESPONSES
    for way in (both.csv, both.xlsx):
        assert stored(way.root, "user")["wave"].value_counts().to_dict() == RESPONSES


def test_a_workbook_holds_the_same_responses_as_the_csv(both: Both) -> None:
    one, other = stored(both.csv.root, "user"), stored(both.xlsx.root, "user")
    assert one.equals(other)
    assert one["years"].notna().all()
    assert both.csv.table.rows.equals(both.xlsx.table.rows)
    assert both.csv.edition.id == both.xlsx.edition.id


@pytest.mark.parametrize(("wave", "first", "then"), PAIRS)
def test_the_other_kind_of_file_brings_nothing_new(
    both: Both, real_exports: Path, wave: str, first: str, then: str
) -> None:
    root: Path = getattr(both, first).root
    receipt = pipeline.check(root, file(real_exports, wave, then), None, None, None)
    assert (receipt.tool, receipt.verdict) == ("googleforms", "accepted")
    assert receipt.balance.unchanged == receipt.balance.rows == RESPONSES[wave]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("wave", RESPONSES)
def test_the_receipt_accounts_for_every_row_and_column(
    both: Both, raw: dict[str, Raw], wave: str, kind: str
) -> None:
    receipt = getattr(both, kind).receipts[f"spack_{wave}.{kind}"]
    assert (receipt.verdict, receipt.waves) == ("accepted", (wave,))
    assert receipt.balance.rows == receipt.balance.new == RESPONSES[wave]
    columns = {" ".join(heading.split()) for heading in raw[wave].headings[0]}
    assert {*receipt.columns.mapped, *receipt.columns.ignored} == columns


@pytest.mark.parametrize("wave", RESPONSES)
def test_means_are_those_of_the_raw_file(way: Way, raw: dict[str, Raw], wave: str) -> None:
    years = [float(cell) for cell in raw[wave].column("How long have you been using Spack?")]
    expected: dict[str, list[float]] = {
        "quality-mean": score(quality(raw, wave)),
        "spack-mean": [float(code) for code in quality(raw, wave)[-1].given],
        "years-mean": years,
    }
    for indicator, values in expected.items():
        found = way.figure(indicator, wave)
        assert found.n == len(values)
        assert found.estimate == pytest.approx(mean(values), abs=1e-9)
        assert found.se == pytest.approx(standard_error(values), abs=1e-9)


@pytest.mark.parametrize("wave", RESPONSES)
def test_shares_are_those_of_the_raw_file(way: Way, raw: dict[str, Raw], wave: str) -> None:
    scores = score(quality(raw, wave))
    expected = {
        "would-buy-share": coded(raw[wave].column("commercial support"), BUY).share(3),
        "quality-share": sum(one >= 4 for one in scores) / len(scores),
    }
    for indicator, share in expected.items():
        found = way.figure(indicator, wave)
        assert found.estimate == pytest.approx(share, abs=1e-9)
        assert (found.low, found.high) == pytest.approx(wilson(share, RESPONSES[wave]), abs=1e-9)


@pytest.mark.parametrize("wave", RESPONSES)
def test_distributions_are_those_of_the_raw_file(way: Way, raw: dict[str, Raw], wave: str) -> None:
    often = coded(raw[wave].column("consult the Spack documentation"), OFTEN).given
    documentation = quality(raw, wave)[0].given
    for code in range(1, 6):
        found = way.figure("consults-distribution", wave, part=str(code))
        assert found.estimate == pytest.approx(often.count(code) / len(often), abs=1e-9)
        found = way.figure("quality-distribution", wave, part=f"documentation-quality:{code}")
        assert found.estimate == pytest.approx(documentation.count(code) / len(documentation), abs=1e-9)


def test_an_answer_that_nobody_chose_is_a_zero(way: Way) -> None:
    found = way.figure("quality-distribution", "2020", part="documentation-quality:1")
    assert (found.state, found.estimate, found.n) == ("computed", 0, 170)


@pytest.mark.parametrize("wave", RESPONSES)
def test_alpha_is_that_of_the_raw_file(way: Way, raw: dict[str, Raw], wave: str) -> None:
    items = quality(raw, wave)
    sums = [sum(code for code in row if code) for row in zip(*(item.codes for item in items), strict=True)]
    alpha = 4 / 3 * (1 - sum(variance(item.given) for item in items) / variance(sums))
    rows = way.table.rows
    mine = (rows["indicator"] == "quality-reliability") & (rows["wave"] == wave) & (rows["part"] == "")
    (found,) = rows[mine].itertuples()
    assert found.estimate == pytest.approx(alpha, abs=1e-9)


def test_the_change_between_the_years_is_that_of_the_raw_files(way: Way, raw: dict[str, Raw]) -> None:
    then, now = (quality(raw, wave)[-1].given for wave in RESPONSES)
    found = way.figure("spack-mean", "2021", "change")
    assert (found.state, found.method, found.word) == ("computed", "welch", "no_clear_difference")
    assert found.estimate == pytest.approx(mean(now) - mean(then), abs=1e-9)
    assert way.figure("spack-mean", "2020", "change").state == "no_earlier_wave"


def test_the_edition_is_there_in_both_languages(way: Way) -> None:
    pages = {path.relative_to(way.edition.folder).as_posix() for path in way.edition.folder.rglob("*.html")}
    assert {f"communities/users.{language}.html" for language in ("nl", "en")} <= pages


def test_nothing_that_anybody_wrote_or_chose_is_published(both: Both, raw: dict[str, Raw]) -> None:
    texts = set[str]().union(*(each.texts(longer_than=20) for each in raw.values()))
    assert len(texts) > 1000
    for way in (both.csv, both.xlsx):
        published = way.published()
        assert "Quality of Spack as a whole" in published
        assert not [text for text in texts if text in published]
