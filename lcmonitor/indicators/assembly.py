"""Blocks of figures become the indicator table."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from lcmonitor.indicators import association, change, consensus
from lcmonitor.indicators.estimate import METHODS, STATES, WORDS, Mask
from lcmonitor.indicators.grid import Grid
from lcmonitor.indicators.rows import NONE, Block
from lcmonitor.indicators.sums import Floats, Integers
from lcmonitor.indicators.table import FIGURE, KEY, RISK, IndicatorTable, stacked

_LABELLED = ("indicator", "form", "statistic", "measure", "part", "group_by")


def table(blocks: Sequence[Block], grid: Grid) -> IndicatorTable:
    """The blocks as one table, its text columns categorical; changes and consensus are put in a word."""
    sizes = np.array([len(block.n) for block in blocks], dtype=np.intp)
    columns: dict[str, Any] = {
        name: _repeated([getattr(b.label, name) for b in blocks], sizes) for name in _LABELLED
    }
    columns |= _places(blocks, grid)
    columns |= _numbers(blocks)
    columns["sector"] = _sectors(blocks, grid)
    columns["sensitive"] = _flags([block.label.sensitive for block in blocks], sizes)
    columns["sole"] = _all(blocks, lambda b: b.risk.sole).astype(np.bool_, copy=False)
    columns["state"] = _categorical(_all(blocks, lambda b: b.state), STATES.words)
    columns["method"] = _categorical(_all(blocks, lambda b: b.estimate.method), METHODS.words)
    columns["p"], columns["word"] = _told(blocks, sizes, columns["estimate"])
    return IndicatorTable(pd.DataFrame({name: columns[name] for name in KEY + FIGURE + RISK}, copy=False))


def extended(table: IndicatorTable, other: IndicatorTable) -> IndicatorTable:
    """The rows of both, one table after the other."""
    return IndicatorTable(stacked(table.rows, other.rows))


def _places(blocks: Sequence[Block], grid: Grid) -> Mapping[str, Any]:
    return {
        "community": _decoded(_all(blocks, lambda b: b.where.community), grid.communities),
        "wave": _decoded(_all(blocks, lambda b: b.where.wave), grid.waves),
        "versus": _decoded(_all(blocks, lambda b: b.where.versus), grid.waves),
        "group_value": _decoded(_all(blocks, lambda b: b.where.kind), grid.group_values),
    }


def _sectors(blocks: Sequence[Block], grid: Grid) -> Any:
    of_community = np.append(grid.sectors, NONE).astype(np.int32)  # the last one: of ACROSS
    return _decoded(
        of_community[_all(blocks, lambda b: b.where.community).astype(np.intp, copy=False)],
        grid.group_values,
    )


def _numbers(blocks: Sequence[Block]) -> Mapping[str, Floats]:
    of: Mapping[str, Callable[[Block], Floats]] = {
        "n": lambda b: b.n,
        "population": lambda b: b.population,
        "estimate": lambda b: b.estimate.value,
        "se": lambda b: b.estimate.se,
        "low": lambda b: b.estimate.low,
        "high": lambda b: b.estimate.high,
        "reference": lambda b: b.reference,
        "effect": lambda b: b.effect,
        "partners": lambda b: b.risk.partners,
        "top_share": lambda b: b.risk.top_share,
        "uniform": lambda b: b.risk.uniform(b.n),
        "communities": lambda b: b.communities,
        "items": lambda b: b.risk.items,
    }
    return {name: _all(blocks, number).astype(np.float64, copy=False) for name, number in of.items()}


def _told(blocks: Sequence[Block], sizes: Integers, estimate: Floats) -> tuple[Floats, Any]:
    """P after Benjamini–Hochberg in each report, and what is said in a word.

    Changes, associations and differences between contexts are three questions: each is a family of its own.
    """
    kind = np.repeat(np.array([association.family(b.label) for b in blocks], dtype=np.intp), sizes)
    report = _reports(blocks, kind == association.CONTEXTS)
    p = change.adjusted(_all(blocks, lambda b: b.p), report * association.FAMILIES + kind)
    changes = _flags([block.label.measure == "change" for block in blocks], sizes)
    shared = _flags([b.label.statistic == "consensus" and not b.label.part for b in blocks], sizes)
    told = [change.words(estimate, p), consensus.words(estimate), *association.words(estimate, p)]
    words = np.select(
        [changes, shared, kind == association.PAIRS, kind == association.CONTEXTS], told, WORDS[""]
    )
    return p, _categorical(words, WORDS.words)


def _reports(blocks: Sequence[Block], contexts: Mask) -> Integers:
    """A number for each community, sector or programme in a wave; ``contexts`` are the programme's."""
    community = _all(blocks, lambda b: b.where.community)
    wave = _all(blocks, lambda b: b.where.wave)
    kind = np.where((community < 0) & ~contexts, _all(blocks, lambda b: b.where.kind), NONE)
    subject = np.where(community < 0, -1 - (kind - NONE), community)
    report: Integers = subject * (wave.max(initial=0) + 1) + wave
    return report


def _all(blocks: Sequence[Block], of: Callable[[Block], Any]) -> Any:
    return np.concatenate([of(block) for block in blocks]) if blocks else np.zeros(0)


def _flags(given: Sequence[bool], sizes: Integers) -> Mask:
    return np.repeat(np.array(given, dtype=bool), sizes)


def _decoded(codes: Integers, names: Sequence[str]) -> Any:
    """Code −1 is the text ""."""
    return _categorical(codes - NONE, ["", *names])


def _repeated(texts: Sequence[str], sizes: Integers) -> Any:
    names = sorted({"", *texts})
    codes = {name: code for code, name in enumerate(names)}
    return _categorical(np.repeat(np.array([codes[text] for text in texts], dtype=np.int32), sizes), names)


def _categorical(codes: Any, texts: Sequence[str]) -> Any:
    return pd.Categorical.from_codes(codes, pd.Index(texts))
