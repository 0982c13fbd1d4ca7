"""The direction of writing: a text that changes it must not change that of what stands behind it."""

import re

from markupsafe import Markup

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2068]")  # overrides, embeddings and isolates, right and left
_ISOLATE, _END = "\u2068", "\u2069"


def isolated(value: object) -> object:
    """The value; a text that may turn others round is set apart, with everything in it ended."""
    if isinstance(value, str) and not isinstance(value, Markup) and _TURNS.search(value):
        return f"{_ISOLATE}{value}{_END * (1 + len(_TURNS.findall(value)))}"
    return value
