"""What every test may ask for."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.needs import lacking

# The same examples every time: a change is judged by what it changed. HYPOTHESIS_SEARCH=1 looks for new ones.
# No deadline: how busy the machine is says nothing of the code.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile("search" if os.environ.get("HYPOTHESIS_SEARCH") else "steady")

_BESIDE = Path(__file__).parents[2] / "shared" / "exports"


@pytest.fixture(scope="session")
def real_exports() -> Path:
    """The folder of real export files, read in place; CI must have it."""
    folder = Path(os.environ.get("LCMONITOR_REAL_EXPORTS", _BESIDE))
    if not folder.is_dir():
        lacking(f"no real exports at {folder}; set LCMONITOR_REAL_EXPORTS")
    return folder


@pytest.fixture(autouse=True)
def quiet_again() -> Iterator[None]:
    """What a command that shows its progress does to the logger ends with the test."""
    logger = logging.getLogger("lcmonitor")
    handlers, level, propagate = list(logger.handlers), logger.level, logger.propagate
    yield
    logger.handlers, logger.propagate = handlers, propagate
    logger.setLevel(level)
