"""Whether a file is what its name says, is one that an edition may hold, and stands alone."""

import json
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

import pyarrow as pa
import pyarrow.parquet as pq

from lcmonitor.approval.finished import Finished
from lcmonitor.errors import Message

_BOM = b"\xef\xbb\xbf"
_HTML = b"<!doctype html>"
_UNPACKED = 1 << 30  # bytes; nothing that we make comes near it


def wrong_kind(finished: Finished) -> Iterator[Message]:
    """Files of another kind, files that nobody asked for, and pages that ask for something outside them."""
    for path in finished.files:
        kind = KINDS.get(PurePosixPath(path).suffix)
        hidden = any(part.startswith(".") for part in PurePosixPath(path).parts)
        link = (finished.folder / path).is_symlink()
        if hidden or link or kind is None:
            yield Message("LCM-458", path, {"allowed": ", ".join(KINDS)})
        elif not kind(finished.content(path)):
            yield Message("LCM-458", path, {"allowed": PurePosixPath(path).suffix})
    for path, page in finished.pages.items():
        outside = [address for address in page.loads if not address.startswith(("#", "data:"))]
        for address in dict.fromkeys(outside):
            yield Message("LCM-459", path, {"found": address[:80]})


def _page(content: bytes) -> bool:
    return content.lstrip()[: len(_HTML)].lower() == _HTML and _text(content)


def _csv(content: bytes) -> bool:
    """Text whose lines all have as many commas outside quotes."""
    return _text(content) and b"\x00" not in content and not content.lstrip(_BOM).lstrip().startswith(b"<")


def _json(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content), dict)
    except ValueError:
        return False


def _workbook(content: bytes) -> bool:
    """A workbook without macros, links to other books or objects in it."""
    try:
        with ZipFile(BytesIO(content)) as book:
            names = book.namelist()
            size = sum(one.file_size for one in book.infolist())
    except BadZipFile:
        return False
    active = ("vba", "externalLinks", "embeddings", "activeX", "connections", "customUI")
    return (
        "xl/workbook.xml" in names
        and size < _UNPACKED
        and not any(part in name for name in names for part in active)
    )


def _parquet(content: bytes) -> bool:
    try:
        pq.read_metadata(BytesIO(content))
    except (pa.ArrowException, OSError):
        return False
    return True


def _pdf(content: bytes) -> bool:
    """A document that runs nothing."""
    return content.startswith(b"%PDF-") and not any(word in content for word in (b"/JavaScript", b"/Launch"))


def _text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


KINDS: Mapping[str, Callable[[bytes], bool]] = {
    ".html": _page,
    ".csv": _csv,
    ".json": _json,
    ".xlsx": _workbook,
    ".parquet": _parquet,
    ".pdf": _pdf,
}
