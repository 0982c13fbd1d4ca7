"""Which mapping file belongs to an export."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports.table import RawTable
from lcmonitor.instruments.load import Instrument
from lcmonitor.instruments.model import ExportMapping
from lcmonitor.wording import comparable


@dataclass(frozen=True)
class Wanted:
    """What is known of an export before its columns are: a mapping file may not contradict it.

    ``waves``: the one that the export is said to be of, or else those of its dates; none: it has none.
    """

    community: str
    form: str | None
    waves: frozenset[str]

    def agrees(self, mapping: ExportMapping, tool: str) -> bool:
        """Whether the mapping file says nothing else."""
        return (
            mapping.tool in (None, tool)
            and mapping.community in (None, self.community)
            and (mapping.wave is None or self.waves <= {mapping.wave})
            and self.form in (None, mapping.form)
        )


def choose(table: RawTable, instrument: Instrument, wanted: Wanted) -> ExportMapping | None:
    """The mapping file whose every heading is in the export; of several the one with most of them.

    Raises ExportError: LCM-207 two of them fit equally well, LCM-442 the one that fits best is unfinished.
    """
    drafts = {draft.file: draft.mapping for draft in instrument.unfinished.values()}
    fitting, begun = (_fitting(table, mappings, wanted) for mappings in (instrument.mappings, drafts))
    best = max(map(_fit, fitting.values()), default=(-1, 0))
    better = [file for file, mapping in begun.items() if _fit(mapping) > best]
    if better:
        raise ExportError(Message("LCM-442", table.source.file, {"found": ", ".join(better)}))
    names = sorted(name for name, mapping in fitting.items() if _fit(mapping) == best)
    if len(names) > 1:
        raise ExportError(Message("LCM-207", table.source.file, {"found": ", ".join(names)}))
    return fitting[names[0]] if names else None


def _fitting(
    table: RawTable, mappings: Mapping[str, ExportMapping], wanted: Wanted
) -> dict[str, ExportMapping]:
    words = {words for column in table.columns for words in (column.heading, column.text) if words}
    headings = {comparable(heading) for heading in words}
    events = {comparable(event) for event in table.facts["event"].unique().to_pylist() if event}
    return {
        name: mapping
        for name, mapping in mappings.items()
        if wanted.agrees(mapping, table.source.tool) and _describes(mapping, headings, events)
    }


def _describes(mapping: ExportMapping, headings: Set[str], events: Set[str]) -> bool:
    """All mapped headings are there; a file without any is known by what it ignores, or fits every export.

    A file that gives events a wave is for exports with such events.
    """
    mapped = {comparable(heading) for heading in mapping.columns}
    passed_over = {comparable(heading) for heading in mapping.ignore}
    of_events = not mapping.waves or any(comparable(event) in events for event in mapping.waves)
    return (
        of_events and mapped <= headings and (bool(mapped) or not passed_over or bool(passed_over & headings))
    )


def _fit(mapping: ExportMapping) -> tuple[int, int]:
    particulars = (mapping.tool, mapping.community, mapping.wave, mapping.waves or None)
    return len(mapping.columns), sum(value is not None for value in particulars)
