"""The slow definitions of who took part, who answered again, and whose score moved: one after the other."""

import math
import statistics
from dataclasses import replace

import numpy as np
from scipy import stats

from tests.indicators.naive import NAN, Figure, Measured, Naive
from tests.indicators.naive_together import alpha
from tests.indicators.tiny import WAVES

Cell = tuple[str, str]  # community, wave


def coverage(slow: Naive, cell: Cell) -> Figure:
    active = _active(slow, cell)
    there = {reply.partner for reply in slow.of(*cell)} & active
    return Figure(len(there), len(active), len(there) / len(active), method="count")


def _active(slow: Naive, cell: Cell) -> set[str | None]:
    community, wave = cell
    partners = slow.communities[community].partners
    return {partner.id for partner in partners if partner.active_on(WAVES[wave][1])}


def ambition(mean: Figure, own: float | None) -> Figure:
    """The mean beside the community's ambition; None: none that was there in time."""
    if own is None:
        return Figure(mean.n, mean.population, state="not_applicable")
    return replace(mean, estimate=mean.estimate - own, low=mean.low - own, high=mean.high - own)


def followed(slow: Naive, cell: Cell) -> Figure:
    """Of those who answered before and whose organisation, if it is known, still takes part."""
    before = slow.of(cell[0], slow.earlier(*cell))
    could = [reply for reply in before if reply.partner is None or reply.partner in _active(slow, cell)]
    now = {reply.person for reply in slow.of(*cell) if reply.person}
    n = sum(reply.person in now for reply in could)
    return Figure(n, len(could), n / len(could), method="count")


def moved(slow: Naive, measured: Measured, cell: Cell) -> dict[str, Figure]:
    """Whose score went up, may be the same, and went down, by what two measurements may differ."""
    community, wave = cell
    versus = slow.earlier(community, wave)
    early = [reply for reply in slow.replies if reply.wave == versus]
    scores = [float(score) for reply in early if (score := measured(reply.answers)) is not None]
    least = 1.96 * statistics.stdev(scores) * math.sqrt(2 * (1 - alpha(early).estimate))
    later = {reply.person or "": measured(reply.answers) for reply in slow.of(*cell) if reply.person}
    both = [(later.get(r.person or ""), measured(r.answers)) for r in slow.of(community, versus)]
    differences = [float(now - then) for now, then in both if now is not None and then is not None]
    counts = {"up": sum(d > least for d in differences), "down": sum(d < -least for d in differences)}
    counts["none"] = len(differences) - sum(counts.values())
    return {part: _wilson(count, len(differences)) for part, count in counts.items()}


def _wilson(k: int, n: int) -> Figure:
    ends = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
    return Figure(n, NAN, k / n, low=float(ends.low), high=float(ends.high), method="wilson")


def attrition(slow: Naive, measured: Measured, wave: str) -> Figure:
    """Least squares of the earlier score on who did not give it again, with a term for each community."""
    told = [
        (community, float(score), reply.person not in _again(slow, measured, (community, wave)))
        for community in slow.communities
        for reply in slow.of(community, slow.earlier(community, wave))
        if (score := measured(reply.answers)) is not None
    ]
    names, scores, gone = zip(*told, strict=True)
    columns = [[float(name == each) for name in names] for each in sorted(set(names))]
    design = np.array([*columns, gone], float).T
    made, left = np.linalg.lstsq(design, np.array(scores), rcond=None)[:2]
    df = len(scores) - design.shape[1]
    se = math.sqrt(float(left[0]) / df * float(np.linalg.inv(design.T @ design)[-1, -1]))
    n, half = min(sum(gone), len(gone) - sum(gone)), float(stats.t.ppf(0.975, df)) * se
    b = float(made[-1])
    return Figure(n, NAN, b, se, b - half, b + half, method="within_communities")


def _again(slow: Naive, measured: Measured, cell: Cell) -> set[str | None]:
    return {r.person for r in slow.of(*cell) if r.person and measured(r.answers) is not None}
