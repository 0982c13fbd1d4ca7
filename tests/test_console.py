"""What the commands print: every word is used, and every word that is used is there."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from lcmonitor import console
from lcmonitor.approval.check import CAUSES
from lcmonitor.disclosure.cells import _MEASURES
from lcmonitor.disclosure.released import _UNAVAILABLE
from lcmonitor.exports.recognise import Recognition
from lcmonitor.exports.table import Certainty
from lcmonitor.intake.receipt import Verdict
from lcmonitor.reporting.figures import CONTEXT
from lcmonitor.status import Standing

# Its lines.
EXPLAINED = {"what", "shown", "why", "rule", "rule_ceiling", "rule_floor", "waits", ""}
EXPLAINED |= {"formula", "interval_formula", "sources", "made_by", "again"}
ROOT = Path(__file__).parents[1]
FILES = [*ROOT.glob("lcmonitor/**/*.py"), *ROOT.glob("flows/*.py")]


def said(file: Path) -> Iterator[str]:
    """Words that the code names where it says them; a step names its progress in the log."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            says = node.func.attr in ("say", "word") or ast.unparse(node.func) in ("log.info", "log.warning")
            if says and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def test_every_word_is_used_and_every_word_that_is_used_is_there() -> None:
    used = {word for file in FILES for word in said(file)}
    used |= {*get_args(Verdict), *Standing.HEADS, *console._RECEIPTS}
    used |= {field.name for field in fields(Recognition)} - {"refused"}
    used |= {f"measure_{measure}" for measure in (*_MEASURES, *CONTEXT)}
    used |= {f"check_{cause}" for cause in CAUSES}
    used |= {f"why_{state}" for state in _UNAVAILABLE} | EXPLAINED
    assert set(console._words()) == used


def test_what_is_recognised_is_told_in_the_language_of_the_user(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(console._content("recognised")["certainty"]) == set(get_args(Certainty))
    known = Recognition(
        "x.csv", "0", "generic", "csv", rows=5, complete=1, incomplete=2, encoding="utf-8", header_rows=1
    )
    console.Console("nl").recognition(known)
    said = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()[2:])
    assert (said["tool"], said["zekerheid"]) == ("onbekend (gewone tabel)", "onbekend")
    assert said["geen"].split(maxsplit=2)[2] == "2 (proefinvullingen, spam of niet toegelaten)"


def test_every_word_is_there_in_both_languages() -> None:
    assert {tuple(words) for words in console._words().values()} == {("nl", "en")}
