"""The community as a temple: what it filled in itself, its own ambition, and the experience beside it."""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from lcmonitor.instruments.model import Block, Scale
from lcmonitor.instruments.model import Pillar as PillarName
from lcmonitor.programme.model import BlockStatus, Community, Wave
from lcmonitor.reporting import numbers, shown
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell, Key, Mark, Pillar, Stone, Table, Temple
from lcmonitor.reporting.subject import Subject

_FOUNDATION: PillarName = "foundation"
SHOWN_ORDER: tuple[BlockStatus, ...] = ("filled", "developing", "empty", "not_applicable")
_NOTABLE = 1 / 16  # of the scale: where everyone answered there is no interval, but not every difference
# is worth a word
_MARKS = (("dot-now", "experience"), ("diamond-ambition", "ambition"))


def temple(subject: Subject, community: Community) -> Temple:
    """Purpose on top, the pillars of the instrument's blocks below, the foundation under them."""
    words, profile = subject.words, community.profile_on(subject.wave.closes)
    scales = _scales(subject)
    pillars = [_pillar(subject, community, name) for name in get_args(PillarName)]
    standing = tuple(pillar for pillar in pillars if pillar.id != _FOUNDATION and pillar.stones)
    return Temple(
        title=_title(subject, pillars),
        subtitle=words("temple.subtitle", scale=" / ".join(scales))
        if scales
        else words("temple.subtitle_none"),
        purpose=words.of(profile.purpose) if profile else words("temple.no_purpose"),
        pillars=standing,
        foundation=next(pillar for pillar in pillars if pillar.id == _FOUNDATION),
        table=_table(subject, pillars),
        statuses=tuple(Key(f"stone-{status}", words(f"temple.status.{status}")) for status in SHOWN_ORDER),
        keys=tuple(Key(mark, words(f"temple.key.{name}")) for mark, name in _MARKS),
    )


def counted(block: str, communities: Sequence[Community], wave: Wave) -> Counter[BlockStatus]:
    """How many communities gave a block which status, at the close of the wave."""
    fillings = [community.filling(block, wave.closes) for community in communities]
    return Counter(filling.status if filling else "empty" for filling in fillings)


def _title(subject: Subject, pillars: Sequence[Pillar]) -> str:
    """Counts without a whole: how many blocks a community fills in is its own choice."""
    words = subject.words
    counts = Counter(stone.status for pillar in pillars for stone in pillar.stones)
    told = [
        words.count(f"temple.count.{s}", counts[s])
        for s in ("filled", "developing", "not_applicable")
        if counts[s]
    ]
    return words("temple.finding", counts=", ".join(told)) if told else words("temple.finding_none")


def _pillar(subject: Subject, community: Community, name: PillarName) -> Pillar:
    blocks = {key: block for key, block in subject.setup.instrument.blocks.items() if block.pillar == name}
    return Pillar(
        id=name,
        title=subject.words(f"pillar.{name}"),
        question=subject.words(f"pillar_question.{name}"),
        stones=tuple(_stone(subject, community, key, block) for key, block in blocks.items()),
    )


def _stone(subject: Subject, community: Community, key: str, block: Block) -> Stone:
    words, language = subject.words, subject.words.language
    filling = community.filling(key, subject.wave.closes)
    status = filling.status if filling else "empty"
    indicator = _indicator(subject, key)
    scale = subject.scale(indicator) if indicator else None
    experience = subject.value(indicator) if indicator else None
    ambition = community.ambition(key, subject.wave)
    return Stone(
        code=block.code,
        title=words.of(block.title),
        status=status,
        status_word=words(f"temple.status.{status}"),
        filling=words.of(filling.filling) if filling and filling.filling else "",
        experience=_mark(scale, experience),
        ambition=Mark(_place(scale, ambition)) if scale and ambition is not None else None,
        ticks=tuple(_place(scale, code) for code in sorted(scale.codes)) if scale else (),
        experience_text=_experience_text(subject, indicator, experience),
        count=shown.count(experience),
        ambition_text="" if ambition is None else numbers.number(ambition, language),
        word=_word(subject, indicator) if ambition is not None else "",
        measured=experience is not None,
    )


def _indicator(subject: Subject, block: str) -> str | None:
    """The mean that speaks for a block: one with an ambition beside it first, then one with a number."""
    constructs = subject.codebook.constructs
    about = [
        name
        for name, indicator in subject.asked("mean").items()
        if indicator.of in constructs and constructs[indicator.of].block == block
    ]
    figures = {name: subject.value(name) for name in about}
    return next(
        (name for name in about if subject.ambition(name)),
        next(
            (name for name, figure in figures.items() if figure and figure.shown), about[0] if about else None
        ),
    )


def _scales(subject: Subject) -> list[str]:
    """The ends of every scale that a block is measured on; one, as a rule."""
    names = (_indicator(subject, block) for block in subject.setup.instrument.blocks)
    return list(dict.fromkeys(shown.ends(subject.scale(name)) for name in names if name))


def _mark(scale: Scale | None, figure: Figure | None) -> Mark | None:
    if scale is None or figure is None or not figure.shown:
        return None
    ends = [None if end is None else _place(scale, end) for end in (figure.low, figure.high)]
    return Mark(_place(scale, figure.estimate or 0), *ends)


def _place(scale: Scale, value: float) -> float:
    """Percent of the way along the scale; kept inside it, as an interval may pass its ends."""
    return round(min(max((value - scale.low) / (scale.high - scale.low), 0), 1) * 100, 2)


def _experience_text(subject: Subject, indicator: str | None, figure: Figure | None) -> str:
    if indicator is None or figure is None:
        return subject.words("temple.not_surveyed")
    text = shown.estimate(figure, "mean", subject.words, subject.span(indicator)).text
    several = figure.shown and len(_scales(subject)) > 1
    return f"{text} ({shown.ends(subject.scale(indicator))})" if several else text


def _word(subject: Subject, indicator: str | None) -> str:
    distance = subject.ambition(indicator) if indicator else None
    if indicator is None or distance is None or not distance.shown:
        return ""
    return subject.words(f"temple.word.{beside(distance, subject.span(indicator))}")


def beside(distance: Figure | None, span: float) -> str:
    """``above``, ``below``, ``near`` the ambition by the interval of the distance; ``none``: not told.

    ``span``: of the scale.
    """
    if distance is None or not distance.shown or distance.estimate is None:
        return "none"
    low = distance.estimate - _NOTABLE * span if distance.low is None else distance.low
    high = distance.estimate + _NOTABLE * span if distance.high is None else distance.high
    return "above" if low > 0 else "below" if high < 0 else "near"


def _table(subject: Subject, pillars: Sequence[Pillar]) -> Table:
    words = subject.words
    columns = ("block", "pillar", "status", "ambition", "experience", "n", "word")
    rows = tuple(
        (
            Cell(stone.title),
            Cell(pillar.title),
            Cell(stone.status_word),
            Cell(stone.ambition_text or words("temple.no_ambition")),
            Cell(stone.experience_text),
            stone.count,
            Cell(stone.word or words("temple.word.none")),
        )
        for pillar in pillars
        for stone in pillar.stones
    )
    return Table(words("temple.table"), tuple(words(f"temple.column.{name}") for name in columns), rows)
