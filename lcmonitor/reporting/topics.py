"""Topics on a common scale, as a figure: dot and interval now, the wave before, words and table beside."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lcmonitor.programme.model import Wave
from lcmonitor.reporting import clear, numbers, rows, shown
from lcmonitor.reporting.charts import draw
from lcmonitor.reporting.parts import Cell, Key, Plot, Table
from lcmonitor.reporting.rows import Topic
from lcmonitor.reporting.subject import Subject

_ROOM = 33  # pixels for the strip below a label
_FEW = 3  # topics that are named below a figure; of more the number is told


@dataclass(frozen=True)
class Range:
    """The ends of an answer scale; topics on different ones never share a chart."""

    low: int
    high: int


def topic(subject: Subject, indicator: str) -> Topic:
    """An indicator as a topic. The earlier wave stands beside it only where a change was released."""
    definition, earlier = subject.indicators[indicator], subject.earlier
    change = subject.change(indicator)
    followed = earlier and change and change.status == "released"
    before = subject.value(indicator, earlier) if followed else None
    return Topic(
        label=subject.words.of(definition.title),
        now=subject.value(indicator),
        before=before,
        change=change,
        statistic=definition.statistic,
        unit=subject.unit(indicator),
        span=subject.span(indicator),
        ambition=own(subject, indicator, subject.wave),
    )


def own(subject: Subject, indicator: str, wave: Wave) -> float | None:
    """The community's ambition for the building block that an indicator speaks of, as it held in a wave."""
    construct = subject.codebook.constructs.get(subject.indicators[indicator].of or "")
    block = construct.block if construct else None
    return subject.community.ambition(block, wave) if subject.community and block else None


def headlines(subject: Subject) -> list[str]:
    """The first headline mean of each level."""
    first: dict[str, str] = {}
    for name, indicator in subject.asked("mean").items():
        if indicator.headline and indicator.level:
            first.setdefault(indicator.level, name)
    return list(first.values())


def by_range(subject: Subject, indicators: Sequence[str]) -> dict[Range, list[Topic]]:
    """The indicators as topics, those on the same scale together, in their order."""
    together: dict[Range, list[Topic]] = {}
    for indicator in indicators:
        scale = subject.scale(indicator)
        if scale:
            together.setdefault(Range(scale.low, scale.high), []).append(topic(subject, indicator))
    return together


def plot(subject: Subject, figure: str, caption: str, topics: Sequence[Topic], ends: Range) -> Plot:
    """The figure of topics on one scale, titled by what it says."""
    title = finding(subject, topics, ends)
    return drawn(subject, figure, topics, ends, title, _subtitle(subject, topics), caption)


def drawn(
    subject: Subject,
    figure: str,
    topics: Sequence[Topic],
    ends: Range,
    title: str,
    subtitle: str,
    caption: str = "",
) -> Plot:
    """The same under a title of its own."""
    drawn = [one for one in topics if one.now and (one.now.shown or one.now.status == "suppressed")]
    strips = rows.levelled(
        [rows.of_topic(number, one, ends.low, ends.high, subject.words) for number, one in enumerate(drawn)]
    )
    anything = any(one.now and one.now.shown for one in topics)
    absent = [one for one in topics if one.now is None or not one.now.shown]
    return Plot(
        id=figure,
        title=title,
        subtitle=subtitle,
        summary=summary(subject, topics),
        table=_table(subject, caption or title, topics),
        svg=draw("intervals", strips, figure, low=ends.low, high=ends.high, y_step=rows.step(strips, _ROOM))
        if anything
        else None,
        keys=_keys(subject, topics),
        notes=_absent(subject, absent),
    )


def finding(subject: Subject, topics: Sequence[Topic], ends: Range) -> str:
    """What the figure says, no more than its intervals allow."""
    words, earlier = subject.words, subject.earlier
    told = [one.change.word for one in topics if one.change and one.change.status == "released"]
    changed = [word for word in told if word in ("higher", "lower")]
    if changed and earlier:
        return words("levels.finding_change", part=len(changed), of=len(told), versus=words.of(earlier.title))
    if "no_clear_difference" in told and earlier:
        return words("levels.finding_no_change", versus=words.of(earlier.title))
    return sides(subject, topics, ends)


def sides(subject: Subject, topics: Sequence[Topic], ends: Range) -> str:
    """How many means clearly lie above, and below, the middle of their scale."""
    words, middle = subject.words, (ends.low + ends.high) / 2
    found = Counter(clear.side(one.now, middle) for one in topics if one.now and one.now.shown)
    if not found:
        return words("levels.finding_none")
    above, below = found["above"], found["below"]
    if above and below:
        return words("levels.finding_both", above=above, below=below, number=found.total())
    if not above and not below:
        return words("levels.finding_near" if found["near"] else "levels.finding_too_few")
    key = "above" if above else "below"
    return words.count(f"levels.finding_side.{key}", found.total(), part=above or below)


def summary(subject: Subject, topics: Sequence[Topic]) -> str:
    """The figure in one sentence, for who does not see it."""
    words = subject.words
    return words.sentence(
        [f"{one.label}: {shown.estimate(one.now, one.statistic, words, one.span).text}" for one in topics]
    )


def _subtitle(subject: Subject, topics: Sequence[Topic]) -> str:
    unit = topics[0].unit if topics else ""
    across = subject.community is None
    return subject.words(
        "levels.across_subtitle" if across else "levels.subtitle", unit=unit[:1].upper() + unit[1:]
    )


def _absent(subject: Subject, topics: Sequence[Topic]) -> tuple[str, ...]:
    """Topics without a row in the chart, with the sign and the word why."""
    told: dict[str, list[str]] = {}
    for one in topics:
        told.setdefault(shown.absent(one.now, subject.words).text, []).append(one.label)
    return tuple(f"{why}: {_named(subject, labels)}." for why, labels in told.items())


def _named(subject: Subject, labels: Sequence[str]) -> str:
    """The topics by name, or how many where that would be a list nobody reads; the table names them."""
    if len(labels) <= _FEW:
        return ", ".join(labels)
    return subject.words.count("levels.absent", len(labels))


def _keys(subject: Subject, topics: Sequence[Topic]) -> tuple[Key, ...]:
    words, earlier = subject.words, subject.earlier
    keys = [Key("dot-now", words("key.now")), Key("bar-now", words("key.interval"))]
    if _with_ambition(topics):
        keys.append(Key("diamond-ambition", words("charts.ambition")))
    if _with_before(topics) and earlier:
        keys.append(Key("ring-before", words("key.before", versus=words.of(earlier.title))))
    return tuple(keys)


def _with_before(topics: Sequence[Topic]) -> bool:
    return any(one.before and one.before.shown for one in topics)


def _with_ambition(topics: Sequence[Topic]) -> bool:
    return any(one.ambition is not None for one in topics)


def _table(subject: Subject, caption: str, topics: Sequence[Topic]) -> Table:
    words, earlier = subject.words, subject.earlier
    head = [words(f"levels.column.{name}") for name in ("topic", "now", "interval", "n")]
    if _with_ambition(topics):
        head.append(words("temple.column.ambition"))
    if _with_before(topics) and earlier:
        head.append(words("levels.column.before", versus=words.begin(earlier.title)))
    also = _with_ambition(topics), _with_before(topics)
    return Table(caption, tuple(head), tuple(tuple(_row(subject, one, *also)) for one in topics))


def _row(subject: Subject, one: Topic, with_ambition: bool, with_before: bool) -> Iterator[Cell]:
    words = subject.words
    yield Cell(one.label)
    yield shown.estimate(one.now, one.statistic, words, one.span)
    yield shown.interval(one.now, one.statistic, words)
    yield shown.count(one.now)
    if with_ambition:
        yield Cell("–" if one.ambition is None else numbers.number(one.ambition, words.language), "number")
    if with_before:
        before = one.before
        yield shown.estimate(before, one.statistic, words, one.span) if before else Cell("–", "number")
