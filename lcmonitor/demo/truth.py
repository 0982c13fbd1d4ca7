"""What a perfect survey would find: the values of the whole population, which no export shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, nan

import numpy as np

from lcmonitor.demo.census import Census, Numbers


@dataclass(frozen=True)
class TrueValue:
    """Of everyone who could answer and was shown the question.

    ``mean`` of a construct: mean scale score; of a part of a division: the part's mean share of the whole.
    ``share``: those whose score agrees; NaN where the scale does not say what agreeing is.
    """

    community: str
    wave: str
    form: str
    of: str  # construct, item or division
    part: str
    population: int
    mean: float
    share: float = nan


def true_values(censuses: Iterable[Census]) -> Iterator[TrueValue]:
    """Of constructs of which at least half the items are asked, of scale items, and of parts of divisions."""
    for census in censuses:
        for name, construct in census.codebook.constructs.items():
            items = [item for item in construct.items if item in census.answers]
            if items and len(items) >= ceil(len(construct.items) / 2) and not construct.formative:
                yield _value(census, name, items)
        for item in census.answers:
            if census.codebook.items[item].type == "scale":
                yield _value(census, item, [item])
        yield from _divisions(census)


def _value(census: Census, of: str, items: list[str]) -> TrueValue:
    scores = np.mean([_towards(census, item) for item in items], axis=0)
    scores = scores[~np.isnan(scores)]
    from_code = census.codebook.scales[census.codebook.items[items[0]].scale or ""].agrees_from
    share = nan if from_code is None or not scores.size else float(np.mean(scores >= from_code))
    mean = float(np.mean(scores)) if scores.size else nan
    return TrueValue(census.community.id, census.wave.id, census.form, of, "", scores.size, mean, share)


def _towards(census: Census, item: str) -> Numbers:
    """Answers turned so that higher is more of the construct."""
    definition = census.codebook.items[item]
    scale = census.codebook.scales[definition.scale or ""]
    codes = census.answers[item]
    return scale.low + scale.high - codes if definition.reversed else codes


def _divisions(census: Census) -> Iterator[TrueValue]:
    place = census.community.id, census.wave.id, census.form
    for name, division in census.codebook.divisions.items():
        for part, item in division.parts.items():
            if item in census.answers:
                points = census.answers[item]
                yield TrueValue(*place, name, part, points.size, float(points.mean()) / division.total)
