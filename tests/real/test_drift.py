"""What changed between the rounds of two real surveys, as reading their headings and answers tells."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from lcmonitor import pipeline
from lcmonitor.intake.receipt import Receipt
from lcmonitor.store.store import reading
from tests.real.test_cncf import ROUNDS
from tests.real.way import Export, workspace

NEEDS = {"documentation", "ci", "security", "tooling", "marketing"}
ON_SUPPORT = {"resources", "staff", *NEEDS}
# In every round: wave -> what is said of items. LCM-260 is about the file, 285 and 286 about other columns.
TOLD: dict[str, dict[str, set[str]]] = {
    "2017H1": {},
    "2017H2": {},
    "2018H1": {},
    "2019H1": {"LCM-264": {"resources", "toc", "recommend", *NEEDS}, "LCM-267": {"overall", "staff"}},
    "2019H2": {
        "LCM-265": {"toc"},
        "LCM-268": {"overall", "staff", *NEEDS},  # "resources" and "recommend" kept their words
        "LCM-271": {"overall", "recommend", *ON_SUPPORT},
    },
    "2020H1": {
        "LCM-264": {"toc", "supported"},
        "LCM-265": {"overall"},
        "LCM-267": {"staff"},  # from "CNCF team" to "CNCF staff"
        "LCM-271": {"recommend"},
    },
    "2020H2": {  # every question got "10 - strongly agree, 1 - strongly disagree" behind it
        "LCM-268": {"toc", "supported", "recommend", *ON_SUPPORT},
        "LCM-271": {"toc", "supported", "recommend", *ON_SUPPORT},
    },
    "2021H1": {},
    "2021H2": {"LCM-267": {"ci"}},  # Travis and Circle are no examples any more
    "2022H1": {},
}
MADE_OTHERWISE = {"2019H1", "2021H1", "2021H2", "2022H1"}  # another tool; ids gone, back, and gone again
KUBECON = {
    "2017H1": "5. Were you happy with KubeCon + CloudNativeCon in Berlin in March 2017?",
    "2017H2": "5. Were you happy with KubeCon + CloudNativeCon in Austin in Dec 2017?",
    "2018H1": "5. Were you happy with KubeCon + CloudNativeCon EU in Copenhagen in May 2018?",
}
DAYS = {"2017H1": ("2017-09-01", "2017-10-31"), "2017H2": ("2018-02-01", "2018-03-31")}


def cncf(root: Path, folder: Path) -> Path:
    """The workspace with two rounds more in front, and every round in its inbox."""
    early = [Export(folder / f"googleforms/cncf_maintainers_{wave.lower()}.csv") for wave in DAYS]
    later = [Export(folder / each.file, "" if each.dated else wave) for wave, each in ROUNDS.items()]
    workspace("cncf-maintainers", root, "maintainers", [*early, *later])
    waves = "".join(
        f"  - {{id: {wave}, title: {{nl: {wave}, en: {wave}}}, opens: {opens}, closes: {closes}}}\n"
        for wave, (opens, closes) in DAYS.items()
    )
    add(root / "programme.yml", "waves:\n", waves)
    mapping = root / "surveys/cncf-maintainers/exports/google-forms.yml"
    add(mapping, "ignore:\n", "".join(f'  - "{KUBECON[wave]}"\n' for wave in DAYS))
    return root


def add(file: Path, after: str, text: str) -> None:
    file.write_text(file.read_text("utf-8").replace(after, after + text), "utf-8")


@pytest.fixture(scope="module")
def receipts(real_exports: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Receipt]:
    root = cncf(tmp_path_factory.mktemp("drift") / "workspace", real_exports)
    return {receipt.waves[0]: receipt for receipt in pipeline.ingest(root)}


def told(receipt: Receipt) -> dict[str, set[str]]:
    """Code -> the items that are named, of what is said of items."""
    found: dict[str, set[str]] = {}
    for finding in receipt.findings:
        if "LCM-261" <= finding.message.code <= "LCM-284":
            found.setdefault(finding.message.code, set()).update(items(str(finding.message.params["items"])))
    return found


def items(listed: str) -> Iterator[str]:
    yield from listed.split(", ")


@pytest.mark.parametrize("wave", TOLD)
def test_what_changed_is_told_and_nothing_else(receipts: dict[str, Receipt], wave: str) -> None:
    assert told(receipts[wave]) == TOLD[wave]
    codes = {finding.message.code for finding in receipts[wave].findings}
    assert ("LCM-260" in codes) == (wave in MADE_OTHERWISE)


@pytest.mark.parametrize(("wave", "before"), [("2017H2", "2017H1"), ("2018H1", "2017H2")])
def test_a_question_that_nobody_reads_does_not_change_unseen(
    receipts: dict[str, Receipt], wave: str, before: str
) -> None:
    said = {finding.message.code: finding.message.params for finding in receipts[wave].findings}
    assert said["LCM-285"]["columns"] == f"“{KUBECON[wave]}”"
    assert said["LCM-286"]["columns"] == f"“{KUBECON[before]}”"


def test_a_round_without_one_before_it_says_nothing(receipts: dict[str, Receipt]) -> None:
    codes = {finding.message.code for finding in receipts["2017H1"].findings}
    assert [code for code in codes if "LCM-260" <= code <= "LCM-289"] == []


@pytest.fixture(scope="module")
def spack(real_exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2020 taken in."""
    root = tmp_path_factory.mktemp("drift") / "spack"
    workspace("spack-users", root, "users", [Export(real_exports / "googleforms/spack_2020.csv")])
    pipeline.ingest(root)
    return root


QUALITY = {"Horrible": "Excellent", "Bad": "Good", "OK": "OK", "Good": "Bad", "Excellent": "Horrible"}


def turned(source: Path, target: Path, words: str) -> Path:
    """The export with the answers to some questions turned round."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for at in (at for at, heading in enumerate(rows[0]) if words in heading):
        for row in rows[1:]:
            row[at] = QUALITY[row[at]]
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return target


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_questions_that_spack_repeated_did_not_change(spack: Path, real_exports: Path, kind: str) -> None:
    receipt = pipeline.check(spack, real_exports / f"googleforms/spack_2021.{kind}", None, None, None)
    assert told(receipt) == {}
    assert receipt.verdict == "accepted"
    (new,) = (f.message.params["columns"] for f in receipt.findings if f.message.code == "LCM-285")
    assert "“How bad would it be if Spack dropped support for Python 2?”" in str(new)
    assert "“Rank these TBD Spack features by importance”: Better error messages," in str(new)
    assert "Windows Support" not in str(new)  # that one was there in 2020


@pytest.mark.parametrize(
    ("words", "code", "suspected"),
    [
        ("overall quality of ... [Spack packages]", "LCM-283", {"packages-quality"}),
        (
            "overall quality of",
            "LCM-284",
            {"documentation-quality", "community-quality", "packages-quality", "spack-quality"},
        ),
    ],
)
def test_answers_that_are_turned_round_are_suspected(
    spack: Path, real_exports: Path, tmp_path: Path, words: str, code: str, suspected: set[str]
) -> None:
    file = turned(real_exports / "googleforms/spack_2021.csv", tmp_path / "turned.csv", words)
    receipt = pipeline.check(spack, file, None, None, None)
    assert told(receipt)[code] == suspected
    assert receipt.verdict == "accepted"  # a suspicion is a note


def test_an_answer_that_nobody_could_choose_any_more(spack: Path, real_exports: Path, tmp_path: Path) -> None:
    """The 31 who found the documentation excellent say "Good"; in 2020 it was 33 of 170."""
    file = tmp_path / "fewer.csv"
    text = (real_exports / "googleforms/spack_2021.csv").read_text("utf-8")
    file.write_text(text.replace("Excellent", "Good"), "utf-8")
    receipt = pipeline.check(spack, file, None, None, None)
    assert "documentation-quality" in told(receipt)["LCM-282"]


def test_what_is_remembered_is_in_no_snapshot_and_holds_nothing_that_anybody_wrote(
    spack: Path, real_exports: Path
) -> None:
    with reading(spack / "data" / "store.duckdb") as store:
        ((structure,),) = store.connection.execute("SELECT structure FROM delivery").fetchall()
    with (real_exports / "googleforms/spack_2020.csv").open(encoding="utf-8-sig", newline="") as file:
        headings, *rows = csv.reader(file)
    written = {cell.strip() for row in rows for cell in row if len(cell.strip()) > 20}
    assert len(written) > 500
    assert not [text for text in written if text in structure and text not in "\n".join(headings)]
