"""Files that a reader sees either not at all or complete, also after a crash."""

import os
import tempfile
from pathlib import Path

_DRAFT = ".draft-"


def write_whole(target: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file aside and put it in place, on disk for good."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_DRAFT)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        draft.chmod(mode)
        put_in_place(draft, target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def put_in_place(draft: Path, target: Path) -> None:
    """A finished file takes the place of ``target`` at once, on disk for good."""
    _sync(draft)
    draft.replace(target)
    _sync(target.parent)


def sweep(folder: Path) -> None:
    """Remove what a crash left of files half written; only while nobody else writes there."""
    for draft in folder.glob(f"**/{_DRAFT}*"):
        draft.unlink()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
