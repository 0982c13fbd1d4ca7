"""An export travels one way, up the stairs: who may import whom, and how large a room may grow."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
FLOORS = [
    {"errors", "resources", "documents", "files", "wording", "processes"},
    {"exports", "instruments"},
    {"programme", "intake", "codebooks"},
    {"indicators", "disclosure", "store"},
    {"reporting", "drift"},
    {"inbox", "archive", "pipeline", "mapping", "approval", "sending"},
    {"console", "status", "explain", "scheduling", "demo", "cli", "flows"},
]
SAME_FLOOR = {
    ("documents", "errors"), ("errors", "resources"), ("intake", "programme"), ("disclosure", "indicators"),
    ("pipeline", "inbox"), ("pipeline", "archive"), ("mapping", "inbox"),
    ("console", "status"), ("console", "explain"), ("cli", "console"), ("cli", "status"), ("cli", "explain"),
    ("cli", "scheduling"), ("cli", "demo"),
}  # fmt: skip
FORBIDDEN = {("reporting", "indicators"), ("reporting", "store")}  # no path shows what was not released

FILES = sorted([*ROOT.glob("lcmonitor/**/*.py"), *ROOT.glob("flows/*.py")])


def room(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[1] if parts[0] == "lcmonitor" else parts[0]


def rooms_imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "lcmonitor":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("lcmonitor."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (a.name.split(".")[1] for a in node.names if a.name.startswith("lcmonitor."))


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


def may_import(above: str, below: str) -> bool:
    if (above, below) in FORBIDDEN:
        return False
    return above == below or floor(below) < floor(above) or (above, below) in SAME_FLOOR


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nobody_imports_from_a_floor_above(path: Path) -> None:
    wrong = {name for name in rooms_imported(path) if not may_import(room(path), name)}
    assert not wrong, f"{room(path)} may not import {wrong}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_rooms_stay_small(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 400
    functions = [
        n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert {f.name for f in functions if f.end_lineno and f.end_lineno - f.lineno >= 50} == set()


DOORS = {
    "ibis": ("lcmonitor/indicators/moments.py", "lcmonitor/indicators/panel.py"),
    "duckdb": ("lcmonitor/store/",),
    "great_expectations": ("lcmonitor/intake/validate.py",),
}


def test_heavy_libraries_have_their_doors() -> None:
    for path in FILES:
        imported = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in [getattr(node, "module", None) or node.names[0].name]
        }
        through = {
            name for name, door in DOORS.items() if not path.relative_to(ROOT).as_posix().startswith(door)
        }
        assert not imported & through, path


def shipped_names() -> set[str]:
    """Every item, construct, form, division, block and sector of the shipped instruments."""
    names: set[str] = set()
    for folder in (path.parent for path in ROOT.glob("surveys/*/codebook.yml")):
        codebook = yaml.safe_load((folder / "codebook.yml").read_text())
        for part in ("items", "constructs", "divisions", "forms"):
            names |= set(codebook[part])
        names |= set(yaml.safe_load((folder / "blocks.yml").read_text()))
        names |= {folder.name, *(path.stem for path in folder.glob("sectors/*.yml"))}
    return {name for name in names if re.search(r"[-_0-9]", name)}  # "funding" is also just a word


def test_the_engine_knows_no_survey_by_name() -> None:
    names = shipped_names()
    assert "learning-community" in names
    found = {
        f"{path.relative_to(ROOT)}: {node.value}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in names
    }
    assert not found


def test_only_disclosure_makes_a_released_table() -> None:
    makers = {
        room(path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("ReleasedTable")
    }
    assert makers <= {"disclosure"}
