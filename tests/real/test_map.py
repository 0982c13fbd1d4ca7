"""Drafts of real exports against the mapping files that somebody wrote for them by hand."""

import re
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from lcmonitor.cli import cli
from tests.real.test_cncf import ROUNDS
from tests.real.way import workspace

CNCF = "surveys/cncf-maintainers/exports"
SPACK = "surveys/spack-users/exports"


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, words)))


def without_mappings(name: str, root: Path, community: str) -> Path:
    workspace(name, root, community, [])
    shutil.rmtree(root / "surveys" / name / "exports")
    return root


def by_hand(name: str, file: str) -> dict[str, object]:
    path = Path(__file__).parents[1] / "workspaces" / name / "surveys" / name / "exports" / file
    written: dict[str, object] = yaml.safe_load(path.read_text("utf-8"))
    return written


@pytest.mark.parametrize("year", ["2020", "2021"])
def test_spack(real_exports: Path, tmp_path: Path, year: str) -> None:
    root = without_mappings("spack-users", tmp_path / "spack", "users")
    done = run("map", real_exports / f"googleforms/spack_{year}.csv", "--form", "user", "--workspace", root)
    assert done.exit_code == 0
    file = root / SPACK / f"spack-{year}.yml"
    made, hand = yaml.safe_load(file.read_text("utf-8")), by_hand("spack-users", "google-forms.yml")
    unsure = {heading for heading, item in made["columns"].items() if item == "???"}
    assert unsure == set(hand["columns"])  # type: ignore[call-overload]
    assert {heading: item for heading, item in made["columns"].items() if item != "???"} == {
        "How long have you been using Spack?": "years",
        "How often do you consult the Spack documentation?": "consults",
        "If there were commercial support for Spack, would you or your organization buy it?": "would-buy",
    }
    passed = {entry.removeprefix("??? ") for entry in made["ignore"]}
    assert passed <= {" ".join(entry.split()) for entry in hand["ignore"]}  # type: ignore[attr-defined]
    for heading, item in hand["columns"].items():  # type: ignore[attr-defined]
        line = next(line for line in file.read_text("utf-8").splitlines() if heading in line)
        assert f"??? # 93: {item} (" in line


@pytest.mark.parametrize("wave", ROUNDS)
def test_cncf(real_exports: Path, tmp_path: Path, wave: str) -> None:
    """The codebook knows all wordings: what is left to say is what may be passed over."""
    root = without_mappings("cncf-maintainers", tmp_path / "cncf", "maintainers")
    file, out = real_exports / ROUNDS[wave].file, tmp_path / "draft.yml"
    words = ("--form", "maintainer", "--wave", wave, "--workspace", root, "--out", out)
    assert run("map", file, *words).exit_code == 0
    made = yaml.safe_load(out.read_text("utf-8"))
    name = (
        "google-forms" if wave == "2018H1" else "surveymonkey-2022H1" if wave == "2022H1" else "surveymonkey"
    )
    hand = by_hand("cncf-maintainers", f"{name}.yml")
    passed = {entry.removeprefix("??? ").removesuffix(" *") for entry in made["ignore"]}
    known = {" ".join(str(entry).split()) for entry in hand["ignore"]}  # type: ignore[attr-defined]
    assert {entry.casefold() for entry in passed} <= {entry.casefold() for entry in known}
    asked = {heading for heading, item in made["columns"].items() if item == "???"}
    if wave == "2022H1":  # the answers of 2021H1 stand beside it, so a person must choose
        assert asked == set(made["columns"])
    else:  # of 2018H1 the codebook knows no wording
        assert asked == {" ".join(heading.split()) for heading in hand.get("columns", {})}  # type: ignore[attr-defined]
    for line in (line for line in out.read_text("utf-8").splitlines() if ": ???" in line):
        heading = line.split('"')[1]
        assert f" {suggested(heading)} (" in line or f" {suggested(heading)}, but" in line


def suggested(heading: str) -> str:
    """What a person would say that the question is about."""
    about = {"experience": "overall", "TOC": "toc", "responded": "staff", "understanding": "resources"}
    about |= {"documentation": "documentation", "Are your CI": "ci", "security needs": "security"}
    about |= {"tooling": "tooling", "marketing needs": "marketing", "satisfied": "supported"}
    return next((item for words, item in about.items() if words in heading), "recommend")


def test_a_draft_is_refused_until_it_is_finished_and_then_reads_the_export(
    real_exports: Path, tmp_path: Path
) -> None:
    root = without_mappings("spack-users", tmp_path / "spack", "users")
    export = real_exports / "googleforms/spack_2021.csv"
    assert run("check", export, "--workspace", root).exit_code == 3
    assert run("map", export, "--form", "user", "--workspace", root).exit_code == 0
    (file,) = (root / SPACK).glob("*.yml")
    text = file.read_text("utf-8")
    open_lines = [n for n, line in enumerate(text.splitlines(), 1) if "???" in line and line[0] != "#"]
    refused = run("lint", "--workspace", root)
    assert isinstance(refused.exception, Exception)
    assert str(refused.exception).count("LCM-441") == len(open_lines)
    assert all(f"{SPACK}/spack-2021.yml, line {line}: " in str(refused.exception) for line in open_lines)
    lines = [
        line.replace('"??? ', '"') if '"??? ' in line else taken(line) if ": ???" in line else line
        for line in text.splitlines()
    ]
    file.write_text("\n".join(lines), "utf-8")
    assert run("lint", "--workspace", root).exit_code == 0
    assert run("check", export, "--workspace", root).exit_code == 0


def taken(line: str) -> str:
    """The suggestion put in the place of the mark, as a person does who agrees with it."""
    return line.replace("???", re.findall(r"# \d+: ([\w-]+)", line)[-1], 1)


def test_a_mapping_is_never_overwritten(real_exports: Path, tmp_path: Path) -> None:
    root = workspace("spack-users", tmp_path / "spack", "users", [])
    file = root / SPACK / "google-forms.yml"
    before = file.read_bytes()
    export = real_exports / "googleforms/spack_2021.csv"
    done = run("map", export, "--form", "user", "--workspace", root, "--out", file)
    assert "LCM-440" in str(done.exception)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code"), [(["--form", "nobody"], "LCM-425"), (["--form", "user", "--wave", "1999"], "LCM-422")]
)
def test_what_the_programme_does_not_have(
    real_exports: Path, tmp_path: Path, words: list[str], code: str
) -> None:
    root = without_mappings("spack-users", tmp_path / "spack", "users")
    done = run("map", real_exports / "googleforms/spack_2021.csv", *words, "--workspace", root)
    assert code in str(done.exception)
    assert not (root / SPACK).exists()
