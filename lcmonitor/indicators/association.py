"""What goes together where: how scores hang together within communities, pooled over these.

In each community Pearson's r of two scores of the same people, as Fisher's z, whose variance 1/(n − 3)
depends on the number of people alone, and not on the scales, which differ. A slope would have needed the
spread of both, which few people leave uncertain. Communities are pooled by random effects: those that
differ in how people answer on the whole do not make an association, as each is its own comparison.

A community counts only where the means of both scores may be shown, with ten people or more, and its own r
is never told. By sector, scale and phase only groups of five communities or more, and no groups that leave
or differ by fewer (relation 9 of ``disclosure.complementary``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lcmonitor.indicators import pooling
from lcmonitor.indicators.change import FALSE_DISCOVERIES
from lcmonitor.indicators.estimate import METHODS, STATES, WORDS, Codes, Estimate, Mask, bare
from lcmonitor.indicators.grid import Grid
from lcmonitor.indicators.pooling import Pooled
from lcmonitor.indicators.rows import ACROSS, NONE, Block, Label, Risk, Where, nothing, taken
from lcmonitor.indicators.sums import Floats

FEWEST = 10  # people of a community who have both scores
COMMUNITIES = 5
PAIRED = "+"  # between the names of the two
R, NEXT, SPREAD, BY = ":r", ":next", ":i2", ":by-"  # parts of one figure
FAMILIES, PAIRS, CONTEXTS = 3, 1, 2  # of p-values that are held together; 0: all others


@dataclass(frozen=True)
class Standing:
    """How a score stands in every cell: whether its mean may be shown, and who is behind that."""

    visible: Mask
    partners: Floats
    known: Floats
    largest: Floats


@dataclass(frozen=True)
class Pair:
    """Two constructs, and of each cell who has both scores and their r (NaN: none)."""

    names: tuple[str, str]
    standing: tuple[Standing, Standing]
    sensitive: bool
    items: int
    n: Floats
    r: Floats


@dataclass(frozen=True)
class _Set:
    """Communities that are pooled: all, or those of one group."""

    by: str
    name: str
    cells: Mask


@dataclass(frozen=True)
class Associations:
    """All pairs of a form. Arrays are pairs × waves × communities."""

    label: Label
    grid: Grid
    pairs: Sequence[Pair]

    @cached_property
    def blocks(self) -> list[Block]:
        """One a pair and part; then those by context."""
        whole = [block for at in range(len(self.pairs)) for block in self._of_pair(at)]
        apart = [self._of_group(at, g) for g in range(1, len(self._sets)) for at in range(len(self.pairs))]
        return [block for block in (*whole, *apart) if len(block.n)]

    def _shaped(self, cells: Floats | Mask) -> Floats:
        shape = (*cells.shape[:-1], len(self.grid.communities), len(self.grid.waves))
        return np.moveaxis(cells.astype(np.float64).reshape(shape), -1, -2)

    @cached_property
    def _sets(self) -> list[_Set]:
        everywhere = _Set("", "", np.ones(self.grid.size, dtype=bool))
        return [everywhere] + [
            _Set(by, name, np.array([each == name for each in of]))
            for by, of in self.grid.contexts.items()
            for name in sorted(set(of) - {""})
        ]

    @cached_property
    def _n(self) -> Floats:
        return self._shaped(np.stack([pair.n for pair in self.pairs]))

    @cached_property
    def _counts(self) -> Mask:
        """Whether a community is in the figure."""
        told = [
            pair.standing[0].visible & pair.standing[1].visible & (pair.n >= FEWEST) & (np.abs(pair.r) < 1)
            for pair in self.pairs
        ]
        return self._shaped(np.stack(told)).astype(bool)

    @cached_property
    def _members(self) -> Mask:
        """Sets × waves × communities."""
        return self._shaped(np.stack([one.cells for one in self._sets])).astype(bool)

    @cached_property
    def _pooled(self) -> list[Pooled]:
        """Of each set."""
        r = self._shaped(np.stack([pair.r for pair in self.pairs]))
        z = np.arctanh(np.where(self._counts, r, np.nan))
        variances = 1 / np.where(self._counts, self._n - 3, np.nan)
        return [pooling.pooled(np.where(mine, z, np.nan), variances) for mine in self._members]

    @cached_property
    def _shown(self) -> Mask:
        """Pairs × waves × sets: enough communities, and none of which few are left."""
        common = np.einsum(
            "pwc,gwc,hwc->pwgh", *map(np.float64, (self._counts, self._members, self._members))
        )
        k = np.diagonal(common, axis1=2, axis2=3).copy()
        shown = k >= COMMUNITIES
        for by in self.grid.contexts:
            mine = np.array([one.by == by for one in self._sets])
            _leave_enough(shown, k, mine)
        more = k[..., None, :] - k[..., :, None]
        nearly = (common == k[..., :, None]) & (more > 0) & (more < COMMUNITIES) & shown[..., None, :]
        found: Mask = shown & ~nearly.any(axis=-1)
        return found

    def _of_pair(self, at: int) -> Iterator[Block]:
        found, shown = self._pooled[0], self._shown[at, :, 0]
        low, high = np.tanh(found.low[at]), np.tanh(found.high[at])
        value = np.tanh(found.value[at])
        ahead = np.tanh(found.predicted_low[at]), np.tanh(found.predicted_high[at])
        p = np.where(shown, found.p[at], np.nan)
        yield self._block(at, 0, R, _told(value, low, high), p)
        yield self._block(at, 0, NEXT, _told(value, *ahead), nothing(len(p)))
        yield self._block(at, 0, SPREAD, bare(found.i2[at], "plain"), nothing(len(p)))
        for by in self.grid.contexts:
            groups, q_p = self._between(at, by)
            yield self._block(at, 0, f"{BY}{by}", bare(groups, "plain"), q_p)

    def _between(self, at: int, by: str) -> tuple[Floats, Floats]:
        """How many groups can be set beside each other, and whether they differ."""
        mine = [g for g, one in enumerate(self._sets) if one.by == by]
        if len(mine) < 2:
            return nothing(len(self.grid.waves)), nothing(len(self.grid.waves))
        shown = self._shown[at][:, mine] & self._shown[at, :, :1]
        pooled = [self._pooled[g] for g in mine]
        value, se = (
            np.where(shown, np.stack(each, axis=-1), np.nan)
            for each in ([one.value[at] for one in pooled], [one.se[at] for one in pooled])
        )
        several = shown.sum(axis=-1) > 1
        q_p = pooling.between_groups(value, se)[1]
        return np.where(several, shown.sum(axis=-1), np.nan), np.where(several, q_p, np.nan)

    def _of_group(self, at: int, g: int) -> Block:
        found = self._pooled[g]
        ends = np.tanh(found.low[at]), np.tanh(found.high[at])
        block = self._block(at, g, R, _told(np.tanh(found.value[at]), *ends), nothing(len(ends[0])))
        return taken(block, block.state == STATES["computed"])

    def _block(self, at: int, g: int, part: str, estimate: Estimate, p: Floats) -> Block:
        """Of the waves in which anyone has both scores; a context that cannot be compared has no row."""
        pair, of = self.pairs[at], self._sets[g]
        shown = self._shown[at, :, g] & self._shown[at, :, 0]
        state = np.where(shown, STATES["computed"], STATES["too_few"]).astype(np.int8)
        waves = np.arange(len(shown))
        kind = self.grid.group_values.index(of.name) if of.name else NONE
        counted = self._counts[at] & self._members[g]
        block = Block(
            label=Label(
                self.label.indicator, self.label.form, self.label.statistic, pair.sensitive,
                part=f"{PAIRED.join(pair.names)}{part}", group_by=of.by,
            ),
            where=Where(waves * 0 + ACROSS, waves, waves * 0 + NONE, waves * 0 + kind),
            n=np.where(counted, self._n[at], 0).sum(axis=-1),
            population=nothing(len(waves)),
            estimate=estimate.only(shown),
            reference=nothing(len(waves)),
            effect=nothing(len(waves)),
            p=p,
            state=state,
            risk=self._risk(pair, counted),
            communities=counted.sum(axis=-1).astype(np.float64),
        )  # fmt: skip
        asked = self._n[at].sum(axis=-1) > 0
        return taken(block, asked & ~np.isnan(estimate.value) if part.startswith(BY) else asked)

    def _risk(self, pair: Pair, counted: Mask) -> Risk:
        """The fewer partners of the two scores; the one organisation that weighs most."""
        one, two = pair.standing
        fewer = np.where(np.isnan(one.partners), one.partners, np.minimum(one.partners, two.partners))
        partners, known, largest = (
            np.where(counted, self._shaped(each), 0.0)
            for each in (fewer, np.minimum(one.known, two.known), np.maximum(one.largest, two.largest))
        )
        none = np.zeros(len(counted))
        items = np.full(len(none), float(pair.items))
        return Risk(
            partners.sum(axis=-1),
            known.sum(axis=-1),
            largest.max(axis=-1),
            none,
            none,
            none > 0,
            items,
            none > 0,
        )


def _leave_enough(shown: Mask, k: Floats, mine: Mask) -> None:
    """Of the groups of one context the smallest goes, where the others would leave few communities.

    The first set is all of them.
    """
    left = k[..., 0] - np.where(shown & mine, k, 0).sum(axis=-1)
    few = (left > 0) & (left < COMMUNITIES)
    smallest = np.where(shown & mine, k, np.inf).argmin(axis=-1)
    places = np.nonzero(few)
    shown[(*places, smallest[places])] &= ~mine[smallest[places]]


def _told(value: Floats, low: Floats, high: Floats) -> Estimate:
    method = np.where(np.isnan(value), METHODS[""], METHODS["random_effects"])
    return Estimate(value, nothing(len(value)), low, high, method)


def family(label: Label) -> int:
    """Which p-values those of a label are held together with."""
    if label.statistic != "association":
        return 0
    return CONTEXTS if BY in label.part else PAIRS * (label.part.endswith(R) and not label.group_by)


def words(r: Floats, p: Floats) -> tuple[Codes, Codes]:
    """What may be said of an association; what of the contexts."""
    clear = p <= FALSE_DISCOVERIES
    untold = [np.isnan(r), np.isnan(p)]
    of_pair = np.select(
        [*untold, clear & (r > 0), clear & (r < 0)],
        [WORDS[""], WORDS["too_few"], WORDS["together"], WORDS["opposite"]],
        WORDS["no_clear_association"],
    )
    of_context = np.select(
        [*untold, clear], [WORDS[""], WORDS["too_few"], WORDS["differs"]], WORDS["no_clear_difference"]
    )
    return of_pair.astype(np.int8), of_context.astype(np.int8)


def is_whole(block: Block) -> bool:
    """Values of whole communities."""
    return block.label.measure == "value" and not block.label.group_by


def standing(blocks: Mapping[str, Sequence[tuple[Block, Mask]]], grid: Grid) -> dict[str, Standing]:
    """Of each construct; ``blocks``: those of its mean in whole communities, and which rows are visible."""
    found = {}
    for of, rows in blocks.items():
        visible, size = np.zeros(grid.size, dtype=bool), grid.size
        partners, known, largest = nothing(size), np.zeros(size), np.zeros(size)
        for block, seen in rows:
            cell = block.where.community * len(grid.waves) + block.where.wave
            visible[cell] = seen & (block.state == STATES["computed"])
            partners[cell], known[cell], largest[cell] = (
                block.risk.partners,
                block.risk.known,
                block.risk.largest,
            )
        found[of] = Standing(visible, partners, known, largest)
    return found
