"""A codebook: scales, items, constructs and forms, as they hold on one day."""

from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from lcmonitor.errors import LANGUAGES, Language


def _translated(value: Any) -> Any:
    """Every text is there in every language: a missing one has its own code."""
    if isinstance(value, dict):
        missing = [language for language in LANGUAGES if not value.get(language)]
        if missing:
            raise PydanticCustomError("LCM-306", "missing translation", {"language": ", ".join(missing)})
    return value


Text = Annotated[dict[Language, str], BeforeValidator(_translated)]
CODES = range(-100, 128)  # one byte in the store; below -100 lie the reasons for no answer
Code = Annotated[int, Field(ge=CODES[0], le=CODES[-1])]
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

    codes: Annotated[dict[Code, Text], Field(min_length=2)]
    missing: dict[Code, Text] = {}
    also: dict[Code, tuple[str, ...]] = {}  # other labels that exports carry for a code
    agrees_from: int | None = None  # the lowest code that counts as agreeing; None: no share is made

    @property
    def low(self) -> int:
        """The lowest answer code."""
        return min(self.codes)

    @property
    def high(self) -> int:
        """The highest answer code."""
        return max(self.codes)

    @property
    def labels(self) -> tuple[tuple[str, int], ...]:
        """Every label that an export may carry, in both languages and in other words, with its code."""
        named = [
            (text, code) for code, texts in (self.codes | self.missing).items() for text in texts.values()
        ]
        return (*named, *((text, code) for code, texts in self.also.items() for text in texts))


class Item(Part):
    """One question. ``text`` is how the report quotes it; ``also``: other wordings that exports carry.

    A consent item's scale says which answers consent: those from its ``agrees_from`` on. A text or date item
    is an open question: its column is known, its answers are passed over and never stored. Those of a text
    item with ``keep: masked`` are kept without personal data, for the community itself. A key item names a
    record: what it says is never stored either, but tells that a later response is the same record.
    """

    text: Text
    type: Literal["scale", "number", "partner", "consent", "text", "date", "key"] = "scale"
    scale: str | None = None  # of a scale item or a consent item
    reversed: bool = False
    kind: Literal["state", "attribution"] = "state"  # attribution: level only, never over time
    core: bool = False
    sensitive: bool = False
    cycle: Cycle | None = None
    keep: Literal["masked"] | None = None
    also: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is answered in words or with a date, which nothing is computed of."""
        return self.type in ("text", "date")


class Construct(Part):
    """Items that belong together. ``formative``: parts that are reported apart and never averaged."""

    title: Text
    items: Annotated[tuple[str, ...], Field(min_length=1)]
    kind: Literal["state", "attribution"] = "state"
    level: Level | None = None
    pillar: Pillar | None = None
    block: str | None = None  # of blocks.yml; its ambition is what the experience is set against
    formative: bool = False
    cycle: Cycle | None = None  # of value creation, if it holds what is credited in that cycle
    needed: int | None = Field(None, ge=1)  # answers that make a score; None: half of the items


class Division(Part):
    """Number items that share out a whole, such as 100 points over working, learning and innovating."""

    title: Text
    question: Text | None = None  # what the items share out, in words
    parts: dict[str, str]  # name of the part, as a profile's intended mix uses it -> item
    labels: dict[str, Text] = {}  # of the parts, short
    total: float = 100
    tolerance: float = 1
    pillar: Pillar | None = None
    block: str | None = None


WEIGHTS = ("partner_type", "size")  # what is known of everyone eligible, by their partner


class Form(Part):
    """A questionnaire for one kind of respondent. ``roster``: items asked of each of the other partners."""

    title: Text
    items: tuple[str, ...]
    modules: dict[str, tuple[str, ...]] = {}  # optional sets; a missing module is "not asked"
    roster: tuple[str, ...] = ()
    population: Literal["participants", "partners", "unknown"] = "unknown"  # whose number N is
    key: str | None = None  # 'token': the same person can be followed over waves
    counts: Literal["people", "records"] = "people"  # records: a response is something that is recorded
    weights: tuple[str, ...] = ()  # of WEIGHTS: respondents weigh so that their mix is that of the eligible

    @property
    def asked(self) -> tuple[str, ...]:
        """Every item that this form may ask, modules and roster included."""
        return (*self.items, *(item for module in self.modules.values() for item in module), *self.roster)


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


Statistic = Literal[
    "mean",
    "share",
    "distribution",
    "consensus",
    "balance",
    "mix_distance",
    "response",
    "coverage",
    "reliability",
    "association",
    "reach",
    "representativeness",
    "quality",
    "intention",
    "records",
    "record_share",
    "cofunding",
    "private_share",
    "sme_share",
    "milestones",
    "density",
    "reciprocity",
    "ei_index",
    "centralisation",
    "rating",
    "diversity",
    "attendance",
    "retention",
]
OF_RECORDS = ("records", "record_share")  # of forms that count records
OF_PROFILE = ("cofunding", "private_share", "sme_share", "milestones")  # of no form: the communities' files


class Indicator(Part):
    """What is computed: a statistic of a construct, an item, a division or the response itself.

    The distribution of a construct is that of each of its items: its parts are called ``<item>:<code>``,
    those of an item's distribution ``<code>``.
    """

    title: Text
    statistic: Statistic
    of: str | None = None  # a construct, item or division; None: of the response
    form: str  # "", and not written down: of what the communities' files say
    level: Level | None = None
    pillar: Pillar | None = None
    kind: Literal["state", "attribution"] = "state"
    unit: Text
    reading: Text  # how to read the figure, one sentence
    by: tuple[Literal["partner_type"], ...] = ()
    headline: bool = False  # may be named among the findings
    # Of an association: constructs, and those that each of them is set beside. Both have a mean on the form.
    among: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _of_no_form(cls, value: Any) -> Any:
        profile = isinstance(value, dict) and value.get("statistic") in OF_PROFILE
        return {"form": "", **value} if profile else value


class Block(Part):
    """A building block of the temple. ``evidence``: C named by the model's authors, c by others, I by us."""

    code: str
    pillar: Pillar
    title: Text
    evidence: Literal["C", "c", "I"]
    source: str


class Family(Part):
    """The regular indicators of constructs that one form asks: one a construct and statistic.

    Its id is ``<construct>-<statistic>``, or ``<construct>-<suffix>-<statistic>``.
    """

    form: str
    of: tuple[str, ...]
    statistics: tuple[Statistic, ...]
    headline: tuple[Statistic, ...] = ()  # which of them may be named among the findings
    by_partner_type: tuple[Statistic, ...] = ()  # which of them are also made for each type of partner
    suffix: str = ""
    told_by: Text | None = None  # who says so, put behind the title


class SectorPack(Part):
    """What a sector changes: words, extra items, the length of a cycle. Never a core item's meaning."""

    title: Text
    cycle_weeks: tuple[int, int]  # from, to: how long one round of trying and reflecting usually takes
    vocabulary: dict[str, Text] = {}  # the instrument's word in Dutch -> the sector's word
    change: dict[str, Any] = {}  # merged into the codebook: additions, and other words for what is not core
    families: tuple[Family, ...] = ()  # the indicators of the constructs that it adds


class Phrases(Part):
    """How the indicators of a family are called and read. Blanks: see instruments/families.py."""

    title: Text
    unit: Text
    reading: Text
    turned: Text | None = None  # said behind it when answers to reversed items are turned round


OPEN = "???"  # in a mapping file: a person has still to say


def _settled(value: Any) -> Any:
    """A question that was left open is no answer; a heading may follow it."""
    if isinstance(value, str) and value.startswith(OPEN):
        heading = value.removeprefix(OPEN).strip()
        raise PydanticCustomError("LCM-441", "left open", {"key": heading} if heading else {})
    return value


_T = TypeVar("_T")
_Settled = Annotated[_T, BeforeValidator(_settled)]


class ExportMapping(Part):
    """An export that does not use our item codes; ``exports/<name>.yml``."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    form: str
    tool: str | None = None  # None, here and below: of any
    community: str | None = None
    wave: str | None = None
    columns: dict[str, _Settled[str]] = {}  # heading -> item
    values: dict[str, dict[str, _Settled[int]]] = {}  # item -> what a cell says -> code
    waves: dict[str, _Settled[str]] = {}  # event of the project -> wave, whatever the date
    ignore: tuple[_Settled[str], ...] = ()  # headings passed over; ``[AF]``: the column with that letter
