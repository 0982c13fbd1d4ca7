"""A workspace as a whole: its programme, its communities, its instrument, checked against each other."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from lcmonitor import resources
from lcmonitor.documents import Problems, Written, load_as
from lcmonitor.errors import Message, WorkspaceError
from lcmonitor.instruments.load import Instrument, load_instrument
from lcmonitor.instruments.model import Codebook
from lcmonitor.programme import checks, explanations, goals, look
from lcmonitor.programme.explanations import Explanations
from lcmonitor.programme.model import Community, Programme, Wave
from lcmonitor.programme.recipients import of_recipients
from lcmonitor.programme.revisions import Revision, Revisions, of_revisions
from lcmonitor.programme.workspace import Workspace


@dataclass(frozen=True)
class Setup:
    """Everything that was written down before the first answer came in."""

    workspace: Workspace
    programme: Programme
    communities: Mapping[str, Community]
    instrument: Instrument
    explanations: Mapping[str, Mapping[str, Explanations]] = field(default_factory=dict)  # by community, wave
    revisions: tuple[Revision, ...] = ()

    def codebook(self, community: Community, wave: Wave) -> Codebook:
        """What the community was asked: the instrument of the wave's first day, with the sector's changes."""
        return self.instrument.at(wave.opens, community.sector)

    @cached_property
    def read_by(self) -> str:
        """Everything that exports of all communities are judged by, as a fingerprint."""
        instrument, programme = self.instrument, self.programme
        models = (
            instrument.codebook,
            *instrument.sectors.values(),
            *instrument.mappings.values(),
            *(draft.mapping for draft in instrument.unfinished.values()),
            *programme.waves,
            programme.reading,
        )
        parts = [*(model.model_dump_json() for model in models), version("lcmonitor")]  # the rules themselves
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


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
    revisions = _revisions(workspace, programme, communities, problems)
    if programme and instrument:
        problems.add(goals.check(programme.document, programme.value.goals, instrument))
        names = [community.value.id for community in communities]
        problems.add(of_recipients(programme.document, programme.value, [*names, *instrument.sectors]))
    context = checks.Context(programme.value if programme else None, instrument)
    for community in communities:
        problems.add(checks.of_community(community.document, community.value, context))
    said = explanations.read_explanations(workspace, problems)
    known = [community.value for community in communities]
    problems.add(explanations.check(said, known, context.programme, instrument))
    if problems.messages or not programme or not instrument:
        raise WorkspaceError(*problems.messages)
    by_id = {community.id: community for community in known}
    return Setup(workspace, programme.value, by_id, instrument, explanations.by_community(said), revisions)


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


def _revisions(
    workspace: Workspace,
    programme: Written[Programme] | None,
    communities: list[Written[Community]],
    problems: Problems,
) -> tuple[Revision, ...]:
    """None where nobody has written any."""
    if not workspace.revisions.is_file():
        return ()
    found = problems.attempt(lambda: load_as(workspace.revisions, workspace.root, Revisions))
    if found and programme:
        waves = [wave.id for wave in programme.value.waves]
        names = [community.value.id for community in communities]
        problems.add(of_revisions(found.document, found.value, waves, names))
    return found.value.revisions if found else ()


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
