"""The report for who pays and who steers: all communities together, and each of them as context."""

from collections.abc import Iterator, Mapping, Sequence

from lcmonitor.reporting import balance, rows, shown, temple, topics
from lcmonitor.reporting.among import among
from lcmonitor.reporting.answers import answers
from lcmonitor.reporting.changes import changes
from lcmonitor.reporting.charts import draw
from lcmonitor.reporting.dates import period
from lcmonitor.reporting.figures import ACROSS, Figure
from lcmonitor.reporting.findings import findings
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.levels import levels
from lcmonitor.reporting.methods import methods
from lcmonitor.reporting.pages import ProgrammePage
from lcmonitor.reporting.participation import tiles
from lcmonitor.reporting.parts import Cell, Fact, Link, Plot, Table
from lcmonitor.reporting.portfolio import named, portfolio
from lcmonitor.reporting.results import results
from lcmonitor.reporting.rows import Topic
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.together import together
from lcmonitor.reporting.withheld import symbols, withheld
from lcmonitor.reporting.words import capital

_ROOM = 24  # pixels for the bar below a name
_SECTIONS = {
    "participation": "participation",
    "findings": "findings",
    "portfolio": "programme.portfolio",
    "levels": "programme.levels",
    "results": "results",
    "context": "programme.context",
    "blocks": "programme.blocks",
    "together": "together",
    "changes": "programme.trend",
    "answers": "answers",
    "withheld": "withheld",
    "methods": "methods",
}


def programme_page(subject: Subject, communities: Mapping[str, Subject], frame: Frame) -> ProgrammePage:
    """``subject``: over all communities; ``communities``: each by itself, in alphabetical order."""
    words = subject.words
    shown_by_name = named(list(communities.values()))
    hidden = len(communities) - len(shown_by_name)
    return ProgrammePage(
        page=frame.page(
            words,
            heading=words.of(subject.setup.programme.title),
            path="programme",
            contents=tuple(_contents(subject)),
        ),
        facts=tuple(_facts(subject, len(communities))),
        tiles=tiles(subject),
        changed=frame.changed(words, ACROSS),
        findings=findings(subject),
        portfolio=portfolio(subject, shown_by_name),
        unnamed=words.count("programme.portfolio.unnamed", hidden) if hidden else "",
        participation=_participation(subject, shown_by_name),
        levels=levels(subject),
        context=tuple(_context(subject, shown_by_name)),
        beside=among(subject, shown_by_name),
        balances=tuple(_balances(subject, shown_by_name)),
        results=results(subject),
        blocks=_blocks(subject, list(communities.values())),
        together=together(subject),
        answers=answers(subject),
        changes=changes(subject),
        withheld=withheld(subject),
        methods=methods(subject),
        symbols=symbols(subject),
    )


def _contents(subject: Subject) -> Iterator[Link]:
    for section, key in _SECTIONS.items():
        if section != "together" or subject.asked("association"):
            yield Link(subject.words(f"{key}.title"), f"#{section}")


def _facts(subject: Subject, communities: int) -> Iterator[Fact]:
    words, programme = subject.words, subject.setup.programme
    yield Fact(words("programme.facts.wave"), words.begin(subject.wave.title))
    yield Fact(words("programme.facts.period"), period(subject.wave, words))
    yield Fact(words("programme.facts.communities"), str(communities))
    if programme.funders:
        yield Fact(words("programme.facts.funders"), ", ".join(programme.funders))


def _name(subject: Subject) -> str:
    return subject.community.name if subject.community else ""


def _participation(subject: Subject, communities: Sequence[Subject]) -> Plot | None:
    """The response of each community; None where nobody's is known."""
    words, indicator = subject.words, next(iter(subject.asked("response")), None)
    if indicator is None:
        return None
    figures = [(_name(one), one.value(indicator)) for one in communities]
    known = [(name, figure) for name, figure in figures if figure and figure.shown]
    if not known:
        return None
    drawn = rows.levelled([rows.of_share(number, *pair, words) for number, pair in enumerate(known)])
    head = tuple(
        words(f"programme.participation.column.{name}") for name in ("community", "answered", "share")
    )
    return Plot(
        id="response",
        title=words("programme.participation.finding", count=len(known), of=len(communities)),
        subtitle=words("programme.participation.subtitle"),
        summary=words.sentence([f"{name} {shown.n_of(figure, words)}" for name, figure in known]),
        table=Table(
            words("programme.participation.title"), head, tuple(_response(subject, *pair) for pair in figures)
        ),
        svg=draw("bars", drawn, "response", y_step=rows.step(drawn, _ROOM)),
    )


def _response(subject: Subject, name: str, figure: Figure | None) -> tuple[Cell, ...]:
    words = subject.words
    answered = Cell(shown.n_of(figure, words) if figure and figure.shown else "–", "number")
    return Cell(name), answered, shown.estimate(figure, "response", words)


def _context(subject: Subject, communities: Sequence[Subject]) -> Iterator[Plot]:
    """The first headline mean of each level, of all communities beside each other. Context, not a norm."""
    for number, name in enumerate(topics.headlines(subject), 1):
        scale = subject.scale(name)
        if scale:
            told = [Topic(_name(one), one.value(name), span=one.span(name)) for one in communities]
            ends = topics.Range(scale.low, scale.high)
            yield _beside(subject, f"context-{number}", name, told, ends)


def _beside(subject: Subject, figure: str, indicator: str, told: Sequence[Topic], ends: topics.Range) -> Plot:
    words = subject.words
    title, unit = words.of(subject.indicators[indicator].title), capital(subject.unit(indicator))
    return topics.drawn(
        subject,
        figure,
        told,
        ends,
        title=words("programme.context.finding", title=title, spread=topics.spread(subject, told)),
        subtitle=words("programme.context.subtitle", unit=unit),
    )


def _balances(subject: Subject, communities: Sequence[Subject]) -> Iterator[Plot]:
    """The experienced mix of each community, beside no other's intention."""
    words = subject.words
    for number, indicator in enumerate(subject.asked("balance"), 1):
        division = balance.division_of(subject, indicator)
        mixes = [balance.mix(one, indicator, division, one.wave, _name(one)) for one in communities]
        yield balance.beside_each_other(
            subject, division, mixes, f"balance-{number}", words("programme.balance.subtitle")
        )


def _blocks(subject: Subject, communities: Sequence[Subject]) -> Table:
    """How many communities gave a block which status; also those not named, as nobody can be seen."""
    words = subject.words
    lines = []
    for key, block in subject.setup.instrument.blocks.items():
        counts = temple.counted(key, [one.community for one in communities if one.community], subject.wave)
        cells = [Cell(str(counts[status]), "number") for status in temple.SHOWN_ORDER]
        lines.append((Cell(words.of(block.title)), Cell(words(f"pillar.{block.pillar}")), *cells))
    head = (
        words("programme.blocks.column.block"),
        words("temple.column.pillar"),
        *(words(f"temple.status.{status}") for status in temple.SHOWN_ORDER),
    )
    return Table(words("programme.blocks.caption"), head, tuple(lines))
