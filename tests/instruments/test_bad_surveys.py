"""One wrong file per mistake; in each a comment marks the line that the message must name, and its code."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from lcmonitor.errors import LANGUAGES, Message, WorkspaceError
from lcmonitor.instruments.columns import RESERVED, clashes
from lcmonitor.instruments.load import load_instrument
from lcmonitor.intake.responses import RESPONSE_FIELDS
from lcmonitor.store.responses import OWN

FIXTURES = Path(__file__).parents[1] / "fixtures"
BAD = FIXTURES / "bad_surveys"
TAKES_THE_PLACE_OF = {
    "codebook": "codebook.yml",
    "blocks": "blocks.yml",
    "indicators": "indicators.yml",
    "sectors": "sectors/farming.yml",
    "exports": "exports/letters.yml",
}
MARK = re.compile(r"# (LCM-\d{3})$")


def marked(path: Path) -> Counter[tuple[str, int]]:
    """Code and line of every mark in the file."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return Counter((mark[1], number) for number, line in lines if (mark := MARK.search(line)))


def told(messages: tuple[Message, ...], file: str) -> Counter[tuple[str, int]]:
    """Code and line of every message, which all must be about ``file``."""
    names = {message.place.partition(", line ")[0] for message in messages}
    assert names == {file}
    return Counter((message.code, int(message.place.partition(", line ")[2])) for message in messages)


def small_survey(at: Path) -> Path:
    folder = at / "small"
    shutil.copytree(FIXTURES / "small_survey", folder)
    return folder


@pytest.mark.parametrize(
    "bad", sorted(BAD.glob("*/*.yml")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_a_mistake_is_told_with_its_code_at_its_line(bad: Path, tmp_path: Path) -> None:
    folder = small_survey(tmp_path)
    place = TAKES_THE_PLACE_OF[bad.parent.name]
    shutil.copy(bad, folder / place)
    with pytest.raises(WorkspaceError) as raised:
        load_instrument(folder, tmp_path)
    assert told(raised.value.messages, f"small/{place}") == marked(bad)
    for message in raised.value.messages:
        for language in LANGUAGES:
            assert message.text(language).startswith(message.place)


def test_every_file_of_the_gallery_marks_its_mistake() -> None:
    assert not [path.name for path in BAD.glob("*/*.yml") if not marked(path)]


def test_mistakes_in_several_files_are_told_together(tmp_path: Path) -> None:
    folder = small_survey(tmp_path)
    for bad in ("codebook/unknown_scale", "sectors/missing_translation", "exports/unknown_key"):
        kind = bad.partition("/")[0]
        shutil.copy(BAD / f"{bad}.yml", folder / TAKES_THE_PLACE_OF[kind])
    with pytest.raises(WorkspaceError) as raised:
        load_instrument(folder, tmp_path)
    assert {message.code for message in raised.value.messages} == {"LCM-312", "LCM-306", "LCM-303"}


def test_a_folder_without_a_codebook_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as raised:
        load_instrument(tmp_path / "nothing", tmp_path)
    assert [(m.code, m.place) for m in raised.value.messages] == [("LCM-310", "nothing/codebook.yml")]


def test_a_code_that_a_response_uses_itself_is_refused_whatever_its_capitals() -> None:
    assert {*RESPONSE_FIELDS.names, *OWN} <= RESERVED
    found = {(clash.code, clash.taken) for clash in clashes(["T1", "Wave", "row", "t1", "C1_1", "c11"])}
    assert found == {("Wave", "wave"), ("row", "row"), ("t1", "T1")}


def test_the_small_survey_itself_is_right(tmp_path: Path) -> None:
    assert load_instrument(small_survey(tmp_path), tmp_path).id == "small"
