"""An edition: all reports of a wave in a folder of their own, made once and never changed."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave
from lcmonitor.reporting.edition_id import edition_id
from lcmonitor.reporting.editions_page import write_editions
from lcmonitor.reporting.figures import figures
from lcmonitor.reporting.making import Making, everything

SUMS = "SHA256SUMS"  # of all other files, as sha256sum --check reads it
_MAKING = ".making-"  # the folder of an edition until it is whole


@dataclass(frozen=True)
class Edition:
    """``id`` is the name of the folder; ``index`` lists this edition and those before it."""

    id: str
    wave: str
    folder: Path

    @property
    def index(self) -> Path:
        """The page to open first."""
        return self.folder.parent / "index.html"


def plan(released: ReleasedTable, setup: Setup, out: Path | None = None) -> Edition | None:
    """The edition of the newest wave with figures; nothing is written. None: there are no figures.

    ``out``: where editions lie; the workspace's own folder if it is not given.
    """
    seen = set(released.rows["wave"])
    waves = [wave for wave in setup.programme.waves if wave.id in seen]
    if not waves:
        return None
    wave = max(waves, key=lambda wave: wave.opens)
    name = edition_id(released, setup, wave.id)
    return Edition(name, wave.id, (out or setup.workspace.reports) / name)


def publish(released: ReleasedTable, setup: Setup, edition: Edition) -> Edition:
    """Write the edition beside the others and rename it into place; one that is there stays as it is."""
    if not edition.folder.is_dir():
        edition.folder.parent.mkdir(parents=True, exist_ok=True)
        for leftover in edition.folder.parent.glob(f"{_MAKING}*"):  # of a run that was killed
            shutil.rmtree(leftover)
        temporary = Path(tempfile.mkdtemp(prefix=_MAKING, dir=edition.folder.parent))
        try:
            _write(temporary, released, setup, edition)
            temporary.chmod(0o755)
            os.replace(temporary, edition.folder)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    write_editions(edition.folder.parent, setup)
    return edition


def _write(folder: Path, released: ReleasedTable, setup: Setup, edition: Edition) -> None:
    hashes = {}
    for path, content in _files(released, setup, edition):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        hashes[path] = hashlib.sha256(content).hexdigest()
    listed = "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes))
    (folder / SUMS).write_text(listed, encoding="utf-8")


def _files(released: ReleasedTable, setup: Setup, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Path in the edition's folder, and what stands there."""
    wave = next(wave for wave in setup.programme.waves if wave.id == edition.wave)
    yield "edition.json", _facts(setup, edition, wave)
    yield from everything(Making(setup, wave, edition.id), figures(released))


def _facts(setup: Setup, edition: Edition, wave: Wave) -> bytes:
    """What the list of editions needs to know, also when the programme has changed since."""
    facts = {
        "edition": edition.id,
        "wave": wave.id,
        "title": wave.title,
        "opens": wave.opens.isoformat(),
        "closes": wave.closes.isoformat(),
        "languages": list(setup.programme.languages),
    }
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
