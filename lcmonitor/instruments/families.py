"""The regular indicators: one for each construct and statistic of a family, worded from phrases."""

from collections.abc import Iterator, Mapping
from string import Formatter

from lcmonitor.errors import LANGUAGES, Language
from lcmonitor.instruments.model import (
    Codebook,
    Construct,
    Family,
    Indicator,
    Part,
    Phrases,
    Scale,
    Statistic,
    Text,
)


class Declared(Part):
    """What indicators.yml says besides single indicators."""

    # Every other key of the file is the id of a single indicator.

    families: tuple[Family, ...] = ()
    phrases: Mapping[Statistic, Phrases] = {}
    attribution: Text | None = None  # said behind the reading of what is credited to the community


# What a phrase may leave blank: the construct's title, and of its scale the ends and where agreeing begins.
BLANKS = ("construct", "low", "high", "low_label", "high_label", "agree_label")


def unknown_blanks(phrases: Phrases) -> Iterator[tuple[str, str]]:
    """The field of the phrases, and the blank in it that nothing can fill or the fault in its braces."""
    for field in ("title", "unit", "reading"):
        for text in getattr(phrases, field).values():
            try:
                parsed = [part for part in Formatter().parse(text) if part[1] is not None]
                blanks = [f"{blank}{spec}{conversion or ''}" for _, blank, spec, conversion in parsed]
            except ValueError as error:
                blanks = [str(error)]
            yield from ((field, blank) for blank in blanks if blank not in BLANKS)


def indicator_id(family: Family, name: str, statistic: Statistic) -> str:
    """What the family calls the statistic of the construct called ``name``."""
    return "-".join(part for part in (name, family.suffix, statistic) if part)


def ids_of(family: Family) -> set[str]:
    """The ids of all its indicators."""
    return {indicator_id(family, name, statistic) for name in family.of for statistic in family.statistics}


def indicators_of(family: Family, name: str, codebook: Codebook, declared: Declared) -> dict[str, Indicator]:
    """The indicators of the family about the construct called ``name``, by id."""
    return {
        indicator_id(family, name, statistic): _indicator(family, name, statistic, codebook, declared)
        for statistic in family.statistics
    }


def _indicator(
    family: Family, name: str, statistic: Statistic, codebook: Codebook, declared: Declared
) -> Indicator:
    construct = codebook.constructs[name]
    items = [codebook.items[code] for code in construct.items]
    scale = codebook.scales[items[0].scale or ""]
    words = _worded(declared.phrases[statistic], construct, scale)
    turned = words.turned if any(item.reversed for item in items) else None
    credit = declared.attribution if construct.kind == "attribution" else None
    return Indicator(
        title=_joined(words.title, family.told_by),
        unit=words.unit,
        reading=_joined(_joined(words.reading, turned), credit),
        statistic=statistic,
        of=name,
        form=family.form,
        level=construct.level,
        pillar=construct.pillar,
        kind=construct.kind,
        by=("partner_type",) if statistic in family.by_partner_type else (),
        headline=statistic in family.headline,
    )


def _worded(phrases: Phrases, construct: Construct, scale: Scale) -> Phrases:
    blanks = {language: _blanks(construct, scale, language) for language in LANGUAGES}
    return Phrases(
        title=_filled(phrases.title, blanks),
        unit=_filled(phrases.unit, blanks),
        reading=_filled(phrases.reading, blanks),
        turned=phrases.turned,
    )


def _blanks(construct: Construct, scale: Scale, language: Language) -> dict[str, object]:
    agrees_from = scale.high if scale.agrees_from is None else scale.agrees_from
    return {
        "construct": construct.title[language],
        "low": scale.low,
        "high": scale.high,
        "low_label": scale.codes[scale.low][language],
        "high_label": scale.codes[scale.high][language],
        "agree_label": scale.codes[agrees_from][language],
    }


def _filled(text: Text, blanks: Mapping[Language, Mapping[str, object]]) -> Text:
    return {language: words.format(**blanks[language]) for language, words in text.items()}


def _joined(text: Text, more: Text | None) -> Text:
    return {language: f"{words} {more[language]}" if more else words for language, words in text.items()}
