"""The one door for XML: no document type, no entities, nothing from outside the file.

It is the standard library's expat with its handlers set by hand. No survey tool needs a document type, so the
first sign of one ends the parse, in any encoding, before anything is expanded or fetched. ElementTree's own
parser cannot be told so, and a search of the bytes for ``<!DOCTYPE`` does not see it in UTF-16.
"""

from collections.abc import Iterator
from typing import NoReturn, Protocol
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from lcmonitor.errors import ExportError, Message


class Target(Protocol):
    """Who hears of elements and text as they come by; a TreeBuilder is one."""

    def start(self, tag: str, attributes: dict[str, str], /) -> object: ...
    def end(self, tag: str, /) -> object: ...
    def data(self, data: str, /) -> object: ...


def feed(name: str, data: bytes, target: Target) -> None:
    """Tell ``target`` what is in an XML file; ``name`` is only what errors call it.

    Raises ExportError: LCM-160 it declares a document type or entities; LCM-161 it is no well-formed XML,
    or not what the target expects, who says so with a ValueError.
    """

    def refuse(*_: object) -> NoReturn:
        raise ExportError(Message("LCM-160", name))

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = target.start
    parser.EndElementHandler = target.end
    parser.CharacterDataHandler = target.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = parser.ExternalEntityRefHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):  # the last two: an encoding that nobody knows
        raise ExportError(Message("LCM-161", name, {"row": parser.CurrentLineNumber})) from None


def tree(name: str, data: bytes) -> Element:
    """A whole file as elements, their names without namespaces. For files that fit in memory many times."""
    builder = TreeBuilder()
    feed(name, data, builder)
    root = builder.close()
    for element in _with_namespace(root):
        element.tag = element.tag.rpartition("}")[2]
    return root


def _with_namespace(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if "}" in element.tag)
