"""The tidy table as SDMX-CSV 2.0, the text format of SDMX 3.0 (sdmx-twg/sdmx-csv): the estimates observed.

All that stands beside an estimate is an attribute of the observation. Titles are left out: an observation
has the code alone, and no text that a programme wrote.
"""

from collections.abc import Mapping

import pyarrow as pa

from lcmonitor.reporting.tidy import DIMENSIONS, TITLES
from lcmonitor.reporting.tidy_text import cells, quoted, rows, text

# The version changes with the columns. R: what was published before of the same observation is replaced.
AGENCY, STRUCTURE, VERSION = "LCMONITOR", "FIGURES", "1.0.0"
_LEADING = {"STRUCTURE": "datastructure", "STRUCTURE_ID": f"{AGENCY}:{STRUCTURE}({VERSION})", "ACTION": "R"}
VALUE = "estimate"
EMPTY = dict.fromkeys(DIMENSIONS, "_Z") | {"community": "_T"}  # SDMX's codes: not applicable, and total


def as_sdmx(table: pa.Table, periods: Mapping[str, str]) -> bytes:
    """``periods``: of each wave its days, as SDMX writes a time range."""
    columns = {
        **_LEADING,
        **{name.upper(): cells(table[name], quoted, none=EMPTY[name]) for name in DIMENSIONS},
        "TIME_PERIOD": cells(table["wave"], periods.__getitem__),
        "OBS_VALUE": cells(table[VALUE], quoted),
        **{name.upper(): cells(table[name], quoted) for name in attributes(table)},
    }  # fmt: skip
    return text([*columns], rows([*columns.values()]))


def attributes(table: pa.Table) -> list[str]:
    """The columns that tell about an observation, in their order."""
    return [name for name in table.column_names if name not in (*DIMENSIONS, *TITLES, VALUE)]
