"""Whether the mapping of an export leads to what a form asks, on some day and in some sector."""

from collections.abc import Iterator, Sequence

from lcmonitor.documents import Document
from lcmonitor.errors import Message
from lcmonitor.instruments.checks import hint
from lcmonitor.instruments.definitions import of_form
from lcmonitor.instruments.model import Codebook, ExportMapping
from lcmonitor.instruments.rosters import item_and_partner
from lcmonitor.wording import comparable


def of_mapping(
    document: Document, mapping: ExportMapping, codebooks: Sequence[Codebook]
) -> Iterator[Message]:
    """Headings that lead nowhere or two ways, and answers that lead to no code."""
    yield from of_form(document, ("form",), mapping.form, codebooks)
    forms = [codebook.forms[mapping.form] for codebook in codebooks if mapping.form in codebook.forms]
    asked = {item for form in forms for item in form.asked}
    rosters = {item for form in forms for item in form.roster}
    ignored = {comparable(heading): index for index, heading in enumerate(mapping.ignore)}
    for heading, item in mapping.columns.items():
        if forms and item not in asked and item_and_partner(item)[0] not in rosters:
            yield document.message("LCM-332", ("columns", heading), item=item, allowed=hint(item, asked))
        if (index := ignored.get(comparable(heading))) is not None:
            yield document.message("LCM-333", ("ignore", index), heading=heading)
    for item in mapping.values:
        yield from _values(document, mapping, item, codebooks)


def _values(
    document: Document, mapping: ExportMapping, item: str, codebooks: Sequence[Codebook]
) -> Iterator[Message]:
    codes = {code for codebook in codebooks for code in _codes(codebook, item)}
    if not codes:
        known = {code for codebook in codebooks for code in codebook.items if _codes(codebook, code)}
        yield document.message("LCM-332", ("values", item), item=item, allowed=hint(item, known))
    elif unknown := [text for text, code in mapping.values[item].items() if code not in codes]:
        allowed = ", ".join(map(str, sorted(codes)))
        for text in unknown:
            found = {"item": item, "code": mapping.values[item][text], "allowed": allowed}
            yield document.message("LCM-334", ("values", item, text), **found)


def _codes(codebook: Codebook, item: str) -> set[int]:
    """Every code that the item may hold; none for an item without a scale, or one not known."""
    name = codebook.items[item].scale if item in codebook.items else None
    scale = codebook.scales.get(name) if name else None
    return {*scale.codes, *scale.missing} if scale else set()
