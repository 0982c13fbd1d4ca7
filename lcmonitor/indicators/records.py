"""Records counted: those that are new in a wave, and all of the community so far as they stand by then.

A record that comes in again under its own name is the same record, put right or further on: it is new in the
wave in which it came first, and from each later one on it counts as it says there. Records without a name are
each their own. They are no sample of anything, so there are no intervals.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lcmonitor.indicators.estimate import STATES, bare
from lcmonitor.indicators.grid import Grid, place
from lcmonitor.indicators.moments import GROUP
from lcmonitor.indicators.plans import Answer, Score
from lcmonitor.indicators.rows import Block, of_nobody
from lcmonitor.indicators.sums import Floats
from lcmonitor.indicators.values import Subject

EVER = "ever"  # the part that is about all records so far


@dataclass(frozen=True)
class Tally:
    """By cell: how many records, and how many have each code (codes × cells); the rest lack an answer."""

    n: Floats
    codes: Floats


@dataclass(frozen=True)
class Tallies:
    """The records that are new, and all so far."""

    new: Tally
    ever: Tally


def of_records(subject: Subject, plan: Score) -> Iterator[Block]:
    """How many, in all and with each code; ``n``: all of them."""
    tallies = _tallies(subject, plan.answers[0])
    for period, tally in (("", tallies.new), (EVER, tallies.ever)):
        yield _block(subject, tallies, tally.n, tally.n, period)
        for code, count in zip(plan.answers[0].codes, tally.codes, strict=True):
            yield _block(subject, tallies, tally.n, count, f"{period}:{code}" if period else f"{code}")


def of_share(subject: Subject, plan: Score) -> Iterator[Block]:
    """The share from a code on, among those of which it is known; ``n``: those."""
    tallies, codes = _tallies(subject, plan.answers[0]), plan.answers[0].codes
    agreeing = [at for at, code in enumerate(codes) if plan.agrees_from is None or code >= plan.agrees_from]
    for period, tally in (("", tallies.new), (EVER, tallies.ever)):
        known = tally.codes.sum(axis=0)
        share = np.divide(tally.codes[agreeing].sum(axis=0), known, out=np.zeros(len(known)), where=known > 0)
        yield _block(subject, tallies, known, np.where(known > 0, share, np.nan), period)


def _block(subject: Subject, tallies: Tallies, n: Floats, value: Floats, part: str) -> Block:
    told = (tallies.ever.n > 0) & ~np.isnan(value)
    states = np.where(told, STATES["computed"], STATES["not_answered"])
    return subject.block(n, bare(value, "count"), of_nobody(len(n), 1), states, part)


def _tallies(subject: Subject, answer: Answer) -> Tallies:
    form = subject.form
    listed = form.engine.listed((*GROUP, "panel_key", answer.item))
    codes = listed[answer.item].to_pandas().to_numpy(np.float64)
    cell = place(listed, form.grid).cells.bins
    return _counted(_versions(listed["panel_key"].to_pandas(), cell, form.grid), codes, answer, form.grid)


def _versions(names: "pd.Series[str]", cell: np.ndarray, grid: Grid) -> pd.DataFrame:
    """What was said of each record in each wave, with the cell from which it holds and the one that ends it.

    ``names`` and ``cell``: by response, oldest first in each wave. Of several in one wave the last counts.
    """
    waves = len(grid.waves)
    known = pd.DataFrame({"cell": cell, "name": names.to_numpy(), "row": np.arange(len(cell))})
    known = known[known["cell"] >= 0].assign(community=lambda rows: rows["cell"] // waves)
    known["name"] = known["name"].where(known["name"].notna(), known["row"].astype(str))
    known = known.drop_duplicates(["community", "name", "cell"], keep="last").sort_values(["cell", "row"])
    record = known.groupby(["community", "name"], sort=False)
    ends = record["cell"].shift(-1)
    return known.assign(
        first=record.cumcount() == 0, ends=ends.fillna((known["community"] + 1) * waves).astype(np.intp)
    )


def _counted(versions: pd.DataFrame, codes: Floats, answer: Answer, grid: Grid) -> Tallies:
    code = codes[versions["row"].to_numpy()]
    chosen = [np.full(len(code), True), *(code == each for each in answer.codes)]
    new = [_at(versions, "cell", grid.size, those & versions["first"].to_numpy()) for those in chosen]
    ever = [_standing(versions, those, grid) for those in chosen]
    return Tallies(Tally(new[0], np.array(new[1:])), Tally(ever[0], np.array(ever[1:])))


def _at(versions: pd.DataFrame, column: str, size: int, those: np.ndarray) -> Floats:
    places = versions[column].to_numpy()[those]
    return np.bincount(places, minlength=size)[:size].astype(np.float64)


def _standing(versions: pd.DataFrame, those: np.ndarray, grid: Grid) -> Floats:
    """How many hold in each cell: those that began, less those that ended, within the community."""
    within = those & (versions["ends"].to_numpy() % len(grid.waves) > 0)
    moved = _at(versions, "cell", grid.size, those) - _at(versions, "ends", grid.size, within)
    standing: Floats = np.cumsum(moved.reshape(-1, len(grid.waves)), axis=1).reshape(-1)
    return standing
