"""Communities × waves as one dense axis of cells, and what the programme's files say of each cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lcmonitor.indicators.plans import Plan, plan_for
from lcmonitor.indicators.sums import Floats, Integers, Level
from lcmonitor.instruments.load import Instrument
from lcmonitor.instruments.model import Codebook
from lcmonitor.instruments.series import measured_by
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Population, Wave
from lcmonitor.programme.partners import Partner

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Cell:
    """A community in a wave, and the codebook that held for it."""

    community: Community
    wave: Wave
    codebook: Codebook


@dataclass(frozen=True, eq=False)
class Grid:
    """Cell ``c * len(waves) + w`` is community c in wave w; waves in the order of their days."""

    cells: tuple[Cell, ...]
    communities: tuple[str, ...]
    waves: tuple[str, ...]
    partner_types: tuple[str, ...]
    instrument: Instrument
    fewest: int  # respondents, from which a figure is shown
    fewest_across: int  # … from which one across communities is

    @property
    def size(self) -> int:
        """The number of cells."""
        return len(self.cells)

    @cached_property
    def wave(self) -> Integers:
        """The wave's place, of each cell."""
        return np.tile(np.arange(len(self.waves)), len(self.communities))

    @cached_property
    def community(self) -> Integers:
        """The community's place, of each cell."""
        return np.repeat(np.arange(len(self.communities)), len(self.waves))

    @cached_property
    def _codebook(self) -> Integers:
        """The place in ``codebooks`` of each cell's codebook."""
        places = {id(book): at for at, book in enumerate(self.codebooks)}
        return np.array([places[id(cell.codebook)] for cell in self.cells], dtype=np.intp)

    @cached_property
    def codebooks(self) -> tuple[Codebook, ...]:
        """Every codebook that held somewhere."""
        return tuple({id(cell.codebook): cell.codebook for cell in self.cells}.values())

    @cached_property
    def sectors(self) -> Integers:
        """The place in ``group_values`` of each community's sector; −1: it has none."""
        places = {name: at for at, name in enumerate(self.group_values)}
        cells = self.cells[:: max(len(self.waves), 1)]
        return np.array([places.get(cell.community.sector or "", -1) for cell in cells], dtype=np.intp)

    def numbers(self, of: Callable[[Cell], float | None]) -> Floats:
        """One number a cell, NaN where there is none."""
        return np.array([of(cell) for cell in self.cells], dtype=np.float64)  # None becomes NaN

    def silence(self, form: str) -> str:
        """What it means that nobody answered a form: one about the other partners is used by who wants to."""
        optional = any(book.forms[form].roster for book in self.codebooks if form in book.forms)
        return "not_asked" if optional else "not_answered"

    def population(self, form: str) -> Floats:
        """N of the form in each cell."""
        return self.numbers(
            lambda cell: (
                cell.community.eligible_in(cell.wave, cell.codebook.forms[form].population)
                if form in cell.codebook.forms
                else None
            )
        )

    def typed_population(self, form: str) -> Floats:
        """N of the form by cell × partner type (flat), NaN where it is not known by partner."""
        return np.array([self._by_type(cell, form) for cell in self.cells], dtype=np.float64).reshape(-1)

    def _by_type(self, cell: Cell, form: str) -> list[float | None]:
        population = cell.codebook.forms[form].population if form in cell.codebook.forms else "unknown"
        totals: dict[str, float] = {}
        for partner in self.active[cell.community.id, cell.wave.id]:
            people = _partner_population(cell, partner.id, population)
            totals[partner.type] = totals.get(partner.type, 0) + (np.nan if people is None else people)
        return [totals.get(kind) for kind in self.partner_types]

    @cached_property
    def active(self) -> Mapping[tuple[str, str], tuple[Partner, ...]]:
        """The partners that took part at the close of a wave, by community and wave."""
        return {(c.community.id, c.wave.id): c.community.partners_on(c.wave.closes) for c in self.cells}

    @cached_property
    def active_ids(self) -> list[set[str]]:
        """Of each cell those of its ``active`` partners."""
        return [{partner.id for partner in partners} for partners in self.active.values()]

    def eligible(self, cell: Cell, partner: Partner, form: str) -> float:
        """N of the form at one partner; NaN: not known."""
        people = _partner_population(cell, partner.id, cell.codebook.forms[form].population)
        return np.nan if people is None else people

    def active_partners(self, typed: bool) -> Floats:
        """Their number: of each cell, or flat over cell × partner type."""
        if not typed:
            return np.array([len(partners) for partners in self.active.values()], dtype=np.float64)
        rows = [
            [sum(partner.type == kind for partner in partners) for kind in self.partner_types]
            for partners in self.active.values()
        ]
        return np.array(rows, dtype=np.float64).reshape(-1)

    @cached_property
    def present_types(self) -> Mask:
        """Whether a cell has an active partner of a type, flat over cell × partner type."""
        present = [{partner.type for partner in partners} for partners in self.active.values()]
        rows = [[kind in types for kind in self.partner_types] for types in present]
        return np.array(rows, dtype=bool).reshape(-1)

    def ambition(self, of: str) -> Floats:
        """The community's own ambition for the building block of a construct, made before the wave."""
        blocks = [book.constructs[of].block if of in book.constructs else None for book in self.codebooks]
        return np.array(
            [own.get(blocks[book] or "") for own, book in zip(self._ambitions, self._codebook, strict=True)],
            dtype=np.float64,
        )

    @cached_property
    def _ambitions(self) -> list[dict[str, float]]:
        """Of each cell, by building block."""
        return [
            {
                filling.block: own
                for filling in reversed(cell.community.blocks)
                if filling.holds_on(cell.wave.closes) and (own := filling.ambition_for(cell.wave)) is not None
            }
            for cell in self.cells
        ]

    def strives(self, of: str) -> bool:
        """Whether ``of`` belongs to a building block, for which a community can have an ambition."""
        return any(of in book.constructs and book.constructs[of].block for book in self.codebooks)

    def sensitive(self, of: str) -> bool:
        """Whether any item behind ``of`` ever was."""
        return any(book.items[i].sensitive for book in self.codebooks for i in measured_by(book, of))

    def intended(self, division: str, parts: Sequence[str]) -> Floats:
        """The community's own intended shares (parts × cells), NaN where it has none."""
        rows = [_intended(cell, division, parts) for cell in self.cells]
        return np.array(rows, dtype=np.float64).T

    @cached_property
    def contexts(self) -> Mapping[str, tuple[str, ...]]:
        """What a community's figures may be seen by: of each cell the sector, scale and phase; "": none."""
        profiles = [cell.community.profile_on(cell.wave.closes) for cell in self.cells]
        return {
            "sector": tuple(cell.community.sector or "" for cell in self.cells),
            "scale": tuple(profile.scale if profile else "" for profile in profiles),
            "phase": tuple(profile.phase if profile else "" for profile in profiles),
        }

    @cached_property
    def group_values(self) -> tuple[str, ...]:
        """The names of all groups: partner types first, in their order."""
        contexts = sorted({name for names in self.contexts.values() for name in names if name})
        return tuple(dict.fromkeys([*self.partner_types, *contexts]))

    @cached_property
    def expected(self) -> Mask:
        """Cells of communities that had started and not ended."""
        return np.array([_runs(cell) for cell in self.cells], dtype=bool)

    def breaks(self, of: str) -> Mask:
        """Waves × waves: whether figures of ``of`` must not be compared between them."""
        days = [cell.wave.opens for cell in self.cells[: len(self.waves)]]
        return np.array([[self.instrument.breaks(of, one, two) for two in days] for one in days], dtype=bool)

    def plans(self, of: str) -> tuple[tuple[Plan, ...], Integers]:
        """The different ways in which ``of`` was measured, and which of them each cell has (−1: none)."""
        plans = [plan_for(of, codebook) for codebook in self.codebooks]
        distinct = {plan: None for plan in plans if plan is not None}
        places = {plan: at for at, plan in enumerate(distinct)}
        by_codebook = np.array([-1 if plan is None else places[plan] for plan in plans], dtype=np.intp)
        return tuple(distinct), by_codebook[self._codebook]


def _intended(cell: Cell, division: str, parts: Sequence[str]) -> list[float]:
    profile = cell.community.profile_on(cell.wave.closes)
    mix = profile.intended.get(division, {}) if profile else {}
    whole = sum(mix.get(part, 0.0) for part in parts)
    return [mix.get(part, 0.0) / whole if whole > 0 else np.nan for part in parts]


def _runs(cell: Cell) -> bool:
    community, wave = cell.community, cell.wave
    last = community.ended or community.ends
    return community.started <= wave.closes and (last is None or wave.opens <= last)


def _partner_population(cell: Cell, partner: str, population: Population) -> int | None:
    if population == "partners":
        return 1
    return cell.community.eligible_of(partner, cell.wave) if population == "participants" else None


def grid(setup: Setup) -> Grid:
    """Every community in every wave."""
    waves = sorted(setup.programme.waves, key=lambda wave: wave.opens)
    communities = [setup.communities[name] for name in sorted(setup.communities)]
    codebooks = {
        (wave.id, sector): setup.instrument.at(wave.opens, sector)
        for wave in waves
        for sector in {community.sector for community in communities}
    }
    cells = [Cell(c, wave, codebooks[wave.id, c.sector]) for c in communities for wave in waves]
    types = sorted({partner.type for community in communities for partner in community.partners})
    return Grid(
        tuple(cells),
        tuple(c.id for c in communities),
        tuple(wave.id for wave in waves),
        tuple(types),
        setup.instrument,
        setup.programme.privacy.respondents,
        setup.programme.privacy.across_respondents,
    )


@dataclass(frozen=True)
class Placed:
    """Where the engine's groups belong: cell, and cell × partner type; −1 where unknown."""

    cells: Level
    types: Level
    known_partner: Mask
    active_partner: Mask

    def level(self, group_by: str) -> Level:
        """The groups of a figure."""
        return self.types if group_by else self.cells


def place(groups: pa.Table, grid: Grid) -> Placed:
    """Match the engine's groups to the grid; communities and waves that the setup does not have drop out."""
    cell = cells_of(groups, grid)
    community = np.where(cell >= 0, cell // len(grid.waves), -1)
    partner_names = groups["partner"].combine_chunks().dictionary_encode()
    code = partner_names.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    types = _types(grid, partner_names.dictionary.to_pylist())
    kind = np.where((code >= 0) & (community >= 0), types[community, code], -1)
    flat = np.where((cell >= 0) & (kind >= 0), cell * len(grid.partner_types) + kind, -1)
    active = _active(grid, cell, groups["partner"].to_pylist())
    return Placed(Level(cell, grid.size), Level(flat, grid.size * len(grid.partner_types)), code >= 0, active)


def cells_of(groups: pa.Table, grid: Grid) -> Integers:
    """The cell of each row, by its community and wave; −1 where the setup does not have them."""
    community = _index(groups["community"], grid.communities)
    wave = _index(groups["wave"], grid.waves)
    return np.where((community >= 0) & (wave >= 0), community * len(grid.waves) + wave, -1)


def _active(grid: Grid, cell: Integers, partners: list[str | None]) -> Mask:
    active = grid.active_ids
    return np.array([at >= 0 and name in active[at] for at, name in zip(cell, partners, strict=True)], bool)


def still_active(groups: pa.Table, grid: Grid, cell: Integers) -> Mask:
    """Of groups, whether the partner takes part in another ``cell`` too; so do those of no known partner."""
    names = groups["partner"].to_pylist()
    return _active(grid, cell, names) | (np.array([name is None for name in names], bool) & (cell >= 0))


def _types(grid: Grid, partners: list[str]) -> Integers:
    """Communities × partners: the partner's type, −1 for one that the community does not have.

    A last column stands for no partner.
    """
    place = {name: at for at, name in enumerate(partners)}
    kinds = {name: at for at, name in enumerate(grid.partner_types)}
    result = np.full((len(grid.communities), len(partners) + 1), -1, dtype=np.intp)
    for at, cell in enumerate(grid.cells[:: len(grid.waves)]):
        for partner in cell.community.partners:
            if partner.id in place:
                result[at, place[partner.id]] = kinds[partner.type]
    return result


def _index(column: pa.ChunkedArray, names: tuple[str, ...]) -> Integers:
    found = pc.index_in(column, pa.array(names, pa.string())).fill_null(-1)
    places: Integers = found.to_numpy().astype(np.intp)
    return places
