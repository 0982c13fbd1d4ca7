"""Whether two figures, of two days, are of the same thing."""

from lcmonitor.instruments.model import Codebook


def measured_by(codebook: Codebook, of: str) -> tuple[str, ...]:
    """The items behind a construct, a division or an item itself; none if the codebook does not know it."""
    if of in codebook.constructs:
        return codebook.constructs[of].items
    if of in codebook.divisions:
        return tuple(codebook.divisions[of].parts.values())
    return (of,) if of in codebook.items else ()


def measure(codebook: Codebook, of: str) -> frozenset[tuple[str, tuple[int, ...], bool]]:
    """What makes two figures comparable: the items, their answer codes, and which way they run."""
    items = [(code, codebook.items[code]) for code in measured_by(codebook, of)]
    codes = {code: codebook.scales[item.scale].codes if item.scale else () for code, item in items}
    return frozenset((code, tuple(sorted(codes[code])), item.reversed) for code, item in items)
