"""The waves beside a delivery: with which exports it is compared."""

from collections.abc import Iterator

import pyarrow.compute as pc

from lcmonitor.drift.compare import compare
from lcmonitor.drift.pair import Pair, Seen
from lcmonitor.intake.delivery import Examined
from lcmonitor.intake.receipt import Finding
from lcmonitor.intake.responses import Responses
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave
from lcmonitor.store.store import Store


def newest_wave(setup: Setup, responses: Responses) -> Wave:
    """An export that holds several waves stands for the last of them: it asks what was asked then."""
    found = set(pc.unique(responses.rows["wave"]).to_pylist())
    return [wave for wave in setup.programme.waves if wave.id in found][-1]


def drift(setup: Setup, store: Store, examined: Examined) -> Iterator[Finding]:
    """How an accepted export differs from that of the wave before; where there is none, nothing.

    A wave that comes in late, when the one after it is there already, is compared with that one as well.
    """
    responses, structure = examined.responses, examined.structure
    if responses is None or structure is None:
        return
    wave, known = newest_wave(setup, responses), store.structures(responses.community, responses.form)
    here = Seen(wave, structure, responses.rows.filter(pc.equal(responses.rows["wave"], wave.id)))

    def seen(other: Wave) -> Seen:
        answers = store.answers(responses.community, responses.form, other.id)
        return Seen(other, known[other.id], answers)

    def pair(earlier: Seen, later: Seen) -> Pair:
        community = setup.communities[responses.community]
        return Pair(examined.receipt.file, setup, community, responses.form, earlier, later)

    before = [other for other in setup.programme.waves if other.id in known and other.opens < wave.opens]
    after = [other for other in setup.programme.waves if other.id in known and other.opens > wave.opens]
    if before:
        yield from compare(pair(seen(before[-1]), here))
    if after and wave.id not in known:
        yield from compare(pair(here, seen(after[0])))
