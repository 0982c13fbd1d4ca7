"""Every number in a chart is in its table, lies where it says, and says no more than it may."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pandas as pd
import pytest

from lcmonitor.disclosure.released import COLUMNS, ReleasedTable
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.answers import answers
from lcmonitor.reporting.blocks import blocks
from lcmonitor.reporting.columns import columns
from lcmonitor.reporting.community_page import community_page
from lcmonitor.reporting.evidence import proof
from lcmonitor.reporting.figures import ACROSS, Figures, figures
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.parts import Plot
from lcmonitor.reporting.programme_page import programme_page
from lcmonitor.reporting.response import over_time
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.triangle import all_of
from lcmonitor.reporting.words import words
from tests.reporting.drawn import read, texts
from tests.reporting.figures import released

_NAMES = ("delta", "linde", "hof", "oever")
_VALUE = re.compile(r"[\d,]+%?|\[low\]")


def subject(setup: Setup, table: ReleasedTable, name: str = "delta") -> Subject:
    known = figures(table).get(name, Figures())
    return Subject(setup, setup.programme.waves[-1], words("nl"), known, setup.communities.get(name))


def plots(part: object) -> Iterator[Plot]:
    """All figures in a page, however deep."""
    if isinstance(part, Plot):
        yield part
    elif is_dataclass(part):
        for field in fields(part):
            yield from plots(getattr(part, field.name))
    elif isinstance(part, tuple):
        for one in part:
            yield from plots(one)


@pytest.fixture(scope="module")
def drawn(setup: Setup, table: ReleasedTable) -> list[Plot]:
    """The figures of all pages that are drawn."""
    frame = Frame(setup, setup.programme.waves[-1], "e", (("nl", "Nederlands"),))
    those = {name: subject(setup, table, name) for name in _NAMES}
    pages = [community_page(one, setup.communities[name], frame) for name, one in those.items()]
    whole = programme_page(subject(setup, table, ACROSS), those, frame)
    return [plot for plot in plots((*pages, whole)) if plot.svg]


def test_a_drawing_is_whole(drawn: list[Plot]) -> None:
    """A browser forgives a tag that is not closed, and draws another picture; a reader of XML does not."""
    assert all(read(str(plot.svg)) for plot in drawn)


def test_every_number_that_is_drawn_is_the_table_s(drawn: list[Plot]) -> None:
    checked = 0
    for plot in drawn:
        told = {token for row in plot.table.rows for cell in row for token in _VALUE.findall(cell.text)}
        values = [mark.text for mark in read(str(plot.svg), fill="--now", kind="text")]
        inside = [mark.text for mark in read(str(plot.svg), fill="--on-", kind="text")]
        checked += len(values) + len(inside)
        assert set(values) <= told, plot.title
        assert all(text in told or f"{text}%" in told for text in inside), plot.title
    assert checked > 100


def test_whatever_is_hatched_bears_its_sign_and_no_number(drawn: list[Plot]) -> None:
    hatched = 0
    for plot in drawn:
        strips = read(str(plot.svg), stroke="url(#hatch)")
        hatched += len(strips)
        signs = [mark for mark in read(str(plot.svg), kind="text") if mark.text == "[c]"]
        rows = {round(sign.y - 5) for sign in signs}
        assert all(any(abs(strip.y - row) < 2 for row in rows) for strip in strips), plot.title
        dots = [mark.y for mark in read(str(plot.svg), fill="--now", kind="circle")]
        assert not {round(strip.y) for strip in strips} & {round(y) for y in dots}
    assert hatched


def test_every_figure_says_what_it_shows_and_how_to_read_it(drawn: list[Plot]) -> None:
    for plot in drawn:
        assert plot.title
        assert plot.subtitle
        assert plot.title != plot.subtitle
        assert plot.summary
        assert "None" not in plot.summary


def test_a_bar_of_the_response_is_as_long_as_its_share(setup: Setup, table: ReleasedTable) -> None:
    """From 104 (nobody) to 206 pixels (everyone)."""
    plot = over_time(subject(setup, table))
    assert plot
    bars = read(str(plot.svg), stroke="--now", kind="line")
    shares = [float(row[3].text.rstrip("%")) for row in plot.table.rows if row[3].kind == "number"]
    assert bars
    # Half a percent of rounding in words, a tenth of a pixel where the bar begins and how long it is.
    assert [(bar.to - 104) / 1.02 for bar in bars] == pytest.approx(shares, abs=0.6)


@pytest.mark.parametrize(
    ("now", "title"),
    [
        ({"estimate": 0.5, "n": 20.0}, "Respons van deelnemers: nu 50%, in najaar 2024 50%"),
        ({"state": "no_population", "n": 3.0}, "Respons van deelnemers: voor deze meting niet bekend"),
    ],
)
def test_what_the_response_says(setup: Setup, now: dict[str, object], title: str) -> None:
    plot = over_time(subject(setup, released(setup, response=now)))
    assert plot
    assert plot.title == title


def test_an_answer_that_nobody_gave_keeps_its_colour_and_its_place(
    setup: Setup, table: ReleasedTable
) -> None:
    none = released(setup)
    own = (none.rows["community"] == "delta") & none.rows["indicator"].str.endswith("-distribution")
    none.rows.loc[own & none.rows["part"].str.endswith(":2"), "estimate"] = 0.0
    before, after = answers(subject(setup, table)).plots, answers(subject(setup, none)).plots
    assert [plot.keys for plot in before] == [plot.keys for plot in after]
    for one, other in zip(before, after, strict=True):
        assert one.table.head == other.table.head
        colours = [mark.stroke for mark in read(str(other.svg), stroke="var", kind="line")]
        wide = [mark.stroke for mark in read(str(other.svg), stroke="var", kind="line") if mark.to > mark.x]
        assert {"var(--disagree-1)", "var(--step-2)"} & set(colours)
        assert not {"var(--disagree-1)", "var(--step-2)"} & set(wide)


def test_who_gave_no_answer_stands_outside_the_bar(setup: Setup) -> None:
    """28 answered of the 30 that are in a figure; without the second number nothing is said."""
    counts: dict[str, object] = {"estimate": 0.75, "n": 30.0, "population": 40.0}
    one = subject(setup, released(setup, response=counts, trust_distribution={"n": 28.0}))
    (all_of_them,) = (f for f in one.about("response"))
    more = Figures(
        columns(pd.DataFrame([*one.figures.all, all_of_them._replace(part="with_partial")], columns=COLUMNS))
    )

    def told(of: Subject) -> list[str]:
        return [
            text for plot in answers(of).plots for text in texts(str(plot.svg)) if text.startswith("n = 28")
        ]

    assert set(told(one)) == {"n = 28"}
    assert set(told(replace(one, figures=more))) == {"n = 28 + 2"}
    heads = {plot.table.head[-1] for plot in answers(replace(one, figures=more)).plots}
    assert "Weet niet of niet ingevuld" in heads


def test_the_own_ambition_and_the_wave_before_stand_on_the_same_axis(setup: Setup) -> None:
    """From 6 (lowest answer) to 256 pixels (highest): 3.0 now, 4.2 meant."""
    table = released(setup, shared_vision_mean={"estimate": 3.0, "low": 2.8, "high": 3.2})
    (plot, *_) = blocks(subject(setup, table))
    now = read(str(plot.svg), fill="--now", kind="circle")[0].x
    meant = read(str(plot.svg), stroke="--ambition", kind="path")[0].x
    assert (round(now, 1), round(meant, 1)) == (131.0, 206.0)
    row = next(row for row in plot.table.rows if row[0].text == "Gedeelde visie")
    assert [cell.text for cell in row[1:5]] == ["3,0", "2,8–3,2", row[3].text, "4,2"]


@pytest.mark.parametrize(
    ("low", "high", "title"),
    [
        (-0.9, -0.1, "Van de 2 bouwstenen met een ambitie liggen er 2 duidelijk onder"),
        (0.1, 0.9, "Van de 2 bouwstenen met een ambitie liggen er 2 duidelijk boven"),
        (-0.9, 0.0, "Geen van de 2 bouwstenen met een ambitie ligt er duidelijk onder of boven"),
    ],
)
def test_blocks_are_called_under_or_above_only_with_their_whole_interval(
    setup: Setup, low: float, high: float, title: str
) -> None:
    distance: dict[str, object] = {"estimate": (low + high) / 2, "low": low, "high": high}
    (plot, *_) = blocks(subject(setup, released(setup, measure_ambition=distance)))
    assert plot.title == title


def test_evidence_keeps_a_bar_for_a_grade_that_has_none(setup: Setup) -> None:
    table = released(setup)
    own = (table.rows["community"] == "delta") & (table.rows["indicator"] == "evidence-by-grade")
    counts = {"ever": 9.0, "ever:0": 6.0, "ever:1": 0.0, "ever:2": 3.0, "ever:3": 0.0}
    for part, value in counts.items():
        table.rows.loc[own & (table.rows["part"] == part), "estimate"] = value
    (plot,) = proof(subject(setup, table), "society")
    assert plot.title == "9 bewijsstukken; van buiten bevestigd of onafhankelijk vastgelegd: 3"
    values = read(str(plot.svg), fill="--now", kind="text")
    bars = read(str(plot.svg), stroke="--now", kind="line")
    assert [mark.text for mark in values] == ["6", "0", "3", "0"]
    assert [round(bar.to) for bar in bars] == [216, 0, 108, 0]  # of 216 pixels
    assert len(plot.table.rows) >= 5


def test_the_mix_lies_where_its_shares_say_and_is_joined_to_the_intention(setup: Setup) -> None:
    """Left corner at 55, right at 305 pixels: x is the share of the second part and half of the third."""
    one = subject(setup, released(setup))
    plot = next(plot for plot in all_of(one) if plot.id == "triangle-1")
    two, three = (one.value("balance", part=part) for part in ("learning", "innovating"))
    assert two
    assert three
    (dot,) = read(str(plot.svg), fill="--now", kind="circle")
    at = 55 + 250 * ((two.estimate or 0) + (three.estimate or 0) / 2)
    assert dot.x == pytest.approx(at, abs=0.1)
    (meant,) = read(str(plot.svg), stroke="--ambition", kind="path")
    joined = next(line for line in read(str(plot.svg), stroke="--ink-2", kind="line"))
    assert joined.x == pytest.approx(meant.x, abs=0.1)
    assert joined.to == pytest.approx(dot.x, abs=0.1)
