"""YAML files whose every value remembers its line, so that an error can name the place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from lcmonitor.errors import Message, WorkspaceError

Location = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


class _Loader(yaml.CSafeLoader):
    """Only ``true`` and ``false`` are booleans: ``no`` is a language or an answer here."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":bool")]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


@dataclass(frozen=True)
class Document:
    """A parsed YAML file: its data, and the line of every key and list entry."""

    name: str
    data: Any
    lines: Mapping[Location, int]

    def place(self, location: Location = ()) -> str:
        """``communities/delta.yml, line 12``: the line of the value, or of the nearest thing around it."""
        known: Location = ()
        for part in location:
            known = (*known, part) if (*known, part) in self.lines else known
        return f"{self.name}, line {self.lines.get(known, 1)}"

    def message(self, code: str, location: Location = (), **params: object) -> Message:
        """A message that points into this file."""
        return Message(code, self.place(location), params)


def load(path: Path, root: Path) -> Document:
    """Read one YAML file; it is called by its path below ``root`` in errors.

    Raises WorkspaceError: LCM-301 not readable as YAML, LCM-302 the same key twice.
    """
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else {}
    except UnicodeDecodeError:
        raise WorkspaceError(Message("LCM-301", name, {"problem": "not UTF-8"})) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise WorkspaceError(Message("LCM-301", f"{name}, line {line}", {"problem": error.problem})) from None
    lines: dict[Location, int] = {}
    twice = _walk(node, (), lines) if node else []
    document = Document(name, data, lines)
    if twice:
        raise WorkspaceError(
            *(Message("LCM-302", f"{name}, line {line}", {"key": key}) for key, line in twice)
        )
    return document


def _walk(node: yaml.Node, at: Location, lines: dict[Location, int]) -> list[tuple[object, int]]:
    """Record the line of every entry below ``node``; return the keys that stand twice, with their line."""
    twice: list[tuple[object, int]] = []
    if isinstance(node, yaml.SequenceNode):
        for index, entry in enumerate(node.value):
            lines[(*at, index)] = entry.start_mark.line + 1
            twice += _walk(entry, (*at, index), lines)
    elif isinstance(node, yaml.MappingNode):
        for key_node, value in node.value:
            key = _key(key_node)
            if (*at, key) in lines:
                twice.append((key, key_node.start_mark.line + 1))
            lines[(*at, key)] = key_node.start_mark.line + 1
            twice += _walk(value, (*at, key), lines)
    return twice


def _key(node: yaml.Node) -> str | int:
    is_int = node.tag == "tag:yaml.org,2002:int"
    return int(node.value) if is_int else str(node.value)


def parse(document: Document, model: type[Model]) -> Model:
    """The document as ``model``.

    Raises WorkspaceError with a message for each thing that is wrong, at its line.
    """
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise WorkspaceError(*(_message(document, model, detail) for detail in error.errors())) from None


def _message(document: Document, model: type[BaseModel], detail: ErrorDetails) -> Message:
    """The catalogue's words for what pydantic found; a validator of ours names its own code as the type."""
    location, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    key = location[-1] if location else ""
    if kind.startswith("LCM-"):
        return document.message(kind, location, **context)
    if kind == "missing":
        return document.message("LCM-304", location[:-1], key=key)
    if kind == "extra_forbidden":
        allowed = _fields(model, location[:-1])
        near = get_close_matches(str(key), allowed, 1)
        hint = near[0] if near else ", ".join(sorted(allowed))
        return document.message("LCM-303", location, key=key, allowed=hint)
    return document.message("LCM-305", location, key=key, problem=detail["msg"])


def _fields(model: type[BaseModel], location: Location) -> list[str]:
    """The keys that ``model`` allows at ``location``."""
    here: Any = model
    for part in location:
        fields = here.model_fields if _is_model(here) else {}
        annotation = fields[str(part)].annotation if str(part) in fields else here
        here = next(_models_in(annotation), here)
    return list(here.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models named inside a type such as ``dict[str, Item] | None``, outermost first."""
    if _is_model(annotation):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)


def _is_model(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, BaseModel)
