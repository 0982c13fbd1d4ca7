"""An edition: all reports of a wave in a folder of their own, made once and never changed."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.instruments.model import Indicator
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave
from lcmonitor.reporting.community_page import community_page
from lcmonitor.reporting.edition_id import edition_id
from lcmonitor.reporting.edition_page import edition_page
from lcmonitor.reporting.editions_page import write_editions
from lcmonitor.reporting.figures import ACROSS, Figures, figures
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.programme_page import programme_page
from lcmonitor.reporting.render import render
from lcmonitor.reporting.series import breaks
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.tidy import tidy
from lcmonitor.reporting.words import Words, words

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
    for path, content in _files(released, setup, edition):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _files(released: ReleasedTable, setup: Setup, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Path in the edition's folder, and what stands there."""
    wave = next(wave for wave in setup.programme.waves if wave.id == edition.wave)
    known = figures(released)
    yield "edition.json", _facts(setup, edition, wave)
    yield "programme.csv", _data(setup, known.get(ACROSS, Figures()), edition)
    for community in setup.communities.values():
        yield f"communities/{community.id}.csv", _data(setup, known.get(community.id, Figures()), edition)
    overrides = setup.workspace.report_overrides
    spoken = {language: words(language, overrides) for language in setup.programme.languages}
    frame = Frame(setup, wave, edition.id, tuple((code, said("language")) for code, said in spoken.items()))
    for said in spoken.values():
        for path, html in _pages(setup, wave, known, frame, said):
            yield path, html.encode()


def _data(setup: Setup, known: Figures, edition: Edition) -> bytes:
    indicators, waves = _indicators(setup), sorted(setup.programme.waves, key=lambda wave: wave.opens)
    return tidy(known.all, indicators, breaks(known, setup.instrument, indicators, waves), edition.id)


def _indicators(setup: Setup) -> Mapping[str, Indicator]:
    """Those of every sector together."""
    instrument = setup.instrument
    return {
        name: it
        for sector in (*instrument.sectors, None)
        for name, it in instrument.indicators_in(sector).items()
    }


def _pages(
    setup: Setup, wave: Wave, known: Mapping[str, Figures], frame: Frame, said: Words
) -> Iterator[tuple[str, str]]:
    overrides, language = setup.workspace.report_overrides, said.language
    communities = sorted(setup.communities.values(), key=lambda community: community.name.casefold())
    subjects = {one.id: Subject(setup, wave, said, known.get(one.id, Figures()), one) for one in communities}
    across = Subject(setup, wave, said, known.get(ACROSS, Figures()).but_sectors)
    yield f"index.{language}.html", render(edition_page(across, subjects, frame), said, overrides)
    yield f"programme.{language}.html", render(programme_page(across, subjects, frame), said, overrides)
    for one in communities:
        page = community_page(subjects[one.id], one, frame)
        yield f"communities/{one.id}.{language}.html", render(page, said, overrides)


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
