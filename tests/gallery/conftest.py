"""A shell and a workspace for every test of the gallery."""

import logging
from collections.abc import Iterator

import pytest

from tests.gallery.garden import Shell


@pytest.fixture
def lcmonitor(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Shell]:
    monkeypatch.setenv("LCMONITOR_LANGUAGE", "en")
    monkeypatch.delenv("LCMONITOR_WORKSPACE", raising=False)
    logger = logging.getLogger("lcmonitor")
    handlers, level = list(logger.handlers), logger.level
    yield Shell(monkeypatch, capfd)
    logger.handlers, logger.propagate = handlers, True  # a command that shows its progress keeps it to itself
    logger.setLevel(level)
