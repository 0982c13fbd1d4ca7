"""The export as a whole: its tool, its language, the questions that came and went."""

from collections.abc import Iterator, Mapping

from lcmonitor.drift.pair import Pair, named
from lcmonitor.exports.headings import key
from lcmonitor.intake.forms import in_form
from lcmonitor.intake.receipt import Finding
from lcmonitor.intake.structure import Shape, Structure
from lcmonitor.wording import comparable


def of_export(pair: Pair) -> Iterator[Finding]:
    """Another tool or kind of export, another language, words of questions that are there no longer."""
    then, now = pair.earlier.structure, pair.later.structure
    if (then.tool, then.variant) != (now.tool, now.variant):
        yield pair.told("LCM-260", "note", before=_made(then), now=_made(now))
    if pair.translated:
        yield pair.told("LCM-261", "note", before=then.language, now=now.language)
    wordless = [item for item, (old, new) in pair.shared.items() if _worded(old) and not _worded(new)]
    if wordless:
        yield pair.told("LCM-262", "note", wordless)


def of_items(pair: Pair) -> Iterator[Finding]:
    """Items under another name, new ones, and those that were not asked again."""
    then, now = pair.earlier.structure.items, pair.later.structure.items
    gone = {item: shape for item, shape in then.items() if item not in now}
    added = {item: shape for item, shape in now.items() if item not in then}
    renamed = dict(_renamed(gone, added))
    for old, new in renamed.items():
        yield pair.told("LCM-263", "warning", [new], old=old)
    if new_ones := [item for item in added if item not in renamed.values()]:
        yield pair.told("LCM-264", "note", new_ones)
    asked = in_form([pair.book(pair.later)], pair.form)
    left = [item for item in gone if item not in renamed]
    if planned := [item for item in left if item not in asked]:
        yield pair.told("LCM-265", "note", planned)
    if missed := [item for item in left if item in asked]:
        yield pair.told("LCM-266", "warning", missed)


def of_others(pair: Pair) -> Iterator[Finding]:
    """What no item reads: it is in no figure, but it does not come or go unseen."""
    then, now = pair.earlier.structure, pair.later.structure
    for code, here, there in (("LCM-285", now, then), ("LCM-286", then, now)):
        if columns := list(_only_in(here, there)):
            yield pair.told(code, "note", columns=" · ".join(columns))


def _made(structure: Structure) -> str:
    return f"{structure.tool} ({structure.variant})" if structure.variant else structure.tool


def _worded(shape: Shape) -> bool:
    return bool(shape.text or shape.part)


def _renamed(gone: Mapping[str, Shape], added: Mapping[str, Shape]) -> Iterator[tuple[str, str]]:
    """Old and new code of an item whose question stayed the same to the letter."""
    words = {_question(shape): item for item, shape in added.items()}
    for item, shape in gone.items():
        if _worded(shape) and _question(shape) in words:
            yield item, words[_question(shape)]


def _question(shape: Shape) -> str:
    return key(f"{shape.text} {shape.part}")


def _only_in(here: Structure, there: Structure) -> Iterator[str]:
    """``“question”``, or ``“question”: part, part`` where these parts are all that nothing reads there."""
    others = {comparable(question): parts for question, parts in there.others.items()}
    read_there, read_here = _read(there), _read(here)
    for question, parts in here.others.items():
        words = comparable(question)
        known = {comparable(part) for part in others.get(words, ())}
        new = [part for part in parts if comparable(part) not in known]
        if words not in others.keys() | read_there | read_here:
            yield f"“{question}”"
        elif new:
            yield f"“{question}”: {named(new)}"


def _read(structure: Structure) -> set[str]:
    """The questions that items read; another part of one may be read by none."""
    return {comparable(words) for shape in structure.items.values() for words in (shape.heading, shape.text)}
