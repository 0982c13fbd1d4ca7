"""The same item under another code of the tool, or in other words."""

from collections.abc import Iterator

from lcmonitor.drift.pair import Pair
from lcmonitor.exports.headings import key
from lcmonitor.intake.receipt import Finding
from lcmonitor.intake.structure import Shape
from lcmonitor.wording import comparable


def of_questions(pair: Pair) -> Iterator[Finding]:
    """For each item of both exports; those whose series breaks anyway are told of together."""
    same_tool = pair.earlier.structure.tool == pair.later.structure.tool
    reworded = [item for item, (then, now) in pair.shared.items() if _reworded(then, now, same_tool)]
    for item in reworded:
        if item not in pair.broken:
            yield from _other_words(pair, item)
    if broken := [item for item in reworded if item in pair.broken]:
        yield pair.told("LCM-268", "note", broken)
    for item, (then, now) in pair.shared.items():
        if same_tool and item not in reworded and then.code and now.code and key(then.code) != key(now.code):
            yield pair.told("LCM-270", "note", [item], before=then.code, now=now.code)


def _other_words(pair: Pair, item: str) -> Iterator[Finding]:
    """What the codebook makes of it: the same question, or nothing as yet."""
    then, now = pair.shared[item]
    known = _known_words(pair, item)
    words = {"before": _quoted(then), "now": _quoted(now)}
    if not all(_names(shape) & known for shape in (then, now)):
        yield pair.told("LCM-269", "warning", [item], **words)
    elif not pair.translated:
        yield pair.told("LCM-267", "note", [item], **words)


def _reworded(then: Shape, now: Shape, same_tool: bool) -> bool:
    """Tools divide a question over text and part in their own way; what cannot be compared is no change."""
    if not (_quoted(then) and _quoted(now)):
        return False
    if same_tool:
        return (comparable(then.text), comparable(then.part)) != (comparable(now.text), comparable(now.part))
    return not _keys(then) & _keys(now)


def _keys(shape: Shape) -> set[str]:
    """The question in letters and digits, with its row and by its row."""
    return {key(f"{shape.text} {shape.part}"), key(shape.part or shape.text)}


def _quoted(shape: Shape) -> str:
    return f"{shape.text} [{shape.part}]" if shape.text and shape.part else shape.text or shape.part


def _names(shape: Shape) -> set[str]:
    return {comparable(words) for words in (shape.heading, shape.text, shape.part) if words}


def _known_words(pair: Pair, item: str) -> set[str]:
    """How the codebook words the item, on any day and in any sector, and how mapping files name it."""
    instrument = pair.setup.instrument
    books = [dated.codebook for row in instrument.dated.values() for dated in row]
    items = [book.items[item] for book in books if item in book.items]
    words = {words for each in items for words in (*each.text.values(), *each.also)}
    for mapping in instrument.mappings.values():
        words.update(heading for heading, mapped in mapping.columns.items() if mapped == item)
    return {comparable(text) for text in words}
