"""A workspace as a whole: its programme, its communities, its instrument, checked against each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lcmonitor import resources
from lcmonitor.documents import Problems, Written, load_as
from lcmonitor.errors import Message, WorkspaceError
from lcmonitor.instruments.load import Instrument, load_instrument
from lcmonitor.instruments.model import Codebook
from lcmonitor.programme import checks, look
from lcmonitor.programme.model import Community, Programme, Wave
from lcmonitor.programme.workspace import Workspace


@dataclass(frozen=True)
class Setup:
    """Everything that was written down before the first answer came in."""

    workspace: Workspace
    programme: Programme
    communities: Mapping[str, Community]
    instrument: Instrument

    def codebook(self, community: Community, wave: Wave) -> Codebook:
        """What the community was asked: the instrument of the wave's first day, with the sector's changes."""
        return self.instrument.at(wave.opens, community.sector)


def load_workspace(root: Path) -> Setup:
    """Read and check all files of the workspace.

    Raises WorkspaceError with a message for everything that is wrong in any of them.
    """
    workspace, problems = Workspace(root), Problems()
    if not workspace.programme.is_file():
        raise WorkspaceError(Message("LCM-340", str(root)))
    programme = problems.attempt(lambda: load_as(workspace.programme, root, Programme))
    instrument = problems.attempt(lambda: _instrument(workspace, programme)) if programme else None
    communities = _communities(workspace, problems)
    if programme:
        problems.add(checks.of_programme(programme.document, programme.value))
        problems.add(look.wrong(programme.document, programme.value.look, root))
    context = checks.Context(programme.value if programme else None, instrument)
    for community in communities:
        problems.add(checks.of_community(community.document, community.value, context))
    if problems.messages or not programme or not instrument:
        raise WorkspaceError(*problems.messages)
    by_id = {community.value.id: community.value for community in communities}
    return Setup(workspace, programme.value, by_id, instrument)


def finished(root: Path) -> Setup:
    """As ``load_workspace``, which passes over mapping files with questions in them: here they are wrong."""
    setup = load_workspace(root)
    questions = [each for draft in setup.instrument.unfinished.values() for each in draft.questions]
    if questions:
        raise WorkspaceError(*questions)
    return setup


def _communities(workspace: Workspace, problems: Problems) -> list[Written[Community]]:
    files = sorted(workspace.communities.glob("*.yml"))
    others = [file for file in sorted(workspace.communities.glob("*")) if file not in files]
    unread = [file.name for file in others if file.suffix.lower() in (".yaml", ".yml")]
    problems.add(Message("LCM-367", f"{workspace.communities.name}/{name}") for name in unread)
    if not files and not unread:
        problems.add([Message("LCM-362", workspace.communities.name)])
    reads = [_attempt(file, workspace.root, problems) for file in files]
    return [read for read in reads if read]


def _attempt(file: Path, root: Path, problems: Problems) -> Written[Community] | None:
    return problems.attempt(lambda: load_as(file, root, Community))


def _instrument(workspace: Workspace, programme: Written[Programme]) -> Instrument:
    """The programme's own instrument of that name, or the shipped one with the programme's mapping files."""
    name, places = programme.value.instrument, (workspace.surveys, resources.SURVEYS)
    for surveys in places:
        if (surveys / name / "codebook.yml").is_file():
            shipped = surveys != workspace.surveys
            return load_instrument(surveys / name, surveys.parent, workspace.root if shipped else None)
    known = {file.parent.name for surveys in places for file in surveys.glob("*/codebook.yml")}
    found = {"found": name, "allowed": ", ".join(sorted(known))}
    raise WorkspaceError(programme.document.message("LCM-344", ("instrument",), **found))
