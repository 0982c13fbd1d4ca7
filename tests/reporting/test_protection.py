"""What may not be shown is nowhere, and what a name holds never becomes markup."""

from dataclasses import replace
from pathlib import Path

import pytest

from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.edition import Edition, plan, publish
from tests.reporting.figures import released
from tests.unpacked import unpacked

_MARKER = 86753.0
_HOSTILE = "<script>alert(1)</script>\"'{{ 7*7 }}</style>\u202eabc@1@ &amp;"


def _published(setup: Setup, table: ReleasedTable, out: Path) -> Edition:
    planned = plan(table, setup, out)
    assert planned
    return publish(table, setup, planned)


def test_a_number_that_is_not_released_is_in_no_byte_of_an_edition(setup: Setup, tmp_path: Path) -> None:
    """Even if disclosure had left it in the table."""
    table = released(setup)
    held_back = table.rows["status"] != "released"
    for column in ("n", "population", "estimate", "se", "low", "high", "reference", "effect", "p"):
        table.rows.loc[held_back & ~table.rows["reason"].isin(["no_population"]), column] = _MARKER
    assert held_back.any()
    for file in _published(setup, table, tmp_path).folder.rglob("*"):
        assert file.is_dir() or b"86753" not in unpacked(file.read_bytes()).replace(b".", b"").replace(
            b",", b""
        ), file


@pytest.fixture(scope="module")
def hostile(setup: Setup, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The pages of a programme whose every name and text is an attack."""
    text = {"nl": _HOSTILE, "en": _HOSTILE}
    communities = {
        name: community.model_copy(
            update={
                "name": _HOSTILE,
                "profile": tuple(p.model_copy(update={"purpose": text}) for p in community.profile),
                "blocks": tuple(b.model_copy(update={"filling": text}) for b in community.blocks),
            }
        )
        for name, community in setup.communities.items()
    }
    waves = tuple(wave.model_copy(update={"title": text}) for wave in setup.programme.waves)
    programme = setup.programme.model_copy(
        update={"title": text, "waves": waves, "funders": (_HOSTILE,), "contact": _HOSTILE}
    )
    attacked = replace(setup, programme=programme, communities=communities)
    folder = _published(attacked, released(setup), tmp_path_factory.mktemp("hostile")).folder
    return sorted(folder.rglob("*.html"))


def test_a_hostile_name_comes_out_as_text(hostile: list[Path]) -> None:
    for file in hostile:
        page = file.read_text(encoding="utf-8")
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page, file.name
        assert "<script" not in page, file.name
        assert page.count("</style>") == 1, file.name
        assert "{{ 7*7 }}" in page, file.name
        assert "49" not in page.split("alert(1)")[1][:30], file.name


def test_a_name_in_a_chart_is_not_taken_for_a_mark_of_the_drawing(hostile: list[Path]) -> None:
    programme = next(file for file in hostile if file.name == "programme.nl.html").read_text(encoding="utf-8")
    charts = [part.split("</svg>")[0] for part in programme.split("<svg")[1:]]
    drawn = [chart for chart in charts if "&lt;script&gt;alert(1)&lt;/" in chart.replace("\n", "")]
    assert drawn
    assert all("@1@" in "".join(chart.split("</tspan>")) for chart in drawn)
