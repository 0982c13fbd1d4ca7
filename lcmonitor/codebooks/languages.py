"""Which of our languages a file means, by the name that it gives a language or by the words that it uses."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lcmonitor.codebooks.described import Described, Words
from lcmonitor.errors import LANGUAGES, Language
from lcmonitor.wording import comparable, without_markup

FOLDER = Path(__file__).parent / "words"
_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_]\w+)*)\s*\)\s*$")
_ENOUGH, _CLEARLY = 3, 3  # telling words of one language, and how many times as many as of the other


@cache
def content(name: str) -> Any:
    """What ``words/<name>.yml`` says."""
    return yaml.load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def named(tag: str) -> Language | None:
    """``nl``, ``NL-BE``, ``nl-informal``, ``Dutch``, ``Nederlands (nl)``; None: another language, or none."""
    inner = _IN_BRACKETS.search(tag)
    plain = (inner[1] if inner else tag).strip().casefold().replace("_", "-")
    names: Mapping[str, Language] = content("languages")["names"]
    return names.get(plain) or names.get(plain.split("-")[0])


def spoken(texts: Iterable[str]) -> Language | None:
    """The language that texts seem to be in, by its commonest small words; None: it cannot be told."""
    found = [word for text in texts for word in comparable(text).split()]
    counts = {
        language: sum(word in content("languages")["telling"][language] for word in found)
        for language in LANGUAGES
    }
    best, other = sorted(LANGUAGES, key=lambda language: -counts[language])
    clear = counts[best] >= _ENOUGH and counts[best] >= _CLEARLY * counts[other]
    return best if clear else None


@dataclass(frozen=True)
class Tongue:
    """How the file's words become ours. ``unnamed``: the language of words that the file gives none for."""

    unnamed: Language | None

    def text(self, words: Words) -> dict[Language, str]:
        """The words in those of our languages that the file has; the plainest variant of each goes first."""
        found: dict[Language, str] = {}
        for tag in sorted(words, key=lambda tag: (tag != "", len(tag), tag)):
            plain = without_markup(words[tag])
            language = named(tag) if tag else self.unnamed
            if plain and not any(map(str.isalpha, plain)):
                return dict.fromkeys(LANGUAGES, plain)  # "1", "5–10": the same in every language
            if language and plain:
                found.setdefault(language, plain)
        return found

    def others(self, words: Words) -> tuple[str, ...]:
        """What the file has beside those: other languages, and other variants of ours."""
        taken = {comparable(text) for text in self.text(words).values()}
        plain = {comparable(text): without_markup(text) for text in words.values()}
        return tuple(text for key, text in plain.items() if key and key not in taken)


def tongue(described: Described, said: Language | None) -> Tongue:
    """``said``: what the user says of words without a language; otherwise they are judged by themselves."""
    return Tongue(said or spoken(_unnamed(described)))


def has_unnamed(described: Described) -> bool:
    """Whether the file has words of which it does not say the language."""
    return any(True for _ in _unnamed(described))


def _unnamed(described: Described) -> Iterator[str]:
    for question in described.questions:
        for words in (question.words, question.around, *(answer.words for answer in question.answers)):
            if any(map(str.isalpha, words.get("", ""))):
                yield words[""]
