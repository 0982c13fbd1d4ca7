"""Pages that were made before: a community or a sector of which nothing has changed is not drawn again.

They are kept as they are before they have the name of an edition, as each edition has another.
"""

import hashlib
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from lcmonitor import resources
from lcmonitor.errors import Language
from lcmonitor.instruments.load import Instrument
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave
from lcmonitor.reporting.brand import brand
from lcmonitor.reporting.edition_id import of_instrument
from lcmonitor.reporting.figures import ACROSS, Figures
from lcmonitor.reporting.revision import Change, Whose
from lcmonitor.reporting.sector_page import sectors
from lcmonitor.reporting.style import policy, quoted

_LIBRARIES = ("jinja2", "vl-convert-python")
PAGES = ".pages"  # the folder, beside the drafts
_Said = tuple[str, bytes]  # a community's profile, and the hash of its figures
UNNAMED = "0EDITION0WITHOUT0NAME0"  # letters and digits, so that a style holds it as it is


@dataclass(frozen=True)
class KeptPages:
    """Pages in a folder, which may be emptied. ``digests``: of what each of them says, by its path."""

    folder: Path
    digests: Mapping[str, str]

    def has(self, path: str, language: Language) -> bool:
        """Whether there is one; it may still turn out to be damaged."""
        return self._file(path, language).is_file()

    def page(self, path: str, language: Language) -> bytes | None:
        """None: it was not drawn before, or not kept whole."""
        try:
            return zlib.decompress(self._file(path, language).read_bytes())
        except (FileNotFoundError, zlib.error):
            return None

    def keep(self, path: str, language: Language, page: bytes) -> None:
        """For the editions to come."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(path, language)
        draft = file.with_name(f"{file.name}.draft")
        draft.write_bytes(zlib.compress(page, 1))
        draft.replace(file)

    def forget_others(self, languages: Collection[Language]) -> None:
        """All that is of another edition only."""
        own = {self._file(path, language) for path in self.digests for language in languages}
        for file in set(self.folder.glob("*")) - own:
            file.unlink(missing_ok=True)

    def _file(self, path: str, language: Language) -> Path:
        return self.folder / f"{self.digests[path]}.{language}"


def named(page: bytes, edition: str) -> bytes:
    """The page of an edition, of one that has no name yet."""
    before, style, after = _parted(page.decode())
    own = style.replace(UNNAMED, quoted(edition)[1:-1])
    head = before.replace(policy(style), policy(own))
    return "".join((head.replace(UNNAMED, edition), own, after.replace(UNNAMED, edition))).encode()


def _parted(html: str) -> tuple[str, str, str]:
    before, begin, rest = html.partition("<style>")
    style, end, after = rest.partition("</style>")
    return before + begin, style, end + after


def digests(
    known: Mapping[str, Figures], setup: Setup, wave: Wave, since: str | None, changes: Sequence[Change]
) -> Mapping[str, str]:
    """By path, of each page that is kept everything that it says and is made with, as a hash.

    ``known``: the figures of all communities, and of all together.
    """
    instrument = [part.model_dump_json() for part in of_instrument(setup.instrument)]
    alike = (_made_with(setup.workspace.report_overrides), setup.programme.model_dump_json(), *instrument)
    order = (_order(setup.instrument), brand(setup), wave.id, since)
    shared = hashlib.sha256(repr((alike, order)).encode()).digest()
    told = {name: _said(setup, name, known) for name in setup.communities}
    pages: dict[str, tuple[object, ...]] = {
        f"communities/{name}": (said, _explained(setup, name), _about([Whose(name)], changes))
        for name, said in told.items()
    }
    pages |= {f"sectors/{name}": _of_sector(setup, name, known, told, changes) for name in sectors(setup)}
    return {path: hashlib.sha256(shared + repr(page).encode()).hexdigest() for path, page in pages.items()}


def _order(instrument: Instrument) -> tuple[object, ...]:
    """A page follows that of the files."""
    sectors = [(name, list(own)) for name, own in instrument.sector_indicators.items()]
    return list(instrument.indicators), list(instrument.blocks), list(instrument.sectors), sectors


def _said(setup: Setup, name: str, known: Mapping[str, Figures]) -> _Said:
    """Of a community; figures among other communities are in no report of one, nor of its sector."""
    return setup.communities[name].model_dump_json(), known.get(name, Figures()).own_digest


def _explained(setup: Setup, name: str) -> list[str]:
    explained = setup.explanations.get(name, {})
    return [f"{wave} {explained[wave].model_dump_json()}" for wave in sorted(explained)]


def _of_sector(
    setup: Setup,
    sector: str,
    known: Mapping[str, Figures],
    told: Mapping[str, _Said],
    changes: Sequence[Change],
) -> tuple[object, ...]:
    own = setup.instrument.sector_indicators[sector]
    together = known.get(ACROSS, Figures()).of_sector(sector, own).digest
    theirs = [one.id for one in setup.communities.values() if one.sector == sector]
    whose = [Whose(sector=sector), *map(Whose, theirs)]
    return together, [told[name] for name in theirs], _about(whose, changes)


def _about(whose: Collection[Whose], changes: Sequence[Change]) -> list[Change]:
    return [change for change in changes if change.kind == "method" or change.whose in whose]


def _made_with(overrides: Path | None) -> str:
    """What turns figures into pages: our code, templates and texts, and what draws."""
    folders = (resources.PACKAGE, resources.REPORTS, *([overrides] if overrides else []))
    digest = hashlib.sha256("".join(map(version, _LIBRARIES)).encode())
    for folder in folders:
        for file in _files(folder):
            digest.update(str(file.relative_to(folder)).encode() + file.read_bytes())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(file for file in folder.rglob("*") if file.is_file() and ".pyc" not in file.suffixes)
