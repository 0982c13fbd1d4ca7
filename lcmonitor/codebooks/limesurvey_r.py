"""The R syntax that LimeSurvey writes beside a data file: names, labels and levels of every column."""

import re
from collections.abc import Iterator

from lcmonitor.codebooks.built_in import CHOSEN
from lcmonitor.codebooks.described import Answer, Described, Kind, Question
from lcmonitor.codebooks.file import File
from lcmonitor.codebooks.own_columns import own_columns

_STRING = r'"((?:[^"\\]++|\\.)*+)"'
_NAME = re.compile(rf"^names\(data\)\[(\d+)\] <- {_STRING}", re.MULTILINE)
_LABEL = re.compile(rf"^attributes\(data\)\$variable\.labels\[(\d+)\] <- {_STRING}", re.MULTILINE)
_TYPE = re.compile(r"^# LimeSurvey Field type: *(\w*).*\ndata\[, *(\d+)\]", re.MULTILINE)
_LEVELS = re.compile(
    r"^data\[, *(\d+)\] <- factor\(data\[, *\d+\], *levels=c\((.*)\), *labels=c\((.*)\)\)", re.MULTILINE
)
_VALUE = re.compile(rf"{_STRING}|([^\s,\"]+)")
_PART = re.compile(r"^\[([^\]]*)\]\s*(.*)$", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CHARACTERS = {"n": "\n", "t": " ", "r": " "}
_TICKED = ("1", "0")  # how LimeSurvey writes an option that was ticked or not, and nothing else


def read(file: File) -> Described | None:
    """None: not LimeSurvey's R syntax."""
    names = {at: _plain(name) for at, name in _NAME.findall(file.text)}
    labels = {at: _plain(label) for at, label in _LABEL.findall(file.text)}
    if not names or not labels:
        return None
    left_out = tuple(own_columns([*names.values()]))
    own = {one.code for one in left_out}
    kinds, levels = dict(_kinds(file.text)), dict(_levels(file.text))
    questions = tuple(
        _question(name, labels.get(at, ""), kinds.get(at, "text"), levels.get(at, ()))
        for at, name in names.items()
        if name not in own
    )
    return Described({}, questions, left_out)


def _question(name: str, label: str, kind: Kind, answers: tuple[Answer, ...]) -> Question:
    part = _PART.match(label)
    words, around = ({"": part[1]}, {"": part[2]}) if part else ({"": label}, {})
    ticked = part and tuple(answer.code for answer in answers) == _TICKED
    return Question(name, "choice" if answers else kind, words, answers, CHOSEN if ticked else "", around)


def _kinds(text: str) -> Iterator[tuple[str, Kind]]:
    for letter, at in _TYPE.findall(text):
        yield at, "number" if letter == "F" else "date" if letter.startswith("DATE") else "text"


def _levels(text: str) -> Iterator[tuple[str, tuple[Answer, ...]]]:
    for at, levels, labels in _LEVELS.findall(text):
        pairs = zip(_values(levels), _values(labels), strict=False)
        yield at, tuple(Answer(code, {"": label}) for code, label in pairs)


def _values(listed: str) -> list[str]:
    return [_plain(quoted) or bare for quoted, bare in _VALUE.findall(listed)]


def _plain(written: str) -> str:
    """A string of R without its escapes."""
    return _ESCAPED.sub(lambda found: _CHARACTERS.get(found[1], found[1]), written)
