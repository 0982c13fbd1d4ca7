"""Starting Prefect: what does not come up is told at once. The whole way is the demo's, from its wheel."""

import subprocess
import sys
import time

import pytest

from lcmonitor.errors import LcmonitorError
from lcmonitor.scheduling import _free_port, _Server


def test_a_server_that_ended_is_not_waited_for() -> None:
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    began = time.monotonic()
    with pytest.raises(LcmonitorError) as failure:
        _Server(f"http://127.0.0.1:{_free_port()}/api", ended).wait()
    assert [message.code for message in failure.value.messages] == ["LCM-423"]
    assert time.monotonic() - began < 60  # of the 120 s that one may take that still starts
