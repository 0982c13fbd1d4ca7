"""A whole edition of a large programme."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from lcmonitor import demo, pipeline, reporting
from lcmonitor.disclosure import released
from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.programme.load import Setup, load_workspace
from lcmonitor.reporting.figures import ACROSS
from tests.bench.measurement import Measurement, best_of

COMMUNITIES = 400
_TODAY = date(2026, 12, 1)
_KILOBYTE = 1000


def measure() -> Iterator[Measurement]:
    """Seconds of a draft of 400 communities in two languages, by as many processes as there are cores.

    The communities are those of the demo, each many times under other names; the figures across them stay
    those of the demo.
    """
    with tempfile.TemporaryDirectory() as folder:
        root, drafts = Path(folder) / "demo", Path(folder) / "drafts"
        demo.write(root)
        pipeline.ingest(root)
        few = pipeline.release(root, pipeline.compute(root), _TODAY)
        setup, table = _many(load_workspace(root), few)
        seconds = best_of(1, lambda: _edition(setup, table, drafts))
        sizes = [path.stat().st_size for path in drafts.rglob("communities/*.html")]
    assert len(sizes) == 2 * COMMUNITIES
    yield Measurement(f"edition of {COMMUNITIES} communities x 2 languages", seconds, 120)
    yield Measurement("  its largest community report, kB", max(sizes) / _KILOBYTE, 400)


def _edition(setup: Setup, table: ReleasedTable, drafts: Path) -> None:
    edition = reporting.plan(table, setup, drafts)
    assert edition
    reporting.publish(table, setup, edition)


def _many(setup: Setup, few: ReleasedTable) -> tuple[Setup, ReleasedTable]:
    own = few.rows[few.rows["community"] != ACROSS]
    communities, copies = {}, [few.rows[few.rows["community"] == ACROSS]]
    for number in range(COMMUNITIES):
        one = list(setup.communities.values())[number % len(setup.communities)]
        name = f"{one.id}-{number:03d}"
        communities[name] = one.model_copy(update={"id": name, "name": f"{one.name} {number}"})
        copies.append(own[own["community"] == one.id].assign(community=name))
    rows = pd.concat(copies, ignore_index=True)
    texts = [column for column in rows if rows[column].dtype == object or str(rows[column].dtype) == "str"]
    rows = rows.astype(dict.fromkeys(texts, "category"))
    made = replace(few, rows=rows, seal=released._SEAL)  # they were released already
    return replace(setup, communities=communities, explanations={}), made
