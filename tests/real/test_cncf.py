"""CNCF's survey of its maintainers: eight rounds, two tools, four kinds of scale, and ids that got lost."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean, variance

import pytest
from click.testing import CliRunner, Result

from lcmonitor import pipeline
from lcmonitor.cli import cli
from lcmonitor.programme.load import load_workspace
from tests.real.raw import Answers, Raw, coded, read_raw, score, standard_error, wilson
from tests.real.way import Export, Way, stored, travelled, workspace


@dataclass(frozen=True)
class Round:
    """A real file, and what looking at it told: how many people, and whether it still has its dates."""

    file: str
    responses: int
    dated: bool = True

    @property
    def heading_rows(self) -> int:
        """SurveyMonkey puts the options below the questions."""
        return 2 if self.file.startswith("surveymonkey") else 1


ROUNDS = {
    "2018H1": Round("googleforms/cncf_maintainers_2018h1.csv", 56),
    "2019H1": Round("surveymonkey/cncf_maintainers_2019h1.csv", 64),
    "2019H2": Round("surveymonkey/cncf_maintainers_2019h2.csv", 70),
    "2020H1": Round("surveymonkey/cncf_maintainers_2020h1.csv", 79),
    "2020H2": Round("surveymonkey/cncf_maintainers_2020h2.csv", 97, dated=False),
    "2021H1": Round("surveymonkey/cncf_maintainers_2021h1.csv", 93, dated=False),
    "2021H2": Round("surveymonkey/cncf_maintainers_2021h2.csv", 102),
    "2022H1": Round("surveymonkey/cncf_maintainers_2022h1.csv", 99, dated=False),
}
AGREE = {"Strongly disagree": 1, "Disagree": 2, "Neutral": 3, "Agree": 4, "Strongly agree": 5}
SATISFIED = {"Somewhat dissatisfied": 2, "Neutral": 3, "Satisfied": 4, "Very satisfied": 5}
FANTASTIC = {"Neutral": 5, "Fantastic": 10}
ABSOLUTELY = {"Absolutely": 10}
SPREAD_OUT = {"2019H1": 5}  # a column for each point
IN_WORDS = {  # what the words of a question mean in a round; elsewhere there are only numbers
    ("overall experience", "2019H2"): FANTASTIC,
    ("recommend CNCF", "2019H2"): ABSOLUTELY,
    ("overall support", "2020H1"): SATISFIED,
}
NEEDS = ("documentation needs", " CI needs", "security needs", "tooling needs", "marketing needs")
SERIES = {  # indicator -> words that its question has in every round in which it was asked
    "experience": ("overall experience", ("2018H1", "2019H1", "2019H2")),
    "satisfaction": ("overall support", ("2020H1", "2020H2", "2021H1", "2021H2", "2022H1")),
    "recommendation": ("recommend CNCF", tuple(ROUNDS)[1:]),
    "familiarity": ("good understanding of the resources", tuple(ROUNDS)[1:]),
    "staff-response": ("responded quickly to your requests", tuple(ROUNDS)),
}
ASKED = [(name, words, wave) for name, (words, waves) in SERIES.items() for wave in waves]
TEN_POINTS_SINCE = "2020H2"


def exports(folder: Path) -> list[Export]:
    return [Export(folder / each.file, "" if each.dated else wave) for wave, each in ROUNDS.items()]


@pytest.fixture(scope="module")
def raw(real_exports: Path) -> dict[str, Raw]:
    return {wave: read_raw(real_exports / each.file, each.heading_rows) for wave, each in ROUNDS.items()}


@pytest.fixture(scope="module")
def way(real_exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Way:
    root = tmp_path_factory.mktemp("cncf") / "workspace"
    workspace("cncf-maintainers", root, "maintainers", exports(real_exports))
    return travelled(root, date(2022, 7, 1))


def answers(raw: dict[str, Raw], words: str, wave: str) -> Answers:
    cells = raw[wave].column(words, SPREAD_OUT.get(wave, 1))
    return coded(cells, IN_WORDS.get((words, wave), AGREE))


def agrees_from(indicator: str, wave: str) -> int:
    """8 of 10, 4 of 5."""
    ten = wave >= TEN_POINTS_SINCE or (wave == "2019H2" and indicator in ("experience", "recommendation"))
    return 8 if ten else 4


def test_every_round_has_as_many_responses_as_its_file_has_rows(way: Way, raw: dict[str, Raw]) -> None:
    counted = {wave: len(each.rows) for wave, each in raw.items()}
    assert counted == {wave: each.responses for wave, each in ROUNDS.items()}
    responses = stored(way.root, "maintainer")
    assert responses["wave"].value_counts().to_dict() == counted
    assert set(responses["completeness"]) == {"complete"}


@pytest.mark.parametrize("wave", ROUNDS)
def test_the_receipt_accounts_for_every_row_and_column(way: Way, raw: dict[str, Raw], wave: str) -> None:
    receipt = way.receipts[Path(ROUNDS[wave].file).name]
    assert (receipt.verdict, receipt.waves) == ("accepted", (wave,))
    assert receipt.balance.rows == receipt.balance.new == len(raw[wave].rows)
    setup = load_workspace(way.root)
    day = next(each.opens for each in setup.programme.waves if each.id == wave)
    assert set(receipt.columns.mapped.values()) == set(setup.instrument.at(day).forms["maintainer"].items)
    columns = len(raw[wave].headings[0])
    assert len(receipt.columns.mapped) + len(receipt.columns.ignored) == columns


@pytest.mark.parametrize(("indicator", "words", "wave"), ASKED)
def test_a_mean_is_that_of_the_raw_file(
    way: Way, raw: dict[str, Raw], indicator: str, words: str, wave: str
) -> None:
    given, found = answers(raw, words, wave).given, way.figure(f"{indicator}-mean", wave)
    assert found.n == len(given)
    assert found.estimate == pytest.approx(mean(given), abs=1e-9)
    assert found.se == pytest.approx(standard_error(given), abs=1e-9)


@pytest.mark.parametrize(("indicator", "words", "wave"), ASKED)
def test_a_share_is_that_of_the_raw_file(
    way: Way, raw: dict[str, Raw], indicator: str, words: str, wave: str
) -> None:
    given, found = answers(raw, words, wave), way.figure(f"{indicator}-share", wave)
    share = given.share(agrees_from(indicator, wave))
    assert found.estimate == pytest.approx(share, abs=1e-9)
    assert (found.low, found.high) == pytest.approx(wilson(share, len(given.given)), abs=1e-9)


@pytest.mark.parametrize("wave", ["2019H1", "2019H2", "2022H1"])
def test_a_distribution_is_that_of_the_raw_file(way: Way, raw: dict[str, Raw], wave: str) -> None:
    given = answers(raw, "recommend CNCF", wave).given
    for code in range(1, 6 if wave == "2019H1" else 11):
        found = way.figure("recommendation-distribution", wave, part=f"recommend:{code}")
        assert found.estimate == pytest.approx(given.count(code) / len(given), abs=1e-9)


@pytest.mark.parametrize("wave", tuple(ROUNDS)[1:])
def test_a_score_counts_those_who_answered_at_least_half(way: Way, raw: dict[str, Raw], wave: str) -> None:
    scores = score([answers(raw, words, wave) for words in NEEDS])
    found = way.figure("needs-mean", wave)
    assert found.n == len(scores)
    assert found.estimate == pytest.approx(mean(scores), abs=1e-9)
    assert found.se == pytest.approx(standard_error(scores), abs=1e-9)


@pytest.mark.parametrize(
    ("indicator", "waves"),
    [
        ("experience", ["2019H2"]),
        ("recommendation", ["2019H2", "2020H1", "2020H2"]),
        ("familiarity", ["2019H2", "2020H2"]),
        ("staff-response", ["2019H2", "2020H2"]),
        ("satisfaction", ["2020H2"]),
        ("needs", ["2019H2", "2020H2"]),
    ],
)
def test_another_scale_breaks_the_series(way: Way, indicator: str, waves: list[str]) -> None:
    for statistic in ("mean", "share"):
        changes = {wave: way.figure(f"{indicator}-{statistic}", wave, "change") for wave in ROUNDS}
        broken = {wave: row for wave, row in changes.items() if row.state == "series_break"}
        assert list(broken) == waves
        assert all(row.estimate != row.estimate and row.word == "" for row in broken.values())


def test_a_released_break_says_so_and_nothing_else(way: Way) -> None:
    rows = way.released.rows
    broken = rows[(rows["reason"] == "series_break") & (rows["community"] != "")]
    assert len(broken) == 2 * 11 + 2 * 2  # of the series above, and of the TOC in 2020H1 and 2020H2
    assert set(broken["status"]) == {"not_available"}
    assert broken[["estimate", "low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("earlier", "later"), [("2020H2", "2021H1"), ("2021H1", "2021H2"), ("2021H2", "2022H1")]
)
def test_the_same_scale_goes_on(way: Way, raw: dict[str, Raw], earlier: str, later: str) -> None:
    then, now = (answers(raw, "recommend CNCF", wave).given for wave in (earlier, later))
    found = way.figure("recommendation-mean", later, "change")
    assert (found.state, found.method, found.versus) == ("computed", "welch", earlier)
    assert found.estimate == pytest.approx(mean(now) - mean(then), abs=1e-9)
    assert found.se == pytest.approx((variance(now) / len(now) + variance(then) / len(then)) ** 0.5, abs=1e-9)


def test_other_words_for_the_same_question_are_no_break(way: Way) -> None:
    found = way.figure("needs-mean", "2021H2", "change")  # the question about CI lost two of its examples
    assert found.state == "computed"


def test_the_edition_is_there_in_both_languages(way: Way) -> None:
    pages = {path.relative_to(way.edition.folder).as_posix() for path in way.edition.folder.rglob("*.html")}
    assert {f"communities/maintainers.{language}.html" for language in ("nl", "en")} <= pages
    assert way.edition.wave == "2022H1"
    assert way.edition.index.exists()


def test_nothing_that_anybody_wrote_or_chose_is_published(way: Way, raw: dict[str, Raw]) -> None:
    published = way.published()
    texts = set[str]().union(*(each.texts(longer_than=20) for each in raw.values()))
    assert len(texts) > 1000
    assert "Recommending CNCF" in published
    assert not [text for text in texts if text in published]


def test_no_id_of_a_respondent_is_published(way: Way, raw: dict[str, Raw]) -> None:
    published = way.published()
    assert not [one for one in raw["2019H1"].column("Respondent ID") if one in published]


def test_sending_everything_again_changes_nothing(way: Way) -> None:
    before = stored(way.root, "maintainer")
    assert pipeline.ingest(way.root) == []
    assert stored(way.root, "maintainer").equals(before)


def checked(root: Path, file: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["check", str(file), "--workspace", str(root), "--json", *options])


def test_check_knows_what_is_there_already(way: Way, real_exports: Path) -> None:
    result = checked(way.root, real_exports / ROUNDS["2021H1"].file, "--wave", "2021H1")
    assert result.exit_code == 0
    receipt = json.loads(result.stdout)
    assert receipt["verdict"] == "accepted"
    assert receipt["balance"] == {"rows": 93, "new": 0, "updated": 0, "unchanged": 93, "set_aside": 0}


def test_check_refuses_a_summary(way: Way, real_exports: Path) -> None:
    file = real_exports / "surveymonkey" / "cncf_maintainers_2020h2_SUMMARY.csv"
    result = checked(way.root, file)
    assert result.exit_code == 3
    receipt = json.loads(result.stdout)
    assert receipt["verdict"] == "refused"
    assert [found["code"] for found in receipt["findings"]] == ["LCM-108"]


def test_a_file_without_dates_needs_its_wave(way: Way, real_exports: Path) -> None:
    receipt = pipeline.check(way.root, real_exports / ROUNDS["2021H1"].file, None, None, None)
    assert [found.message.code for found in receipt.findings] == ["LCM-212"]


def test_two_rounds_side_by_side_are_told_apart_or_refused(tmp_path: Path, real_exports: Path) -> None:
    """Somebody pasted 2021H1 beside 2022H1, under the same headings."""
    root = workspace("cncf-maintainers", tmp_path / "workspace", "maintainers", [])
    (root / "surveys" / "cncf-maintainers" / "exports" / "surveymonkey-2022H1.yml").unlink()
    receipt = pipeline.check(root, real_exports / ROUNDS["2022H1"].file, None, None, "2022H1")
    assert receipt.verdict == "refused"
    assert {found.message.code for found in receipt.findings if found.severity == "error"} == {"LCM-204"}
    assert receipt.balance.set_aside == receipt.balance.rows == 99
    assert not (root / "data").exists()
