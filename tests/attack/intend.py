"""An attacker of what partners intend: how many of a community say yes, by integer programming.

An unknown is how many partners of a community that is not shown say yes: up to all that answered, which is
told of each by its coverage. Known are the figures of the programme and its sectors, which count every
community, and those of the communities that are shown. So each of the former, less the latter, is a sum of
unknowns.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from lcmonitor.disclosure.released import release
from lcmonitor.programme.privacy import Privacy
from tests.disclosure.drawn import drawn

WITHIN = 2.0  # from the least to the most: plus or minus one partner
_HEAD = (
    "statistic community group_by group_value sector communities n population estimate uniform partners"
    " top_share"
)


@dataclass(frozen=True)
class Left:
    """What is left of a figure: of which communities, and how many partners in them say yes."""

    communities: tuple[str, ...]
    yes: float


@dataclass(frozen=True)
class Partners:
    """``shown``: released rows of one indicator; ``answered``: partners, and ``sector``, by community."""

    shown: pd.DataFrame
    answered: Mapping[str, int]
    sector: Mapping[str, str]

    @property
    def hidden(self) -> list[str]:
        seen = set(self.shown["community"])
        return [name for name in self.answered if name not in seen]

    def left(self) -> Iterator[Left]:
        yes = self.shown["estimate"] * self.shown["population"]
        for at in np.flatnonzero(self.shown["community"] == ""):
            mine = self._mine(self.shown["group_value"].iloc[at])
            theirs = yes[[mine(name) for name in self.shown["community"]]].sum()
            hidden = tuple(name for name in self.hidden if mine(name))
            yield Left(hidden, float(np.round(yes.iloc[at] - theirs)))

    def _mine(self, group: str) -> Callable[[str], bool]:
        return lambda name: name != "" and group in ("", self.sector[name])

    def narrow(self) -> list[str]:
        """Communities of which it is known within one how many say yes, of more who answered."""
        left = [one for one in self.left() if one.communities]
        several = (name for name in self.hidden if self.answered[name] > WITHIN)
        return [name for name in several if self._width(name, left) <= WITHIN]

    def recovered(self) -> list[str]:
        """Of these not where so few say yes, or no, in one of the sums that it holds of everyone in it.

        That sum keeps the rules, and tells no more of the one than of the other.
        """
        few = {name for one in self.left() if one.communities and self._few(one) for name in one.communities}
        return [name for name in self.narrow() if name not in few]

    def _few(self, left: Left) -> bool:
        everyone = sum(self.answered[name] for name in left.communities)
        return min(left.yes, everyone - left.yes) <= WITHIN

    def _width(self, name: str, left: list[Left]) -> float:
        goal = np.array([float(each == name) for each in self.hidden])
        most = np.array([self.answered[each] for each in self.hidden])
        if not left:
            return float(self.answered[name])
        sums = np.array([[float(each in one.communities) for each in self.hidden] for one in left])
        yes = [one.yes for one in left]
        limits = LinearConstraint(sums, yes, yes)
        ends = [
            milp(
                sign * goal,
                integrality=np.ones(len(goal), dtype=int),
                bounds=Bounds(0, most),
                constraints=limits,
            )
            for sign in (1, -1)
        ]
        assert all(end.status == 0 for end in ends), "what is published contradicts itself"
        return -sum(float(end.fun or 0.0) for end in ends)


def attacker(seed: int) -> Partners:
    """Communities of one to fourteen partners that answered; each partner is one answer."""
    random = np.random.default_rng(seed)
    count, largest = int(random.integers(4, 16)), int(random.choice([9, 14, 30]))
    mine = pd.DataFrame(
        {
            "name": [f"c{at}" for at in range(count)],
            "sector": random.choice([*"aabbc", "-"], count),
            "n": random.integers(1, largest, count, endpoint=True),
        }
    )
    mine["active"] = mine["n"] + random.integers(0, 4, count)
    mine["yes"] = random.binomial(mine["n"], 0.5)
    names, places = mine["name"].tolist(), mine["sector"].tolist()
    lines = [_line("*", "-", "-", "-", mine)]
    lines += [
        _line("*", "sector", name, "-", mine[mine["sector"] == name]) for name in sorted({*places} - {"-"})
    ]
    lines += [
        _line(name, "-", "-", place, mine[at : at + 1])
        for at, (name, place) in enumerate(zip(names, places, strict=True))
    ]
    released = release(drawn("\n".join([_HEAD, *lines])), Privacy()).rows
    shown = released[released["status"] == "released"].astype({"community": str, "group_value": str})
    answered = dict(zip(names, mine["n"].tolist(), strict=True))
    return Partners(shown, answered, dict(zip(names, places, strict=True)))


def _line(community: str, by: str, group: str, sector: str, part: pd.DataFrame) -> str:
    n, yes, active = (int(part[name].sum()) for name in ("n", "yes", "active"))
    uniform = max(yes, n - yes) / n
    told = (len(part), n, active, yes / active, uniform, n, 1 / n)
    return " ".join(map(str, ("intention", community, by, group, sector, *told)))
