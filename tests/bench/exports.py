"""Reading exports, each beside what a library needs to read the same file and do nothing with it."""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

from lcmonitor.exports.reading import parse
from tests.bench.measurement import Measurement, best_of

_LABELS = {1: "helemaal oneens", 2: "oneens", 3: "neutraal", 4: "eens", 5: "helemaal eens"}


def measure() -> Iterator[Measurement]:
    """Seconds of reading in this process; the sandbox adds a tenth."""
    yield from _sav(100_000, 62)


def _sav(rows: int, columns: int) -> Iterator[Measurement]:
    """A survey as SPSS keeps it: mostly scales with labels, some numbers, some words."""
    draw = np.random.default_rng(2026)
    frame = pd.DataFrame(
        {
            "id": np.arange(1, rows + 1, dtype=float),
            "submitdate": pd.Series("2026-03-02 10:15:00", index=range(rows)),
            **{f"n{number}": draw.random(rows).round(2) for number in range(4)},
            **{
                f"w{number}": draw.choice(["goed", "slecht, maar", "zéér – goed", ""], rows)
                for number in range(4)
            },
        }
    )
    scales = {f"q{number}": draw.integers(1, 6, rows).astype(float) for number in range(columns - 10)}
    frame = pd.concat([frame, pd.DataFrame(scales)], axis=1)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "survey.sav"
        pyreadstat.write_sav(frame, file, variable_value_labels=dict.fromkeys(scales, _LABELS))
        data = file.read_bytes()
    floor = best_of(3, lambda: pyreadstat.read_sav(io.BytesIO(data), user_missing=True))
    seconds = best_of(3, lambda: parse("survey.sav", data))
    yield Measurement(f"reading of {rows:,} x {columns} .sav", seconds, 2, floor, f"{seconds:.1f} s, 3 asked")
