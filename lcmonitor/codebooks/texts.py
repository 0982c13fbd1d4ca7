"""What a draft and its report say to people: content, ``reports/text/codebook.yml``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from lcmonitor import resources
from lcmonitor.errors import Language


@dataclass(frozen=True)
class Texts:
    """The texts in one language."""

    language: Language

    def text(self, group: str, key: str, params: Mapping[str, object] | None = None) -> str:
        """The text of a key, with its blanks filled if there are any."""
        text: str = content()[group][key][self.language]
        return text if params is None else text.format(**params)

    def todo(self, languages: Sequence[str]) -> str:
        """That a text has to be written in these languages."""
        names = ", ".join(self.text("languages", language) for language in languages)
        return self.text("draft", "to_do", {"what": names})


@cache
def content() -> Mapping[str, Any]:
    text = (resources.REPORTS / "text" / "codebook.yml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded
