"""Start the flows: once, or by their schedules until stopped.

Prefect itself is imported by ``flows/`` only; here are its environment, its server and the door to the flows.
"""

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from lcmonitor import resources
from lcmonitor.errors import LcmonitorError, Message
from lcmonitor.programme.load import load_workspace
from lcmonitor.programme.workspace import Workspace

if TYPE_CHECKING:
    from lcmonitor.pipeline import Outcome

_PATIENCE = 120  # seconds that a slow machine may take to start the server


def run(root: Path, replacing: tuple[Path, ...] = (), first: Callable[[], None] = lambda: None) -> "Outcome":
    """Everything in the inbox, then the edition that is due, as one flow run.

    ``first``: what has to be done before; it is done while the server starts, which takes seconds.
    Raises WorkspaceError before anything is made or started.
    """
    load_workspace(root)
    workspace = Workspace(root.resolve())
    quiet = "CRITICAL"  # what goes wrong is told once, by the command itself
    with _reached(workspace) as server, ThreadPoolExecutor(1) as aside:
        first()
        flows = _flows(workspace, server.url, quiet)
        # Meanwhile; a failure comes again where it is told.
        aside.submit(flows.pipeline.prepare, workspace.root)
        server.wait()
        outcome: Outcome = flows.monitor(workspace.root, replacing)
    return outcome


def serve(root: Path) -> None:
    """The schedules, with a Prefect server of this workspace beside them, until interrupted.

    Raises WorkspaceError before anything is made or started.
    """
    load_workspace(root)
    workspace = Workspace(root.resolve())
    address = _address(workspace)
    with _started(workspace) as server:
        server.wait()
        address.write_text(server.url)
        try:
            _flows(workspace, server.url, "WARNING").serve_schedules(workspace.root)
        finally:
            address.unlink(missing_ok=True)


def _flows(workspace: Workspace, url: str, logging_level: str) -> ModuleType:
    """flows/monitor.py, with Prefect told to use the server at ``url``."""
    own = {"PREFECT_API_URL": url, "PREFECT_LOGGING_LEVEL": logging_level}
    os.environ.update(_settings(_home(workspace)) | own)
    spec = importlib.util.spec_from_file_location("lcmonitor_flows", resources.FLOWS / "monitor.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _settings(home: Path) -> dict[str, str]:
    """Prefect keeps everything inside the workspace and calls nobody, whatever the environment says."""
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    }


def _home(workspace: Workspace) -> Path:
    """Made where it is not there yet, in the private part of the workspace."""
    home = workspace.data / "prefect"
    workspace.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.mkdir(mode=0o700, exist_ok=True)
    return home


def _address(workspace: Workspace) -> Path:
    """Where ``serve`` leaves the address of its server, so that ``run`` need not start one."""
    return _home(workspace) / "server.url"


@dataclass(frozen=True)
class _Server:
    """``process``: None where it is another's, which answers already."""

    url: str
    process: "subprocess.Popen[bytes] | None" = None

    def wait(self) -> None:
        """Until it answers. Raises LcmonitorError (LCM-423) when it does not, or has ended."""
        deadline = time.monotonic() + _PATIENCE
        while not _answers(self.url):
            if time.monotonic() > deadline or (self.process and self.process.poll() is not None):
                raise LcmonitorError(Message("LCM-423", params={"seconds": _PATIENCE}))
            time.sleep(0.1)


@contextmanager
def _reached(workspace: Workspace) -> Iterator[_Server]:
    """The server of ``serve`` if that runs, else one of our own, which may still have to start."""
    running = _address(workspace)
    if running.is_file() and _answers(url := running.read_text()):
        yield _Server(url)
    else:
        with _started(workspace, "--no-services") as server:
            yield server


@contextmanager
def _started(workspace: Workspace, *options: str) -> Iterator[_Server]:
    """A Prefect server on this machine only."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    environment = os.environ | _settings(_home(workspace)) | {"PREFECT_API_URL": url}
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen([*command, *options], env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 -- all words are ours
    try:
        yield _Server(url, process)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=2) as reply:  # noqa: S310 -- the address is ours
            return bool(reply.status == 200)
    except OSError:
        return False
