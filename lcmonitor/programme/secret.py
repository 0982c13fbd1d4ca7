"""The workspace's key: made once, known to nobody, needed to recognise the same person in the next wave."""

import os
import secrets

from lcmonitor.errors import Message, WorkspaceError
from lcmonitor.programme.workspace import Workspace

_BYTES = 32


def secret(workspace: Workspace) -> bytes:
    """The key, made with mode 0600 the first time.

    It appears whole or not at all: a run that is killed halfway, or a second run at the same moment, never
    sees half a key. Raises WorkspaceError (LCM-365) if the file is there but holds no key.
    """
    if not workspace.secret_file.exists():
        _make(workspace)
    key = workspace.secret_file.read_bytes()
    if len(key) != _BYTES:
        name = workspace.secret_file.relative_to(workspace.root).as_posix()
        raise WorkspaceError(Message("LCM-365", name, {"found": len(key), "needed": _BYTES}))
    return key


def _make(workspace: Workspace) -> None:
    workspace.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = workspace.secret_file.with_name(f".secret-{os.getpid()}-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        _claim(draft, workspace)
    finally:
        os.unlink(draft)


def _claim(draft: os.PathLike[str], workspace: Workspace) -> None:
    """Give the draft its name, unless another run was first: a link, unlike a rename, never replaces."""
    try:
        os.link(draft, workspace.secret_file)
    except FileExistsError:
        return
