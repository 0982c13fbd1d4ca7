"""An indicator table made by hand: believable numbers, no respondents behind them."""

import math
from collections.abc import Iterator, Mapping, Sequence
from random import Random

import pandas as pd

from lcmonitor.disclosure.released import ReleasedTable, release
from lcmonitor.indicators.table import FIGURE, KEY, RISK, IndicatorTable
from lcmonitor.instruments.model import Codebook, Indicator
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Wave
from tests.reporting.counted import COUNTED, counted

_NONE = float("nan")
_EMPTY: dict[str, object] = {
    "measure": "value", "part": "", "versus": "", "group_by": "", "group_value": "",
    "n": _NONE, "population": _NONE, "estimate": _NONE, "se": _NONE, "low": _NONE, "high": _NONE,
    "reference": _NONE, "effect": _NONE, "p": _NONE, "method": "", "word": "", "state": "computed",
    "partners": 4.0, "top_share": 0.4, "uniform": 0.3, "communities": 1.0, "sensitive": False,
    "items": 1.0, "sole": False, "sector": "",
}  # fmt: skip


def table(setup: Setup, **changed: dict[str, object]) -> IndicatorTable:
    """All figures of a programme.

    ``changed``: by indicator (``trust_mean``) or measure (``measure_change``), what its rows say instead.
    """
    rows = [{**_EMPTY, **row} for row in _rows(setup)]
    for row in rows:
        row.update(changed.get(str(row["indicator"]).replace("-", "_"), {}))
        row.update(changed.get(f"measure_{row['measure']}", {}))
    return IndicatorTable(pd.DataFrame(rows)[KEY + FIGURE + RISK])


def released(setup: Setup, **changed: dict[str, object]) -> ReleasedTable:
    """What the programme's rules let through of it."""
    return release(table(setup, **changed), setup.programme.privacy)


def _rows(setup: Setup) -> Iterator[dict[str, object]]:
    alone = list(_of_communities(setup))
    yield from alone
    across, sectors = _across(setup, setup.instrument.indicators), {row["sector"] for row in alone}
    # A sector that has all communities says what the programme says.
    yield from across if len(sectors) > 1 else _together(alone, across, others=True)
    for sector, own in setup.instrument.sector_indicators.items():
        theirs = [row for row in alone if row["sector"] == sector]
        group: dict[str, object] = {"group_by": "sector", "group_value": sector}
        yield from _together(theirs, (row | group for row in _across(setup, setup.instrument.indicators)))
        yield from _together(theirs, _across(setup, own, sector))


def _of_communities(setup: Setup) -> Iterator[dict[str, object]]:
    for number, community in enumerate(setup.communities.values()):
        for wave in setup.programme.waves:
            if wave.closes < community.started:
                continue
            for name, indicator in setup.instrument.indicators_in(community.sector).items():
                random = Random(f"{community.id} {wave.id} {name}")
                yield from _figure(setup, community, wave, name, indicator, random, number)


_SAME = ("wave", "indicator", "measure", "part", "versus")


def _together(
    theirs: Sequence[dict[str, object]], rows: Iterator[dict[str, object]], others: bool = False
) -> Iterator[dict[str, object]]:
    """Figures of a sector with the numbers of its communities that have an answer of five or more."""
    of: dict[tuple[object, ...], list[float]] = {}
    for row in (_EMPTY | each for each in theirs):
        n = float(str(row["n"]))
        if n >= 5 and not row["group_by"]:
            of.setdefault(tuple(row[key] for key in _SAME), []).append(n)
    for row in (_EMPTY | each for each in rows):
        counts = of.get(tuple(row[key] for key in _SAME))
        if counts:
            told = {"communities": float(len(counts)), "partners": 4.0 * len(counts)}
            yield row | {"n": sum(counts), "population": 300.0} | told
        elif others:
            yield row


def _figure(
    setup: Setup, community: Community, wave: Wave, name: str, it: Indicator, random: Random, number: int
) -> Iterator[dict[str, object]]:
    key: dict[str, object] = {
        "community": community.id,
        "wave": wave.id,
        "form": it.form,
        "indicator": name,
        "statistic": it.statistic,
        "sector": community.sector or "",
    }
    if it.statistic in COUNTED:
        yield from counted(setup.codebook(community, wave), it, key, random)
        return
    population = community.eligible_in(wave, setup.instrument.codebook.forms[it.form].population)
    if population is None or it.statistic == "reliability":
        yield key | {"state": "no_population" if population is None else "not_applicable", "n": 3.0}
        return
    codebook = setup.codebook(community, wave)
    if not _is_asked(codebook, it):
        yield key | {"state": "not_asked"}
        return
    n = max(round(population * (0.5 + 0.4 * Random(community.id + wave.id).random())), 1)
    size: dict[str, object] = key | {"n": float(n), "population": float(population)}
    if it.statistic in ("response", "coverage"):
        yield size | {"estimate": n / population, "method": "count"}
        if it.by:
            yield from _by_type(community, wave, size)
    elif it.statistic == "mean":
        yield from _mean(setup, community, wave, size, random, number)
    elif it.statistic == "share":
        p = 0.35 + 0.5 * random.random()
        half = 1.96 * math.sqrt(p * (1 - p) / n * (1 - n / population))
        yield size | {
            "estimate": p,
            "low": max(p - half, 0),
            "high": min(p + half, 1),
            "method": "hypergeometric",
        }
    elif it.statistic == "distribution":
        yield from _distribution(codebook, it, size, random)
    elif it.statistic == "balance":
        yield from _balance(community, wave, it, size, random)
    else:
        yield from _without_interval(it, size, random)


def _without_interval(it: Indicator, size: dict[str, object], random: Random) -> Iterator[dict[str, object]]:
    if it.statistic == "consensus":
        agreed = 0.5 + 0.45 * random.random()
        yield size | {"estimate": agreed, "method": "plain", "word": "shared" if agreed >= 0.7 else "divided"}
        yield size | {"part": "ad", "estimate": 1 - agreed, "method": "plain"}
    elif it.statistic == "mix_distance":
        yield size | {"estimate": 0.08 + 0.1 * random.random(), "method": "plain"}
    else:  # of the network, of its partners, or of who comes and stays
        yield size | {"estimate": 0.3 + 0.3 * random.random(), "method": "roster"}


def _is_asked(codebook: Codebook, it: Indicator) -> bool:
    items = codebook.constructs[it.of].items if it.of in codebook.constructs else ()
    form = codebook.forms.get(it.form)  # None: of the communities' files
    of_sector = form.modules.get("sector", ()) if form else ()
    return not form or not items or any(item in (*form.items, *form.roster, *of_sector) for item in items)


def _mean(
    setup: Setup, community: Community, wave: Wave, size: dict[str, object], random: Random, number: int
) -> Iterator[dict[str, object]]:
    n, population = float(str(size["n"])), float(str(size["population"]))
    name = str(size["indicator"])
    it = setup.instrument.indicators_in(community.sector)[name]
    waves = [w.id for w in setup.programme.waves]
    level = 3.1 + 0.9 * Random(name + community.id).random() + 0.16 * waves.index(wave.id)
    mean = min(level + 0.1 * random.random(), 4.8)
    half = 2.1 * 0.75 / math.sqrt(n) * math.sqrt(1 - n / population)
    ends = {"low": mean - half, "high": mean + half, "method": "t"} if half else {"method": "census"}
    yield size | {"estimate": mean, "se": half / 2.1} | ends
    construct = setup.codebook(community, wave).constructs.get(it.of or "")
    ambition = community.ambition(construct.block, wave) if construct and construct.block else None
    if ambition is not None:
        bounds = {key: float(str(ends[key])) - ambition for key in ("low", "high") if key in ends}
        yield size | {"measure": "ambition", "estimate": mean - ambition, "reference": ambition} | bounds
    place = waves.index(wave.id)
    if it.kind == "state" and place and community.started <= setup.programme.waves[place - 1].closes:
        change = 0.1 + 0.5 * random.random() - 0.15
        clear = "higher" if change - 0.3 > 0 else "no_clear_difference"
        yield size | {
            "measure": "change", "versus": waves[place - 1], "n": max(n - 3, 0), "estimate": change,
            "low": change - 0.3, "high": change + 0.3, "method": "matched" if number % 2 else "welch",
            "word": clear if n >= 8 else "too_few",
        }  # fmt: skip


def _distribution(
    codebook: Codebook, it: Indicator, size: dict[str, object], random: Random
) -> Iterator[dict[str, object]]:
    for item in codebook.constructs[it.of or ""].items:
        weights = [random.random() * weight for weight in (0.5, 1, 1.5, 3, 2)]
        for code, weight in enumerate(weights, 1):
            yield size | {"part": f"{item}:{code}", "estimate": weight / sum(weights), "method": "plain"}


def _balance(
    community: Community, wave: Wave, it: Indicator, size: dict[str, object], random: Random
) -> Iterator[dict[str, object]]:
    yield size | {"estimate": 0.9372, "method": "plain"}
    profile = community.profile_on(wave.closes)
    meant = profile.intended.get(it.of or "", {}) if profile else {}
    weights = [random.random() + 0.5 for _ in range(3)]
    for part, weight in zip(("working", "learning", "innovating"), weights, strict=True):
        share = weight / sum(weights)
        yield size | {
            "part": part, "estimate": share, "low": share - 0.05, "high": share + 0.05, "method": "t",
            "reference": meant.get(part, _NONE),
        }  # fmt: skip


def _by_type(community: Community, wave: Wave, size: dict[str, object]) -> Iterator[dict[str, object]]:
    counts: dict[str, int] = {}
    for partner in community.partners_on(wave.closes):
        counts[partner.type] = counts.get(partner.type, 0) + (community.eligible_of(partner.id, wave) or 0)
    for kind, population in counts.items():
        n = round(population * 0.7)
        yield size | {
            "group_by": "partner_type", "group_value": kind, "n": float(n), "population": float(population),
            "estimate": n / population if population else _NONE, "method": "count",
        }  # fmt: skip


def _across(
    setup: Setup, indicators: Mapping[str, Indicator], sector: str | None = None
) -> Iterator[dict[str, object]]:
    """Communities as the unit: five of seven, say."""
    waves = [w.id for w in setup.programme.waves]
    for wave in setup.programme.waves:
        codebook = setup.instrument.at(wave.opens, sector)
        for name, it in indicators.items():
            random = Random(f"across {name}")
            key: dict[str, object] = {
                "community": "",
                "wave": wave.id,
                "form": it.form,
                "indicator": name,
                "statistic": it.statistic,
            }
            size: dict[str, object] = key | {
                "n": 104.0,
                "population": 160.0,
                "communities": 6.0,
                "partners": 40.0,
                "top_share": 0.1,
            }
            if not _is_asked(codebook, it):
                yield key | {"state": "not_asked"}
            elif it.statistic in ("response", "coverage"):
                yield size | {"estimate": 104 / 160, "method": "count"}
            elif it.statistic == "mean":
                yield from _mean_across(it, size, random, waves)
            elif it.statistic == "distribution":
                yield from _distribution(codebook, it, size, random)
            elif it.statistic == "consensus":
                for part, icc in (("icc1", 0.12), ("icc2", 0.66)):
                    yield size | {"part": part, "estimate": icc, "method": "plain"}
            elif it.statistic == "share":
                share = 0.4 + 0.4 * random.random()
                yield size | {
                    "estimate": share,
                    "low": share - 0.1,
                    "high": share + 0.1,
                    "method": "communities",
                }


def _mean_across(
    it: Indicator, size: dict[str, object], random: Random, waves: list[str]
) -> Iterator[dict[str, object]]:
    place = waves.index(str(size["wave"]))
    mean = 3.2 + 0.7 * random.random() + 0.1 * place
    yield size | {"estimate": mean, "low": mean - 0.2, "high": mean + 0.2, "method": "communities"}
    if it.kind == "state" and place:
        yield size | {
            "measure": "change", "versus": waves[place - 1], "estimate": 0.1,
            "low": -0.05, "high": 0.25, "method": "communities", "word": "no_clear_difference",
        }  # fmt: skip
