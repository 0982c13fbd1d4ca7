"""Why a figure is shown, or is not: what its edition says of it, and the rule behind that.

It tells what was published and nothing else. A figure that waits for an earlier edition is computed once more
to find beside which one it waits; of that only the name comes out.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from lcmonitor import pipeline
from lcmonitor.disclosure import earlier
from lcmonitor.disclosure.cells import ALONE, SHARES
from lcmonitor.disclosure.primary import threshold
from lcmonitor.errors import LANGUAGES, Language, Message, UsageError
from lcmonitor.indicators.followed import FOLLOWED, MOVED
from lcmonitor.indicators.table import KEY
from lcmonitor.instruments.model import Indicator
from lcmonitor.origin import Origin, origin_of
from lcmonitor.programme.load import Setup, load_workspace
from lcmonitor.reporting import shown
from lcmonitor.reporting.figures import ACROSS, CONTEXT, PROGRAMME, Figure, from_rows
from lcmonitor.reporting.withheld import reason_of, told
from lcmonitor.reporting.words import Words, words
from lcmonitor.store.editions import Editions
from lcmonitor.store.store import Store, reading

_OF_PEOPLE = (FOLLOWED, MOVED)  # measures that are a share of people, whatever the indicator is
_FEW = 20  # names that may be listed in full
_PROGRAMME = (PROGRAMME, "programma")  # how the figures across communities are called


@dataclass(frozen=True)
class Rule:
    """A setting of ``privacy`` in programme.yml: what is in force, and the loosest that it may be."""

    setting: str
    value: float
    floor: float

    @property
    def is_ceiling(self) -> bool:
        """Whether stricter is lower."""
        return self.setting in ("dominance", "uniform")


@dataclass(frozen=True)
class Pair:
    """A figure that an edition gave, and that would tell of few people beside its new self."""

    edition: str
    figure: str


@dataclass(frozen=True)
class Explanation:
    """One figure. ``pairs``: beside what it waits, those about the figure itself first; none: it does not.

    ``origin``: of a figure that is shown, not of what is made of it.
    """

    figure: Figure
    indicator: Indicator
    edition: str
    rule: Rule | None
    pairs: tuple[Pair, ...]
    origin: Origin | None
    setup: Setup

    @property
    def approved(self) -> bool:
        """Whether its edition is published, or a draft."""
        return self.setup.workspace.publishes(self.edition)

    @property
    def id(self) -> str:
        """``community/wave/indicator``, and the group if it is of one."""
        return figure_id(self.figure._asdict())

    def as_json(self) -> dict[str, Any]:
        """For ``lcmonitor explain --json``."""
        key = {name: getattr(self.figure, name) for name in KEY}
        reason = {language: self.reason(language) for language in LANGUAGES}
        return {
            "figure": self.id, **key, "edition": self.edition, "approved": self.approved,
            "status": self.figure.status,
            **{name: getattr(self.figure, name) for name in ("n", "population", "estimate", "low", "high")},
            "reason": self.figure.reason, "message": reason, "rule": vars(self.rule) if self.rule else None,
            "waits": [vars(pair) for pair in self.pairs],
            "formula": self._in_each(self.formula), "interval_formula": self._in_each(self.interval),
            "origin": asdict(self.origin) if self.origin else None,
        }  # fmt: skip

    def _in_each(self, said: Callable[[Language], str]) -> dict[Language, str] | None:
        """In each language; None of what is not shown."""
        return {language: said(language) for language in LANGUAGES} if self.figure.shown else None

    def title(self, language: Language) -> str:
        """What it is about, in words."""
        return self._words(language).of(self.indicator.title)

    def value(self, language: Language) -> str:
        """The figure as a report writes it, or the sign why there is none."""
        said, figure = self._words(language), self.figure
        if not figure.shown:
            return shown.absent(figure, said).text
        statistic = "share" if figure.measure in _OF_PEOPLE else self.indicator.statistic
        write = shown.number if figure.measure in ("value", *_OF_PEOPLE, *CONTEXT) else shown.difference
        number = write(figure.estimate or 0, statistic, language)
        between = shown.interval(figure, self.indicator.statistic, said).text
        return f"{number} ({between}), {shown.n_of(figure, said)}"

    def formula(self, language: Language) -> str:
        """As the report gives it; of what is made of the figure itself only how that was done."""
        said, way, statistic = self._words(language), self.figure.method, self.indicator.statistic
        if statistic == "balance" and self.figure.part:
            statistic = "mean"  # of what is given to one part
        told = [said(f"methods.statistic.{statistic}")] if self.figure.measure == "value" else []
        return " ".join([*told, said(f"methods.method.{way}")] if way else told)

    def interval(self, language: Language) -> str:
        """Its formula, as the methods page gives it; "": there is none."""
        said, key = self._words(language), f"methods_page.certainty.formula.{self.figure.method}"
        return said(key) if self.figure.low is not None and key in said.texts else ""

    def reason(self, language: Language) -> str:
        """Why it is not shown, in a sentence; "": it is, or the sign says all."""
        if self.figure.status != "suppressed":
            return ""
        return told(
            reason_of(self.figure.reason, self.figure.community),
            self.setup.programme.privacy,
            self._words(language),
        )

    def _words(self, language: Language) -> Words:
        return words(language, self.setup.workspace.report_overrides)


def figure_id(key: Mapping[str, Any]) -> str:
    """How a figure is named on the command line."""
    parts = [key["community"] or _PROGRAMME[0], key["wave"], key["indicator"], key["group_value"]]
    return "/".join(part for part in parts if part)


def read(root: Path, names: Sequence[str]) -> list[Explanation]:
    """What is to be said of a figure: its value, its change, its distance to the ambition; parts once.

    ``names``: community, wave, indicator and maybe group, also as one word with ``/`` between them.
    Raises UsageError: LCM-432 it takes three or four, LCM-433 and LCM-435 no edition has it, LCM-434 there
    is no edition.
    """
    setup, wanted = load_workspace(root), "/".join(names).split("/")
    if not 3 <= len(wanted) <= 4:
        raise UsageError(Message("LCM-432", params={"found": "/".join(wanted)}))
    if wanted[0] in _PROGRAMME and wanted[0] not in setup.communities:
        wanted[0] = ACROSS
    place = (*wanted, "")[:4]
    with reading(setup.workspace.store) as store:
        rows = _published(setup, store, place)
    today = datetime.now(setup.programme.timezone).date()
    waits = pipeline.waiting(root, today)
    with reading(setup.workspace.store) as store:
        return list(_explained(setup, store, rows, waits))


def _published(setup: Setup, store: Store, place: Sequence[str]) -> pd.DataFrame:
    past = store.past()
    if past is None:
        raise UsageError(Message("LCM-434"))
    rows = past.published(*place)
    if rows.empty:
        raise UsageError(_unknown(setup, past, place))
    return rows


def _unknown(setup: Setup, past: Editions, place: Sequence[str]) -> Message:
    """The first of the four that is not known, and what is."""
    community, wave, indicator, group = place
    choices = [
        (community, {*setup.communities, ACROSS}),
        (wave, {each.id for each in setup.programme.waves}),
        (indicator, {*setup.instrument.every_indicator}),
        (group, {"", *past.groups(community, wave, indicator)}),
    ]
    for name, known in choices:
        if name not in known:
            likely = get_close_matches(name, known, n=5, cutoff=0.5 if len(known) <= _FEW else 0)
            near = _titled(name, known, setup) or likely or sorted(known)
            allowed = ", ".join(each or _PROGRAMME[0] for each in near if each or name == community)
            return Message("LCM-433", params={"name": name or _PROGRAMME[0], "known": allowed or "–"})
    return Message("LCM-435", params={"name": "/".join(place).strip("/")})


def _titled(name: str, known: Collection[str], setup: Setup) -> list[str]:
    """Who calls an indicator by its title means one of these."""
    indicators = setup.instrument.every_indicator.items()
    called = {
        one
        for one, made in indicators
        for title in made.title.values()
        if name.casefold() in title.casefold()
    }
    return sorted(called.intersection(known)) if name else []


def _explained(setup: Setup, store: Store, rows: pd.DataFrame, waits: pd.DataFrame) -> Iterator[Explanation]:
    seen = set()
    (figures,) = from_rows(rows).values()
    pairs_of_rows = zip(figures.all, rows.to_dict("records"), strict=True)
    for figure, row in sorted(pairs_of_rows, key=lambda pair: pair[0].measure != "value"):
        fate = (figure.measure, figure.versus, figure.status, figure.reason, figure.shown and figure.part)
        if fate not in seen:
            seen.add(fate)
            key = {name: getattr(figure, name) for name in KEY}
            indicator = setup.instrument.every_indicator[figure.indicator]
            pairs = _pairs(earlier.concerning(key, indicator.statistic in (*SHARES, *ALONE), waits))
            itself = figure.shown and figure.measure == "value"
            origin = origin_of(figure, indicator, setup, store) if itself else None
            yield Explanation(figure, indicator, row["edition"], _rule(setup, figure), pairs, origin, setup)


def _rule(setup: Setup, figure: Figure) -> Rule | None:
    rules = setup.programme.privacy
    setting = threshold(figure.reason, across=figure.community == ACROSS)
    return Rule(setting, getattr(rules, setting), rules.floor(setting)) if setting else None


def _pairs(found: pd.DataFrame) -> tuple[Pair, ...]:
    named = (Pair(str(row["edition"]), _named(row)) for row in found.to_dict("records"))
    return tuple(dict.fromkeys(named))


def _named(row: Mapping[Any, Any]) -> str:
    measure = "" if row["measure"] == "value" else f" ({row['measure']})"
    return f"{figure_id(row)}{measure}"
