"""What a community says of its figures in its own words: ``communities/<id>/explanations/<wave>.yml``."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from lcmonitor.documents import Problems, Written, load_as
from lcmonitor.errors import Language, Message
from lcmonitor.instruments.load import Instrument
from lcmonitor.instruments.model import Part
from lcmonitor.programme.model import Community, Programme
from lcmonitor.programme.workspace import Workspace

LONGEST = 1500  # characters of a text: more than half a page is no explanation of one figure


def _filled(value: Any) -> Any:
    """What was left open, as in a file that was made to be filled in, is not there."""
    if isinstance(value, dict):
        return {key: text for key, text in value.items() if text is not None}
    return {} if value is None else value


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise PydanticCustomError("LCM-399", "too long", {"found": len(text), "limit": LONGEST})
    return text


def _said(texts: dict[Language, str]) -> dict[Language, str]:
    return {language: text for language, text in texts.items() if text.strip()}


Short = Annotated[str, AfterValidator(_short)]
Said = Annotated[dict[Language, Short], BeforeValidator(_filled), AfterValidator(_said)]


class Explanations(Part):
    """Plain text in one language or more; a blank line begins a paragraph. ``figures``: by indicator."""

    by: str = ""  # who speaks for the community: a role, never a person's name
    general: Said = Field(default_factory=dict)
    figures: Annotated[dict[str, Said], BeforeValidator(_filled)] = Field(
        default_factory=dict
    )  # by indicator


Place = tuple[str, str]  # community and wave, as the place of the file names them


def read_explanations(workspace: Workspace, problems: Problems) -> Mapping[Place, Written[Explanations]]:
    """Every file of every community; what cannot be read is among the problems."""
    files = sorted(workspace.communities.glob("*/explanations/*"))
    unread = [file for file in files if file.suffix != ".yml" and file.suffix.lower() in (".yaml", ".yml")]
    problems.add(Message("LCM-367", file.relative_to(workspace.root).as_posix()) for file in unread)
    read = {
        (file.parent.parent.name, file.stem): _attempt(file, workspace.root, problems)
        for file in files
        if file.suffix == ".yml"
    }
    return {place: one for place, one in read.items() if one}


def _attempt(file: Path, root: Path, problems: Problems) -> Written[Explanations] | None:
    return problems.attempt(lambda: load_as(file, root, Explanations))


def check(
    written: Mapping[Place, Written[Explanations]],
    communities: Iterable[Community],
    programme: Programme | None,
    instrument: Instrument | None,
) -> Iterator[Message]:
    """Explanations of nothing: of a community, a wave or a figure that there is not."""
    known = {community.id: community for community in communities}
    waves = [wave.id for wave in programme.waves] if programme else None
    for (community, wave), one in written.items():
        for found, allowed in ((community, list(known)), (wave, waves)):
            if allowed is not None and found not in allowed:
                yield one.document.message("LCM-397", (), found=found, allowed=", ".join(allowed))
        if instrument and community in known:
            yield from _figures(one, known[community], instrument)


def _figures(one: Written[Explanations], community: Community, instrument: Instrument) -> Iterator[Message]:
    indicators = instrument.indicators_in(community.sector)
    for figure in one.value.figures:
        if figure not in indicators:
            near = get_close_matches(figure, indicators, 3) or indicators
            yield one.document.message("LCM-398", ("figures", figure), found=figure, allowed=", ".join(near))


def by_community(
    written: Mapping[Place, Written[Explanations]],
) -> Mapping[str, Mapping[str, Explanations]]:
    """Community -> wave -> what it says."""
    found: dict[str, dict[str, Explanations]] = {}
    for (community, wave), one in written.items():
        found.setdefault(community, {})[wave] = one.value
    return found
