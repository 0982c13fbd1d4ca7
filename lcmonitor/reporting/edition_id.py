"""What an edition is called: its wave, and a hash of everything that its reports say."""

import hashlib

from lcmonitor.disclosure.released import COLUMNS, ReleasedTable
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Programme


def edition_id(released: ReleasedTable, setup: Setup, wave: str) -> str:
    """``<wave>-<hash8>``: the same figures and texts have the same name on every machine."""
    digest = hashlib.sha256()
    ordered = released.rows[COLUMNS].astype({"method": str, "word": str, "status": str, "reason": str})
    keys = ["community", "wave", "form", "indicator", "measure", "part", "versus", "group_by", "group_value"]
    digest.update(ordered.sort_values(keys).to_csv(index=False, lineterminator="\n").encode())
    instrument = setup.instrument
    written = (
        *(setup.communities[name] for name in sorted(setup.communities)),
        instrument.codebook,
        *(instrument.indicators[name] for name in sorted(instrument.indicators)),
        *(own[name] for _, own in sorted(instrument.sector_indicators.items()) for name in sorted(own)),
        *(instrument.blocks[name] for name in sorted(instrument.blocks)),
        *(instrument.sectors[name] for name in sorted(instrument.sectors)),
    )
    digest.update(setup.programme.model_dump_json(exclude=set(Programme.UNSAID)).encode())
    for part in written:
        digest.update(part.model_dump_json().encode())
    for name, of in sorted(setup.explanations.items()):
        if wave in of:
            digest.update((name + of[wave].model_dump_json()).encode())
    return f"{wave}-{digest.hexdigest()[:8]}"
