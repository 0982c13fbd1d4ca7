"""What the templates may name: one dataclass a page, its fields are the template's variables."""

from dataclasses import dataclass, field

from lcmonitor.errors import Language
from lcmonitor.reporting.parts import (
    Account,
    Answers,
    Brand,
    Changes,
    Download,
    EditionEntry,
    Fact,
    Finding,
    Level,
    Link,
    Method,
    Network,
    Plot,
    Quotes,
    Results,
    Table,
    Temple,
    Tile,
    Together,
    Withheld,
)


@dataclass(frozen=True)
class Page:
    """What every page has."""

    language: Language
    title: str
    kicker: str
    heading: str
    edition: str
    simulated: bool
    home: Link | None
    languages: tuple[Link, ...]
    contents: tuple[Link, ...]
    csv: str
    footer: tuple[str, ...]
    methods: Link | None = None  # to the methods page, from every other page of an edition
    about: tuple[str, ...] = ()  # which edition, of when, and whom to ask
    brand: Brand = field(default_factory=Brand)


@dataclass(frozen=True)
class CommunityPage:
    """communities/<id>.<language>.html."""

    page: Page
    facts: tuple[Fact, ...]
    tiles: tuple[Tile, ...]
    participation_note: str
    by_type: Plot | None
    findings: tuple[Finding, ...]
    temple: Temple
    levels: tuple[Level, ...]
    balances: tuple[Plot, ...]
    results: Results
    network: Network | None
    answers: Answers
    changes: Changes
    withheld: Withheld
    methods: tuple[Method, ...]
    symbols: tuple[Fact, ...]


@dataclass(frozen=True)
class ProgrammePage:
    """programme.<language>.html."""

    page: Page
    facts: tuple[Fact, ...]
    tiles: tuple[Tile, ...]
    findings: tuple[Finding, ...]
    portfolio: Table
    unnamed: str
    participation: Plot | None
    levels: tuple[Level, ...]
    context: tuple[Plot, ...]
    beside: tuple[Table, ...]
    balances: tuple[Plot, ...]
    results: Results
    blocks: Table
    together: tuple[Together, ...]
    answers: Answers
    changes: Changes
    withheld: Withheld
    methods: tuple[Method, ...]
    symbols: tuple[Fact, ...]


@dataclass(frozen=True)
class EditionPage:
    """index.<language>.html: the reports of one edition."""

    page: Page
    facts: tuple[Fact, ...]
    programme: Link
    programme_csv: str
    communities: Table
    data: tuple[Download, ...]
    cite: tuple[str, ...]


@dataclass(frozen=True)
class EditionsPage:
    """index.html beside the editions, in the programme's first language."""

    page: Page
    newest: EditionEntry
    older: tuple[EditionEntry, ...]


@dataclass(frozen=True)
class MembersPage:
    """members.html.j2: for the community itself."""

    page: Page
    intro: str
    quotes: tuple[Quotes, ...]


@dataclass(frozen=True)
class ReceiptPage:
    """One page a file, the languages one after the other."""

    page: Page
    accounts: tuple[Account, ...]
