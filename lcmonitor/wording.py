"""Texts without what a survey tool, a spreadsheet or a hurried hand does to a sentence but its words."""

import html
import re
import unicodedata
from functools import lru_cache

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ALIKE = {"'": "‘’´`", '"': "“”„", "-": "–—\u2010\u2011\u2212"}  # the last three: hyphens and a minus
_SAME = str.maketrans({sign: plain for plain, signs in _ALIKE.items() for sign in signs})


def readable(text: str) -> str:
    """One line, no entities, no no-break or doubled blanks."""
    return " ".join(html.unescape(text).split())


def without_markup(text: str) -> str:
    """A question's words without the mark-up that it carried on screen."""
    return readable(_TAG.sub(" ", html.unescape(text)))


@lru_cache(maxsize=65_536)
def comparable(text: str) -> str:
    """The same for texts that say the same: no mark-up, runs of white space, typographic signs or capitals.

    Capitals go because tools and people write them as they like ("Helemaal Eens"); two answers that differ in
    nothing else do not exist. Everything that could be another word stays.
    """
    words = unicodedata.normalize("NFKC", without_markup(text).translate(_SAME))
    return " ".join(words.casefold().split())
