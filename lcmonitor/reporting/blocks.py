"""The building blocks as people experience them, beside the own ambition and the wave before: one axis."""

from collections.abc import Sequence

from lcmonitor.reporting import topics
from lcmonitor.reporting.parts import Plot
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.temple import beside


def blocks(subject: Subject) -> tuple[Plot, ...]:
    """The means that speak of a pillar and of no level; a figure for each answer scale."""
    constructs = subject.codebook.constructs
    names = [
        name
        for name, it in subject.asked("mean").items()
        if not it.level and it.of in constructs and constructs[it.of].block
    ]
    return tuple(
        topics.drawn(
            subject,
            f"blocks-{number}",
            told,
            ends,
            title=_finding(subject, names) or topics.finding(subject, told, ends),
            subtitle=subject.words("charts.blocks.subtitle", low=ends.low, high=ends.high),
            caption=subject.words("charts.blocks.caption"),
        )
        for number, (ends, told) in enumerate(topics.by_range(subject, names).items(), 1)
    )


def _finding(subject: Subject, names: Sequence[str]) -> str:
    """How many are clearly under and above their ambition; nothing where none can be set beside one."""
    told = [beside(subject.ambition(name), subject.span(name)) for name in names]
    below, above, of = told.count("below"), told.count("above"), len(told) - told.count("none")
    if not of:
        return ""
    key = "both" if below and above else "below" if below else "above" if above else "near"
    return subject.words(f"charts.blocks.{key}", below=below, above=above, of=of)
