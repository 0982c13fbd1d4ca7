"""Small made-up programmes, whose every answer is known, and their real editions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from lcmonitor import pipeline
from lcmonitor.store.store import writing
from tests.store.drawn import entry, responses

ITEMS = ("Q1", "Q2")
CODES = range(1, 6)
AGREES = 4
STAYS, GONE = "/stays", "/gone"
TYPES = ("company_sme", "vocational_school", "government", "university")
WAVES = {  # their first and last day
    "2025-1": (date(2025, 3, 1), date(2025, 3, 31)),
    "2025-2": (date(2025, 9, 1), date(2025, 9, 30)),
    "2026-1": (date(2026, 3, 1), date(2026, 3, 31)),
}
WAVE = "2025-1"


@dataclass(frozen=True)
class Person:
    community: str
    partner: str
    type: str
    answers: Mapping[str, int]  # without a question that was skipped
    wave: str = WAVE
    who: str = ""  # the same in other waves; "": there is one wave


@dataclass(frozen=True)
class Place:
    """A community: its sector, and of each partner the type and how many people it has.

    ``gone``: partners that left after the first wave; it is known which.
    """

    name: str
    sector: str
    partners: Mapping[str, tuple[str, int]]
    gone: Collection[str] = ()

    def kind(self, partner: str) -> str:
        """Its type, and whether it stays."""
        return self.partners[partner][0] + (GONE if partner in self.gone else STAYS)

    @property
    def kinds(self) -> list[str]:
        return sorted({self.kind(partner) for partner in self.partners})

    def people(self, kind: str, wave: str = WAVE) -> int:
        """``kind``: one of ``kinds``; "": of all."""
        there = self.partners if wave == WAVE else [name for name in self.partners if name not in self.gone]
        return sum(self.partners[name][1] for name in there if kind in ("", self.kind(name)))

    def eligible(self, wave: str) -> dict[str, int]:
        gone = () if wave == WAVE else self.gone
        return {name: count for name, (_, count) in self.partners.items() if name not in gone}


@dataclass(frozen=True)
class World:
    """``editions``: who had answered by each, those of the one before first."""

    places: Sequence[Place]
    editions: Sequence[Sequence[Person]]
    weights: Sequence[str] = ()  # what the form weighs by
    waves: Sequence[str] = (WAVE,)


def world(seed: int) -> World:
    return _world(seed, fewest=1)


def weighing(seed: int) -> World:
    """Of types of more organisations, as those of few do not weigh."""
    return replace(_world(seed, fewest=3), weights=("partner_type",))


def _world(seed: int, fewest: int) -> World:
    random = np.random.default_rng(seed)
    places = [_place(random, f"c{number}", fewest) for number in range(int(random.integers(4, 7)))]
    everyone = [person for place in places for person in _answers(random, place)]
    order = random.permutation(len(everyone))
    late = {place.name: int(random.choice([0, 0, 1, 2, 3, 6])) for place in places}
    first, later = [], []
    for at in order:
        person = everyone[at]
        if late[person.community]:
            late[person.community] -= 1
            later.append(person)
        else:
            first.append(person)
    return World(places, [first, [*first, *later]])


def _place(random: np.random.Generator, name: str, fewest: int) -> Place:
    partners = {
        f"{kind.split('_')[0]}{number}": (kind, int(random.integers(1, 7)))
        for kind in TYPES[: random.integers(2, 5)]
        for number in range(int(random.integers(fewest, fewest + 3)))
    }
    return Place(name, str(random.choice(["a", "a", "b", "c"])), partners)


def _answers(random: np.random.Generator, place: Place) -> list[Person]:
    answers_of = {item: random.dirichlet(np.full(5, 1.5)) for item in ITEMS}
    likely = random.choice([0.35, 0.7, 0.95])
    return [
        Person(
            place.name, partner, kind,
            {
                item: int(random.choice(CODES, p=answers_of[item]))
                for item in ITEMS if random.random() < 0.96
            },
        )
        for partner, (kind, count) in place.partners.items() for _ in range(count)
        if random.random() < likely
    ]  # fmt: skip


def type_of(kind: str) -> str:
    return kind.partition("/")[0]


class _Plain(yaml.SafeDumper):
    """Without aliases, which a workspace may not have."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _both(text: str) -> dict[str, str]:
    return {"nl": text, "en": text}


def write(root: Path, made: World) -> None:
    """The programme's files."""
    files = {"programme.yml": _programme(made.waves), **_instrument(made)}
    files |= {f"communities/{place.name}.yml": _community(place, made.waves) for place in made.places}
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.dump(content, Dumper=_Plain, sort_keys=False))


def _programme(names: Sequence[str]) -> dict[str, Any]:
    days = {name: WAVES[name] for name in names}
    waves = [
        {"id": name, "title": _both(name), "opens": opens, "closes": closes}
        for name, (opens, closes) in days.items()
    ]
    return {"id": "made-up", "title": _both("Made up"), "instrument": "small", "languages": ["nl"],
            "waves": waves, "simulated": True}  # fmt: skip


def _community(place: Place, waves: Sequence[str]) -> dict[str, Any]:
    profile = {
        "valid_from": date(2025, 1, 1), "scale": "micro", "phase": "start", "purpose": _both("p"),
    }  # fmt: skip
    left = WAVES[WAVE][1] + timedelta(days=30)
    partners = [
        {"id": name, "name": name, "type": kind, **({"left": left} if name in place.gone else {})}
        for name, (kind, _) in place.partners.items()
    ]
    eligible = {wave: place.eligible(wave) for wave in waves}
    return {"id": place.name, "name": place.name, "started": date(2025, 1, 1), "sector": place.sector,
            "profile": [profile], "partners": partners, "eligible": eligible}  # fmt: skip


def _instrument(made: World) -> dict[str, Any]:
    scale = {"codes": {code: _both(f"answer {code}") for code in CODES}, "agrees_from": AGREES}
    items = {name: {"text": _both(f"Question {name}"), "scale": "five", "core": True} for name in ITEMS}
    organisation: dict[str, Any] = {"ORG": {"text": _both("Where?"), "type": "partner"}}
    form = {"title": _both("form"), "population": "participants", "items": [*items, "ORG"],
            "weights": list(made.weights), "key": "token"}  # fmt: skip
    codebook = {"id": "small", "title": _both("Small"), "scales": {"five": scale},
                "items": items | organisation, "forms": {"participant": form}}  # fmt: skip
    sectors = {f"surveys/small/sectors/{name}.yml": {"title": _both(name), "cycle_weeks": [1, 2]}
               for name in "abc"}  # fmt: skip
    small = "surveys/small"
    return {f"{small}/codebook.yml": codebook, f"{small}/indicators.yml": _indicators(len(made.waves) > 1),
            f"{small}/blocks.yml": {}, **sectors}  # fmt: skip


def _indicators(followed: bool) -> dict[str, Any]:
    texts = {"unit": _both("u"), "reading": _both("r"), "form": "participant", "level": "individual"}
    found: dict[str, Any] = {}
    for item in ITEMS:
        for statistic in ("mean", "share", "distribution"):
            title = _both(f"{statistic} of {item}")
            found[f"{item}-{statistic}".lower()] = texts | {
                "title": title,
                "statistic": statistic,
                "of": item,
            }
        found[f"{item}-mean".lower()]["by"] = ["partner_type"]
    response = {"title": _both("response"), "statistic": "response", "by": ["partner_type"]}
    retention = {"title": _both("retention"), "statistic": "retention"}
    again = {"retention": texts | retention} if followed else {}
    return found | {"response": texts | response} | again


def published(root: Path, made: World) -> list[Path]:
    """The folder of each edition. The same figures are the same edition."""
    write(root, made)
    return [_edition(root, made, number) for number in range(len(made.editions))]


def _edition(root: Path, made: World, number: int) -> Path:
    known = made.editions[number - 1] if number else []
    with writing(root / "data" / "store.duckdb") as store:
        for place in made.places:
            mine = [person for person in made.editions[number] if person.community == place.name]
            if mine and (not number or len(mine) > sum(one.community == place.name for one in known)):
                sha = f"{place.name}-{number}"
                store.merge(entry(sha, community=place.name), responses(_picture(mine), place.name))
    table, today = pipeline.compute(root), WAVES[max(one.wave for one in made.editions[number])][1]
    edition = pipeline.publish(root, table, pipeline.release(root, table, today + timedelta(days=60)))
    assert edition
    return edition.folder


def _picture(people: Sequence[Person]) -> str:
    lines = [
        " ".join([
            f"{number} {person.wave} {person.partner} {person.who or number}",
            *(str(person.answers.get(item, "-")) for item in ITEMS),
        ])
        for number, person in enumerate(people)
    ]  # fmt: skip
    return "\n".join([f"id wave partner panel_key {' '.join(ITEMS)}", *lines])
