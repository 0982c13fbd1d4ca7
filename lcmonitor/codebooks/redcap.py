"""REDCap's data dictionary, with the headings of the project's own page or with those of its API."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lcmonitor.codebooks.built_in import CHOSEN, built_in
from lcmonitor.codebooks.described import Answer, Described, Kind, LeftOut, Question, Reason
from lcmonitor.codebooks.file import File
from lcmonitor.codebooks.languages import content
from lcmonitor.exports.headings import key

Row = Mapping[str, str]

_SEPARATOR = re.compile(r"\s*\|\s*|\s*\n\s*")
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9_]")
_COMPUTED = re.compile(r"@CALC(?:TEXT|DATE)\b", re.IGNORECASE)


def read(file: File) -> Described | None:
    """None: no data dictionary."""
    for headings, *body in file.tables.values():
        names = [_names().get(key(heading), "") for heading in headings]
        if {"name", "form", "type", "label"} <= set(names):
            rows = [dict(zip(names, map(str.strip, cells), strict=True)) for cells in body]
            return _described([row for row in rows if row["name"]])
    return None


def _names() -> Mapping[str, str]:
    headings: Mapping[str, Sequence[str]] = content("redcap")["headings"]
    return {key(heading): name for name, both in headings.items() for heading in both}


def _described(rows: Sequence[Row]) -> Described:
    """The first field is the number of the record, whatever it is called."""
    reasons = {row["name"]: "own" if at == 0 else _reason(row) for at, row in enumerate(rows)}
    left_out = tuple(LeftOut(name, reason) for name, reason in reasons.items() if reason)
    questions = (question for row in rows if not reasons[row["name"]] for question in _questions(row))
    return Described({}, tuple(questions), left_out)


def _reason(row: Row) -> Reason | None:
    if row.get("identifier", "").lower() in ("y", "yes") or row.get("validation", "") in ("email", "phone"):
        return "personal"
    if _COMPUTED.search(row.get("annotation", "")):
        return "calculated"
    known: Mapping[str, str] = content("redcap")["types"].get(
        row["type"].lower(), {"left_out": "unsupported"}
    )
    return known.get("left_out")  # type: ignore[return-value]  # of our own table


def _questions(row: Row) -> Iterator[Question]:
    words, section = {"": row["label"]}, {"": row["form"]}
    known = content("redcap")["types"][row["type"].lower()]
    plain = Question(row["name"], known["kind"], words, section=section)
    if known.get("built_in"):
        yield replace(plain, answers=built_in(known["built_in"]), answers_name=known["built_in"])
    elif row["type"].lower() == "checkbox":
        for answer in _choices(row.get("choices", "")):
            code = f"{row['name']}___{_NOT_IN_A_NAME.sub('_', answer.code.lower())}"
            yield Question(code, "choice", answer.words, built_in(CHOSEN), CHOSEN, words, section)
    elif known["kind"] == "choice":
        yield replace(plain, answers=tuple(_choices(row.get("choices", ""))))
    else:
        yield replace(plain, kind=known["kind"] if known["kind"] != "text" else _typed(row))


def _typed(row: Row) -> Kind:
    """What the validation of a text field lets in."""
    validation = row.get("validation", "").lower()
    kinds: Mapping[str, Kind] = content("redcap")["validations"]
    return next((kind for start, kind in kinds.items() if validation.startswith(start)), "text")


def _choices(written: str) -> Iterator[Answer]:
    """``1, Yes | 2, No``: a label may hold commas too."""
    for one in _SEPARATOR.split(written.strip()):
        code, comma, label = one.partition(",")
        if code.strip() and comma:
            yield Answer(code.strip(), {"": label.strip()})
