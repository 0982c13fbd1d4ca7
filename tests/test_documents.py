"""YAML that knows its places, and pydantic's findings in the catalogue's words."""

from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, RootModel

from lcmonitor.documents import Document, Problems, load, load_as, parse, read
from lcmonitor.errors import LANGUAGES, Message, WorkspaceError
from lcmonitor.instruments.model import Text


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: Text | None = None
    colour: Literal["red", "blue"] = "red"
    size: int = Field(1, ge=1)
    pair: tuple[int, int] = (0, 0)
    day: date | None = Field(None, alias="from")


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    parts: dict[str, Part] = {}
    row: tuple[Part, ...] = ()
    either: int | Part | None = None
    amount: float | None = None
    said: bool | None = None


class Table(RootModel[dict[str, Part]]):
    pass


def messages(text: str, model: type[BaseModel] = Whole) -> list[tuple[str, str, dict[str, object]]]:
    with pytest.raises(WorkspaceError) as raised:
        parse(read(text, "a.yml"), model)
    for message in raised.value.messages:
        assert all(message.text(language) for language in LANGUAGES)
    return [(message.code, message.place, dict(message.params)) for message in raised.value.messages]


def unreadable(text: str) -> Message:
    with pytest.raises(WorkspaceError) as raised:
        read(text, "a.yml")
    assert all(raised.value.messages[0].text(language) for language in LANGUAGES)
    return raised.value.messages[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", "False"),
        ("null", None),
        ("~", None),
        ("7", 7),
        ("-7", -7),
        ("007", "007"),  # no octal number, an id
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("12:30", "12:30"),  # no number of base sixty, a time
        ("0.5", 0.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1.2.3", "1.2.3"),
        ("-", None),
        ("2026-01-31", "2026-01-31"),
        ("2026-02-30", "2026-02-30"),
    ],
)
def test_plain_values_are_what_they_look_like(written: str, meant: object) -> None:
    value = read(f"a: {written}" if written != "-" else "a:", "a.yml").data["a"]
    assert value == meant
    assert type(value) is type(meant)


def test_every_key_and_entry_has_its_line() -> None:
    document = read("a:\n  b: 1\n  c:\n    - x\n    - d: 2\n1: one\n", "folder/a.yml")
    lines = {
        ("a",): 1, ("a", "b"): 2, ("a", "c"): 3, ("a", "c", 0): 4, ("a", "c", 1): 5, ("a", "c", 1, "d"): 5,
        (1,): 6,
    }  # fmt: skip
    assert document.places == {at: f"folder/a.yml, line {line}" for at, line in lines.items()}


@pytest.mark.parametrize(
    ("location", "line"),
    [
        (("a", "b"), 2),
        (("a", "missing"), 1),  # the nearest thing around it
        (("a", "function-before", "b"), 2),  # pydantic names types on the way
        ((), 1),
        (("nothing",), 1),
    ],
)
def test_a_place_that_is_not_there_is_the_nearest_one(location: tuple[str | int, ...], line: int) -> None:
    assert read("a:\n  b: 1\n", "a.yml").place(location) == f"a.yml, line {line}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1, 2", 1),
        ("a: 1\nb: c: d\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: 'x\n", 1),
        ("a: 1\n---\nb: 2\n", 2),  # one file, one document
        ("a: &x 1\nb: *x\n", 2),
        ("a: &x [*x]\n", 1),
        ("? [a, b]\n: 1\n", 1),
        ("a: !!python/object:os.system {}\n", 1),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, line: int) -> None:
    message = unreadable(text)
    assert message.code == "LCM-301"
    assert message.place in (
        f"a.yml, line {line}",
        f"a.yml, line {line + 1}",
    )  # a tool may notice a line late


def test_a_control_character_is_told_although_it_has_no_line() -> None:
    assert unreadable("a: \x07\n").code == "LCM-301"


def test_a_key_twice_is_told_at_the_second(tmp_path: Path) -> None:
    message = unreadable("a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert (message.code, message.place, message.params) == ("LCM-302", "a.yml, line 4", {"key": "b"})


def test_a_file_is_called_by_its_path_below_the_root(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    path = tmp_path / "sub" / "a.yml"
    path.write_text("﻿name: é\n", encoding="utf-8")  # as Windows' editors write it
    document = load(path, tmp_path)
    assert document == Document("sub/a.yml", {"name": "é"}, {("name",): "sub/a.yml, line 1"})
    assert load_as(path, tmp_path, Whole).value.name == "é"


def test_an_empty_file_is_an_empty_mapping(tmp_path: Path) -> None:
    assert read("# nothing yet\n", "a.yml").data == {}


def test_a_file_that_is_not_there_or_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "old.yml").write_bytes("naam: België".encode("cp1252"))
    for name, code in (("none.yml", "LCM-310"), ("old.yml", "LCM-311")):
        with pytest.raises(WorkspaceError) as raised:
            load(tmp_path / name, tmp_path)
        assert [(m.code, m.place) for m in raised.value.messages] == [(code, name)]


def test_an_unknown_key_is_told_with_the_nearest_known_one() -> None:
    found = messages("name: x\nparts:\n  p:\n    sise: 2\n")
    assert found == [("LCM-303", "a.yml, line 4", {"key": "sise", "allowed": "size"})]


def test_an_unknown_key_like_no_other_is_told_with_all_of_them() -> None:
    (found,) = messages("name: x\nrow:\n  - zzz: 2\n")
    assert found == ("LCM-303", "a.yml, line 3", {"key": "zzz", "allowed": "colour, from, pair, size, title"})


def test_keys_are_known_below_a_table_and_below_a_choice_of_types() -> None:
    (in_table,) = messages("p:\n  form: 2026-01-01\n", Table)
    assert in_table == ("LCM-303", "a.yml, line 2", {"key": "form", "allowed": "from"})
    assert ("LCM-303", "a.yml, line 3", {"key": "sise", "allowed": "size"}) in messages(
        "name: x\neither:\n  sise: 1\n"
    )


def test_a_missing_key_is_told_where_it_should_be() -> None:
    assert messages("parts: {}\n") == [("LCM-304", "a.yml, line 1", {"key": "name"})]


def test_a_missing_translation_has_its_own_code() -> None:
    found = messages("name: x\nparts:\n  p:\n    title: {nl: Titel}\n")
    assert found == [("LCM-306", "a.yml, line 4", {"key": "title", "language": "en"})]


def test_an_unknown_language_is_an_unknown_key() -> None:
    (found,) = messages("name: x\nparts:\n  p:\n    title: {nl: T, en: T, de: T}\n")
    assert found == ("LCM-303", "a.yml, line 4", {"key": "de", "allowed": "nl, en"})


@pytest.mark.parametrize(
    ("line", "code", "params"),
    [
        ("{colour: green}", "LCM-307", {"key": "colour", "allowed": "red, blue"}),
        ("{size: 0}", "LCM-308", {"key": "size", "limit": "≥ 1"}),
        ("{size: many}", "LCM-309", {"key": "size", "example": "5"}),
        ("{size: 1.5}", "LCM-309", {"key": "size", "example": "5"}),
        ("{from: 31-01-2026}", "LCM-309", {"key": "from", "example": "2026-01-31"}),
        ("{from: 2026-02-30}", "LCM-309", {"key": "from", "example": "2026-01-31"}),
        ("{title: Titel}", "LCM-309", {"key": "title", "example": "{a: …, b: …}"}),
        ("{pair: [1]}", "LCM-338", {"key": "pair", "limit": "≥ 2"}),
        ("{pair: [1, 2, 3]}", "LCM-338", {"key": "pair", "limit": "≤ 2"}),
        ("[a]", "LCM-309", {"key": "p", "example": "{a: …, b: …}"}),
    ],
)
def test_a_wrong_value_is_told_with_what_is_right(line: str, code: str, params: dict[str, object]) -> None:
    assert messages(f"name: x\nparts:\n  p: {line}\n") == [(code, "a.yml, line 3", params)]


@pytest.mark.parametrize("text", ["- a\n- b\n", "words\n", "7\n"])
def test_a_file_that_is_no_mapping_is_told(text: str) -> None:
    assert messages(text) == [("LCM-309", "a.yml, line 1", {"key": "a.yml", "example": "{a: …, b: …}"})]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = messages("parts:\n  p: {size: 0, colour: green}\nrow: [{sise: 1}]\n")
    assert sorted(code for code, _, _ in found) == ["LCM-303", "LCM-304", "LCM-307", "LCM-308"]


def test_a_list_whose_only_entry_is_wrong_is_not_too_short_as_well() -> None:
    class Needed(BaseModel):
        model_config = ConfigDict(extra="forbid")
        row: tuple[Part, ...] = Field(min_length=1)

    assert [code for code, _, _ in messages("row:\n  - {size: 0}\n", Needed)] == ["LCM-308"]
    assert [code for code, _, _ in messages("row: []\n", Needed)] == ["LCM-338"]


def test_an_entry_of_a_list_is_called_by_the_list() -> None:
    class Colours(BaseModel):
        model_config = ConfigDict(extra="forbid")
        colours: tuple[Literal["red", "blue"], ...]

    found = messages("colours:\n  - red\n  - green\n", Colours)
    assert found == [("LCM-307", "a.yml, line 3", {"key": "colours", "allowed": "red, blue"})]


def test_problems_are_kept_once_and_in_order() -> None:
    problems = Problems()
    first, second = Message("LCM-304", "a.yml, line 1", {"key": "a"}), Message("LCM-311", "b.yml")

    def fail() -> None:
        raise WorkspaceError(second, first)

    problems.add([first])
    assert problems.attempt(fail) is None
    assert problems.attempt(lambda: 7) == 7
    assert problems.messages == [first, second]
