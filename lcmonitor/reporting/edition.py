"""An edition: all reports of a wave in a folder of their own. It is made as a draft, and approved once."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave
from lcmonitor.reporting.edition_id import edition_id
from lcmonitor.reporting.editions_page import write_drafts
from lcmonitor.reporting.figures import figures
from lcmonitor.reporting.making import Making, everything
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
    seen = set(released.rows["wave"])
    waves = [wave for wave in setup.programme.waves if wave.id in seen]
    if not waves:
        return None
    wave = max(waves, key=lambda wave: wave.opens)
    name = edition_id(released, setup, wave.id)
    published = setup.workspace.reports / name
    if published.is_dir():
        return Edition(name, wave.id, published, approved=True)
    return Edition(name, wave.id, (out or setup.workspace.drafts) / name)


def publish(released: ReleasedTable, setup: Setup, edition: Edition) -> Edition:
    """Write the edition as a draft beside the others; one that is there stays as it is."""
    if edition.approved:
        return edition
    if not edition.folder.is_dir():
        with whole(edition.folder) as folder:
            _write(folder, released, setup, edition)
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
        os.replace(temporary, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _write(folder: Path, released: ReleasedTable, setup: Setup, edition: Edition) -> None:
    for path, content in _files(released, setup, edition):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _files(released: ReleasedTable, setup: Setup, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Path in the edition's folder, and what stands there."""
    wave = next(wave for wave in setup.programme.waves if wave.id == edition.wave)
    yield FACTS, _facts(setup, edition, wave)
    yield from everything(Making(setup, wave, edition.id), figures(released))


def _facts(setup: Setup, edition: Edition, wave: Wave) -> bytes:
    """What the list of editions needs to know, also when the programme has changed since."""
    facts = {
        "edition": edition.id,
        **draft_facts(FACTS),
        "wave": wave.id,
        "title": wave.title,
        "opens": wave.opens.isoformat(),
        "closes": wave.closes.isoformat(),
        "languages": list(setup.programme.languages),
    }
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
