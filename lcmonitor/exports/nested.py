"""JSON as a grid: a record per response, a column per key; what is nested is named by the keys above it."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pyarrow as pa

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports.decode import Text
from lcmonitor.exports.grid import HEAD, Grid, Path
from lcmonitor.exports.headings import words
from lcmonitor.exports.limits import Limits

MAX_DEPTH = 6
_LOOKS = re.compile(rb'^\s*(?:\[\s*[\[{\]]|\{\s*")')
_QUALTRICS_HEADING = b'"ImportId"'  # in braces and quotes too, but of a table
_QUALTRICS_RECORD = {"responseId", "values"}  # beside labels and what was shown

Record = Mapping[str, Any]
Leaf = str | tuple[str, ...]
Cells = dict[Path, str]


def looks_nested(text: bytes) -> bool:
    """Whether the text begins as a list of records does and no table, or is JSON of any other kind."""
    if _LOOKS.match(text):
        return _QUALTRICS_HEADING not in text[: text.find(b"\n")]
    return text.lstrip().startswith((b"[", b"{")) and _is_value(text)


def _is_value(text: bytes) -> bool:
    try:
        _value(text)
    except (ValueError, RecursionError):
        return False
    return True


def grid(name: str, text: Text, limits: Limits) -> Grid:
    """Raises ExportError: LCM-118 and LCM-175 a questionnaire's design, LCM-130 no list of responses that can
    be laid out as a table, LCM-132 of Qualtrics, LCM-174 broken off or damaged.
    """
    records = [
        dict(_leaves(name, (), _unwrapped(record))) for record in _responses(name, _parsed(name, text.utf8))
    ]
    cells = _spread(records)
    paths = _paths(cells)
    if not paths or len(paths) * len(cells) > limits.cells:
        raise ExportError(_no_list(name))
    rows = [tuple(record.get(path, "") for path in paths) for record in cells[: HEAD - 1]]
    return Grid(
        name=name,
        head=(tuple(map(heading, paths)), *rows),
        body=partial(_body, paths, cells),
        first_row=0,  # there is no row of headings: the first response is row 1
        encoding=text.encoding,
        paths=paths,
        remarks=text.remarks,
    )


def heading(path: Path) -> str:
    """``question[row][column]``, as other tools write a part of a question."""
    return path[0] + "".join(f"[{key}]" for key in path[1:])


def _body(paths: tuple[Path, ...], cells: list[Cells], _: int) -> pa.Table:
    columns = [pa.array([record.get(path, "") for record in cells], pa.string()) for path in paths]
    return pa.table(columns, names=[str(position) for position in range(len(paths))])


def _parsed(name: str, text: bytes) -> Any:
    """The whole as one value, or else a list of one value a line."""
    try:
        try:
            return _value(text)
        except ValueError:
            return [_value(line) for line in text.splitlines() if line.strip()]
    except ValueError:
        raise ExportError(Message("LCM-174", name)) from None
    except RecursionError:
        raise ExportError(_no_list(name)) from None


def _value(text: bytes) -> Any:
    """Numbers stay as they are written; a key that is there twice is damage."""
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_pairs)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key twice")
    return found


def _responses(name: str, found: Any) -> list[Record]:
    """The list of records, also where it is the one list in an object around it."""
    if isinstance(found, dict):
        if "SurveyElements" in found:
            raise ExportError(Message("LCM-118", name, {"tool": "qualtrics"}))
        if found.keys() & set(words("surveyjs")["design"]):
            raise ExportError(Message("LCM-175", name, {"tool": "surveyjs"}))
        lists = [value for value in found.values() if _is_records(value)]
        found = lists[0] if len(lists) == 1 else [found]
    if not _is_records(found):
        raise ExportError(_no_list(name))
    if all(record.keys() >= _QUALTRICS_RECORD and isinstance(record["values"], dict) for record in found):
        raise ExportError(Message("LCM-132", name, {"tool": "qualtrics"}))
    return list(found)


def _no_list(name: str) -> Message:
    return Message("LCM-130", name, {"depth": MAX_DEPTH})


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) and one for one in value)


def _unwrapped(record: Record) -> Record:
    """Answers that lie one level deeper: below their own number, or beside what a server keeps of them."""
    number, value = next(iter(record.items()))
    if len(record) == 1 and isinstance(value, dict) and str(value.get("id")) == number:
        return value
    inner = [key for key in words("surveyjs")["answers_in"] if isinstance(record.get(key), dict)]
    if len(inner) != 1:
        return record
    around = {key: value for key, value in record.items() if key != inner[0]}
    return record if around.keys() & record[inner[0]].keys() else around | record[inner[0]]


def _leaves(name: str, path: Path, value: Any) -> Iterator[tuple[Path, Leaf]]:
    """Every value of a record under the keys that lead to it; a list of plain values is one value."""
    if len(path) > MAX_DEPTH:
        raise ExportError(_no_list(name))
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict) and (value or not path):
        for key, inner in value.items():
            yield from _leaves(name, (*path, key), inner)
    elif isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        for number, inner in enumerate(value, 1):
            yield from _leaves(name, (*path, str(number)), inner)
    elif isinstance(value, list) and value:
        yield path, tuple(map(_text, value))
    else:
        yield path, "" if isinstance(value, dict | list) else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _spread(records: list[dict[Path, Leaf]]) -> list[Cells]:
    """A column per choice, holding the choice; of what was put in order, a column per place."""
    lists: dict[Path, list[tuple[str, ...]]] = defaultdict(list)
    for record in records:
        for path, leaf in record.items():
            if isinstance(leaf, tuple):
                lists[path].append(leaf)
    ordered = {path for path, chosen in lists.items() if _is_order(chosen)}
    return [
        {place: text for path, leaf in record.items() for place, text in _cells(path, leaf, ordered)}
        for record in records
    ]


def _is_order(chosen: list[tuple[str, ...]]) -> bool:
    """Everybody chose the same, and more than one, and not always in the same order."""
    return len(chosen[0]) > 1 and len(set(chosen)) > 1 and len({frozenset(one) for one in chosen}) == 1


def _cells(path: Path, leaf: Leaf, ordered: set[Path]) -> Iterator[tuple[Path, str]]:
    if isinstance(leaf, str):
        yield path, leaf
    else:
        for place, choice in enumerate(leaf, 1):
            yield (*path, str(place) if path in ordered else choice), choice


def _paths(cells: list[Cells]) -> tuple[Path, ...]:
    """The columns, in the order in which they first appear; what is nested has no cell of its own."""
    filled = {path for record in cells for path, text in record.items() if text}
    found = dict.fromkeys(path for record in cells for path in record)
    above = {path[:depth] for path in found for depth in range(1, len(path))}
    return tuple(path for path in found if path in filled or path not in above)
