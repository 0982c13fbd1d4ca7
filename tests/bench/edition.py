"""A whole edition of a large programme, and the next one when a single community has other figures."""

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
from lcmonitor.reporting.edition import Edition
from lcmonitor.reporting.figures import ACROSS, figures
from lcmonitor.reporting.making import Making
from lcmonitor.reporting.reuse import PAGES, KeptPages, digests
from tests.bench.measurement import Measurement, best_of

COMMUNITIES = 400
_TODAY = date(2026, 12, 1)
_KILOBYTE = 1000


def measure() -> Iterator[Measurement]:
    """Seconds of a draft of 400 communities in two languages, by as many processes as there are cores.

    The communities are those of the demo, each many times under other names; the figures across them stay
    those of the demo. Then one has other figures: its reports and those above it, and the whole draft with
    the files of 1.75 million figures, which are written as a whole.
    """
    with tempfile.TemporaryDirectory() as folder:
        root, drafts = Path(folder) / "demo", Path(folder) / "drafts"
        demo.write(root)
        pipeline.ingest(root)
        few = pipeline.release(root, pipeline.compute(root), _TODAY)
        setup, table = _many(load_workspace(root), few)
        seconds = best_of(1, lambda: _published(setup, table, drafts))
        sizes = [path.stat().st_size for path in drafts.rglob("communities/*.html")]
        changed = sorted(setup.communities)[0]
        other = _moved(table, changed)
        reports = best_of(1, lambda: _reports(setup, other, drafts, changed))
        again = best_of(1, lambda: _published(setup, other, drafts))
    assert len(sizes) == 2 * COMMUNITIES
    yield Measurement(f"edition of {COMMUNITIES} communities x 2 languages", seconds, 120)
    yield Measurement("  its largest community report, kB", max(sizes) / _KILOBYTE, 400)
    yield Measurement("  reports anew of one community and above it", reports, 5)
    yield Measurement("  the draft after that, with all data files", again, 60)


def _planned(setup: Setup, table: ReleasedTable, drafts: Path) -> Edition:
    edition = reporting.plan(table, setup, drafts)
    assert edition
    return edition


def _published(setup: Setup, table: ReleasedTable, drafts: Path) -> None:
    reporting.publish(table, setup, _planned(setup, table, drafts))


def _reports(setup: Setup, table: ReleasedTable, drafts: Path, changed: str) -> None:
    """What ``publish`` makes of pages when the other communities have theirs."""
    edition = _planned(setup, table, drafts)
    wave = next(wave for wave in setup.programme.waves if wave.id == edition.wave)
    known = figures(table)
    kept = KeptPages(drafts / PAGES, digests(known, setup, wave, None, ()))
    making = Making(setup, wave, edition.id, kept)
    assert [name for name in setup.communities if not making.drawn_before(name)] == [changed]
    made = [*making.community(changed, known[changed]), *making.across(known)]
    assert len(made) > 2 * 5
    for path in (f"communities/{changed}", f"sectors/{setup.communities[changed].sector}"):
        for file in drafts.glob(f"{PAGES}/{kept.digests[path]}*"):
            file.unlink()  # the draft after this draws them too


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
    return replace(setup, communities=communities, explanations={}), _sealed(few, rows)


def _moved(table: ReleasedTable, community: str) -> ReleasedTable:
    rows = table.rows
    own = (rows["community"] == community) & (rows["status"] == "released") & (rows["measure"] == "value")
    return _sealed(table, rows.assign(estimate=rows["estimate"].where(~own, rows["estimate"] + 0.1)))


def _sealed(table: ReleasedTable, rows: pd.DataFrame) -> ReleasedTable:
    return replace(table, rows=rows, seal=released._SEAL)  # they were released already
