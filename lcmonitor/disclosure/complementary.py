"""Figures that are hidden because another hidden figure could be computed from them.

The attacker has every released figure of every report, as exact as it is published (see ``coarse``), and
this program, knows how many people there are of each partner type, and adds and subtracts.
The relations between the figures, and how each is closed:

1. Community and partner types. ``n·mean`` of the community is the sum over its partner types and over those
   whose organisation is unknown. So the hidden types and the unknown ones together are a figure, the
   residual, that anyone can compute: it must itself keep the rules (respondents, organisations, dominance,
   not uniform). If not, the type with the fewest people is hidden too, and so on. At the end all are hidden,
   and the residual is the community, which keeps the rules. A type is hidden when its community is.
   The unknown ones count as one organisation with one answer; the worst is assumed of them.
   Nor may one hidden type be more than half of the residual, or two thirds where it is hidden for the sake of
   another only and keeps every rule: by the most that is told of its respondents.
   Who goes first is told by what was known before anyone answered: chosen by respondents, the order would
   bound a hidden number.
2. Programme and communities. ``k·mean`` over k communities is the sum of their means. A programme figure is
   hidden when the communities in it that are not shown could be told apart: when they are fewer than a
   programme figure needs, or do not keep its rules. The communities' own figures are never the ones to go.
   Per partner type no community may be missing: relations 1 and 2 cross there, and each alone is not enough.
   A sector's figure beside those of its communities likewise.
   Most programme figures are made of shown communities only, so that nothing is left. What partners intend
   counts all of them: there no community is more than half of those that are left, and those of hidden
   sectors, which are left of the programme and the other sectors, must keep the rules too.
   Programme and sectors (``sectors``): ``k·mean`` is the sum over its sectors and the communities without
   one, so the hidden sectors and those communities together must keep the rules of a programme figure: also
   for readers of the sectors' reports, who do not have those of the communities.
3. Parts of a distribution or division add up to 1: they are one cell (see ``cells``).
4. A distribution gives the share and the mean, and those of the items give the consensus. A share,
   distribution or consensus is therefore hidden wherever a mean of the same respondents is: it passes
   relations 1 and 2 first as if it were a mean, then with its own threshold. This holds because what is
   hidden depends on nothing but respondents and organisations.
5. A change is the difference of two values: it is shown only if both are. A change of matched people, beside
   both values, gives the sum over those who joined when nobody left, and the reverse: hidden when that is
   the sum of too few. When some joined and others left it gives the difference of their sums: hidden when
   that is so near its end that it leaves one set of answers, or lets a reader or one who answered know the
   mean of few to half a point (``sole``). How many of them agree is a second such difference, and with both,
   the distributions and the standard errors, the few came out: a share's change of matched people is hidden
   beside few on either side. A change of which some are in both waves is the difference of the two values,
   and nothing more; its interval tells the correlation of those who are. The shares whose score moved are
   shown where the change is, from the threshold of shares on. The earlier score of those who did not answer
   again, less that of those who did, would beside these give the later score of those who joined: it is made
   of all communities together, where the fewer of the two keep the rules. It tells the sum of the earlier
   scores of all who stayed, and a change beside which nobody joined tells that of one community: so what
   keeps the rules are the communities that are left, those who left them and those who joined
   (``indicators.followed``). Its standard error is made of the sums of squares of the earlier wave
   (``across.holding``). How many answered twice has the threshold of a mean; across communities it must not
   leave the number of a few (relation 2).
6. The distance to an ambition is the value, as the ambition is public: it is shown where the value is.
7. Counts per partner type add up to the count of the community, which is always shown: relation 1, with
   numbers of respondents only. A type of which nobody answered is hidden as one of few is, in the counts and
   in every figure. A reason bounds the number of its type, so that the residual of few and of not few can
   leave one number for each. Therefore (``within._numbers_stay_open``) it must lie well between all least and
   all most, so that each hidden number of few can be anything within its reason that differs by three at
   least; one more is asked, as that a residual was *not* enough is seen too.
   Every figure shows how many respondents it has, so a type whose count of all who answered is hidden has no
   figure; and where that count is shown, no figure has more.
   Of types that are all hidden (``within.all_hidden``) the reasons alone, with the count of the community,
   could tell that one type had all respondents: they get one reason.
Across communities relation 1 holds for numbers of respondents only; it is kept for those.

8. A mean and its interval give the sum and the sum of squares, which leave few sets of five to nine answers:
   below the threshold of shares there is no interval, or a coarse one. Across communities what one of them
   keeps back is kept back too (``coarse``).

9. Associations are made of communities together, and no r of one is told. What is told of groups of
   communities (sector, scale, phase) must not leave few of them: a group has five at least, those of a
   context leave none or five, and two sets of which one holds the other differ by five
   (``indicators.association``). Among those the relation of types holds too: 1.
10. A community among the others (``context``) is made of released figures as they are released.
11. How far the mix of partner types among the respondents is from that of all, beside the counts of some
    types, gives the others: it is shown only where the count of every type is.
12. A weighted figure of a community is a sum over types with weights that anyone can compute. Beside it
    all types are shown or none (``within``): a residual would have to keep the rules by weight as well. It is
    given in whole answers, its interval tells next to nothing more (``indicators.weighted``), and no type is
    most of it (``indicators.weighting``). Shares, distributions and consensus are made of the same rounded
    numbers, and a change is the difference of two of them: no figure without weights stands beside one with.
    A community is weighted only where the number of each type may be shown, so that it tells no number.

Figures of earlier editions are another room's (``earlier``).
Not closed here: the distribution of a community beside the sum of a type of five to nine (which parts of it
add up to that sum), sets of scores on three questions or more (``coarse``), what the count of a community
says of each type when nearly all took part, what weights by two variables tell of the numbers of one within
the other, and that of a few who weigh much an answer that nearly all or hardly any gave tells more, as it
does of ten without weights.
"""

from collections.abc import Mapping

import numpy as np

from lcmonitor.disclosure.across import across_communities
from lcmonitor.disclosure.cells import GROUP, Cells, Flags, Numbers, place_of
from lcmonitor.disclosure.primary import Told, floor, told
from lcmonitor.disclosure.sectors import within_programme
from lcmonitor.disclosure.within import within_communities
from lcmonitor.programme.privacy import Privacy


def closed(cells: Cells, flags: Mapping[str, Flags], rules: Privacy) -> Flags:
    """The cells that are hidden once no hidden one can be computed from the others."""
    as_means = np.any([each for reason, each in flags.items() if reason != "shares_low"], axis=0)
    as_means = as_means | (flags["shares_low"] & cells.alone)
    fewest = floor(cells, rules)
    hidden, known = _behind_counts(cells, as_means, told(cells, flags, rules), fewest, rules)
    hidden = _closed(cells, hidden, known, fewest, rules)
    shares = cells.share
    if shares.any():
        hidden[shares] = _closed(
            cells.only(shares),
            hidden[shares] | flags["shares_low"][shares],
            known.only(shares),
            np.maximum(fewest[shares], rules.shares),
            rules,
        )
    return hidden | _mixes_of_hidden_types(cells, hidden)


def _mixes_of_hidden_types(cells: Cells, hidden: Flags) -> Flags:
    """Relation 9: where the count of a type is hidden, or none is given at all."""
    key = cells.key("community", "wave", "form")
    counts = cells.computed & cells.responses & (cells.code["group_by"] != 0)
    told = np.isin(key, key[counts & ~hidden]) & ~np.isin(key, key[counts & hidden])
    mixes: Flags = cells.computed & cells.mix & ~told & (cells.code["community"] != 0)
    return mixes


def _behind_counts(
    cells: Cells, hidden: Flags, known: Told, fewest: Numbers, rules: Privacy
) -> tuple[Flags, Told]:
    """First the counts of all who answered: each figure shows how many it has of them."""
    counts = cells.counted()
    own = counts == np.arange(len(counts))
    hidden = hidden | within_communities(cells, hidden, known, own, fewest, rules)
    beside = (counts >= 0) & ~own
    behind = beside & hidden[counts]
    return hidden | (cells.computed & behind), known.with_counts(cells, beside & ~behind, counts)


def _closed(cells: Cells, hidden: Flags, known: Told, fewest: Numbers, rules: Privacy) -> Flags:
    def without_residuals(among: Flags) -> Flags:
        more = hidden | within_communities(cells, hidden, known, among, fewest, rules)
        more = more | across_communities(cells, more, among, fewest, rules)
        return more | within_programme(cells, more, among, fewest, rules)

    values, changes, ambitions = (cells.measured(each) for each in ("value", "change", "ambition"))
    moved, followed = (cells.measured(each) for each in ("reliable", "followed"))
    hidden = without_residuals(values)
    if changes.any():
        hidden = hidden | _between_waves(cells, hidden, values, changes, fewest, rules)
        hidden = without_residuals(changes)
    if moved.any():
        hidden = without_residuals(moved) | _beside_hidden_changes(cells, hidden, changes, moved, rules)
    if followed.any():
        hidden = without_residuals(followed)
    hidden = hidden | (cells.measured("attrition") & cells.sole)
    if ambitions.any():
        hidden = hidden | _of_hidden_values(cells, hidden, values, ambitions)
    return hidden


def _between_waves(
    cells: Cells, hidden: Flags, values: Flags, changes: Flags, fewest: Numbers, rules: Privacy
) -> Flags:
    same = ("community", "wave", "form", "indicator", "part", *GROUP)
    key = cells.key(*same)
    change = np.flatnonzero(changes)
    now = place_of(values, key, key[change])
    before = place_of(values, key, cells.key(*same, wave=cells.code["versus"])[change])
    both = (now >= 0) & (before >= 0)
    joined = cells.n[now] - cells.n[change]
    left = cells.n[before] - cells.n[change]
    one_side = np.where(left == 0, joined, np.where(joined == 0, left, 0.0))
    some = [(moved > 0) & (moved < rules.respondents) for moved in (joined, left)]
    few = ((one_side > 0) & (one_side < fewest[change])) | (cells.share[change] & np.any(some, axis=0))
    across = cells.code["community"][change] == 0
    more = np.zeros(len(hidden), np.bool_)
    more[change] = ~both | hidden[now] | hidden[before] | (few & cells.matched[change] & ~across)
    return more


def _beside_hidden_changes(
    cells: Cells, hidden: Flags, changes: Flags, moved: Flags, rules: Privacy
) -> Flags:
    """The shares whose score moved are a distribution of the change: shown beside it, of enough people."""
    key = cells.key("community", "wave", "form", "indicator", "versus", *GROUP)
    place = place_of(changes, key, key[moved])
    more = np.zeros(len(hidden), np.bool_)
    more[moved] = (place < 0) | hidden[place] | ~(cells.n[moved] >= rules.shares)
    return more


def _of_hidden_values(cells: Cells, hidden: Flags, values: Flags, ambitions: Flags) -> Flags:
    key = cells.key("community", "wave", "form", "indicator", "part", *GROUP)
    value = place_of(values, key, key[ambitions])
    more = np.zeros(len(hidden), np.bool_)
    more[ambitions] = (value < 0) | hidden[value]
    return more
