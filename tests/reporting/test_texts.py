"""The words of the reports: the same in both languages, all of them used, none of them missing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from lcmonitor import reporting, resources
from lcmonitor.disclosure.primary import REASONS
from lcmonitor.errors import LANGUAGES, Language
from lcmonitor.indicators.estimate import METHODS
from lcmonitor.instruments.model import Level, Pillar, Statistic
from lcmonitor.programme.partners import PartnerType
from lcmonitor.reporting.words import words

TEXTS = {language: words(language).texts for language in LANGUAGES}


def test_both_languages_have_the_same_keys() -> None:
    assert set(TEXTS["nl"]) == set(TEXTS["en"])


def test_both_languages_have_the_same_blanks() -> None:
    dutch, english = ({key: _blanks(text) for key, text in TEXTS[code].items()} for code in LANGUAGES)
    assert dutch == english


def _blanks(text: str) -> set[str | None]:
    return {blank for _, blank, _, _ in Formatter().parse(text)} - {None}


def test_every_key_is_used() -> None:
    """By a literal, or by a pattern such as ``f"reason.{key}"``; ``.one`` and ``.other``: of a count."""
    used = [re.compile(pattern) for pattern in {*_in_code(), *_in_templates()}]
    unused = [key for key in TEXTS["nl"] if not any(pattern.fullmatch(_counted(key)) for pattern in used)]
    assert unused == []


def _counted(key: str) -> str:
    return re.sub(r"\.(one|other)$", "", key) if key.endswith((".one", ".other")) else key


def _in_code() -> Iterator[str]:
    for file in Path(reporting.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                yield "".join(map(_pattern, node.values))  # one that begins with a blank would match anything


def _pattern(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"


def _in_templates() -> Iterator[str]:
    for file in (resources.REPORTS / "templates").glob("*.j2"):
        yield from (
            re.escape(key) for key in re.findall(r"\bt\('([\w.]+)'", file.read_text(encoding="utf-8"))
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_figure_may_say_has_words(language: Language) -> None:
    known = TEXTS[language]
    wanted = {
        *(f"reason.{name}" for name in (*REASONS, "complementary", "together", "earlier")),
        *(f"methods.method.{name}" for name in METHODS.words if name),
        *(f"methods.statistic.{name}" for name in get_args(Statistic)),
        *(f"methods.called.{name}" for name in get_args(Statistic)),
        *(f"partner_type.{name}" for name in get_args(PartnerType)),
        *(f"levels.{name}" for name in get_args(Level)),
        *(f"pillar.{name}" for name in get_args(Pillar)),
    }
    assert wanted - set(known) == set()


def test_a_text_of_the_workspace_goes_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "nl.yml").write_text("findings: {title: Drie dingen}", encoding="utf-8")
    own = words("nl", tmp_path)
    assert (own("findings.title"), own("page.skip")) == ("Drie dingen", "Naar de inhoud")
