"""What a community says of its figures in its own words, beside them: as given, and said to be its own.

No rule can see whether it tells a figure that is hidden: so every page says who wrote it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lcmonitor.errors import LANGUAGES, Language
from lcmonitor.instruments.model import OF_PROFILE, OF_RECORDS, Indicator
from lcmonitor.programme.explanations import Explanations
from lcmonitor.programme.model import Community
from lcmonitor.reporting.network import STATISTICS
from lcmonitor.reporting.parts import Finding, Link, OwnWords, Said
from lcmonitor.reporting.subject import Subject

_SECTION_OF = {
    **dict.fromkeys(("balance", "mix_distance"), "balance"),
    **dict.fromkeys(("response", "coverage", "diversity", "attendance", "retention"), "participation"),
    **dict.fromkeys((*OF_RECORDS, *OF_PROFILE, "reach", "intention"), "results"),
    **dict.fromkeys(STATISTICS, "network"),
}


def beside_findings(subject: Subject, found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Each with what the community says of it; of two about one figure the first."""
    explained, told = _given(subject).figures, set[str]()
    made = []
    for finding in found:
        said = None if finding.figure in told else _said(explained.get(finding.figure, {}), subject)
        told.add(finding.figure)
        made.append(replace(finding, said=said))
    return tuple(made)


def own_words(
    subject: Subject, community: Community, found: Sequence[Finding], sections: Sequence[str]
) -> OwnWords:
    """The rest of it: what is general, and what is of figures that are not among the findings."""
    given, named = _given(subject), {finding.figure for finding in found}
    beside = tuple(_elsewhere(subject, given.figures, named, sections))
    general = _said(given.general, subject)
    spoken = bool(general or beside or any(finding.said for finding in found))
    return OwnWords(
        note=_note(subject, given) if spoken else "",
        invitation="" if spoken else _invitation(subject, community),
        general=general,
        beside=beside,
    )


def explained(communities: Sequence[Subject]) -> Iterator[Link]:
    """The reports of those that said something of their figures in this wave."""
    for one in communities:
        given = _given(one)
        if one.community and (given.general or any(given.figures.values())):
            yield Link(one.community.name, f"communities/{one.community.id}.{one.words.language}.html")


def _given(subject: Subject) -> Explanations:
    community = subject.community.id if subject.community else ""
    return subject.setup.explanations.get(community, {}).get(subject.wave.id, Explanations())


def _note(subject: Subject, given: Explanations) -> str:
    if given.by:
        return subject.words("own_words.by", by=given.by)
    return subject.words("own_words.by_community")


def _invitation(subject: Subject, community: Community) -> str:
    """For who looks at a draft: in an approved report it would come too late."""
    place = f"communities/{community.id}/explanations/{subject.wave.id}.yml"
    return subject.words("own_words.none", place=place)


def _elsewhere(
    subject: Subject, given: Mapping[str, Mapping[Language, str]], named: set[str], sections: Sequence[str]
) -> Iterator[tuple[str, Said]]:
    """In the order of the indicators."""
    for name, indicator in subject.indicators.items():
        said = _said(given.get(name, {}), subject, subject.words.of(indicator.title))
        if said and name not in named:
            section = _section(indicator)
            yield section if section in sections else "findings", said


def _section(indicator: Indicator) -> str:
    if indicator.level:
        return "levels"
    return _SECTION_OF.get(indicator.statistic, "temple" if indicator.pillar else "findings")


def _said(text: Mapping[Language, str], subject: Subject, title: str = "") -> Said | None:
    """In the language of the page, or in the one there is; None: nothing is said."""
    spoken = [language for language in (subject.words.language, *LANGUAGES) if language in text]
    return Said(title, spoken[0], _paragraphs(text[spoken[0]])) if spoken else None


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))
