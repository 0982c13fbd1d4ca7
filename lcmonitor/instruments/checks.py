"""Whether a codebook agrees with itself and with the building blocks. Each check tells all that it finds."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import pairwise

from lcmonitor.documents import Document, Location
from lcmonitor.errors import Message
from lcmonitor.instruments.columns import RESERVED, clashes
from lcmonitor.instruments.model import WEIGHTS, Block, Codebook, Construct, Item, Scale, Version
from lcmonitor.wording import comparable

_UNSCALED = ("number", "partner", "text", "date", "key")


def of_codebook(
    document: Document, codebook: Codebook, blocks: Mapping[str, Block] | None
) -> Iterator[Message]:
    """Everything about a codebook as it holds on a day; ``document`` is what it was parsed from.

    ``blocks`` None: their own file is wrong, so nothing can be said about them.
    """
    for name, scale in codebook.scales.items():
        yield from _scale(document, name, scale)
    for code, item in codebook.items.items():
        yield from _item(document, codebook, code, item)
    stored = [code for code, item in codebook.items.items() if item.type in ("scale", "number")]
    for clash in clashes(stored):
        found = {"item": clash.code, "taken": clash.taken, "reserved": ", ".join(sorted(RESERVED))}
        yield document.message("LCM-339", ("items", clash.code), **found)
    for name in codebook.constructs:
        yield from _construct(document, codebook, name)
    for name in codebook.divisions:
        yield from _division(document, codebook, name)
    for name in codebook.forms:
        yield from _form(document, codebook, name)
    if blocks is not None:
        yield from _blocks(document, codebook, blocks)


def hint(wrong: str, known: Iterable[str]) -> str:
    """The nearest of the names that would be right, or all of them when none is near and they are few."""
    names = sorted(known)
    return ", ".join(get_close_matches(wrong, names, 3) or names[:12]) or "–"


def _scale(document: Document, name: str, scale: Scale) -> Iterator[Message]:
    at: Location = ("scales", name)
    codes = ", ".join(map(str, scale.codes))
    for code in sorted(scale.codes.keys() & scale.missing.keys()):
        yield document.message("LCM-321", (*at, "missing", code), scale=name, code=code)
    for code in sorted(scale.also.keys() - scale.codes.keys() - scale.missing.keys()):
        yield document.message("LCM-320", (*at, "also", code), scale=name, code=code, allowed=codes)
    if scale.agrees_from is not None and scale.agrees_from not in scale.codes:
        found = {"scale": name, "code": scale.agrees_from, "allowed": codes}
        yield document.message("LCM-320", (*at, "agrees_from"), **found)
    meanings: dict[str, int] = {}
    for label, code in scale.labels:
        if meanings.setdefault(comparable(label), code) != code:
            part = "also" if label in scale.also.get(code, ()) else "codes"
            yield document.message("LCM-322", (*at, part, code), scale=name, label=label, code=code)


def _item(document: Document, codebook: Codebook, code: str, item: Item) -> Iterator[Message]:
    at: Location = ("items", code)
    scales = ", ".join(sorted(codebook.scales))
    if item.scale is None and item.type == "scale":
        yield document.message("LCM-313", at, item=code, allowed=scales)
    elif item.scale and item.type in _UNSCALED:
        yield document.message("LCM-314", (*at, "scale"), item=code, type=item.type)
    elif item.scale and item.scale not in codebook.scales:
        yield document.message("LCM-312", (*at, "scale"), item=code, scale=item.scale, allowed=scales)
    if item.keep and item.type != "text":
        yield document.message("LCM-373", (*at, "keep"), item=code, type=item.type)


def _construct(document: Document, codebook: Codebook, name: str) -> Iterator[Message]:
    at: Location = ("constructs", name, "items")
    codes = codebook.constructs[name].items
    yield from _unknown(document, codebook, {(*at, index): code for index, code in enumerate(codes)})
    yield from _twice(document, {(*at, index): code for index, code in enumerate(codes)}, name)
    items = {code: codebook.items[code] for code in codes if code in codebook.items}
    for index, code in enumerate(codes):
        if code in items and items[code].type != "scale":
            found = {"item": code, "type": items[code].type, "allowed": "scale"}
            yield document.message("LCM-319", (*at, index), **found)
    scales = sorted({item.scale for item in items.values() if item.scale in codebook.scales and item.scale})
    if len(scales) > 1:
        yield document.message("LCM-317", at, construct=name, scales=", ".join(scales))
    other = [code for code, item in items.items() if item.kind != codebook.constructs[name].kind]
    if other:
        found = {"construct": name, "kind": codebook.constructs[name].kind, "items": ", ".join(other)}
        yield document.message("LCM-318", at, **found)
    yield from _cycle(document, name, codebook.constructs[name], items)


def _cycle(
    document: Document, name: str, construct: Construct, items: Mapping[str, Item]
) -> Iterator[Message]:
    """Of a construct about a cycle: items of another one."""
    other = [code for code, item in items.items() if construct.cycle and item.cycle != construct.cycle]
    if other:
        found = {"construct": name, "cycle": construct.cycle, "items": ", ".join(other)}
        yield document.message("LCM-380", ("constructs", name, "items"), **found)


def _division(document: Document, codebook: Codebook, name: str) -> Iterator[Message]:
    at: Location = ("divisions", name, "parts")
    parts = {(*at, part): code for part, code in codebook.divisions[name].parts.items()}
    yield from _unknown(document, codebook, parts)
    for place, code in parts.items():
        if code in codebook.items and codebook.items[code].type != "number":
            found = {"item": code, "type": codebook.items[code].type, "allowed": "number"}
            yield document.message("LCM-319", place, **found)


def _form(document: Document, codebook: Codebook, name: str) -> Iterator[Message]:
    at: Location = ("forms", name)
    form = codebook.forms[name]
    asked = {(*at, "items", index): code for index, code in enumerate(form.items)}
    for module, codes in form.modules.items():
        asked |= {(*at, "modules", module, index): code for index, code in enumerate(codes)}
    asked |= {(*at, "roster", index): code for index, code in enumerate(form.roster)}
    yield from _roster(document, codebook, name)
    yield from _weights(document, codebook, name)
    yield from _unknown(document, codebook, asked)
    yield from _twice(document, asked, name)
    if form.counts == "records" and form.population != "unknown":
        yield document.message("LCM-381", (*at, "population"), form=name)
    keys = [code for code in form.asked if code in codebook.items and codebook.items[code].type == "key"]
    if len(keys) + bool(form.key) > 1:
        yield document.message("LCM-382", at, form=name, items=", ".join(keys))


def _roster(document: Document, codebook: Codebook, name: str) -> Iterator[Message]:
    """Only answers on a scale make ties, and who gave them must be asked as well."""
    form, at = codebook.forms[name], ("forms", name)
    types = {code: codebook.items[code].type for code in form.asked if code in codebook.items}
    for index, code in enumerate(form.roster):
        if types.get(code, "scale") != "scale":
            found = {"item": code, "type": types[code], "allowed": "scale"}
            yield document.message("LCM-319", (*at, "roster", index), **found)
    if form.roster and "partner" not in types.values():
        yield document.message("LCM-371", (*at, "roster"), form=name)


def _weights(document: Document, codebook: Codebook, name: str) -> Iterator[Message]:
    """Respondents weigh by their partner, and by how many of its people could answer."""
    form, at = codebook.forms[name], ("forms", name, "weights")
    for index, variable in enumerate(form.weights):
        if variable not in WEIGHTS:
            found = {"form": name, "variable": variable, "allowed": ", ".join(WEIGHTS)}
            yield document.message("LCM-391", (*at, index), **found)
    yield from _twice(document, {(*at, index): code for index, code in enumerate(form.weights)}, name)
    types = {codebook.items[code].type for code in form.asked if code in codebook.items}
    if form.weights and "partner" not in types:
        yield document.message("LCM-392", at, form=name)
    if form.weights and form.population == "unknown":
        yield document.message("LCM-393", at, form=name)


def _unknown(document: Document, codebook: Codebook, named: Mapping[Location, str]) -> Iterator[Message]:
    for place, code in named.items():
        if code not in codebook.items:
            yield document.message("LCM-315", place, item=code, allowed=hint(code, codebook.items))


def _twice(document: Document, named: Mapping[Location, str], where: str) -> Iterator[Message]:
    seen: Counter[str] = Counter()
    for place, code in named.items():
        seen[code] += 1
        if seen[code] == 2:
            yield document.message("LCM-316", place, item=code, where=where)


def _blocks(document: Document, codebook: Codebook, blocks: Mapping[str, Block]) -> Iterator[Message]:
    for kind, parts in (("constructs", codebook.constructs), ("divisions", codebook.divisions)):
        for name, part in parts.items():
            if part.block is None:
                continue
            found = {"name": name, "block": part.block}
            if part.block not in blocks:
                allowed = hint(part.block, blocks)
                yield document.message("LCM-323", (kind, name, "block"), **found, allowed=allowed)
            elif part.pillar != blocks[part.block].pillar:
                allowed = blocks[part.block].pillar
                yield document.message("LCM-324", (kind, name, "pillar"), **found, allowed=allowed)


def of_versions(document: Document, codebook: Codebook) -> Iterator[Message]:
    """Versions that do not follow each other in time, or change what is no fact of a day."""
    for (index, earlier), (_, later) in pairwise(enumerate(codebook.versions)):
        if later.since <= earlier.since:
            found = {"later": later.since, "earlier": earlier.since}
            yield document.message("LCM-325", ("versions", index + 1, "from"), **found)
    for index, version in enumerate(codebook.versions):
        for key in sorted(version.change.keys() & {"id", "versions"}):
            yield document.message("LCM-326", ("versions", index, "change", key), key=key)


def of_breaks(document: Document, version: Version, index: int, codebook: Codebook) -> Iterator[Message]:
    """Breaks in the series of something that the codebook does not know."""
    known = {*codebook.items, *codebook.constructs, *codebook.divisions}
    for position, code in enumerate(version.breaks):
        if code not in known:
            place = ("versions", index, "breaks", position)
            yield document.message("LCM-315", place, item=code, allowed=hint(code, known))
