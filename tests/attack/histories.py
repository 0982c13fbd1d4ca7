"""Made-up programmes of two or three waves: people come and go, and so do partners; some answer late."""

from collections.abc import Iterator

import numpy as np

from tests.attack.world import CODES, ITEMS, TYPES, WAVES, Person, Place, World

_STAYS, _NEW = 0.85, 0.08  # of who answered that they do again; of who did not that they do now


def history(seed: int) -> World:
    """An edition after each wave, and one more with the answers that came late."""
    random = np.random.default_rng(seed)
    waves = list(WAVES)[: int(random.integers(2, 4))]
    places = [_place(random, f"c{number}") for number in range(3)]
    answers = [answer for place in places for answer in _answers(random, place, waves)]
    late = {at for at in range(len(answers)) if random.random() < 0.04}
    editions: list[list[Person]] = []
    for wave in waves:
        fresh = [each for at, each in enumerate(answers) if each.wave == wave and at not in late]
        editions.append([*(editions[-1] if editions else []), *fresh])
    return World(places, [*editions, [*editions[-1], *(answers[at] for at in sorted(late))]], waves=waves)


def _place(random: np.random.Generator, name: str) -> Place:
    partners = {
        f"{kind.split('_')[0]}{number}": (kind, int(random.integers(2, 6)))
        for kind in TYPES[: random.integers(2, 4)]
        for number in range(int(random.integers(1, 4)))
    }
    gone = [partner for partner in partners if random.random() < 0.15]
    return Place(name, str(random.choice(["a", "b"])), partners, gone if len(gone) < len(partners) else ())


def _answers(random: np.random.Generator, place: Place, waves: list[str]) -> Iterator[Person]:
    """A person's next answer is near the last one, or another."""
    likely = {item: random.dirichlet(np.full(5, 1.5)) for item in ITEMS}
    taking_part, chance = random.choice([0.5, 0.8, 0.95]), random.random
    for partner, (kind, count) in place.partners.items():
        for number in range(count):
            mine = {item: int(random.choice(CODES, p=likely[item])) for item in ITEMS}
            there = chance() < taking_part
            for wave in waves:
                if partner in place.gone and wave != waves[0]:
                    break
                if wave != waves[0]:
                    there = chance() < (_STAYS if there else max(_NEW, taking_part / 4))
                    mine = {item: _next(random, code) for item, code in mine.items()}
                given = {item: code for item, code in mine.items() if chance() < 0.97}
                if there:
                    yield Person(place.name, partner, kind, given, wave, f"{partner}-{number}")


def _next(random: np.random.Generator, code: int) -> int:
    return int(np.clip(code + random.choice([-1, 0, 0, 0, 1, 1]), 1, 5))
