"""Records of what came about: new ones in every period, and earlier ones that went further."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np

from lcmonitor.demo.chance import stream, token
from lcmonitor.demo.plan import Evidence, Plan
from lcmonitor.demo.writers.sheet import Reply, Value
from lcmonitor.errors import Language
from lcmonitor.instruments.model import Codebook
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Wave


@dataclass(frozen=True)
class Period:
    """What a community recorded since the wave before: what a coordinator filled in, oldest first."""

    community: Community
    wave: Wave
    codebook: Codebook
    items: tuple[str, ...]
    replies: tuple[Reply, ...]


def periods(setup: Setup, plan: Plan) -> Iterator[Period]:
    """Every community and wave in which something was recorded."""
    for community in setup.communities.values():
        recorded: list[dict[str, Value]] = []
        for number, (wave, period) in enumerate(
            zip(setup.programme.waves, setup.programme.periods, strict=True)
        ):
            codebook = setup.codebook(community, wave)
            chance = stream(plan.seed, "evidence", community.id, wave.id)
            language = plan.communities[community.id].language
            told = list(_further(recorded, codebook, plan.evidence, chance))
            for _ in range(plan.communities[community.id].records[number]):
                recorded.append(_new(len(recorded) + 1, wave, plan.evidence, language, chance))
                told.append(dict(recorded[-1]))
            days = _days(period, wave, len(told), chance)
            replies = tuple(
                _reply(plan, community, nth, *each)
                for nth, each in enumerate(zip(days, told, strict=True), 1)
            )
            if replies:
                yield Period(community, wave, codebook, codebook.forms[plan.evidence.form].items, replies)


def _new(
    number: int, wave: Wave, evidence: Evidence, language: Language, chance: np.random.Generator
) -> dict[str, Value]:
    values: dict[str, Value] = {evidence.key: f"B{number}"}
    values |= {item: text[language].format(number=number) for item, text in evidence.texts.items()}
    for item, weights in evidence.weights.items():
        odds = np.array(list(weights.values()))
        values[item] = int(chance.choice(list(weights), p=odds / odds.sum()))
    return values


def _further(
    recorded: list[dict[str, Value]], codebook: Codebook, evidence: Evidence, chance: np.random.Generator
) -> Iterator[dict[str, Value]]:
    """The earlier records that are filled in again, as they stand now."""
    for values in recorded:
        before = dict(values)
        for item, likely in evidence.grows.items():
            highest = codebook.scales[codebook.items[item].scale or ""].high
            code = values[item]
            if chance.random() < likely and isinstance(code, int) and code < highest:
                values[item] = code + 1
        if values != before:
            yield dict(values)


def _days(period: Wave, wave: Wave, count: int, chance: np.random.Generator) -> list[datetime]:
    """In office hours, from when the wave before closed, or in the first wave half a year back."""
    first = max(period.opens, wave.opens - timedelta(days=180))
    days = np.sort(chance.integers(0, (wave.closes - first).days, count))
    seconds = chance.permutation(9 * 3600)[:count]
    return [
        datetime.combine(first + timedelta(days=int(day)), time(8)) + timedelta(seconds=int(second))
        for day, second in zip(days, seconds, strict=True)
    ]


def _reply(plan: Plan, community: Community, nth: int, sent: datetime, values: dict[str, Value]) -> Reply:
    blanks = {"number": 1, "byte": 1}  # one coordinator, who does not exist
    return Reply(
        number=nth,
        token=token(plan.seed, community.id, "record", sent.isoformat()),
        started=sent - timedelta(minutes=6),
        submitted=sent,
        values=values,
        name=plan.identity.name.format(**blanks),
        email=plan.identity.email.format(**blanks),
        ip=plan.identity.ip.format(**blanks),
    )
