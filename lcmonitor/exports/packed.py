"""The tables in a zip, unpacked in memory: a member's name is only ever a name, never a path to write to."""

import io
import lzma
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports.limits import Limits
from lcmonitor.wording import readable

MAX_TABLES = 100
# The rest is what respondents sent with it, pictures and sound, or what a tool explains it with.
_TABLES = (".csv", ".tsv", ".xlsx", ".sav", ".zsav", ".por", ".dta")
_NAME = 60  # characters of a member's name that an error repeats
_LOCKED = 0x1
_DAMAGED = (  # what the library says of a zip of which some bits fell over
    BadZipFile, LargeZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, RuntimeError,
    EOFError, OSError, ValueError,
)  # fmt: skip


@dataclass(frozen=True)
class Table:
    """One table of a zip. ``name``: its file, without folders and ending."""

    name: str
    data: bytes


@contextmanager
def opened(name: str, data: bytes) -> Iterator[ZipFile]:
    """A zip to look into. Raises ExportError LCM-114: it is damaged."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except _DAMAGED:
        raise ExportError(Message("LCM-114", name)) from None


def tables(name: str, data: bytes, limits: Limits) -> list[Table]:
    """The tables in a zip.

    Raises ExportError: LCM-106 it has a password, LCM-114 it is damaged, LCM-147 there is no table in it,
    LCM-149 it unpacks to more than an export can be.
    """
    with opened(name, data) as archive:
        entries = list(_entries(archive))
        if not entries:
            raise ExportError(Message("LCM-147", name))
        contents = _unpacked(name, archive, entries, limits)
        return [Table(_called(entry), data) for entry, data in zip(entries, contents, strict=True)]


def members(name: str, archive: ZipFile, names: Iterable[str], limits: Limits) -> list[bytes]:
    """Some of the files in an ``opened`` zip. Raises ExportError: LCM-106 a password, LCM-149 too large."""
    return _unpacked(name, archive, [archive.getinfo(member) for member in names], limits)


def _entries(archive: ZipFile) -> Iterator[ZipInfo]:
    """Without what a Mac adds."""
    for entry in archive.infolist():
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        added = path.name.startswith(".") or "__MACOSX" in path.parts
        if not added and path.suffix.lower() in _TABLES:
            yield entry


def _unpacked(name: str, archive: ZipFile, entries: Sequence[ZipInfo], limits: Limits) -> list[bytes]:
    """A size that lies ends in BadZipFile."""
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise ExportError(Message("LCM-106", name))
    if len(entries) > MAX_TABLES or sum(entry.file_size for entry in entries) > limits.unpacked:
        allowed = {"megabytes": limits.unpacked >> 20, "tables": MAX_TABLES}
        raise ExportError(Message("LCM-149", name, allowed))
    return [archive.read(entry) for entry in entries]


def _called(entry: ZipInfo) -> str:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    return "".join(letter for letter in readable(path.stem) if letter.isprintable())[:_NAME]
