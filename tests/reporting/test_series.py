"""A scale that changed: figures before and after it never stand as one series."""

import csv
import io
import re
from dataclasses import dataclass, replace
from datetime import date

import pytest

from lcmonitor.disclosure.released import release
from lcmonitor.errors import Language
from lcmonitor.instruments.dated import DatedCodebook
from lcmonitor.instruments.model import Codebook
from lcmonitor.programme.load import Setup
from lcmonitor.reporting import shown
from lcmonitor.reporting.changes import changes
from lcmonitor.reporting.course import Step, _drawn
from lcmonitor.reporting.edition import Edition, plan, publish
from lcmonitor.reporting.figures import Figures, figures
from lcmonitor.reporting.findings import findings
from lcmonitor.reporting.levels import levels
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.temple import temple
from lcmonitor.reporting.words import words
from tests.reporting.figures import table

_NONE = float("nan")


@dataclass(frozen=True)
class World:
    """Agreeing went from 1-5 to 1-10 between the first and the second wave."""

    setup: Setup
    edition: Edition

    def subject(self, language: Language = "en") -> Subject:
        return self._subjects[language]

    _subjects: dict[Language, Subject]


def _to_ten(codebook: Codebook) -> Codebook:
    """Every scale of five answers gets ten."""
    ten = {code: {"nl": str(code), "en": str(code)} for code in range(1, 11)}
    scales = {
        name: scale.model_copy(update={"codes": ten, "agrees_from": 8}) if scale.high == 5 else scale
        for name, scale in codebook.scales.items()
    }
    return codebook.model_copy(update={"scales": scales})


def _changed(setup: Setup, day: date) -> Setup:
    dated = {
        sector: (*books, DatedCodebook(day, _to_ten(books[-1].codebook)))
        for sector, books in setup.instrument.dated.items()
    }
    return replace(setup, instrument=replace(setup.instrument, dated=dated))


@pytest.fixture(scope="module")
def world(setup: Setup, tmp_path_factory: pytest.TempPathFactory) -> World:
    changed = _changed(setup, setup.programme.waves[-1].opens)
    rows = table(
        setup,
        measure_change={"state": "series_break", "estimate": _NONE, "low": _NONE, "high": _NONE, "word": ""},
    )
    released = release(rows, setup.programme.privacy)
    planned = plan(released, changed, tmp_path_factory.mktemp("reports"))
    assert planned
    known, wave = figures(released).get("delta", Figures()), changed.programme.waves[-1]
    subjects: dict[Language, Subject] = {
        "nl": Subject(changed, wave, words("nl"), known, changed.communities["delta"]),
        "en": Subject(changed, wave, words("en"), known, changed.communities["delta"]),
    }
    return World(changed, publish(released, changed, planned), subjects)


def test_a_wave_on_another_scale_is_not_called_the_first(world: World) -> None:
    told = changes(world.subject())
    assert told.title.startswith("The questions or their scale have changed since")
    assert "is not compared with" in told.intro
    assert told.table
    cells = {row[0].text: [cell.text for cell in row[1:]] for row in told.table.rows}["Shared vision"]
    assert re.fullmatch(r"\d\.\d( \[u\])? \(scale 1–5\)", cells[0])
    assert re.fullmatch(r"\d\.\d \(scale 1–10\)", cells[1])
    assert cells[2] == "[b] new series"
    assert cells[5] == "not compared"


def test_a_course_is_drawn_from_its_last_break_on(world: World) -> None:
    course = changes(world.subject()).series[0]
    drawn = str(course.svg)
    earlier, broken, now = ([cell.text for cell in row] for row in course.table.rows)
    assert broken[0] == "[b] New series: other questions or scale"
    assert (earlier[-1], now[-1]) == ("1–5", "1–10")
    assert f">{now[1]}</text>" in drawn
    assert f">{earlier[1].removesuffix(' [u]')}</text>" not in drawn
    assert ">[b]</text>" in drawn
    assert earlier[1] not in course.summary
    assert course.notes[0].startswith("[b] New series from")
    assert course.subtitle.startswith("Shared vision: mean from 1 to 10.")


def test_a_series_of_which_nothing_is_shown_yet_has_its_sign_and_no_line(world: World) -> None:
    one = world.subject()
    name = "shared-vision-mean"
    before, now = (Step(wave, one.value(name, wave), one.scale(name, wave), False) for wave in one.waves)
    (broken, row) = _drawn(one, name, (before, replace(now, figure=None, begins=True)))
    assert broken["absent"] == "[b]"
    assert row["absent"] == "[x]"
    assert "baseline" not in row


def test_the_data_file_marks_where_a_series_begins(world: World) -> None:
    data = (world.edition.folder / "communities" / "delta.csv").read_bytes().decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(data)) if row["indicator"] == "shared-vision-mean"]
    values = [row["OBS_STATUS"] for row in rows if row["measure"] == "value" and not row["group_by"]]
    assert values == ["A", "B"]


def test_an_unbroken_series_has_no_mark(edition: Edition) -> None:
    data = (edition.folder / "communities" / "delta.csv").read_bytes().decode("utf-8-sig")
    assert "B" not in {row["OBS_STATUS"] for row in csv.DictReader(io.StringIO(data))}
    page = (edition.folder / "communities" / "delta.en.html").read_text("utf-8")
    assert "New series" not in page


def test_the_temple_and_the_levels_name_the_scale_of_the_wave(world: World) -> None:
    subject = world.subject()
    assert subject.community
    built = temple(subject, subject.community)
    assert "(scale 1–10, with 95% interval)" in built.subtitle
    vision = next(s for p in built.pillars for s in p.stones if s.title == "Shared vision")
    assert len(vision.ticks) == 10
    assert vision.ambition
    assert vision.ambition.at == 35.56  # 4.2 on a scale from 1 to 10
    assert all(plot.subtitle == "Mean from 1 to 10." for level in levels(subject) for plot in level.plots)
    files = world.edition.folder.rglob("*.en.html")
    pages = [path.read_text("utf-8") for path in files if not path.name.startswith("methods.")]
    assert not [page for page in pages if "from 1 to 5" in page.split('id="methods"')[0]]


def test_a_caution_says_so_among_the_findings(world: World) -> None:
    told = findings(world.subject())
    assert any(finding.text == "Not everything can be compared with the wave before" for finding in told)


def test_an_interval_is_wide_by_the_span_of_its_scale(world: World, setup: Setup) -> None:
    figure = world.subject().value("shared-vision-mean")
    assert figure
    # Two points: half of 1-5, less than a quarter of 1-10.
    told = figure._replace(estimate=7.0, low=6.0, high=8.0)
    assert shown.estimate(told, "mean", words("en"), world.subject().span("shared-vision-mean")).text == "7.0"
    first = setup.programme.waves[0]
    assert (
        shown.estimate(told, "mean", words("en"), world.subject().span("shared-vision-mean", first)).text
        == "7.0 [u]"
    )
