from datetime import date

import pytest

from lcmonitor import resources
from lcmonitor.instruments.load import Instrument, load_instrument
from lcmonitor.instruments.model import Codebook

TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def shipped() -> Instrument:
    return load_instrument(resources.SURVEYS / "learning-community", resources.SURVEYS)


@pytest.fixture(scope="module")
def codebook(shipped: Instrument) -> Codebook:
    return shipped.at(TODAY)
