"""Where processes of our own come from: forks of one that runs none of the caller's threads or code."""

import multiprocessing
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

CONTEXT = multiprocessing.get_context("forkserver")
_STARTING = threading.Lock()


@contextmanager
def starting() -> Iterator[None]:
    """Hide our main module while a process starts: it would import it again, whatever it is and costs."""
    with _STARTING:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main
