"""Who takes part: a panel that persists over the waves, with people who leave and people who join."""

from collections.abc import Mapping
from dataclasses import dataclass

from lcmonitor.demo.chance import stream, token
from lcmonitor.demo.plan import Plan
from lcmonitor.programme.model import Community, Population, Wave


@dataclass(frozen=True)
class Person:
    """Somebody who may be asked. ``partner`` is '' for those who keep the community going."""

    token: str
    partner: str = ""


def eligible(
    plan: Plan, community: Community, waves: tuple[Wave, ...], population: Population
) -> Mapping[str, tuple[Person, ...]]:
    """Wave -> everyone who could answer a form of this population."""
    if population == "participants":
        return _participants(plan, community, waves)
    if population == "partners":
        return {wave.id: _representatives(plan, community, wave) for wave in waves}
    staff = range(plan.communities[community.id].staff)
    people = tuple(Person(token(plan.seed, community.id, "staff", index)) for index in staff)
    return {wave.id: people for wave in waves}


def _representatives(plan: Plan, community: Community, wave: Wave) -> tuple[Person, ...]:
    partners = community.partners_on(wave.closes)
    return tuple(Person(token(plan.seed, community.id, "for", p.id), p.id) for p in partners)


def _participants(
    plan: Plan, community: Community, waves: tuple[Wave, ...]
) -> Mapping[str, tuple[Person, ...]]:
    panels = {
        partner.id: _panel(
            plan, community.id, partner.id, [community.eligible_of(partner.id, wave) or 0 for wave in waves]
        )
        for partner in community.partners
    }
    return {
        wave.id: tuple(person for panel in panels.values() for person in panel[index])
        for index, wave in enumerate(waves)
    }


def _panel(plan: Plan, community: str, partner: str, sizes: list[int]) -> list[list[Person]]:
    """One partner's people per wave: some of the last wave's leave, new ones fill the places."""
    panel: list[list[Person]] = []
    people: list[Person] = []
    joined = 0
    for index, size in enumerate(sizes):
        luck = stream(plan.seed, "stays", community, partner, index).random(len(people))
        people = [person for person, chance in zip(people, luck, strict=True) if chance < plan.person.stays]
        people = people[:size]
        joiners = range(joined, joined + size - len(people))
        people += [Person(token(plan.seed, community, partner, nth), partner) for nth in joiners]
        joined = joiners.stop
        panel.append(list(people))
    return panel
