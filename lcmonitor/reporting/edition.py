"""An edition: all reports of a wave in a folder of their own. It is made as a draft, and approved once."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.data_files import File
from lcmonitor.reporting.edition_id import edition_id
from lcmonitor.reporting.editions_page import write_drafts
from lcmonitor.reporting.figures import figures
from lcmonitor.reporting.fingerprints import Fingerprints, fingerprints
from lcmonitor.reporting.making import Making, everything
from lcmonitor.reporting.reuse import PAGES, KeptPages, digests
from lcmonitor.reporting.revision import Earlier, changes
from lcmonitor.reporting.shelf import MAKING
from lcmonitor.reporting.status import FACTS, draft_facts


@dataclass(frozen=True)
class Edition:
    """``id`` is the name of the folder; ``index`` lists this edition and those before it."""

    id: str
    wave: str
    folder: Path
    approved: bool = False

    @property
    def index(self) -> Path:
        """The page to open first."""
        return self.folder.parent / "index.html"


def plan(released: ReleasedTable, setup: Setup, out: Path | None = None) -> Edition | None:
    """The edition of the newest wave with figures; nothing is written. None: there are no figures.

    ``out``: where drafts lie; the workspace's own folder if it is not given.
    """
    seen = set(released.rows["wave"].unique())
    waves = [wave for wave in setup.programme.waves if wave.id in seen]
    if not waves:
        return None
    wave = max(waves, key=lambda wave: wave.opens)
    name = edition_id(figures(released), setup, wave.id)
    published = setup.workspace.reports / name
    if published.is_dir():
        return Edition(name, wave.id, published, approved=True)
    return Edition(name, wave.id, (out or setup.workspace.drafts) / name)


def publish(
    released: ReleasedTable, setup: Setup, edition: Edition, earlier: Earlier | None = None
) -> Edition:
    """Write the edition as a draft beside the others; one that is there and says the same stays as it is.

    ``earlier``: the edition that was approved last. With another one, or with reasons that were written
    since, a draft is made anew, as it says what changed.
    """
    if edition.approved:
        return edition
    wave = next(wave for wave in setup.programme.waves if wave.id == edition.wave)
    made_by = fingerprints(setup, [one for one in setup.programme.waves if one.opens <= wave.opens])
    found = changes(earlier, released.rows, setup, made_by)
    since = earlier.edition.id if earlier else None
    known = figures(released)
    kept = KeptPages(edition.folder.parent / PAGES, digests(known, setup, wave, since, found))
    making = Making(setup, wave, edition.id, kept, since, found)
    facts, there = _facts(making, made_by), edition.folder / FACTS
    if not there.is_file() or there.read_bytes() != facts:
        with whole(edition.folder) as folder:
            _write(folder, chain([(FACTS, facts)], everything(making, known)))
    write_drafts(edition.folder.parent, setup)
    return edition


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A folder to fill, which takes its name when the block has ended: it is there complete or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for leftover in target.parent.glob(f"{MAKING}*"):  # of a run that was killed
        shutil.rmtree(leftover)
    temporary = Path(tempfile.mkdtemp(prefix=MAKING, dir=target.parent))
    try:
        yield temporary
        temporary.chmod(0o755)
        if target.is_dir():
            shutil.rmtree(target)
        os.replace(temporary, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _write(folder: Path, files: Iterable[File]) -> None:
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _facts(making: Making, made_by: Fingerprints) -> bytes:
    """What the lists of editions need to know, also when the programme has changed since."""
    wave = making.wave
    facts = {
        "edition": making.edition,
        **draft_facts(FACTS),
        "wave": wave.id,
        "title": wave.title,
        "opens": wave.opens.isoformat(),
        "closes": wave.closes.isoformat(),
        "languages": list(making.setup.programme.languages),
        "since": making.since,
        "changes": [change.as_json() for change in making.changes],
        "definitions": made_by,
    }
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
