"""A shell and a workspace for every test of the gallery."""

import pytest

from tests.gallery.garden import Shell


@pytest.fixture
def lcmonitor(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    monkeypatch.setenv("LCMONITOR_LANGUAGE", "en")
    monkeypatch.delenv("LCMONITOR_WORKSPACE", raising=False)
    return Shell(monkeypatch, capfd)
