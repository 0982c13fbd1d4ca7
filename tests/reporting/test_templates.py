"""The template's variables are the dataclass's fields, and nothing gets past the escaping."""

from dataclasses import fields
from pathlib import Path

import jinja2
import pytest
from jinja2 import meta

from lcmonitor import reporting, resources
from lcmonitor.reporting.render import TEMPLATES, environment

_SHARED = {"t", "style", "style_hash"}  # the words of the language, and the style sheet
_FILES = sorted(path.name for path in (resources.REPORTS / "templates").glob("*.j2"))


def _variables(name: str) -> set[str]:
    """What a template asks for, with those it extends."""
    made = environment()
    assert made.loader
    tree = made.parse(made.loader.get_source(made, name)[0])
    parents = [node.template.as_const() for node in tree.find_all(jinja2.nodes.Extends)]
    own = {node.target for node in tree.find_all(jinja2.nodes.Import)}
    own |= {node.name for node in tree.find_all(jinja2.nodes.Macro)}
    return (meta.find_undeclared_variables(tree) - own).union(*map(_variables, parents))


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda page: page.__name__)
def test_a_template_uses_every_field_of_its_page_and_nothing_else(page: type) -> None:
    assert _variables(TEMPLATES[page]) - _SHARED == {field.name for field in fields(page)}


@pytest.mark.parametrize("file", _FILES)
def test_no_template_switches_the_escaping_off(file: str) -> None:
    source = (resources.REPORTS / "templates" / file).read_text(encoding="utf-8")
    assert "|safe" not in source.replace(" ", "")
    assert "autoescape" not in source
    assert "<script" not in source


def test_the_environment_escapes_and_knows_no_missing_name() -> None:
    made = environment()
    assert made.autoescape is True
    assert made.undefined is jinja2.StrictUndefined
    assert made.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"


def test_markup_is_made_in_two_places_only() -> None:
    """The drawn chart, and our own style sheet."""
    code = Path(reporting.__file__).parent.glob("*.py")
    files = sorted(file.name for file in code if "Markup(" in file.read_text(encoding="utf-8"))
    assert files == ["charts.py", "render.py"]
