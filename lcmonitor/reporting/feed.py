"""The list of approved editions for a feed reader: Atom (RFC 4287), one feed a language."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from lcmonitor.errors import Language
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.report_text import findings_of
from lcmonitor.reporting.shelf import Kept
from lcmonitor.reporting.status import moment
from lcmonitor.reporting.words import Words

_ATOM = "http://www.w3.org/2005/Atom"
_IDS = uuid.uuid5(uuid.NAMESPACE_DNS, "lcmonitor.invalid")  # ours, so that no id is anybody else's
_NEVER = datetime.fromtimestamp(0, UTC)


def feed_file(language: Language) -> str:
    """What a feed is called, beside the editions."""
    return f"feed.{language}.atom"


def feed(editions: Sequence[Kept], setup: Setup, words: Words) -> bytes:
    """``editions``: the approved ones, newest first. Addresses are relative where the programme has none."""
    programme, base = setup.programme, setup.programme.base
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": words.language})
    _add(root, "id", _id(programme.id, words.language))
    _add(root, "title", words.of(programme.title))
    _add(root, "subtitle", words("feed.simulated" if programme.simulated else "feed.subtitle"))
    _add(root, "updated", moment(max((one.approved for one in editions if one.approved), default=_NEVER)))
    _add(_add(root, "author"), "name", words.of(programme.title))
    _add(root, "generator", "lcmonitor")
    _link(root, "self", f"{base}{feed_file(words.language)}", "application/atom+xml")
    _link(root, "alternate", f"{base}index.{words.language}.html", "text/html")
    for one in editions:
        _entry(root, one, setup, words)
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _entry(root: ET.Element, one: Kept, setup: Setup, words: Words) -> None:
    entry, language = ET.SubElement(root, "entry"), _language(one, words)
    _add(entry, "id", _id(setup.programme.id, one.id, words.language))
    _add(entry, "title", words("feed.entry", wave=words.of(one.facts["title"]), edition=one.id))
    _add(entry, "updated", moment(one.approved or _NEVER))
    _add(entry, "published", moment(one.approved or _NEVER))
    _link(entry, "alternate", f"{setup.programme.base}{one.id}/index.{language}.html", "text/html")
    _add(entry, "summary", "\n".join(_summary(one, language)))


def _language(one: Kept, words: Words) -> str:
    """That of the feed, or the first that an older edition has."""
    return words.language if words.language in one.languages else one.languages[0]


def _summary(one: Kept, language: str) -> Iterator[str]:
    """What stood out, in the words of the report for the programme."""
    return (finding.text for finding in findings_of(one.folder / f"programme.{language}.html"))


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = _printable(text) or None
    return element


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "href": href, "type": kind})


def _id(*parts: str) -> str:
    """The same for the same edition in every place where it is made."""
    return uuid.uuid5(_IDS, "\n".join(parts)).urn


def _printable(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(sign for sign in text if sign.isprintable() or sign == "\n")
