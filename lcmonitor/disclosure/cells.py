"""The figures as arrays: one cell a figure, where the distribution of an item or a division is one cell.

Its parts add up to the whole, so that one hidden part follows from the others: they are shown or hidden
together by being one cell here. Of a distribution over several items a part is named ``item:code``.
The parts of a response are counts of their own.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from lcmonitor.indicators.table import KEY, OF_WEIGHTS
from lcmonitor.instruments.model import OF_PROFILE, OF_RECORDS

Codes = npt.NDArray[np.int64]
Places = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]

PARTICIPATION = (
    "response", "coverage", "reach", "representativeness", "diversity", "attendance", "retention",
)  # fmt: skip
SHARES = ("share", "distribution", "consensus")
ALONE = ("intention", "quality")  # shares that nothing else of the same respondents adds up to
FACTS = (*OF_RECORDS, *OF_PROFILE)  # of no respondents: of files and of what is recorded
_MEASURES = ("value", "change", "ambition", "reliable", "followed", "attrition")

# What tells one figure of a community from its others, and one group of respondents from the others.
FIGURE_OF = ("wave", "form", "indicator", "measure", "part", "versus")
GROUP = ("group_by", "group_value")
SECTOR = "sector"
_DELIVERY = ("community", "wave", "form")
MANY = 1e6  # organisations where the form does not ask: the rule does not apply


@dataclass(frozen=True)
class Cells:
    """Arrays of one length. Among the parts of a whole, the number that the rules like least counts."""

    code: Mapping[str, Codes]  # key column -> number of its text: in the order of the texts, "" is 0
    names: Mapping[str, list[str]]  # key column -> its texts; wave and versus share theirs
    sector: Codes  # of a community's figure, in the texts of group_value; 0: none
    computed: Flags  # there is something to release
    participation: Flags  # counts of who took part, not of what they answered
    responses: Flags  # among them counts of respondents
    again: Flags  # counts of people who answered in two waves
    mix: Flags  # among them how far their mix of partner types is from that of all, and what weights cost
    facts: Flags  # figures that nobody answered
    share: Flags  # a share, a distribution or a consensus, which is made of distributions
    alone: Flags  # a share of what no mean is given of
    sensitive: Flags
    matched: Flags  # a change of the same people
    weighted: Flags  # of people who do not weigh the same
    n: Numbers
    partners: Numbers
    top_share: Numbers
    uniform: Numbers
    communities: Numbers
    population: Numbers
    sole: Flags  # n and the sum leave one set of answers; of attrition: it tells of few
    people: Numbers  # known before anyone answers of this community, wave, form and group; 0: nothing is

    @cached_property
    def by_sector(self) -> Flags:
        """Figures of the communities of one sector together."""
        flags: Flags = self.code["group_by"] == self.names["group_by"].index(SECTOR)
        return flags

    @cached_property
    def by_type(self) -> Flags:
        """Figures of some of the people of a community."""
        flags: Flags = (self.code["group_by"] != 0) & ~self.by_sector
        return flags

    def key(self, *columns: str, **instead: Codes) -> Codes:
        """One number for each combination of ``columns``; ``instead`` gives other codes for a column."""
        return _combined(
            [instead.get(column, self.code[column]) for column in columns],
            [len(self.names[column]) for column in columns],
        )

    def measured(self, measure: str) -> Flags:
        """The computed cells of one measure."""
        measured: Flags = self.code["measure"] == self.names["measure"].index(measure)
        return self.computed & measured

    def counted(self) -> Codes:
        """For each cell the one that counts all of its group who answered; -1: there is none."""
        key = self.key(*_DELIVERY, *GROUP)
        counts = np.flatnonzero(self.responses & self.computed)
        counts = counts[np.lexsort((-self.code["part"][counts], -self.n[counts]))]
        _, first = np.unique(key[counts], return_index=True)
        chosen = np.zeros(len(key), np.bool_)
        chosen[counts[first]] = True
        return place_of(chosen, key, key)

    def only(self, chosen: Flags) -> "Cells":
        """The chosen cells; their order stays."""
        arrays = {each.name: getattr(self, each.name)[chosen] for each in fields(self)[2:]}
        return Cells({column: code[chosen] for column, code in self.code.items()}, self.names, **arrays)


def arranged(rows: pd.DataFrame) -> tuple[Cells, Codes]:
    """The cells, and for each row the place of its cell. ``rows`` as in an IndicatorTable."""
    statistic = _Texts(rows["statistic"])
    participation, cost = statistic.among(*PARTICIPATION), holds(rows["part"], *OF_WEIGHTS)
    response, method = statistic.among("response"), _Texts(rows["method"])
    keys = _keys(rows, participation)
    sizes = [len(texts) for _, texts in keys.values()]
    key = _combined([found for found, _ in keys.values()], sizes)
    place, cells = pd.factorize(key, size_hint=len(key) // 2)  # growing takes as long as all the rest
    first = np.empty(len(cells), np.int64)
    first[place[::-1]] = np.arange(len(rows))[::-1]
    names = _names(keys, rows)
    code = {name: _renumbered(found[first], texts, names[name]) for name, (found, texts) in keys.items()}
    sector, sectors = _factorised(rows["sector"])

    def any_part(flags: Flags) -> Flags:
        found = np.zeros(len(cells), np.bool_)
        found[place[flags]] = True
        return found

    def worst(column: str, worse: np.ufunc) -> Numbers:
        found = np.full(len(cells), np.nan)
        worse.at(found, place, rows[column].to_numpy(np.float64))
        return found

    return Cells(
        code=code,
        names=names,
        sector=_renumbered(sector[first], sectors, names["group_value"]),
        computed=any_part(candidates(rows)),
        participation=participation[first],
        responses=(response & holds(rows["measure"], "value") & ~cost)[first],
        again=(statistic.among("retention") | holds(rows["measure"], "followed"))[first],
        mix=(statistic.among("representativeness") | (response & cost))[first],
        facts=statistic.among(*FACTS)[first],
        share=statistic.among(*SHARES)[first],
        alone=statistic.among(*ALONE)[first],
        sensitive=any_part(rows["sensitive"].to_numpy(np.bool_)),
        matched=any_part(method.among("matched")),
        weighted=any_part(method.among("weighted")),
        n=worst("n", np.fmin),
        partners=worst("partners", np.fmin),
        top_share=worst("top_share", np.fmax),
        uniform=worst("uniform", np.fmax),
        communities=worst("communities", np.fmin),
        population=worst("population", np.fmin),
        sole=any_part(rows["sole"].to_numpy(np.bool_)),
        people=_people(code, names, worst("population", np.fmax)),
    ), place


def candidates(rows: pd.DataFrame) -> Flags:
    """Rows with something to release, or to hide.

    They are computed, or a number of respondents of whom no rate can be given, or a partner type of which
    nobody answered while others of the community did: that is a number too.
    """
    state = _Texts(rows["state"])
    counted = state.among("no_population", "population_too_small")
    nobody = state.among("not_answered") & (rows["population"] != 0).to_numpy(np.bool_) & _beside_others(rows)
    return state.among("computed") | (counted & _Texts(rows["statistic"]).among(*PARTICIPATION)) | nobody


def _beside_others(rows: pd.DataFrame) -> Flags:
    """Rows of a partner type, on a form on which its community has answers in the wave."""
    found = [_factorised(rows[column]) for column in _DELIVERY]
    sizes = [len(texts) for _, texts in found]
    key, whole = _combined([code for code, _ in found], sizes), holds(rows["group_by"], "", SECTOR)
    answered = np.zeros(math.prod(sizes), np.bool_)
    answered[key[whole & (rows["n"] > 0).to_numpy(np.bool_)]] = True
    beside: Flags = ~whole & answered[key]
    return beside


def holds(column: pd.Series, *texts: str) -> Flags:
    """Which rows hold one of the texts."""
    return _Texts(column).among(*texts)


def place_of(among: Flags, key: Codes, wanted: Codes) -> Codes:
    """Where each wanted key is found among some cells; -1: nowhere."""
    places = np.flatnonzero(among)
    if not places.size:
        return np.full(len(wanted), -1)
    at = pd.Index(key[places]).get_indexer(pd.Index(wanted))
    return np.where(at >= 0, places[at], -1)


def numbered(column: pd.Series) -> tuple[Codes, list[str]]:
    """The number of each text, and the texts in their order; "" is always among them, as number 0."""
    found, texts = _factorised(column)
    names = sorted({"", *texts})
    return _renumbered(found, texts, names), names


class _Texts:
    """A column of few different texts, asked which rows hold which."""

    def __init__(self, column: pd.Series) -> None:
        self._found, self._texts = _factorised(column)

    def among(self, *wanted: str) -> Flags:
        held = np.zeros(len(self._found), np.bool_)
        for place, text in enumerate(self._texts):
            if text in wanted:  # comparing small numbers takes a tenth of the time of looking them up
                held |= self._found == place
        return held


def _factorised(column: pd.Series) -> tuple[Places, list[str]]:
    """For each row the place of its text among the texts; a categorical column has that at hand."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        found, texts = column.cat.codes.to_numpy(), column.cat.categories
    else:
        found, texts = pd.factorize(column)
    if found.min(initial=0) < 0:  # its figure would be hidden or shown with another's
        raise ValueError(f"column {column.name}: a text is missing")
    return found, [str(text) for text in texts]


def _renumbered(found: Places, texts: list[str], names: list[str]) -> Codes:
    places = {name: place for place, name in enumerate(names)}
    code: Codes = np.array([places[text] for text in texts] or [0], np.int64)[found]
    return code


def _keys(rows: pd.DataFrame, participation: Flags) -> dict[str, tuple[Places, list[str]]]:
    """What tells the cell of each row from the others: the parts of a whole have the text of the whole."""
    keys = {column: _factorised(rows[column]) for column in KEY}
    found, parts = keys["part"]
    texts = [*parts, *(part.rpartition(":")[0] for part in parts)]
    places = {text: at for at, text in enumerate(texts)}
    cell = np.array([places[text] for text in texts] or [0, 0]).reshape(2, -1)
    return keys | {"part": (cell[(~participation).astype(np.int8), found], texts)}


def _names(keys: Mapping[str, tuple[Places, list[str]]], rows: pd.DataFrame) -> dict[str, list[str]]:
    names = {column: {"", *texts} for column, (_, texts) in keys.items()}
    names["wave"] = names["versus"] = names["wave"] | names["versus"]
    names["measure"] |= set(_MEASURES)
    names["group_by"] |= {SECTOR}
    names["group_value"] |= set(_factorised(rows["sector"])[1])
    return {column: sorted(texts) for column, texts in names.items()}


def _combined(codes: Sequence[Places], sizes: Sequence[int]) -> Codes:
    key = np.zeros(len(codes[0]), np.int64)
    for code, size in zip(codes, sizes, strict=True):
        key *= size
        key += code
    return key


def _people(code: Mapping[str, Codes], names: Mapping[str, list[str]], population: Numbers) -> Numbers:
    """The largest population among the figures of a group: of its people, or if unknown of its partners."""
    group = [*_DELIVERY, *GROUP]
    place, groups = pd.factorize(_combined([code[c] for c in group], [len(names[c]) for c in group]))
    largest = np.zeros(len(groups))
    np.fmax.at(largest, place, population)
    return largest[place]
