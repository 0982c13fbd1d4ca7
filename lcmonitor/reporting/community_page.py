"""The report in which a community recognises itself."""

from collections.abc import Iterator

from lcmonitor.programme.model import Community
from lcmonitor.reporting import heat
from lcmonitor.reporting.answers import answers
from lcmonitor.reporting.blocks import blocks
from lcmonitor.reporting.changes import changes
from lcmonitor.reporting.dates import day, period
from lcmonitor.reporting.findings import findings
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.levels import levels
from lcmonitor.reporting.methods import methods
from lcmonitor.reporting.network import network
from lcmonitor.reporting.own_words import beside_findings, own_words
from lcmonitor.reporting.pages import CommunityPage
from lcmonitor.reporting.participation import by_type, note, tiles
from lcmonitor.reporting.parts import Fact, Link
from lcmonitor.reporting.response import over_time
from lcmonitor.reporting.results import results
from lcmonitor.reporting.revision import Whose
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.temple import temple
from lcmonitor.reporting.triangle import all_of
from lcmonitor.reporting.withheld import symbols, withheld
from lcmonitor.reporting.words import capital

_SECTIONS = (
    "participation",
    "findings",
    "temple",
    "levels",
    "balance",
    "results",
    "network",
    "changes",
    "answers",
    "withheld",
    "methods",
    "glossary",
)


def community_page(subject: Subject, community: Community, frame: Frame) -> CommunityPage:
    """All figures of one community in one wave."""
    words, answered, ties = subject.words, tiles(subject), network(subject)
    sections = [section for section in _SECTIONS if ties or section != "network"]
    found = beside_findings(subject, findings(subject))
    return CommunityPage(
        page=frame.page(
            words,
            heading=community.name,
            path=f"communities/{community.id}",
            contents=tuple(Link(words(f"{section}.title"), f"#{section}") for section in sections),
        ),
        facts=tuple(_facts(subject, community)),
        tiles=answered,
        changed=frame.changed(words, [Whose(community.id)]),
        participation_note=note(subject, bool(answered)),
        by_type=by_type(subject),
        response=over_time(subject),
        findings=found,
        own=own_words(subject, community, found, sections),
        temple=temple(subject, community),
        blocks=blocks(subject),
        heat=heat.by_type(subject),
        levels=levels(subject),
        balances=all_of(subject),
        results=results(subject),
        network=ties,
        answers=answers(subject),
        changes=changes(subject),
        withheld=withheld(subject),
        methods=methods(subject),
        symbols=symbols(subject),
    )


def _facts(subject: Subject, community: Community) -> Iterator[Fact]:
    words, wave = subject.words, subject.wave
    kind = words(f"community.wave_kind.{wave.kind}")
    yield Fact(words("community.facts.wave"), f"{words.begin(wave.title)} ({kind})")
    yield Fact(words("community.facts.period"), period(wave, words))
    sector = subject.setup.instrument.sectors.get(community.sector or "")
    if sector:
        yield Fact(words("community.facts.sector"), words.of(sector.title))
    profile = community.profile_on(wave.closes)
    if profile:
        note = words(f"community.scale_note.{profile.scale}")
        yield Fact(
            words("community.facts.scale"), f"{capital(words(f'community.scale.{profile.scale}'))} ({note})"
        )
        yield Fact(words("community.facts.phase"), capital(words(f"community.phase.{profile.phase}")))
    yield Fact(words("community.facts.partners"), str(len(community.partners_on(wave.closes))))
    yield Fact(words("community.facts.started"), day(community.started, words))
