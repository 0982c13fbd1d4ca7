"""Pages that were made before: a community of which nothing has changed is not drawn again.

They are kept as they are before they have the name of an edition, as each edition has another.
"""

import hashlib
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

from lcmonitor import resources
from lcmonitor.disclosure.released import COLUMNS
from lcmonitor.errors import Language
from lcmonitor.instruments.load import Instrument
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave
from lcmonitor.reporting.brand import brand
from lcmonitor.reporting.edition_id import of_instrument
from lcmonitor.reporting.figures import CONTEXT
from lcmonitor.reporting.revision import Change
from lcmonitor.reporting.style import policy, quoted

_LIBRARIES = ("jinja2", "vl-convert-python")
PAGES = ".pages"  # the folder, beside the drafts
UNNAMED = "0EDITION0WITHOUT0NAME0"  # letters and digits, so that a style holds it as it is


@dataclass(frozen=True)
class KeptPages:
    """Pages in a folder, which may be emptied. ``digests``: of what each community's report says."""

    folder: Path
    digests: Mapping[str, str]

    def has(self, community: str, language: Language) -> bool:
        """Whether there is one; it may still turn out to be damaged."""
        return self._file(community, language).is_file()

    def page(self, community: str, language: Language) -> bytes | None:
        """None: it was not drawn before, or not kept whole."""
        try:
            return zlib.decompress(self._file(community, language).read_bytes())
        except (FileNotFoundError, zlib.error):
            return None

    def keep(self, community: str, language: Language, page: bytes) -> None:
        """For the editions to come."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(community, language)
        draft = file.with_name(f"{file.name}.draft")
        draft.write_bytes(zlib.compress(page, 1))
        draft.replace(file)

    def forget_others(self, languages: Collection[Language]) -> None:
        """All that is of another edition only."""
        own = {self._file(community, language) for community in self.digests for language in languages}
        for file in set(self.folder.glob("*")) - own:
            file.unlink(missing_ok=True)

    def _file(self, community: str, language: Language) -> Path:
        return self.folder / f"{self.digests[community]}.{language}"


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
    rows: pd.DataFrame, setup: Setup, wave: Wave, since: str | None, changes: Sequence[Change]
) -> Mapping[str, str]:
    """Of each community everything that its report says and is made with, as a hash.

    ``rows``: those of a ReleasedTable, of all communities.
    """
    instrument = [part.model_dump_json() for part in of_instrument(setup.instrument)]
    alike = (_made_with(setup.workspace.report_overrides), setup.programme.model_dump_json(), *instrument)
    order = (_order(setup.instrument), brand(setup), wave.id, since)
    shared = hashlib.sha256(repr((alike, order)).encode()).digest()
    figures = _figures(rows)
    return {
        name: hashlib.sha256(
            shared + figures.get(name, b"") + repr(_own(setup, name, changes)).encode()
        ).hexdigest()
        for name in setup.communities
    }


def _order(instrument: Instrument) -> tuple[object, ...]:
    """A page follows that of the files."""
    sectors = [(name, list(own)) for name, own in instrument.sector_indicators.items()]
    return list(instrument.indicators), list(instrument.blocks), list(instrument.sectors), sectors


def _own(setup: Setup, name: str, changes: Sequence[Change]) -> tuple[object, ...]:
    explained = setup.explanations.get(name, {})
    about = [change for change in changes if change.community == name or change.kind == "method"]
    texts = [f"{wave} {explained[wave].model_dump_json()}" for wave in sorted(explained)]
    return setup.communities[name].model_dump_json(), texts, about


def _figures(rows: pd.DataFrame) -> Mapping[str, bytes]:
    """By community, as a hash of each row; figures among other communities are in no report of one."""
    own = rows.loc[~rows["measure"].isin(CONTEXT).to_numpy(np.bool_), COLUMNS]
    hashes = pd.util.hash_pandas_object(own, index=False).to_numpy()
    places = own.groupby("community", observed=True, sort=False).indices
    return {str(name): hashes[np.sort(at)].tobytes() for name, at in places.items()}


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
