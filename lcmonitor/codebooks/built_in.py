"""Answers that no file spells out, because they are part of the tool or of our own way to read it."""

from functools import cache

from lcmonitor.codebooks.described import Answer, Words
from lcmonitor.codebooks.languages import content, named

CHOSEN = "chosen"  # one option of a question with several answers: ticked or not


@cache
def built_in(name: str) -> tuple[Answer, ...]:
    """The answers called ``name``."""
    return tuple(
        Answer(str(code), {"nl": said["nl"], "en": said["en"]}, also=tuple(said.get("also", ())))
        for code, said in content("built_in")[name].items()
    )


def told(name: str, like: Words) -> Words:
    """Words of a tool's own, such as "Other", in the languages that the words around them are in."""
    said = content("built_in")[name]
    return {tag: said[named(tag) or "en"] for tag in like}


def points(low: int, high: int) -> tuple[Answer, ...]:
    """Answers that are nothing but a number."""
    return tuple(Answer(str(code), {"nl": str(code), "en": str(code)}) for code in range(low, high + 1))
