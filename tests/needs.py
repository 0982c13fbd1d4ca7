"""What a machine may lack: a test is skipped there with the reason, and fails in CI, which must have it."""

import os
from typing import NoReturn

import pytest


def lacking(reason: str) -> NoReturn:
    """End the test, or the module while it is loaded."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason, allow_module_level=True)
