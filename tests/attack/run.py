"""make attack: made-up programmes are published and attacked; what comes out stands in RESULTS.md.

--worlds N (30) programmes, from --seed S (0) on, --weighing N (6) whose form weighs its answers, and
--histories N (6) of two or three waves; each by one who only reads, and by respondents. Then --intentions N
(500) programmes of what partners intend, which are drawn without pages: each by one who only subtracts.
"""

import argparse
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.attack.histories import history
from tests.attack.intend import MOST, attacker
from tests.attack.verdict import Recovered, attack
from tests.attack.world import Person, World, published, weighing, world

RESULTS = Path(__file__).parents[1] / "reference" / "RESULTS.md"
_HEAD = "## Attacks on what is hidden"
_INTENTIONS = "intentions"
_MAKE = {"": world, "weighing": weighing, "histories": history}
_WORDS = {
    "": "without weights",
    "weighing": "weighing",
    "histories": "of two or three waves",
    _INTENTIONS: "of what partners intend",
}


def respondents(made: World) -> Iterator[Person]:
    """Who knows most of the rest: one of the smallest type that answered, one of the smallest community, and
    of those who joined or left one of the fewest.
    """
    first = made.editions[0]
    types = Counter((person.community, person.type) for person in first)
    places = Counter(person.community for person in first)
    yield min(first, key=lambda person: types[person.community, person.type])
    yield min(first, key=lambda person: places[person.community])
    yield from fewest_moved(made)


def fewest_moved(made: World) -> Iterator[Person]:
    """One of the fewest who were there once only, where others came or went as they did not."""
    there: dict[tuple[str, str], dict[str, Person]] = defaultdict(dict)
    for person in made.editions[-1]:
        there[person.community, person.who][person.wave] = person
    moved: dict[tuple[str, str, str], list[Person]] = defaultdict(list)
    for (community, _), answered in there.items():
        for both in pairwise(made.waves):
            once = set(both) & answered.keys()
            if len(once) == 1:
                (wave,) = once
                moved[community, both[1], wave].append(answered[wave])
    beside = {at[:2] for at in moved if at[1] != at[2]} & {at[:2] for at in moved if at[1] == at[2]}
    groups = [people for at, people in moved.items() if at[:2] in beside]
    yield from min(groups, key=len, default=[])[:1]


def attacked(seed: int, made: World, tally: Counter[str]) -> list[Recovered]:
    """What is recovered of one programme."""
    found: list[Recovered] = []
    with tempfile.TemporaryDirectory() as folder:
        editions = published(Path(folder) / "programme", made)
        tally["editions"] += len(set(editions))
        for own in (None, *respondents(made)):
            tally["attacks"] += 1
            found += attack(seed, made, editions, own, tally)
    return found


def main() -> None:
    """Attack, write the result down after each programme, and exit 1 if anything is recovered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=30)
    parser.add_argument("--weighing", type=int, default=6)
    parser.add_argument("--histories", type=int, default=6)
    parser.add_argument("--intentions", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    found: list[Recovered] = []
    recovered, lines = 0, _written()
    worlds_of = {"": asked.worlds, "weighing": asked.weighing, "histories": asked.histories}
    for kind, worlds in worlds_of.items():
        tally, recovered = Counter[str](), 0
        for seed in range(asked.seed, asked.seed + worlds):
            mine = attacked(seed, _MAKE[kind](seed), tally)
            found, recovered = found + mine, recovered + len(mine)
            lines[kind] = _line(kind, range(asked.seed, seed + 1), tally, recovered)
            told = f"{tally['hidden']} hidden figures so far, {recovered} recovered"
            print(f"programme {seed} {kind}: {told}", flush=True)
            _write_down(lines.values())
    if asked.intentions:
        seeds = range(asked.seed, asked.seed + asked.intentions)
        tally, recovered = subtracted(seeds)
        lines[_INTENTIONS] = _line(_INTENTIONS, seeds, tally, recovered)
        _write_down(lines.values())
        print(f"{len(seeds)} {_INTENTIONS}: {tally['hidden']} hidden figures, {recovered} recovered")
    for one in found:
        print(one)
    sys.exit(bool(found) or bool(recovered))


def subtracted(seeds: Iterable[int]) -> tuple[Counter[str], int]:
    """What is attacked, and how much of it is recovered, of what partners intend."""
    tally, recovered = Counter[str](), 0
    for seed in seeds:
        one = attacker(seed, 1 + seed % MOST)
        tally.update(editions=len(one.made), attacks=1, hidden=one.sought, narrow=len(one.narrow()))
        recovered += len(one.recovered())
    return tally, recovered


def _written() -> dict[str, str]:
    """The rows of the last result: of a kind that is not attacked now it stays."""
    table = RESULTS.read_text(encoding="utf-8").partition(_HEAD)[2]
    return {
        kind: found[0]
        for kind, words in _WORDS.items()
        if (found := re.search(rf"^\| \d+ {words} \(.*$", table, re.MULTILINE))
    }


def _line(kind: str, seeds: range, tally: Counter[str], recovered: int) -> str:
    told = tally["narrow"] - recovered
    numbers = (tally["editions"], tally["attacks"], tally["hidden"], tally["narrow"], told, recovered)
    what = f"{len(seeds)} {_WORDS[kind]} (seeds {seeds[0]}–{seeds[-1]})"
    return f"| {' | '.join([what, *map(str, numbers)])} |"


def _write_down(lines: Iterable[str]) -> None:
    today = datetime.now(ZoneInfo("Europe/Amsterdam")).date()
    table = "\n".join(lines)
    section = f"""{_HEAD}

`make attack`, {today}; made-up programmes of four to six communities in up to three sectors, of which some have a
form that weighs by partner type and some have two or three waves, with people and partners who come and go; their
editions, read from CSV and pages. Each is attacked by one who only reads and by two respondents who know their own
answers of every wave, three where people come and go (the third is of those who did), with integer programming over
everything that was published. Attacked are also the answers of the one to four people who joined, left or stayed
between two waves, of whom nothing is published; and, in programmes that are drawn without pages, what the
partners of a community that is not shown intend: by subtraction, from the figures alone.

| programmes | editions | attacks | hidden figures attacked | narrowed to ± 1 respondent or ± 0.5 point | of those by what one edition shows | recovered |
|---|---|---|---|---|---|---|
{table}

A figure counts as recovered when everything together narrows it so far, and what a single edition shows does not:
its means, or all that it shows of the whole community. Each of those keeps every rule, and narrows all the same: that
all of twelve answered 4 or 5 is told by their distribution, of each part of them too. So the last column is about
what can be had by subtraction, between figures, communities and editions; the one before it is not closed.
"""  # noqa: E501 -- a table
    text = RESULTS.read_text(encoding="utf-8")
    before = re.split(rf"\n*{_HEAD}\n", text)[0]
    after = re.split(r"\n(?=## )", text.partition(_HEAD)[2], maxsplit=1)[1:]
    RESULTS.write_text("\n\n".join([before.rstrip("\n"), section.rstrip("\n"), *after]).rstrip("\n") + "\n")


if __name__ == "__main__":
    main()
