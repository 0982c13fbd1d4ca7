"""YAML files whose every value remembers its place, so that an error can name it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Generic, TypeAlias, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, RootModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from lcmonitor.errors import Message, WorkspaceError

Location: TypeAlias = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)
Result = TypeVar("Result")


class _Loader(yaml.CSafeLoader):
    """Words are what they look like: ``no``, ``012``, ``12:30``; a date is made by its model."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith(":null")]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


_DIGITS = list("-+.0123456789")
_FLOAT = r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?(0|[1-9][0-9]*)$"), _DIGITS)
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(f"^{_FLOAT}$"), _DIGITS)


@dataclass(frozen=True)
class Document:
    """Parsed YAML: its data, and the place (``communities/delta.yml, line 12``) of every key and entry."""

    name: str
    data: Any
    places: Mapping[Location, str]

    def place(self, location: Location = ()) -> str:
        """Where the value is, or the nearest thing around it."""
        return self.places.get(self.known(location), f"{self.name}, line 1")

    def known(self, location: Location) -> Location:
        """``location`` without the parts that are no key of the file, such as pydantic's name of a type."""
        known: Location = ()
        for part in location:
            known = (*known, part) if (*known, part) in self.places else known
        return known

    def name_of(self, location: Location) -> str | int:
        """What to call the value there: its key, or that of its list; the file, if there is nothing else."""
        name: str | int = self.name
        inside = self.data
        for part in self.known(location):
            name = name if isinstance(inside, list) else part
            inside = inside.get(part) if isinstance(inside, dict) else None
        return name

    def message(self, code: str, location: Location = (), /, **params: object) -> Message:
        """A message that points into this file."""
        return Message(code, self.place(location), params)


def load(path: Path, root: Path) -> Document:
    """Read one YAML file; it is called by its path below ``root`` in errors. Empty is an empty mapping.

    Raises WorkspaceError: LCM-310 no such file, LCM-311 not UTF-8, and what ``read`` raises.
    """
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise WorkspaceError(Message("LCM-311", name)) from None
    except OSError:
        raise WorkspaceError(Message("LCM-310", name)) from None
    return read(text, name)


def read(text: str, name: str) -> Document:
    """The YAML in ``text``. Raises WorkspaceError: LCM-301 not readable, LCM-302 the same key twice."""
    try:
        _refuse_aliases(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _unreadable(f"{name}, line {line}", error.problem) from None
    except yaml.YAMLError as error:  # a control character: has a position, no line
        raise _unreadable(name, str(error).splitlines()[0]) from None
    places: dict[Location, str] = {}
    twice = list(_walk(node, (), name, places)) if node else []
    if twice:
        raise WorkspaceError(*twice)
    return Document(name, data, places)


@dataclass(frozen=True)
class Written(Generic[Model]):
    """What a file says, and the file, for the messages of later checks."""

    document: Document
    value: Model


def load_as(path: Path, root: Path, model: type[Model]) -> Written[Model]:
    """The file as ``model``. Raises what ``load`` and ``parse`` raise."""
    document = load(path, root)
    return Written(document, parse(document, model))


class Problems:
    """What is wrong so far: one bad file does not hide the next."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def add(self, messages: Iterable[Message]) -> None:
        """The same mistake, met twice at the same place, is told once; what is allowed may differ."""
        for message in messages:
            if _mistake(message) not in map(_mistake, self.messages):
                self.messages.append(message)

    def attempt(self, step: Callable[[], Result]) -> Result | None:
        """What ``step`` gives, or None and its messages kept."""
        try:
            return step()
        except WorkspaceError as error:
            self.add(error.messages)
            return None


def _mistake(message: Message) -> tuple[str, str, dict[str, object]]:
    said = {key: value for key, value in message.params.items() if key != "allowed"}
    return message.code, message.place, said


def _unreadable(place: str, problem: object) -> WorkspaceError:
    return WorkspaceError(Message("LCM-301", place, {"problem": problem}))


def _refuse_aliases(text: str) -> None:
    """One value at two places would have two lines, and a chain of aliases can grow without end."""
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        if isinstance(token, yaml.AliasToken):
            raise yaml.MarkedYAMLError(problem=f"alias *{token.value}", problem_mark=token.start_mark)


def _walk(node: yaml.Node, at: Location, name: str, places: dict[Location, str]) -> Iterator[Message]:
    """Record the place of every entry below ``node``; a message for each key that stands twice."""
    if isinstance(node, yaml.SequenceNode):
        for index, entry in enumerate(node.value):
            places[(*at, index)] = f"{name}, line {entry.start_mark.line + 1}"
            yield from _walk(entry, (*at, index), name, places)
    elif isinstance(node, yaml.MappingNode):
        for key_node, value in node.value:
            place = f"{name}, line {key_node.start_mark.line + 1}"
            key = _key(key_node)
            if (*at, key) in places:
                yield Message("LCM-302", place, {"key": key})
                continue
            places[(*at, key)] = place
            yield from _walk(value, (*at, key), name, places)


def _key(node: yaml.Node) -> str | int:
    is_int = node.tag == "tag:yaml.org,2002:int"
    return int(node.value) if is_int else str(node.value)


def parse(document: Document, model: type[Model]) -> Model:
    """The document as ``model``.

    Raises WorkspaceError with a message for each thing that is wrong, at its line: LCM-303 … LCM-309, or the
    code that a validator of the model gave as the type of its ``PydanticCustomError``.
    """
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise WorkspaceError(
            *(_message(document, model, detail) for detail in _causes(error.errors()))
        ) from None


def _causes(details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Without what only follows: a list of one entry, which is wrong, is not too short as well."""
    for detail in details:
        at = detail["loc"]
        follows = detail["type"] == "too_short" and any(
            other["loc"][: len(at)] == at and other is not detail for other in details
        )
        if not follows:
            yield detail


def _message(document: Document, model: type[BaseModel], detail: ErrorDetails) -> Message:
    location, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    key = document.name_of(location)
    if kind.startswith("LCM-"):
        return document.message(kind, location, **({"key": key} | context))
    if kind == "missing" and isinstance(location[-1], int):
        return document.message("LCM-338", location, key=key, limit=f"≥ {location[-1] + 1}")
    if kind == "missing":
        return document.message("LCM-304", location[:-1], key=location[-1])
    if kind == "extra_forbidden":
        allowed = _hint(str(key), _fields(model, location[:-1]))
        return document.message("LCM-303", location, key=key, allowed=allowed)
    return _wrong_value(document, location, key, detail)


def _wrong_value(document: Document, location: Location, key: object, detail: ErrorDetails) -> Message:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "literal_error":
        code = "LCM-303" if location[-1] == "[key]" else "LCM-307"
        return document.message(code, location, key=key, allowed=_listed(context["expected"]))
    for name, (code, sign) in _LIMITS.items():
        if name in context:
            return document.message(code, location, key=key, limit=f"{sign} {context[name]}")
    for prefix, example in _EXAMPLES.items():
        if kind.startswith(prefix):
            return document.message("LCM-309", location, key=key, example=example)
    return document.message("LCM-305", location, key=key, problem=detail["msg"])


def _listed(expected: str) -> str:
    """Pydantic's ``'red', 'blue' or 'green'`` in no language at all."""
    return expected.replace(" or ", ", ").replace("'", "")


_LIMITS = {  # by what pydantic says was exceeded
    "ge": ("LCM-308", "≥"),
    "gt": ("LCM-308", ">"),
    "le": ("LCM-308", "≤"),
    "lt": ("LCM-308", "<"),
    "min_length": ("LCM-338", "≥"),
    "max_length": ("LCM-338", "≤"),
}
_EXAMPLES = {  # by the beginning of pydantic's name for the mistake
    "date": "2026-01-31",
    "int": "5",
    "float": "1.0",  # a share, points of a scale, a total: it may be any of these
    "bool": "true",
    "string": '"…"',
    "tuple": "[a, b]",
    "list": "[a, b]",
    "dict": "{a: …, b: …}",
    "mapping": "{a: …, b: …}",
    "model": "{a: …, b: …}",
}


def _hint(key: str, allowed: list[str]) -> str:
    near = get_close_matches(key, allowed, 1)
    return near[0] if near else ", ".join(sorted(allowed))


def _fields(model: type[BaseModel], location: Location) -> list[str]:
    """The keys that ``model`` allows at ``location``."""
    types = _members(model)
    for part in location:
        deeper = [inner for outer in types for inner in _inside(outer, part)]
        types = deeper or types  # pydantic adds the name of a union's member: no step down
    return sorted({str(name) for kind in types if _is_model(kind) for name in _named(kind)})


def _inside(kind: Any, part: str | int) -> list[Any]:
    """The types that a value of type ``kind`` may hold under ``part``."""
    if _is_model(kind):
        return _members(_named(kind)[part].annotation) if part in _named(kind) else []
    return _members(get_args(kind)[-1 if get_origin(kind) is dict else 0]) if get_args(kind) else []


def _members(kind: Any) -> list[Any]:
    """The types that ``kind`` is one of, without what is only said about them."""
    if get_origin(kind) in (Union, UnionType):
        return [member for choice in get_args(kind) for member in _members(choice)]
    if get_origin(kind) is Annotated:
        return _members(get_args(kind)[0])
    if _is_model(kind) and issubclass(kind, RootModel):
        return _members(kind.model_fields["root"].annotation)
    return [kind]


def _named(model: type[BaseModel]) -> dict[str | int, FieldInfo]:
    """The fields under the names that they have in a file."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
