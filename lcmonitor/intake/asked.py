"""What respondents were asked, looked up by code and by words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lcmonitor.exports.headings import key
from lcmonitor.exports.table import Column
from lcmonitor.instruments.model import Codebook, ExportMapping, Item, Scale
from lcmonitor.instruments.rosters import on_rosters
from lcmonitor.intake.codes import Reading, labels_of, reading
from lcmonitor.intake.responses import Missing
from lcmonitor.intake.roster import AboutPartner, on_roster
from lcmonitor.wording import comparable


@dataclass(frozen=True)
class Elsewhere:
    """Questions that this community was not asked: code or plain words -> the sector packs that have it."""

    community: str
    sector: str | None
    packs: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """What respondents were asked: each codebook, and beside it the same one without its sector's words.

    Items on rosters are laid out over the community's partners.
    """

    codebooks: tuple[Codebook, ...]
    general: tuple[Codebook, ...]
    mapping: ExportMapping | None = None
    elsewhere: Elsewhere | None = None
    written: tuple[Codebook, ...] = ()  # each codebook as it is written: its rosters not laid out
    by_roster: Mapping[str, frozenset[str]] = field(default_factory=dict)  # as in roster.names
    _known: dict[tuple[int, ...], Mapping[str, int]] = field(default_factory=dict, repr=False, compare=False)

    def scales(self, item: str, codebook: Codebook) -> list[Scale]:
        """The item's scale in ``codebook``, then the general wording of that scale."""
        name = codebook.items[item].scale
        beside = [
            general for own, general in zip(self.codebooks, self.general, strict=True) if own is codebook
        ]
        return [book.scales[name] for book in (codebook, *beside) if name is not None and name in book.scales]

    def reading(self, item: str, codebook: Codebook, column: Column) -> Reading:
        """How the cells of ``column`` are read as answers to ``item``."""
        scales = self.scales(item, codebook)
        return reading(scales[0], self._labels(scales), column, self.own_values(item))

    def _labels(self, scales: Sequence[Scale]) -> Mapping[str, int]:
        """Of most items the same."""
        key = tuple(map(id, scales))  # they live as long as this
        if key not in self._known:
            self._known[key] = labels_of(scales)
        return self._known[key]

    def own_values(self, item: str) -> Mapping[str, int]:
        """What the mapping file says that texts mean."""
        values = self.mapping.values if self.mapping else {}
        about = self.about_partners.get(item) if item not in values else None
        return values.get(about.item if about else item, {})

    @cached_property
    def about_partners(self) -> Mapping[str, AboutPartner]:
        """The items that are about one partner, by their codes."""
        return on_roster(self.codebooks)

    def is_point(self, column: Column, item: str) -> bool:
        """Whether the column's part is a point of the item's scale."""
        for codebook in self.codebooks:
            definition = codebook.items.get(item)
            if definition and definition.scale:
                code = self.reading(item, codebook, column).code(column.part)
                if code in codebook.scales[definition.scale].codes or code == Missing.NOT_APPLICABLE:
                    return True
        return False

    def items(self) -> Iterable[tuple[str, Item]]:
        """Every item in every wording."""
        for book in (*self.codebooks, *self.general):
            yield from book.items.items()

    @cached_property
    def by_words(self) -> Mapping[str, frozenset[str]]:
        """Plain wording -> the items that are worded so."""
        found: dict[str, set[str]] = defaultdict(set)
        for code, item in self.items():
            for words in (*item.text.values(), *item.also):
                found[comparable(words)].add(code)
        return {words: frozenset(items) for words, items in found.items()}

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every item code."""
        return frozenset(code for code, _ in self.items())

    @cached_property
    def by_bare_code(self) -> Mapping[str, frozenset[str]]:
        """A code in letters and digits -> the items whose code that may be."""
        found: dict[str, set[str]] = defaultdict(set)
        for code in self.codes:
            found[key(code)].add(code)
        return {bare: frozenset(items) for bare, items in found.items()}

    @cached_property
    def rosters(self) -> Mapping[str, str]:
        """The code, in letters and digits, and every wording of each item on a roster -> the item."""
        found: dict[str, str] = {}
        for book in self.written:
            for code in sorted(on_rosters(book)):
                item = book.items[code]
                words = (*item.text.values(), *item.also)
                found |= {key(code): code, **{comparable(wording): code for wording in words}}
        return found

    @cached_property
    def mapped(self) -> Mapping[str, str]:
        """Plain heading -> item, from the mapping file."""
        columns = self.mapping.columns if self.mapping else {}
        return {comparable(heading): item for heading, item in columns.items()}

    @cached_property
    def ignored(self) -> frozenset[str]:
        """Plain headings that the mapping file passes over."""
        return frozenset(comparable(heading) for heading in (self.mapping.ignore if self.mapping else ()))
