"""Answers in people's own words: kept only where the instrument says so, masked, for the community alone."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from lcmonitor import pipeline
from lcmonitor.store.store import reading
from tests.gallery.conftest import lcmonitor  # noqa: F401 -- the same shell
from tests.gallery.garden import Shell, garden, tree
from tests.test_privacy import TODAY, everything
from tests.test_privacy import export as with_marks
from tests.unpacked import unpacked

WRITTEN = "zzEigenWoorden"  # in every open answer: it may be read by the community, and nowhere else
FIRST = [f"Zzvoornaam{letter}" for letter in "abcdefghijklmnopqrstuvwx"]
NAMES = [f"{first} de Zzachternaam" for first in FIRST]
PERSONAL = ("zzPost", "example.org", "0612345", "1234 ZZ", "Zzvoornaam", "zzachternaam")
PARTNERS = {"delta": ["smit", "bos", "roc"], "linde": ["park", "zaad", "hof"]}
HEADINGS = {
    "id": "number", "submitdate": "when", "lastpage": "page", "startlanguage": "language", "seed": "number",
    "token": "token", "OK": "ok", "ORG": "organisation", "T1": "t1", "T2": "t2", "L1": "l1", "O1": "open",
}  # fmt: skip


def export(community: str, people: int) -> bytes:
    lines = with_marks(HEADINGS, PARTNERS[community]).decode().splitlines()
    written = [
        line.replace(f"zzOpenAntwoord{at}", _open(at)).replace("zzOnbekendBedrijf", PARTNERS[community][0])
        for at, line in enumerate(lines[1 : people + 1])
    ]
    return "\n".join([lines[0], *written]).replace("zzEigenAntwoord", "1").encode()


def _open(number: int) -> str:
    who = f"zzPost{number}@example.org of 06-12345{number:03}, 1234 ZZ, {FIRST[number]} of ZZACHTERNAAM"
    return f"{WRITTEN}{number}: mail {who} <b>graag</b>"


@dataclass(frozen=True)
class Kept:
    root: Path
    delta: str  # the page of a community of twelve
    linde: str  # of one of seven


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    root = garden(tmp_path_factory.mktemp("open") / "garden")
    book = root / "surveys" / "garden" / "codebook.yml"
    question = "items:\n  O1: {text: {nl: Wat nog?, en: What else?}, type: text, keep: masked}\n"
    text = book.read_text().replace("items:\n", question, 1)
    book.write_text(text.replace("T1, T2, L1]", "T1, T2, L1, O1]"))
    for community, people in (("delta", 12), ("linde", 7)):
        names = root / "data" / "participants" / f"{community}.txt"
        names.parent.mkdir(parents=True, exist_ok=True)
        names.write_text("\n".join(NAMES))
        file = root / "inbox" / community / "export.csv"
        file.parent.mkdir(parents=True)
        file.write_bytes(export(community, people))
    for receipt in pipeline.ingest(root):
        assert receipt.verdict != "refused", [finding.message for finding in receipt.findings]
        assert "LCM-436" in {finding.message.code for finding in receipt.findings}
    table = pipeline.compute(root)
    edition = pipeline.publish(root, table, pipeline.release(root, table, TODAY))
    assert edition
    pages = [root / "data" / "members" / "2025-1" / f"{name}.html" for name in PARTNERS]
    return Kept(root, *(page.read_text(encoding="utf-8") for page in pages))


def test_a_community_reads_what_its_members_wrote_without_who_wrote_it(kept: Kept) -> None:
    assert all(f"{WRITTEN}{number}:" in kept.delta for number in range(12))
    assert [mark for mark in PERSONAL if mark.casefold() in kept.delta.casefold()] == []
    assert "&lt;b&gt;graag" in kept.delta
    assert "<b>graag" not in kept.delta


def test_of_fewer_than_eight_it_reads_nothing(kept: Kept) -> None:
    assert WRITTEN not in kept.linde
    assert "Minder dan 8 mensen" in kept.linde


def test_nothing_that_is_published_holds_an_open_answer(kept: Kept) -> None:
    shown = {**tree(kept.root / "published"), **tree(kept.root / "drafts")}
    files = {name: unpacked(content) for name, content in shown.items()}
    kinds = {Path(name).suffix for name in files}
    assert kinds >= {".html", ".json", ".csv", ".xlsx", ".parquet", ".duckdb"}
    assert [name for name, content in files.items() if WRITTEN.encode() in content] == []
    assert [name for name, content in files.items() if b"zzPost" in content] == []


def test_the_snapshot_has_no_column_of_text(kept: Kept) -> None:
    import duckdb

    with duckdb.connect(str(kept.root / "published" / "analysis.duckdb"), read_only=True) as analyst:
        told = "".join(everything(analyst, "analysis"))
    assert "delta" in told
    assert WRITTEN not in told


def test_the_store_holds_them_masked(kept: Kept) -> None:
    with reading(kept.root / "data" / "store.duckdb") as store:
        written = [text for _, text in store.open_answers("delta", "2025-1")]
        told = "".join(everything(store.connection, "store"))
    assert len(written) == 12
    assert [mark for mark in PERSONAL if mark.casefold() in told.casefold()] == []


def test_the_page_is_for_its_owner_only(kept: Kept) -> None:
    pages = list((kept.root / "data" / "members").rglob("*.html"))
    assert len(pages) == 2
    assert {page.stat().st_mode & 0o777 for page in pages} == {0o600}


def test_without_a_list_of_participants_nothing_is_kept(
    kept: Kept,
    tmp_path: Path,
    lcmonitor: Shell,  # noqa: F811
) -> None:
    names = kept.root / "data" / "participants" / "delta.txt"
    aside = names.rename(tmp_path / "names.txt")
    try:
        file = kept.root / "inbox" / "delta" / "export.csv"
        done = lcmonitor("check", file, "--community", "delta", "--workspace", kept.root)
    finally:
        aside.rename(names)
    assert "LCM-437" in done.out
    assert WRITTEN not in done.said
