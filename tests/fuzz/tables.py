"""An export taken apart into columns, and put together again in its own format."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat

Cell = str | float | datetime | None


@dataclass(frozen=True)
class Column:
    """One column; a CSV's None is an empty cell without quotes."""

    heads: Sequence[Cell]
    cells: Sequence[Cell]
    about: Mapping[str, Any] = field(default_factory=dict)  # what a .sav says of it


@dataclass(frozen=True)
class Dialect:
    """How a text file is written."""

    delimiter: str = ","
    encoding: str = "utf-8"
    line_end: str = "\n"
    quote_all: bool = False


@dataclass(frozen=True)
class Export:
    """One file. ``above``: lines that stand before the headings."""

    name: str
    columns: Sequence[Column]
    dialect: Dialect = field(default_factory=Dialect)
    above: Sequence[Sequence[Cell]] = ()
    merged: Sequence[str] = ()  # ranges of cells, in a workbook

    @property
    def kind(self) -> str:
        """csv, xlsx or sav."""
        return self.name.rpartition(".")[2]

    @property
    def rows(self) -> int:
        """Respondents, and whatever else stands below the headings."""
        return len(self.columns[0].cells)

    def of_columns(self, columns: Sequence[Column]) -> "Export":
        """The same file with other columns."""
        return replace(self, columns=columns)

    def of_rows(self, rows: Sequence[int | Sequence[Cell]]) -> "Export":
        """The same file with these rows, by number or as they shall be."""
        cells = [
            [column.cells[row] if isinstance(row, int) else row[at] for row in rows]
            for at, column in enumerate(self.columns)
        ]
        return self.of_columns([replace(c, cells=own) for c, own in zip(self.columns, cells, strict=True)])

    def row(self, number: int) -> list[Cell]:
        """One row across all columns."""
        return [column.cells[number] for column in self.columns]

    def lines(self) -> list[list[Cell]]:
        """As they stand below each other."""
        heads = len(self.columns[0].heads)
        return [
            *map(list, self.above),
            *([column.heads[at] for column in self.columns] for at in range(heads)),
            *(self.row(number) for number in range(self.rows)),
        ]


def taken_apart(path: Path, header_rows: int) -> Export:
    """The export in ``path``."""
    if path.suffix == ".sav":
        return Export(path.name, _sav_columns(path))
    lines, dialect = _workbook_lines(path) if path.suffix == ".xlsx" else _text_lines(path)
    columns = [Column(cells[:header_rows], cells[header_rows:]) for cells in zip(*lines, strict=True)]
    return Export(path.name, columns, dialect)


def put_together(export: Export, folder: Path) -> bytes:
    """The file's bytes; ``folder`` is for a writer that can only write to one."""
    if export.kind == "sav":
        return _sav(export, folder)
    return _workbook(export) if export.kind == "xlsx" else _text(export).encode(export.dialect.encoding)


def _text_lines(path: Path) -> tuple[list[list[Cell]], Dialect]:
    data = path.read_bytes()
    utf8 = not path.parent.name.endswith("techniek")
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8" if utf8 else "cp1252"
    text = data.decode(encoding)
    line_end = "\r\n" if "\r\n" in text else "\n"
    delimiter = ";" if encoding == "cp1252" else ","
    dialect = Dialect(delimiter, encoding, line_end, quote_all=text.startswith('"'))
    lines = [_cells(line, delimiter) for line in text.removesuffix(line_end).split(line_end)]
    return lines, dialect


def _cells(line: str, delimiter: str) -> list[Cell]:
    """By hand: the csv module does not tell an empty cell from a quoted empty one."""
    cells: list[Cell] = []
    rest = line + delimiter
    while rest:
        if rest.startswith('"'):
            end = 1
            while rest[end] != '"' or rest[end + 1] == '"':
                end += 2 if rest[end] == '"' else 1
            cells.append(rest[1:end].replace('""', '"'))
            rest = rest[end + 2 :]
        else:
            bare, _, rest = rest.partition(delimiter)
            cells.append(bare or None)
    return cells


def _text(export: Export) -> str:
    dialect = export.dialect
    if dialect.quote_all:
        lines = (
            "".join((dialect.delimiter.join(map(_quoted, line)), dialect.line_end)) for line in export.lines()
        )
        return "".join(lines)
    out = io.StringIO()
    csv.writer(out, delimiter=dialect.delimiter, lineterminator=dialect.line_end).writerows(export.lines())
    return out.getvalue()


def _quoted(cell: Cell) -> str:
    return "" if cell is None else '"' + str(cell).replace('"', '""') + '"'


def _workbook_lines(path: Path) -> tuple[list[list[Cell]], Dialect]:
    page = openpyxl.load_workbook(path).worksheets[0]
    return [list(row) for row in page.iter_rows(values_only=True)], Dialect()  # type: ignore[arg-type]


def _workbook(export: Export) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    page = book.worksheets[0]
    for line in export.lines():
        page.append(line)
    for cells in export.merged:
        page.merge_cells(cells)
    book.save(out)
    return out.getvalue()


def _sav_columns(path: Path) -> list[Column]:
    frame, meta = pyreadstat.read_sav(path, user_missing=True)
    return [
        Column(
            [name],
            [None if pd.isna(value) else value for value in frame[name].astype(object)],
            {
                "column_labels": meta.column_names_to_labels.get(name) or "",
                "variable_value_labels": meta.variable_value_labels.get(name, {}),
                "missing_ranges": [one["lo"] for one in meta.missing_ranges.get(name, [])],
            },
        )
        for name in frame
    ]


class CannotHoldError(Exception):
    """The format has no way to write this."""


def _sav(export: Export, folder: Path) -> bytes:
    frame = pd.DataFrame({str(c.heads[0]): _series(c) for c in export.columns})
    told: dict[str, dict[str, Any]] = {"column_labels": {}, "variable_value_labels": {}, "missing_ranges": {}}
    for column in export.columns:
        for what, by_name in told.items():
            numeric = _dtype(column) is float or what == "column_labels"
            if numeric and (about := column.about.get(what)):
                by_name[str(column.heads[0])] = about
    path = folder / "written.sav"
    try:
        pyreadstat.write_sav(frame, str(path), **told)
    except (pyreadstat.PyreadstatError, pyreadstat.ReadstatError) as error:
        raise CannotHoldError from error
    return path.read_bytes()


def _series(column: Column) -> "pd.Series[Any]":
    kind = _dtype(column)
    mixed = kind is object and any(cell is not None and not isinstance(cell, str) for cell in column.cells)
    cells = [str(cell) if mixed and cell is not None else cell for cell in column.cells]
    return pd.Series(cells, dtype=kind)


def _dtype(column: Column) -> Any:
    kinds = {type(cell) for cell in column.cells if cell is not None}
    if kinds <= {float, int}:
        return float
    return "datetime64[us]" if kinds in ({datetime}, {pd.Timestamp}) else object
