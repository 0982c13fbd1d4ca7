"""The bytes of every export that was taken in, named by their SHA-256 and never changed."""

import os
import tempfile
from pathlib import Path

_DRAFT = ".draft-"


def keep(source: Path, archive: Path, sha256: str) -> Path:
    """Copy ``source`` into the archive, whole or not at all; the same bytes are kept once."""
    target = archive / sha256
    if not target.exists():
        archive.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(target, source.read_bytes())
    return target


def write_whole(target: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file that a reader sees either not at all or complete, also after a crash."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_DRAFT)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Remove what a crash left of files half written; only while nobody else writes there."""
    for draft in folder.glob(f"**/{_DRAFT}*"):
        draft.unlink()
