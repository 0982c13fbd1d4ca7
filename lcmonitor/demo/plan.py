"""simulation.yml: the true values of the latent model, and what goes wrong on the way."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from lcmonitor import documents
from lcmonitor.errors import Language
from lcmonitor.instruments.model import Part, Text
from lcmonitor.programme.partners import PartnerType

FOLDER = Path(__file__).parent
Share = Annotated[float, Field(ge=0, le=1)]


class Trend(Part):
    """Where a construct stands in the first wave, and how much it moves per wave."""

    start: float = 0
    step: float = 0

    def at(self, wave: int) -> float:
        """Its position in wave number ``wave``, counted from 0."""
        return self.start + self.step * wave


class Spread(Part):
    """Standard deviations on the answer scale, and the chance to stay from one wave to the next."""

    spread: float
    view: float
    moment: float
    stays: Share


class Habits(Part):
    """How people answer: chances, and the concentration of a Dirichlet distribution."""

    dont_know: Share
    left_empty: Share
    refuses: Share
    breaks_off: Share
    stops_late: Share
    points_spread: float = Field(gt=0)


class Identity(Part):
    """Patterns of what a tool records about people; blanks: number, byte."""

    name: str
    email: str
    ip: str


class Simulated(Part):
    """One community: its tool, its own truth, and how many of its people answer, wave by wave."""

    tool: str
    language: Language
    level: float = 0
    constructs: Mapping[str, Trend] = {}
    mix: dict[str, tuple[dict[str, float], ...]]
    modules: dict[str, tuple[str, ...]]
    responds: dict[str, tuple[float, ...]]
    records: tuple[int, ...] = ()  # new ones in each wave
    staff: int = Field(ge=1)  # who answer a form whose population is not registered
    previews: int = 0


class Evidence(Part):
    """How records come about: weights of the codes of an item, and what becomes of them from wave to wave."""

    form: str
    weights: dict[str, dict[int, float]]
    key: str  # the item that names a record
    texts: dict[str, Text]  # blank: number
    grows: dict[str, Share]  # item -> the chance that its code goes up by one in a next wave


class Roster(Part):
    """How organisations stand to each other: a position on the scale of each item, cut into its codes."""

    together: float  # spread of what two organisations have with each other
    says: float  # spread of how one of them sees it
    lead: float  # nearer to the lead organisation
    opens: str  # the item that is asked first: the others only where its answer is not the lowest
    items: dict[str, Trend]


class Survey(Part):
    """The form about the other organisations, as one community sends it: wave -> share that answers."""

    tool: str
    responds: dict[str, Share]


class Event(Part):
    """A bad day. ``changed`` responses are put right and ``late`` ones added in the second export.

    ``after``: that one is not in the inbox; it waits for an edition that is approved, to be seen corrected.
    """

    kind: Literal["not_sent", "miscoded", "corrected"]
    community: str
    wave: str
    form: str | None = None  # None: every form
    changed: int = 0
    late: int = 0
    after: bool = False

    def hits(self, community: str, wave: str, form: str) -> bool:
        """Whether it is about this export."""
        return (self.community, self.wave) == (community, wave) and self.form in (None, form)


class Plan(Part):
    """The whole simulation."""

    seed: int
    person: Spread
    answers: Habits
    identity: Identity
    stem: Text
    constructs: dict[str, Trend]
    routes: Mapping[str, tuple[PartnerType, ...]] = {}
    running: frozenset[str] = frozenset()  # forms that stay open over the waves
    evidence: Evidence
    communities: dict[str, Simulated]
    roster: Roster
    networks: Mapping[str, Survey] = {}
    events: tuple[Event, ...] = ()

    def mean(self, community: str, construct: str, wave: int) -> float:
        """The latent mean of a construct; one that is not listed is like ``other``."""
        simulated = self.communities[community]
        own = simulated.constructs.get(construct, Trend())
        common = self.constructs.get(construct, self.constructs["other"])
        return common.at(wave) + own.at(wave) + simulated.level


def load_plan() -> Plan:
    """The shipped simulation."""
    return documents.parse(documents.load(FOLDER / "simulation.yml", FOLDER), Plan)
