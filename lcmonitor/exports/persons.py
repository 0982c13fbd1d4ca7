"""Who somebody is, asked in a part of a question: ``Contact[email]``, ``Your details [Name]``.

The word alone does not tell: ``How may we reach you? [E-mail]`` is ticked, or answered on a scale. Where
people write something of their own, and hardly two the same, it is them.
"""

import re

import pyarrow as pa

from lcmonitor.exports.headings import key, keys, words
from lcmonitor.exports.table import Column

_INDEX = re.compile(r"\[([^\[\]]+)\]$|(?<=/)([^/]+)$")
_TICK = re.compile(r"[\d.,-]{1,4}|y|n|x|yes|no|ja|nee|nein|true|false|n/a|checked|unchecked", re.IGNORECASE)
_OWN = 0.8  # of the answers are told once: a scale or a list has the same ones again


def writes_a_person(column: Column, cells: pa.ChunkedArray) -> bool:
    """By its words and by its cells; a column with a list of answers is none."""
    if column.labels or column.chosen or not _names_a_person(column):
        return False
    texts = [text.strip() for text in cells.to_pylist() if text and text.strip()]
    written = {
        text.casefold() for text in texts if not _TICK.fullmatch(text) and key(text) != key(column.part)
    }
    return bool(written) and len(written) >= _OWN * len(texts)


def _names_a_person(column: Column) -> bool:
    """The part, or what stands behind the question's own code; an organisation has a name, too."""
    found = _INDEX.search(column.code or column.heading)
    parts = (column.part, *(found.groups() if found else ()))
    if not any(part and key(part) in keys("generic", "personal") for part in parts):
        return False
    around = f"{column.heading} {column.text}".casefold()
    return not any(word in around for word in words("generic")["no_person"])
