"""From a draft to an edition that everyone may see: who says so, of which bytes, and what changes then."""

import json
import re
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lcmonitor.approval.approve import Decision, approve
from lcmonitor.errors import UsageError, WorkspaceError
from lcmonitor.store.store import reading
from tests.gallery.garden import Shell, tree
from tests.test_explain import run

DAY = datetime(2026, 2, 3, 22, 30, tzinfo=UTC)  # 23:30 in Amsterdam, the same day
FOR_DRAFTS = re.compile(rb"<!--draft-->.*?<!--/draft-->", re.DOTALL)
STATUS = re.compile(rb"<!--status-->.*?<!--/status-->", re.DOTALL)
MARKS = {"nl": "Concept – niet vastgesteld.", "en": "Draft – not approved."}


def by(root: Path, name: str, edition: str = "latest", at: datetime = DAY) -> Decision:
    return approve(root, edition, name, at)


def only(folder: Path) -> Path:
    (found,) = folder.glob("[!.]*/")
    return found


def two(root: Path) -> Path:
    with (root / "programme.yml").open("a") as programme:
        programme.write("approval: {people: 2}\n")
    return root


def test_a_draft_says_so_on_every_page_and_lies_where_no_reader_comes(drafted: Path) -> None:
    assert not (drafted / "published" / "reports").exists()
    draft = only(drafted / "drafts")
    pages = {path: page.decode() for path, page in tree(draft).items() if path.endswith(".html")}
    assert len(pages) == 2 * 6  # two communities, programme, quality, index and methods, in two languages
    for path, page in pages.items():
        language = path.split(".")[-2]
        assert page.count(MARKS[language]) == 2, path  # to read, and for every printed sheet
        assert page.index(MARKS[language]) < page.index("<header"), path
    assert json.loads((draft / "edition.json").read_bytes())["status"] == "draft"
    assert json.loads((draft / "dataset.json").read_bytes())["creativeWorkStatus"] == "Draft"
    lists = [(drafted / "drafts" / f"index{language}.html").read_text() for language in ("", ".nl", ".en")]
    assert lists[0] == lists[1] != lists[2]
    assert all(draft.name in page for page in lists)


def test_what_is_published_is_the_draft_but_for_its_status(drafted: Path, root: Path) -> None:
    before = tree(only(drafted / "drafts"))
    decision = by(root, "A. de Vries")
    after = tree(root / "published" / "reports" / decision.edition)
    assert decision.index == root / "published" / "reports" / "index.html"
    assert not list((root / "drafts").glob("*/edition.json"))
    assert set(after) == {*before, "SHA256SUMS"}
    for path, content in after.items():
        if path.endswith(".html"):
            kept = FOR_DRAFTS.sub(b"", before[path])
            assert STATUS.sub(b"", content) == STATUS.sub(b"", kept)
            assert (kept != before[path]) == path.startswith("communities/")
            (block,) = STATUS.findall(content)
            said = block.decode()
            assert ("3 februari 2026" if ".nl." in path else "3 February 2026") in said
            assert "A. de Vries" in said
            assert not any(mark in content.decode() for mark in MARKS.values())
        elif path not in ("edition.json", "dataset.json", "SHA256SUMS"):
            assert content == before[path]
    facts, described = (json.loads(after[name]) for name in ("edition.json", "dataset.json"))
    assert facts == json.loads(before["edition.json"]) | {
        "status": "approved", "approved": "2026-02-03T22:30:00Z", "approved_by": ["A. de Vries"],
    }  # fmt: skip
    assert described == json.loads(before["dataset.json"]) | {
        "creativeWorkStatus": "Published", "datePublished": "2026-02-03",
    }  # fmt: skip


def test_the_list_of_hashes_is_one_that_the_usual_tool_checks(root: Path) -> None:
    folder = root / "published" / "reports" / by(root, "A. de Vries").edition
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout == b""
    listed = {line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    assert listed == set(tree(folder)) - {"SHA256SUMS"}


def test_a_name_cannot_become_markup(root: Path) -> None:
    name = '<img src=x onerror=alert(1)> & "Jansen" <!--/status-->'
    by(root, name)
    page = (root / "published" / "reports").glob("*/programme.nl.html").__next__().read_text()
    assert "<img" not in page
    assert page.count("<!--/status-->") == 1
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; &#34;Jansen&#34;" in page


@pytest.mark.parametrize("name", ["", "  ", "12", "A\x1b[31m", "x" * 101, "–"])
def test_who_approves_has_a_name(root: Path, name: str) -> None:
    with pytest.raises(UsageError) as refused:
        by(root, name)
    assert refused.value.messages[0].code == "LCM-451"
    assert not (root / "data" / "approvals").exists()


def test_two_people_are_two_different_people(root: Path) -> None:
    two(root)
    first = by(root, "A. de Vries")
    assert (first.by, first.needed, first.index) == (("A. de Vries",), 2, None)
    again = by(root, "a.  DE  vries")
    assert (again.by, again.index) == (("A. de Vries",), None)
    assert not (root / "published" / "reports").exists()
    second = by(root, "B. Jansen")
    assert second.by == ("A. de Vries", "B. Jansen")
    assert second.index
    page = (second.index.parent / second.edition / "programme.en.html").read_text()
    assert "by A. de Vries and B. Jansen." in page
    approvals = root / "data" / "approvals" / f"{second.edition}.json"
    assert approvals.stat().st_mode & 0o777 == 0o600
    given = json.loads(approvals.read_bytes())["approvals"]
    assert [(one["by"], one["at"]) for one in given] == [
        ("A. de Vries", DAY.isoformat()), ("B. Jansen", DAY.isoformat()),
    ]  # fmt: skip


@pytest.mark.parametrize("change", ["a byte", "a name", "made anew"])
def test_another_byte_takes_the_approvals_back(root: Path, change: str) -> None:
    two(root)
    by(root, "A. de Vries")
    draft = only(root / "drafts")
    if change == "a byte":
        page = draft / "programme.nl.html"
        page.write_bytes(page.read_bytes().replace(b"</body>", b" </body>"))
    elif change == "a name":
        (draft / "programme.csv").rename(draft / "programma.csv")
        for page in draft.rglob("*.html"):
            page.write_text(page.read_text().replace('"programme.csv"', '"programma.csv"'))
    else:
        shutil.rmtree(draft)
        own = root / "reports" / "text"
        own.mkdir(parents=True)
        (own / "nl.yml").write_text("findings: {title: Wat ons opviel}\n")
        run(root)
    decision = by(root, "B. Jansen")
    assert (decision.by, decision.reset, decision.index) == (("B. Jansen",), ("A. de Vries",), None)
    assert by(root, "A. de Vries").index


def test_the_same_draft_made_anew_keeps_what_was_approved(root: Path) -> None:
    """The same bytes are the same bytes."""
    two(root)
    by(root, "A. de Vries")
    shutil.rmtree(only(root / "drafts"))
    run(root)
    assert by(root, "B. Jansen").by == ("A. de Vries", "B. Jansen")


def test_the_command_says_what_was_checked_and_what_is_left(root: Path, lcmonitor: Shell) -> None:
    two(root)
    done = lcmonitor("approve", "latest", "--by", "A. de Vries", "--workspace", root)
    assert (done.exit_code, done.err) == (0, "")
    assert done.out.count("in order") == 5
    assert "Still needed: 1." in done.out
    page = only(root / "drafts") / "index.en.html"
    page.write_text(page.read_text().replace("</body>", "<p></p></body>"))
    changed = lcmonitor("approve", "latest", "--by", "B. Jansen", "--workspace", root)
    assert "The draft has changed since A. de Vries approved it" in changed.out
    last = lcmonitor("approve", "latest", "--by", "A. de Vries", "--workspace", root, "--json")
    assert last.json["approved_by"] == ["B. Jansen", "A. de Vries"]
    assert Path(last.json["index"]).is_file()
    told = lcmonitor("approve", "latest", "--by", "C", "--workspace", root)
    assert told.exit_code == 2
    assert told.err.startswith("LCM-450  latest")


def test_a_second_run_makes_no_draft_of_what_is_published(root: Path) -> None:
    edition = by(root, "A. de Vries").edition
    before = tree(root / "published")
    assert run(root) == edition
    assert tree(root / "published") == before
    assert not list((root / "drafts").glob("*/edition.json"))


def test_a_draft_counts_as_published_for_disclosure_control(drafted: Path) -> None:
    """Members have seen it: what comes later has to be safe beside it."""
    with reading(drafted / "data" / "store.duckdb") as store:
        assert [one.id for one in store.editions()] == [only(drafted / "drafts").name]
        assert len(store.released(only(drafted / "drafts").name))


def test_while_a_run_writes_nobody_approves(root: Path, lcmonitor: Shell) -> None:
    from lcmonitor.store.store import writing

    with writing(root / "data" / "store.duckdb"):
        done = lcmonitor("approve", "latest", "--by", "A. de Vries", "--workspace", root)
    assert done.exit_code == 5
    assert done.err.startswith("LCM-401")


def test_a_file_that_changes_meanwhile_publishes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lcmonitor.approval import approve as module

    def meddled(*arguments: object) -> list[object]:
        page = only(root / "drafts") / "programme.nl.html"
        page.write_bytes(page.read_bytes() + b"\n")
        return []

    monkeypatch.setattr(module, "check", meddled)  # the moment between check and copy cannot be met otherwise
    with pytest.raises(WorkspaceError) as refused:
        by(root, "A. de Vries")
    assert (refused.value.messages[0].code, refused.value.messages[0].place) == (
        "LCM-469",
        "programme.nl.html",
    )
    assert not list((root / "published" / "reports").iterdir())


_KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from lcmonitor.approval.approve import approve
changes = 0
def audit(event, arguments):
    global changes
    path = str(arguments[0]) if arguments else ""
    writes = event == "open" and bool((arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR))
    changed = writes or event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir")
    if path.startswith(sys.argv[1]) and changed and not path.endswith(".lock"):
        changes += 1
        if changes == int(sys.argv[2]):
            os.kill(os.getpid(), 9)
sys.addaudithook(audit)
approve(Path(sys.argv[1]), sys.argv[3], "A. de Vries", datetime(2026, 2, 3, 22, 30, tzinfo=UTC))
print(changes)
"""


def test_killed_at_any_point_it_is_run_again(drafted: Path, tmp_path: Path) -> None:
    edition = only(drafted / "drafts").name

    def attempt(root: Path, kill: int) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-c", _KILLED, str(root), str(kill), edition]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    whole = Path(shutil.copytree(drafted, tmp_path / "whole"))
    changes = int(attempt(whole, 0).stdout)
    expected = tree(whole / "published"), tree(whole / "drafts"), tree(whole / "data" / "approvals")
    for kill in sorted({1, changes // 2, changes - 10, changes - 5, changes}):
        victim = Path(shutil.copytree(drafted, tmp_path / f"victim-{kill}"))
        assert attempt(victim, kill).returncode == -signal.SIGKILL
        by(victim, "A. de Vries", edition)
        left = tree(victim / "published"), tree(victim / "drafts"), tree(victim / "data" / "approvals")
        assert left == expected, kill


def test_status_and_explain_know_drafts_and_editions(root: Path, lcmonitor: Shell) -> None:
    edition = only(root / "drafts").name
    assert f"{edition} (draft)" in lcmonitor("status", "--workspace", root).out
    assert lcmonitor("status", "--workspace", root, "--json").json[0]["approved"] is False
    told = lcmonitor("explain", "delta/2025-1/trust-mean", "--workspace", root)
    assert f"{edition} (draft)" in told.out
    by(root, "A. de Vries")
    assert "draft" not in lcmonitor("status", "--workspace", root).out
    assert lcmonitor("status", "--workspace", root, "--json").json[0]["approved"] is True
    assert "draft" not in lcmonitor("explain", "delta/2025-1/trust-mean", "--workspace", root).out


def test_a_draft_made_before_is_listed_after_the_newest(root: Path) -> None:
    first = only(root / "drafts").name
    from tests.test_explain import export

    second = run(root, ("delta", export("delta", 12, month=9)), ("linde", export("linde", 14, month=9)))
    index = (root / "drafts" / "index.html").read_text()
    assert index.index(second) < index.index(first)
    assert by(root, "A. de Vries").edition == second
