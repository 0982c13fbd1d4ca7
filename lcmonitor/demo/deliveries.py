"""The exports that the communities send, in the order in which they send them: the bad days included."""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from lcmonitor.demo.census import Census, censuses
from lcmonitor.demo.evidence import Period, periods
from lcmonitor.demo.mistakes import before_correction, from_zero
from lcmonitor.demo.networks import Network, networks
from lcmonitor.demo.plan import FOLDER, Plan, load_plan
from lcmonitor.demo.replies import replies
from lcmonitor.demo.writers import TOOLS
from lcmonitor.demo.writers.sheet import Choice, Sheet
from lcmonitor.errors import Message, UsageError
from lcmonitor.programme.load import Setup, load_workspace
from lcmonitor.programme.model import Community, Wave
from lcmonitor.programme.workspace import Workspace

TEMPLATE = FOLDER / "workspace"
LATER = "correction"  # folder of what is not sent yet, beside the inbox
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Delivery:
    """One file: who sends it, when, written by which tool."""

    community: str
    wave: str  # '': of all
    form: str
    tool: str
    sheet: Sheet
    sent: datetime
    note: str = ""  # part of the file's name
    later: bool = False  # not yet

    @property
    def name(self) -> str:
        """Says what it is, and that it is simulated."""
        parts = [self.form, self.wave, self.note, "simulated"]
        return "-".join(part for part in parts if part) + TOOLS[self.tool].suffix


def write(root: Path) -> None:
    """Make the simulated workspace in ``root``: its files, and an inbox with everything that was sent.

    Raises UsageError (LCM-363) if the folder holds anything but an earlier simulation.
    """
    prepare(root)
    send(root)


def prepare(root: Path) -> None:
    """The workspace without its exports. Raises as ``write``."""
    _refuse_other_contents(root)
    shutil.copytree(TEMPLATE, root, dirs_exist_ok=True)


def send(root: Path) -> None:
    """The exports. The same seed gives the same bytes; the times of the files are those of the deliveries."""
    workspace = Workspace(root)
    for delivery in deliveries(load_workspace(root), load_plan()):
        folder = root / LATER if delivery.later else workspace.inbox
        path = folder / delivery.community / delivery.name
        path.parent.mkdir(parents=True, exist_ok=True)
        TOOLS[delivery.tool].write(path, delivery.sheet)
        os.utime(path, (delivery.sent.timestamp(),) * 2)


def _refuse_other_contents(root: Path) -> None:
    own = (TEMPLATE / "programme.yml").read_bytes()
    found = root / "programme.yml"
    if root.exists() and any(root.iterdir()) and not (found.is_file() and found.read_bytes() == own):
        raise UsageError(Message("LCM-363", str(root)))


def deliveries(setup: Setup, plan: Plan) -> list[Delivery]:
    """Every export, oldest first; no two are sent at the same moment."""
    made = [delivery for census in censuses(setup, plan) for delivery in _of(census, plan)]
    made += [delivery for period in periods(setup, plan) for delivery in _of_records(period, plan)]
    made += [_of_network(network, plan) for network in networks(setup, plan)]
    made = list(_exported(made, plan))
    made.sort(key=lambda delivery: (delivery.sent, delivery.community, delivery.name))
    return [replace(each, sent=each.sent + timedelta(minutes=nth)) for nth, each in enumerate(made)]


def _exported(made: Iterable[Delivery], plan: Plan) -> Iterator[Delivery]:
    """Each wave by itself, but in one file what a community answered to a form that stays open."""
    kept_open: dict[tuple[str, str, str], list[Delivery]] = defaultdict(list)
    for delivery in made:
        if delivery.form in plan.running:
            kept_open[delivery.community, delivery.form, delivery.note].append(delivery)
        else:
            yield delivery
    yield from map(_in_one_file, kept_open.values())


def _in_one_file(waves: Sequence[Delivery]) -> Delivery:
    """As it is exported after the last of them; the tool counted on from wave to wave."""
    last, replies = waves[-1], (reply for each in waves for reply in each.sheet.replies)
    counted = tuple(replace(reply, number=nth) for nth, reply in enumerate(replies, 1))
    title = last.sheet.title.removesuffix(f" {last.wave}")
    return replace(last, wave="", sheet=replace(last.sheet, title=title, replies=counted))


def _of(census: Census, plan: Plan) -> Iterator[Delivery]:
    place = census.community.id, census.wave.id, census.form
    event = next((event for event in plan.events if event.hits(*place)), None)
    tool = plan.communities[census.community.id].tool
    sheet, sent = _sheet(census, plan, TOOLS[tool].keeps_unfinished), _sent(census.wave)
    right = Delivery(*place, tool, sheet, sent)
    if event is None:
        yield right
    elif event.kind == "miscoded":
        yield replace(right, sheet=from_zero(sheet))
        yield replace(right, sent=sent + _WEEK, note="recoded")
    elif event.kind == "corrected":
        yield replace(right, sheet=before_correction(sheet, event, plan.seed))
        yield replace(right, sent=sent + _WEEK, note="corrected", later=event.after)


def _of_records(period: Period, plan: Plan) -> Iterator[Delivery]:
    place = period.community.id, period.wave.id, plan.evidence.form
    simulated = plan.communities[period.community.id]
    title = period.codebook.forms[plan.evidence.form].title[simulated.language]
    sheet = Sheet(
        title=f"{period.community.name} {title} {period.wave.id}",
        codebook=period.codebook,
        items=period.items,
        replies=period.replies,
        language=simulated.language,
        partners={},
        stem=title,
    )
    if not any(event.kind == "not_sent" and event.hits(*place) for event in plan.events):
        yield Delivery(*place, simulated.tool, sheet, _sent(period.wave))


def _of_network(network: Network, plan: Plan) -> Delivery:
    community, wave, form = network.community, network.wave, network.form
    language = plan.communities[community.id].language
    sheet = Sheet(
        title=f"{community.name} {network.codebook.forms[form].title[language]} {wave.id}",
        codebook=network.codebook,
        items=network.items,
        replies=network.replies,
        language=language,
        partners=_choices(community),
        stem="",
    )
    return Delivery(community.id, wave.id, form, plan.networks[community.id].tool, sheet, _sent(wave))


def _sent(wave: Wave) -> datetime:
    return datetime.combine(wave.closes, time(9), UTC) + timedelta(days=2)


def _choices(community: Community) -> dict[str, Choice]:
    return {p.id: Choice(p.name, p.also[0] if p.also else p.id) for p in community.partners}


def _sheet(census: Census, plan: Plan, keeps_unfinished: bool) -> Sheet:
    simulated = plan.communities[census.community.id]
    language = simulated.language
    form = census.codebook.forms[census.form].title[language]
    return Sheet(
        title=f"{census.community.name} {form} {census.wave.id}",
        codebook=census.codebook,
        items=census.items,
        replies=replies(census, plan, keeps_unfinished),
        language=language,
        partners=_choices(census.community),
        stem=plan.stem[language],
    )
