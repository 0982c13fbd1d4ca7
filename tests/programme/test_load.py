"""Workspaces with one mistake each, and the place and code that its message must carry."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from lcmonitor import resources
from lcmonitor.errors import LANGUAGES, Message, WorkspaceError
from lcmonitor.programme.load import load_workspace

FIXTURES = Path(__file__).parents[1] / "fixtures"
GALLERY = FIXTURES / "bad_workspaces"
EXPECTED = """
    ambition_out_of_range           LCM-347  communities/rye.yml, line 23
    ambition_without_a_scale        LCM-368  communities/rye.yml, line 23
    broken_yaml                     LCM-301  programme.yml, line 3
    dominance_above_its_ceiling     LCM-346  programme.yml, line 5
    eligible_for_unknown_partner    LCM-352  communities/rye.yml, line 21
    eligible_for_unknown_wave       LCM-351  communities/rye.yml, line 20
    explanation_of_unknown_community LCM-397 communities/rey/explanations/2025-1.yml, line 1
    explanation_of_unknown_figure   LCM-398  communities/rye/explanations/2025-1.yml, line 3
    explanation_of_unknown_wave     LCM-397  communities/rye/explanations/w9.yml, line 1
    explanation_too_long            LCM-399  communities/rye/explanations/2025-1.yml, line 4
    id_is_not_the_file_name         LCM-348  communities/rye.yml, line 1
    key_twice                       LCM-302  programme.yml, line 4
    lead_is_no_partner              LCM-352  communities/rye.yml, line 13
    missing_translation             LCM-306  programme.yml, line 5
    mix_does_not_add_up             LCM-357  communities/rye.yml, line 11
    mix_with_a_wrong_part           LCM-356  communities/rye.yml, line 11
    more_came_than_could            LCM-372  communities/rye.yml, line 23
    overlapping_fillings            LCM-359  communities/rye.yml, line 24
    overlapping_profiles            LCM-358  communities/rye.yml, line 12
    overlapping_waves               LCM-342  programme.yml, line 6
    partner_left_before_joining     LCM-360  communities/rye.yml, line 18
    partner_name_of_another         LCM-350  communities/rye.yml, line 18
    partner_twice                   LCM-349  communities/rye.yml, line 18
    partner_type_unknown            LCM-307  communities/rye.yml, line 18
    reading_below_its_floor         LCM-308  programme.yml, line 4
    report_before_the_wave_closes   LCM-361  programme.yml, line 6
    started_after_a_wave            LCM-374  communities/rye.yml, line 20
    threshold_below_its_floor       LCM-345  programme.yml, line 4
    unknown_block                   LCM-353  communities/rye.yml, line 23
    unknown_division                LCM-355  communities/rye.yml, line 11
    unknown_indicator               LCM-364  communities/rye.yml, line 25
    unknown_instrument              LCM-344  programme.yml, line 3
    unknown_key                     LCM-303  programme.yml, line 4
    unknown_sector                  LCM-354  communities/rye.yml, line 3
    unpacked_larger_than_memory     LCM-370  programme.yml, line 4
    wave_closes_before_it_opens     LCM-341  programme.yml, line 6
    waves_out_of_order              LCM-366  programme.yml, line 6
    wave_twice                      LCM-343  programme.yml, line 6
"""
# A wave or partner that is named like another one is itself unknown to the rest of the files.
TWICE = {"partner_twice", "wave_twice"}
CASES = [line.split(maxsplit=2) for line in EXPECTED.strip().splitlines()]


def workspace_with(mistake: str, folder: Path) -> Path:
    shutil.copytree(FIXTURES / "good_workspace", folder)
    return Path(shutil.copytree(GALLERY / mistake, folder, dirs_exist_ok=True))


def messages_of(root: Path) -> tuple[Message, ...]:
    with pytest.raises(WorkspaceError) as error:
        load_workspace(root)
    return error.value.messages


@pytest.mark.parametrize(("mistake", "code", "place"), CASES, ids=[case[0] for case in CASES])
def test_a_mistake_is_named_with_its_file_and_line(
    mistake: str, code: str, place: str, tmp_path: Path
) -> None:
    messages = messages_of(workspace_with(mistake, tmp_path / "workspace"))
    assert (code, place) in [(message.code, message.place) for message in messages]
    assert len(messages) == (2 if mistake in TWICE else 1)
    for language in LANGUAGES:
        assert all(message.text(language).startswith(message.place) for message in messages)


def test_every_mistake_of_the_gallery_is_tested() -> None:
    assert {case[0] for case in CASES} | {"two_files_wrong"} == {path.name for path in GALLERY.iterdir()}


def test_one_bad_file_does_not_hide_the_next(tmp_path: Path) -> None:
    codes = [message.code for message in messages_of(workspace_with("two_files_wrong", tmp_path / "w"))]
    assert codes == ["LCM-342", "LCM-347"]


def test_a_workspace_without_mistakes_loads_with_its_own_instrument(tmp_path: Path) -> None:
    setup = load_workspace(Path(shutil.copytree(FIXTURES / "good_workspace", tmp_path / "w")))
    assert setup.programme.id == "bakery"
    assert list(setup.communities) == ["rye"]
    assert setup.instrument.id == "tiny"
    assert setup.communities["rye"].started == date(2025, 1, 1)


def test_a_folder_in_the_inbox_that_is_no_community_is_no_mistake_of_the_workspace(tmp_path: Path) -> None:
    root = Path(shutil.copytree(FIXTURES / "good_workspace", tmp_path / "w"))
    (root / "inbox" / "stranger").mkdir(parents=True)
    assert load_workspace(root).programme.id == "bakery"


def test_a_folder_without_a_programme_is_no_workspace(tmp_path: Path) -> None:
    assert [message.code for message in messages_of(tmp_path)] == ["LCM-340"]


def test_a_community_in_a_file_with_another_ending_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    root = Path(shutil.copytree(FIXTURES / "good_workspace", tmp_path / "w"))
    (root / "communities" / "rye.yml").rename(root / "communities" / "rye.yaml")
    messages = messages_of(root)
    assert [(message.code, message.place) for message in messages] == [("LCM-367", "communities/rye.yaml")]


@pytest.mark.parametrize(
    "text", ["", "[]", "3", "- a\n- b", "profile: 3", "profile: []", "eligible: {x: -1}"]
)
def test_a_file_that_is_no_community_at_all_is_an_error_like_any_other(text: str, tmp_path: Path) -> None:
    root = Path(shutil.copytree(FIXTURES / "good_workspace", tmp_path / "w"))
    (root / "communities" / "rye.yml").write_text(text, encoding="utf-8")
    messages = messages_of(root)
    assert messages
    assert all(message.text("nl").startswith("communities/rye.yml") for message in messages)


def with_shipped_instrument(folder: Path, mapping: str) -> Path:
    """A workspace whose surveys/ hold nothing but a mapping file for an instrument of lcmonitor itself."""
    root = Path(shutil.copytree(FIXTURES / "good_workspace", folder))
    shutil.rmtree(root / "surveys")
    programme = (root / "programme.yml").read_text("utf-8").replace("instrument: tiny", "instrument: small")
    (root / "programme.yml").write_text(programme, "utf-8")
    (root / "communities" / "rye.yml").write_text(PLAIN, "utf-8")
    exports = root / "surveys" / "small" / "exports"
    exports.mkdir(parents=True)
    (exports / "ours.yml").write_text(mapping, "utf-8")
    return root


PLAIN = """
id: rye
name: Rogge
started: 2025-01-01
profile: [{valid_from: 2025-01-01, scale: micro, phase: start, purpose: {nl: Brood, en: Bread}}]
"""


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small survey in the place of those that come with lcmonitor, which have no mapping files."""
    shutil.copytree(FIXTURES / "small_survey", tmp_path / "shipped" / "small")
    monkeypatch.setattr(resources, "SURVEYS", tmp_path / "shipped")


@pytest.mark.usefixtures("shipped")
def test_a_workspace_may_add_mapping_files_to_a_shipped_instrument(tmp_path: Path) -> None:
    root = with_shipped_instrument(tmp_path / "w", "form: people\ncolumns: {Vraag 1: T1}\n")
    mappings = load_workspace(root).instrument.mappings
    assert set(mappings) == {"letters", "ours"}
    assert mappings["ours"].columns == {"Vraag 1": "T1"}
    (root / "surveys/small/exports/ours.yml").rename(root / "surveys/small/exports/letters.yml")
    mappings = load_workspace(root).instrument.mappings
    assert (set(mappings), mappings["letters"].columns) == ({"letters"}, {"Vraag 1": "T1"})


@pytest.mark.usefixtures("shipped")
def test_a_mistake_in_such_a_mapping_file_is_named_by_its_place_in_the_workspace(tmp_path: Path) -> None:
    root = with_shipped_instrument(tmp_path / "w", "form: people\ncolumns:\n  Vraag 1: T7\n")
    (message,) = messages_of(root)
    assert (message.code, message.place) == ("LCM-332", "surveys/small/exports/ours.yml, line 3")


def test_a_programme_without_communities_says_how_to_make_one(tmp_path: Path) -> None:
    root = Path(shutil.copytree(FIXTURES / "good_workspace", tmp_path / "w"))
    (root / "communities" / "rye.yml").unlink()
    assert [message.code for message in messages_of(root)] == ["LCM-362"]
