"""The files of an instrument's folder, each parsed; what they say of each other is checked later."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, RootModel

from lcmonitor.documents import Document, Problems, Written, load, load_as, parse
from lcmonitor.instruments.families import Declared
from lcmonitor.instruments.model import Block, Codebook, Indicator, SectorPack
from lcmonitor.instruments.unfinished import Mappings, read_mappings

Model = TypeVar("Model", bound=BaseModel)


class Blocks(RootModel[dict[str, Block]]):
    """blocks.yml: slug -> building block."""


class Singles(RootModel[dict[str, Indicator]]):
    """indicators.yml without what declares families: id -> indicator."""


@dataclass(frozen=True)
class Files:
    """Everything that parsed; None, or absent: it did not, and its messages are kept."""

    codebook: Written[Codebook] | None
    blocks: Mapping[str, Block] | None
    declared: Written[Declared] | None
    singles: Written[Singles] | None
    packs: Mapping[str, Written[SectorPack]]
    unread_packs: bool
    mappings: Mappings


def read_files(folder: Path, root: Path, workspace: Path | None, problems: Problems) -> Files:
    """Only codebook.yml must be there. ``workspace``: with mapping files of its own."""
    codebook = problems.attempt(lambda: load_as(folder / "codebook.yml", root, Codebook))
    blocks = problems.attempt(lambda: parse(_optional(folder / "blocks.yml", root), Blocks))
    indicators = problems.attempt(lambda: _optional(folder / "indicators.yml", root))
    packs = _each(folder / "sectors", root, SectorPack, problems)
    mappings = read_mappings(folder / "exports", root, problems)
    if workspace:
        own = workspace / "surveys" / folder.name / "exports"
        mappings |= read_mappings(own, workspace, problems)
    return Files(
        codebook,
        blocks.root if blocks else None,
        _part(indicators, Declared, problems),
        _part(indicators, Singles, problems),
        packs,
        len(packs) < len(list((folder / "sectors").glob("*.yml"))),
        mappings,
    )


def _optional(path: Path, root: Path) -> Document:
    return load(path, root) if path.exists() else Document(path.relative_to(root).as_posix(), {}, {})


def _part(document: Document | None, model: type[Model], problems: Problems) -> Written[Model] | None:
    """What the file says about families, or the rest of it."""
    if document is None:
        return None
    if isinstance(document.data, dict):
        declares = model is Declared
        kept = {k: v for k, v in document.data.items() if (k in Declared.model_fields) == declares}
        document = replace(document, data=kept)
    value = problems.attempt(lambda: parse(document, model))
    return Written(document, value) if value else None


def _each(folder: Path, root: Path, model: type[Model], problems: Problems) -> dict[str, Written[Model]]:
    """The files of a folder by their name; those that do not parse are left out."""
    reads = {path.stem: _attempt(path, root, model, problems) for path in sorted(folder.glob("*.yml"))}
    return {name: read for name, read in reads.items() if read}


def _attempt(path: Path, root: Path, model: type[Model], problems: Problems) -> Written[Model] | None:
    return problems.attempt(lambda: load_as(path, root, model))
