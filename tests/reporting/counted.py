"""Made-up figures of records, reach, money and intentions, for the tests of the reports."""

from collections.abc import Iterator
from random import Random

from lcmonitor.instruments.model import OF_PROFILE, OF_RECORDS, Codebook, Indicator

COUNTED = (*OF_RECORDS, *OF_PROFILE, "reach", "representativeness", "quality", "intention")
_NOBODY: dict[str, object] = {"partners": float("nan"), "top_share": float("nan"), "uniform": float("nan")}
_REACHED = ("persons", "persons_ever", "organisations", "organisations_ever")


def counted(
    codebook: Codebook, it: Indicator, key: dict[str, object], random: Random
) -> Iterator[dict[str, object]]:
    """The figures of one such indicator in one community and wave."""
    n = float(random.randint(3, 30))
    row = key | _NOBODY | {"n": n, "method": "count"}
    if it.statistic == "records":
        for period in ("", "ever"):
            yield row | {"part": period, "estimate": n}
            for code in _codes(codebook, it):
                part = f"{period}:{code}" if period else str(code)
                yield row | {"part": part, "estimate": float(random.randint(0, 3))}
    elif it.statistic == "record_share":
        yield from (row | {"part": part, "estimate": random.random()} for part in ("", "ever"))
    elif it.statistic == "reach":
        yield from (row | {"part": part, "n": n, "estimate": n} for part in _REACHED)
    elif it.statistic in ("intention", "quality"):
        parts = ("",) if it.statistic == "intention" else ("missing:answers", "straight:people")
        alive = {"partners": 4.0, "top_share": 0.3, "uniform": 0.4, "method": "plain"}
        yield from (row | alive | {"part": part, "estimate": random.random()} for part in parts)
    else:
        yield row | {"estimate": random.random()}


def _codes(codebook: Codebook, it: Indicator) -> list[int]:
    return sorted(codebook.scales[codebook.items[it.of or ""].scale or ""].codes)
