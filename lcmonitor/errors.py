"""What can go wrong, as data.

LcmonitorError            1  a fault of ours
├── UsageError            2  wrong use of a command
├── ExportError           3  an export was refused
├── WorkspaceError        4  a file of the workspace is wrong
└── BusyError             5  another run is writing

The numbers are the exit codes. The texts are content, by code, in Dutch and English:
``reports/text/errors/*.yml``.
"""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, Self, get_args

import yaml

from lcmonitor import resources

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True)
class Message:
    """One thing that is wrong: a code of the catalogue, where it is, and what fills the text's blanks.

    ``params`` never holds an answer or a token: headings, codes of a codebook, counts and row numbers only.
    """

    code: str
    place: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """Place, what is wrong, what was found, what is allowed, next step: one paragraph."""
        entry = catalogue()[self.code]
        blanks = {"steps": steps(self.params)[language], **self.params}
        sentences = [entry[part][language].format(**blanks) for part in _PARTS if part in entry]
        return f"{self.place}: {' '.join(sentences)}" if self.place else " ".join(sentences)

    def as_json(self) -> dict[Language, str]:
        """The text in every language."""
        return {language: self.text(language) for language in LANGUAGES}


_PARTS = ("wrong", "found", "allowed", "next")


@cache
def catalogue() -> Mapping[str, Any]:
    """Every code with its texts; one file a room, so that the codes of a room lie together."""
    files = sorted((resources.REPORTS / "text" / "errors").glob("*.yml"))
    entries = [yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for file in files]
    return {code: texts for entry in entries for code, texts in entry.items()}


@cache
def _steps() -> Mapping[str, Mapping[Language, str]]:
    text = (resources.REPORTS / "text" / "steps.yml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[Language, str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def steps(params: Mapping[str, object]) -> Mapping[Language, str]:
    """Which export to choose, in the tool that a message names or else in any."""
    tool = str(params.get("tool") or params.get("maker") or "generic")
    return _steps().get(tool) or _steps()["generic"]


class LcmonitorError(Exception):
    """Shown to the user as its messages, never as a traceback."""

    exit_code = 1

    def __init__(self, *messages: Message) -> None:
        super().__init__(*(message.code for message in messages))
        self.messages = messages

    def __reduce__(self) -> tuple[type[Self], tuple[Message, ...]]:
        return type(self), self.messages  # as it comes out of another process

    def __str__(self) -> str:
        return "\n".join(f"{message.code} {message.text('en')}" for message in self.messages)


class UsageError(LcmonitorError):
    """Wrong use of a command."""

    exit_code = 2


class ExportError(LcmonitorError):
    """An export was refused; nothing of it was stored."""

    exit_code = 3


class WorkspaceError(LcmonitorError):
    """A file of the workspace is wrong; the messages name file and line."""

    exit_code = 4


class BusyError(LcmonitorError):
    """Another run is writing to this workspace."""

    exit_code = 5


def fault(error: Exception) -> LcmonitorError:
    """A fault of ours, by kind and place in our code; what it says may hold an answer, so it is left out."""
    here = str(Path(__file__).parent)
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(here)]
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    params = {"kind": type(error).__name__, "where": where, "version": version("lcmonitor")}
    return LcmonitorError(Message("LCM-901", params=params))
