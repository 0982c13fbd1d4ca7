"""Texts made comparable: without what a survey tool or a spreadsheet does to a sentence but its words."""

import html
import re
import unicodedata
from functools import lru_cache

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SAME = str.maketrans({**dict.fromkeys("‘’´`", "'"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("–—", "-")})


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """The words alone: no tags, entities, runs of white space, typographic quotes or capitals.

    Capitals go because tools and people write them as they like ("Helemaal Eens"); two answers that differ in
    nothing else do not exist. Everything that could be another word stays.
    """
    words = html.unescape(_TAG.sub(" ", text)) if "<" in text or "&" in text else text
    return " ".join(unicodedata.normalize("NFKC", words).translate(_SAME).casefold().split())
