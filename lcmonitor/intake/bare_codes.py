"""Item codes as tools write them: in brackets, or in letters and digits alone (``C11`` for ``C1_1``)."""

import re
from collections.abc import Iterable, Mapping

from lcmonitor.exports.headings import key

_INNER = re.compile(r"[^\[\]]*\[([^\[\]]+)\]")
# Two brackets are a dual scale; words in one are an answer.
_BARE = re.compile(r"[^\[\]]+|[\w.-]+\[[\w.-]+\]")


def written(name: str) -> tuple[str, ...]:
    """The code itself, and the bracketed one of ``grid[C1_1]``."""
    inner = _INNER.fullmatch(name.strip())
    return (name.strip(), inner[1].strip()) if inner else (name.strip(),)


def by_bare_code(names: Iterable[str], items: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """By question and subquestion run together (``C1[1]``), or by the subquestion (``grid[C11]``).

    ``items``: by their code in letters and digits.
    """
    codes = (code for name in names if _BARE.fullmatch(name.strip()) for code in (name, *written(name)))
    return frozenset[str]().union(*(items.get(key(code), frozenset()) for code in codes))
