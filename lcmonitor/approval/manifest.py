"""What exactly was approved: the SHA-256 of every file of an edition, and one of all of them."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

SUMS = "SHA256SUMS"  # of a published edition, beside its files
Manifest = Mapping[str, str]  # path in the edition's folder -> SHA-256


def manifest(folder: Path) -> Manifest:
    """Of every file below ``folder``, in the order of their paths; a link counts as a link."""
    return {path: sha256(_content(folder / path)) for path in files(folder)}


def files(folder: Path) -> list[str]:
    """Every path that is no folder, in order."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def digest(listed: Manifest) -> str:
    """One hash of all: another name, another byte or another file is another hash."""
    return sha256(sums(listed))


def sums(listed: Manifest) -> bytes:
    """As ``sha256sum --check`` reads it."""
    return "".join(f"{one}  {path}\n" for path, one in listed.items()).encode()


def sha256(content: bytes) -> str:
    """In hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _content(path: Path) -> bytes:
    return b"link " + bytes(path.readlink()) if path.is_symlink() else path.read_bytes()
