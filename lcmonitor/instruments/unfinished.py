"""Mapping files with questions in them: they are not used, and refuse the exports that they are for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from lcmonitor.documents import Problems, Written, load, parse
from lcmonitor.errors import Message, WorkspaceError
from lcmonitor.instruments.model import OPEN, ExportMapping

_LEFT_OPEN = "LCM-441"


@dataclass(frozen=True)
class Unfinished:
    """A draft: which exports it is for, and what a person has still to say, each at its line."""

    file: str
    mapping: ExportMapping  # '' where the answer is open
    questions: tuple[Message, ...]


@dataclass(frozen=True)
class Mappings:
    """The mapping files of a folder by name."""

    finished: Mapping[str, Written[ExportMapping]]
    unfinished: Mapping[str, Unfinished]

    def __or__(self, other: "Mappings") -> "Mappings":
        """Of two finished ones with the same name the other's counts."""
        return Mappings({**self.finished, **other.finished}, {**self.unfinished, **other.unfinished})


def read_mappings(folder: Path, root: Path, problems: Problems) -> Mappings:
    """What is wrong with a file is kept in ``problems``; a question that is open is not wrong."""
    finished: dict[str, Written[ExportMapping]] = {}
    unfinished: dict[str, Unfinished] = {}
    for path in sorted(folder.glob("*.yml")):
        found = problems.attempt(partial(_read, path, root))
        if isinstance(found, Unfinished):
            unfinished[path.stem] = found
        elif found:
            finished[path.stem] = found
    return Mappings(finished, unfinished)


def _read(path: Path, root: Path) -> Written[ExportMapping] | Unfinished:
    document = load(path, root)
    try:
        return Written(document, parse(document, ExportMapping))
    except WorkspaceError as error:
        if {message.code for message in error.messages} != {_LEFT_OPEN}:
            raise
        plain = replace(document, data=_without_questions(document.data))
        return Unfinished(document.name, parse(plain, ExportMapping), error.messages)


def _without_questions(data: Mapping[str, Any]) -> dict[str, Any]:
    """Headings and events stay, to know the export by; answers that nobody gave a code go."""
    known = {key: _answered(data[key]) for key in ("columns", "waves") if key in data}
    values = {item: _told(texts) for item, texts in data.get("values", {}).items()}
    ignored = [str(heading).removeprefix(OPEN).strip() for heading in data.get("ignore", ())]
    return {**data, **known, "values": values, "ignore": ignored}


def _answered(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {name: "" if _is_open(value) else value for name, value in entries.items()}


def _told(texts: Mapping[str, Any]) -> dict[str, Any]:
    return {text: code for text, code in texts.items() if not _is_open(code)}


def _is_open(value: object) -> bool:
    return isinstance(value, str) and value.startswith(OPEN)
