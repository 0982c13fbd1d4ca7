"""The slow definitions of what several items, or the parts of a whole, make together."""

import math
import statistics
from collections.abc import Sequence
from fractions import Fraction

from tests.indicators.naive import NAN, Figure, valid, week
from tests.indicators.tiny import Reply


def consensus(
    replies: Sequence[Reply], items: Sequence[str], expected: Fraction = Fraction(2)
) -> list[Figure]:
    """r_wg(J) and AD; ``expected``: the variance of answers spread evenly over the scale."""
    given = {name: [r.answers[name] for r in replies if valid(r.answers[name])] for name in items}
    n = min(len(codes) for codes in given.values())
    if n < 2:
        return [Figure(n, method="", state="too_few" if n else "not_answered")] * 2
    spread = [statistics.variance(map(Fraction, codes)) for codes in given.values()]
    r = min(Fraction(sum(spread), len(items)) / expected, Fraction(1))
    agreed = len(items) * (1 - r) / (len(items) * (1 - r) + r)
    apart = [
        statistics.mean(abs(c - Fraction(sum(codes), len(codes))) for c in codes) for codes in given.values()
    ]
    return [
        Figure(n, estimate=float(value), method="plain", word=word)
        for value, word in ((agreed, "shared" if agreed >= 0.7 else "divided"), (statistics.mean(apart), ""))
    ]


def intraclass(groups: Sequence[Sequence[Fraction]]) -> tuple[float, float]:
    """ICC(1) and ICC(2) of groups of scores, by a one-way analysis of variance; NaN where nothing varies."""
    scores = [score for group in groups for score in group]
    if len(groups) < 2 or len(scores) == len(groups):
        return NAN, NAN
    grand, size = statistics.mean(scores), Fraction(len(scores), len(groups))
    between = sum(len(g) * (statistics.mean(g) - grand) ** 2 for g in groups) / (len(groups) - 1)
    apart = sum((score - statistics.mean(g)) ** 2 for g in groups for score in g)
    within = Fraction(apart) / (len(scores) - len(groups))
    whole = between + (size - 1) * within
    return (
        float((between - within) / whole) if whole else NAN,
        float((between - within) / between) if between else NAN,
    )


def balance(replies: Sequence[Reply]) -> Figure:
    shares = _mean_shares(replies)
    parts = [float(share) for share in shares if share > 0]
    return Figure(_divided(replies), estimate=-sum(p * math.log(p) for p in parts) / math.log(len(shares)))


def mix_distance(replies: Sequence[Reply], intended: Sequence[float]) -> Figure:
    moved = sum(abs(float(p) - q) for p, q in zip(_mean_shares(replies), intended, strict=True))
    return Figure(_divided(replies), estimate=moved / 2)


def _divided(replies: Sequence[Reply]) -> int:
    return sum(week(reply.answers) is not None for reply in replies)


def _mean_shares(replies: Sequence[Reply]) -> list[Fraction]:
    weeks = [shares for reply in replies if (shares := week(reply.answers)) is not None]
    return [statistics.mean(part) for part in zip(*weeks, strict=True)]


def alpha(replies: Sequence[Reply]) -> Figure:
    """Cronbach's, of who answered all three items of trust."""
    codes = [[reply.answers[name] for name in ("t1", "t2", "t3")] for reply in replies]
    rows = [(t1, 6 - t2, t3) for t1, t2, t3 in codes if valid(t1) and valid(t2) and valid(t3)]
    if len(rows) < 30:
        return Figure(len(rows), state="too_few")
    items = sum(statistics.variance(column) for column in zip(*rows, strict=True))
    return Figure(len(rows), estimate=1.5 * (1 - items / statistics.variance(map(sum, rows))))
