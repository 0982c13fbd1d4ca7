"""The definitions once more, slowly: one respondent, one group, one figure after the other.

It shares with the code under test the columns of the table and nothing else.
"""

import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

from scipy import stats

from lcmonitor.programme.model import Community
from tests.indicators.tiny import PARTNERS, WAVES, Reply

NAN = float("nan")
TYPES = dict(PARTNERS)
ORDER = list(WAVES)


@dataclass
class Figure:
    n: float = 0
    population: float = NAN
    estimate: float = NAN
    se: float = NAN
    low: float = NAN
    high: float = NAN
    reference: float = NAN
    method: str = ""
    state: str = "computed"
    effect: float = NAN
    p: float = NAN
    word: str = ""
    partners: float = 0
    top_share: float = 1
    uniform: float = NAN
    spread: list[float] = field(default_factory=list, repr=False)  # the answers behind it


# ---- one respondent


def valid(code: Any) -> bool:
    return code is not None and code > 0


@dataclass(frozen=True)
class Measured:
    """Items, and what one respondent's answers to them make."""

    items: tuple[str, ...]
    made: Callable[[Mapping[str, Any]], Fraction | None]

    def __call__(self, answers: Mapping[str, Any]) -> Fraction | None:
        return self.made(answers)


def why_not(of: Measured, replies: Sequence[Reply]) -> str:
    codes = [reply.answers[item] for reply in replies for item in of.items]
    asked = [code for code in codes if code != -101]
    if replies and not asked:
        return "not_asked"
    return "not_applicable" if asked and set(asked) == {-103} else "not_answered"


def _trust(answers: Mapping[str, Any]) -> Fraction | None:
    given = [answers[item] for item in ("t1", "t2", "t3") if valid(answers[item])]
    turned = [6 - answers[i] if i == "t2" else answers[i] for i in ("t1", "t2", "t3") if valid(answers[i])]
    return Fraction(sum(turned), len(turned)) if len(given) >= 2 else None


trust = Measured(("t1", "t2", "t3"), _trust)


def item(name: str) -> Measured:
    return Measured((name,), lambda answers: Fraction(answers[name]) if valid(answers[name]) else None)


def number(name: str) -> Measured:
    return Measured((name,), lambda answers: None if answers[name] is None else Fraction(answers[name]))


def week(answers: Mapping[str, Any]) -> list[Fraction] | None:
    points = [Fraction(answers[part] or 0) for part in "wli"]
    return [point / sum(points) for point in points] if 99 <= sum(points) <= 101 else None


# ---- one group


def mean(values: Sequence[Fraction], population: float, ends: tuple[int | None, int | None]) -> Figure:
    """``ends`` of the scale; None: a number without ends."""
    n = len(values)
    figure = Figure(n, population, float(statistics.mean(values)), method="t")
    known = not math.isnan(population) and population >= n
    if known and population == n:
        figure.se, figure.method = 0.0, "census"
        return figure
    if not known:
        figure.method = "t_unknown_population" if math.isnan(population) else "t_population_too_small"
    if n < 2:
        return figure
    correction = 1 - n / population if known else 1
    figure.se = math.sqrt(correction * float(statistics.variance(values)) / n)
    if figure.se > 0 and None in ends:
        half = float(stats.t.ppf(0.975, n - 1)) * figure.se
        figure.low, figure.high = figure.estimate - half, figure.estimate + half
    elif figure.se > 0:
        figure.low, figure.high = on_scale(values, population if known else math.inf, *ends)
    return figure


def on_scale(values: Sequence[Fraction], population: float, low: Any, high: Any) -> tuple[float, float]:
    """Those who did not answer are as those who did, and one more who is half at each end."""
    n = len(values)
    weights = [(value, Fraction(1)) for value in values] + [
        (Fraction(end), Fraction(1, 2)) for end in (low, high)
    ]
    whole = sum(weight for _, weight in weights)
    middle = sum(value * weight for value, weight in weights) / whole
    spread = sum(weight * (value - middle) ** 2 for value, weight in weights) / (whole - 1)
    silent = 1 - n / population
    told = (1 - silent) * float(statistics.mean(values))
    half = float(stats.t.ppf(0.975, n - 1)) * math.sqrt(silent * float(spread / whole))
    centre = told + silent * float(middle)
    return max(centre - half, told + silent * low), min(centre + half, told + silent * high)


@cache
def exact(k: int, n: int, population: int) -> tuple[float, float]:
    """All K that neither tail rejects, by counting samples."""
    ways = math.comb(population, n)

    def tail(agreeing: int, counts: range) -> Fraction:
        return Fraction(
            sum(math.comb(agreeing, x) * math.comb(population - agreeing, n - x) for x in counts), ways
        )

    kept = [
        agreeing
        for agreeing in range(k, population - n + k + 1)
        if tail(agreeing, range(k, n + 1)) >= Fraction(1, 40)
        and tail(agreeing, range(k + 1)) >= Fraction(1, 40)
    ]
    low, high = kept[0], kept[-1]
    if low == high:
        low, high = max(k, low - 1), min(population - n + k, high + 1)
    return low / population, high / population


def share(k: int, n: int, population: float) -> Figure:
    figure = Figure(n, population, k / n, method="hypergeometric")
    known = not math.isnan(population) and population >= n
    if known and population == n:
        figure.se, figure.method = 0.0, "census"
        return figure
    if n > 1:
        correction = 1 - n / population if known else 1
        figure.se = math.sqrt(correction * (k / n) * (1 - k / n) / (n - 1))
    if known:
        figure.low, figure.high = exact(k, n, int(population))
    else:
        figure.method = "wilson" if math.isnan(population) else "wilson_population_too_small"
        interval = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
        figure.low, figure.high = float(interval.low), float(interval.high)
    return figure


def at_risk(figure: Figure, partners: Sequence[str | None], ends: tuple[int, int], alike: bool) -> Figure:
    counted = Counter(partner for partner in partners if partner is not None)
    figure.partners = len(counted)
    figure.top_share = max(counted.values()) / sum(counted.values()) if counted else 1.0
    if figure.n:
        figure.uniform = 1.0 if alike and figure.n > 1 else max(ends) / figure.n
    return figure


# ---- the programme


class Naive:
    """``figure(...)`` for any key of the indicators mean, share, distribution and change."""

    def __init__(self, communities: Sequence[Community], replies: Sequence[Reply]) -> None:
        self.communities = {community.id: community for community in communities}
        self.replies = [reply for reply in replies if reply.completeness != "break_off"]

    def of(self, community: str, wave: str, kind: str = "") -> list[Reply]:
        return [
            r
            for r in self.replies
            if r.community == community
            and r.wave == wave
            and (not kind or TYPES.get(r.partner or "") == kind)
        ]

    def population(self, community: str, wave: str, kind: str = "") -> float:
        eligible = self.communities[community].eligible.get(wave)
        if isinstance(eligible, dict):
            mine = [people for partner, people in eligible.items() if not kind or TYPES[partner] == kind]
            return float(sum(mine))
        return NAN if eligible is None or kind else float(eligible)

    def cells(self) -> Iterator[tuple[str, str]]:
        live = {reply.wave for reply in self.replies}
        yield from ((name, wave) for name in sorted(self.communities) for wave in ORDER if wave in live)

    def earlier(self, community: str, wave: str) -> str:
        before = [name for name in ORDER[: ORDER.index(wave)] if self.of(community, name)]
        return before[-1] if before else ""

    def value(self, statistic: str, of: Measured, line: int, where: tuple[str, ...], ends: Any) -> Figure:
        replies = self.of(*where)
        answered = [(value, r.partner) for r in replies if (value := of(r.answers)) is not None]
        values = [value for value, _ in answered]
        population = self.population(*where)
        if not values:
            return at_risk(Figure(0, population, state=why_not(of, replies)), [], (0, 0), alike=False)
        if statistic == "share":
            figure = share(sum(value >= line for value in values), len(values), population)
        else:
            figure = mean(values, population, ends)
        counts = (values.count(ends[0]), values.count(ends[1]))
        return at_risk(figure, [partner for _, partner in answered], counts, alike=len(set(values)) == 1)

    def response(self, counted: Sequence[str], community: str, wave: str) -> Figure:
        replies, population = self.of(community, wave), self.population(community, wave)
        n = sum(reply.completeness in counted for reply in replies)
        if math.isnan(population):
            return Figure(n, state="no_population")
        return Figure(n, population, n / population, method="count")

    def across(self, figures: Sequence[Figure]) -> Figure:
        """``figures``: of all communities in a wave; the community is the unit."""
        told = [figure for figure in figures if figure.state == "computed"]
        c, total = len(told), len(self.communities)
        if not c:
            return Figure(method="")
        values = [figure.estimate for figure in told]
        found = Figure(sum(f.n for f in told), sum(f.population for f in told), statistics.mean(values))
        found.method, found.partners = "communities", sum(f.partners for f in told)
        within = [figure.se**2 for figure in told]
        reached = 0 if any(map(math.isnan, within)) else c / total
        if reached == 1 and not any(within):
            found.se, found.method = 0.0, "census"
            return found
        between = statistics.variance(values) if c > 1 else NAN
        inner = 0 if reached == 0 else reached * statistics.mean(within)
        found.se = math.sqrt(((1 - reached) * between + inner) / c)
        if c > 1 and found.se > 0:
            half = float(stats.t.ppf(0.975, c - 1)) * found.se
            found.low, found.high = found.estimate - half, found.estimate + half
        return found

    def change(
        self,
        statistic: str,
        of: Measured,
        line: int,
        ends: tuple[int | None, int | None],
        cell: tuple[str, str],
    ) -> Figure:
        """``ends`` of the scale, as in ``mean``."""
        community, wave = cell

        def taken(reply: Reply) -> Any:
            value = of(reply.answers)
            return value if value is None or statistic == "mean" else Fraction(int(value >= line))

        versus = self.earlier(community, wave)
        now = [(r.person, taken(r)) for r in self.of(community, wave) if taken(r) is not None]
        then = [(r.person, taken(r)) for r in self.of(community, versus) if versus and taken(r) is not None]
        figure = Figure(0, self.population(community, wave))
        if not now:
            figure.state = why_not(of, self.of(community, wave))
        elif not then:
            figure.state = "no_earlier_wave"
        if figure.state != "computed":
            return figure
        before = {person: value for person, value in then if person}
        pairs = [(before[person], value) for person, value in now if person in before]
        waves = [value for _, value in then], [value for _, value in now]
        if len(pairs) >= 5 and 2 * len(pairs) >= min(len(now), len(then)):
            found = matched(figure, pairs)
        elif len(pairs) >= 5:
            found = overlapping(figure, *waves, pairs)
        else:
            found = welch(figure, *waves)
        return (
            untold(found)
            if any(at_an_end(wave, (0, 1) if statistic == "share" else ends) for wave in waves)
            else found
        )


def at_an_end(values: Sequence[Fraction], ends: tuple[int | None, int | None]) -> bool:
    low, high = ends
    if low is None or high is None:
        return False
    return min(statistics.mean(values) - low, high - statistics.mean(values)) < Fraction(high - low, 20)


def untold(figure: Figure) -> Figure:
    if figure.se > 0:
        figure.low = figure.high = figure.p = NAN
    return figure


def matched(figure: Figure, pairs: Sequence[tuple[Fraction, Fraction]]) -> Figure:
    n = len(pairs)
    differences = [later - earlier for earlier, later in pairs]
    figure.n, figure.method = n, "matched"
    figure.estimate = float(statistics.mean(differences))
    figure.se = math.sqrt(float(statistics.variance(differences)) / n)
    spread = [math.sqrt(float(statistics.variance(wave))) for wave in zip(*pairs, strict=True)]
    if n >= 10 and sum(spread) > 0:
        figure.effect = (1 - 3 / (4 * (n - 1) - 1)) * figure.estimate / (sum(spread) / 2)
    return told(figure, n - 1)


def welch(figure: Figure, then: Sequence[Fraction], now: Sequence[Fraction]) -> Figure:
    figure.n, figure.method = min(len(then), len(now)), "welch"
    figure.estimate = float(statistics.mean(now) - statistics.mean(then))
    if figure.n < 2:
        return told(figure, 0)
    parts = [float(statistics.variance(wave)) / len(wave) for wave in (then, now)]
    figure.se = math.sqrt(sum(parts))
    weights = parts[0] ** 2 / (len(then) - 1) + parts[1] ** 2 / (len(now) - 1)
    return told(figure, sum(parts) ** 2 / weights if weights else 0)


def overlapping(
    figure: Figure,
    then: Sequence[Fraction],
    now: Sequence[Fraction],
    pairs: Sequence[tuple[Fraction, Fraction]],
) -> Figure:
    """Derrick, Toher and White (2017), T_new2."""
    figure.n, figure.method = min(len(then), len(now)), "overlapping"
    figure.estimate = float(statistics.mean(now) - statistics.mean(then))
    s = [math.sqrt(float(statistics.variance(wave))) for wave in (then, now)]
    parts = [s[0] ** 2 / len(then), s[1] ** 2 / len(now)]
    first, second = ([float(value) for value in wave] for wave in zip(*pairs, strict=True))
    r = statistics.correlation(first, second) if len(set(first)) > 1 and len(set(second)) > 1 else 0.0
    c, a, b = len(pairs), len(then) - len(pairs), len(now) - len(pairs)
    whole = sum(parts) - 2 * r * s[0] * s[1] * c / (len(then) * len(now))
    figure.se = math.sqrt(max(whole, 0))
    weights = parts[0] ** 2 / (len(then) - 1) + parts[1] ** 2 / (len(now) - 1)
    if not weights:
        return told(figure, 0)
    gamma = sum(parts) ** 2 / weights
    return told(figure, (c - 1) + (gamma - c + 1) / (a + b + 2 * c) * (a + b))


def told(figure: Figure, df: float) -> Figure:
    if figure.n < 5:
        return figure
    if figure.se > 0:
        half = float(stats.t.ppf(0.975, df)) * figure.se
        figure.low, figure.high = figure.estimate - half, figure.estimate + half
        figure.p = float(2 * stats.t.sf(abs(figure.estimate / figure.se), df))
    elif figure.estimate == 0:
        figure.p = 1.0
    return figure


def adjusted(p: Sequence[float]) -> list[float]:
    """Benjamini–Hochberg: for each p the smallest of m · p(j) / j over the p(j) that are not smaller."""
    known = sorted(value for value in p if not math.isnan(value))
    m = len(known)
    return [
        NAN
        if math.isnan(value)
        else min(1.0, *(m * known[j] / (j + 1) for j in range(m) if known[j] >= value))
        for value in p
    ]
