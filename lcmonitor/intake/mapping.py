"""Which mapping file belongs to an export."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports.table import RawTable
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


def choose(table: RawTable, mappings: Mapping[str, ExportMapping], wanted: Wanted) -> ExportMapping | None:
    """The mapping file whose every heading is in the export; of several the one with most of them.

    Raises ExportError: LCM-207 two of them fit equally well.
    """
    words = {words for column in table.columns for words in (column.heading, column.text) if words}
    headings = {comparable(heading) for heading in words}
    fitting = {
        name: mapping
        for name, mapping in mappings.items()
        if wanted.agrees(mapping, table.source.tool) and _describes(mapping, headings)
    }
    if not fitting:
        return None
    best = max(_fit(mapping) for mapping in fitting.values())
    names = sorted(name for name, mapping in fitting.items() if _fit(mapping) == best)
    if len(names) > 1:
        raise ExportError(Message("LCM-207", table.source.file, {"found": ", ".join(names)}))
    return fitting[names[0]]


def _describes(mapping: ExportMapping, headings: Iterable[str]) -> bool:
    """All mapped headings are there; a file without any is known by what it ignores, or fits every export."""
    mapped = {comparable(heading) for heading in mapping.columns}
    passed_over = {comparable(heading) for heading in mapping.ignore}
    return mapped <= set(headings) and (bool(mapped) or not passed_over or bool(passed_over & set(headings)))


def _fit(mapping: ExportMapping) -> tuple[int, int]:
    particulars = (mapping.tool, mapping.community, mapping.wave)
    return len(mapping.columns), sum(value is not None for value in particulars)
