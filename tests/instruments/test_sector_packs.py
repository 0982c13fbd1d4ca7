"""The shipped sector packs: they differ in words, questions and rhythm, and leave alone what is compared."""

import pytest

from lcmonitor.instruments.load import Instrument
from lcmonitor.instruments.model import Codebook
from tests.instruments.conftest import TODAY

SECTORS = {"installation", "logistics", "health", "agri-food"}


def test_sectors_differ_in_words_questions_and_rhythm(shipped: Instrument, codebook: Codebook) -> None:
    assert shipped.sectors.keys() == SECTORS
    assert len({pack.cycle_weeks for pack in shipped.sectors.values()}) == len(SECTORS)
    meetings = {pack.vocabulary["bijeenkomst"]["nl"] for pack in shipped.sectors.values()}
    assert len(meetings) == len(SECTORS)
    for sector in SECTORS:
        own = shipped.at(TODAY, sector)
        added = own.items.keys() - codebook.items.keys()
        assert set(own.forms["participant"].modules["sector"]) == added
        assert 2 <= len(added) <= 4
        measured = {indicator.of for indicator in shipped.indicators_in(sector).values()}
        assert {
            name for name, construct in own.constructs.items() if added & set(construct.items)
        } <= measured


@pytest.mark.parametrize("sector", sorted(SECTORS))
def test_a_sector_leaves_alone_what_is_compared(shipped: Instrument, codebook: Codebook, sector: str) -> None:
    own = shipped.at(TODAY, sector)
    for code, item in codebook.items.items():
        assert not item.core or own.items[code] == item
        assert own.items[code].model_copy(update={"text": item.text, "also": item.also}) == item
    assert own.scales == codebook.scales
    assert own.constructs.items() >= codebook.constructs.items()
    assert own.forms["participant"].items == codebook.forms["participant"].items


@pytest.mark.parametrize("sector", sorted(SECTORS))
def test_a_question_in_the_sectors_words_is_still_known_in_the_common_ones(
    shipped: Instrument, codebook: Codebook, sector: str
) -> None:
    own = shipped.at(TODAY, sector)
    reworded = [code for code, item in codebook.items.items() if own.items[code].text != item.text]
    assert reworded
    for code in reworded:
        assert set(codebook.items[code].text.values()) <= set(own.items[code].also)
