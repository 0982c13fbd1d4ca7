"""The bytes of every export that was taken in, named by their SHA-256 and never changed."""

from pathlib import Path

from lcmonitor.files import write_whole


def keep(source: Path, archive: Path, sha256: str) -> None:
    """Copy ``source`` into the archive, whole or not at all; the same bytes are kept once."""
    target = archive / sha256
    if not target.exists():
        archive.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(target, source.read_bytes())
