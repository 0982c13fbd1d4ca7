"""A file looked at by its content: each way to look at it is tried when a format asks for it, and once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports import delimited, packed, unpacking, workbook, xml
from lcmonitor.exports.decode import decode
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.limits import LIMITS, Limits

Rows = tuple[tuple[str, ...], ...]  # the headings first

_ZIP = b"PK\x03\x04"
_BINARY = (_ZIP, b"$FL2", b"$FL3", b"<stata_dta>", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
_READ = (".lss", ".csv", ".tsv", ".qsf", ".r", ".sps")  # members of a zip that a codebook may be in
_BEGINNING = 4096


@dataclass(frozen=True)
class File:
    """Its name, for errors only, and its bytes. A look that does not fit gives nothing; damage raises."""

    name: str
    data: bytes
    limits: Limits = LIMITS

    def refused(self, code: str, **params: object) -> ExportError:
        """The error that refuses the file."""
        return ExportError(Message(code, self.name, params))

    @cached_property
    def text(self) -> str:
        """The file as text; '' for what is none."""
        if self.data.startswith(_BINARY) or b"SPSS PORT FILE" in self.data[:600]:
            return ""
        return decode(self.name, self.data).utf8.decode()

    @cached_property
    def root(self) -> Element | None:
        """The outermost element of an XML file."""
        beginning = self.text[:_BEGINNING].lstrip()
        marked = beginning.startswith(("<?xml", "<document", "<codeBook", "<ODM"))
        return xml.tree(self.name, self.data) if marked else None

    @cached_property
    def json(self) -> Any:
        """What a JSON file holds."""
        if not self.text.lstrip().startswith(("{", "[")):
            return None
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return None

    @cached_property
    def members(self) -> Mapping[str, bytes]:
        """The files in a zip that is no workbook, by name. Raises ExportError LCM-106, LCM-114, LCM-149."""
        if self._is_workbook or not self.data.startswith(_ZIP):
            return {}
        with packed.opened(self.name, self.data) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(_READ)]
            return dict(zip(names, packed.members(self.name, archive, names, self.limits), strict=True))

    @cached_property
    def _is_workbook(self) -> bool:
        return self.data.startswith(_ZIP) and b"xl/workbook." in self.data

    @cached_property
    def tables(self) -> Mapping[str, Rows]:
        """The sheets of a workbook or the tables of a zip, by name; the one table of a text under ''."""
        if self.members:
            parts = {
                name: data for name, data in self.members.items() if name.lower().endswith((".csv", ".tsv"))
            }
            return {name: _rows(delimited.grid(name, decode(name, data))) for name, data in parts.items()}
        if self._is_workbook:
            with packed.opened(self.name, self.data) as archive:
                unpacking.look_inside(self.name, archive, self.limits)
            sheets = workbook.grids(self.name, self.data, self.limits)
            return {grid.sheet: _rows(grid) for grid in sheets}
        if not self.text or self.root is not None or self.json is not None:
            return {}
        return {"": _rows(delimited.grid(self.name, decode(self.name, self.data)))}


def _rows(grid: Grid) -> Rows:
    columns = (column.to_pylist() for column in grid.body(1).columns)
    body = zip(*columns, strict=True)
    return (grid.head[0], *(tuple(cell or "" for cell in row) for row in body))
