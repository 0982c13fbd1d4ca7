"""A question of a sector pack in the export of a community without that sector."""

import shutil
from dataclasses import replace
from pathlib import Path

from lcmonitor.exports.reading import parse
from lcmonitor.intake.context import asked_in
from lcmonitor.intake.match import match
from lcmonitor.programme.load import load_workspace

DEMO = Path(__file__).parents[2] / "lcmonitor" / "demo" / "workspace"
CSV = b"id,submitdate,D3_1,HEA_1\n1,2026-04-02 10:00:00,4,5\n"


def test_it_is_said_which_sector_the_community_may_have_been_given(tmp_path: Path) -> None:
    shutil.copytree(DEMO, tmp_path / "programme")
    setup = load_workspace(tmp_path / "programme")
    health, waves = setup.communities["zorg-noord"], setup.programme.waves[-1:]
    table = parse("export.csv", CSV)

    def wrong(sector: str | None) -> list[tuple[str, str | None]]:
        asked = asked_in(setup, health.model_copy(update={"sector": sector}), waves)
        found = match(table, asked, "participant").findings
        return [(each.message.code, each.column) for each in found if each.column == "HEA_1"]

    assert wrong("health") == []
    assert wrong(None) == wrong("logistics") == [("LCM-217", "HEA_1")]
    asked = asked_in(setup, health.model_copy(update={"sector": None}), waves)
    told = next(f.message for f in match(table, asked, "participant").findings if f.column == "HEA_1")
    assert "sector: health" in told.text("nl")
    assert "communities/zorg-noord.yml" in replace(told, place="").text("en")


def test_it_is_said_of_the_questions_own_words_too() -> None:
    setup = load_workspace(DEMO)
    community, waves = setup.communities["zorg-noord"], setup.programme.waves[-1:]
    words = setup.instrument.at(waves[0].opens, "health").items["HEA_1"].text["nl"]
    table = parse("export.csv", CSV.replace(b"HEA_1", words.encode()))
    asked = asked_in(setup, community.model_copy(update={"sector": None}), waves)
    found = match(table, asked, "participant").findings
    assert [each.message.code for each in found if each.column == words] == ["LCM-217"]
