"""One line of the table that make bench prints."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Measurement:
    """``bound`` is in seconds, or a ratio where there is a floor."""

    what: str
    seconds: float
    bound: float
    floor: float | None = None
    note: str = ""

    @property
    def held(self) -> bool:
        """Whether it is within its bound."""
        return (self.seconds / self.floor if self.floor else self.seconds) <= self.bound

    def __str__(self) -> str:
        floor = f"{self.floor:9.2f}{self.seconds / self.floor:7.1f}" if self.floor else " " * 16
        bound = f"<= {self.bound:g}{'x' if self.floor else ''}"
        mark = "" if self.held else "OVER"
        return f"{self.what:<50}{self.seconds:9.2f}{floor}  {bound:<8}{mark:<6}{self.note}".rstrip()


def best_of(times: int, action: Callable[[], Any]) -> float:
    """The shortest of several runs, in seconds: the noise of a shared machine only ever adds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return min(taken)
