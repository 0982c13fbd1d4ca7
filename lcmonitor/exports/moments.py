"""When each response was sent, or else last touched: of the columns that may say so, the best that does."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports.dates import Dates, read_dates
from lcmonitor.exports.layout import Layout

# LimeSurvey without date stamps writes 1980-01-01 for every complete response.
_ALWAYS = (np.datetime64("1980-01-01T00:00:00", "us"), np.datetime64("1980-01-02T00:00:00", "us"))
_LATE = 22  # o'clock UTC: from then on it may be the next day in the Netherlands


@dataclass(frozen=True)
class Sent:
    """A moment per response, null where there is none; and what was noticed, by column."""

    moments: pa.Array
    read: Mapping[int, Dates]
    late: Mapping[int, int]  # responses whose UTC lies so late that elsewhere it is the next day


def read_moments(layout: Layout, body: pa.Table, unfinished: npt.NDArray[np.bool_]) -> Sent:
    """``unfinished``: the responses of which the last moment that the tool kept counts too."""
    read: dict[int, Dates] = {}
    late: dict[int, int] = {}

    def known(position: int, wanted: bool | pa.Array = True) -> pa.Array:
        read[position] = read_dates(_dated(body[str(position)], layout.undated), layout.date_order)
        found = pc.if_else(wanted, _without_stand_in(read[position].moments), None)
        late[position] = _late(found) if position in layout.in_utc else 0
        return found

    moments = pa.nulls(body.num_rows, pa.timestamp("us"))
    for position in () if layout.submitted is None else (layout.submitted, *layout.also_submitted):
        moments = pc.max_element_wise(moments, known(position))
    for position in (*layout.submitted_else, *layout.last_seen):
        wanted = np.asarray(moments.is_null()) & (True if position in layout.submitted_else else unfinished)
        if not wanted.any():
            break
        moments = pc.coalesce(moments, known(position, pa.array(wanted)))
    return Sent(moments, read, late)


def _dated(column: pa.ChunkedArray, undated: str) -> pa.ChunkedArray:
    return pc.if_else(pc.equal(column, undated), "", column) if undated else column


def _without_stand_in(moments: pa.Array) -> pa.Array:
    values = np.asarray(moments)
    stand_in = (values >= _ALWAYS[0]) & (values < _ALWAYS[1])
    return pc.if_else(pa.array(stand_in), pa.scalar(None, pa.timestamp("us")), moments)


def _late(moments: pa.Array) -> int:
    return int(pc.sum(pc.greater_equal(pc.hour(moments), _LATE)).as_py() or 0)
