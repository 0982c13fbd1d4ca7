"""A programme sets its logo, two colours, and any block of a template."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.errors import WorkspaceError
from lcmonitor.programme import look
from lcmonitor.programme.load import Setup, load_workspace
from lcmonitor.programme.look import Look, adjusted, contrast, readable
from lcmonitor.programme.workspace import Workspace
from lcmonitor.reporting.edition import plan, publish
from tests.reporting.conftest import WORKSPACE
from tests.reporting.test_palette import SCHEMES

_LOGO = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script><rect/></svg>'
Made = Callable[[Look], dict[str, str]]


@pytest.fixture
def made(setup: Setup, table: ReleasedTable, tmp_path: Path) -> Made:
    """The pages of the programme with a look of its own."""

    def make(given: Look) -> dict[str, str]:
        programme = setup.programme.model_copy(update={"look": given})
        own = replace(setup, programme=programme, workspace=Workspace(tmp_path))
        planned = plan(table, own, tmp_path / "reports")
        plain = plan(table, setup, tmp_path / "reports")
        assert planned
        assert plain
        assert planned.id == plain.id, "another look is no other edition"
        folder = publish(table, own, planned).folder.parent
        return {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}

    return make


def test_contrast_is_that_of_wcag() -> None:
    """The ends by definition; the grey that is given everywhere as the palest that may stand on white."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#abcdef", "#abcdef") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    assert SCHEMES["light"]["on-hero-2"] == look.BAND_WORDS
    assert SCHEMES["light"]["raised"] == look.LIGHT_GROUND
    assert SCHEMES["dark"]["raised"] == look.DARK_GROUND


@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "#000000", "#7f7f7f", "#e30613", "#009fe3"])
@pytest.mark.parametrize("ground", [look.BAND_WORDS, look.LIGHT_GROUND, look.DARK_GROUND])
def test_a_colour_that_cannot_be_read_gets_a_shade_that_can(colour: str, ground: str) -> None:
    shade = readable(colour, ground)
    assert contrast(shade, ground) >= 4.5
    assert shade == colour or contrast(colour, ground) < 4.5


def test_a_changed_shade_is_told_and_one_that_stays_is_not() -> None:
    assert [message.code for message in adjusted(Look(colours=("#ffee00", "#0b3d5c")))] == ["LCM-389"]
    assert not list(adjusted(Look(colours=("#0b3d5c",))))
    assert not list(adjusted(Look()))


def test_the_colours_are_on_every_page_and_data_keep_theirs(made: Made) -> None:
    for name, page in made(Look(colours=("#5b0f4d", "#8a2be2"))).items():
        style = page.split("<style>")[1].split("</style>")[0]
        own = style[style.rindex("*/") :] if "*/" in style else style
        assert "--hero:#5b0f4d" in own, name
        assert re.search(r"--link:#[0-9a-f]{6}", own), name
        assert not re.search(r"--(now|before|ambition|part|step|agree)\b[^:;]*:#", own), name


def test_the_logo_stands_in_every_page_as_an_image_that_runs_nothing(made: Made, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(_LOGO)
    for name, page in made(Look(logo="logo.svg")).items():
        assert page.count('<img class="logo" src="data:image/svg+xml;base64,') == 1, name
        assert "alert(" not in page, name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", None),
        ("logo.gif", b"GIF89a"),
        ("logo.png", b"<svg/>"),
        ("logo.svg", b"<svg>" + b" " * 200_000),
        ("../logo.svg", b"<svg/>"),
    ],
    ids=["not-there", "another-kind", "not-what-it-is-called", "too-large", "outside"],
)
def test_a_logo_that_cannot_be_shown_is_refused_at_its_line(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    root = tmp_path / "workspace"
    (root / "communities").mkdir(parents=True)
    for file in [WORKSPACE / "programme.yml", *WORKSPACE.glob("communities/*")]:
        (root / file.relative_to(WORKSPACE)).write_bytes(file.read_bytes())
    programme = root / "programme.yml"
    lines = programme.read_text(encoding="utf-8").count("\n")
    with programme.open("a", encoding="utf-8") as end:
        end.write(f"look:\n  logo: {name}\n")
    if content:
        (root / name).write_bytes(content)
    with pytest.raises(WorkspaceError) as refused:
        load_workspace(root)
    assert [(one.code, one.place) for one in refused.value.messages] == [
        ("LCM-388", f"programme.yml, line {lines + 2}")
    ]


def test_one_block_of_a_template_is_changed_without_copying_the_rest(made: Made, tmp_path: Path) -> None:
    own = tmp_path / "reports" / "templates" / "community.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text(
        '{% extends "shipped/community.html.j2" %}\n'
        "{% block contents %}<p>Van ons voor {{ page.heading }}</p>{{ super() }}{% endblock %}\n",
        encoding="utf-8",
    )
    pages = made(Look())
    assert "<p>Van ons voor Delta</p>" in pages["delta.nl.html"]
    assert 'id="temple"' in pages["delta.nl.html"]
    assert "Van ons" not in pages["programme.nl.html"]
