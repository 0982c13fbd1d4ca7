"""Whether indicators speak of what the codebook holds, on some day."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lcmonitor.documents import Document, Location, Written
from lcmonitor.errors import Message
from lcmonitor.instruments.checks import hint
from lcmonitor.instruments.families import BLANKS, Declared, indicator_id, unknown_blanks
from lcmonitor.instruments.model import OF_PROFILE, OF_RECORDS, Codebook, Family, Indicator, Statistic
from lcmonitor.instruments.rosters import on_rosters
from lcmonitor.instruments.series import measured_by

_OF_RESPONSE = (
    "response", "coverage", "reach", "representativeness", "quality", "diversity", "attendance", "retention",
    *OF_PROFILE,
)  # fmt: skip
_OF_PAIRS = "association"
_WHOLE = (*OF_RECORDS, *OF_PROFILE, "reach", "representativeness", "quality", "intention")  # never by group
_OF_DIVISION = ("balance", "mix_distance")
_OF_TIES = ("density", "reciprocity", "ei_index", "centralisation")  # of one item on a roster
_OF_ROSTER = (*_OF_TIES, "rating")


@dataclass(frozen=True)
class Claim:
    """That a statistic can be made of something that a form asks."""

    statistic: Statistic
    of: str | None
    form: str


def of_form(document: Document, at: Location, form: str, codebooks: Sequence[Codebook]) -> Iterator[Message]:
    """A form that the codebook never has."""
    known = {name for codebook in codebooks for name in codebook.forms}
    if form not in known:
        yield document.message("LCM-328", at, form=form, allowed=hint(form, known))


def of_claim(
    document: Document, at: Location, claim: Claim, codebooks: Sequence[Codebook]
) -> Iterator[Message]:
    """What is wrong with it in every codebook; one in which it can be computed is enough."""
    found = [list(_of_claim(document, at, claim, codebook)) for codebook in codebooks]
    if all(found):
        yield from found[-1]


def _of_claim(document: Document, at: Location, claim: Claim, codebook: Codebook) -> Iterator[Message]:
    if (claim.of is None) != (claim.statistic in _OF_RESPONSE):
        yield _misfit(document, at, claim)
    if claim.of is None:
        return
    items = measured_by(codebook, claim.of)
    form = codebook.forms.get(claim.form)
    if form and (form.counts == "records") != (claim.statistic in OF_RECORDS):
        yield _misfit(document, at, claim)
    if not items:
        known = {*codebook.constructs, *codebook.divisions, *codebook.items}
        yield document.message("LCM-329", (*at, "of"), of=claim.of, allowed=hint(claim.of, known))
    elif not _fits(claim.statistic, claim.of, codebook):
        yield _misfit(document, at, claim)
    if form and (absent := sorted(set(items) - set(form.asked))):
        found = {"of": claim.of, "form": claim.form, "items": ", ".join(absent)}
        yield document.message("LCM-330", (*at, "form"), **found)


def _misfit(document: Document, at: Location, claim: Claim) -> Message:
    of = "–" if claim.of is None else claim.of
    return document.message("LCM-331", (*at, "statistic"), statistic=claim.statistic, of=of)


def _fits(statistic: Statistic, of: str, codebook: Codebook) -> bool:
    """Whether the statistic can be made of a construct, an item or a division."""
    if of in codebook.divisions or statistic in _OF_DIVISION:
        return of in codebook.divisions and statistic in _OF_DIVISION
    construct = codebook.constructs.get(of)
    averaged = construct is None or not construct.formative
    items = [codebook.items[code] for code in measured_by(codebook, of) if code in codebook.items]
    scales = [codebook.scales[item.scale] for item in items if item.scale in codebook.scales]
    if not _fits_items(statistic, of, codebook):
        return False
    if statistic == "mean":
        return averaged and all(item.type in ("scale", "number") for item in items)
    if statistic in ("share", "record_share", "intention", *_OF_TIES):
        return averaged and bool(scales) and all(scale.agrees_from is not None for scale in scales)
    if statistic == "reliability":
        return construct is not None and averaged and len(construct.items) > 1
    return bool(scales) and (averaged or statistic == "distribution")


def _fits_items(statistic: Statistic, of: str, codebook: Codebook) -> bool:
    """Ties are of items on a roster, and some statistics of one item only."""
    about_others = bool(on_rosters(codebook).intersection(measured_by(codebook, of)))
    construct = codebook.constructs.get(of)
    several = construct is not None and (statistic in _OF_TIES or len(construct.items) > 1)
    single = (*OF_RECORDS, "intention", *_OF_TIES)
    return (statistic in _OF_ROSTER) == about_others and not (statistic in single and several)


def of_singles(
    document: Document, singles: Mapping[str, Indicator], codebooks: Sequence[Codebook]
) -> Iterator[Message]:
    """What is wrong with the indicators that are written out."""
    for name, indicator in singles.items():
        if indicator.by and indicator.statistic in _WHOLE:
            yield document.message("LCM-384", (name, "by"), statistic=indicator.statistic)
        if indicator.statistic in OF_PROFILE and indicator.form:
            yield document.message("LCM-383", (name, "form"), statistic=indicator.statistic)
        elif indicator.statistic not in OF_PROFILE:
            yield from of_form(document, (name, "form"), indicator.form, codebooks)
        if indicator.statistic == _OF_PAIRS or indicator.among or indicator.beside:
            yield from _of_pairs(document, name, indicator, codebooks)
        else:
            claim = Claim(indicator.statistic, indicator.of, indicator.form)
            yield from of_claim(document, (name,), claim, codebooks)


def _of_pairs(
    document: Document, name: str, indicator: Indicator, codebooks: Sequence[Codebook]
) -> Iterator[Message]:
    """An association is of constructs of which a mean can be made, on both sides, and of nothing else."""
    if indicator.statistic != _OF_PAIRS or indicator.of or not (indicator.among and indicator.beside):
        yield document.message("LCM-390", (name, "statistic"), indicator=name)
        return
    for side in ("among", "beside"):
        for position, of in enumerate(getattr(indicator, side)):
            claim = Claim("mean", of, indicator.form)
            yield from of_claim(document, (name, side, position), claim, codebooks)


def of_phrases(declared: Written[Declared]) -> Iterator[Message]:
    """Blanks that nothing can fill."""
    for statistic, phrases in declared.value.phrases.items():
        for field, blank in unknown_blanks(phrases):
            found = {"blank": blank, "allowed": ", ".join(BLANKS)}
            yield declared.document.message("LCM-337", ("phrases", statistic, field), **found)


def of_families(
    document: Document, families: Sequence[Family], declared: Declared, codebooks: Sequence[Codebook]
) -> Iterator[Message]:
    """What is wrong with families, of the instrument or of a sector."""
    for index, family in enumerate(families):
        at: Location = ("families", index)
        yield from of_form(document, (*at, "form"), family.form, codebooks)
        for position, name in enumerate(family.of):
            yield from _of_member(document, (*at, "of", position), name, family, codebooks)
        for position, statistic in enumerate(family.statistics):
            if statistic not in declared.phrases:
                place = (*at, "statistics", position)
                allowed = ", ".join(declared.phrases) or "–"
                yield document.message("LCM-336", place, statistic=statistic, allowed=allowed)


def of_ids(document: Document, families: Sequence[Family], taken: Container[str]) -> Iterator[Message]:
    """Families that make an indicator which another family makes too, or which is written out."""
    made: set[str] = set()
    for index, family in enumerate(families):
        for position, name in enumerate(family.of):
            ids = {indicator_id(family, name, statistic) for statistic in family.statistics}
            for twice in sorted(one for one in ids if one in made or one in taken):
                yield document.message("LCM-335", ("families", index, "of", position), indicator=twice)
            made |= ids


def _of_member(
    document: Document, at: Location, name: str, family: Family, codebooks: Sequence[Codebook]
) -> Iterator[Message]:
    known = {construct for codebook in codebooks for construct in codebook.constructs}
    if name not in known:
        yield document.message("LCM-329", at, of=name, allowed=hint(name, known))
        return
    for statistic in family.statistics:
        yield from of_claim(document, at, Claim(statistic, name, family.form), codebooks)
