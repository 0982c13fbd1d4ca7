"""What can be said of an export's columns before a person looked: filled in, asked, or like no question."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lcmonitor.exports.table import Column, RawTable, letters
from lcmonitor.instruments.model import OPEN
from lcmonitor.intake.asked import Asked
from lcmonitor.intake.forms import in_form
from lcmonitor.intake.match import Question, candidates, is_one_answer, without_person
from lcmonitor.intake.near import Near, nearest_item
from lcmonitor.mapping.values import Values, values_of
from lcmonitor.wording import comparable

# Measured on ten real exports that somebody mapped by hand, with every other wording gone from the codebook:
# from 65 on 51 columns were suggested, each its right item. Below lay the other 10 that hold an item and all
# that hold none, of which the best had 61.
_SHOWN = 65


@dataclass(frozen=True)
class Fit:
    """One column, or one for each point of a scale. ``item`` None: a person must say; ``near``: suggested."""

    columns: tuple[Column, ...]
    item: str | None
    near: Near | None = None

    @property
    def heading(self) -> str:
        """What the mapping file calls it."""
        return self.columns[0].text if len(self.columns) > 1 else self.columns[0].heading

    @property
    def torn(self) -> bool:
        """It says what an item says, and so do other columns, or other items do."""
        return self.item is None and self.near is not None and self.near.score == 100

    @property
    def likely(self) -> str | None:
        """The item that it holds, or may hold."""
        return self.item or (self.near.name if self.near else None)


@dataclass(frozen=True)
class Other:
    """What looks like no item: a heading, a question with all its parts, or a column by its letter."""

    name: str
    heading: str = ""  # of a column that is named by its letter


@dataclass(frozen=True)
class DraftMapping:
    """An ExportMapping with questions in it."""

    form: str
    tool: str
    columns: tuple[Fit, ...]
    values: dict[str, Values]  # by item
    events: tuple[str, ...]  # of an export without dates: which wave each is of
    others: tuple[Other, ...]
    meta: tuple[str, ...]
    personal: tuple[str, ...]

    @property
    def filled(self) -> int:
        """Columns whose item is sure."""
        return sum(fit.item is not None for fit in self.columns)

    @property
    def open(self) -> int:
        """How many questions a person has to answer."""
        unread = sum(value.code is None for values in self.values.values() for value in values.told)
        return len(self.columns) - self.filled + unread + len(self.events) + len(self.others)


def draft(table: RawTable, asked: Asked, form: str, fewest: int) -> DraftMapping:
    """``fewest``: how many respondents must have given an answer before its words may be written down."""
    fits, rest = _fits(table, asked, form)
    once, again = _once(fits)
    values = [
        (fit.likely, values_of(fit.likely, fit.columns, table, asked, fewest)) for fit in once if fit.likely
    ]
    return DraftMapping(
        form,
        table.source.tool,
        tuple(once),
        {item: found for item, found in values if found.told or found.hidden},
        _events(table),
        (*again, *_others(rest, once)),
        tuple(column.heading for column in table.columns if column.role == "meta"),
        tuple(without_person(column) for column in table.columns if column.role == "personal"),
    )


def _events(table: RawTable) -> tuple[str, ...]:
    dated = table.facts["submitted"].null_count < table.facts.num_rows
    return () if dated else tuple(event for event in table.facts["event"].unique().to_pylist() if event)


def _fits(table: RawTable, asked: Asked, form: str) -> tuple[list[Fit], list[Column]]:
    """What is or looks like an item, in the order of the export, and the columns that do not."""
    items = frozenset(in_form(asked.codebooks, form))
    sure: dict[str, list[Column]] = defaultdict(list)
    unsure: list[Column] = []
    for column in table.columns:
        fitting = candidates(column, asked) & items
        if len(fitting) == 1:
            sure[min(fitting)].append(column)
        elif column.role == "question":
            unsure.append(column)
    near = [(column, _nearest(column, table, asked, items)) for column in unsure]
    fits = [fit for item, columns in sure.items() for fit in _of_item(item, columns, asked)]
    fits += _suggested([(column, found) for column, found in near if found], asked)
    rest = [column for column, found in near if not found]
    return sorted(fits, key=lambda fit: fit.columns[0].position), rest


def _nearest(column: Column, table: RawTable, asked: Asked, items: frozenset[str]) -> Near | None:
    """A remark is like the question that it stands beside, and is not it: only its own words count."""
    beside = [other for other in table.columns if other.text == column.text and other is not column]
    remark = not _answers(column, asked, items) and any(_answers(other, asked, items) for other in beside)
    return nearest_item(replace(column, heading="") if remark else column, asked, items, _SHOWN)


def _answers(column: Column, asked: Asked, items: Iterable[str]) -> bool:
    """It is the whole question, or a point of some item's scale."""
    return not column.part or any(asked.is_point(column, item) for item in items)


def _of_item(item: str, columns: Sequence[Column], asked: Asked) -> Iterator[Fit]:
    """Sure only if the columns are one answer: of two with the same question a person must choose."""
    if is_one_answer(Question(item, tuple(columns)), asked):
        yield Fit(tuple(columns), item)
    else:
        yield from (Fit((column,), None, Near(item, "", 100)) for column in columns)


def _suggested(near: Iterable[tuple[Column, Near]], asked: Asked) -> Iterator[Fit]:
    """The points of one scale go together."""
    together: dict[tuple[str, str], list[tuple[Column, Near]]] = defaultdict(list)
    for column, found in near:
        alone = "" if column.part and asked.is_point(column, found.name) else str(column.position)
        together[column.text + alone, found.name].append((column, found))
    for group in together.values():
        yield Fit(tuple(column for column, _ in group), None, group[0][1])


def _once(fits: Iterable[Fit]) -> tuple[list[Fit], list[Other]]:
    """A heading is named once; where it stands again, its column can only be passed over, by its letter."""
    once: dict[str, Fit] = {}
    again = [fit for fit in fits if once.setdefault(comparable(fit.heading), fit) is not fit]
    return list(once.values()), [_by_letter(column) for fit in again for column in fit.columns]


def _others(rest: Iterable[Column], fits: Iterable[Fit]) -> list[Other]:
    """A question with its parts is passed over as a whole where no item reads a part of it."""
    read = {comparable(column.text or column.heading) for fit in fits for column in fit.columns}
    named: dict[str, Other] = {}
    for column in rest:
        whole = column.text and comparable(column.text) not in read
        name = column.text if whole else column.heading
        other = _by_letter(column) if name.startswith(OPEN) else Other(name)
        named.setdefault(comparable(name), other)
    return list(named.values())


def _by_letter(column: Column) -> Other:
    return Other(f"[{letters(column.position)}]", column.heading)
