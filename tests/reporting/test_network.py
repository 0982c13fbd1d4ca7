"""The network of organisations in a community's report: in figures, or not at all."""

from typing import Any

import pytest

from lcmonitor.programme.load import Setup
from lcmonitor.reporting.figures import figures
from lcmonitor.reporting.network import network
from lcmonitor.reporting.parts import Network
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import words
from tests.reporting.drawn import read, texts
from tests.reporting.figures import released

OF_TIES = ("density", "reciprocity", "ei_index", "centralisation", "rating")


def section(setup: Setup, every: dict[str, Any], **some: dict[str, Any]) -> Network | None:
    """Of the first community; ``every`` figure of a network says this, and ``some`` this as well."""
    indicators = setup.instrument.indicators.items()
    names = [name.replace("-", "_") for name, one in indicators if one.statistic in OF_TIES]
    table = released(setup, **{name: every | some.get(name, {}) for name in names})
    community = next(iter(setup.communities.values()))
    known = figures(table)[community.id]
    return network(Subject(setup, setup.programme.waves[-1], words("nl"), known, community))


SHOWN = {"n": 7.0, "population": 8.0, "state": "computed", "uniform": 0.5, "partners": 7.0, "top_share": 0.2}


def test_every_figure_stands_with_its_number_its_earlier_one_and_how_to_read_it(setup: Setup) -> None:
    found = section(setup, SHOWN | {"estimate": 0.5}, network_density={"estimate": 0.28})
    assert found
    assert found.table
    assert found.table.head == ("Onderwerp", "Nu", found.table.head[2], "n", "Hoe te lezen")
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in found.table.rows}
    assert rows["Onderling contact"] == ["28%", "28%", "7 van 8", "% van alle mogelijke verbindingen"]
    assert rows["Contact dat om één organisatie draait"][0] == "0,50"
    assert len(rows) == 10


def test_a_figure_that_is_hidden_has_its_sign(setup: Setup) -> None:
    found = section(setup, SHOWN | {"estimate": 0.5}, network_ei_index={"uniform": 1.0})
    assert found
    assert found.table
    row = next(row for row in found.table.rows if row[0].text == "Contact tussen soorten organisaties")
    assert [cell.text for cell in row[1:4:2]] == ["[c] niet getoond", "–"]


def test_where_nothing_may_be_shown_there_is_no_table(setup: Setup) -> None:
    found = section(setup, SHOWN | {"n": 4.0, "estimate": 0.5})
    assert found
    assert found.table is None


@pytest.mark.parametrize("state", ["not_asked", "not_answered"])
def test_a_community_that_did_not_use_the_form_reads_nothing_of_it(setup: Setup, state: str) -> None:
    assert section(setup, {"state": state, "estimate": float("nan"), "n": 0.0}) is None


def test_no_tie_and_no_organisation_is_drawn(setup: Setup) -> None:
    """As many dots as on the list; which of them answered is their number alone, the first seven of eight."""
    found = section(setup, SHOWN | {"estimate": 0.5})
    assert found
    circle, parts = found.plots
    marks = read(str(circle.svg))
    assert [mark.kind for mark in marks] == ["circle"] * 8 + ["text"]
    assert sum("--now" in mark.fill for mark in marks) == 7
    assert texts(str(circle.svg)) == ["7 van 8 antwoordden"]
    assert not read(str(parts.svg), stroke="--now", kind="line")  # every organisation was asked: no interval
    names = {partner.name for one in setup.communities.values() for partner in one.partners}
    assert not names & {text for plot in found.plots for text in texts(str(plot.svg))}


def test_the_same_figures_draw_the_same_bytes(setup: Setup) -> None:
    one, other = (section(setup, SHOWN | {"estimate": 0.5}) for _ in range(2))
    assert one == other
