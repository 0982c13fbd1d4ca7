"""A form that asks about each partner: its items laid out over the partners, and the ties they become.

An item on a roster is read as one item for each partner, ``contact[acme]``, so that columns, codes, the cell
rule and the receipt treat it as any other. Stored is one tie an answer: partner, item, code.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import product

import numpy as np
import pyarrow as pa

from lcmonitor.exports.headings import key
from lcmonitor.instruments.model import Codebook, Form, Item
from lcmonitor.instruments.rosters import code_of, on_rosters
from lcmonitor.intake.answers import Mask, given
from lcmonitor.intake.findings import Place, finding
from lcmonitor.intake.kept import Kept
from lcmonitor.intake.receipt import Finding
from lcmonitor.intake.responses import TIE_FIELDS, Missing
from lcmonitor.programme.model import Community, Wave
from lcmonitor.programme.partners import Partner
from lcmonitor.wording import comparable


class AboutPartner(Item):
    """An item of a roster as it is asked of one partner."""

    item: str
    partner: str


def unrolled(codebook: Codebook, community: Community, waves: Sequence[Wave]) -> Codebook:
    """The codebook with the items on rosters laid out over all partners the community ever had.

    Those of partners that took part in one of ``waves`` belong to the form, core ones to the core set; all
    others may be left out.
    """
    rosters, partners = sorted(on_rosters(codebook)), community.partners
    if not rosters or not partners:
        return codebook
    now = {partner.id for wave in waves for partner in community.roster_of(wave)}
    items = {code: item for code, item in codebook.items.items() if code not in rosters}
    for code, partner in product(rosters, partners):
        items[code_of(code, partner.id)] = _about(code, codebook.items[code], partner, partner.id in now)
    forms = {name: _laid_out(form, codebook, partners, now) for name, form in codebook.forms.items()}
    return codebook.model_copy(update={"items": items, "forms": forms})


def names(codebooks: Sequence[Codebook], community: Community) -> Mapping[str, frozenset[str]]:
    """What a column about a partner may be called -> the items it may be.

    Item and partner run together, either first, in letters and digits; or ``Question [Acme]`` in plain words.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for codebook, partner in product(codebooks, community.partners):
        for code in on_rosters(codebook):
            for name in _names_for(code, codebook.items[code], partner):
                found[name].add(code_of(code, partner.id))
    return {name: frozenset(items) for name, items in found.items()}


def _names_for(code: str, item: Item, partner: Partner) -> Iterator[str]:
    for name in (partner.id, partner.name, *partner.also):
        yield from (key(code + name), key(name + code))
        yield from (comparable(f"{words} [{name}]") for words in (*item.text.values(), *item.also))


def settle(kept: Kept, community: Community, waves: Sequence[Wave], file: str) -> Iterator[Finding]:
    """Answers about the own organisation, or about one that took no part in the wave, were never asked."""
    roster = _roster_of_rows(kept, community, waves)
    own, absent = (np.zeros(len(kept.positions), np.bool_) for _ in range(2))
    partner = np.array(kept.partner.to_pylist(), dtype=object)
    for code, item in on_roster(kept.codebooks).items():
        if code not in kept.answers:
            continue
        values = kept.answers[code]
        oneself, elsewhere = partner == item.partner, ~roster[item.partner]
        own |= oneself & given(values)
        absent |= elsewhere & ~oneself & given(values)
        values[oneself | elsewhere] = Missing.NOT_ASKED
    for code, rows in (("LCM-231", own), ("LCM-237", absent)):
        if rows.any():
            yield finding(code, "note", Place(file, rows=kept.row_numbers(np.flatnonzero(rows))))


def takes_part(kept: Kept, community: Community, waves: Sequence[Wave]) -> Mask:
    """Rows of an organisation that took part in their wave."""
    roster = _roster_of_rows(kept, community, waves)
    named = kept.partner.to_pylist()
    return np.array([name in roster and roster[name][row] for row, name in enumerate(named)], np.bool_)


def has_roster(codebooks: Sequence[Codebook], form: str) -> bool:
    """Whether a form, in codebooks as they are written, asks about each partner."""
    return any(bool(book.forms[form].roster) for book in codebooks if form in book.forms)


def on_roster(codebooks: Iterable[Codebook]) -> Mapping[str, AboutPartner]:
    """The items that are about one partner, by their codes."""
    items = (pair for codebook in codebooks for pair in codebook.items.items())
    return {code: item for code, item in items if isinstance(item, AboutPartner)}


def ties(kept: Kept) -> pa.Array:
    """For each row what was asked about each partner, in one order; an answer that lacks tells why."""
    items = [(item.item, item.partner, code) for code, item in on_roster(kept.codebooks).items()]
    laid_out = sorted(each for each in items if each[-1] in kept.answers)
    codes = np.stack([kept.answers[code] for _, _, code in laid_out]).T
    row, place = np.nonzero(codes != Missing.NOT_ASKED)
    named = [pa.array([each[at] for each in laid_out]).take(pa.array(place)) for at in (1, 0)]
    values = pa.StructArray.from_arrays([*named, pa.array(codes[row, place])], fields=list(TIE_FIELDS))
    ends = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(codes)))])
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), values)


def _about(code: str, item: Item, partner: Partner, core: bool) -> AboutPartner:
    """``Question [Acme]``, as survey tools write a row of a grid."""
    text = {language: f"{words} [{partner.name}]" for language, words in item.text.items()}
    same = item.model_dump(exclude={"text", "also", "core"})
    return AboutPartner(**same, text=text, core=item.core and core, item=code, partner=partner.id)


def _laid_out(form: Form, codebook: Codebook, partners: Sequence[Partner], now: Container[str]) -> Form:
    """What need not be asked is a module: of each item; and each item of each partner that took no part."""
    here = [partner.id for partner in partners if partner.id in now]
    core = [item for item in form.roster if codebook.items[item].core]
    modules = {item: tuple(code_of(item, one) for one in here) for item in form.roster if item not in core}
    gone = [partner.id for partner in partners if partner.id not in now]
    modules |= {code: (code,) for item in form.roster for one in gone for code in [code_of(item, one)]}
    items = (*form.items, *(code_of(item, one) for item in core for one in here))
    return form.model_copy(update={"items": items, "modules": {**form.modules, **modules}, "roster": ()})


def _roster_of_rows(kept: Kept, community: Community, waves: Sequence[Wave]) -> dict[str, Mask]:
    """For each partner the rows of waves in which it took part."""
    rosters = [{partner.id for partner in community.roster_of(wave)} for wave in waves]
    return {
        partner.id: np.array([partner.id in roster for roster in rosters], np.bool_)[kept.wave]
        for partner in community.partners
    }
