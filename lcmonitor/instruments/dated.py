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
class DatedCodebook:
    """The codebook from a day on; ``since`` None: from the beginning."""

    since: date | None
    codebook: Codebook


def overlay(base: Document, source: Document, at: Location) -> Document:
    """``base`` with the change at ``at`` in ``source`` merged in; every value keeps its own place.

    Mappings merge key by key, anything else replaces what was there, and null takes it away.
    """
    change = source.data
    for part in at[:-1]:
        change = change[part]
    change = change.get(at[-1], {}) if isinstance(change, Mapping) else change[at[-1]]
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


def dated_codebooks(files: Files, problems: Problems) -> dict[str | None, list[DatedCodebook]]:
    """The codebook as it holds from each day on: without a sector (None), and in each sector.

    A row with a mistake in any of its codebooks is left out, its messages are kept.
    """
    assert files.codebook is not None
    written = files.codebook
    problems.add(checks.of_versions(written.document, written.value))
    plain = _since_versions(written, files, problems)
    rows: dict[str | None, list[DatedCodebook]] = {None: [dated for dated, _ in plain if dated]}
    for sector, pack in files.packs.items():
        changed = [_in_sector(dated, document, pack, files, problems) for dated, document in plain]
        rows[sector] = [dated for dated in changed if dated]
    return {sector: row for sector, row in rows.items() if len(row) == len(plain)}


def _since_versions(
    written: Written[Codebook], files: Files, problems: Problems
) -> list[tuple[DatedCodebook | None, Document]]:
    """The codebook from the beginning, and after each version."""
    document = replace(written.document, data={**written.document.data, "versions": []})
    row = [(_checked(None, document, files, problems), document)]
    for index, version in enumerate(written.value.versions):
        document = overlay(document, written.document, ("versions", index, "change"))
        dated = _checked(version.since, document, files, problems)
        if dated:
            problems.add(checks.of_breaks(written.document, version, index, dated.codebook))
        row.append((dated, document))
    return row


def _in_sector(
    plain: DatedCodebook | None,
    document: Document,
    pack: Written[SectorPack],
    files: Files,
    problems: Problems,
) -> DatedCodebook | None:
    """``plain``: the codebook without the sector; None if that is wrong itself."""
    wrong = list(trespasses(pack.document, pack.value.change, plain.codebook)) if plain else []
    problems.add(wrong)
    if wrong:
        return None
    since = plain.since if plain else None
    return _checked(since, overlay(document, pack.document, ("change",)), files, problems)


def _checked(
    since: date | None, document: Document, files: Files, problems: Problems
) -> DatedCodebook | None:
    """The document as a codebook; None if anything is wrong in it."""
    codebook = problems.attempt(lambda: parse(document, Codebook))
    if codebook is None:
        return None
    wrong = list(checks.of_codebook(document, codebook, files.blocks))
    problems.add(wrong)
    return None if wrong else DatedCodebook(since, codebook)


def holding_on(row: Iterable[DatedCodebook], day: date) -> Codebook:
    """The last codebook that had begun on ``day``; the first one has always begun."""
    begun = [dated for dated in row if dated.since is None or dated.since <= day]
    return begun[-1].codebook
