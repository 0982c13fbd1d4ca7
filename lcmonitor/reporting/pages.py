"""What the templates may name: one dataclass a page, its fields are the template's variables."""

from dataclasses import dataclass, field

from lcmonitor.errors import Language
from lcmonitor.reporting.accounts import Account, Drifted
from lcmonitor.reporting.brand import Brand
from lcmonitor.reporting.parts import (
    Answers,
    Changed,
    Changes,
    Download,
    EditionEntry,
    Fact,
    Finding,
    Goals,
    Heat,
    Level,
    Link,
    Method,
    Missions,
    Network,
    Noted,
    Outcomes,
    OwnWords,
    Plot,
    Quotes,
    Results,
    Status,
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
    status: Status | None = None  # of the edition that the page is of
    about: tuple[str, ...] = ()  # which edition, of when, and whom to ask
    brand: Brand = field(default_factory=Brand)


@dataclass(frozen=True)
class CommunityPage:
    """communities/<id>.<language>.html."""

    page: Page
    facts: tuple[Fact, ...]
    tiles: tuple[Tile, ...]
    changed: Changed
    participation_note: str
    by_type: Plot | None
    response: Plot | None
    findings: tuple[Finding, ...]
    own: OwnWords
    temple: Temple
    blocks: tuple[Plot, ...]
    heat: Heat | None
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
    response: Plot | None
    changed: Changed
    findings: tuple[Finding, ...]
    portfolio: Table
    unnamed: str
    explained: tuple[Link, ...]
    outcomes: Table | None
    goals: Goals | None
    missions: Missions | None
    participation: Plot | None
    levels: tuple[Level, ...]
    context: tuple[Plot, ...]
    funnels: tuple[Plot, ...]
    heat: Heat | None
    balances: tuple[Plot, ...]
    results: Results
    blocks: Table
    experience: tuple[Plot, ...]
    together: tuple[Together, ...]
    answers: Answers
    changes: Changes
    withheld: Withheld
    methods: tuple[Method, ...]
    symbols: tuple[Fact, ...]


@dataclass(frozen=True)
class SectorPage:
    """sectors/<id>.<language>.html."""

    page: Page
    facts: tuple[Fact, ...]
    tiles: tuple[Tile, ...]
    changed: Changed
    findings: tuple[Finding, ...]
    hidden: str  # why there are no outcomes; "": there are
    portfolio: Table
    unnamed: str
    vocabulary: tuple[Fact, ...]  # the general word, which is Dutch, and the sector's
    questions: tuple[Table, ...]
    outcomes: Outcomes | None
    participation: Plot | None
    context: tuple[Plot, ...]
    blocks: Table
    withheld: Withheld
    symbols: tuple[Fact, ...]


@dataclass(frozen=True)
class QualityPage:
    """quality.<language>.html: how good the data of an edition are."""

    page: Page
    facts: tuple[Fact, ...]
    changed: Changed
    waves: Table
    response: tuple[Table, ...]
    care: tuple[Table, ...]
    panel: Table
    hidden: Table
    reasons: Table
    symbols: tuple[Fact, ...]


@dataclass(frozen=True)
class OfficePage:
    """data/office/quality.<language>.html: what came in, for the programme office alone."""

    page: Page
    waves: Table
    delivered: tuple[Table, ...]  # one a wave, newest first
    files: Table
    aside: Table
    drift: tuple[Drifted, ...]


@dataclass(frozen=True)
class EditionPage:
    """index.<language>.html: the reports of one edition."""

    page: Page
    facts: tuple[Fact, ...]
    programme: Link
    programme_csv: str
    communities: Table
    sectors: Table
    quality: Link
    data: tuple[Download, ...]
    cite: tuple[str, ...]


@dataclass(frozen=True)
class EditionsPage:
    """index.<language>.html beside the editions, or beside the drafts."""

    page: Page
    kind: str
    feed: str
    corrections: str
    note: str
    newest_title: str
    older_title: str
    nothing_older: str
    newest: tuple[EditionEntry, ...]  # of drafts, one a wave
    older: tuple[EditionEntry, ...]


@dataclass(frozen=True)
class CorrectionsPage:
    """corrections.<language>.html beside the editions."""

    page: Page
    editions: tuple[Changed, ...]


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


@dataclass(frozen=True)
class LetterPage:
    """letter.html.j2: the mail that an approved edition is sent with."""

    language: Language
    subject: str
    intro: str
    caution: str
    reports: tuple[Noted, ...]
    notes: tuple[str, ...]
