"""The learning communities of a report beside each other, in alphabetical order: context, not a norm."""

from collections.abc import Iterator, Sequence

from lcmonitor.reporting import balance, clear, crowd, rows, shown, temple, topics, triangle
from lcmonitor.reporting.charts import draw
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import MANY, Cell, Plot, Table
from lcmonitor.reporting.rows import Topic
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import capital

_FEW = 5  # communities; of more that are alike two intervals lie apart more often than once in twenty
_ROOM = 24  # pixels for the bar below a name


def _name(subject: Subject) -> str:
    return subject.community.name if subject.community else ""


def participation(subject: Subject, communities: Sequence[Subject]) -> Plot | None:
    """The response of each community; None where nobody's is known."""
    words, indicator = subject.words, next(iter(subject.asked("response")), None)
    if indicator is None:
        return None
    figures = [(_name(one), one.value(indicator)) for one in communities]
    known = [(name, figure) for name, figure in figures if figure and figure.shown]
    if not known:
        return None
    title = words("programme.participation.finding", count=len(known), of=len(communities))
    if len(communities) > MANY:
        told = [figure for _, figure in figures]
        return crowd.plot(subject, "response", told, crowd.SHARES, title, words("crowd.response"))
    drawn = rows.levelled([rows.of_share(number, *pair, words) for number, pair in enumerate(known)])
    head = tuple(
        words(f"programme.participation.column.{name}") for name in ("community", "answered", "share")
    )
    return Plot(
        id="response",
        title=title,
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


def context(subject: Subject, communities: Sequence[Subject]) -> Iterator[Plot]:
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
    finding = _finding(subject, title, told, ends)
    if len(told) > MANY:
        means, bands = [one.now for one in told], crowd.of_means(ends.high)
        return crowd.plot(subject, figure, means, bands, finding, words("crowd.means", unit=unit))
    return topics.drawn(subject, figure, told, ends, finding, words("programme.context.subtitle", unit=unit))


def _finding(subject: Subject, title: str, told: Sequence[Topic], ends: topics.Range) -> str:
    words, figures = subject.words, [one.now for one in told]
    if sum(clear.span(figure) is not None for figure in figures) > _FEW:
        return words("programme.context.sides", title=title, sides=topics.sides(subject, told, ends))
    differ = clear.differ(figures)
    key = "too_few" if differ is None else "differ" if differ else "alike"
    return words(f"programme.context.finding.{key}", title=title)


def balances(subject: Subject, communities: Sequence[Subject]) -> Iterator[Plot]:
    """The experienced mix of each community, beside no other's intention."""
    words = subject.words
    for number, indicator in enumerate(subject.asked("balance"), 1):
        division = balance.division_of(subject, indicator)
        mixes = [balance.mix(one, indicator, division, one.wave, _name(one)) for one in communities]
        crowded = triangle.of_many(subject, division, mixes, f"balance-{number}")
        yield crowded or balance.beside_each_other(
            subject, division, mixes, f"balance-{number}", words("programme.balance.subtitle")
        )


def blocks(subject: Subject, communities: Sequence[Subject]) -> Table:
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
