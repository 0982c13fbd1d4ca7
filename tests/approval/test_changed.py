"""What changed since the edition approved before: counted from what both show, told with its reason."""

import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lcmonitor.approval.approve import Decision, approve
from lcmonitor.programme.load import load_workspace
from lcmonitor.reporting.revision import Earlier, changes
from lcmonitor.reporting.shelf import latest
from lcmonitor.store.store import reading
from tests.gallery.garden import Shell, garden
from tests.test_explain import HEADINGS, export, run

FIRST, SECOND = datetime(2026, 2, 3, 12, tzinfo=UTC), datetime(2026, 3, 4, 12, tzinfo=UTC)
DELTA, LINDE = export("delta", 12), export("linde", 14)


def corrected(people: int = 12) -> bytes:
    """The same people of delta, of whom all gave another answer to one question."""
    lines = DELTA.decode().splitlines()
    place = HEADINGS.index("T1")
    changed = []
    for line in lines[1 : people + 1]:
        cells = line.split(",")
        cells[place] = f'"{6 - int(cells[place].strip(chr(34)))}"'
        changed.append(",".join(cells))
    return "\r\n".join([lines[0], *changed, ""]).encode()


def by(root: Path, at: datetime) -> Decision:
    return approve(root, "latest", "A. de Vries", at)


def draft(root: Path) -> Path:
    (found,) = (root / "drafts").glob("[!.]*/")
    return found


def box(page: Path) -> str:
    found = re.search(r'<aside class="changed".*?</aside>', page.read_text(), re.DOTALL)
    assert found
    return " ".join(re.sub("<[^>]*>", " ", found[0]).split())


def figures(folder: Path, community: str) -> dict[tuple[str, ...], float]:
    """What an edition shows of a community, counted from its CSV by hand."""
    import csv

    text = (folder / "communities" / f"{community}.csv").read_text(encoding="utf-8-sig")
    keys = ("wave", "form", "indicator", "part", "group_by", "group_value")
    return {
        tuple(row[key] for key in keys): float(row["estimate"])
        for row in csv.DictReader(text.splitlines())
        if row["status"] == "released" and row["measure"] == "value" and row["estimate"]
    }


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With an approved edition of the first wave."""
    root = garden(tmp_path_factory.mktemp("changed") / "garden")
    run(root, ("delta", DELTA), ("linde", LINDE))
    by(root, FIRST)
    return root


@pytest.fixture
def root(one: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(one, tmp_path / "garden"))


def test_the_first_edition_says_that_it_is_the_first(one: Path) -> None:
    (page,) = (one / "published" / "reports").glob("*/programme.nl.html")
    assert box(page) == "Wat er is veranderd Er is geen eerdere vastgestelde editie."
    log = (one / "published" / "reports" / "corrections.en.html").read_text()
    assert "There is no approved edition before this one." in log


def test_a_new_wave_is_new_data(root: Path) -> None:
    (first,) = (path for path in (root / "published" / "reports").iterdir() if path.is_dir())
    run(root, ("delta", export("delta", 12, month=9)))
    told = box(draft(root) / "communities" / "delta.en.html")
    count = sum(wave == "2025-2" for wave, *_ in figures(draft(root), "delta"))
    assert count > 3
    assert told == (
        f"What changed Beside the edition approved before ({first.name}): "
        f"New data (Delta): {count} figures of autumn."
    )
    assert "2025-2" not in box(draft(root) / "communities" / "linde.en.html")


def test_a_correction_is_counted_with_its_size_and_asks_for_a_reason(root: Path, lcmonitor: Shell) -> None:
    (first,) = (path for path in (root / "published" / "reports").iterdir() if path.is_dir())
    run(root, ("delta", corrected()))
    before, now = figures(first, "delta"), figures(draft(root), "delta")
    moved = {key: abs(now[key] - before[key]) for key in now if key in before and now[key] != before[key]}
    assert moved
    facts = json.loads((draft(root) / "edition.json").read_text())
    assert facts["since"] == first.name
    (change,) = (one for one in facts["changes"] if one["community"] == "delta")
    assert (change["kind"], change["figures"], change["waves"]) == ("correction", len(moved), ["2025-1"])
    assert change["points"] == pytest.approx(
        moved["2025-1", "participant", "trust-mean", "", "", ""], abs=1e-5
    )
    told = box(draft(root) / "communities" / "delta.nl.html")
    assert len(moved) == 1
    assert "1 cijfer over voorjaar is anders dan eerst." in told
    assert "Het grootste verschil op een schaal is 0,25 punt." in told
    assert "De reden is nog niet gegeven." in told
    done = lcmonitor("approve", "latest", "--by", "A. de Vries", "--workspace", root)
    assert done.exit_code == 0
    assert "LCM-461" in done.err


def test_a_reason_is_written_by_people_and_makes_the_draft_anew(root: Path) -> None:
    run(root, ("delta", corrected()))
    before = (draft(root) / "edition.json").read_bytes()
    (root / "revisions.yml").write_text(
        "revisions:\n"
        "  - {date: 2026-02-10, class: correction, waves: [2025-1], communities: [delta],\n"
        "     reason: {nl: De schaal was omgedraaid <b>., en: The scale was reversed.}}\n"
    )
    run(root)
    assert (draft(root) / "edition.json").read_bytes() != before
    assert "10 februari 2026: De schaal was omgedraaid &lt;b&gt;." in box(
        draft(root) / "communities" / "delta.nl.html"
    )
    assert by(root, SECOND).warnings == ()
    log = (root / "published" / "reports" / "corrections.en.html").read_text()
    assert "10 February 2026: The scale was reversed." in log
    assert log.index("approved on 4 March 2026") < log.index("approved on 3 February 2026")


def test_a_reason_that_comes_later_stands_in_the_log(root: Path) -> None:
    run(root, ("delta", corrected()))
    by(root, SECOND)
    log = root / "published" / "reports" / "corrections.en.html"
    assert "The reason is not yet given." in log.read_text()
    (root / "revisions.yml").write_text(
        "revisions:\n"
        "  - {date: 2026-03-09, class: correction, waves: [2025-1],\n"
        "     reason: {nl: Omgedraaid., en: Reversed.}}\n"
    )
    run(root)
    assert "9 March 2026: Reversed." in log.read_text()
    assert "The reason is not yet given." not in log.read_text()


def test_a_stricter_threshold_is_a_method_revision(root: Path) -> None:
    with (root / "programme.yml").open("a") as programme:
        programme.write("privacy: {respondents: 6}\n")
    run(root)
    told = box(draft(root) / "programme.en.html")
    assert "Method revision (all reports): 1 definition differs (when a figure is shown)." in told
    assert "Correction" not in told


def test_a_draft_beside_an_edition_that_is_no_longer_the_last_is_refused(root: Path) -> None:
    run(root, ("delta", corrected()))
    stale = draft(root)
    shutil.copytree(stale, root / "kept")
    by(root, SECOND)
    shutil.copytree(root / "kept", root / "drafts" / "other")
    facts = root / "drafts" / "other" / "edition.json"
    facts.write_text(facts.read_text().replace(stale.name, "other"))
    decision = approve(root, "other", "A. de Vries", SECOND)
    assert "LCM-460" in {problem.code for problem in decision.problems}


@pytest.mark.parametrize("hidden", ["then", "now", "neither"])
def test_a_figure_that_one_edition_hides_is_compared_with_nothing(one: Path, hidden: str) -> None:
    setup = load_workspace(one)
    last = latest(setup.workspace.reports)
    assert last
    with reading(setup.workspace.store) as store:
        then = store.released(last.id)
    now = then.copy()
    mean = (then["community"] == "delta") & (then["indicator"] == "trust-mean") & (then["measure"] == "value")
    assert mean.sum() == 1
    now.loc[mean, "estimate"] += 0.5
    if hidden != "neither":
        rows = then if hidden == "then" else now
        rows.loc[mean, "status"] = "suppressed"
    found = changes(Earlier(last, then), now, setup, {})
    assert [(each.kind, each.figures, each.points) for each in found] == (
        [("correction", 1, 0.5)] if hidden == "neither" else []
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{date: 2026-02-10, class: correction, waves: ['1999'], reason: {nl: a, en: a}}", "LCM-351"),
        ("{date: 2026-02-10, class: mistake, waves: [2025-1], reason: {nl: a, en: a}}", "LCM-307"),
        ("{date: gisteren, class: method, waves: [2025-1], reason: {nl: a, en: a}}", "LCM-309"),
        (
            "{date: 2026-02-10, class: method, waves: [2025-1], communities: [x], reason: {nl: a, en: a}}",
            "LCM-307",
        ),
        ("{date: 2026-02-10, class: method, waves: [2025-1]}", "LCM-304"),
    ],
)
def test_lint_names_the_line_of_a_wrong_reason(
    one: Path, tmp_path: Path, line: str, code: str, lcmonitor: Shell
) -> None:
    root = Path(shutil.copytree(one, tmp_path / "garden"))
    (root / "revisions.yml").write_text(f"revisions:\n  - {line}\n")
    done = lcmonitor("lint", "--workspace", root)
    assert done.exit_code == 4
    assert done.err.startswith(f"{code}  revisions.yml, line 2")
