"""Open answers without what points to somebody: e-mail addresses, numbers, postcodes, names of participants.

Own rules: on the made-up answers of the tests they leave nothing, and a model that recognises names knows no
participant better than the list of participants does. What looks like such a thing goes too: rather a word
too many than a name too few. A description ("the only woman in our team") stays, so an open answer is never
for a funder.
"""

import re
import unicodedata
from collections.abc import Iterable

_AT = r"\s?(?:@|\(at\)|\[at\]|&#64;)\s?"
_SIGNS = (
    (re.compile(rf"[^\s@<>(),;:]+{_AT}[^\s@<>(),;]+\.[^\W\d_]{{2,}}", re.IGNORECASE), "[e-mail]"),
    (re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE), "[www]"),
    (re.compile(r"(?<!\w)@\w{2,}"), "[@]"),
    (re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{2,4}){3,8}\b"), "[nr]"),  # of an account
    (re.compile(r"(?<!\w)\+?\(?\d(?:[\s().\-/]{0,2}\d){6,}(?!\w)"), "[nr]"),  # of a telephone, of a person
    (re.compile(r"\b[1-9]\d{3}\s?[A-Za-z]{2}\b"), "[postcode]"),
)
_WORD = re.compile(r"[^\W\d_]+")
_PARTICLES = {"aan", "bij", "den", "der", "het", "ten", "ter", "the", "van", "von"}


class Masker:
    """``names``: as the list of participants writes them, in full."""

    def __init__(self, names: Iterable[str]) -> None:
        written = [form for name in names for form in (name, _without_accents(name))]
        words = {part.casefold() for name in written for part in _WORD.findall(name)}
        telling = {word for word in words if len(word) > 2 and word not in _PARTICLES}
        either = "|".join(sorted(map(re.escape, telling), key=len, reverse=True))
        self._names = re.compile(rf"(?<!\w)(?:{either})s?(?!\w)", re.IGNORECASE) if either else None

    def __call__(self, text: str) -> str:
        """The text with a sign for each such thing, and its white space in order."""
        for pattern, sign in _SIGNS:
            text = pattern.sub(sign, text)
        named = self._names.sub("[…]", text) if self._names else text
        return " ".join(named.split())


def _without_accents(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
