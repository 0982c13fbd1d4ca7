"""The words that survey tools write above their own columns: data, one file per tool in ``words/``."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "words"
_NO_LETTERS = re.compile(r"[\W_]+")
_SUB_QUESTION = re.compile(r"^(?P<text>.*?)\s*\[(?P<part>[^\[\]]*)\]$", re.DOTALL)
# How a byte order mark that some program took for text ends up in the first heading.
_BOM_RESIDUE = re.compile(
    r'^(?:\ufeff|ï»¿|<U\+FEFF>|X\.U\.FEFF\.|ï\.\.)+(?P<quote>"?)(?P<rest>.*?)(?P=quote)$', re.DOTALL
)


@cache
def words(name: str) -> Any:
    """What ``words/<name>.yml`` says."""
    return yaml.load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@lru_cache(1 << 16)
def key(heading: str) -> str:
    """A heading without case, blanks and punctuation: how tools' own names are compared."""
    return _NO_LETTERS.sub("", heading.casefold())


@cache
def keys(name: str, entry: str) -> frozenset[str]:
    """The headings listed under one entry of ``words/<name>.yml``, as keys."""
    listed = words(name).get(entry, [])
    return frozenset(filter(None, map(key, [listed] if isinstance(listed, str) else listed)))


def without_bom(heading: str) -> str:
    """The first heading of a file without what is left of its byte order mark and of the quotes behind it."""
    found = _BOM_RESIDUE.match(heading)
    return found["rest"] if found else heading


def question_and_part(heading: str) -> tuple[str, str]:
    """``Question [row]`` as question and row; without brackets the row is ''."""
    found = _SUB_QUESTION.match(heading)
    return (found["text"], found["part"]) if found else (heading, "")
