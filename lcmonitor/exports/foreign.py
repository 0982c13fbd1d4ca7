"""Files of another kind than a table of responses, named so that an error can say what was sent."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from zipfile import ZipFile

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports.headings import words

_WORDS = "kinds"
_SEARCHED = 1 << 18  # at either end, where a report names its maker
_SHORT = 200  # a mimetype is a line


def refuse_bytes(name: str, data: bytes) -> None:
    """Raises ExportError: LCM-170 a report, LCM-171 a picture, LCM-173 another program's data."""
    for rule in words(_WORDS)["bytes"]:
        mark = bytes.fromhex(str(rule["hex"])) if "hex" in rule else rule["starts"].encode()
        if data.startswith(mark, rule.get("at", 0)):
            raise _refused(name, rule, data)


def refuse_ole(name: str, data: bytes) -> None:
    """Raises ExportError LCM-170: a text or slides, which may themselves stand in an old workbook."""
    for rule in () if _is_old_workbook(data) else words(_WORDS)["ole"]:
        if rule["stream"].encode("utf-16-le") in data:
            raise _refused(name, rule, data)


def _is_old_workbook(data: bytes) -> bool:
    return any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book"))


def refuse_archive(name: str, archive: ZipFile, data: bytes) -> None:
    """Raises ExportError: LCM-170 a report or a zip of them, LCM-172 another kind of spreadsheet, LCM-173."""
    members = archive.namelist()
    says = _mimetype(archive)
    for rule in words(_WORDS)["members"]:
        if rule["member"] in members:
            raise _refused(name, rule, data)
    for rule in words(_WORDS)["mimetypes"]:
        if says == rule["says"]:
            raise _refused(name, rule, data)
    suffixes = sorted(
        {PurePosixPath(member).suffix.lower() for member in members if not member.endswith("/")}
    )
    if suffixes and set(suffixes) <= set(words(_WORDS)["to_read"]):
        raise _refused(name, {"code": "LCM-170", "kind": f"ZIP ({', '.join(suffixes)})"}, data)


def _mimetype(archive: ZipFile) -> str:
    if "mimetype" not in archive.namelist():
        return ""
    with archive.open("mimetype") as file:
        return file.read(_SHORT).decode("ascii", "replace").strip()


def _refused(name: str, rule: Mapping[str, str], data: bytes) -> ExportError:
    return ExportError(Message(rule["code"], name, {"kind": rule["kind"], "maker": _maker(data)}))


def _maker(data: bytes) -> str:
    """The tool whose name or address stands in a report as plain text; '' if none does."""
    searched = (data[:_SEARCHED] + data[-_SEARCHED:]).lower()
    found = (tool for tool, marks in words(_WORDS)["makers"].items() if _any_in(marks, searched))
    return next(found, "")


def _any_in(marks: Sequence[str], data: bytes) -> bool:
    return any(mark.encode() in data or mark.encode("utf-16-be") in data for mark in marks)
