"""How people answered, question by question: disagreeing to the left, agreeing to the right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lcmonitor.instruments.model import Indicator, Scale
from lcmonitor.reporting import rows, shown
from lcmonitor.reporting.charts import ChartRow, draw
from lcmonitor.reporting.figures import EVERYONE, Figure
from lcmonitor.reporting.parts import Answers, Cell, Key, Plot, Table
from lcmonitor.reporting.shades import Shades
from lcmonitor.reporting.subject import Subject

_ROOM = 34  # pixels for the bar below a label
_SIDE = 39  # pixels left of a two-sided bar, for the share that disagrees
_ROOM_FOR_WORDS = 0.12  # a narrower segment gets no number inside; the table has it


@dataclass(frozen=True)
class Group:
    """Questions that stand in one figure: of one level or pillar, on one scale."""

    title: str
    scale: str


@dataclass(frozen=True)
class Question:
    """A question with the share of each of its answers."""

    text: str
    shares: Mapping[int, float]
    n: int
    apart: int | None = None  # who gave none of these answers; None where it is not known


def answers(subject: Subject) -> Answers:
    """A figure a group, of the distributions that were released."""
    groups: dict[Group, dict[str, Question]] = {}
    for name in subject.asked("distribution"):
        for item in subject.items(name):
            question, scale = _question(subject, name, item), subject.codebook.items[item].scale
            if question and scale:  # a question may belong to two constructs; it stands there once
                groups.setdefault(Group(_title(subject, name), scale), {})[item] = question
    plots = [
        _plot(subject, f"answers-{number}", group, list(questions.values()))
        for number, (group, questions) in enumerate(groups.items(), 1)
    ]
    shares = subject.setup.programme.privacy.shares
    return Answers(
        subject.words("answers.intro" if plots else "answers.intro_none", shares=shares), tuple(plots)
    )


def _title(subject: Subject, indicator: str) -> str:
    """The level or pillar that the questions belong to, and the form if it is not the first."""
    words, definition, forms = subject.words, subject.indicators[indicator], subject.codebook.forms
    title = words("answers.title")
    if definition.level or definition.pillar:
        title = words(f"levels.{definition.level}" if definition.level else f"pillar.{definition.pillar}")
    return (
        title
        if definition.form == next(iter(forms))
        else f"{title} ({words.of(forms[definition.form].title)})"
    )


def _question(subject: Subject, indicator: str, item: str) -> Question | None:
    """None unless every answer's share is shown. Parts are codes, or ``item:code`` for a construct."""
    scale = subject.scale_of(item)
    parts = {f.part: f for f in subject.about(indicator) if f.shown}
    found = {code: _part(parts, item, code) for code in sorted(scale.codes)} if scale else {}
    shares = {code: figure.estimate or 0 for code, figure in found.items() if figure}
    n = next((figure.n for figure in found.values() if figure), None)
    if not shares or len(shares) < len(found) or n is None:
        return None
    text = subject.words.of(subject.codebook.items[item].text)
    return Question(text, shares, n, _apart(subject, indicator, n))


def _apart(subject: Subject, indicator: str, n: int) -> int | None:
    """Who did not answer or chose ``don't know``: those behind the form's figures less those behind this one.

    Both numbers are shown, so that anyone can subtract them. Across communities they are of others.
    """
    form = subject.indicators[indicator].form
    known = [name for name, it in subject.asked("response").items() if it.form == form]
    everyone = subject.value(known[0], part=EVERYONE) if known and subject.community else None
    if everyone is None or not everyone.shown or everyone.n is None or everyone.n < n:
        return None
    return everyone.n - n


def _part(parts: Mapping[str, Figure], item: str, code: int) -> Figure | None:
    return parts.get(f"{item}:{code}") or parts.get(str(code))


def _plot(subject: Subject, figure: str, group: Group, questions: Sequence[Question]) -> Plot:
    words, scale = subject.words, subject.codebook.scales[group.scale]
    shades = Shades.of(scale)
    return Plot(
        id=figure,
        title=_finding(subject, group, shades, questions),
        subtitle=words("answers.subtitle"),
        summary=words.sentence([_told(subject, scale, question) for question in questions]),
        table=_table(subject, group.title, scale, questions),
        svg=_drawn(subject, figure, shades, questions),
        keys=tuple(
            Key(f"swatch {shades.colour(code)}", words.of(scale.codes[code])) for code in shades.codes
        ),
        notes=(*_notes(subject, group, questions), *_views(subject, group)),
    )


def _notes(subject: Subject, group: Group, questions: Sequence[Question]) -> Iterator[str]:
    """Where those are that did not choose an answer, and how many questions of the figure are withheld."""
    if any(question.apart is not None for question in questions):
        yield subject.words("charts.answers.apart")
    hidden = sum(
        _is_hidden(subject, name, item)
        for name in subject.asked("distribution")
        for item in subject.items(name)
        if Group(_title(subject, name), subject.codebook.items[item].scale or "") == group
    )
    if hidden:
        yield subject.words.count("charts.answers.hidden", hidden)


def _is_hidden(subject: Subject, indicator: str, item: str) -> bool:
    """Whether any answer's share is withheld, so that none is drawn."""
    parts = {f.part: f for f in subject.about(indicator)}
    scale = subject.scale_of(item)
    found = [_part(parts, item, code) for code in scale.codes] if scale else []
    return any(figure is not None and figure.status == "suppressed" for figure in found)


def _views(subject: Subject, group: Group) -> tuple[str, ...]:
    """Which topics of the figure people see the same; over communities: how much these differ."""
    told: dict[str, list[str]] = {}
    for name, indicator in subject.asked("consensus").items():
        figure = subject.value(name) if subject.community else subject.value(name, part="icc1")
        scale = subject.codebook.items[subject.items(name)[0]].scale
        if figure and figure.shown and Group(_title(subject, name), scale or "") == group:
            number = shown.number(figure.estimate or 0, indicator.statistic, subject.words.language)
            told.setdefault(figure.word or figure.part, []).append(f"{_topic(subject, indicator)} ({number})")
    kinds = ("shared", "divided", "icc1")
    texts = {kind: ", ".join(told[kind]) for kind in kinds if kind in told}
    return tuple(subject.words(f"answers.consensus.{kind}", topics=topics) for kind, topics in texts.items())


def _topic(subject: Subject, indicator: Indicator) -> str:
    construct = subject.codebook.constructs.get(indicator.of or "")
    return subject.words.of(construct.title if construct else indicator.title)


def _finding(subject: Subject, group: Group, shades: Shades, questions: Sequence[Question]) -> str:
    words = subject.words
    of = shades.agreeing if shades.agrees is not None else _largest
    most = sum(of(question.shares) > 0.5 for question in questions)
    key = "none" if not most else "single" if len(questions) == 1 else "some"
    kind = "alike" if shades.agrees is None else "finding"
    return words(f"answers.{kind}.{key}", title=group.title, count=most, of=len(questions))


def _largest(shares: Mapping[int, float]) -> float:
    return max(shares.values())


def _told(subject: Subject, scale: Scale, question: Question) -> str:
    """The question and its answers, from the one end of the scale to the other."""
    words = subject.words
    told = ", ".join(
        f"{words.of(scale.codes[code])} {shown.number(share, 'share', words.language)}"
        for code, share in question.shares.items()
    )
    return f"{question.text} {told}"


def _drawn(subject: Subject, figure: str, shades: Shades, questions: Sequence[Question]) -> Markup:
    lefts = [shades.left(question.shares) for question in questions]
    left, right = max(lefts), max(1 - part for part in lefts)
    drawn = rows.levelled(
        [
            row
            for number, question in enumerate(questions)
            for row in _bar(subject, f"{number:03}", question, shades, (left, left + right))
        ]
    )
    start = 0 if shades.agrees is None else _SIDE
    return draw("segments", drawn, figure, y_step=rows.step(drawn, _ROOM), **{"from": start})


def _bar(
    subject: Subject, row: str, question: Question, shades: Shades, frame: tuple[float, float]
) -> list[ChartRow]:
    """The words of a row, then its segments; ``frame``: where the line stands, and the width of all."""
    zero, width = frame
    bars: list[ChartRow] = [_words(subject, row, question, shades, zero / width)]
    start = zero - shades.left(question.shares)
    for code in shades.codes:
        share = question.shares[code]
        roomy = share >= _ROOM_FOR_WORDS and (shades.agrees is None or shades.side(code))  # the line is there
        inside = shown.points(share, subject.words.language) if roomy else ""
        bars.append(rows.segment(row, start / width, (start + share) / width, shades.colour(code), inside))
        start += share
    return bars


def _words(subject: Subject, row: str, question: Question, shades: Shades, zero: float) -> ChartRow:
    language, two_sided = subject.words.language, shades.agrees is not None
    return rows.bar(
        row,
        question.text,
        zero=zero if two_sided else None,
        left=shown.number(shades.disagreeing(question.shares), "share", language) if two_sided else "",
        right=shown.number(shades.agreeing(question.shares), "share", language) if two_sided else "",
        n=f"n = {question.n}" + (f"\n+ {question.apart}" if question.apart is not None else ""),
    )


def _table(subject: Subject, caption: str, scale: Scale, questions: Sequence[Question]) -> Table:
    words = subject.words
    codes, apart = sorted(scale.codes), any(question.apart is not None for question in questions)
    head = (
        words("answers.column.question"),
        *(words.of(scale.codes[code]) for code in codes),
        words("answers.column.n"),
        *((words("charts.answers.column"),) if apart else ()),
    )
    cells = tuple(
        (
            Cell(question.text),
            *(Cell(shown.number(question.shares[code], "share", words.language), "number") for code in codes),
            Cell(str(question.n), "number"),
            *((Cell("–" if question.apart is None else str(question.apart), "number"),) if apart else ()),
        )
        for question in questions
    )
    return Table(caption, head, cells)
