"""A new workspace, to be filled in."""

import shutil
from pathlib import Path

from lcmonitor.errors import Message, UsageError
from lcmonitor.programme.workspace import Workspace

TEMPLATE = Path(__file__).parent / "template"


def init(root: Path) -> Workspace:
    """Make a commented programme and one example community.

    Raises UsageError (LCM-363) if the folder holds anything: nothing is ever written over.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise UsageError(Message("LCM-363", str(root)))
    workspace = Workspace(root)
    shutil.copytree(TEMPLATE, root, dirs_exist_ok=True)
    for community in workspace.communities.glob("*.yml"):
        (workspace.inbox / community.stem).mkdir(parents=True)
    return workspace
