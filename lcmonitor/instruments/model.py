"""A codebook: scales, items, constructs and forms, as they hold on one day."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[dict[Literal["nl", "en"], str], Field(min_length=2)]
Level = Literal["individual", "organisation", "society"]
Pillar = Literal["purpose", "structure", "process", "culture", "foundation"]
Cycle = Literal[
    "immediate", "potential", "applied", "realised", "reframing", "strategic", "enabling"
]  # of value creation


class Part(BaseModel):
    """A frozen piece of content; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Scale(Part):
    """Answer codes in their order. ``missing`` codes say why there is no answer; they never count as one."""

    codes: dict[int, Text]
    missing: dict[int, Text] = {}
    agrees_from: int | None = None  # the lowest code that counts as agreeing; None: no share is made

    @property
    def low(self) -> int:
        """The lowest answer code."""
        return min(self.codes)

    @property
    def high(self) -> int:
        """The highest answer code."""
        return max(self.codes)


class Item(Part):
    """One question. ``text`` is how the report quotes it; ``also``: other wordings that exports carry."""

    text: Text
    type: Literal["scale", "number", "partner", "consent"] = "scale"
    scale: str | None = None  # of a scale item
    reversed: bool = False
    kind: Literal["state", "attribution"] = "state"  # attribution: level only, never over time
    core: bool = False
    sensitive: bool = False
    cycle: Cycle | None = None
    also: tuple[str, ...] = ()


class Construct(Part):
    """Items that belong together. ``formative``: parts that are reported apart and never averaged."""

    title: Text
    items: tuple[str, ...]
    kind: Literal["state", "attribution"] = "state"
    level: Level | None = None
    pillar: Pillar | None = None
    block: str | None = None  # of blocks.yml; its ambition is what the experience is set against
    formative: bool = False


class Division(Part):
    """Number items that share out a whole, such as 100 points over working, learning and innovating."""

    title: Text
    parts: dict[str, str]  # name of the part, as a profile's intended mix uses it -> item
    total: float = 100
    tolerance: float = 1
    block: str | None = None


class Form(Part):
    """A questionnaire for one kind of respondent."""

    title: Text
    items: tuple[str, ...]
    modules: dict[str, tuple[str, ...]] = {}  # optional sets; a missing module is "not asked"
    population: Literal["participants", "partners", "unknown"] = "unknown"  # whose number N is
    key: str | None = None  # 'token': the same person can be followed over waves


class Version(Part):
    """What changed from a day on. ``change`` is merged into the codebook, value by value."""

    since: date = Field(alias="from")
    change: dict[str, Any]
    breaks: tuple[str, ...] = ()  # items whose series stops here although their scale did not change
    reference: str = ""


class Codebook(Part):
    """An instrument as written, with the dated changes to it."""

    id: str
    title: Text
    scales: dict[str, Scale]
    constructs: dict[str, Construct] = {}
    divisions: dict[str, Division] = {}
    items: dict[str, Item]
    forms: dict[str, Form]
    versions: tuple[Version, ...] = ()


class Indicator(Part):
    """What is computed: a statistic of a construct, an item, a division or the response itself."""

    title: Text
    statistic: Literal[
        "mean", "share", "distribution", "balance", "mix_distance", "response", "coverage", "reliability"
    ]
    of: str | None = None  # a construct, item or division; None: of the response
    form: str
    level: Level | None = None
    pillar: Pillar | None = None
    kind: Literal["state", "attribution"] = "state"
    unit: Text
    reading: Text  # how to read the figure, one sentence
    by: tuple[Literal["partner_type"], ...] = ()
    headline: bool = False  # may be named among the findings


class Block(Part):
    """A building block of the temple. ``evidence``: C named by the model's authors, c by others, I by us."""

    code: str
    pillar: Pillar
    title: Text
    evidence: Literal["C", "c", "I"]
    source: str


class SectorPack(Part):
    """What a sector changes: words, extra items, the length of a cycle. Never a core item's meaning."""

    title: Text
    cycle_weeks: tuple[int, int]
    vocabulary: dict[str, Text] = {}
    change: dict[str, Any] = {}
