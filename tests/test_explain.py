"""``lcmonitor explain``: why a figure is shown or not, from what was published."""

import csv
import io
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from lcmonitor import pipeline
from lcmonitor.explain import read
from tests.gallery.conftest import lcmonitor  # noqa: F401 -- the same shell
from tests.gallery.garden import Shell, garden

HEADINGS = ["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "OK", "ORG", "T1", "T2", "L1"]
PARTNERS = {"delta": ["smit", "bos", "roc"], "linde": ["park", "zaad", "hof"]}


def export(community: str, people: int, month: int = 3) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADINGS)
    for number in range(people):
        when = f"2025-{month:02d}-{number + 1:02d} 10:00:00"
        who = [number + 1, when, 3, "nl", number, f"t{number}", 1, PARTNERS[community][number % 3]]
        writer.writerow([*who, *(1 + (number * step) % 5 for step in (1, 2, 3))])
    return text.getvalue().encode()


def run(root: Path, *deliveries: tuple[str, bytes], today: date = date(2025, 12, 1)) -> str:
    """Deliver and publish; gives the edition."""
    for number, (community, content) in enumerate(deliveries):
        place = root / "inbox" / community
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}-{len(content)}.csv").write_bytes(content)
    assert {receipt.verdict for receipt in pipeline.ingest(root)} <= {"accepted", "remarks"}
    table = pipeline.compute(root)
    edition = pipeline.publish(root, table, pipeline.release(root, table, today))
    assert edition
    return edition.id


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    root = garden(tmp_path_factory.mktemp("explain") / "garden")
    first = run(root, ("delta", export("delta", 12)), ("linde", export("linde", 9)))
    return root, first


def test_a_shown_figure_is_told_as_its_edition_has_it(
    published: tuple[Path, str],
    lcmonitor: Shell,  # noqa: F811
) -> None:
    root, edition = published
    done = lcmonitor("explain", "delta/2025-1/trust-mean", "--workspace", root)
    assert done.exit_code == 0
    assert re.search(r"shown +2[.]\d \(.+\), 12 of 30", done.out)
    assert edition in done.out
    assert "rule" not in done.out
    assert "waits" not in done.out


def test_every_id_that_a_report_gives_is_known(published: tuple[Path, str]) -> None:
    root, edition = published
    page = (root / "drafts" / edition / "communities" / "delta.nl.html").read_text(encoding="utf-8")
    (example,) = re.findall(r"lcmonitor explain (delta\S+)", page)
    topics = re.findall(r"<dt>Id</dt><dd>([a-z0-9, -]+)</dd>", page)
    ids = [one for topic in topics for one in topic.split(", ")]
    assert set(ids) == {"trust-mean", "learning-distribution", "response"}
    assert {one.figure.indicator for one in read(root, [example])} <= set(ids)
    for one in ids:
        assert read(root, ["delta", "2025-1", one]), one


def test_a_hidden_figure_names_reason_rule_and_floor(
    published: tuple[Path, str],
    lcmonitor: Shell,  # noqa: F811
) -> None:
    root, edition = published
    words = ("linde", "2025-1", "learning-distribution")
    dutch = lcmonitor("--language", "nl", "explain", *words, "--workspace", root).out
    assert "Aandelen en verdelingen tonen we pas vanaf 10 antwoorden." in dutch
    assert "privacy.shares in programme.yml is 10; lager dan 10 mag nooit" in dutch
    (found,) = lcmonitor("explain", "/".join(words), "--workspace", root, "--json").json
    assert (found["status"], found["reason"], found["edition"]) == ("suppressed", "shares_low", edition)
    assert found["rule"] == {"setting": "shares", "value": 10, "floor": 10}
    assert {found[name] for name in ("n", "population", "estimate", "low", "high")} == {None}
    assert found["message"]["en"].startswith("Shares and distributions")


def test_a_threshold_that_was_raised_is_named_with_its_floor(
    published: tuple[Path, str],
    tmp_path: Path,
    lcmonitor: Shell,  # noqa: F811
) -> None:
    root = Path(shutil.copytree(published[0], tmp_path / "garden"))
    with (root / "programme.yml").open("a") as programme:
        programme.write("privacy: {shares: 15}\n")
    run(root)
    (found,) = lcmonitor("explain", "linde/2025-1/learning-distribution", "--workspace", root, "--json").json
    assert found["rule"] == {"setting": "shares", "value": 15, "floor": 10}


def test_a_figure_that_waits_names_the_pair(
    published: tuple[Path, str],
    tmp_path: Path,
    lcmonitor: Shell,  # noqa: F811
) -> None:
    root, first = Path(shutil.copytree(published[0], tmp_path / "garden")), published[1]
    run(root, ("delta", export("delta", 13)))
    words = ("explain", "delta/2025-1/trust-mean", "--workspace", root)
    assert f"beside delta/2025-1/trust-mean in edition {first}" in lcmonitor(*words).out
    found, *_ = lcmonitor(*words, "--json").json
    assert found["n"] == 12, "as it was published"
    assert {"edition": first, "figure": "delta/2025-1/trust-mean"} == found["waits"][0]
    other = ("explain", "linde/2025-1/trust-mean", "--workspace", root, "--json")
    assert lcmonitor(*other).json[0]["waits"] == []
    run(root, ("delta", export("delta", 17)))
    found, *_ = lcmonitor(*words, "--json").json
    assert (found["n"], found["waits"]) == (17, [])


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["delta/2025-1"], "LCM-432", "delta/2025-1"),
        (["delta", "2025-1", "trust-mean", "x", "y"], "LCM-432", "x/y"),
        (["ash/2025-1/trust-mean"], "LCM-433", "programme, delta, linde"),
        (["delta/2025-1/trust-meen"], "LCM-433", "trust-mean"),
        (["delta", "2025-1", "VERTROUWEN"], "LCM-433", "trust-mean"),
        (["delta/2025-1/trust-mean/school"], "LCM-433", "school"),
        (["delta/2025-2/trust-mean"], "LCM-435", "delta/2025-2/trust-mean"),
    ],
)
def test_what_is_no_figure_is_answered_with_what_there_is(
    words: list[str],
    code: str,
    told: str,
    published: tuple[Path, str],
    lcmonitor: Shell,  # noqa: F811
) -> None:
    done = lcmonitor("explain", *words, "--workspace", published[0])
    assert done.exit_code == 2
    assert done.err.startswith(code)
    assert told in done.err


def test_without_an_edition_it_says_so(tmp_path: Path, lcmonitor: Shell) -> None:  # noqa: F811
    done = lcmonitor("explain", "delta/2025-1/trust-mean", "--workspace", garden(tmp_path / "garden"))
    assert done.err.startswith("LCM-434")
