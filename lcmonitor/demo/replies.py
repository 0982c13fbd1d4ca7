"""Who of the population answers, and what they leave out: a simple random sample without replacement."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import chain, repeat
from typing import Literal

import numpy as np

from lcmonitor.demo.census import Census
from lcmonitor.demo.chance import number, stream
from lcmonitor.demo.people import Person
from lcmonitor.demo.plan import Plan
from lcmonitor.demo.writers.sheet import Reply, Value
from lcmonitor.programme.model import Wave

Course = Literal["finishes", "stops late", "stops early", "refuses"]


@dataclass(frozen=True)
class Visit:
    """Somebody opens the questionnaire."""

    person: int  # position in the census
    course: Course
    started: datetime
    seconds: int


def replies(census: Census, plan: Plan, keeps_unfinished: bool) -> tuple[Reply, ...]:
    """In the order in which they were started; unfinished ones only if the tool keeps them."""
    chance = stream(plan.seed, "reply", census.community.id, census.wave.id, census.form)
    visits = sorted(_visits(census, plan, chance, keeps_unfinished), key=lambda visit: visit.started)
    tries = [_try(census, plan, nth) for nth in range(1, plan.communities[census.community.id].previews + 1)]
    real = [_reply(census, plan, visit, chance, nth) for nth, visit in enumerate(visits, len(tries) + 1)]
    return (*tries, *real)


def _visits(
    census: Census, plan: Plan, chance: np.random.Generator, keeps_unfinished: bool
) -> Iterator[Visit]:
    """The first of a random order are the sample; of the others, a few come and go."""
    habits, size = plan.answers, len(census.people)
    sample = round(plan.communities[census.community.id].responds[census.form][census.number] * size)
    late, early = chance.binomial((sample, size), (habits.stops_late, habits.breaks_off))
    refusals = chance.binomial(size, habits.refuses)
    stops = (int(late), int(early)) if keeps_unfinished else (0, 0)
    numbers: Mapping[Course, int] = {
        "stops late": stops[0],
        "finishes": sample - stops[0],
        "refuses": refusals,
        "stops early": stops[1],
    }
    courses = chain.from_iterable(repeat(course, count) for course, count in numbers.items())
    for course, person in zip(courses, chance.permutation(size).tolist(), strict=False):
        yield Visit(person, course, moment(census.wave, chance), int(chance.integers(240, 900)))


def moment(wave: Wave, chance: np.random.Generator) -> datetime:
    """During working hours, with a week to spare before the wave closes."""
    days = (wave.closes - wave.opens).days - 7
    day = wave.opens + timedelta(days=int(chance.integers(0, days)))
    return datetime.combine(day, time(8)) + timedelta(seconds=int(chance.integers(0, 10 * 3600)))


def _reply(census: Census, plan: Plan, visit: Visit, chance: np.random.Generator, nth: int) -> Reply:
    sent = visit.course in ("finishes", "refuses")
    reply = recorded(plan, census.people[visit.person], nth, visit)
    values = _values(census, plan, visit, chance)
    return replace(reply, values=values, submitted=reply.submitted if sent else None)


def _try(census: Census, plan: Plan, nth: int) -> Reply:
    """The maker of the questionnaire looks whether it works, on the day it opens."""
    visit = Visit(0, "finishes", datetime.combine(census.wave.opens, time(7, nth)), 60)
    values = _values(census, plan, visit, np.random.default_rng(nth))
    return replace(recorded(plan, Person(f"test{nth}"), nth, visit), values=values, test=True)


def recorded(plan: Plan, person: Person, nth: int, visit: Visit) -> Reply:
    """What the tool writes down beside the answers."""
    blanks = {"number": number(plan.seed, person.token), "byte": 1 + number(plan.seed, person.token) % 254}
    return Reply(
        number=nth,
        token=person.token,
        started=visit.started,
        submitted=visit.started + timedelta(seconds=visit.seconds),
        values={},
        name=plan.identity.name.format(**blanks),
        email=plan.identity.email.format(**blanks),
        ip=plan.identity.ip.format(**blanks),
    )


def _values(census: Census, plan: Plan, visit: Visit, chance: np.random.Generator) -> dict[str, Value]:
    """What was shown and what was answered, up to where the person stopped."""
    luck = chance.random((2, len(census.items)))
    shown = {
        item: _value(census, plan, item, visit, luck[:, position])
        for position, item in enumerate(census.items)
        if item not in census.answers or not np.isnan(census.answers[item][visit.person])
    }
    own = sum(item in shown for item in census.codebook.forms[census.form].items)
    return dict(list(shown.items())[: _reach(visit.course, own, len(shown), chance)])


def _reach(course: Course, own: int, shown: int, chance: np.random.Generator) -> int:
    """How many questions the person saw; the form's ``own`` items come before those of modules."""
    if course == "finishes":
        return shown
    if course == "refuses":
        return 1
    low, high = (0.15, 0.33) if course == "stops early" else (0.6, 0.75)
    return max(2, round(own * chance.uniform(low, high)))


def _value(census: Census, plan: Plan, item: str, visit: Visit, luck: np.ndarray) -> Value:
    definition = census.codebook.items[item]
    if definition.type == "partner":
        return census.people[visit.person].partner
    if definition.type == "consent":
        scale = census.codebook.scales[definition.scale or ""]
        return scale.low if visit.course == "refuses" else scale.high
    answer = float(census.answers[item][visit.person])
    if definition.type == "number":
        return answer
    missing = tuple(census.codebook.scales[definition.scale or ""].missing)
    if missing and luck[0] < plan.answers.dont_know:
        return missing[0]
    return None if luck[1] < plan.answers.left_empty else int(answer)
