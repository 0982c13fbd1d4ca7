"""What everyone who could answer would say: the finite population from which the respondents are drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcmonitor.demo.chance import normal, stream
from lcmonitor.demo.people import Person, eligible
from lcmonitor.demo.plan import Plan, Simulated
from lcmonitor.instruments.model import Codebook, Division, Form, Item, Scale
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Wave

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Census:
    """One form in one wave: everyone's answer to every item, before anybody is asked.

    ``answers`` maps an item to one value per person: a code of its scale, a number of points, or NaN where
    the item is not shown to that person. The organisation and the consent are not in it.
    """

    community: Community
    wave: Wave
    number: int  # of the wave, from 0
    form: str
    codebook: Codebook
    items: tuple[str, ...]
    people: tuple[Person, ...]
    answers: Mapping[str, Numbers]


def censuses(setup: Setup, plan: Plan) -> Iterator[Census]:
    """Every community, form that people answer, and wave, in the order of the files."""
    waves = setup.programme.waves
    for community in setup.communities.values():
        for form, definition in setup.instrument.codebook.forms.items():
            if definition.counts == "records" or definition.roster:  # see evidence and networks
                continue
            people = eligible(plan, community, waves, definition.population)
            for number, wave in enumerate(waves):
                codebook = setup.codebook(community, wave)
                yield _Draw(plan, community, wave, number, form, codebook, people[wave.id]).census()


def asked_items(form: Form, modules: tuple[str, ...]) -> tuple[str, ...]:
    """The form's own items, then those of the chosen modules."""
    return (*form.items, *(item for module in modules for item in form.modules[module]))


@dataclass(frozen=True)
class _Draw:
    """The draws of one form in one wave."""

    plan: Plan
    community: Community
    wave: Wave
    number: int
    form: str
    codebook: Codebook
    people: tuple[Person, ...]

    def census(self) -> Census:
        items = asked_items(self.codebook.forms[self.form], self._simulated.modules[self.form])
        answers = {item: self._codes(item) for item in items if self.codebook.items[item].type == "scale"}
        for name, division in self.codebook.divisions.items():
            if set(division.parts.values()) <= set(items):
                answers |= self._points(name, division)
        self._route(answers)
        return Census(
            self.community, self.wave, self.number, self.form, self.codebook, items, self.people, answers
        )

    @property
    def _simulated(self) -> Simulated:
        return self.plan.communities[self.community.id]

    def _codes(self, item: str) -> Numbers:
        """A code per person: latent position, cut halfway between two codes."""
        definition, construct = self.codebook.items[item], construct_of(self.codebook, item)
        mean = self.plan.mean(self.community.id, construct, self.number)
        moment = stream(self.plan.seed, "moment", self.community.id, self.wave.id, self.form, item)
        noise = moment.normal(0, self.plan.person.moment, len(self.people))
        position = mean + self._leanings(construct) + noise
        return cut(position, definition, self.codebook.scales[definition.scale or ""])

    def _leanings(self, construct: str) -> Numbers:
        """What a person brings along in every wave: a general leaning, and a view of this construct."""
        spread, seed = self.plan.person, self.plan.seed
        leanings = [
            spread.spread * normal(seed, "person", person.token)
            + spread.view * normal(seed, "view", person.token, construct)
            for person in self.people
        ]
        return np.array(leanings)

    def _points(self, name: str, division: Division) -> dict[str, Numbers]:
        """The whole shared out in steps of five; item -> a number per person."""
        mix = self._simulated.mix[name][self.number]
        weights = np.array([mix[part] for part in division.parts]) * self.plan.answers.points_spread
        chance = stream(self.plan.seed, "division", self.community.id, self.wave.id, name)
        points = in_steps(chance.dirichlet(weights, len(self.people)) * division.total, step=5)
        return dict(zip(division.parts.values(), points.T, strict=True))

    def _route(self, answers: dict[str, Numbers]) -> None:
        """Take away what is shown to others only."""
        kinds = {partner.id: partner.type for partner in self.community.partners}
        for module, types in self.plan.routes.items():
            elsewhere = np.array(
                [kinds.get(person.partner) not in types for person in self.people], dtype=bool
            )
            for item in self.codebook.forms[self.form].modules.get(module, ()):
                if item in answers:
                    answers[item][elsewhere] = np.nan


def construct_of(codebook: Codebook, item: str) -> str:
    """The first construct that lists the item; '' if none does."""
    return next((name for name, construct in codebook.constructs.items() if item in construct.items), "")


def cut(position: Numbers, item: Item, scale: Scale) -> Numbers:
    """Latent positions as codes. A reversed item measures the same with the opposite code."""
    codes = np.array(sorted(scale.codes), dtype=float)
    chosen: Numbers = codes[np.searchsorted((codes[:-1] + codes[1:]) / 2, position)]
    return scale.low + scale.high - chosen if item.reversed else chosen


def in_steps(shares: Numbers, step: float) -> Numbers:
    """Rows rounded to whole steps with their sum kept: the largest remainders are rounded up."""
    units = shares / step
    whole = np.floor(units)
    missing = np.rint((units - whole).sum(axis=1)).astype(int)
    ranks = np.argsort(np.argsort(whole - units, axis=1, kind="stable"), axis=1)
    rounded: Numbers = (whole + (ranks < missing[:, None])) * step
    return rounded
