"""A codebook as it held on a day and in a sector: dated and sectoral changes laid over the base."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lcmonitor.documents import Document, Location, Problems, Written, parse
from lcmonitor.instruments import checks
from lcmonitor.instruments.files import Files
from lcmonitor.instruments.model import Codebook, SectorPack
from lcmonitor.instruments.sectors import trespasses


@dataclass(frozen=True)
class Edition:
    """The codebook from a day on; ``since`` None: from the beginning."""

    since: date | None
    codebook: Codebook


def overlay(base: Document, source: Document, at: Location) -> Document:
    """``base`` with the change at ``at`` in ``source`` merged in; every value keeps its own place.

    Mappings merge key by key, anything else replaces what was there, and null takes it away.
    """
    change = source.data
    for part in at:
        change = change[part]
    moved = {place[len(at) :]: where for place, where in source.places.items() if place[: len(at)] == at}
    moved.pop((), None)
    return Document(base.name, _merge(base.data, change), {**base.places, **moved})


def _merge(base: Mapping[Any, Any], change: Mapping[Any, Any]) -> dict[Any, Any]:
    merged = dict(base)
    for key, value in change.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, Mapping):
            inner = base.get(key)
            merged[key] = _merge(inner if isinstance(inner, Mapping) else {}, value)
        else:
            merged[key] = value
    return merged


def editions_of(files: Files, problems: Problems) -> dict[str | None, list[Edition]]:
    """Every edition of the codebook: without a sector (None), and in each sector.

    A row with a mistake in any of its editions is left out, its messages are kept.
    """
    assert files.codebook is not None
    written = files.codebook
    problems.add(checks.of_versions(written.document, written.value))
    plain = _dated(written, files, problems)
    editions: dict[str | None, list[Edition]] = {None: [edition for edition, _ in plain if edition]}
    for sector, pack in files.packs.items():
        changed = [_in_sector(edition, document, pack, files, problems) for edition, document in plain]
        editions[sector] = [edition for edition in changed if edition]
    return {sector: row for sector, row in editions.items() if len(row) == len(plain)}


def _dated(
    written: Written[Codebook], files: Files, problems: Problems
) -> list[tuple[Edition | None, Document]]:
    """The codebook from the beginning, and after each version."""
    document = replace(written.document, data={**written.document.data, "versions": []})
    row = [(_edition(None, document, files, problems), document)]
    for index, version in enumerate(written.value.versions):
        document = overlay(document, written.document, ("versions", index, "change"))
        edition = _edition(version.since, document, files, problems)
        if edition:
            problems.add(checks.of_breaks(written.document, version, index, edition.codebook))
        row.append((edition, document))
    return row


def _in_sector(
    plain: Edition | None,
    document: Document,
    pack: Written[SectorPack],
    files: Files,
    problems: Problems,
) -> Edition | None:
    """``plain``: the edition without the sector; None if that is wrong itself."""
    wrong = list(trespasses(pack.document, pack.value.change, plain.codebook)) if plain else []
    problems.add(wrong)
    if wrong:
        return None
    since = plain.since if plain else None
    return _edition(since, overlay(document, pack.document, ("change",)), files, problems)


def _edition(since: date | None, document: Document, files: Files, problems: Problems) -> Edition | None:
    """The document as a codebook; None if anything is wrong in it."""
    codebook = problems.attempt(lambda: parse(document, Codebook))
    if codebook is None:
        return None
    wrong = list(checks.of_codebook(document, codebook, files.blocks))
    problems.add(wrong)
    return None if wrong else Edition(since, codebook)


def holding_on(editions: Iterable[Edition], day: date) -> Codebook:
    """The codebook of the last edition that had begun on ``day``; the first one has always begun."""
    begun = [edition for edition in editions if edition.since is None or edition.since <= day]
    return begun[-1].codebook
