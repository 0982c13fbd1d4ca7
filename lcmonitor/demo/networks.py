"""What organisations would say of each other, and who of them answers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from lcmonitor.demo.census import cut
from lcmonitor.demo.chance import normal, stream, token
from lcmonitor.demo.people import Person
from lcmonitor.demo.plan import Plan
from lcmonitor.demo.replies import Visit, moment, recorded
from lcmonitor.demo.writers.sheet import Reply, Value
from lcmonitor.instruments.model import Codebook
from lcmonitor.intake.roster import AboutPartner, unrolled
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Wave
from lcmonitor.programme.partners import Partner


@dataclass(frozen=True)
class Network:
    """The answers to one form with a roster; ``codebook``: with its items laid out over the partners."""

    community: Community
    wave: Wave
    form: str
    codebook: Codebook
    items: tuple[str, ...]
    replies: tuple[Reply, ...]


def networks(setup: Setup, plan: Plan) -> Iterator[Network]:
    """Every form with a roster of every community and wave that uses it."""
    forms = [name for name, form in setup.instrument.codebook.forms.items() if form.roster]
    for community in (setup.communities[name] for name in plan.networks):
        for number, wave in enumerate(setup.programme.waves):
            if wave.id in plan.networks[community.id].responds:
                codebook = unrolled(setup.codebook(community, wave), community, [wave])
                for form in forms:
                    draw = _Draw(plan, community, wave, number, form, codebook)
                    yield Network(community, wave, form, codebook, draw.items, draw.replies())


@dataclass(frozen=True)
class _Draw:
    """The draws of one form in one wave."""

    plan: Plan
    community: Community
    wave: Wave
    number: int
    form: str
    codebook: Codebook

    @property
    def items(self) -> tuple[str, ...]:
        """The questions; of each partner on the list of that wave."""
        roster = {partner.id for partner in self.community.roster_of(self.wave)}
        asked = [(code, self.codebook.items[code]) for code in self.codebook.forms[self.form].asked]
        return tuple(c for c, item in asked if not isinstance(item, AboutPartner) or item.partner in roster)

    def replies(self) -> tuple[Reply, ...]:
        """Of a part of the organisations, in the order in which they were started."""
        chance = stream(self.plan.seed, "network", self.community.id, self.wave.id)
        roster = self.community.roster_of(self.wave)
        answering = round(self.plan.networks[self.community.id].responds[self.wave.id] * len(roster))
        started = sorted(moment(self.wave, chance) for _ in range(answering))
        return tuple(
            self._reply(roster[who], nth, Visit(0, "finishes", start, int(chance.integers(300, 900))))
            for nth, (who, start) in enumerate(zip(chance.permutation(len(roster)), started, strict=False), 1)
        )

    def _reply(self, partner: Partner, nth: int, visit: Visit) -> Reply:
        person = Person(token(self.plan.seed, self.community.id, "for", partner.id), partner.id)
        return replace(recorded(self.plan, person, nth, visit), values=self._values(partner))

    def _values(self, partner: Partner) -> dict[str, Value]:
        """Of oneself nothing is asked; of others more where there is something to tell."""
        values: dict[str, Value] = {}
        opened: dict[str, Value] = {}
        for code in self.items:
            item = self.codebook.items[code]
            if not isinstance(item, AboutPartner):
                scale = self.codebook.scales[item.scale] if item.scale else None
                values[code] = scale.high if scale else partner.id
            elif item.partner != partner.id and item.item == self.plan.roster.opens:
                values[code] = opened[item.partner] = self._answer(partner, item)
            elif opened.get(item.partner):
                values[code] = self._answer(partner, item)
        return values

    def _answer(self, partner: Partner, item: AboutPartner) -> int:
        roster, seed = self.plan.roster, self.plan.seed
        pair = sorted((partner.id, item.partner))
        lead = {one.id for one in self.community.partners if one.role == "lead"}
        near = roster.together * normal(seed, "together", self.community.id, *pair)
        near += roster.lead * bool(lead.intersection(pair))
        seen = normal(seed, "says", self.community.id, self.wave.id, partner.id, item.partner, item.item)
        position = roster.items[item.item].at(self.number) + near + roster.says * seen
        scale = self.codebook.scales[item.scale or ""]
        return int(cut(np.array([position]), item, scale)[0])
