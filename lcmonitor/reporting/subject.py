"""What one report is about: a community in a wave, or all communities together."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from lcmonitor.instruments.model import Codebook, Indicator, Scale
from lcmonitor.instruments.series import measured_by
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Wave
from lcmonitor.reporting.figures import Figure, Figures
from lcmonitor.reporting.series import Breaks, breaks
from lcmonitor.reporting.words import Words


@dataclass(frozen=True)
class Subject:
    """``community`` None: over all communities, or those of a sector. ``figures``: its own, of all waves."""

    setup: Setup
    wave: Wave
    words: Words
    figures: Figures
    community: Community | None = None
    sector: str = ""

    @cached_property
    def codebook(self) -> Codebook:
        """The questions as they held in the wave."""
        return self.setup.instrument.at(self.wave.opens, self._sector)

    def told_in(self, words: Words) -> "Subject":
        """The same in another language, with what was found out of its figures already."""
        other = replace(self, words=words)
        vars(other).update(vars(self) | {"words": words})
        return other

    @property
    def _sector(self) -> str | None:
        return self.community.sector if self.community else self.sector or None

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """All definitions, in the order of the files."""
        return self.setup.instrument.indicators_in(self._sector)

    @property
    def once(self) -> Figures:
        """The figures of the wave, one for the parts of a whole, for a count."""
        return self.figures.once(self.wave.id)

    @cached_property
    def _asked(self) -> Mapping[str, Mapping[str, Indicator]]:
        """By statistic; "" is any."""
        names = self.figures.asked(self.wave.id)
        found: dict[str, dict[str, Indicator]] = defaultdict(dict)
        for name, indicator in self.indicators.items():
            if name in names:
                found[indicator.statistic][name] = found[""][name] = indicator
        return found

    def asked(self, statistic: str = "") -> Mapping[str, Indicator]:
        """Indicators, of one statistic or of any, that this wave asked about; in the order of the file."""
        return self._asked.get(statistic, {})

    def about(self, indicator: str, measure: str = "value", group_by: str = "") -> list[Figure]:
        """The figures of an indicator in this wave: its parts, or its groups."""
        return self.figures.about(self.wave.id, indicator, measure, group_by)

    def value(self, indicator: str, wave: Wave | None = None, part: str = "") -> Figure | None:
        """The figure of an indicator; None where the table has no row for it."""
        found = self.figures.about((wave or self.wave).id, indicator, "value")
        return next((figure for figure in found if figure.part == part), None)

    def change(self, indicator: str) -> Figure | None:
        """What changed since the earlier wave."""
        return next(iter(self.about(indicator, "change")), None)

    def ambition(self, indicator: str) -> Figure | None:
        """The distance to the own ambition."""
        return next(iter(self.about(indicator, "ambition")), None)

    @cached_property
    def earlier(self) -> Wave | None:
        """The wave that changes are counted from; without any change, the last one with a shown figure."""
        named = Counter(self.figures.since(self.wave.id))
        if named:
            return self.setup.programme.wave(named.most_common(1)[0][0])
        seen = self.figures.waves_shown
        before = [w for w in self.waves if w.opens < self.wave.opens and w.id in seen]
        return before[-1] if before else None

    @property
    def waves(self) -> list[Wave]:
        """All waves up to this one, oldest first."""
        waves = sorted(self.setup.programme.waves, key=lambda wave: wave.opens)
        return [wave for wave in waves if wave.opens <= self.wave.opens]

    @cached_property
    def _breaks(self) -> Breaks:
        return breaks(self.figures.rows, self.setup.instrument, self.indicators, self.waves)

    def begins(self, indicator: str, wave: Wave) -> bool:
        """Whether a new series of the indicator begins in the wave, not to be compared with before."""
        return wave.id in self._breaks.get(indicator, ())

    def comparable(self, indicator: str) -> Wave | None:
        """The earlier wave, if it asked the same on the same scale."""
        return None if self.begins(indicator, self.wave) else self.earlier

    def scale(self, indicator: str, wave: Wave | None = None) -> Scale | None:
        """The answer scale behind an indicator of a construct or an item, as it held in the wave."""
        codebook = self.setup.instrument.at(wave.opens, self._sector) if wave else self.codebook
        items = measured_by(codebook, self.indicators[indicator].of or "")
        scale = codebook.items[items[0]].scale if items else None
        return codebook.scales[scale] if scale else None

    def span(self, indicator: str, wave: Wave | None = None) -> float:
        """From the lowest to the highest answer; of an indicator without a scale no interval is wide."""
        scale = self.scale(indicator, wave)
        return scale.high - scale.low if scale else math.inf

    def unit(self, indicator: str) -> str:
        """What the figures count; of a mean the ends of the scale that the wave had."""
        definition, scale = self.indicators[indicator], self.scale(indicator)
        if definition.statistic == "mean" and scale:
            return self.words("scale.mean", low=scale.low, high=scale.high)
        return self.words.of(definition.unit)

    def who(self, indicator: str) -> str:
        """What those are who fill in its form: participants, organisations, or people of unknown number."""
        form = self.codebook.forms[self.indicators[indicator].form]
        return self.words(f"who.{form.population}")

    def scale_of(self, item: str) -> Scale | None:
        """The answer scale of one item."""
        scale = self.codebook.items[item].scale
        return self.codebook.scales[scale] if scale else None

    def items(self, indicator: str) -> tuple[str, ...]:
        """The questions behind an indicator; none for one of the response itself."""
        return measured_by(self.codebook, self.indicators[indicator].of or "")
