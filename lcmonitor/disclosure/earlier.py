"""What a new edition tells beside those before it.

A corrected export or a late answer changes a figure by the answers of a few, and the difference between two
editions is then theirs. So a community's form of a wave, which is computed as one, is published anew only
when no figure of it differs from what any earlier edition said by fewer people than a figure needs. Until
then it stays as it was published last: the new answers wait for others. If only figures per partner type or
only changes differ by so few, only those stay; all of them, so that nothing but all new answers together can
be told.

* People who came or went are told by ``n``. Between equal ``n`` with unequal estimates it is the number of
  responses that came or changed since; if none did, the figure was defined anew, and says nothing of anyone:
  unless it was weighted anew, for the same answers with other weights tell those of each partner.
* The same holds for what can be computed from figures: of a community less its partner types that both
  editions show, the others are left.
* A figure across communities that holds the new answers of one would tell them beside its old figure: the
  form of a wave waits across communities while it does in one of them.
* A change since a wave that waits would tell that wave's new figure beside the later one: it is hidden, and
  not in the change across communities. The earlier scores of who did not answer again, across communities,
  wait with that wave, and with the changes: beside an earlier edition they tell the score of who came.
* What partners intend across communities counts those that are not shown, too. Beside its old figure and
  those of the communities that are shown it gives what came or changed of the others: where anything did,
  shares stay as they were. So does a sector's, as an edition does not tell which communities are its own.
* Counts of who took part differ by the number of people, which is no answer.
* A partner type that an earlier edition hid beside the figure of its community stays hidden: the others that
  were hidden with it would be left. One that is hidden now and was shown then makes all its community wait.
* Shares and distributions of the answers of five to nine are left of two editions as well, so between them as
  many must have come as a share needs; until then they wait alone. One that an earlier edition hid, beside
  the mean of five to nine, stays hidden: the distribution of all tells which answers there are, and the mean
  then which of them those few gave. For the same reason the mean stays as coarse as it was (``coarse``).

Figures that wait and were in no edition before are hidden.
"""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
import pandas as pd

from lcmonitor.disclosure.cells import Flags, Numbers, holds
from lcmonitor.indicators.table import KEY
from lcmonitor.programme.privacy import Privacy

REASON = "earlier"
_NEARLY = 1e-6  # a sum of answers may come back from its mean a little off

_UNIT = ["community", "wave", "form"]
_ONLY = ["grouped", "change", "of_shares"]  # figures per group, changes, shares and distributions
_CHANGES = ("change", "reliable", "attrition")  # made of the same people's answers
_FAMILY = ["edition", *(name for name in KEY if name not in ("group_by", "group_value"))]


class History(Protocol):
    """What was published before."""

    def differing(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Figures that an edition gave with another ``n`` or estimate than ``rows`` of a ReleasedTable.

        Also partner types that one of the two shows and the other hides, if that edition showed the figure of
        all; and a ``share`` that it hid for too few. KEY; edition, status_then, n_then, estimate_then,
        method_then; status, n, estimate, method, share; and touched: how many responses of its community,
        wave and form came or changed since that edition.
        """

    def left_out(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Figures across communities that an edition gave otherwise, and that hold some that are not shown.

        KEY; edition; share; and of who is in none of the communities' figures that are shown, how many
        there are (n, n_then) and how many of them say yes (sum, sum_then). And touched: how many responses of
        communities that one of both does not show came or changed since.
        """

    def few(self, fewest: int) -> pd.DataFrame:
        """KEY of the communities' figures that an edition gave of fewer than ``fewest`` respondents."""

    def latest(self, units: pd.DataFrame) -> pd.DataFrame:
        """The latest edition's rows of these communities, waves and forms, with ReleasedTable's columns."""


def beside_earlier(rows: pd.DataFrame, shares: Flags, rules: Privacy, history: History) -> pd.DataFrame:
    """``rows`` of a ReleasedTable, with those that wait as they were published last, or hidden.

    ``shares``: which of them are shares, distributions or made of those.
    """
    hidden, told = _telling(rows, shares, rules, history)
    if hidden.empty and told.empty:
        return rows
    rows = _as_published(rows, _among(rows, hidden[KEY], KEY), rows[:0])
    units = _with_across(told)
    then = ~holds(rows["community"], "") | holds(rows["measure"], "attrition")
    since = _wait(rows, shares, units[~units["change"]], "versus") & then
    waits = _wait(rows, shares, units, "wave") | since
    if not waits.any():
        return rows
    return _as_published(rows, waits, history.latest(rows.loc[waits, _UNIT].astype(str).drop_duplicates()))


def were_few(rows: pd.DataFrame, rules: Privacy, history: History) -> Flags:
    """Figures that an earlier edition gave of fewer answers than a share needs."""
    return _among(rows, history.few(rules.shares), KEY)


def pairs(rows: pd.DataFrame, shares: Flags, rules: Privacy, history: History) -> pd.DataFrame:
    """What ``rows`` of a ReleasedTable wait for: figures that would tell of few beside what ``edition`` gave.

    KEY; edition; and what waits: only the figure itself (``alone``), or its form of the wave, of which only
    those of _ONLY that are set.
    """
    hidden, told = _telling(rows, shares, rules, history)
    units = told.assign(alone=False)
    itself = hidden.assign(alone=True, **dict.fromkeys(_ONLY, False))
    return pd.concat([itself, units])[[*KEY, "edition", "alone", *_ONLY]]


def concerning(figure: Mapping[str, str], share: bool, pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs for which the figure with this KEY waits, those about itself first."""
    itself = (pairs[KEY] == pd.Series(figure)[KEY]).all(axis=1)
    across, whole = figure["community"] == "", figure["group_by"] == ""
    change, attrition = figure["measure"] in _CHANGES, figure["measure"] == "attrition"
    there = (pairs["community"] == figure["community"]) | (across & ~pairs["grouped"])
    since = (pairs["wave"] == figure["versus"]) & ~pairs["change"] & (attrition or (change and not across))
    then = (pairs["wave"] == figure["wave"]) | since
    kind = (~pairs["grouped"] | (not whole)) & (~pairs["change"] | change) & (~pairs["of_shares"] | share)
    unit = ~pairs["alone"] & there & then & kind & (pairs["form"] == figure["form"])
    same = pairs["indicator"] == figure["indicator"]
    chosen = pairs.assign(itself=itself, same=same)[unit | itself]
    return chosen.sort_values(["itself", "same"], ascending=False, kind="stable")


def _telling(
    rows: pd.DataFrame, shares: Flags, rules: Privacy, history: History
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What was hidden and is not to come out; and units of which figures tell of few beside an edition."""
    either = holds(rows["status"], "released", "suppressed")
    candidates = rows.loc[either, [*KEY, "n", "population", "estimate", "method", "status"]]
    candidates = candidates.assign(share=shares[either])
    found = history.differing(candidates)
    stays = holds(found["status_then"], "suppressed")
    hidden, told = found[stays], found[~stays & ~holds(found["method"], "count")]
    stay = _among(candidates, hidden[KEY], KEY)
    left = history.left_out(candidates.assign(status=candidates["status"].mask(stay, "suppressed")))
    few = told.loc[_tells_of_few(told, rules)] if len(told) else told
    return hidden, pd.concat([_units(few, rules), _units_left(left)])


def _tells_of_few(found: pd.DataFrame, rules: Privacy) -> Flags:
    apart, sums = found["n"] - found["n_then"], found["n"] * found["estimate"]
    moved = sums - found["n_then"] * found["estimate_then"]
    whole = holds(found["group_by"], "")
    side = np.where(whole, 1, -1)
    left = found.assign(apart=side * apart, moved=side * moved).groupby(_FAMILY)
    apart_left, moved_left = left["apart"].transform("sum"), left["moved"].transform("sum")
    lost = holds(found["status"], "suppressed") & (left["n"].transform("count").to_numpy() > 0)
    touched = found["touched"].to_numpy()
    fewest = np.where(found["share"], rules.shares, rules.respondents)
    left_few = _few(apart_left, moved_left, touched, fewest)
    weighted = holds(found["method"], "weighted") | holds(found["method_then"], "weighted")
    # Weights that are others now: as if one answer had changed.
    own = np.where(weighted, np.maximum(touched, 1), touched)
    few: Flags = _few(apart, moved, own, fewest) | (~whole & (left_few | lost))
    return few


def _few(apart: pd.Series, moved: pd.Series, touched: Numbers, fewest: Numbers) -> Flags:
    changed = (moved.abs() > _NEARLY) & (touched > 0) & (touched < fewest)
    few: Flags = np.where(apart == 0, changed, apart.abs() < fewest).astype(np.bool_)
    return few


def _units(found: pd.DataFrame, rules: Privacy) -> pd.DataFrame:
    """``found``, with what waits of its form of the wave: all, or only those of _ONLY that are set.

    All, beside a type that is hidden now: the others, as they were, would leave it of all together.
    """
    people = np.where(found["n"] == found["n_then"], found["touched"], (found["n"] - found["n_then"]).abs())
    return found.assign(
        grouped=~holds(found["group_by"], "") & holds(found["status"], "released"),
        change=holds(found["measure"], *_CHANGES),
        of_shares=found["share"].to_numpy(np.bool_) & (people >= rules.respondents),
    )


def _units_left(found: pd.DataFrame) -> pd.DataFrame:
    """Figures across communities that would tell what came of those that are not shown."""
    grouped = ~holds(found["group_by"], "")
    units = found.assign(grouped=grouped, change=holds(found["measure"], *_CHANGES), of_shares=found["share"])
    return units[grouped | ~_as_they_were(found)]


def _as_they_were(found: pd.DataFrame) -> Flags:
    """Whether nothing came or changed of communities that one of both editions does not show.

    How much did is not enough to tell it: a delivery may hold no answer to the question.
    """
    same = (found["n"] == found["n_then"]) & ((found["sum"] - found["sum_then"]).abs() < _NEARLY)
    still: Flags = (same & (found["touched"] == 0)).to_numpy(np.bool_)
    return still


def _with_across(units: pd.DataFrame) -> pd.DataFrame:
    across = units[~units["grouped"]].assign(community="")
    return pd.concat([units, across])[[*_UNIT, *_ONLY]].drop_duplicates()


def _wait(rows: pd.DataFrame, shares: Flags, units: pd.DataFrame, wave: str) -> Flags:
    """Rows of these units, taking their wave from the column ``wave``."""
    waits = np.zeros(len(rows), np.bool_)
    every = np.ones(len(rows), np.bool_)
    for (grouped, change, of_shares), those in units.groupby(_ONLY):
        type_ = ~holds(rows["group_by"], "") if grouped else every
        kind = holds(rows["measure"], *_CHANGES) if change else every
        waits |= (
            type_
            & kind
            & (shares if of_shares else every)
            & _among(rows, those[_UNIT], ["community", wave, "form"])
        )
    return waits


def _among(rows: pd.DataFrame, wanted: pd.DataFrame, columns: list[str]) -> Flags:
    """Rows whose ``columns`` hold what a row of ``wanted`` does."""
    found = np.ones(len(rows), np.bool_)
    for column, name in zip(columns, wanted.columns, strict=True):
        found &= holds(rows[column], *wanted[name])  # most rows are left here
    index = pd.MultiIndex.from_frame(rows.loc[found, columns].astype(str))
    found[found] = index.isin(pd.MultiIndex.from_frame(wanted))
    return found


def _as_published(rows: pd.DataFrame, chosen: Flags, before: pd.DataFrame) -> pd.DataFrame:
    """The chosen rows as they are in ``before``; those that are not there are hidden."""
    ours = rows.loc[chosen, KEY].astype(str)
    then = ours.merge(before, "left", KEY, indicator="found").set_index(ours.index)
    unknown = then["found"] == "left_only"
    hidden = {"status": "suppressed", "reason": REASON, "method": "", "word": ""}
    settled = rows.copy()
    for name in rows.columns.difference(KEY):
        column = then[name]
        if name in hidden:
            column = column.mask(unknown, hidden[name])
            known = rows[name].cat.categories
            settled[name] = rows[name].cat.set_categories(known.union(pd.Index(column.unique()), sort=False))
        settled.loc[chosen, name] = column
    return settled
