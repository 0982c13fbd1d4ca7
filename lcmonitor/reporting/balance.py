"""How a whole is divided over its parts, beside the mix that the community itself means to have."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from lcmonitor.instruments.model import Division
from lcmonitor.programme.model import Wave
from lcmonitor.reporting import numbers, rows, shown
from lcmonitor.reporting.charts import ChartRow, draw
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell, Key, Plot, Table
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import Words

_ROOM = 33  # pixels for the bar below a label
_NOTABLE = 0.05  # where everyone answered there is no interval, but not every difference is worth a word
_ROOM_FOR_WORDS = 0.08  # a narrower segment gets no number inside; the table has it


@dataclass(frozen=True)
class Mix:
    """A bar: its name, and the share of each part; None where nothing is shown."""

    label: str
    shares: Sequence[float] | None
    absent: str = ""
    n: int | None = None
    hidden: ChartRow = field(default_factory=dict)  # what is drawn instead


@dataclass(frozen=True)
class Gap:
    """A part, and how its experience lies beside what was meant: ``more``, ``less`` or ``near``."""

    part: str
    figure: Figure
    word: str

    @property
    def size(self) -> float:
        """How far apart the two are."""
        return abs((self.figure.estimate or 0) - (self.figure.reference or 0))


def plot(subject: Subject, indicator: str, figure: str) -> Plot:
    """Experience now, the wave before, and the own mix, under each other."""
    words, division = subject.words, division_of(subject, indicator)
    parts = [part_label(subject, division, name) for name in division.parts]
    drawn = list(mixes(subject, indicator, division).values())
    return Plot(
        id=figure,
        title=_finding(subject, indicator, division),
        subtitle=words("balance.subtitle"),
        summary=words.sentence([f"{mix.label}: {told(mix, parts, subject)}" for mix in drawn]),
        table=_table(subject, indicator, division),
        svg=draw_mixes(drawn, figure, subject),
        keys=tuple(Key(f"part-{number}", part) for number, part in enumerate(parts, 1)),
        notes=_notes(subject, indicator),
    )


def division_of(subject: Subject, indicator: str) -> Division:
    """The division that an indicator is about."""
    return subject.codebook.divisions[subject.indicators[indicator].of or ""]


def part_label(subject: Subject, division: Division, part: str) -> str:
    """What a part is called in the page's language."""
    return subject.words.of(division.labels[part]) if part in division.labels else part


def mix(subject: Subject, indicator: str, division: Division, wave: Wave, label: str) -> Mix:
    """The experienced mix of a wave, only where every part of it is shown."""
    figures = [subject.value(indicator, wave, part) for part in division.parts]
    visible = [f for f in figures if f and f.shown]
    if len(visible) < len(figures):
        first = next((f for f in figures if f), None)
        hidden = rows.hatched(first, subject.words, 0, 1)
        return Mix(label, None, shown.absent(first, subject.words).text, hidden=hidden)
    return Mix(label, [f.estimate or 0 for f in visible], n=visible[0].n)


def mixes(subject: Subject, indicator: str, division: Division) -> dict[str, Mix]:
    """``now``; ``before``, where it can be compared; ``intended``, where the community gave a mix."""
    words, earlier = subject.words, subject.comparable(indicator)
    intended = [subject.value(indicator, part=part) for part in division.parts]
    references = [f.reference for f in intended if f and f.reference is not None]
    meant = references if len(references) == len(division.parts) else _own(subject, division)
    found = {"now": mix(subject, indicator, division, subject.wave, words("balance.now"))}
    if earlier:
        found["before"] = mix(subject, indicator, division, earlier, words.begin(earlier.title))
    return found | ({"intended": Mix(words("balance.intended"), meant)} if meant else {})


def _own(subject: Subject, division: Division) -> list[float] | None:
    """The mix of the profile, which may be shown also where the experience may not."""
    profile = subject.community.profile_on(subject.wave.closes) if subject.community else None
    names = [name for name, known in subject.codebook.divisions.items() if known == division]
    meant = profile.intended.get(names[0]) if profile and names else None
    return [meant.get(part, 0) for part in division.parts] if meant else None


def draw_mixes(mixes: Sequence[Mix], figure: str, subject: Subject) -> Markup | None:
    """One bar a mix; None where there is none at all."""
    if not any(mix.shares for mix in mixes):
        return None
    drawn = rows.levelled([row for number, mix in enumerate(mixes) for row in _bar(number, mix, subject)])
    return draw("segments", drawn, figure, y_step=rows.step(drawn, _ROOM))


def beside_each_other(
    subject: Subject, division: Division, mixes: Sequence[Mix], figure: str, subtitle: str
) -> Plot:
    """Several mixes under each other, with their numbers as a table."""
    parts = [part_label(subject, division, name) for name in division.parts]
    return Plot(
        id=figure,
        title=most_often(subject, division, mixes),
        subtitle=subtitle,
        summary=subject.words.sentence([f"{mix.label}: {told(mix, parts, subject)}" for mix in mixes]),
        table=as_table(subject, division, mixes),
        svg=draw_mixes(mixes, figure, subject),
        keys=tuple(Key(f"part-{number}", part) for number, part in enumerate(parts, 1)),
    )


def most_often(subject: Subject, division: Division, mixes: Sequence[Mix]) -> str:
    """The part that is most often the largest, in whole points as they are told."""
    words, known = subject.words, [mix for mix in mixes if mix.shares]
    names = [part_label(subject, division, name) for name in division.parts]
    if len(known) < 2:
        return (
            words("balance.finding_plain", parts=told(known[0], names, subject))
            if known
            else words("balance.none")
        )
    places = [_first([round(100 * share) for share in mix.shares or ()]) for mix in known]
    counts = [places.count(place) for place in range(len(names))]
    title, most = words.begin(division.title), _first(counts)
    if most is None:
        return words("charts.mixes.none", title=title, of=len(known))
    return words("charts.mixes.most", title=title, part=names[most], count=counts[most], of=len(known))


def _first(numbers: Sequence[int]) -> int | None:
    """The place of the largest; None where two are."""
    largest = max(numbers)
    return numbers.index(largest) if numbers.count(largest) == 1 else None


def as_table(subject: Subject, division: Division, mixes: Sequence[Mix]) -> Table:
    """A line a mix."""
    parts = [part_label(subject, division, name) for name in division.parts]
    lines = tuple((Cell(mix.label), *cells(mix, len(parts), subject)) for mix in mixes)
    return Table(subject.words.begin(division.title), (subject.words("balance.column.mix"), *parts), lines)


def cells(mix: Mix, parts: int, subject: Subject) -> list[Cell]:
    if mix.shares is None:
        return [Cell(mix.absent, "absent")] * parts
    return [Cell(shown.points(share, subject.words.language), "number") for share in mix.shares]


def _bar(number: int, mix: Mix, subject: Subject) -> list[ChartRow]:
    row, n = f"{number:03}", "" if mix.n is None else f"n = {mix.n}"
    bars: list[ChartRow] = [{**rows.bar(row, mix.label, n=n), **mix.hidden}]
    start = 0.0
    for place, share in enumerate(mix.shares or (), 1):
        bars.append(rows.segment(row, start, start + share, f"part-{place}", _inside(share, subject)))
        start += share
    return bars


def _inside(share: float, subject: Subject) -> str:
    return shown.points(share, subject.words.language) if share >= _ROOM_FOR_WORDS else ""


def told(mix: Mix, parts: Sequence[str], subject: Subject) -> str:
    """``52 werken, 30 leren, 18 innoveren``."""
    if mix.shares is None:
        return mix.absent
    words = subject.words
    return ", ".join(
        words("balance.part", share=shown.points(share, words.language), part=part)
        for share, part in zip(mix.shares, parts, strict=True)
    )


def gaps(subject: Subject, indicator: str) -> list[Gap]:
    """Every part with its intended share; more or less only where the whole interval lies on one side."""
    division = division_of(subject, indicator)
    figures = {part: subject.value(indicator, part=part) for part in division.parts}
    return [
        Gap(part, figure, _beside(figure))
        for part, figure in figures.items()
        if figure and figure.shown and figure.reference is not None
    ]


def _beside(figure: Figure) -> str:
    estimate, reference = figure.estimate or 0, figure.reference or 0
    low = estimate - _NOTABLE if figure.low is None else figure.low
    high = estimate + _NOTABLE if figure.high is None else figure.high
    return "more" if low > reference else "less" if high < reference else "near"


def largest(found: Sequence[Gap]) -> Gap | None:
    """The clear gap that is widest."""
    return max((gap for gap in found if gap.word != "near"), key=lambda gap: gap.size, default=None)


def _finding(subject: Subject, indicator: str, division: Division) -> str:
    words, found = subject.words, gaps(subject, indicator)
    widest = largest(found)
    if widest:
        return words(f"balance.finding_{widest.word}", part=part_label(subject, division, widest.part))
    if found:
        return words("balance.finding_near")
    now = mix(subject, indicator, division, subject.wave, "")
    parts = [part_label(subject, division, part) for part in division.parts]
    return (
        words("balance.finding_plain", parts=told(now, parts, subject))
        if now.shares
        else words("balance.none")
    )


def _notes(subject: Subject, indicator: str) -> tuple[str, ...]:
    """The index of evenness, the distance to the own mix, and that no mix was given."""
    words, notes = subject.words, []
    index = subject.value(indicator)
    if index and index.shown:
        notes.append(words("balance.index", value=shown.estimate(index, "balance", words).text))
    apart = distance(subject, indicator)
    if apart:
        notes.append(words("balance.distance", value=apart))
    elif subject.community and _own(subject, division_of(subject, indicator)) is None:
        notes.append(words("balance.no_intended"))
    return tuple(notes)


def distance(subject: Subject, indicator: str) -> str:
    """How many of 100 points lie elsewhere than in the own mix; nothing where that is not shown."""
    of = subject.indicators[indicator].of
    found = [subject.value(key) for key, it in subject.asked("mix_distance").items() if it.of == of]
    known = next((figure for figure in found if figure and figure.shown), None)
    return shown.points(known.estimate or 0, subject.words.language) if known else ""


def _table(subject: Subject, indicator: str, division: Division) -> Table:
    words, earlier = subject.words, subject.comparable(indicator)
    head = [words(f"balance.column.{name}") for name in ("part", "now", "interval", "intended")]
    if earlier:
        head.append(words("balance.column.before", versus=words.begin(earlier.title)))
    rows = tuple(_row(subject, indicator, division, part)[: len(head)] for part in division.parts)
    return Table(words.of(division.title), tuple(head), rows)


def _row(subject: Subject, indicator: str, division: Division, part: str) -> tuple[Cell, ...]:
    words, figure = subject.words, subject.value(indicator, part=part)
    earlier = subject.comparable(indicator)
    before = subject.value(indicator, earlier, part) if earlier else None
    reference = figure.reference if figure else None
    own = _own(subject, division)
    meant = reference if reference is not None or own is None else own[list(division.parts).index(part)]
    return (
        Cell(part_label(subject, division, part)),
        _points(figure, words),
        Cell(span(figure, words), "number"),
        Cell("–" if meant is None else shown.points(meant, words.language), "number"),
        _points(before, words),
    )


def _points(figure: Figure | None, words: Words) -> Cell:
    visible = figure and figure.shown and figure.estimate is not None
    return (
        Cell(shown.points(figure.estimate or 0, words.language), "number")
        if visible and figure
        else shown.absent(figure, words)
    )


def span(figure: Figure | None, words: Words) -> str:
    """The interval of a part, in points of 100."""
    if figure is None or figure.low is None or figure.high is None:
        return "–"
    return numbers.interval(figure.low * 100, figure.high * 100, words.language, 0)
