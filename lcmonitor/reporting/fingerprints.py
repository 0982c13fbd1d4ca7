"""What an edition was made by, as short hashes: another one is another method."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import Any

from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave

_TEXTS = {"title", "reading", "unit"}  # how an indicator is called is not how it is made
Fingerprints = Mapping[str, Mapping[str, str]]  # what kind of thing -> which of them -> hash


def fingerprints(setup: Setup, waves: Iterable[Wave]) -> Fingerprints:
    """Of the definitions behind the figures of these waves."""
    instrument = setup.instrument
    named = {"": instrument.indicators, **instrument.sector_indicators}
    return {
        "indicator": {
            f"{sector}/{name}".strip("/"): _hash(one.model_dump_json(exclude=_TEXTS))
            for sector, those in named.items()
            for name, one in those.items()
        },
        "questions": {wave.id: _hash(instrument.at(wave.opens).model_dump_json()) for wave in waves},
        "threshold": {
            name: _hash(json.dumps(value)) for name, value in setup.programme.privacy.model_dump().items()
        },
        "program": {"lcmonitor": _hash(version("lcmonitor"))},
    }


def revised(before: Any, now: Fingerprints) -> Iterator[tuple[str, str]]:
    """Kind and name of what is in both and differs."""
    for kind, those in now.items():
        known = before.get(kind, {})
        yield from ((kind, name) for name, one in those.items() if known.get(name, one) != one)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
