"""The slow definitions of what is counted beside the answers: one response, one community after the other."""

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from lcmonitor.programme.model import Community
from tests.indicators.ledger import CREDITED, STATEMENTS, Row
from tests.indicators.tiny import PARTNERS, WAVES

TYPES = dict(PARTNERS)
ORDER = list(WAVES)


class Ledger:
    """What came in of one community, and what its file says."""

    def __init__(self, community: Community, rows: Iterable[Row]) -> None:
        self.community = community
        mine = (row for row in rows if row.community == community.id)
        self.rows = [row for row in mine if row.completeness != "break_off"]

    def of(self, form: str, wave: str) -> list[Row]:
        return [row for row in self.rows if (row.form, row.wave) == (form, wave)]

    def until(self, form: str, wave: str) -> list[Row]:
        """Oldest first."""
        return [row for name in ORDER[: ORDER.index(wave) + 1] for row in self.of(form, name)]

    # ---- records

    def standing(self, wave: str) -> dict[Any, Row]:
        """Every record as it was told last by the end of the wave."""
        return {row.key or id(row): row for row in self.until("records", wave)}

    def fresh(self, wave: str) -> dict[Any, Row]:
        """The records of the wave that were not there before, as they stand in it."""
        before = {
            row.key or id(row) for name in ORDER[: ORDER.index(wave)] for row in self.of("records", name)
        }
        return {
            key: row for key, row in self.standing(wave).items() if row.wave == wave and key not in before
        }

    def records(self, wave: str) -> dict[str, tuple[float, float]]:
        """Part -> how many records there are in all, and how many of them are of a kind."""
        told: dict[str, tuple[float, float]] = {}
        for period, found in (("", self.fresh(wave)), ("ever", self.standing(wave))):
            kinds = Counter(row.answers["kind"] for row in found.values())
            told[period] = (len(found), len(found))
            told |= {f"{period}:{kind}".lstrip(":"): (len(found), kinds[kind]) for kind in (1, 2, 3)}
        return told

    def graded(self, wave: str) -> dict[str, tuple[float, float | None]]:
        told: dict[str, tuple[float, float | None]] = {}
        for period, found in (("", self.fresh(wave)), ("ever", self.standing(wave))):
            grades = [row.answers["grade"] for row in found.values() if row.answers["grade"] >= 0]
            strong = sum(grade >= 2 for grade in grades)
            told[period] = (len(grades), strong / len(grades) if grades else None)
        return told

    # ---- people

    def reach(self, wave: str) -> dict[str, int]:
        def different(rows: list[Row]) -> tuple[int, int]:
            return len({r.key for r in rows if r.key}), len({r.partner for r in rows if r.partner})

        now, ever = different(self.of("people", wave)), different(self.until("people", wave))
        names = ("persons", "organisations", "persons_ever", "organisations_ever")
        return dict(zip(names, (*now, *ever), strict=True))

    def mix(self, wave: str) -> float | None:
        answered = Counter(TYPES[r.partner] for r in self.of("people", wave) if r.partner in TYPES)
        eligible = self.community.eligible.get(wave)
        if not answered or not isinstance(eligible, dict):
            return None
        people = Counter[str]()
        for partner, number in eligible.items():
            people[TYPES[partner]] += number
        if any(answered[kind] > people[kind] for kind in answered):
            return None
        n, total = sum(answered.values()), sum(people.values())
        return float(
            sum(abs(Fraction(answered[k], n) - Fraction(people[k], total)) for k in set(TYPES.values())) / 2
        )

    def quality(self, wave: str) -> dict[str, tuple[float, float | None]]:
        rows = self.of("people", wave)
        cells = [row.answers[item] for row in rows for item in (*STATEMENTS, *CREDITED)]
        asked = [code for code in cells if code != -101]
        given = [{i: row.answers[i] for i in (*STATEMENTS, *CREDITED) if row.answers[i] > 0} for row in rows]
        long = [codes for codes in given if len(codes) >= 8 and "s3" in codes]
        seconds = [row.answers["seconds"] for row in rows if row.answers["seconds"] is not None]
        middle = statistics.median(seconds) if seconds else 0
        return {
            "missing:answers": (len(rows), share(sum(code in (-102, -104) for code in asked), len(asked))),
            "not_applicable:answers": (len(rows), share(sum(code == -103 for code in asked), len(asked))),
            "straight:people": (len(long), share(sum(len(set(c.values())) == 1 for c in long), len(long))),
            "fast:people": (len(seconds), share(sum(3 * taken < middle for taken in seconds), len(seconds))),
        }

    def applied(self, wave: str) -> tuple[int, float | None]:
        """The mean of whatever was answered of a cycle is 4 or more."""
        given = [[row.answers[i] for i in CREDITED if row.answers[i] > 0] for row in self.of("people", wave)]
        means = [Fraction(sum(codes), len(codes)) for codes in given if codes]
        return len(means), share(sum(mean >= 4 for mean in means), len(means))

    # ---- organisations

    def stay(self, wave: str) -> tuple[int, float | None]:
        told = {
            partner: [
                r.answers["stay"]
                for r in self.of("partners", wave)
                if r.partner == partner and r.answers["stay"] >= 0
            ]
            for partner in TYPES
        }
        answered = {partner: codes for partner, codes in told.items() if codes}
        yes = sum(sum(codes) > len(codes) / 2 for codes in answered.values())
        return len(answered), yes / len(TYPES) if answered else None

    # ---- money and milestones

    def amounts(self, day: date) -> Mapping[str, dict[str, float]]:
        """Partner -> the latest amounts that its file gives by that day."""
        found: dict[str, dict[str, float]] = {}
        for partner in self.community.partners:
            entries = sorted(partner.contribution, key=lambda each: each.as_of or date.min)
            found[partner.id] = {}
            for entry in entries:
                if entry.as_of is None or entry.as_of <= day:
                    found[partner.id] |= entry.model_dump(exclude_none=True, exclude={"as_of"})
        return found

    def cofunding(self, wave: str) -> float | None:
        day, committed, realised = WAVES[wave][1], 0.0, 0.0
        for money in self.amounts(day).values():
            promised, given = together(money, "committed"), together(money, "realised")
            if promised and given is not None:
                committed, realised = committed + promised, realised + given
        return realised / committed if committed else None

    def private_share(self, wave: str) -> float | None:
        given = {
            name: together(money, "realised") or 0 for name, money in self.amounts(WAVES[wave][1]).items()
        }
        whole = sum(given.values())
        return (
            sum(amount for name, amount in given.items() if "company" in TYPES[name]) / whole
            if whole
            else None
        )

    def milestones(self, wave: str) -> dict[str, float | None]:
        day = WAVES[wave][1]
        due = [each for each in self.community.milestones if each.due <= day]
        done = [each for each in due if each.done and each.done <= each.due]
        rest = [each for each in due if each not in done]
        dropped = [each for each in rest if each.dropped and each.dropped <= day]
        moved = [e for e in rest if e not in dropped and e.moved_to and (not e.moved_on or e.moved_on <= day)]
        return {
            part: share(len(those), len(due))
            for part, those in (("", done), ("moved", moved), ("dropped", dropped))
        }


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def together(money: Mapping[str, float], what: str) -> float | None:
    known = [amount for name, amount in money.items() if name.endswith(what)]
    return sum(known) if known else None


def across(values: Sequence[Any], made: Callable[[list[Any]], Any]) -> Any:
    known = [value for value in values if value is not None]
    return made(known) if known else None
