"""Which mails were accepted: a line per delivery, written at once after the server said so.

It is a file of lines and not a table of the store, so that sending needs no lock of the store and a line is
on disk before the next mail goes out. A recipient is in it as a keyed hash: whoever reads the file without
the workspace's key learns nobody's address.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

Result = Literal["sent", "refused"]


@dataclass(frozen=True)
class Ledger:
    """Of one edition. ``refused``: by the server, for good; sending once more has to be asked for."""

    file: Path

    def results(self) -> dict[str, Result]:
        """The last result of each recipient, by keyed hash."""
        return {line["to"]: line["result"] for line in self._lines()}

    def add(self, recipient: str, group: str, result: Result, at: datetime) -> None:
        """One more line, on disk for good."""
        line = {"at": at.isoformat(timespec="seconds"), "group": group, "to": recipient, "result": result}
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(handle).st_size
            cut_off = b"\n" if size and os.pread(handle, 1, size - 1) != b"\n" else b""
            os.write(handle, cut_off + json.dumps(line, ensure_ascii=False).encode() + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)

    def _lines(self) -> Iterator[dict[str, Result]]:
        """A line that a crash cut off was never finished, so its mail counts as not sent."""
        text = self.file.read_text(encoding="utf-8", errors="replace") if self.file.is_file() else ""
        for line in text.split("\n"):
            with suppress(ValueError):
                yield json.loads(line)


def hashed(address: str, key: bytes) -> str:
    """A recipient without the address; the same in every edition, unlike without the key."""
    return hmac.new(key, address.casefold().encode(), hashlib.sha256).hexdigest()
