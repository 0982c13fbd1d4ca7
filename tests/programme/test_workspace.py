"""A new workspace, and its key."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lcmonitor.errors import UsageError, WorkspaceError
from lcmonitor.programme.init import init
from lcmonitor.programme.load import load_workspace
from lcmonitor.programme.secret import secret
from lcmonitor.programme.workspace import Workspace


def test_a_new_workspace_has_nothing_wrong_and_a_place_for_exports(tmp_path: Path) -> None:
    workspace = init(tmp_path / "new")
    setup = load_workspace(workspace.root)
    assert [folder.name for folder in workspace.inbox.iterdir()] == list(setup.communities)


def test_a_new_workspace_keeps_answers_out_of_version_control(tmp_path: Path) -> None:
    ignored = (init(tmp_path / "new").root / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/data/", "/inbox/"} <= set(ignored)


def test_a_folder_that_holds_anything_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("chapter 1")
    with pytest.raises(UsageError) as error:
        init(tmp_path)
    assert [message.code for message in error.value.messages] == ["LCM-363"]
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    key = secret(workspace)
    assert len(key) == 32
    assert secret(workspace) == key
    assert stat.S_IMODE(workspace.secret_file.stat().st_mode) == 0o600
    assert list(workspace.data.iterdir()) == [workspace.secret_file]


def test_runs_that_start_together_use_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret(Workspace(tmp_path)), range(32)))
    assert len(keys) == 1


def test_half_a_key_is_refused_and_left_alone(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.data.mkdir()
    workspace.secret_file.write_bytes(b"half")
    with pytest.raises(WorkspaceError) as error:
        secret(workspace)
    assert [message.code for message in error.value.messages] == ["LCM-365"]
    assert workspace.secret_file.read_bytes() == b"half"
