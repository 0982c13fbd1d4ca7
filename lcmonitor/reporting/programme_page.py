"""The report for who pays and who steers: all communities together, and each of them as context."""

from collections.abc import Collection, Iterator, Mapping

from lcmonitor.reporting import heat, side_by_side
from lcmonitor.reporting.answers import answers
from lcmonitor.reporting.blocks import blocks
from lcmonitor.reporting.changes import changes
from lcmonitor.reporting.dates import period
from lcmonitor.reporting.findings import findings
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.funnel import funnels
from lcmonitor.reporting.goals import goals
from lcmonitor.reporting.levels import levels
from lcmonitor.reporting.methods import methods
from lcmonitor.reporting.missions import missions
from lcmonitor.reporting.own_words import explained
from lcmonitor.reporting.pages import ProgrammePage
from lcmonitor.reporting.participation import tiles
from lcmonitor.reporting.parts import Fact, Link
from lcmonitor.reporting.portfolio import headlines, named, portfolio
from lcmonitor.reporting.response import over_time
from lcmonitor.reporting.results import results
from lcmonitor.reporting.revision import Whose
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.together import together
from lcmonitor.reporting.withheld import symbols, withheld

_SECTIONS = {
    "participation": "participation",
    "findings": "findings",
    "portfolio": "programme.portfolio",
    "goals": "goals",
    "missions": "missions",
    "levels": "programme.levels",
    "results": "results",
    "context": "programme.context",
    "blocks": "programme.blocks",
    "together": "together",
    "changes": "programme.trend",
    "answers": "answers",
    "withheld": "withheld",
    "methods": "methods",
    "glossary": "glossary",
}


def programme_page(subject: Subject, communities: Mapping[str, Subject], frame: Frame) -> ProgrammePage:
    """``subject``: over all communities; ``communities``: each by itself, in alphabetical order."""
    words = subject.words
    shown_by_name = named(list(communities.values()))
    hidden = len(communities) - len(shown_by_name)
    aims = goals(subject, [one.community for one in communities.values() if one.community])
    contributed, pairs = missions(subject, list(communities.values())), together(subject)
    optional = {"goals": aims, "missions": contributed, "together": pairs}
    return ProgrammePage(
        page=frame.page(
            words,
            heading=words.of(subject.setup.programme.title),
            path="programme",
            contents=tuple(_contents(subject, [name for name, part in optional.items() if not part])),
        ),
        facts=tuple(_facts(subject, len(communities))),
        tiles=tiles(subject),
        response=over_time(subject),
        changed=frame.changed(words, [Whose()]),
        findings=findings(subject),
        portfolio=portfolio(subject, shown_by_name),
        unnamed=words.count("programme.portfolio.unnamed", hidden) if hidden else "",
        explained=tuple(explained(shown_by_name)),
        outcomes=headlines(subject, shown_by_name),
        goals=aims,
        missions=contributed,
        participation=side_by_side.participation(subject, shown_by_name),
        levels=levels(subject),
        context=tuple(side_by_side.context(subject, shown_by_name)),
        funnels=funnels(subject, shown_by_name),
        heat=heat.by_community(subject, shown_by_name),
        balances=tuple(side_by_side.balances(subject, shown_by_name)),
        results=results(subject),
        blocks=side_by_side.blocks(subject, list(communities.values())),
        experience=blocks(subject),
        together=pairs,
        answers=answers(subject),
        changes=changes(subject),
        withheld=withheld(subject),
        methods=methods(subject),
        symbols=symbols(subject),
    )


def _contents(subject: Subject, absent: Collection[str]) -> Iterator[Link]:
    for section, key in _SECTIONS.items():
        if section not in absent:
            yield Link(subject.words(f"{key}.title"), f"#{section}")


def _facts(subject: Subject, communities: int) -> Iterator[Fact]:
    words, programme = subject.words, subject.setup.programme
    yield Fact(words("programme.facts.wave"), words.begin(subject.wave.title))
    yield Fact(words("programme.facts.period"), period(subject.wave, words))
    yield Fact(words("programme.facts.communities"), str(communities))
    if programme.funders:
        yield Fact(words("programme.facts.funders"), ", ".join(programme.funders))
