"""Which wave each row belongs to, and which rows are set aside and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.intake.receipt import SetAside
from lcmonitor.programme.model import Wave
from lcmonitor.wording import comparable

TEST, OUTSIDE_WAVES, NO_DATE, OUTSIDE_WAVE = "LCM-240", "LCM-241", "LCM-242", "LCM-243"
TURNED_DOWN, SPAM, DISQUALIFIED, OTHER_EVENT = "LCM-148", "LCM-218", "LCM-221", "LCM-222"
NO_CONSENT, NO_ANSWER = "LCM-244", "LCM-245"
NO_DATE_UNFINISHED, SAME_RECORD = "LCM-250", "LCM-251"
NO_ORGANISATION, SAME_ORGANISATION = "LCM-238", "LCM-239"
COPY, OLDER, SAME_PERSON, REFUSED = "LCM-246", "LCM-247", "LCM-248", "LCM-249"

_BY_STATUS = {"test": TEST, "rejected": TURNED_DOWN, "spam": SPAM, "disqualified": DISQUALIFIED}
_LARGEST_COUNT = 1 << 40  # times the number of waves it still fits in 64 bits

Rows = npt.NDArray[np.int64]  # positions in the table, from 0
Mask = npt.NDArray[np.bool_]


class Sorter:
    """Rows still kept, and the first reason that set each of the others aside."""

    def __init__(self, rows: int) -> None:
        self._codes = [""]
        self._reason = np.zeros(rows, np.int8)  # index in _codes; 0: kept

    @property
    def kept(self) -> Rows:
        """Positions of the rows that no rule has taken."""
        return np.flatnonzero(self._reason == 0)

    def set_aside(self, rows: Rows | Mask, code: str) -> None:
        """Set ``rows`` aside, unless they already are."""
        if code not in self._codes:
            self._codes.append(code)
        positions = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        free = positions[self._reason[positions] == 0]
        self._reason[free] = self._codes.index(code)

    def groups(self) -> dict[str, Rows]:
        """Reason -> positions of the rows that it set aside."""
        return {
            code: np.flatnonzero(self._reason == number)
            for number, code in enumerate(self._codes)
            if number and (self._reason == number).any()
        }

    def aside(self, numbers: Sequence[int]) -> tuple[SetAside, ...]:
        """Every row that is set aside, in file order. ``numbers``: all rows as the spreadsheet has them."""
        positions = np.flatnonzero(self._reason).tolist()
        return tuple(SetAside(numbers[row], self._codes[self._reason[row]]) for row in positions)


@dataclass(frozen=True)
class Placed:
    """Per row the number of its wave in the programme's list, -1 where it has none."""

    wave: npt.NDArray[np.int16]
    dated: Mask
    by_event: bool = False  # the event that a row belongs to says its wave, and not the date

    def with_undated_in(self, given: int | None) -> "Placed":
        """The rows without a date are in that wave, unless their event says which."""
        return (
            self
            if given is None or self.by_event
            else replace(self, wave=np.where(self.dated, self.wave, np.int16(given)))
        )


def days(submitted: pa.ChunkedArray) -> npt.NDArray[np.datetime64]:
    """The day of each timestamp; NaT where there is none."""
    stamps: npt.NDArray[np.datetime64] = submitted.to_numpy().astype("datetime64[D]")
    return stamps


def place(submitted: pa.ChunkedArray, waves: Sequence[Wave]) -> Placed:
    """The wave in whose days each row was sent."""
    day = days(submitted)
    wave = np.full(len(day), -1, np.int16)
    for number in reversed(range(len(waves))):
        opens, closes = np.datetime64(waves[number].opens), np.datetime64(waves[number].closes)
        wave[(day >= opens) & (day <= closes)] = number
    return Placed(wave, ~np.isnat(day))


def place_by_event(events: pa.ChunkedArray, waves: Mapping[str, int]) -> Placed:
    """The wave that each row's event stands for. ``waves``: comparable name of the event -> number."""
    encoded = events.combine_chunks().dictionary_encode()
    numbers = [waves.get(comparable(event), -1) for event in encoded.dictionary.to_pylist()]
    wave = np.array([*numbers, -1], np.int16)[pc.fill_null(encoded.indices, -1).to_numpy()]
    return Placed(wave, np.ones(len(wave), np.bool_), by_event=True)


def sort_by_facts(sorter: Sorter, facts: pa.Table, placed: Placed, given: int | None) -> None:
    """Set aside what its status sets aside, and rows of no wave or another than the given one."""
    for status, code in _BY_STATUS.items():
        sorter.set_aside(pc.equal(facts["status"], status).fill_null(False).to_numpy(), code)
    if placed.by_event:
        sorter.set_aside(placed.wave < 0, OTHER_EVENT)
    if given is not None:
        sorter.set_aside(placed.wave != given, OUTSIDE_WAVE)
    undated = ~placed.dated & (placed.wave < 0)
    unfinished = pc.equal(facts["status"], "incomplete").fill_null(False).to_numpy()
    sorter.set_aside(undated & unfinished, NO_DATE_UNFINISHED)
    sorter.set_aside(undated, NO_DATE)
    sorter.set_aside(placed.wave < 0, OUTSIDE_WAVES)


def repeated(wave: npt.NDArray[np.int16], key: npt.NDArray[np.int64]) -> list[Rows]:
    """Groups of two or more rows of one wave with one key, each in file order; a key of -1 is none."""
    wanted = np.flatnonzero(key >= 0)
    both = wave[wanted].astype(np.int64) * (int(key.max(initial=0)) + 1) + key[wanted]
    order = np.argsort(both, kind="stable")
    bounds = np.flatnonzero(np.diff(both[order])) + 1
    if len(bounds) + 1 >= len(order):
        return []
    return [wanted[part] for part in np.split(order, bounds) if len(part) > 1]


def numbered(texts: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """Equal texts get equal numbers from 0; null gets -1."""
    array = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    counted = _counted(array)
    if counted is not None:
        return counted
    encoded = array.dictionary_encode().indices
    numbers: npt.NDArray[np.int64] = pc.fill_null(encoded, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers


def _counted(texts: pa.Array) -> npt.NDArray[np.int64] | None:
    """Where a tool counts its responses the count is the number: far faster than comparing texts.

    None where a text is no whole number from 0 written in the shortest way: "07" and "7" are two texts.
    """
    try:
        numbers = texts.cast(pa.int64())
    except pa.ArrowInvalid:
        return None
    ends = pc.min_max(numbers)
    low, high = ends["min"].as_py(), ends["max"].as_py()
    if low is None or low < 0 or high > _LARGEST_COUNT or not numbers.cast(pa.string()).equals(texts):
        return None
    values: npt.NDArray[np.int64] = pc.fill_null(numbers, -1).to_numpy(zero_copy_only=False)
    return values
