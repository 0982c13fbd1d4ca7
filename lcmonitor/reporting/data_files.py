"""The data of an edition: a CSV beside every report, and all figures together in four formats, described."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lcmonitor.instruments.model import Indicator
from lcmonitor.programme.model import Wave
from lcmonitor.reporting.dataset import DESCRIPTION, FORMATS, caution, described, terms
from lcmonitor.reporting.figures import ACROSS, Figures
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.sdmx import as_sdmx
from lcmonitor.reporting.sdmx_structure import structure
from lcmonitor.reporting.sector_page import sectors
from lcmonitor.reporting.series import begun
from lcmonitor.reporting.tidy import COLUMNS, tidy
from lcmonitor.reporting.tidy_text import as_csv, csv_rows
from lcmonitor.reporting.words import Words
from lcmonitor.reporting.xlsx import as_xlsx

File = tuple[str, bytes]  # path in the edition's folder, content


def data_files(
    known: Mapping[str, Figures], communities: Sequence[str], frame: Frame, spoken: Sequence[Words]
) -> Iterator[File]:
    """The figures that may be shown, and of those that may not that they are there, and why not."""
    paths = {ACROSS: "programme"} | {name: f"communities/{name}" for name in communities}
    indicators = frame.setup.instrument.every_indicator
    parts = [known.get(name, Figures()).rows for name in paths]
    whole = _table(pd.concat([rows for rows in parts if len(rows)]), indicators, frame)
    lines, ends = csv_rows(whole), np.cumsum([len(rows) for rows in parts])
    for path, end, rows in zip(paths.values(), ends, parts, strict=True):
        yield f"{path}.csv", as_csv(COLUMNS, lines.slice(end - len(rows), len(rows)))
    yield from _of_sectors(known.get(ACROSS, Figures()), indicators, frame)
    written = {
        "csv": as_csv(COLUMNS, lines),
        "xlsx": as_xlsx(whole, _explained(frame, spoken), frame.wave.closes),
        "parquet": _parquet(whole),
        "sdmx": _sdmx(whole, frame),
        "structure": structure(whole, frame, spoken),
    }
    content = {one.file: written[one.name] for one in FORMATS}
    yield from content.items()
    yield DESCRIPTION, described(whole, content, frame, spoken)


def _of_sectors(across: Figures, indicators: Mapping[str, Indicator], frame: Frame) -> Iterator[File]:
    """Those of each sector, which stand among the programme's as well."""
    for sector in sectors(frame.setup):
        own = frame.setup.instrument.sector_indicators[sector]
        table = _table(across.of_sector(sector, own).rows, indicators, frame)
        yield f"sectors/{sector}.csv", as_csv(COLUMNS, csv_rows(table))


def _sdmx(whole: pa.Table, frame: Frame) -> bytes:
    return as_sdmx(whole, {wave.id: _time_range(wave) for wave in frame.setup.programme.waves})


def _time_range(wave: Wave) -> str:
    """Its first day and how many there are, as SDMX writes a time range."""
    return f"{wave.opens.isoformat()}/P{(wave.closes - wave.opens).days + 1}D"


def _parquet(whole: pa.Table) -> bytes:
    made = BytesIO()
    pq.write_table(whole, made, compression="zstd")
    return made.getvalue()


def _explained(frame: Frame, spoken: Sequence[Words]) -> list[list[str]]:
    """Of each column what it says, in every language of the programme; then how to cite it all."""
    rows = [["column", *COLUMNS, *[""] * len(_notes(frame, spoken[0]))]]
    rows += [
        [said.language, *(said(f"data.column.{name}") for name in COLUMNS), *_notes(frame, said)]
        for said in spoken
    ]
    return [list(row) for row in zip(*rows, strict=True)]


def _notes(frame: Frame, words: Words) -> list[str]:
    return [*terms(frame, words), *caution(frame, words)]


def _table(rows: pd.DataFrame, indicators: Mapping[str, Indicator], frame: Frame) -> pa.Table:
    waves = sorted(frame.setup.programme.waves, key=lambda wave: wave.opens)
    new_series = begun(rows, frame.setup.instrument, indicators, waves)
    return tidy(rows, indicators, new_series, frame.edition)
