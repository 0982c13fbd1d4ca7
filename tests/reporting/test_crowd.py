"""Of more communities than a page has room for it is told how many lie where, and a list names them."""

from dataclasses import replace

import pandas as pd
import pytest

from lcmonitor.disclosure.context import FUNNEL
from lcmonitor.disclosure.released import COLUMNS
from lcmonitor.programme.load import Setup
from lcmonitor.reporting import heat, side_by_side
from lcmonitor.reporting.columns import columns
from lcmonitor.reporting.figures import Figure, Figures
from lcmonitor.reporting.funnel import funnels
from lcmonitor.reporting.parts import Plot
from lcmonitor.reporting.portfolio import portfolio
from lcmonitor.reporting.render import environment
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import words
from tests.reporting.drawn import read, texts
from tests.reporting.test_clear import HIDDEN, figure

_SKILLS = "knowledge-and-skills-mean"
_PARTS = ("working", "learning", "innovating")


def _subject(setup: Setup, number: int | None, *made: Figure) -> Subject:
    wave = setup.programme.waves[-1]
    name = "" if number is None else f"c{number:02}"
    rows = [each._replace(wave=wave.id, community=name) for each in made]
    known = Figures(columns(pd.DataFrame(rows, columns=COLUMNS)))
    one = setup.communities["delta"].model_copy(update={"id": name, "name": f"Community {number}"})
    return Subject(setup, wave, words("nl"), known, None if number is None else one)


def _whole(setup: Setup, indicator: str) -> Subject:
    return _subject(setup, None, figure()._replace(indicator=indicator))


def _means(setup: Setup, estimates: list[float | None]) -> list[Subject]:
    """None: hidden."""
    made = [HIDDEN if value is None else figure()._replace(estimate=value) for value in estimates]
    return [_subject(setup, number, one._replace(indicator=_SKILLS)) for number, one in enumerate(made)]


def _told(plot: Plot) -> list[tuple[str, str]]:
    return [(row[0].text, row[1].text) for row in plot.table.rows]


_MEANS = [3.34] * 10 + [3.35] * 5 + [3.9] * 14 + [5.0] + [None] * 2


def test_a_mean_is_counted_where_a_reader_would_look_for_it(setup: Setup) -> None:
    """3.35 is written as 3,4, and the highest answer belongs to the last piece; of none there is a row."""
    (plot,) = side_by_side.context(_whole(setup, _SKILLS), _means(setup, _MEANS))
    assert _told(plot) == [
        ("3,2–3,4", "10"),
        ("3,4–3,6", "5"),
        ("3,6–3,8", "0"),
        ("3,8–4,0", "14"),
        *((f"4,{low}–{end}", "0") for low, end in ((0, "4,2"), (2, "4,4"), (4, "4,6"), (6, "4,8"))),
        ("4,8–5,0", "1"),
    ]
    assert plot.notes[0] == "[c] niet getoond: 2 learning communities."
    assert [text for text in texts(str(plot.svg)) if text.isdigit()] == [row[1] for row in _told(plot)]


def test_thirty_still_stand_beside_each_other(setup: Setup) -> None:
    (plot,) = side_by_side.context(_whole(setup, _SKILLS), _means(setup, [3.0] * 30))
    assert [row[0].text for row in plot.table.rows] == [f"Community {number}" for number in range(30)]


def test_the_heat_table_counts_communities_in_each_fifth_of_the_scale(setup: Setup) -> None:
    found = heat.by_community(_whole(setup, _SKILLS), _means(setup, _MEANS))
    assert found
    assert found.table
    ((_, *cells),) = found.table.rows
    assert [cell.text for cell in cells] == ["–", "–", "10", "19", "1", "2"]
    assert [cell.shade for cell in cells[2:5]] == ["step-2", "step-3", "step-1"]  # of 32


def test_participation_is_counted_in_tenths(setup: Setup) -> None:
    shares = [0.695] * 20 + [0.69] * 11 + [1.0]
    each = [
        _subject(setup, number, figure()._replace(indicator="response", estimate=share))
        for number, share in enumerate(shares)
    ]
    plot = side_by_side.participation(_whole(setup, "response"), each)
    assert plot
    assert _told(plot) == [("60–70%", "11"), ("70–80%", "20"), ("80–90%", "0"), ("90–100%", "1")]


def test_mixes_are_dots_in_one_triangle(setup: Setup) -> None:
    """As many dots as mixes that are shown; the table names each community."""
    indicator = next(name for name, it in setup.instrument.indicators.items() if it.statistic == "balance")
    made = [
        [
            figure()._replace(indicator=indicator, part=part, estimate=share)
            for part, share in zip(_PARTS, (0.5, 0.2 + number / 1000, 0.3 - number / 1000), strict=True)
        ]
        for number in range(40)
    ]
    each = [_subject(setup, number, *parts) for number, parts in enumerate(made)]
    tie = (
        figure()._replace(indicator=indicator, part=part, estimate=share)
        for part, share in zip(_PARTS, (0.4, 0.4, 0.2), strict=True)
    )
    each[0] = _subject(setup, 0, *tie)
    each.append(_subject(setup, 40, *(HIDDEN._replace(indicator=indicator, part=part) for part in _PARTS)))
    (plot,) = side_by_side.balances(_whole(setup, indicator), each)
    assert len(read(str(plot.svg), fill="--now", kind="circle")) == 40
    assert plot.title.endswith(
        ": gemiddeld de meeste punten voor werken in 39 van de 40 getoonde learning communities"
    )
    assert [row[0].text for row in plot.table.rows] == [f"Community {number}" for number in range(41)]


def test_a_crowded_funnel_points_at_nobody(setup: Setup) -> None:
    """Also not at the one outside, beside whom there is room; the table has all names."""
    one = figure()._replace(indicator=_SKILLS, n=20)
    limits = [
        one._replace(measure=FUNNEL, part=part, estimate=3.0, low=low, high=high)
        for part, low, high in (("95", 2.0, 4.0), ("99.8", 1.0, 5.0))
    ]
    each = [
        _subject(setup, number, one._replace(estimate=3.0, n=number + 5), *limits) for number in range(39)
    ]
    each.append(_subject(setup, 39, one._replace(estimate=4.5), *limits))
    named = [
        replace(it, community=it.community.model_copy(update={"short_name": f"c{number}"}))
        for number, it in enumerate(each)
        if it.community
    ]
    (few,), (many,) = (funnels(_whole(setup, _SKILLS), those) for those in (named[-30:], named))
    assert "c39" in texts(str(few.svg))
    assert not [text for text in texts(str(many.svg)) if text.startswith("c")]
    assert len(many.table.rows) == 40
    assert many.summary == many.title
    assert "1 van de 40" in many.title


@pytest.mark.parametrize(("rows", "folded"), [(30, False), (31, True)])
def test_a_long_list_is_folded(setup: Setup, rows: int, folded: bool) -> None:
    table = portfolio(_whole(setup, _SKILLS), _means(setup, [3.0] * rows))
    source = "{% import 'parts.html.j2' as parts with context %}{{ parts.listed(table) }}"
    html = environment().from_string(source).render(table=table)
    assert ("<details" in html) is folded
    assert html.count("<tr>") == rows + 1
