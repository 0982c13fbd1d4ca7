"""What somebody may have meant: the item or the answer that looks most like what an export says.

A suggestion is shown to a person and never taken. In a real survey two different questions are 97 % alike
(“… that the CNCF staff responded …”, “… that the CNCF TOC responded …”): only the same words are sure.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from lcmonitor.exports.headings import key
from lcmonitor.exports.table import Column
from lcmonitor.intake.asked import Asked
from lcmonitor.wording import comparable


@dataclass(frozen=True)
class Near:
    """An item or a code, in the words that are near; ``score``: how alike they are, 0 to 100."""

    name: str
    words: str
    score: float

    def __str__(self) -> str:
        """``C1_1 (Partners keep their promises.)``."""
        return f"{self.name} ({self.words})" if self.words else self.name


def nearest_item(column: Column, asked: Asked, wanted: Container[str], least: float) -> Near | None:
    """The wanted item that looks most like the column, by its words or its code, from ``least`` on."""
    by_words = {
        Near(code, words, 0): comparable(words)
        for code, item in asked.items()
        if code in wanted
        for words in (*item.text.values(), *item.also)
    }
    coded = [Near(code, "", 0) for code in sorted(asked.codes) if code in wanted]
    own = (column.code, column.heading)
    hits = [
        *_hits(own, {near: comparable(near.name) for near in coded}, least),
        *_hits(own, {near: key(near.name) for near in coded}, least),
        *_hits((column.heading, column.part or column.text), by_words, least),
    ]
    if column.part:  # the question alone stands for the column only where its part is one of the answers
        hits += [hit for hit in _hits([column.text], by_words, least) if asked.is_point(column, hit.name)]
    return max(hits, key=lambda hit: (hit.score, str(hit)), default=None)


def nearest_answer(text: str, labels: Mapping[str, int], least: float) -> Near | None:
    """The answer that looks most like the text. ``labels``: every wording of every code."""
    choices = {Near(str(code), words, 0): comparable(words) for words, code in labels.items()}
    return next(_hits([text], choices, least), None)


def _hits(names: Iterable[str], choices: Mapping[Near, str], least: float) -> Iterator[Near]:
    for name in filter(None, sorted(map(comparable, names))):
        if hit := process.extractOne(name, choices, scorer=fuzz.ratio, score_cutoff=least):
            yield Near(hit[2].name, hit[2].words, hit[1])
