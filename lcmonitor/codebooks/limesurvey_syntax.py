"""The syntax that LimeSurvey writes beside a data file for R or SPSS, by itself or in a zip with the data."""

import re
from collections.abc import Iterator, Mapping

from lcmonitor.codebooks.built_in import CHOSEN
from lcmonitor.codebooks.described import Answer, Described, Kind, Question
from lcmonitor.codebooks.file import File
from lcmonitor.codebooks.own_columns import own_columns
from lcmonitor.exports import syntax
from lcmonitor.exports.table import Column

_IN_R = re.compile(r"^# LimeSurvey Field type: *(\w*).*\ndata\[, *(\d+)\]", re.MULTILINE)
_IN_SPSS = re.compile(r"^ *V(\d+) ([A-Z]+)\d", re.MULTILINE)
_SCALE = re.compile(r"^\[(?P<scale>[^\]]+ [12])\]\s*(?P<text>.*)$", re.DOTALL)
_TICKED = ("1", "0")  # how LimeSurvey writes an option that was ticked or not, and nothing else


def read(file: File) -> Described | None:
    """None: no syntax of LimeSurvey."""
    texts = [file.text, *(File(name, data).text for name, data in file.members.items() if _is_syntax(name))]
    found = next(filter(None, map(_columns, texts)), None)
    if found is None:
        return None
    columns, kinds = found
    left_out = tuple(own_columns([column.heading for column in columns]))
    own = {one.code for one in left_out}
    asked = (column for column in columns if column.heading not in own)
    return Described({}, tuple(_question(column, kinds) for column in asked), left_out)


def _is_syntax(member: str) -> bool:
    return member.lower().endswith((".r", ".sps"))


def _columns(text: str) -> tuple[tuple[Column, ...], Mapping[int, Kind]] | None:
    """The columns, and by position what they hold."""
    if "variable.labels[" in text:
        pairs = ((int(at), form) for form, at in _IN_R.findall(text))
        return syntax.from_r(text), dict(_kinds(pairs))
    if "VARIABLE LABELS" in text and "/VARIABLES=" in text:
        return syntax.from_spss(text), dict(_kinds((int(at), form) for at, form in _IN_SPSS.findall(text)))
    return None


def _kinds(forms: Iterator[tuple[int, str]]) -> Iterator[tuple[int, Kind]]:
    for number, form in forms:
        kind: Kind = "number" if form == "F" else "date" if form.startswith("DATE") else "text"
        yield number - 1, kind


def _question(column: Column, kinds: Mapping[int, Kind]) -> Question:
    """A dual scale keeps LimeSurvey's brackets: without them nobody knows which of the two it is."""
    scale = _SCALE.match(column.text)
    text, part = (scale["text"], f"{column.part} – {scale['scale']}") if scale else (column.text, column.part)
    words, around = ({"": part}, {"": text}) if part else ({"": text}, {})
    answers = tuple(Answer(code, {"": label}) for code, label in column.labels.items())
    ticked = column.part and tuple(column.labels) == _TICKED
    return Question(
        column.code if "#" in column.heading else column.heading,
        "choice" if answers else kinds.get(column.position, "text"),
        words,
        answers,
        CHOSEN if ticked else "",
        around,
        also=(f"{text} [{column.part}][{scale['scale']}]",) if scale else (),
    )
