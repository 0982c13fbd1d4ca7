"""Files of a zip in memory, after a look at what they would take there."""

import zlib
from collections.abc import Iterable
from zipfile import BadZipFile, ZipFile

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports.limits import Limits


def unpacked(name: str, archive: ZipFile, members: Iterable[str], limits: Limits) -> list[bytes]:
    """Never more than the archive says they are: a size that lies is damage.

    Raises ExportError LCM-166: damaged, protected with a password, or too large.
    """
    entries = [archive.getinfo(member) for member in members]
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise ExportError(_refusal(name, limits))
    try:
        return [archive.read(entry) for entry in entries]
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        raise ExportError(_refusal(name, limits)) from None


def _refusal(name: str, limits: Limits) -> Message:
    return Message("LCM-166", name, {"megabytes": limits.unpacked >> 20})
