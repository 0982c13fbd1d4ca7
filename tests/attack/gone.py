"""Two waves across communities: what those who did not answer again had answered, less those who did.

Within each community of ``b`` who answered again and ``g`` who did not, with ``T`` and ``E`` the sums of the
earlier answers of all and of those who did again, the figure weighs the difference of the two means with
``w = b·g / (b + g)``. So it is ``(Σ b/(b+g)·T − Σ E) / Σ w``: of the means that are shown it takes one sum,
that of the earlier answers of all who stayed. Where the change of the same people is shown and nobody joined
``E`` is told of the community itself; of the others ``T − E`` are those who left, and with the change those
who joined. Its standard error is of the squares within communities, of all who answered before, and so of
those with as few answers as keep theirs back.

Not gone after, as they hold nothing that is hidden:

* Changes and moved shares across communities are made of those of the communities that are shown, so all of
  it less the shown ones is nothing. Standard error and interval go where one of them keeps its own back.
* Whose score moved by more than error, in a community: up, down and neither are counts of the differences of
  pairs, as the change is their sum. Neither tells how high the pairs lie, which is all that is unknown of who
  joined and left. They need a reliability, so two questions or more, and twenty people who answered twice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.attack.pairs import MOVES
from tests.attack.reader import Told
from tests.attack.sums import Cell, Known, Terms, merged
from tests.attack.world import Person

if TYPE_CHECKING:
    from tests.attack.attacker import Attacker

_NEARLY = 1e-6


@dataclass(frozen=True)
class _Counted:
    """A community in the figure: how many answered again there, how many did not, and its earlier mean."""

    cell: Cell  # of the later wave
    again: int
    gone: int
    mean: Told

    @property
    def weight(self) -> float:
        return self.again * self.gone / (self.again + self.gone)


class Gone:
    """``people``: who had answered by each edition; only how many answered again is taken from it."""

    def __init__(self, attacker: "Attacker", people: Sequence[Sequence[Person]]) -> None:
        self._attacker = attacker
        self._true = [
            Counter(at for at, _ in attacker.pairs.true(edition, those))
            for edition, those in enumerate(people)
        ]

    def told(self, edition: int, one: Told) -> Iterator[Known]:
        counted = list(self._counted(edition, one))
        if counted and one.what == "attrition":
            weight = sum(each.weight for each in counted)
            terms = merged(self._stayed(one, each) for each in counted)
            yield Known(terms, weight * one.low - _NEARLY, weight * one.high + _NEARLY, edition, one)
        elif counted and one.what == "se of attrition":
            yield from self._squares(edition, one, counted)

    def _counted(self, edition: int, one: Told) -> Iterator[_Counted]:
        pairs = self._attacker.pairs
        for cell in (cell for cell, then in pairs.cells.items() if then == one.since):
            about = (one.since, cell.community, "", one.item, "mean", "")
            means = [
                each for each in self._attacker.told[edition]
                if (each.wave, each.community, each.group, each.item, each.what, each.since) == about
            ]  # fmt: skip
            sums = (pairs.sum(cell, one.item, MOVES[name]) for name in ("stayed", "left"))
            again, gone = (sum(self._true[edition][at] for at in terms) for terms in sums)
            if (cell.edition, cell.wave) == (edition, one.wave) and means and again and gone:
                yield _Counted(cell, again, gone, means[0])

    def _stayed(self, one: Told, each: _Counted) -> Terms:
        """What all had answered, as far as it counts, less what those who stayed had."""
        attacker, share = self._attacker, each.again / (each.again + each.gone)
        before = attacker.total(replace(each.cell, wave=one.since), one.item)
        stayed = attacker.pairs.sum(each.cell, one.item, lambda *both: MOVES["stayed"](*both) * both[0])
        return {at: share * worth for at, worth in before.items()} | {at: -a for at, a in stayed.items()}

    def _squares(self, edition: int, one: Told, counted: Sequence[_Counted]) -> Iterator[Known]:
        """With the sums of the earlier wave, if known: ``(se² · df + value²) · Σ w`` is left of squares."""
        attacker = self._attacker
        totals = [attacker.sum(edition, each.mean) for each in counted]
        about = (one.wave, one.community, one.item, "attrition", one.since)
        value = next(
            each for each in attacker.told[edition]
            if (each.wave, each.community, each.item, each.what, each.since) == about
        )  # fmt: skip
        if None in totals:
            return
        weight = sum(each.weight for each in counted)
        df = sum(each.again + each.gone - 1 for each in counted) - 1
        ends = sorted((value.low**2, value.high**2))
        least = 0.0 if value.low <= 0 <= value.high else ends[0]
        shift = sum((total or 0) ** 2 / each.mean.n for total, each in zip(totals, counted, strict=True))
        low = weight * (one.low**2 * df + least) + shift
        high = weight * (one.high**2 * df + ends[1]) + shift
        squares = merged(attacker.total(replace(each.cell, wave=one.since), one.item, 2) for each in counted)
        yield Known(squares, low - _NEARLY, high + _NEARLY, edition, one)
