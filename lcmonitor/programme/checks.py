"""What no single value can show: whether the files of a workspace agree with themselves and each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath

from lcmonitor.documents import Document, Location
from lcmonitor.errors import Message
from lcmonitor.instruments.load import Instrument
from lcmonitor.programme.model import Community, Dated, Programme, Wave
from lcmonitor.wording import comparable


@dataclass(frozen=True)
class Context:
    """What a community is checked against; None: that file is wrong itself, and said so already."""

    programme: Programme | None
    instrument: Instrument | None


def of_programme(document: Document, programme: Programme) -> Iterator[Message]:
    """Waves that end before they begin, are named twice, overlap, are out of order or reported too early."""
    waves = programme.waves
    for index, wave in enumerate(waves):
        at: Location = ("waves", index)
        if wave.closes < wave.opens:
            yield document.message("LCM-341", (*at, "closes"), wave=wave.id, opens=wave.opens)
        if wave.report and wave.report <= wave.closes:
            yield document.message("LCM-361", (*at, "report"), wave=wave.id, closes=wave.closes)
    for index in _repeated([wave.id for wave in waves]):
        yield document.message("LCM-343", ("waves", index, "id"), wave=waves[index].id)
    for index, (before, wave) in enumerate(pairwise(waves), start=1):
        if wave.opens < before.opens:
            yield document.message("LCM-366", ("waves", index), wave=wave.id, other=before.id)
    for earlier, later in pairwise(
        sorted(range(len(waves)), key=lambda i: (waves[i].opens, waves[i].closes))
    ):
        if waves[later].opens <= waves[earlier].closes:
            place: Location = ("waves", later, "opens")
            yield document.message("LCM-342", place, wave=waves[later].id, other=waves[earlier].id)


def of_community(document: Document, community: Community, context: Context) -> Iterator[Message]:
    """Everything about one community's file."""
    if (stem := PurePosixPath(document.name).stem) != community.id:
        yield document.message("LCM-348", ("id",), found=community.id, allowed=stem)
    yield from _partners(document, community)
    yield from _periods(document, community)
    yield from _histories(document, community)
    if context.programme:
        yield from _waves(document, community, context.programme)
    if context.instrument:
        yield from _terms(document, community, context.instrument)
        yield from _ambitions(document, community, context.instrument)
        yield from _mixes(document, community, context.instrument)


def _partners(document: Document, community: Community) -> Iterator[Message]:
    partners = community.partners
    ids = [partner.id for partner in partners]
    for index in _repeated(ids):
        yield document.message("LCM-349", ("partners", index, "id"), partner=ids[index])
    owners: dict[str, str] = {}
    for index, partner in enumerate(partners):
        for name in (partner.id, partner.name, *partner.also):
            if owners.setdefault(comparable(name), partner.id) != partner.id:
                other = owners[comparable(name)]
                yield document.message(
                    "LCM-350", ("partners", index), name=name, partner=partner.id, other=other
                )
    for index, profile in enumerate(community.profile):
        lead, at = profile.governance.lead_organisation, ("profile", index, "governance", "lead_organisation")
        if lead is not None:
            yield from _unknown(document, "LCM-352", at, lead, ids)


def _periods(document: Document, community: Community) -> Iterator[Message]:
    """Ends before beginnings."""
    spans: list[tuple[Location, date | None, date | None]] = [
        (("ends",), community.started, community.ends),
        (("ended",), community.started, community.ended),
        *((("partners", i, "left"), p.joined, p.left) for i, p in enumerate(community.partners)),
        *((("profile", i, "valid_to"), p.valid_from, p.valid_to) for i, p in enumerate(community.profile)),
        *((("blocks", i, "valid_to"), b.valid_from, b.valid_to) for i, b in enumerate(community.blocks)),
        *((("funding", i, "ends"), g.starts, g.ends) for i, g in enumerate(community.funding)),
        *((("milestones", i, "moved_to"), m.due, m.moved_to) for i, m in enumerate(community.milestones)),
    ]
    for at, begin, end in spans:
        if begin and end and end < begin:
            yield document.message("LCM-360", at, key=at[-1], begin=begin)


def _histories(document: Document, community: Community) -> Iterator[Message]:
    for earlier, later in _overlaps(community.profile):
        places = {
            "earlier": community.profile[earlier].valid_from,
            "later": community.profile[later].valid_from,
        }
        yield document.message("LCM-358", ("profile", later), **places)
    for block in dict.fromkeys(filling.block for filling in community.blocks):
        where = [index for index, filling in enumerate(community.blocks) if filling.block == block]
        for _, later in _overlaps([community.blocks[index] for index in where]):
            yield document.message("LCM-359", ("blocks", where[later]), block=block)


def _overlaps(history: Sequence[Dated]) -> Iterator[tuple[int, int]]:
    """Positions of neighbours in time of which the earlier still holds when the later begins."""
    order = sorted(range(len(history)), key=lambda index: history[index].valid_from)
    for earlier, later in pairwise(order):
        if history[earlier].holds_on(history[later].valid_from):
            yield earlier, later


def _waves(document: Document, community: Community, programme: Programme) -> Iterator[Message]:
    waves = [wave.id for wave in programme.waves]
    counts: Mapping[str, Mapping[str, object]] = {
        "eligible": community.eligible,
        "attended": community.attended,
        "roles": community.roles,
    }
    for key, by_wave in counts.items():
        for wave in by_wave:
            yield from _unknown(document, "LCM-351", (key, wave), wave, waves)
            yield from _too_early(document, (key, wave), community, programme.wave(wave))
    yield from _attended(document, community, programme)
    partners = [partner.id for partner in community.partners]
    for wave, eligible in community.eligible.items():
        for partner in eligible if isinstance(eligible, dict) else ():
            yield from _unknown(document, "LCM-352", ("eligible", wave, partner), partner, partners)


def _too_early(
    document: Document, at: Location, community: Community, wave: Wave | None
) -> Iterator[Message]:
    """People in a wave that had closed before the community began."""
    if wave and wave.closes < community.started:
        found = {"wave": wave.id, "started": community.started, "closes": wave.closes}
        yield document.message("LCM-374", at, **found)


def _attended(document: Document, community: Community, programme: Programme) -> Iterator[Message]:
    for name, attended in community.attended.items():
        wave = programme.wave(name)
        people = community.eligible_in(wave, "participants") if wave else None
        if people is not None and attended > people:
            found = {"wave": name, "found": attended, "allowed": people}
            yield document.message("LCM-372", ("attended", name), **found)


def _terms(document: Document, community: Community, instrument: Instrument) -> Iterator[Message]:
    """Names that must be the instrument's: sector, building blocks, indicators."""
    if community.sector is not None:
        yield from _unknown(document, "LCM-354", ("sector",), community.sector, instrument.sectors)
    for index, filling in enumerate(community.blocks):
        yield from _unknown(document, "LCM-353", ("blocks", index, "block"), filling.block, instrument.blocks)
    sector = community.sector if community.sector in instrument.sectors else None
    indicators = instrument.indicators_in(sector)
    for index, theory in enumerate(community.theory_of_change):
        for nth, wanted in enumerate(theory.yields):
            at: Location = ("theory_of_change", index, "yields", nth, "indicator")
            if wanted.indicator is not None:
                yield from _unknown(document, "LCM-364", at, wanted.indicator, indicators)


def _ambitions(document: Document, community: Community, instrument: Instrument) -> Iterator[Message]:
    """An ambition lies on a scale of its building block, whenever: it may be set for a later version."""
    sector = community.sector if community.sector in instrument.sectors else None
    scales = instrument.scales_by_block(sector)
    for index, filling in enumerate(community.blocks):
        if filling.ambition is None or filling.block not in instrument.blocks:
            continue
        at: Location = ("blocks", index, "ambition")
        spans = sorted({(scale.low, scale.high) for scale in scales.get(filling.block, ())})
        if not spans:
            yield document.message("LCM-368", at, block=filling.block, allowed=", ".join(sorted(scales)))
        elif not any(low <= filling.ambition <= high for low, high in spans):
            allowed = ", ".join(f"{low}–{high}" for low, high in spans)
            found = {"block": filling.block, "found": f"{filling.ambition:g}", "allowed": allowed}
            yield document.message("LCM-347", at, **found)


def _mixes(document: Document, community: Community, instrument: Instrument) -> Iterator[Message]:
    divisions = instrument.codebook.divisions
    for index, profile in enumerate(community.profile):
        for name, mix in profile.intended.items():
            at: Location = ("profile", index, "intended", name)
            yield from _unknown(document, "LCM-355", at, name, divisions)
            if name in divisions and set(mix) != set(divisions[name].parts):
                found, allowed = ", ".join(mix), ", ".join(divisions[name].parts)
                yield document.message("LCM-356", at, division=name, found=found, allowed=allowed)
            if min(mix.values(), default=0) < 0 or abs(sum(mix.values()) - 1) > 0.005:
                yield document.message("LCM-357", at, division=name, found=f"{sum(mix.values()):g}")


def _unknown(
    document: Document, code: str, at: Location, found: str, allowed: Iterable[str]
) -> Iterator[Message]:
    names = list(dict.fromkeys(allowed))
    if found not in names:
        yield document.message(code, at, found=found, allowed=", ".join(names))


def _repeated(names: Sequence[str]) -> Iterator[int]:
    """Positions of names that stood there before."""
    return (index for index, name in enumerate(names) if name in names[:index])
