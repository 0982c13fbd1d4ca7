"""A division over three parts as a place in a triangle, beside the mix that the community means to have."""

from collections.abc import Sequence

from lcmonitor.instruments.model import Division
from lcmonitor.reporting import balance, clear
from lcmonitor.reporting.charts import ChartRow, draw
from lcmonitor.reporting.parts import MANY, Cell, Key, Plot, Table
from lcmonitor.reporting.subject import Subject

_PARTS = 3
_MARKS = {"now": "dot-now", "intended": "diamond-ambition", "before": "ring-before"}


def all_of(subject: Subject) -> tuple[Plot, ...]:
    """Each division that was asked as bars, and beside these as a triangle where it has three parts."""
    return tuple(
        plot
        for number, indicator in enumerate(subject.asked("balance"), 1)
        for plot in (
            balance.plot(subject, indicator, f"balance-{number}"),
            triangle(subject, indicator, f"triangle-{number}"),
        )
        if plot
    )


def triangle(subject: Subject, indicator: str, figure: str) -> Plot | None:
    """None of a division over more or fewer parts, and where the experience is not shown."""
    words, division = subject.words, balance.division_of(subject, indicator)
    mixes = balance.mixes(subject, indicator, division)
    if len(division.parts) != _PARTS or not mixes["now"].shares:
        return None
    parts = [balance.part_label(subject, division, name) for name in division.parts]
    told = {kind: mix for kind, mix in mixes.items() if mix.shares}
    said = {kind: f"{mix.label}: {balance.told(mix, parts, subject)}" for kind, mix in told.items()}
    return Plot(
        id=figure,
        title=_finding(subject, indicator, parts),
        subtitle=_how(subject, parts),
        summary=words.sentence(list(said.values())),
        table=Table(
            words.begin(division.title),
            (words("charts.triangle.column.mix"), *parts, words("charts.triangle.column.n")),
            tuple(
                (Cell(mix.label), *balance.cells(mix, len(parts), subject), _n(mix)) for mix in told.values()
            ),
        ),
        svg=draw("ternary", _marks(told, parts), figure),
        keys=tuple(Key(_MARKS[kind], text) for kind, text in said.items()),
    )


def of_many(subject: Subject, division: Division, mixes: Sequence[balance.Mix], figure: str) -> Plot | None:
    """A dot a community; None of a few of them, and as above."""
    words, known = subject.words, [mix for mix in mixes if mix.shares]
    if len(mixes) <= MANY or len(division.parts) != _PARTS or not known:
        return None
    parts = [balance.part_label(subject, division, name) for name in division.parts]
    finding = balance.most_often(subject, division, mixes)
    return Plot(
        id=figure,
        title=finding,
        subtitle=_how(subject, parts),
        summary=finding,
        table=balance.as_table(subject, division, mixes),
        svg=draw("ternary", [_corners(parts), *(_dot("now", mix) for mix in known)], figure),
        keys=(Key(_MARKS["now"], words("charts.funnel.key.now")),),
    )


def _how(subject: Subject, parts: Sequence[str]) -> str:
    return subject.words("charts.triangle.subtitle", one=parts[0], two=parts[1], three=parts[2])


def _n(mix: balance.Mix) -> Cell:
    """What the community means to do has no respondents."""
    return Cell("–" if mix.n is None else str(mix.n), "number")


def _marks(told: dict[str, balance.Mix], parts: Sequence[str]) -> list[ChartRow]:
    """The mixes, the intended one joined to the experience; and the names of the corners."""
    marks, meant = [_corners(parts)], told.get("intended")
    for kind, mix in told.items():
        joined = meant and meant.shares if kind == "now" else None
        ends = {"from_two": joined[1], "from_three": joined[2]} if joined else {}
        marks.append({**_dot(kind, mix), **ends})
    return marks


def _corners(parts: Sequence[str]) -> ChartRow:
    return dict(zip(("left", "right", "top"), parts, strict=True))


def _dot(kind: str, mix: balance.Mix) -> ChartRow:
    _, two, three = mix.shares or ()
    return {"kind": kind, "two": two, "three": three}


def _finding(subject: Subject, indicator: str, parts: Sequence[str]) -> str:
    """How far from the own mix, where that is known; else the part that clearly got most, if any."""
    words, division = subject.words, balance.division_of(subject, indicator)
    distance = balance.distance(subject, indicator)
    if distance and balance.gaps(subject, indicator):
        clearly = balance.largest(balance.gaps(subject, indicator)) is not None
        return words(f"charts.triangle.{'apart' if clearly else 'near'}", points=distance)
    figures = [subject.value(indicator, part=part) for part in division.parts]
    most = clear.largest(figures)
    return words("charts.triangle.even") if most is None else words("charts.triangle.most", part=parts[most])
