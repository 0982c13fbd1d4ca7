"""What an edition is called: its wave, and a hash of everything that its reports say."""

import hashlib
from collections.abc import Iterator, Mapping

import numpy as np
from pydantic import BaseModel

from lcmonitor.instruments.load import Instrument
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Programme
from lcmonitor.reporting.figures import Figures


def edition_id(known: Mapping[str, Figures], setup: Setup, wave: str) -> str:
    """``<wave>-<hash8>``: the same figures, in any order, and texts have the same name on every machine."""
    rows = np.sort(np.concatenate([figures.hashes for figures in known.values()]))
    digest = hashlib.sha256(rows.astype("<u8").tobytes())
    written = (
        *(setup.communities[name] for name in sorted(setup.communities)),
        *of_instrument(setup.instrument),
    )
    digest.update(setup.programme.model_dump_json(exclude=set(Programme.UNSAID)).encode())
    for part in written:
        digest.update(part.model_dump_json().encode())
    for name, of in sorted(setup.explanations.items()):
        if wave in of:
            digest.update((name + of[wave].model_dump_json()).encode())
    return f"{wave}-{digest.hexdigest()[:8]}"


def of_instrument(instrument: Instrument) -> Iterator[BaseModel]:
    """Questions and definitions, in an order that the files do not decide."""
    yield instrument.codebook
    yield from (instrument.indicators[name] for name in sorted(instrument.indicators))
    for _, own in sorted(instrument.sector_indicators.items()):
        yield from (own[name] for name in sorted(own))
    yield from (instrument.blocks[name] for name in sorted(instrument.blocks))
    yield from (instrument.sectors[name] for name in sorted(instrument.sectors))
