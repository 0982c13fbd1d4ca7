"""A table whose cells are coloured by their number, for a first look: who experiences what, by group."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from lcmonitor.instruments.model import Scale
from lcmonitor.reporting import clear, numbers, shown
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import MANY, Cell, Heat, Key, Table
from lcmonitor.reporting.subject import Subject

_STEPS = 5
_TYPE = "partner_type"
Place = tuple[Figure | None, Scale | None]  # a figure, and the scale that its colour is a place on


def by_type(subject: Subject) -> Heat | None:
    """Of each type of partner the means that are made for them; None where the wave asked for none."""
    words = subject.words
    found = {name: _of_types(subject, name) for name in subject.asked("mean")}
    asked = {name: figures for name, figures in found.items() if figures}
    kinds = list(dict.fromkeys(kind for figures in asked.values() for kind in figures))
    if not asked:
        return None
    compared = [clear.differ(list(figures.values())) for figures in asked.values()]
    of = sum(each is not None for each in compared)
    key = "few" if not of else "some" if any(compared) else "none"
    rows = {
        words.of(subject.indicators[name].title): [(figures.get(kind), subject.scale(name)) for kind in kinds]
        for name, figures in asked.items()
    }
    return _heat(
        subject,
        "heat-types",
        words(f"charts.heat.types.{key}", count=sum(map(bool, compared)), of=of),
        (words("levels.column.topic"), *(words(f"partner_type.{kind}") for kind in kinds)),
        rows,
        of > 0,
    )


def by_community(subject: Subject, communities: Sequence[Subject]) -> Heat | None:
    """Of each community the headline means, in the order of names; None where there is nothing to show.

    Of many how many of them lie where.
    """
    words = subject.words
    names = [name for name, it in subject.asked("mean").items() if it.headline]
    rows = {
        one.community.name: [(one.value(name), one.scale(name)) for name in names]
        for one in communities
        if one.community
    }
    told = sum(any(figure and figure.shown for figure, _ in row) for row in rows.values())
    if not told:
        return None
    if len(rows) > MANY:
        return _crowd(subject, {name: [row[at] for row in rows.values()] for at, name in enumerate(names)})
    return _heat(
        subject,
        "heat-communities",
        words("charts.heat.communities", count=told, of=len(rows)),
        (words("among.column.community"), *(words.of(subject.indicators[name].title) for name in names)),
        rows,
        told > 1,
    )


def _crowd(subject: Subject, places: Mapping[str, Sequence[Place]]) -> Heat:
    """A row a topic: how many communities lie in each fifth of its scale, and of how many it is not told."""
    words, width = subject.words, 100 // _STEPS
    scales = list(dict.fromkeys(shown.ends(scale) for row in places.values() for _, scale in row if scale))
    return Heat(
        id="heat-communities",
        title=words("crowd.heat.title", of=max(map(len, places.values()))),
        subtitle=words("crowd.heat.subtitle", scale=" / ".join(scales)),
        table=Table(
            words("crowd.heat.caption"),
            (words("levels.column.topic"), *_ends(subject, scales), words("crowd.heat.absent")),
            tuple(
                (Cell(words.of(subject.indicators[name].title)), *_counts(row))
                for name, row in places.items()
            ),
        ),
        keys=tuple(
            Key(f"swatch step-{step}", words("crowd.heat.share", low=(step - 1) * width, high=step * width))
            for step in range(1, _STEPS + 1)
        ),
        notes=(words("charts.heat.small.communities"),),
    )


def _counts(row: Sequence[Place]) -> list[Cell]:
    """By the numbers as they are written, so that nobody finds another sum in the lists."""
    found = Counter(
        _step(float(numbers.rounded(figure.estimate or 0)), scale) if figure and figure.shown and scale else 0
        for figure, scale in row
    )
    told = [_count(found[step], len(row)) for step in range(1, _STEPS + 1)]
    return [*told, Cell(str(found[0]) if found[0] else "–", shade="unknown")]


def _count(count: int, of: int) -> Cell:
    """The colour is the share of all communities."""
    if not count:
        return Cell("–", shade="unknown")
    return Cell(str(count), "number", shade=f"step-{min(count * _STEPS // of, _STEPS - 1) + 1}")


def _of_types(subject: Subject, name: str) -> dict[str, Figure]:
    return {figure.group_value: figure for figure in subject.about(name, group_by=_TYPE)}


def _heat(
    subject: Subject,
    figure: str,
    title: str,
    head: tuple[str, ...],
    rows: Mapping[str, Sequence[Place]],
    anything: bool,
) -> Heat:
    words, kind = subject.words, figure.rpartition("-")[2]
    scales = list(dict.fromkeys(shown.ends(scale) for row in rows.values() for _, scale in row if scale))
    cells = tuple((Cell(name), *(_cell(subject, *place) for place in row)) for name, row in rows.items())
    return Heat(
        id=figure,
        title=title,
        subtitle=words("charts.heat.subtitle", scale=" / ".join(scales)),
        table=Table(words(f"charts.heat.caption.{kind}"), head, cells) if anything else None,
        keys=tuple(Key(f"swatch step-{step}", text) for step, text in enumerate(_ends(subject, scales), 1)),
        notes=(words("charts.heat.hidden"),) if not anything else _notes(subject, kind),
    )


def _notes(subject: Subject, kind: str) -> tuple[str, ...]:
    """What hatching means, and what ``clearly`` does."""
    return (subject.words("charts.heat.note"), subject.words(f"charts.heat.small.{kind}"))


def _ends(subject: Subject, scales: Sequence[str]) -> list[str]:
    """What the steps of colour stand for: the range of each, or only the ends where scales differ."""
    if len(scales) != 1:
        return [subject.words(f"charts.heat.step.{step}") for step in range(1, _STEPS + 1)]
    low, high = map(int, scales[0].split("–"))
    width, language = (high - low) / _STEPS, subject.words.language
    edges = [shown.number(low + width * step, "mean", language) for step in range(_STEPS + 1)]
    return [f"{one}–{other}" for one, other in pairwise(edges)]


def _cell(subject: Subject, figure: Figure | None, scale: Scale | None) -> Cell:
    """The number on its colour; where there is none the sign alone, hatched."""
    words = subject.words
    if figure is None or not figure.shown or scale is None:
        withheld = figure is not None and figure.status == "suppressed"
        return Cell(shown.sign(figure, words), "absent", shade="" if withheld else "unknown")
    cell = shown.estimate(figure, "mean", words, scale.high - scale.low)
    return Cell(cell.text, cell.kind, shade=f"step-{_step(figure.estimate or 0, scale)}")


def _step(value: float, scale: Scale) -> int:
    """1 to 5 from the lowest answer to the highest; the highest belongs to the last."""
    place = round((value - scale.low) / (scale.high - scale.low) * _STEPS, 9)  # 0.8 of 4 is a fifth
    return min(int(place), _STEPS - 1) + 1
