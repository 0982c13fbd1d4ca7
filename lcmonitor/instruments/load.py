"""An instrument: its folder read as a whole, every reference checked, every codebook made ready."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lcmonitor.documents import Problems, Written
from lcmonitor.errors import Message, WorkspaceError
from lcmonitor.instruments import definitions
from lcmonitor.instruments.dated import DatedCodebook, dated_codebooks, holding_on
from lcmonitor.instruments.families import Declared, ids_of, indicators_of
from lcmonitor.instruments.files import Files, read_files
from lcmonitor.instruments.mappings import of_mapping
from lcmonitor.instruments.model import (
    Block,
    Codebook,
    ExportMapping,
    Family,
    Indicator,
    Scale,
    SectorPack,
    Text,
)
from lcmonitor.instruments.series import measure, measured_by
from lcmonitor.instruments.unfinished import Unfinished


@dataclass(frozen=True)
class Instrument:
    """A questionnaire with everything that is written down about it."""

    id: str
    codebook: Codebook  # as written; what was asked in a wave is ``at``
    indicators: Mapping[str, Indicator]  # of every community; a sector's own: ``indicators_in``
    blocks: Mapping[str, Block]
    sectors: Mapping[str, SectorPack]
    mappings: Mapping[str, ExportMapping]
    sector_indicators: Mapping[str, Mapping[str, Indicator]] = field(default_factory=dict)
    dated: Mapping[str | None, Sequence[DatedCodebook]] = field(default_factory=dict, repr=False)  # by sector
    unfinished: Mapping[str, Unfinished] = field(default_factory=dict)  # mapping files with questions in them

    @property
    def forms(self) -> Mapping[str, Text]:
        """Every form with its title, whenever and in whichever sector it is asked."""
        books = (dated.codebook for row in self.dated.values() for dated in row)
        return {name: form.title for book in books for name, form in book.forms.items()}

    def at(self, day: date, sector: str | None = None) -> Codebook:
        """The codebook with the dated changes up to ``day``, then the sector's. KeyError: no such sector."""
        return holding_on(self.dated[sector], day)

    def indicators_in(self, sector: str | None) -> Mapping[str, Indicator]:
        """The indicators of a community of that sector: those of every community, and the sector's own."""
        return {**self.indicators, **self.sector_indicators.get(sector or "", {})}

    @property
    def every_indicator(self) -> Mapping[str, Indicator]:
        """Those of every community and of every sector."""
        own = (its for indicators in self.sector_indicators.values() for its in indicators.items())
        return {**dict(own), **self.indicators}

    def scales_by_block(self, sector: str | None) -> Mapping[str, Sequence[Scale]]:
        """The scales of the items of each building block, whenever; a block without any is absent."""
        found: dict[str, list[Scale]] = defaultdict(list)
        for book in (dated.codebook for dated in self.dated[sector]):
            for construct in book.constructs.values():
                if construct.block is not None:
                    names = {book.items[code].scale for code in construct.items}
                    found[construct.block] += [book.scales[name] for name in names if name]
        return found

    def breaks(self, of: str, earlier: date, later: date) -> bool:
        """Whether figures of an item, construct or division on the two days must not be compared.

        So it is when its items, their answer codes or their direction changed in between, or when a version
        in between names it, or one of its items, under ``breaks``.
        """
        first, last = (self.at(day) for day in sorted((earlier, later)))
        names = {of, *measured_by(first, of), *measured_by(last, of)}
        between = [v for v in self.codebook.versions if min(earlier, later) < v.since <= max(earlier, later)]
        named = any(names.intersection(version.breaks) for version in between)
        return named or measure(first, of) != measure(last, of)


def load_instrument(folder: Path, root: Path, workspace: Path | None = None) -> Instrument:
    """Read and check all files of an instrument; errors name them by their path below ``root``.

    ``workspace``: its own ``surveys/<instrument>/exports/`` adds mapping files to those of the folder; of two
    with the same name the workspace's counts.

    Raises WorkspaceError with a message for everything that is wrong in any of them.
    """
    problems = Problems()
    files = read_files(folder, root, workspace, problems)
    dated = dated_codebooks(files, problems) if files.codebook else {}
    problems.add(_of_definitions(files, dated))
    if problems.messages or not files.codebook:
        raise WorkspaceError(*problems.messages)
    return _instrument(files, dated)


_Rows = Mapping[str | None, Sequence[DatedCodebook]]


def _of_definitions(files: Files, dated: _Rows) -> Iterator[Message]:
    """What indicators and mappings say that the codebook does not bear out; it must be right itself."""
    books = {sector: [dated.codebook for dated in row] for sector, row in dated.items()}
    if files.singles and None in books:
        yield from definitions.of_singles(files.singles.document, files.singles.value.root, books[None])
    if files.declared:
        yield from definitions.of_phrases(files.declared)
        yield from _of_families(files, files.declared, books)
    if not files.unread_packs and {None, *files.packs} <= books.keys():
        every_book = [book for row in books.values() for book in row]
        for mapping in files.mappings.finished.values():
            yield from of_mapping(mapping.document, mapping.value, every_book)


def _of_families(
    files: Files, declared: Written[Declared], books: Mapping[str | None, Sequence[Codebook]]
) -> Iterator[Message]:
    """The families of the instrument, and of each sector."""
    own = declared.value.families
    singles = set(files.singles.value.root) if files.singles else set()
    taken = singles.union(*(ids_of(family) for family in own))
    yield from definitions.of_ids(declared.document, own, singles)
    if None in books:
        yield from definitions.of_families(declared.document, own, declared.value, books[None])
    for sector, pack in files.packs.items():
        families = pack.value.families
        yield from definitions.of_ids(pack.document, families, taken)
        if sector in books:
            yield from definitions.of_families(pack.document, families, declared.value, books[sector])


def _instrument(files: Files, dated: _Rows) -> Instrument:
    """What was read, put together; only of files in which nothing is wrong."""
    assert files.codebook
    assert files.declared
    assert files.singles
    plain = _worded(files.declared.value.families, dated[None], files.declared.value)
    return Instrument(
        id=files.codebook.value.id,
        codebook=files.codebook.value,
        indicators={**plain, **files.singles.value.root},
        blocks=files.blocks or {},
        sectors={sector: pack.value for sector, pack in files.packs.items()},
        mappings={name: mapping.value for name, mapping in files.mappings.finished.items()},
        unfinished=files.mappings.unfinished,
        sector_indicators={
            sector: _worded(pack.value.families, dated[sector], files.declared.value)
            for sector, pack in files.packs.items()
        },
        dated=dated,
    )


def _worded(
    families: Sequence[Family], dated: Sequence[DatedCodebook], declared: Declared
) -> dict[str, Indicator]:
    """The indicators of families, each as the last codebook that knows its construct words it."""
    books = [dated.codebook for dated in reversed(dated)]
    found: dict[str, Indicator] = {}
    for family in families:
        for name in family.of:
            codebook = next(book for book in books if name in book.constructs)
            found |= indicators_of(family, name, codebook, declared)
    return found
