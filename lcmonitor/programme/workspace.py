"""The folder that a programme owns, and where everything in it lies."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Workspace:
    """Paths, and whether something is there: nothing is read or made here."""

    root: Path

    @property
    def programme(self) -> Path:
        """Name, waves, thresholds."""
        return self.root / "programme.yml"

    @property
    def communities(self) -> Path:
        """One file a community."""
        return self.root / "communities"

    @property
    def surveys(self) -> Path:
        """The programme's own instruments; they go before the shipped ones."""
        return self.root / "surveys"

    @property
    def report_overrides(self) -> Path:
        """The programme's own templates and texts; they go before the shipped ones."""
        return self.root / "reports"

    @property
    def inbox(self) -> Path:
        """Exports are dropped in a folder per community."""
        return self.root / "inbox"

    @property
    def data(self) -> Path:
        """Private: nothing in here is for reading by people."""
        return self.root / "data"

    @property
    def store(self) -> Path:
        """The one database that is written."""
        return self.data / "store.duckdb"

    @property
    def archive(self) -> Path:
        """Every export that was taken in, named by its SHA-256."""
        return self.data / "archive"

    @property
    def secret_file(self) -> Path:
        """The key that makes panel keys of tokens."""
        return self.data / "secret.key"

    def participants(self, community: str) -> Path:
        """Who takes part, a name a line, so that no open answer names them."""
        return self.data / "participants" / f"{community}.txt"

    def members_page(self, community: str, wave: str) -> Path:
        """What members wrote in their own words: for the community itself, so it is never published."""
        return self.data / "members" / wave / f"{community}.html"

    @property
    def drafts(self) -> Path:
        """One folder per edition that is not approved: beside ``published``, so that no reader comes past."""
        return self.root / "drafts"

    @property
    def approvals(self) -> Path:
        """Per edition who approved which bytes."""
        return self.data / "approvals"

    @property
    def deliveries(self) -> Path:
        """What was mailed to whom, without an address."""
        return self.data / "sent"

    @property
    def revisions(self) -> Path:
        """Why figures were corrected or methods changed, in people's words."""
        return self.root / "revisions.yml"

    @property
    def office(self) -> Path:
        """What came in, with its numbers of rows: for the programme office, so it is never published."""
        return self.data / "office"

    @property
    def published(self) -> Path:
        """What may leave."""
        return self.root / "published"

    @property
    def analysis(self) -> Path:
        """The snapshot that analysts open."""
        return self.published / "analysis.duckdb"

    @property
    def receipts(self) -> Path:
        """One account per export."""
        return self.published / "receipts"

    @property
    def reports(self) -> Path:
        """One folder per edition."""
        return self.published / "reports"

    def publishes(self, edition: str | None) -> bool:
        """Whether an edition is approved; until then it lies among the drafts, or nowhere."""
        return edition is not None and (self.reports / edition).is_dir()

    @property
    def pdfs(self) -> Path:
        """Reports as PDF, in a folder per edition."""
        return self.published / "pdf"
