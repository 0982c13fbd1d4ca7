"""Where a shown figure comes from: its exports, by what definitions it was made, and SQL that makes it again.

The SQL is for the analysts' snapshot (published/analysis.duckdb). What that does not hold cannot be redone
from it: who answered twice, ties, what stands in a programme's files. Nor is a weighted figure one query.
"""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

import numpy as np

from lcmonitor.indicators.means import quantile
from lcmonitor.indicators.plans import Answer, Quantity, Score, plan_for
from lcmonitor.instruments.model import Codebook, Indicator
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.figures import ACROSS, Figure
from lcmonitor.store.schema import literal, quoted
from lcmonitor.store.store import Store

_TYPE = "partner_type"
_FIGURE = """WITH score AS (
  SELECT {score} AS x
  FROM responses_{form}
  WHERE {where}
)
SELECT count(x) AS n, avg(x) AS estimate, {left} AS left_out,
       sqrt(left_out * var_samp(x) / n) AS se{interval}
FROM score"""
# As in ``indicators.means``: one answer more, and never beyond what those left out can move.
_ON_SCALE = """,
       estimate + left_out * ({middle} - estimate) / (n + 1) AS centre,
       (n - 1) * var_samp(x) + {half}^2 + n * (estimate - {middle})^2 / (n + 1) AS squares,
       {t} * sqrt(left_out * squares / n / (n + 1)) AS half,
       greatest(centre - half, estimate - left_out * (estimate - {low})) AS low,
       least(centre + half, estimate + left_out * ({high} - estimate)) AS high"""
_PLAIN = """,
       estimate - {t} * se AS low, estimate + {t} * se AS high"""
_TOGETHER = """SELECT count(*) AS communities, avg(estimate) AS estimate
FROM indicator
WHERE {where}"""


@dataclass(frozen=True)
class Source:
    """An export of which responses are stored: its name, and the SHA-256 by which it lies in the archive."""

    file: str
    sha256: str


@dataclass(frozen=True)
class Origin:
    """``questions_since``: the first day of the codebook that held in the wave; None: its first one."""

    sources: tuple[Source, ...]
    questions_since: date | None
    lcmonitor: str
    sql: str


def origin_of(figure: Figure, indicator: Indicator, setup: Setup, store: Store) -> Origin:
    """Of a figure that is shown; across communities it comes from theirs, and no export is named."""
    wave = next(wave for wave in setup.programme.waves if wave.id == figure.wave)
    community = setup.communities.get(figure.community)
    codebook = setup.instrument.at(wave.opens, community.sector if community else None)
    since = [one.since for one in setup.instrument.codebook.versions if one.since <= wave.opens]
    found = store.sources(figure.community, figure.form, figure.wave)
    return Origin(
        tuple(Source(*one) for one in found),
        max(since, default=None),
        version("lcmonitor"),
        recomputed(figure, indicator, codebook),
    )


def recomputed(figure: Figure, indicator: Indicator, codebook: Codebook) -> str:
    """The query that gives ``n``, ``estimate`` and ``se`` of a mean, a share or a part of a distribution.

    Of a mean ``low`` and ``high`` too; the interval of a share is no formula that SQL has. Across communities
    it is the mean of the shown figures, which are rounded where they are of few. "": not to be had from the
    snapshot. ``codebook``: of the figure's wave.
    """
    form = codebook.forms.get(figure.form)
    if figure.measure != "value" or form is None or form.weights or figure.group_by not in ("", _TYPE):
        return ""
    score = _score(figure, indicator, codebook)
    if not score:
        return ""
    if figure.community == ACROSS:
        return "" if figure.group_by else _TOGETHER.format(where=_of_communities(figure))
    known = figure.population is not None and figure.population >= (figure.n or 0)
    left = f"1 - n / {figure.population}" if known else "1"
    where = {"community": figure.community, "wave": figure.wave}
    where |= {_TYPE: figure.group_value} if figure.group_by else {}
    return _FIGURE.format(
        left=left, score=score, form=figure.form, interval=_interval(figure, indicator, codebook),
        where=f"{_equal(where)} AND completeness <> 'break_off'",
    )  # fmt: skip


def _interval(figure: Figure, indicator: Indicator, codebook: Codebook) -> str:
    """Of a mean that has one."""
    if indicator.statistic != "mean" or figure.low is None or not figure.n:
        return ""
    t = float(quantile(np.array([figure.n - 1.0]))[0])
    plan = plan_for(indicator.of or "", codebook)
    if not isinstance(plan, Score):
        return _PLAIN.format(t=t)
    low, high = plan.low, plan.high
    return _ON_SCALE.format(t=t, low=low, high=high, middle=(low + high) / 2, half=(high - low) / 2)


def _score(figure: Figure, indicator: Indicator, codebook: Codebook) -> str:
    """Of one response, NULL where it has none."""
    plan = plan_for(indicator.of or "", codebook)
    if indicator.statistic == "mean" and isinstance(plan, Quantity):
        return quoted(plan.item)
    if not isinstance(plan, Score) or codebook.forms[figure.form].roster:
        return ""
    if indicator.statistic == "distribution":
        item, _, code = figure.part.rpartition(":")
        return f"({quoted(item or plan.answers[0].item)} = {code})::INTEGER"
    if indicator.statistic not in ("mean", "share") or plan.formative:
        return ""
    answers = f"[{', '.join(map(_turned, plan.answers))}]"
    mean = f"list_avg({answers})"
    if indicator.statistic == "share":
        mean = f"({mean} >= {plan.agrees_from})::INTEGER"
    return f"CASE WHEN list_count({answers}) >= {plan.needed} THEN {mean} END"


def _turned(answer: Answer) -> str:
    column = quoted(answer.item)
    return f"{answer.low + answer.high} - {column}" if answer.reversed else column


def _of_communities(figure: Figure) -> str:
    same = {name: getattr(figure, name) for name in ("wave", "indicator", "part", "measure", "group_by")}
    return f"{_equal(same)} AND community <> '' AND status = 'released'"


def _equal(where: dict[str, str]) -> str:
    return " AND ".join(f"{name} = {literal(value)}" for name, value in where.items())
