"""Whether a changed export ended as the same responses, as a refusal, or as something that was told."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from lcmonitor import demo
from lcmonitor.errors import ExportError
from lcmonitor.exports.reading import parse
from lcmonitor.intake.delivery import Delivery, Examined
from lcmonitor.intake.examine import examine
from lcmonitor.intake.receipt import Finding, Receipt
from lcmonitor.programme.load import Setup, load_workspace
from lcmonitor.wording import comparable
from tests.fuzz.mutations import MUTATIONS, Case
from tests.fuzz.tables import CannotHoldError, Export, put_together, taken_apart

SECRET = bytes(32)
_BATCH = 200  # that are judged together: the expectations cost the same for one as for many


@dataclass(frozen=True)
class Original:
    """An export as the tool gave it, and what becomes of it."""

    community: str
    export: Export
    examined: Examined
    items: Sequence[int]  # positions of the columns that hold an item
    keys: Sequence[int]  # of those, what the records are called


@dataclass(frozen=True)
class Made:
    """A changed export; so many rows are rightly ``gone``."""

    mutation: str
    original: Original
    gone: int
    data: bytes


@dataclass(frozen=True)
class Verdict:
    """``outcome``: same, refused, told or SILENT; ``why``: the codes, or what differs."""

    file: str
    mutation: str
    outcome: str
    why: str

    def __str__(self) -> str:
        return f"{self.outcome:<8}{self.mutation:<36}{self.file:<60}{self.why}"


def originals(folder: Path) -> tuple[Setup, list[Original]]:
    """The newest exports of the simulated programme, one of every form and tool."""
    demo.write(folder)
    setup = load_workspace(folder)
    newest = {
        (path.parent.name, path.name.split("-")[0]): path
        for path in sorted(folder.glob("inbox/*/*-2026-1-*"))
    }
    deliveries = [
        _delivery(path.read_bytes(), path.name, path.parent.name, setup) for path in newest.values()
    ]
    examined = examine(deliveries, setup, SECRET)
    return setup, [
        _original(path, delivery, one, setup)
        for path, delivery, one in zip(newest.values(), deliveries, examined, strict=True)
        if one.responses is not None
    ]


def _delivery(data: bytes, name: str, community: str, setup: Setup) -> Delivery:
    return Delivery(parse(name, data), setup.communities[community])


def _original(path: Path, delivery: Delivery, examined: Examined, setup: Setup) -> Original:
    export = taken_apart(path, delivery.table.source.header_rows)
    mapped = {comparable(heading): item for heading, item in examined.receipt.columns.mapped.items()}
    headings = {at: comparable(str(column.heads[0])) for at, column in enumerate(export.columns)}
    items = {at: mapped[heading] for at, heading in headings.items() if heading in mapped}
    assert len(items) == len(mapped)
    keys = [at for at, item in items.items() if item in _keys(setup)]
    return Original(path.parent.name, export, examined, [*items], keys)


def _keys(setup: Setup) -> Sequence[str]:
    """The items that say what a record is called."""
    return [code for code, item in setup.instrument.codebook.items.items() if item.type == "key"]


def run(folder: Path, count: int, seed: int) -> Iterator[Verdict]:
    """``count`` mutations, each kind in turn, of exports that chance picks among those it can happen to."""
    setup, exports = originals(folder / "programme")
    kinds = cycle(MUTATIONS)
    for start in range(0, count, _BATCH):
        numbers = range(start, min(start + _BATCH, count))
        yield from _judged([_made(next(kinds), exports, f"{seed}-{n}", folder) for n in numbers], setup)


def _made(name: str, exports: Sequence[Original], seed: str, folder: Path) -> Made:
    chance = random.Random(seed)
    for original in chance.sample(exports, len(exports)):
        mutated = MUTATIONS[name](Case(original.export, original.items, original.keys, chance))
        with suppress(UnicodeEncodeError, CannotHoldError):  # the format has no way to write this
            if mutated is not None:
                return Made(name, original, mutated.gone, mutated.after(put_together(mutated.export, folder)))
    raise LookupError(f"no export to which this could happen: {name}")


def _judged(made: Sequence[Made], setup: Setup) -> Iterator[Verdict]:
    read: list[tuple[Made, Delivery]] = []
    for one in made:
        original = one.original
        try:
            read.append((one, _delivery(one.data, original.export.name, original.community, setup)))
        except ExportError as error:
            yield Verdict(_of(original), one.mutation, "refused", error.messages[0].code)
    for (one, _), examined in zip(read, examine([each for _, each in read], setup, SECRET), strict=True):
        outcome, why = compared(one.original.examined, examined, one.gone, _keys(setup))
        yield Verdict(_of(one.original), one.mutation, outcome, why)


def _of(original: Original) -> str:
    return f"{original.community}/{original.export.name}"


def compared(before: Examined, after: Examined, gone: int = 0, keys: Sequence[str] = ()) -> tuple[str, str]:
    """Outcome and why. ``gone``: so many rows are rightly not there; ``keys``: items behind a panel key."""
    if after.responses is None or before.responses is None:
        return "refused", _codes(
            found.message.code for found in after.receipt.findings if found.severity == "error"
        )
    told = _findings(after.receipt) - _findings(before.receipt)
    lost, extra, changed = _differences(before, after)
    aside = after.receipt.balance.set_aside - before.receipt.balance.set_aside
    silent = [
        *([f"{lost} rows lost"] if lost > gone + max(aside, 0) else []),
        *([f"{extra} rows extra"] if extra and not told else []),
        *(
            f"{item} changed"
            for item in changed
            if not any(_is_told(name, told) for name in _names(item, keys))
        ),
    ]
    if silent:
        return "SILENT", ", ".join(silent)
    if lost or extra or changed:
        return "told", _codes(code for code, *_ in told)
    return "same", _codes(code for code, *_ in told)


def _codes(codes: Any) -> str:
    return " ".join(sorted(set(codes)))


def _findings(receipt: Receipt) -> Counter[tuple[str, str | None, str | None, int]]:
    return Counter(
        (finding.message.code, about, finding.column, finding.count)
        for finding in receipt.findings
        for about in _about(finding)
    )


def _about(finding: Finding) -> Sequence[str | None]:
    """The items that it names; where they are many they stand in the text."""
    listed = finding.message.params.get("items")
    return str(listed).split(", ") if listed else [finding.item]


def _names(item: str, keys: Sequence[str]) -> Sequence[str]:
    """What a finding calls it."""
    return [item, *keys] if item == "panel_key" else [item]


def _is_told(item: str, told: Counter[tuple[str, str | None, str | None, int]]) -> bool:
    """By name; of an organisation that is not known, by the code that says so."""
    return any(item == about or (item, code) == ("partner", "LCM-233") for code, about, *_ in told)


def _differences(before: Examined, after: Examined) -> tuple[int, int, Sequence[str]]:
    """How many rows are gone, how many are new, and the items that changed in the others.

    A row without an id of its tool is known by its moment, or else by all that it holds.
    """
    old, new = _rows(before), _rows(after)
    changed = {
        name
        for key in old.keys() & new.keys()
        for name in old[key].keys() | new[key].keys()
        if not _same(old[key].get(name), new[key].get(name)) and not _untimed(name, old[key], new[key])
    }
    lost = Counter(repr(row) for key, row in old.items() if key not in new)
    extra = Counter(repr(row) for key, row in new.items() if key not in old)
    return (lost - extra).total(), (extra - lost).total(), sorted(changed)


def _untimed(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """How long somebody took is known no better than the times of day in the file: to the minute, or not."""
    if name != "seconds":
        return False
    before, after = one.get(name), other.get(name)
    return after is None or (before is not None and abs(after - before) < 60)


def _same(one: object, other: object) -> bool:
    return repr(one) == repr(other)  # a number that was not given is not equal to itself


def _rows(examined: Examined) -> Mapping[tuple[str, str], dict[str, Any]]:
    """Wave and id -> what the row says; the time of day is not always in a file."""
    assert examined.responses is not None
    rows = examined.responses.rows.drop_columns(["row"]).to_pylist()
    return {(row["wave"], row.pop("response_id")): _told_of(row) for row in rows}


def _told_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row by names that a finding may use: what is said of an organisation, each by itself."""
    of_partners = {f"{tie['item']}[{tie['partner']}]": tie["code"] for tie in row.get("ties") or ()}
    day = row["submitted"] and row["submitted"].date()
    return {**row, "submitted": day, "ties": None, **of_partners}
