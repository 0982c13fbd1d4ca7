"""Programmes of what partners intend, drawn without pages: each partner is one answer, yes or no."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from lcmonitor.disclosure.released import release
from lcmonitor.programme.privacy import Privacy
from lcmonitor.store import file
from lcmonitor.store.store import Store
from tests.disclosure.drawn import drawn
from tests.store.drawn import entry, responses

_HEAD = (
    "statistic community group_by group_value sector communities n population estimate uniform partners"
    " top_share method"
)


@dataclass(frozen=True)
class Community:
    """What each partner that answered says; whose answer ``came`` or ``changed`` since, how many are gone."""

    sector: str
    active: int
    yes: Mapping[int, bool]
    came: frozenset[int] = frozenset()
    gone: int = 0
    changed: frozenset[int] = frozenset()

    @property
    def moved(self) -> int:
        return len(self.came) + self.gone + len(self.changed)


Moment = Mapping[str, Community]
# Of a corrected export: how many answers come, are put right, and are taken out.
_HOW_MANY = ([0, 0, 0, 1, 3, 6, 9], [0, 0, 1, 2, 6, 9], [0, 0, 0, 0, 1, 5])


def moments(seed: int, editions: int) -> list[Moment]:
    """Communities of one to thirty partners, as they are when each edition is made."""
    random = np.random.default_rng(seed)
    count, largest = int(random.integers(4, 16)), int(random.choice([9, 14, 30]))
    sectors = random.choice([*"aabbc", "-"], count)
    now = {f"c{at}": _drawn(random, str(sector), largest) for at, sector in enumerate(sectors)}
    late = {name for name in now if editions > 1 and random.random() < 0.15}
    made: list[Moment] = [{name: one for name, one in now.items() if name not in late}]
    for _ in range(editions - 1):
        often = random.choice([0.2, 0.7, 0.9])
        now = {
            name: _later(random, one) if name in made[-1] and random.random() < often else _still(one)
            for name, one in now.items()
        }
        made.append(now)
    return made


def _drawn(random: np.random.Generator, sector: str, largest: int) -> Community:
    n = int(random.integers(1, largest, endpoint=True))
    return Community(sector, n + int(random.integers(0, 4)), dict(enumerate(_answers(random, n))))


def _answers(random: np.random.Generator, n: int) -> list[bool]:
    return [bool(answer) for answer in random.random(n) < 0.5]


def _still(one: Community) -> Community:
    return replace(one, came=frozenset(), gone=0, changed=frozenset())


def _later(random: np.random.Generator, one: Community) -> Community:
    """A corrected export: answers come, or are put right, or both; and now and then some are taken out."""
    came, changed, gone = (int(random.choice(how)) for how in _HOW_MANY)
    stay = sorted(one.yes)[min(gone, len(one.yes) - 1) :]
    put_right = random.choice(stay, min(changed, len(stay)), replace=False).tolist()
    new = range(max(one.yes) + 1, max(one.yes) + 1 + came)
    answers = dict(zip([*put_right, *new], _answers(random, len(put_right) + came), strict=True))
    return Community(
        one.sector,
        max(one.active, len(stay) + came),
        {at: one.yes[at] for at in stay} | answers,
        frozenset(new),
        len(one.yes) - len(stay),
        frozenset(put_right),
    )


def published(made: Sequence[Moment]) -> list[pd.DataFrame]:
    """What each edition releases beside those before it."""
    with closing(Store(Path("nowhere"), file.empty)) as store:
        return list(_editions(store, made))


def _editions(store: Store, made: Sequence[Moment]) -> Iterator[pd.DataFrame]:
    for at, now in enumerate(made):
        for name, one in now.items():
            _deliver(store, f"{at}{name}", name, one.came | one.changed)
        rows = release(drawn(_picture(now)), Privacy(), store.past()).rows
        store.record_edition(str(at), "2025a", rows)
        yield rows[rows["status"] == "released"].astype({"community": str, "group_value": str})


def _deliver(store: Store, sha256: str, community: str, partners: frozenset[int]) -> None:
    if partners:
        lines = "\n".join(f"{at} 2025a {len(sha256)}" for at in sorted(partners))
        store.merge(entry(sha256, community=community), responses(f"id wave Q1\n{lines}", community))


def _picture(now: Moment) -> str:
    everyone = list(now.values())
    sectors = sorted({one.sector for one in everyone} - {"-"})
    lines = [_line("*", "-", "-", "-", everyone)]
    lines += [_line("*", "sector", name, "-", [o for o in everyone if o.sector == name]) for name in sectors]
    lines += [_line(name, "-", "-", one.sector, [one]) for name, one in now.items()]
    return "\n".join([_HEAD, *lines])


def _line(community: str, by: str, group: str, sector: str, of: Sequence[Community]) -> str:
    n, active = sum(len(one.yes) for one in of), sum(one.active for one in of)
    yes = sum(sum(one.yes.values()) for one in of)
    told = (len(of), n, active, yes / active, max(yes, n - yes) / n, n, 1 / n, "plain")
    return " ".join(map(str, ("intention", community, by, group, sector, *told)))
