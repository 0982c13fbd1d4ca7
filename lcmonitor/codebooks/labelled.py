"""Data files that carry their own labels: SPSS (.sav, .zsav, .por) and Stata (.dta)."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyreadstat

from lcmonitor.codebooks.built_in import CHOSEN, built_in
from lcmonitor.codebooks.described import Answer, Described, Kind, Question
from lcmonitor.codebooks.file import File
from lcmonitor.codebooks.languages import content
from lcmonitor.codebooks.own_columns import own_columns
from lcmonitor.exports.variables import as_text

_ENCODINGS = (None, "UTF-8", "WINDOWS-1252", "LATIN1")  # what the file declares first; it may be wrong

Value = float | str


def read(file: File) -> Described | None:
    """None: no data file of SPSS or Stata. Only its description is read, never an answer."""
    meta = _meta(file)
    if meta is None:
        return None
    names = meta.column_names
    left_out = tuple(own_columns(names))
    own = {one.code for one in left_out}
    sets = {name: each for each in getattr(meta, "mr_sets", {}).values() for name in each["variable_list"]}
    questions = (_in_set(_question(name, meta), sets.get(name)) for name in names if name not in own)
    return Described({}, tuple(questions), left_out)  # a file's label names its maker rather than the survey


def _meta(file: File) -> Any:
    """The description of the data. Raises ExportError LCM-117: damaged, or in no encoding that is known."""
    reader = _reader(file.data)
    if reader is None:
        return None
    for encoding in _ENCODINGS:
        try:
            return reader(io.BytesIO(file.data), encoding=encoding, metadataonly=True)[1]
        except (pyreadstat.ReadstatError, UnicodeDecodeError):
            continue
    raise file.refused("LCM-117")


def _reader(data: bytes) -> Callable[..., Any] | None:
    if data.startswith((b"$FL2", b"$FL3")):
        return lambda *given, **named: pyreadstat.read_sav(*given, user_missing=True, **named)
    if b"SPSS PORT FILE" in data[:600]:
        return lambda given, encoding, **named: pyreadstat.read_por(given, **named)
    old = b"\x69" <= data[:1] <= b"\x73" and data[1:2] in (b"\x01", b"\x02") and data[2:4] == b"\x01\x00"
    if data.startswith(b"<stata_dta>") or old:
        return lambda *given, **named: pyreadstat.read_dta(*given, user_missing=True, **named)
    return None


def _question(name: str, meta: Any) -> Question:
    form = meta.original_variable_types[name]
    answers = tuple(_answers(name, meta, numeric=_kind(form) != "text"))
    words = {"": meta.column_names_to_labels.get(name) or ""}
    if any(not answer.missing for answer in answers):
        return Question(name, "choice", words, answers)
    return Question(name, _kind(form), words)


def _answers(name: str, meta: Any, numeric: bool) -> Iterator[Answer]:
    """A letter that a number may hold is how Stata writes why there is no answer."""
    ranges: Sequence[Mapping[str, Any]] = meta.missing_ranges.get(name, [])
    labels: Mapping[Value, str] = meta.variable_value_labels.get(name, {})
    for value, label in labels.items():
        lettered = numeric and isinstance(value, str)
        missing = lettered or any(_within(value, each["lo"], each["hi"]) for each in ranges)
        yield Answer(_text(value), {"": label}, missing)
    declared = (each["lo"] for each in ranges if each["lo"] == each["hi"] and each["lo"] not in labels)
    yield from (Answer(_text(value), {}, missing=True) for value in declared)


def _text(value: Value) -> str:
    return value.rstrip() if isinstance(value, str) else as_text(value)


def _within(value: Value, low: Value, high: Value) -> bool:
    if isinstance(value, str) or isinstance(low, str) or isinstance(high, str):
        return value == low
    return low <= value <= high


def _kind(form: str) -> Kind:
    """By the format in which SPSS (``F8.2``, ``A40``) or Stata (``%9.0g``, ``%td``) shows it."""
    if form.startswith("%"):
        plain = form.lstrip("%-")
        return "text" if plain.endswith("s") else "date" if plain[:1] in ("t", "d") else "number"
    letters = form.rstrip("0123456789.").upper()
    kinds: Mapping[str, Kind] = content("spss")
    return kinds.get(letters, "number")


def _in_set(question: Question, of: Mapping[str, Any] | None) -> Question:
    """A multiple-response set of dichotomies says which value means that an option was chosen."""
    if not of or not of["is_dichotomy"]:
        return question
    around = {"": of["label"] or ""}
    if question.kind == "number" and of["counted_value"] == 1:
        return replace(question, kind="choice", answers=built_in(CHOSEN), answers_name=CHOSEN, around=around)
    return replace(question, around=around)
