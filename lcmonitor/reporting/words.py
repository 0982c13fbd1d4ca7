"""The words of the reports, in one language. They are content: ``reports/text/<language>.yml``.

Those of the methods page, which are many, stand in ``reports/text/methods/<language>.yml``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lcmonitor import resources
from lcmonitor.errors import Language
from lcmonitor.instruments.model import Text
from lcmonitor.programme.load import Setup


@dataclass(frozen=True)
class Words:
    """Called with a key such as ``findings.title`` and what fills the text's blanks."""

    language: Language
    texts: Mapping[str, str]

    def __call__(self, key: str, **params: object) -> str:
        return self.texts[key].format(**params)

    def count(self, key: str, number: int, **params: object) -> str:
        """The text for one, or for any other number; ``{number}`` is the number."""
        return self(f"{key}.{'one' if number == 1 else 'other'}", number=number, **params)

    def sentence(self, parts: Sequence[str]) -> str:
        """Parts one after the other, as a sentence: ``a; b; c.``"""
        return f"{'; '.join(parts)}." if parts else ""

    def of(self, text: Text) -> str:
        """The version in this language of a text that stands in both."""
        return text[self.language]

    def begin(self, text: Text) -> str:
        """The same with a capital, to begin a line with."""
        return capital(text[self.language])


def capital(text: str) -> str:
    """With a capital, to begin a line with."""
    return text[:1].upper() + text[1:]


def words(language: Language, overrides: Path | None = None) -> Words:
    """The shipped texts; those of ``overrides/text/<language>.yml``, if there, go before them."""
    folder = resources.REPORTS / "text"
    texts = dict(_read(folder / f"{language}.yml")) | dict(_read(folder / "methods" / f"{language}.yml"))
    own = overrides / "text" / f"{language}.yml" if overrides else None
    return Words(language, texts | dict(_read(own)) if own and own.is_file() else texts)


@cache
def _read(path: Path) -> Mapping[str, str]:
    return _flat(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader), "")  # noqa: S506  only text


def _flat(tree: Mapping[str, Any], prefix: str) -> dict[str, str]:
    """``{a: {b: text}}`` -> ``{"a.b": text}``."""
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = value
    return flat


def spoken(setup: Setup) -> list[Words]:
    """The words of every language of the programme."""
    return [words(language, setup.workspace.report_overrides) for language in setup.programme.languages]
