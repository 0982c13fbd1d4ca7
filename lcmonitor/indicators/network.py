"""The network of a community's organisations, as a whole: never of one of them.

A tie goes from who answered to whom the answer is about; who did not answer has none, and an empty line is
none. Density, E-I index (Krackhardt & Stern 1988) and in-degree centralisation (Freeman 1978) are of the ties
of all who answered, reciprocity is of the pairs of which both did. A rating is what the others say of one.

There is no interval. The roster is no sample: every organisation was asked, and it is not by chance that one
does not answer. Instead there is no figure where too few answered to tell the shape of the network
(Smith & Moody 2013).

Who speaks is known, so the rule for uniform answers is applied to ties: a figure is hidden that gives nearly
every tie, also to an organisation that knows its own answers. All figures of the ties of one item are hidden
where their density is, as with the number of organisations they could give it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lcmonitor.indicators.estimate import METHODS, STATES, Codes, Estimate, Mask, bare
from lcmonitor.indicators.plans import Score, items_of
from lcmonitor.indicators.rows import Block, Risk, nothing
from lcmonitor.indicators.sums import Floats, Integers, Level
from lcmonitor.indicators.ties import Pairs, Ties
from lcmonitor.indicators.values import Subject

RATERS = 3  # an organisation is rated by as many others at least
SMALLEST = 3  # organisations on a roster; two are no network
# Parts of the roster that must have answered: density stands missing organisations better than shape does.
NEEDED = {"density": 0.7, "ei_index": 0.7, "reciprocity": 0.8, "centralisation": 0.8, "rating": 0.0}


@dataclass(frozen=True)
class _Graph:
    """The ties of one item, and what is counted of them in each cell."""

    ties: Ties
    pairs: Pairs

    @property
    def cells(self) -> Level:
        return self.ties.roster.cells

    @property
    def total(self) -> Floats:
        """Ties of each cell."""
        return self.cells.add(self.sent())

    @property
    def others(self) -> Floats:
        """How many others each node could name."""
        others: Floats = self.ties.roster.size[self.cells.bins] - 1
        return others

    def sent(self, chosen: Mask | None = None) -> Floats:
        """How many ties start at each node; of the chosen ones only."""
        return self._ending(self.pairs.rater if chosen is None else self.pairs.rater[chosen])

    def received(self) -> Floats:
        """How many ties end at each node."""
        return self._ending(self.pairs.rated)

    def one_kind(self) -> Mask:
        """Ties between two organisations of one type."""
        kind = self.ties.roster.kind
        alike: Mask = kind[self.pairs.rater] == kind[self.pairs.rated]
        return alike

    def possible_by_kind(self) -> tuple[Floats, Floats]:
        """How many of its own type, and of others, each node that answered could name."""
        roster = self.ties.roster
        kinds = int(roster.kind.max(initial=0)) + 1
        group = self.cells.bins * kinds + roster.kind
        alike = np.bincount(group, minlength=self.cells.size * kinds)[group] - 1.0
        answered = self.ties.responding
        return np.where(answered, alike, 0.0), np.where(answered, self.others - alike, 0.0)

    def _ending(self, nodes: Integers) -> Floats:
        return np.bincount(nodes, minlength=len(self.ties.roster.names)).astype(np.float64)


def of_density(subject: Subject, plan: Score) -> Iterator[Block]:
    """Ties / (r (n − 1)), r the organisations that answered."""
    graph = _graph(subject, plan)
    yield _block(subject, plan, graph.ties, _density(graph), _of_density(graph))


def _density(graph: _Graph) -> Floats:
    return _ratio(graph.total, graph.ties.responded * (graph.ties.roster.size - 1))


def of_reciprocity(subject: Subject, plan: Score) -> Iterator[Block]:
    """Of the pairs that both answered and have a tie: those in which both have it."""
    graph = _graph(subject, plan)
    mutual, one_sided = _dyads(graph)
    value = _ratio(mutual, mutual + one_sided)
    yield _block(subject, plan, graph.ties, value, np.fmax(_of_density(graph), _uniform(value)))


def of_ei_index(subject: Subject, plan: Score) -> Iterator[Block]:
    """(E − I) / (E + I): ties between types of organisation less those within, of all ties."""
    graph = _graph(subject, plan)
    alike, others = graph.possible_by_kind()
    within = graph.sent(graph.one_kind())
    across = graph.sent(~graph.one_kind())
    e, i = graph.cells.add(across), graph.cells.add(within)
    reach = np.minimum(*(graph.cells.add((kind > 0).astype(np.float64)) for kind in (alike, others)))
    value = np.where(reach > 0, _ratio(e - i, e + i), np.nan)
    told = np.maximum(_told(graph, within, alike), _told(graph, across, others))
    yield _block(subject, plan, graph.ties, value, np.maximum(_of_density(graph), told), reach)


def of_centralisation(subject: Subject, plan: Score) -> Iterator[Block]:
    """Σ (max − d) / (n − 1)², d how many name an organisation.

    Beside the density it gives the most that one is named. Of a star that is by nearly all others: then who
    knows which one it is, and everyone does, knows a tie of each of them.
    """
    graph = _graph(subject, plan)
    most, size = graph.cells.largest(graph.received()), graph.ties.roster.size
    apart = size * most - graph.total
    value = _ratio(apart, (size - 1) ** 2)
    even = np.where(apart == 0, 1.0, 0.0)  # all are named by as many: then each one's number is known
    star = _ratio(most, graph.ties.responded - 1)
    yield _block(subject, plan, graph.ties, value, np.fmax(np.fmax(_of_density(graph), even), star))


def of_rating(subject: Subject, plan: Score) -> Iterator[Block]:
    """The mean over organisations of what the others say of them, where at least RATERS do."""
    ties = subject.form.ties
    pairs, scores = ties.scored(plan.answers, plan.needed)
    raters = np.bincount(pairs.rated, minlength=len(ties.roster.names))
    enough = raters[pairs.rated] >= RATERS
    pairs, scores = pairs.only(enough), scores[enough]
    totals = np.bincount(pairs.rated, weights=scores, minlength=len(raters))
    rated, cells = raters >= RATERS, ties.roster.cells
    means = np.divide(totals, raters, out=np.zeros(len(raters)), where=rated)
    value = _ratio(cells.add(means), cells.add(rated.astype(np.float64)))
    behind = np.zeros(len(raters))
    behind[pairs.rater] = 1.0
    cell = Level(cells.bins[pairs.rater], cells.size)
    ends = [cell.add((scores == end).astype(np.float64)) for end in (plan.low, plan.high)]
    alike = _ratio(np.maximum(*ends), cell.add(np.ones(len(scores))))
    yield _block(subject, plan, ties, value, alike, n=cells.add(behind))


def _graph(subject: Subject, plan: Score) -> _Graph:
    """A tie is an answer from the code on at which agreeing begins."""
    ties, (answer,) = subject.form.ties, plan.answers
    least = answer.high if plan.agrees_from is None else plan.agrees_from
    return _Graph(ties, ties.from_code(answer.item, least))


def _dyads(graph: _Graph) -> tuple[Floats, Floats]:
    """Of pairs that both answered: mutual ones, and those with a tie in one direction."""
    pairs, size = graph.pairs, len(graph.ties.roster.names)
    both = graph.ties.responding[pairs.rated]
    returned = np.isin(pairs.rated * size + pairs.rater, pairs.rater * size + pairs.rated)
    cells = graph.cells
    return cells.add(graph.sent(both & returned)) / 2, cells.add(graph.sent(both & ~returned))


def _of_density(graph: _Graph) -> Floats:
    return _told(graph, graph.sent(), np.where(graph.ties.responding, graph.others, 0.0))


def _told(graph: _Graph, sent: Floats, possible: Floats) -> Floats:
    """The part that has, or lacks, a tie among all but one of those who answered, whoever that one is.

    ``sent``, ``possible``: ties of each node. Nobody but that one: all of it is told.
    """
    cell = graph.cells.bins
    left = _ratio(graph.cells.add(sent)[cell] - sent, graph.cells.add(possible)[cell] - possible)
    alike = np.nan_to_num(_uniform(left), nan=1.0)
    return graph.cells.largest(np.where(graph.ties.responding, alike, 0.0))


def _uniform(part: Floats) -> Floats:
    return np.maximum(part, 1 - part)


def _ratio(part: Floats, whole: Floats) -> Floats:
    result: Floats = np.divide(part, whole, out=nothing(len(whole)), where=whole > 0)
    return result


def _block(
    subject: Subject,
    plan: Score,
    ties: Ties,
    value: Floats,
    uniform: Floats,
    partners: Floats | None = None,
    n: Floats | None = None,
) -> Block:
    """One row a cell. ``n``: organisations behind the figure, those who answered unless it is told."""
    behind = ties.responded if n is None else n
    state = _states(subject, plan, ties, value)
    whole = behind == ties.roster.size
    plain = bare(value, "roster")
    method = np.where(whole & ~np.isnan(value), METHODS["census"], plain.method)
    estimate = Estimate(value, plain.se, plain.low, plain.high, method)
    few, zero = behind if partners is None else partners, np.zeros(len(value))
    alike = np.nan_to_num(uniform) * behind
    one = np.minimum(behind, 1.0)
    risk = Risk(few, behind, one, alike, zero, zero > 0, np.ones(len(value)), zero > 0)
    return subject.block(behind, estimate, risk, state, population=ties.roster.size)


def _states(subject: Subject, plan: Score, ties: Ties, value: Floats) -> Codes:
    size = ties.roster.size
    answered = ties.responded < NEEDED[subject.label.statistic] * size
    few = answered | (size < SMALLEST)
    silent = subject.form.responses == 0
    reasons = [silent, ties.responded == 0, ~ties.asked(items_of(plan)), few, np.isnan(value)]
    empty = "too_few" if subject.label.statistic == "rating" else "not_applicable"
    names = (subject.form.grid.silence(subject.form.name), "not_answered", "not_asked", "too_few", empty)
    return np.select(reasons, [STATES[name] for name in names], STATES["computed"]).astype(np.int8)
