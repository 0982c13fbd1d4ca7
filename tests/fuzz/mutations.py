"""What people and programs do to an export between the survey tool and the inbox."""

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tests.fuzz.tables import Cell, Column, Export

_NUMBER = re.compile(r"^-?\d+([.,]\d+)?$")


@dataclass(frozen=True)
class Case:
    """An export, and where the answers in it stand."""

    export: Export
    items: Sequence[int]  # positions of the columns that hold an item
    keys: Sequence[int]  # of those, what the records are called: another text is another record
    chance: random.Random

    def some(self) -> int:
        """The position of one of them."""
        return self.chance.choice(self.items)


@dataclass(frozen=True)
class Mutated:
    """``gone``: rows of the export that are no longer in it."""

    export: Export
    gone: int = 0
    after: Callable[[bytes], bytes] = bytes  # what happened to the bytes


Mutation = Callable[[Case], Mutated | None]  # None: this cannot happen to such a file


def _heading(change: Callable[[str, random.Random], str]) -> Mutation:
    def mutation(case: Case) -> Mutated:
        at = case.some()
        column = case.export.columns[at]
        heads = [change(str(column.heads[0]), case.chance), *column.heads[1:]]
        return _with(case, at, replace(column, heads=heads))

    return mutation


def _with(case: Case, at: int, *instead: Column) -> Mutated:
    columns = case.export.columns
    return Mutated(case.export.of_columns([*columns[:at], *instead, *columns[at + 1 :]]))


def _cells(change: Callable[[Cell], Cell], everywhere: bool = False) -> Mutation:
    """One column of answers changed, or all of them; only where that changes anything."""

    def mutation(case: Case) -> Mutated | None:
        answers = [at for at in case.items if at not in case.keys]
        where = set(answers if everywhere else [case.chance.choice(answers)])
        columns = [
            replace(column, cells=[*map(change, column.cells)]) if at in where else column
            for at, column in enumerate(case.export.columns)
        ]
        changed = any(
            list(new.cells) != list(old.cells) for new, old in zip(columns, case.export.columns, strict=True)
        )
        return Mutated(case.export.of_columns(columns)) if changed else None

    return mutation


def _number(change: Callable[[float], Cell]) -> Callable[[Cell], Cell]:
    """A number, written as text or not, into something else."""

    def changed(cell: Cell) -> Cell:
        if isinstance(cell, str) and _NUMBER.match(cell):
            return _like(cell, change(float(cell.replace(",", "."))))
        return change(cell) if isinstance(cell, int | float) else cell

    return changed


def _like(before: Cell, after: Cell) -> Cell:
    """In a text file everything is text."""
    if isinstance(before, str) and isinstance(after, int | float):
        return f"{after:g}"
    return after


def _code(change: Callable[[float], Cell]) -> Mutation:
    """Every column of codes, if its lowest was given: a shift from 2–5 to 1–4 is no one's to see.

    Nor is one from "yes" alone to "no" alone.
    """

    def mutation(case: Case) -> Mutated | None:
        where = [at for at in case.items if _is_coded(case.export.columns[at])]
        return _cells(_number(change), everywhere=True)(replace(case, items=where)) if where else None

    return mutation


def _is_coded(column: Column) -> bool:
    codes = {str(cell).removesuffix(".0") for cell in column.cells if cell is not None}
    return {"1"} < codes <= {*map(str, range(1, 10))}


def _text(change: Callable[[str], str]) -> Callable[[Cell], Cell]:
    return lambda cell: change(cell) if isinstance(cell, str) and cell else cell


def _reordered_columns(case: Case) -> Mutated:
    order = list(case.export.columns)
    case.chance.shuffle(order)
    return Mutated(case.export.of_columns(order))


def _rows(choose: Callable[[list[int], random.Random], Sequence[int]]) -> Mutation:
    def mutation(case: Case) -> Mutated | None:
        if case.export.rows < 2:
            return None
        rows = choose(list(range(case.export.rows)), case.chance)
        return Mutated(case.export.of_rows(rows), case.export.rows - len(set(rows)))

    return mutation


def _shuffled(rows: list[int], chance: random.Random) -> list[int]:
    chance.shuffle(rows)
    return rows


def _added_column(heading: str, cell: Cell) -> Mutation:
    def mutation(case: Case) -> Mutated | None:
        export = case.export
        if export.kind == "sav" and not heading:
            return None
        heads = [heading, *[""] * (len(export.columns[0].heads) - 1)]
        at = case.chance.randrange(len(export.columns) + 1)
        columns = [*export.columns[:at], Column(heads, [cell] * export.rows), *export.columns[at:]]
        return Mutated(export.of_columns(columns))

    return mutation


def _doubled_column(case: Case) -> Mutated | None:
    at = case.some()
    column = case.export.columns[at]
    return None if case.export.kind == "sav" else _with(case, at, column, column)


def _dropped_columns(count: int) -> Mutation:
    def mutation(case: Case) -> Mutated:
        gone = set(case.chance.sample(list(case.items), min(count, len(case.items))))
        return Mutated(
            case.export.of_columns([c for at, c in enumerate(case.export.columns) if at not in gone])
        )

    return mutation


def _row_below(make: Callable[[Case], Sequence[Cell]]) -> Mutation:
    """A row added under the last one."""

    def mutation(case: Case) -> Mutated:
        return Mutated(case.export.of_rows([*range(case.export.rows), make(case)]))

    return mutation


def _sums(word: Cell, of: Callable[[Sequence[float]], float]) -> Callable[[Case], list[Cell]]:
    def row(case: Case) -> list[Cell]:
        made = [_summary(column.cells, of) for column in case.export.columns]
        as_text = case.export.kind == "csv"
        first = word if as_text or isinstance(case.export.columns[0].cells[0], str) else made[0]
        rest = [f"{cell:g}" if as_text and isinstance(cell, float) else cell for cell in made[1:]]
        return [first if case.export.kind != "xlsx" else word, *rest]

    return row


def _summary(cells: Iterable[Cell], of: Callable[[Sequence[float]], float]) -> Cell:
    numbers = [
        float(str(cell).replace(",", "."))
        for cell in cells
        if isinstance(cell, int | float) or (isinstance(cell, str) and _NUMBER.match(cell))
    ]
    return of(numbers) if numbers else None


def _copied(keep: Callable[[Case, int], bool]) -> Callable[[Case], list[Cell]]:
    """A row typed in by hand after another one; of what the tool itself keeps only some."""

    def row(case: Case) -> list[Cell]:
        other = case.export.row(case.chance.randrange(case.export.rows))
        return [cell if at in case.items or keep(case, at) else None for at, cell in enumerate(other)]

    return row


def _looks_like_a_moment(case: Case, at: int) -> bool:
    cell = case.export.columns[at].cells[0]
    return isinstance(cell, datetime) or (isinstance(cell, str) and bool(re.search(r"\d[-/]\d+[-/]\d", cell)))


def _title_above(case: Case) -> Mutated | None:
    if case.export.kind == "sav":
        return None
    title = ["Resultaten najaar", *[None] * (len(case.export.columns) - 1)]
    return Mutated(replace(case.export, above=[title]))


def _blank_rows(case: Case) -> Mutated:
    blank: list[Cell] = [None] * len(case.export.columns)
    at = case.chance.randrange(case.export.rows + 1)
    return Mutated(case.export.of_rows([*range(at), blank, blank, *range(at, case.export.rows)]))


def _dialect(**changes: object) -> Mutation:
    def mutation(case: Case) -> Mutated | None:
        if case.export.kind != "csv":
            return None
        return Mutated(replace(case.export, dialect=replace(case.export.dialect, **changes)))  # type: ignore[arg-type]

    return mutation


def _bytes(change: Callable[[bytes, random.Random], bytes], loses_rows: bool = False) -> Mutation:
    def mutation(case: Case) -> Mutated | None:
        if case.export.kind != "csv":
            return None
        gone = case.export.rows if loses_rows else 0
        return Mutated(case.export, gone, lambda data: change(data, case.chance))

    return mutation


def _dates(form: str) -> Mutation:
    """Every moment as another program shows it."""

    def mutation(case: Case) -> Mutated | None:
        where = [at for at in range(len(case.export.columns)) if _looks_like_a_moment(case, at)]
        if case.export.kind == "sav" or not where:
            return None
        columns = [
            replace(column, cells=[_dated(cell, form) for cell in column.cells]) if at in where else column
            for at, column in enumerate(case.export.columns)
        ]
        return Mutated(case.export.of_columns(columns))

    return mutation


def _dated(cell: Cell, form: str) -> Cell:
    if isinstance(cell, datetime):
        return cell.strftime(form)
    for known in ("%Y-%m-%d %H:%M:%S", "%d-%m-%Y %H:%M"):
        try:
            return datetime.strptime(str(cell), known).strftime(form)  # noqa: DTZ007
        except ValueError:
            continue
    return cell


def _merged(case: Case) -> Mutated | None:
    if case.export.kind != "xlsx" or case.export.rows < 2:
        return None
    from openpyxl.utils import get_column_letter

    letter, row = get_column_letter(1 + case.some()), case.chance.randint(2, case.export.rows)
    return Mutated(replace(case.export, merged=[f"{letter}{row}:{letter}{row + 1}"]))


def _truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) * 2 // 3, len(data))]


def _misspelt(heading: str, chance: random.Random) -> str:
    at = chance.randrange(len(heading))
    return heading[:at] + heading[at + 1 :]


MUTATIONS: Mapping[str, Mutation] = {
    "nothing": lambda case: Mutated(case.export),
    "heading nobody knows": _heading(lambda _, __: "Opmerkingen van de coach"),
    "heading gone": _heading(lambda _, __: ""),
    "heading misspelt": _heading(_misspelt),
    "heading in capitals": _heading(lambda heading, _: heading.upper()),
    "heading between blanks": _heading(lambda heading, _: f"  {heading}\u00a0 "),
    "heading numbered by pandas": _heading(lambda heading, _: f"{heading}.1"),
    "columns reordered": _reordered_columns,
    "rows reordered": _rows(_shuffled),
    "rows left out": _rows(lambda rows, chance: sorted(chance.sample(rows, len(rows) // 2))),
    "rows twice": _rows(lambda rows, chance: [*rows, *chance.sample(rows, len(rows) // 2)]),
    "column added": _added_column("opmerking", "3"),
    "empty column added": _added_column("opmerking", None),
    "column without heading added": _added_column("", "3"),
    "empty column without heading added": _added_column("", None),
    "column twice": _doubled_column,
    "column left out": _dropped_columns(1),
    "columns left out": _dropped_columns(5),
    "numbers with a point": _cells(_number(lambda n: f"{n:.1f}"), everywhere=True),
    "numbers with a comma": _cells(_number(lambda n: f"{n:.2f}".replace(".", ",")), everywhere=True),
    "numbers as text": _cells(_number(lambda n: f" {n:g} "), everywhere=True),
    "numbers with zeros": _cells(_number(lambda n: f"{n:04g}"), everywhere=True),
    "numbers with an apostrophe": _cells(_number(lambda n: f"'{n:g}")),
    "labels in capitals": _cells(_text(str.upper), everywhere=True),
    "labels with a full stop": _cells(_text(lambda text: f"{text}.")),
    "labels of another scale": _cells(_text(lambda _: "daar gaan wij hier niet over")),
    "labels cut off": _cells(_text(lambda text: text[:6])),
    "codes from zero": _code(lambda n: n - 1),
    "codes times ten": _code(lambda n: n * 10),
    "codes as letters": _code(lambda n: chr(64 + int(n) % 26) if n >= 1 else "?"),
    "codes as dates": _code(lambda n: f"{int(n)}-jan"),
    "answers as errors": _cells(_number(lambda _: "#N/B")),
    "total below": _row_below(_sums("Totaal", sum)),
    "mean below": _row_below(_sums("Gemiddelde", lambda n: sum(n) / len(n))),
    "count below": _row_below(_sums("N", lambda n: float(len(n)))),
    "total without a word below": _row_below(_sums(None, sum)),
    "row by hand without id": _row_below(_copied(_looks_like_a_moment)),
    "row by hand without id or date": _row_below(_copied(lambda _, __: False)),
    "row by hand that is a copy": _row_below(_copied(lambda _, __: True)),
    "title above": _title_above,
    "blank rows": _blank_rows,
    "semicolons": _dialect(delimiter=";"),
    "tabs": _dialect(delimiter="\t"),
    "bars": _dialect(delimiter="|"),
    "all quoted": _dialect(quote_all=True),
    "Windows lines": _dialect(line_end="\r\n"),
    "old Mac lines": _dialect(line_end="\r"),
    "UTF-16": _dialect(encoding="utf-16"),
    "UTF-16 without a mark": _dialect(encoding="utf-16-le"),
    "UTF-8 with a mark": _dialect(encoding="utf-8-sig"),
    "double mark": _bytes(lambda data, _: b"\xef\xbb\xbf\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf")),
    "encoded twice": _bytes(lambda data, _: data.decode("cp1252", "replace").encode()),
    "cut off": _bytes(_truncated, loses_rows=True),
    "days first": _dates("%d-%m-%Y %H:%M"),
    "months first": _dates("%m/%d/%Y %H:%M"),
    "days alone": _dates("%Y-%m-%d"),
    "cells merged": _merged,
}  # fmt: skip
