"""Where a series breaks: from that wave on the questions or their scale are others, so it begins anew."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pandas as pd

from lcmonitor.instruments.load import Instrument
from lcmonitor.instruments.model import Indicator
from lcmonitor.programme.model import Wave

Breaks = Mapping[str, frozenset[str]]  # indicator -> waves in which a new series begins; none: not there
_SERIES = ["community", "indicator"]


def breaks(
    rows: pd.DataFrame, instrument: Instrument, indicators: Mapping[str, Indicator], waves: Sequence[Wave]
) -> Breaks:
    """Of one community, or of all together; ``rows`` as in a ReleasedTable, ``waves`` oldest first."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, indicator, wave in begun(rows, instrument, indicators, waves).itertuples(index=False):
        found[indicator].add(wave)
    return {name: frozenset(its) for name, its in found.items()}


def begun(
    rows: pd.DataFrame, instrument: Instrument, indicators: Mapping[str, Indicator], waves: Sequence[Wave]
) -> pd.DataFrame:
    """Community, indicator and wave of every new series: set against the last wave that asked the same."""
    asked = rows.loc[(rows["measure"] == "value") & (rows["status"] != "not_asked"), [*_SERIES, "wave"]]
    turn = {wave.id: number for number, wave in enumerate(waves)}
    asked = asked.drop_duplicates()
    asked = asked.assign(turn=asked["wave"].map(turn).astype(float)).dropna(subset="turn")
    asked = asked.sort_values("turn", kind="stable")
    asked["before"] = asked.groupby(_SERIES, observed=True, sort=False)["turn"].shift()
    pairs = asked[["indicator", "before", "turn"]].dropna().drop_duplicates()
    broken = {
        (name, before, now)
        for name, before, now in pairs.itertuples(index=False)
        if (of := indicators[name].of if name in indicators else None)
        and instrument.breaks(of, waves[int(before)].opens, waves[int(now)].opens)
    }
    keys = zip(asked["indicator"], asked["before"], asked["turn"], strict=True)
    return asked.loc[[key in broken for key in keys], [*_SERIES, "wave"]]
