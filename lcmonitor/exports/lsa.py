"""LimeSurvey's archive (``.lsa``): responses and the structure that says what was asked and answered.

The best upload there is: codes, words, labels, and no answer at all where nothing was shown. The list of
participants in it is not opened, as the token stands with each response; nor are the timings.
"""

from collections.abc import Sequence
from dataclasses import replace
from zipfile import ZipFile

import pyarrow as pa

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports.grid import Grid, beside
from lcmonitor.exports.limits import Limits
from lcmonitor.exports.lss import Questionnaire, questionnaire
from lcmonitor.exports.packed import members
from lcmonitor.exports.sgqa import columns_of
from lcmonitor.exports.xml import feed

_TOOL = "limesurvey"
_STRUCTURE, _RESPONSES = ".lss", "_responses.lsr"
_CELLS = 1_000_000  # so many are kept as Python texts at one time


def grids(name: str, archive: ZipFile, limits: Limits) -> list[Grid]:
    """[] if these are not the files of an archive.

    Raises ExportError: LCM-162 no responses, LCM-163 not one survey's; those of ``xml`` and ``packed``.
    """
    structures, responses = (
        [member for member in archive.namelist() if member.endswith(ending)]
        for ending in (_STRUCTURE, _RESPONSES)
    )
    if not responses:
        if all(map(_belongs, archive.namelist())):
            raise ExportError(Message("LCM-162", name, {"tool": _TOOL}))
        return []
    if len(structures) != 1 or len(responses) != 1:
        raise ExportError(Message("LCM-163", name, {"tool": _TOOL}))
    structure, answers = members(name, archive, (*structures, *responses), limits)
    table = _Responses()
    feed(name, answers, table)
    if not table.fields:
        raise ExportError(Message("LCM-162", name, {"tool": _TOOL}))
    return [_grid(name, table.fields, table.cells(), questionnaire(name, structure))]


def _belongs(member: str) -> bool:
    return member.endswith((_STRUCTURE, ".lst", ".lsi"))


def _grid(name: str, fields: Sequence[str], cells: pa.Table, asked: Questionnaire) -> Grid:
    columns = tuple(columns_of(fields, asked))
    locked = ", ".join(column.code for column in columns if column.role == "personal")
    remarks = (Message("LCM-169", name, {"columns": locked}),) if locked else ()
    return replace(beside(name, columns, cells, "archive"), quoted=True, remarks=remarks)


class _Responses:
    """Hears of the elements of a table of responses: a field without element is null."""

    def __init__(self) -> None:
        self.fields: list[str] = []
        self._positions: dict[str, int] = {}  # of an element
        self._rows: list[list[str | None]] = []
        self._chunks: list[pa.Table] = []
        self._row: list[str | None] | None = None
        self._text: list[str] | None = None

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "row":
            self._row = [None] * len(self.fields)
        elif tag == "fieldname" or self._row is not None:
            self._text = []

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if tag == "row" and self._row is not None:
            self._rows.append(self._row)
            self._row = None
            self._flush(_CELLS)
        elif self._text is not None:
            text, self._text = "".join(self._text), None
            if self._row is None:
                self._positions[_element(text)] = len(self.fields)
                self.fields.append(text)
            elif tag in self._positions:
                self._row[self._positions[tag]] = text
            else:
                raise ValueError("an element that is no field of the table")

    def cells(self) -> pa.Table:
        """Named by position."""
        self._flush(0)
        return pa.concat_tables(self._chunks)

    def _flush(self, cells: int) -> None:
        if len(self._rows) * len(self.fields) >= cells:
            columns = zip(*self._rows, strict=True) if self._rows else [()] * len(self.fields)
            arrays = [pa.array(column, pa.string()) for column in columns]
            self._chunks.append(pa.table(arrays, names=list(map(str, range(len(arrays))))))
            self._rows = []


def _element(field: str) -> str:
    """No element may begin with a digit or hold the sign of a second scale."""
    return ("_" if field[:1].isdecimal() else "") + field.replace("#", "-")
