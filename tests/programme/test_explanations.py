"""What a community says of its figures, as it is read from its files."""

import shutil
from pathlib import Path

import pytest

from lcmonitor import resources
from lcmonitor.errors import WorkspaceError
from lcmonitor.programme.explanations import LONGEST, Explanations
from lcmonitor.programme.load import load_workspace

GOOD = Path(__file__).parents[1] / "fixtures" / "good_workspace"


def _read(folder: Path, text: str, name: str = "2025-1.yml") -> Explanations:
    root = Path(shutil.copytree(GOOD, folder / "w"))
    place = root / "communities" / "rye" / "explanations"
    place.mkdir(parents=True)
    (place / name).write_text(text, encoding="utf-8")
    return load_workspace(root).explanations["rye"]["2025-1"]


def test_a_community_without_a_file_says_nothing() -> None:
    assert load_workspace(GOOD).explanations == {}


def test_one_language_is_enough(tmp_path: Path) -> None:
    said = _read(tmp_path, "by: de bakkers\ngeneral: {en: We know this.}")
    assert (said.by, said.general, said.figures) == ("de bakkers", {"en": "We know this."}, {})


@pytest.mark.parametrize("text", ["", "general:\nfigures:", "general: {nl: , en: '  '}"])
def test_a_file_that_is_still_to_be_filled_in_says_nothing(text: str, tmp_path: Path) -> None:
    assert _read(tmp_path, text) == Explanations()


def test_as_long_as_may_be_is_not_too_long(tmp_path: Path) -> None:
    assert len(_read(tmp_path, f"general: {{nl: {'a' * LONGEST}}}").general["nl"]) == LONGEST


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("general: {de: Das kennen wir.}", "LCM-303"),
        ("general: Wij herkennen dit.", "LCM-309"),
        ("general: {nl: [a]}", "LCM-309"),
        ("figuers: {}", "LCM-303"),
        ("general: {nl: a, nl: b}", "LCM-302"),
        ("general: {nl: a: b}", "LCM-301"),
    ],
)
def test_what_is_written_otherwise_is_told_with_its_line(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as error:
        _read(tmp_path, f"by: wij\n{text}")
    told = [(message.code, message.place) for message in error.value.messages]
    assert told == [(code, "communities/rye/explanations/2025-1.yml, line 2")]


def test_a_file_with_another_ending_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as error:
        _read(tmp_path, "general: {nl: a}", "2025-1.yaml")
    told = [(message.code, message.place) for message in error.value.messages]
    assert told == [("LCM-367", "communities/rye/explanations/2025-1.yaml")]


def test_no_error_repeats_what_somebody_wrote(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as error:
        _read(tmp_path, f"general: {{nl: {'zegdemeester ' * 200}}}")
    assert [message.code for message in error.value.messages] == ["LCM-399"]
    assert all("zegdemeester" not in message.text("nl") for message in error.value.messages)


def test_the_example_of_a_new_workspace_names_a_figure_that_there_is() -> None:
    template = Path(resources.__file__).parent / "programme" / "template" / "communities" / "example"
    text = (template / "explanations" / "2026-2.yml").read_text(encoding="utf-8")
    assert "# shared-vision-mean:" in text
    assert "shared-vision-mean" in load_workspace(template.parents[1]).instrument.indicators
