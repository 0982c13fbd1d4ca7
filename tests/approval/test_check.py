"""The five causes for which outputs are sent back: each planted in a real edition's folder, and found."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest

from lcmonitor.approval.check import check
from lcmonitor.approval.finished import Finished
from lcmonitor.programme.load import load_workspace
from lcmonitor.reporting.shelf import latest
from lcmonitor.store.store import reading
from tests.gallery.garden import Shell

Fault = Callable[[Path], None]


def found(root: Path) -> dict[str, list[tuple[str, str]]]:
    """Code and place of all that is wrong, by cause."""
    setup = load_workspace(root)
    draft = latest(root / "drafts")
    assert draft
    with reading(setup.workspace.store) as store:
        released = store.released(draft.id)
    checked = check(Finished(draft, setup, released))
    return {one.cause: [(each.code, each.place) for each in one.problems] for one in checked}


def folder(root: Path) -> Path:
    (draft,) = (root / "drafts").glob("[!.]*/")
    return draft


def replaced(path: str, pattern: str, by: str) -> Fault:
    """The first place where a page or a table says something says something else."""

    def plant(draft: Path) -> None:
        text = (draft / path).read_bytes().decode()
        changed, times = re.subn(pattern, by, text, count=1, flags=re.DOTALL)
        assert times == 1
        (draft / path).write_bytes(changed.encode())

    return plant


def cell(path: str, column: str, value: str, **where: str) -> Fault:
    """A cell of a CSV and of all that repeats it, where the other columns hold what they should."""

    def plant(draft: Path) -> None:
        for name in {path, "figures.csv"}:
            table = pd.read_csv(draft / name, dtype=str, keep_default_na=False, encoding="utf-8-sig")
            rows = pd.Series(True, index=table.index)
            for key, wanted in where.items():
                rows &= table[key] == wanted
            assert rows.any()
            table.loc[rows[rows].index[0], column] = value
            table.to_csv(draft / name, index=False, encoding="utf-8-sig", lineterminator="\r\n")
        described(draft, "figures.csv")

    return plant


def described(draft: Path, name: str) -> None:
    """Somebody who changes a file may change its description with it."""
    facts = json.loads((draft / "dataset.json").read_text())
    for one in facts["distribution"]:
        if one["contentUrl"] == name:
            one["sha256"] = hashlib.sha256((draft / name).read_bytes()).hexdigest()
    (draft / "dataset.json").write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n")


def told_otherwise(path: str, change: Callable[[bytes], bytes]) -> Fault:
    """A data file that says something else, and is described as it is."""

    def plant(draft: Path) -> None:
        before = (draft / path).read_bytes()
        (draft / path).write_bytes(change(before))
        assert (draft / path).read_bytes() != before
        described(draft, path)

    return plant


def in_workbook(pattern: str, by: str) -> Fault:
    """Once in the sheet of figures."""

    def change(content: bytes) -> bytes:
        made = BytesIO()
        with ZipFile(BytesIO(content)) as book, ZipFile(made, "w") as other:
            for name in book.namelist():
                part = book.read(name)
                if name == "xl/worksheets/sheet1.xml":
                    part = re.sub(pattern.encode(), by.encode(), part, count=1)
                other.writestr(name, part)
        return made.getvalue()

    return told_otherwise("figures.xlsx", change)


def in_parquet(change: Callable[[pd.DataFrame], pd.DataFrame]) -> Fault:
    def spoiled(content: bytes) -> bytes:
        made = BytesIO()
        change(pd.read_parquet(BytesIO(content))).to_parquet(made, index=False)
        return made.getvalue()

    return told_otherwise("figures.parquet", spoiled)


def written(path: str, content: bytes) -> Fault:
    def plant(draft: Path) -> None:
        (draft / path).write_bytes(content)

    return plant


def gone(path: str) -> Fault:
    def plant(draft: Path) -> None:
        (draft / path).unlink()

    return plant


def linked(draft: Path) -> None:
    (draft / "programme.csv").unlink()
    (draft / "programme.csv").symlink_to("/etc/hostname")


_CSV = "communities/delta.csv"
_PAGE = "communities/delta.nl.html"
_MEAN = {"indicator": "trust-mean", "measure": "value", "group_by": "", "community": "delta"}
_HIDDEN = {"status": "suppressed", "community": "linde"}

FAULTS = {
    # numbers that were not rounded
    "a mean of many digits": ("rounded", "LCM-452", cell(_CSV, "estimate", "2.916666666", **_MEAN)),
    "a count that is none": ("rounded", "LCM-452", cell(_CSV, "n", "12.5", **_MEAN)),
    "a cell of many decimals": (
        "rounded", "LCM-452", replaced(_PAGE, r"(<td>)\d,\d–\d,\d<", r"\g<1>2,91667<"),
    ),
    "a word in a drawing": ("rounded", "LCM-452", replaced(_PAGE, r"(<text[^>]*>)\d,\d<", r"\g<1>2,91667<")),
    # context that is missing
    "no status": ("context", "LCM-453", replaced(_PAGE, "<!--status-->.*<!--/status-->", "")),
    "two marks": ("context", "LCM-453", replaced(_PAGE, "<main", "<!--status--><!--/status--><main")),
    "no language": ("context", "LCM-453", replaced(_PAGE, '<html lang="nl">', "<html>")),
    "a table without a name": ("context", "LCM-453", replaced(_PAGE, "<caption>[^<]*</caption>", "")),
    "a figure without a title": (
        "context", "LCM-453", replaced(_PAGE, "<figcaption>.*?</figcaption>", "<figcaption></figcaption>"),
    ),
    "a row without n": ("context", "LCM-453", cell(_CSV, "n", "", **_MEAN)),
    "a row of another edition": ("context", "LCM-453", cell(_CSV, "edition", "x", **_MEAN)),
    "a row of no wave": ("context", "LCM-453", cell(_CSV, "wave", "2019", **_MEAN)),
    "a status that is not draft": ("context", "LCM-453", replaced("edition.json", '"draft"', '"approved"')),
    # counts that were not redacted
    "a count of few": ("redacted", "LCM-454", cell(_CSV, "n", "3", **_MEAN)),
    "a count of few on a page": (
        "redacted", "LCM-454", replaced(_PAGE, r'(<td(?! class)[^>]*>)12<', r"\g<1>3<"),
    ),
    "a count of few in words": ("redacted", "LCM-454", replaced(_PAGE, "</main>", "<p>(n = 2)</p></main>")),
    "a hidden number": ("redacted", "LCM-455", cell("communities/linde.csv", "estimate", "2.5", **_HIDDEN)),
    "a hidden count": ("redacted", "LCM-455", cell("communities/linde.csv", "n", "7", **_HIDDEN)),
    "a hidden row as if it were shown": (
        "redacted", "LCM-455", cell("communities/linde.csv", "status", "released", **_HIDDEN),
    ),
    "another number": ("redacted", "LCM-455", cell(_CSV, "estimate", "3.1", **_MEAN)),
    # data that are missing
    "a drawing without its table": (
        "data", "LCM-456", replaced(_PAGE, '(class="chart".*?)<details class="data">.*?</details>', r"\1"),
    ),
    "a drawing without its CSV": (
        "data", "LCM-456", replaced(_PAGE, '(class="chart".*?)<a href="delta.csv" download>', r"\1<a>"),
    ),
    "no CSV of a report": ("data", "LCM-456", gone("communities/delta.csv")),
    "no workbook": ("data", "LCM-456", gone("figures.xlsx")),
    "a link to nowhere": ("data", "LCM-456", replaced(_PAGE, "</main>", '<a href="more.html">x</a></main>')),
    "a link out of the edition": (
        "data", "LCM-456", replaced(_PAGE, "</main>", '<a href="../../../programme.yml">x</a></main>'),
    ),
    "another CSV than described": (
        "data", "LCM-457", lambda draft: (draft / "figures.sdmx.csv").write_bytes(b"STRUCTURE\r\n"),
    ),
    "a row that the whole does not have": (
        "data", "LCM-457", replaced("communities/delta.csv", "delta", "deltb"),
    ),
    "another number in the workbook": ("data", "LCM-457", in_workbook(r"<v>2\.\d+</v>", "<v>4.9</v>")),
    "a number more in the workbook": (
        "data", "LCM-457", in_workbook(r'(<c r="Q2)"/>', r'\1"><v>4.9</v></c>'),
    ),
    "another word in the workbook": ("data", "LCM-457", in_workbook("suppressed", "released")),
    "another number in Parquet": (
        "data", "LCM-457", in_parquet(lambda table: table.assign(estimate=table["estimate"] + 0.1)),
    ),
    "a row less in Parquet": ("data", "LCM-457", in_parquet(lambda table: table.iloc[1:])),
    "another community in SDMX": (
        "data", "LCM-457",
        told_otherwise("figures.sdmx.csv", lambda text: text.replace(b"delta", b"linde", 1)),
    ),
    # files of the wrong kind
    "a page that is none": ("kind", "LCM-458", written("programme.en.html", b"PK\x03\x04")),
    "a table in Excel's own format": (
        "kind", "LCM-458",
        lambda draft: shutil.copy(draft / "figures.xlsx", draft / "communities" / "delta.csv"),
    ),
    "a page that is called a table": ("kind", "LCM-458", written("programme.csv", b"<!doctype html>")),
    "a note": ("kind", "LCM-458", written("notes.txt", b"for myself")),
    "a hidden file": ("kind", "LCM-458", written(".DS_Store", b"")),
    "a database": ("kind", "LCM-458", written("figures.duckdb", b"DUCK")),
    "a link": ("kind", "LCM-458", linked),
    "a script": ("kind", "LCM-459", replaced(_PAGE, "</main>", "<script>1</script></main>")),
    "a handler": ("kind", "LCM-459", replaced(_PAGE, "<main ", '<main onclick="1" ')),
    "a picture from outside": (
        "kind", "LCM-459", replaced(_PAGE, "</main>", '<img src="https://example.org/p.gif"></main>'),
    ),
    "a style sheet beside it": (
        "kind", "LCM-459", replaced(_PAGE, "</head>", '<link rel="stylesheet" href="style.css"></head>'),
    ),
    "a font from outside": (
        "kind", "LCM-459", replaced(_PAGE, "</style>", "@font-face{src:url(//example.org/f.woff)}</style>"),
    ),
    "an import": ("kind", "LCM-459", replaced(_PAGE, "<style>", "<style>@import 'other.css';")),
}  # fmt: skip


def test_a_draft_as_it_was_made_passes(drafted: Path) -> None:
    assert found(drafted) == {"kind": [], "rounded": [], "context": [], "redacted": [], "data": []}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_by_its_cause(root: Path, name: str) -> None:
    cause, code, plant = FAULTS[name]
    plant(folder(root))
    problems = found(root)
    assert code in {each for each, _ in problems[cause]}, problems
    assert all(place and str(root) not in place for wrong in problems.values() for _, place in wrong)


@pytest.mark.parametrize(
    "name", ["a count of few", "a table without a name", "a note", "a picture from outside"]
)
def test_a_fault_refuses_approval_with_place_and_next_step(root: Path, name: str, lcmonitor: Shell) -> None:
    _, code, plant = FAULTS[name]
    plant(folder(root))
    done = lcmonitor("approve", "latest", "--by", "A. de Vries", "--workspace", root)
    assert done.exit_code == 4
    assert f"{code}  " in done.err
    assert "WRONG" in done.out
    assert "was not approved" in done.out
    assert folder(root).is_dir()
    assert not (root / "published" / "reports").exists()
    assert not (root / "data" / "approvals").exists()
