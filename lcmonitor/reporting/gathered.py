"""All indicators of an instrument by level and pillar: what is asked, and which figures are made of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from lcmonitor.instruments.model import Codebook, Indicator, Level, Pillar
from lcmonitor.reporting.explained import Asked, Gathered
from lcmonitor.reporting.methods import by_source, questions
from lcmonitor.reporting.parts import Link
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import Words

_PLACES = (*(f"levels.{level}" for level in get_args(Level)), *(f"pillar.{one}" for one in get_args(Pillar)))
_ELSE = "methods_page.indicators.others"


def gathered(subject: Subject) -> tuple[Gathered, ...]:
    """Of everyone and of every sector, with the questions as they hold in the wave."""
    found: dict[str, list[Asked]] = {place: [] for place in (*_PLACES, _ELSE)}
    for place, asked in _everything(subject):
        found[place].append(asked)
    return tuple(Gathered(subject.words(place), tuple(asked)) for place, asked in found.items() if asked)


def _everything(subject: Subject) -> Iterator[tuple[str, Asked]]:
    instrument, words, day = subject.setup.instrument, subject.words, subject.wave.opens
    yield from _of(instrument.indicators, instrument.at(day), words, "")
    for sector, own in instrument.sector_indicators.items():
        title = words.of(instrument.sectors[sector].title)
        note = words("methods_page.indicators.sector", sector=title)
        yield from _of(own, instrument.at(day, sector), words, note)


def _of(
    indicators: Mapping[str, Indicator], codebook: Codebook, words: Words, note: str
) -> Iterator[tuple[str, Asked]]:
    for source, made in by_source(indicators).items():
        alone = [[indicator] for indicator in made.values()]  # nothing is asked that they have in common
        for group in [list(made.values())] if source.of else alone:
            yield _place(group[0]), _asked(group, codebook, words, note)


def _asked(made: Sequence[Indicator], codebook: Codebook, words: Words, note: str) -> Asked:
    first, form = made[0], codebook.forms.get(made[0].form)
    asked = tuple(questions(first.of or "", codebook, words))
    statistics = dict.fromkeys(indicator.statistic for indicator in made)
    return Asked(
        title=words.of(first.title),
        note=" · ".join([*([words.of(form.title)] if form else []), *([note] if note else [])]),
        questions=asked,
        reading="" if asked else words.of(first.reading),
        figures=tuple(Link(words(f"methods.called.{name}"), f"#figure-{name}") for name in statistics),
    )


def _place(indicator: Indicator) -> str:
    """A level goes before a pillar: what comes about is not what a community is built of."""
    if indicator.level:
        return f"levels.{indicator.level}"
    return f"pillar.{indicator.pillar}" if indicator.pillar else _ELSE
