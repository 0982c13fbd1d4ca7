"""Which columns a survey tool added itself or hold who somebody is, by the rules for exports."""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from lcmonitor.codebooks.described import LeftOut, Reason
from lcmonitor.exports import spss
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.table import Column

_REASONS: dict[str, Reason] = {"meta": "own", "personal": "personal"}


def own_columns(names: Sequence[str]) -> Iterator[LeftOut]:
    """Those of these columns that are no questions."""
    columns = tuple(Column(position, name, name, "") for position, name in enumerate(names))
    nothing = pa.table([pa.array([], pa.string())] * len(names), names=[str(n) for n in range(len(names))])
    found = spss.layout(Grid("", (tuple(names),), lambda _: nothing, columns=columns, package="spss"))
    for column in found.columns if found else ():
        if column.role in _REASONS:
            yield LeftOut(column.heading, _REASONS[column.role])
