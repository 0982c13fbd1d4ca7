"""Groups beside each other: compared only where they may be, and never put in an order."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest

from lcmonitor.disclosure.context import FUNNEL, SHRUNKEN
from lcmonitor.disclosure.released import COLUMNS
from lcmonitor.programme.load import Setup
from lcmonitor.reporting import heat
from lcmonitor.reporting.cascade import cascade
from lcmonitor.reporting.columns import columns
from lcmonitor.reporting.figures import Figure, Figures
from lcmonitor.reporting.funnel import funnels
from lcmonitor.reporting.participation import by_type, note
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import words
from tests.reporting.drawn import read, texts
from tests.reporting.test_clear import HIDDEN, figure

_TRUST = "trust-mean"
_SKILLS = "knowledge-and-skills-mean"
_LINE = Mapping[str, tuple[float, float] | None]


def subject(setup: Setup, *made: Figure, community: str = "delta") -> Subject:
    wave = setup.programme.waves[-1]
    rows = [each._replace(wave=wave.id, community=community) for each in made]
    known = Figures(columns(pd.DataFrame(rows, columns=COLUMNS)))
    return Subject(setup, wave, words("nl"), known, setup.communities.get(community))


def of_types(setup: Setup, spans: _LINE) -> Subject:
    """Trust by type of partner; None: hidden."""
    made = [
        (figure(*span) if span else HIDDEN)._replace(
            indicator=_TRUST, group_by="partner_type", group_value=kind
        )
        for kind, span in spans.items()
    ]
    return subject(setup, figure(3.0, 4.0)._replace(indicator=_TRUST), *made)


@pytest.mark.parametrize(
    ("spans", "title"),
    [
        ({"company_sme": (2.0, 2.6), "university": (3.0, 3.4)}, "Bij 1 van de 1 onderwerpen verschillen"),
        ({"company_sme": (2.0, 3.0), "university": (3.0, 3.4)}, "Bij geen van de 1 onderwerpen"),
        ({"company_sme": (2.0, 2.6), "university": None}, "Te weinig antwoorden per soort partner"),
    ],
)
def test_types_differ_only_where_intervals_do_not_touch(setup: Setup, spans: _LINE, title: str) -> None:
    found = heat.by_type(of_types(setup, spans))
    assert found
    assert found.title.startswith(title)
    assert (found.table is None) is title.startswith("Te weinig")
    assert found.notes[0].startswith("[c]" if found.table is None else "Gearceerd met [c]")


def test_a_cell_has_its_number_its_step_of_colour_and_its_sign(setup: Setup) -> None:
    """Steps of 0.8 on a scale from 1 to 5: 1.8 begins the second, and 5 still belongs to the fifth."""
    spans: _LINE = {"a": (1.7, 1.8), "b": (1.7, 1.9), "c": (4.9, 5.1), "d": None}
    one = of_types(setup, spans)
    told = {**one.words.texts, **{f"partner_type.{kind}": kind for kind in spans}}
    found = heat.by_type(replace(one, words=replace(one.words, texts=told)))
    assert found
    assert found.table
    (row,) = found.table.rows
    assert [(cell.text, cell.shade) for cell in row[1:]] == [
        ("1,8", "step-1"),
        ("1,8", "step-2"),
        ("5,0", "step-5"),
        ("[c]", ""),
    ]
    assert [key.text for key in found.keys] == ["1,0–1,8", "1,8–2,6", "2,6–3,4", "3,4–4,2", "4,2–5,0"]


def test_without_figures_by_type_there_is_no_frame(setup: Setup) -> None:
    assert heat.by_type(subject(setup, figure(3.0, 4.0)._replace(indicator=_TRUST))) is None
    assert heat.by_community(subject(setup), []) is None


def _community(setup: Setup, name: str, estimate: float, n: int = 20) -> Subject:
    """Its mean beside limits of 2.0 to 4.0, and 1.0 to 5.0."""
    mean = figure()._replace(indicator=_SKILLS, estimate=estimate, n=n)
    limits = [
        mean._replace(measure=FUNNEL, part=part, estimate=3.0, low=low, high=high)
        for part, low, high in (("95", 2.0, 4.0), ("99.8", 1.0, 5.0))
    ]
    return subject(setup, mean, *limits, mean._replace(measure=SHRUNKEN), community=name)


@pytest.mark.parametrize(
    ("estimates", "title"),
    [
        (
            (3.0, 4.0, 2.0),
            "geen learning community ligt buiten de gewone spreiding",
        ),  # on the limit is inside
        ((3.0, 4.1, 2.0), "1 van de 3 learning communities ligt buiten de gewone spreiding"),
        ((3.0, 4.1, 1.9), "2 van de 3 learning communities liggen buiten de gewone spreiding"),
    ],
)
def test_a_community_on_the_limit_is_not_outside(
    setup: Setup, estimates: tuple[float, ...], title: str
) -> None:
    names = ("delta", "hof", "linde")
    those = [_community(setup, *pair) for pair in zip(names, estimates, strict=True)]
    whole = subject(setup, figure(2.9, 3.1)._replace(indicator=_SKILLS), community="")
    (plot,) = funnels(whole, those)
    assert plot.title.endswith(title)
    assert [row[0].text for row in plot.table.rows] == [setup.communities[name].name for name in names]
    dots = read(str(plot.svg), fill="--now", kind="circle")
    heights = {round(1 + (230 - 10 - dot.y + 0.0) / 220 * 4, 1) for dot in dots}
    assert heights == set(estimates)


def test_names_in_a_funnel_do_not_lie_over_each_other(setup: Setup) -> None:
    those = [_community(setup, name, 3.0, 20) for name in ("delta", "hof", "linde")]
    whole = subject(setup, figure(2.9, 3.1)._replace(indicator=_SKILLS), community="")
    (plot,) = funnels(whole, those)
    names = {setup.communities[name].name for name in ("delta", "hof", "linde")}
    assert len(names & set(texts(str(plot.svg)))) <= 1


def test_without_limits_there_is_no_funnel(setup: Setup) -> None:
    lone = subject(setup, figure(3.0, 4.0)._replace(indicator=_SKILLS))
    whole = subject(setup, figure(2.9, 3.1)._replace(indicator=_SKILLS), community="")
    assert funnels(whole, [lone]) == ()


@pytest.mark.parametrize(
    ("shares", "title"),
    [
        ((0.5, 0.8), "Deelname per soort partner: van 50% tot 80%"),
        ((0.5, 0.5), "Deelname per soort partner: overal waar het getoond mag worden 50%"),
        ((0.5,), "Deelname mag van één soort partner worden getoond: 50%"),
    ],
)
def test_what_participation_by_type_says(setup: Setup, shares: tuple[float, ...], title: str) -> None:
    kinds = ("company_sme", "university")
    made = [
        figure()._replace(indicator="response", estimate=share, group_by="partner_type", group_value=kind)
        for share, kind in zip(shares, kinds, strict=False)
    ]
    hidden = HIDDEN._replace(indicator="response", group_by="partner_type", group_value="government")
    plot = by_type(subject(setup, figure()._replace(indicator="response"), *made, hidden))
    assert plot
    assert plot.title == title
    assert len(read(str(plot.svg), stroke="url(#hatch)")) == 1
    assert texts(str(plot.svg)).count("[c]") == 1


@pytest.mark.parametrize(
    ("everyone", "said"),
    [
        (38, ""),
        (39, "nog één persoon vulde alleen een deel in"),
        (41, "nog 3 mensen vulden alleen een deel in"),
    ],
)
def test_who_filled_in_a_part_is_told_where_figures_count_them(
    setup: Setup, everyone: int, said: str
) -> None:
    whole = figure()._replace(indicator="response", n=38)
    told = note(subject(setup, whole, whole._replace(part="with_partial", n=everyone)), answered=True)
    assert said in told
    assert ("alleen een deel" in told) == bool(said)


_CYCLES = ("value-potential-share", "value-applied-share", "value-realised-share")
_Steps = tuple[tuple[float, float] | None, ...]


@pytest.mark.parametrize(
    ("steps", "title"),
    [
        (
            ((0.7, 0.9), (0.4, 0.6), (0.1, 0.3)),
            "Elke stap van waarde is duidelijk kleiner",
        ),
        (
            ((0.7, 0.9), (0.4, 0.6), (0.2, 0.4)),
            "Niet van elke stap van waarde is te zeggen",
        ),
        (
            ((0.5, 0.7), (0.4, 0.6), (0.2, 0.4)),
            "De laatste stap van waarde is duidelijk kleiner",
        ),
        (((0.5, 0.7), (0.4, 0.6), (0.3, 0.5)), "Tussen de stappen van waarde is geen duidelijk verschil"),
        (((0.5, 0.7), (0.5, 0.7), (0.5, 0.7)), "Tussen de stappen van waarde is geen duidelijk verschil"),
        (((0.7, 0.9), (0.4, 0.6), None), "Niet van elke stap van waarde is te zeggen"),
        (
            ((0.7, 0.9), None, (0.1, 0.3)),
            "Te weinig antwoorden om de stappen",
        ),
    ],
)
def test_what_the_steps_of_value_say(setup: Setup, steps: _Steps, title: str) -> None:
    made = [
        (figure(*span) if span else HIDDEN)._replace(indicator=name)
        for name, span in zip(_CYCLES, steps, strict=True)
    ]
    plot = cascade(subject(setup, *made))
    assert plot
    assert plot.title.startswith(title)
    bars = [bar for bar in read(str(plot.svg), stroke="--step-3", kind="line") if bar.to]
    told = [row[1].text for row in plot.table.rows if row[1].kind == "number"]
    assert [f"{bar.to / 2.5:.0f}%" for bar in bars] == told  # of 250 pixels
    assert len(read(str(plot.svg), stroke="url(#hatch)")) == steps.count(None)


def test_a_step_is_a_part_of_the_one_before_and_never_beside_a_hidden_one(setup: Setup) -> None:
    spans: _Steps = ((0.7, 0.9), (0.3, 0.5), None)
    made = [
        (figure(*span) if span else HIDDEN)._replace(indicator=name)
        for name, span in zip(_CYCLES, spans, strict=True)
    ]
    plot = cascade(subject(setup, *made))
    assert plot
    assert [row[-1].text for row in plot.table.rows] == ["–", "50%", "–"]
    assert cascade(subject(setup, *(HIDDEN._replace(indicator=name) for name in _CYCLES))) is None
