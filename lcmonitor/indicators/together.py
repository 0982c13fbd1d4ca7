"""From the scores of a form's respondents to the pairs of constructs that an association is made of."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from lcmonitor.indicators import products
from lcmonitor.indicators.association import Associations, Pair, Standing
from lcmonitor.indicators.engine import Engine
from lcmonitor.indicators.form import Asked
from lcmonitor.indicators.grid import Grid, cells_of
from lcmonitor.indicators.plans import Score, items_of
from lcmonitor.indicators.rows import Block, Label
from lcmonitor.indicators.sums import ProductSums
from lcmonitor.instruments.model import Indicator

Measured = tuple[Score, Score]


def associations(
    asked: Asked, grid: Grid, sums: Mapping[Measured, ProductSums], standing: Mapping[str, Standing]
) -> list[Block]:
    """``sums`` as ``read`` gives them; ``standing``: of the constructs that have a mean on the form."""
    label = Label(asked.id, asked.indicator.form, asked.indicator.statistic, sensitive=False)
    pairs = [
        _pair(one, two, grid, sums, standing)
        for one, two in _named(asked.indicator)
        if {one, two} <= standing.keys()
    ]
    return Associations(label, grid, pairs).blocks if pairs else []


def scores_of(asked: Sequence[Asked], grid: Grid) -> tuple[Score, ...]:
    """What is measured of each respondent, once."""
    pairs = (pair for one in asked for pair in _measured(one.indicator, grid))
    return tuple(dict.fromkeys(score for pair in pairs for score in pair))


def read(engine: Engine, asked: Sequence[Asked], grid: Grid) -> dict[Measured, ProductSums]:
    """The sums of each pair of ways of measuring that some cell has, by cell."""
    pairs = tuple(dict.fromkeys(each for one in asked for each in _measured(one.indicator, grid)))
    scores = scores_of(asked, grid)
    if not scores or not engine.columns:
        return {}
    table = engine.scores(scores)
    values = np.stack([table[str(at)].cast(pa.float64()).to_numpy() for at in range(len(scores))], axis=1)
    places = [(scores.index(one), scores.index(two)) for one, two in pairs]
    found = products.product_sums(values, cells_of(table, grid), grid.size, places)
    return {pair: found.of(at) for at, pair in enumerate(pairs)}


def _named(indicator: Indicator) -> Iterator[tuple[str, str]]:
    yield from ((one, two) for one in indicator.among for two in indicator.beside)


def _measured(indicator: Indicator, grid: Grid) -> Iterator[Measured]:
    for one, two in _named(indicator):
        (ones, first), (twos, second) = grid.plans(one), grid.plans(two)
        for at, beside in sorted(set(zip(first.tolist(), second.tolist(), strict=True))):
            if at >= 0 and beside >= 0 and (pair := _scores(ones[at], twos[beside])):
                yield pair


def _scores(one: object, two: object) -> Measured | None:
    """None where they share a question: that would go together with itself."""
    if not isinstance(one, Score) or not isinstance(two, Score) or one.formative or two.formative:
        return None
    return None if set(items_of(one)) & set(items_of(two)) else (one, two)


def _pair(
    one: str, two: str, grid: Grid, sums: Mapping[Measured, ProductSums], standing: Mapping[str, Standing]
) -> Pair:
    (ones, first), (twos, second) = grid.plans(one), grid.plans(two)
    n, r, items = np.zeros(grid.size), np.full(grid.size, np.nan), 0
    for at, beside in set(zip(first.tolist(), second.tolist(), strict=True)):
        measured = _scores(ones[at], twos[beside]) if at >= 0 and beside >= 0 else None
        if measured and measured in sums:
            here, found = (first == at) & (second == beside), sums[measured]
            n[here], r[here] = found.n[here], products.correlation(found)[here]
            items = sum(len(items_of(score)) for score in measured)
    sensitive = grid.sensitive(one) or grid.sensitive(two)
    return Pair((one, two), (standing[one], standing[two]), sensitive, items, n, r)
