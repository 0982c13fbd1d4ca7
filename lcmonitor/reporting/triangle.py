"""A division over three parts as a place in a triangle, beside the mix that the community means to have."""

from collections.abc import Sequence

from lcmonitor.reporting import balance, clear
from lcmonitor.reporting.charts import ChartRow, draw
from lcmonitor.reporting.parts import Cell, Key, Plot, Table
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
        subtitle=words("charts.triangle.subtitle", one=parts[0], two=parts[1], three=parts[2]),
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


def _n(mix: balance.Mix) -> Cell:
    """What the community means to do has no respondents."""
    return Cell("–" if mix.n is None else str(mix.n), "number")


def _marks(told: dict[str, balance.Mix], parts: Sequence[str]) -> list[ChartRow]:
    """The mixes, the intended one joined to the experience; and the names of the corners."""
    corners = dict(zip(("left", "right", "top"), parts, strict=True))
    marks: list[ChartRow] = [dict(corners)]
    meant = told.get("intended")
    for kind, mix in told.items():
        _, two, three = mix.shares or ()
        joined = meant and meant.shares if kind == "now" else None
        ends = {"from_two": joined[1], "from_three": joined[2]} if joined else {}
        marks.append({"kind": kind, "two": two, "three": three, **ends})
    return marks


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
