"""Released figures, as far as they may be exact.

A mean with its exact interval gives the sum and the sum of squares of the answers. Of five to nine answers
to one question that leaves one set of answers in most cases, and with them the share and the distribution
that are hidden for as few. Of the scores of two questions too: 1 in 4 sets of five scores is known, and
1 in 6 from an interval with one decimal. So below ``rules.shares``

* up to two questions: no interval, no p, and a change says ``too_few``. The estimate alone gives the sum;
  where that leaves one set, the figure is hidden (``sole``);
* three questions or more: interval with one decimal, its ends outwards; no standard error, no p. Of all sets
  of five scores of three questions that leaves 1 % known, of seven scores or of five questions less than
  0.1 %. A set of scores is not yet a set of answers.

Across communities a mean has two decimals, and so has an ICC, which is made of the same sums, and an
association. Where one of the communities has so few answers, what it keeps back is kept back here
(``exposed``): the standard error, less those of the others, which are exact, gave the sum of squares of the
few, and an interval with one decimal still did where their answers lie at both ends (``tests/attack``).

What was of so few answers in an earlier edition stays coarse: beside the mean of then, the exact figure of
now would tell the answers of then.

Of weighted answers there is no standard error: it is a sum over partners of numbers that are not whole, which
would tell those of each. Their values come in whole answers, and so do the ends of their intervals (see
``indicators.weighted``); those of a change, and of a figure across communities that holds one, have one
decimal, of a share two.
"""

import numpy as np
import pandas as pd

from lcmonitor.disclosure.cells import Flags, holds, numbered

_FEW_QUESTIONS = 2
_INTERVAL = ["low", "high"]
_ESTIMATE = ["estimate", *_INTERVAL]
_TESTS = ["se", "effect", "p"]
_PARTS = ("balance", "mix_distance")  # from 0 to 1
_NEARLY = 1e-9  # an end that was 3.1 but for the last bit of a float is not rounded to 3.0
_ROUND = {"low": lambda ends: np.floor(ends + _NEARLY), "high": lambda ends: np.ceil(ends - _NEARLY)}


def coarsened(rows: pd.DataFrame, few: Flags, exposed: Flags, weighted: Flags) -> pd.DataFrame:
    """``rows`` of an IndicatorTable, with fewer decimals or no interval where the rules ask for it.

    ``few``: figures of fewer answers than a share needs. ``exposed``: those across communities that hold one;
    ``weighted``: those that hold one with weights.
    """
    means, parts = holds(rows["statistic"], "mean"), holds(rows["statistic"], *_PARTS)
    small = (means | parts) & (few | exposed)
    bare = small & (rows["items"] <= _FEW_QUESTIONS).to_numpy(np.bool_)
    changes, of_weights = holds(rows["measure"], "change"), holds(rows["method"], "weighted")
    rough = weighted | (of_weights & changes)
    coarse = _rounded(rows, _ESTIMATE, means & few, 1)
    coarse = _rounded(coarse, _ESTIMATE, parts & few, 2)
    coarse = _rounded(coarse, _INTERVAL, means & (exposed | rough), 1)
    coarse = _rounded(coarse, _INTERVAL, (parts & exposed) | (rough & ~means), 2)
    two = means | holds(rows["statistic"], "consensus", "association")
    coarse = _rounded(coarse, [*_ESTIMATE, "se", "p"], two & holds(rows["community"], "") & ~few, 2)
    hidden = {name: coarse[name].mask(small | weighted | of_weights) for name in _TESTS}
    hidden |= {name: coarse[name].mask(bare) for name in _INTERVAL}
    return coarse.assign(
        **hidden,
        method=_said(rows["method"], bare & ~changes & ~holds(rows["method"], "plain", "weighted"), "small"),
        word=_said(rows["word"], bare & changes, "too_few"),
    )


def _rounded(rows: pd.DataFrame, names: list[str], chosen: Flags, decimals: int) -> pd.DataFrame:
    """The ends of an interval outwards, so that it holds what it held; the rest to the nearest."""
    # Adding zero makes 0 of −0, which would tell the side.
    rounded = {name: _ROUND.get(name, np.round)(rows[name] * 10**decimals) / 10**decimals for name in names}
    return rows.assign(**{name: rows[name].mask(chosen, rounded[name] + 0.0) for name in names})


def _said(column: pd.Series, chosen: Flags, text: str) -> "pd.Categorical[str]":
    """``text`` where chosen, and where there is a text at all."""
    code, names = numbered(column)
    names = names if text in names else [*names, text]
    code = np.where(chosen & (code != names.index("")), names.index(text), code)
    return pd.Categorical.from_codes(code, pd.Index(names))
