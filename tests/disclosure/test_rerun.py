"""An attacker who has the program too: it is run on every community there could be, and those that give what
is published are kept. So whatever is hidden, and however that is chosen, may tell nothing.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd
import pytest

from lcmonitor.disclosure.released import release
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.privacy import Privacy
from tests.disclosure.drawn import drawn

TYPES = ("company", "government", "school", "university", "citizens")
WIDE = 3  # from 1 to 4, say: not known to within one


def every(people: Sequence[int], least: int, unknown: Sequence[int]) -> np.ndarray:
    """Of each possible community how many of each type answered, then those of unknown organisation."""
    return np.array(list(product(*(range(least, all_ + 1) for all_ in people), unknown)), dtype=float)


COUNTS, MEANS = ("response",), ("mean",)


def table(
    communities: np.ndarray, people: Sequence[int], statistics: Sequence[str] = COUNTS
) -> IndicatorTable:
    each = [_rows(communities, people, statistic) for statistic in statistics]
    return IndicatorTable(pd.concat(each, ignore_index=True))


def _rows(communities: np.ndarray, people: Sequence[int], statistic: str) -> pd.DataFrame:
    count, types = len(communities), len(people)
    safe = drawn(f"statistic indicator population\n{statistic} {statistic} 1").rows
    rows = safe.loc[safe.index.repeat(count * (types + 1))].reset_index(drop=True)
    rows["community"] = np.repeat([f"c{number:05}" for number in range(count)], types + 1)
    rows["group_value"] = np.tile(["", *TYPES[:types]], count)
    rows["group_by"] = np.where(rows["group_value"] == "", "", "partner_type")
    rows["n"] = np.column_stack([communities.sum(axis=1), communities[:, :types]]).ravel()
    rows["population"] = np.tile([float(sum(people) + communities[:, types].max()), *people], count)
    return rows


def published(rows: pd.DataFrame, types: int) -> np.ndarray:
    """A number for each community: the same for the same report."""
    texts = (rows["status"].astype(str) + " " + rows["reason"].astype(str)).to_numpy()
    told = np.column_stack([rows["n"].fillna(-1).to_numpy(), pd.factorize(texts)[0]])
    told = told.reshape(rows["indicator"].nunique(), -1, 2 * (types + 1))
    return np.unique(np.concatenate([*told], axis=1), axis=0, return_inverse=True)[1].ravel()


@pytest.mark.parametrize("least", [0, 1], ids=["an outsider", "one of each type told that they answered"])
@pytest.mark.parametrize(
    ("people", "unknown", "statistics"),
    [
        ((6, 8, 12), [0], COUNTS),
        ((3, 8, 12), [0], COUNTS),
        ((8, 8, 8), [0], COUNTS),
        ((12, 9, 5, 4), [0], COUNTS),
        ((20, 6, 6, 4), [0], COUNTS),
        ((9, 4, 4, 3), [0], COUNTS),
        ((6, 8, 12), range(8), COUNTS),
        ((6, 8, 12), [0], MEANS),
        ((8, 8, 8), [0], MEANS),
        ((6, 14, 20), [0], MEANS),
        ((12, 9, 5, 4), [0], COUNTS + MEANS),
        ((6, 14, 20), [0], COUNTS + MEANS),
    ],
)
def test_no_hidden_number_of_few_is_known_to_within_one(
    people: Sequence[int], unknown: Sequence[int], statistics: Sequence[str], least: int
) -> None:
    """As far as the community's own count leaves it open, of which nearly all or hardly any may be."""
    communities, types = every(people, least, unknown), len(people)
    rows = release(table(communities, people, statistics), Privacy()).rows
    numbers = communities[:, :types]
    possible = pd.DataFrame(numbers).groupby(published(rows, types))
    width = (possible.transform("max") - possible.transform("min")).to_numpy()
    answered, invited = communities.sum(axis=1, keepdims=True), sum(people) + max(unknown)
    fewest = np.maximum(least, np.array(people) - (invited - answered))
    most = np.minimum(np.minimum(people, 4), answered - (types - 1) * least)
    few = numbers < 5
    assert few.any()
    assert (width >= np.minimum(WIDE, most - fewest))[few].all()


def test_the_attacker_succeeds_where_the_smallest_is_hidden_alone() -> None:
    communities = every((4, 8), 0, [0])
    rows = table(communities, (4, 8)).rows.assign(status="released", reason="")
    few = (rows["group_value"] != "") & (rows["n"] < 5)
    rows.loc[few, "n"] = np.nan
    numbers = pd.DataFrame(communities[:, :2]).groupby(published(rows, 2))
    assert (numbers.max() == numbers.min()).all(axis=1).any()
