"""LimeSurvey's exports to R and to SPSS: data in one file, codes and labels in another, both in one zip."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from zipfile import ZipFile

import pyarrow as pa
from pyarrow import csv

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports import delimited, syntax
from lcmonitor.exports.decode import decode
from lcmonitor.exports.grid import Grid, beside
from lcmonitor.exports.limits import Limits
from lcmonitor.exports.packed import members
from lcmonitor.exports.table import Column

_TOOL = "limesurvey"
_BEGINNING = 4096
# The first record of data for SPSS: no headings, single quotes, and at least one number.
_FOR_SPSS = re.compile(rb"(?='[^\n]*'\d+'|'\d+')'(?:[^'\n]|'')*+'(?:,(?:'(?:[^'\n]|'')*+'|[^',\n]*+)){2,}\n")


@dataclass(frozen=True)
class _Kind:
    """A way to export two files."""

    mark: re.Pattern[bytes]  # in the syntax file
    ending: str  # of its name
    alone: str  # the code of the error that asks for both
    columns: Callable[[str], tuple[Column, ...]]
    grid: Callable[[str, bytes, tuple[Column, ...]], Grid]


def grids(name: str, archive: ZipFile, limits: Limits) -> list[Grid]:
    """[] if no syntax file of LimeSurvey is in it.

    Raises ExportError: LCM-163 the files are not one export's; those of ``decode`` and ``packed``.
    """
    names = [member for member in archive.namelist() if _is_file(member)]
    kind = next((kind for kind in _KINDS for member in names if member.lower().endswith(kind.ending)), None)
    if kind is None:
        return []
    files = dict(zip(names, members(name, archive, names, limits), strict=True))
    described = [member for member in names if kind.mark.search(files[member][:_BEGINNING])]
    if not described:
        return []
    if len(described) != 1 or len(names) != 2:
        raise ExportError(Message("LCM-163", name, {"tool": _TOOL}))
    columns = kind.columns(decode(name, files.pop(described[0])).utf8.decode())
    (data,) = files.values()
    return [kind.grid(name, data, columns)]


def _is_file(member: str) -> bool:
    """What a Mac adds to a zip is none."""
    return not member.endswith("/") and not member.startswith("__MACOSX/")


def refuse_half(name: str, text: bytes) -> None:
    """Raises ExportError: LCM-164 half of an export to SPSS, LCM-165 the syntax of one to R."""
    for kind in _KINDS:
        if kind.mark.search(text[:_BEGINNING]):
            raise ExportError(Message(kind.alone, name, {"tool": _TOOL}))
    if _FOR_SPSS.match(text):
        raise ExportError(Message("LCM-164", name, {"tool": _TOOL}))


def _for_r(name: str, data: bytes, columns: tuple[Column, ...]) -> Grid:
    grid = delimited.grid(name, decode(name, data))
    if not all(0 <= column.position < len(grid.record(0)) for column in columns):
        raise grid.refused("LCM-163", tool=_TOOL)
    return replace(grid, columns=columns, described_by="R syntax")


def _for_spss(name: str, data: bytes, columns: tuple[Column, ...]) -> Grid:
    text = decode(name, data)
    named = tuple(replace(column, heading=column.code) for column in columns)
    grid = beside(name, named, _cells(name, text.utf8, len(columns)), "SPSS syntax")
    return replace(grid, encoding=text.encoding, delimiter=",", remarks=text.remarks)


def _cells(name: str, data: bytes, width: int) -> pa.Table:
    names = list(map(str, range(width)))
    try:
        return csv.read_csv(
            pa.BufferReader(data),
            csv.ReadOptions(column_names=names, block_size=len(data)),
            csv.ParseOptions(delimiter=",", quote_char="'"),
            csv.ConvertOptions(
                check_utf8=False, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        raise ExportError(Message("LCM-163", name, {"tool": _TOOL})) from None


_KINDS = (
    _Kind(re.compile(rb"survey_\w+_SPSS_data_file\.dat"), ".sps", "LCM-164", syntax.from_spss, _for_spss),
    _Kind(
        re.compile(rb"read\.\w+\(\s*[\"']survey_\w+_data_file\.csv"), ".r", "LCM-165", syntax.from_r, _for_r
    ),
)
