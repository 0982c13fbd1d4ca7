"""The report of a sector: its learning communities together, its own words and questions."""

from collections.abc import Iterator, Mapping

from lcmonitor.instruments.model import SectorPack
from lcmonitor.programme.load import Setup
from lcmonitor.reporting import side_by_side
from lcmonitor.reporting.answers import answers
from lcmonitor.reporting.changes import changes
from lcmonitor.reporting.dates import period
from lcmonitor.reporting.findings import findings
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.levels import levels
from lcmonitor.reporting.methods import methods
from lcmonitor.reporting.pages import SectorPage
from lcmonitor.reporting.participation import tiles
from lcmonitor.reporting.parts import Cell, Fact, Link, Outcomes, Table
from lcmonitor.reporting.portfolio import named, portfolio, status
from lcmonitor.reporting.results import results
from lcmonitor.reporting.revision import Whose
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.withheld import symbols, withheld

_SECTIONS = {
    "participation": "participation",
    "findings": "findings",
    "communities": "sector.communities",
    "own": "sector.own",
    "levels": "programme.levels",
    "results": "results",
    "context": "programme.context",
    "blocks": "programme.blocks",
    "changes": "programme.trend",
    "answers": "answers",
    "withheld": "withheld",
    "methods": "methods",
}
_OUTCOMES = ("levels", "results", "changes", "answers", "methods")  # sections that need any


def sectors(setup: Setup) -> list[str]:
    """Those that a community is in, in the order of the instrument."""
    used = {community.sector for community in setup.communities.values()}
    return [sector for sector in setup.instrument.sectors if sector in used]


def sector_page(subject: Subject, communities: Mapping[str, Subject], frame: Frame) -> SectorPage:
    """``subject``: the sector; ``communities``: each of the sector by itself, in alphabetical order."""
    words, pack = subject.words, subject.setup.instrument.sectors[subject.sector]
    shown_by_name = named(list(communities.values()))
    hidden, outcomes = len(communities) - len(shown_by_name), _outcomes(subject)
    return SectorPage(
        page=frame.page(
            words,
            heading=words.of(pack.title),
            path=f"sectors/{subject.sector}",
            contents=tuple(
                Link(words(f"{key}.title"), f"#{section}")
                for section, key in _SECTIONS.items()
                if outcomes or section not in _OUTCOMES
            ),
        ),
        facts=tuple(_facts(subject, pack, len(communities))),
        tiles=tiles(subject),
        changed=frame.changed(words, [Whose(sector=subject.sector), *map(Whose, communities)], named=False),
        findings=findings(subject),
        hidden="" if outcomes else _hidden(subject, len(communities)),
        portfolio=portfolio(subject, shown_by_name, "../"),
        unnamed=words.count("programme.portfolio.unnamed", hidden) if hidden else "",
        vocabulary=tuple(Fact(general, words.of(own)) for general, own in pack.vocabulary.items()),
        questions=tuple(_questions(subject)),
        outcomes=outcomes,
        participation=side_by_side.participation(subject, shown_by_name),
        context=(
            *side_by_side.context(subject, shown_by_name),
            *side_by_side.balances(subject, shown_by_name),
        ),
        blocks=side_by_side.blocks(subject, shown_by_name),
        withheld=withheld(subject),
        symbols=symbols(subject),
    )


def _facts(subject: Subject, pack: SectorPack, communities: int) -> Iterator[Fact]:
    words = subject.words
    least, most = pack.cycle_weeks
    yield Fact(words("programme.facts.wave"), words.begin(subject.wave.title))
    yield Fact(words("programme.facts.period"), period(subject.wave, words))
    yield Fact(words("programme.facts.communities"), str(communities))
    yield Fact(words("sector.facts.cycle"), words("sector.weeks", least=least, most=most))


def _outcomes(subject: Subject) -> Outcomes | None:
    """None where not a single one may be shown: every section would say so again."""
    if status(subject) in ("few", "none"):
        return None
    return Outcomes(levels(subject), results(subject), changes(subject), answers(subject), methods(subject))


def _hidden(subject: Subject, communities: int) -> str:
    """Why there is nothing, in plain words."""
    needed = subject.setup.programme.privacy.across_communities
    key = "sector.hidden.few" if communities < needed else "sector.hidden.answers"
    rules = subject.setup.programme.privacy
    return subject.words.count(key, communities, needed=needed, people=rules.across_respondents)


def _questions(subject: Subject) -> Iterator[Table]:
    """What only this sector is asked, and what it is asked in other words."""
    words, general = subject.words, subject.setup.instrument.at(subject.wave.opens)
    own, same = subject.codebook.items, general.items
    columns = {
        "asked": [(Cell(words.of(own[item].text)), Cell(about)) for item, about in _asked(subject)],
        "worded": [
            (Cell(words.of(same[item].text)), Cell(words.of(own[item].text)))
            for item in same
            if item in own and own[item].text != same[item].text
        ],
    }
    for name, lines in columns.items():
        head = tuple(words(f"sector.{name}.{column}") for column in ("first", "second"))
        if lines:
            yield Table(words(f"sector.{name}.caption"), head, tuple(lines))


def _asked(subject: Subject) -> Iterator[tuple[str, str]]:
    """Items that the instrument itself does not have, and what they are about."""
    words, general = subject.words, subject.setup.instrument.at(subject.wave.opens)
    for construct in subject.codebook.constructs.values():
        level = f" ({words(f'levels.{construct.level}')})" if construct.level else ""
        for item in construct.items:
            if item not in general.items:
                yield item, f"{words.of(construct.title)}{level}"
