"""The small survey, whose series are few enough to see: what held when, in which sector, and what broke."""

from datetime import date
from pathlib import Path

import pytest

from lcmonitor.documents import read
from lcmonitor.instruments.dated import overlay
from lcmonitor.instruments.load import Instrument, load_instrument

FIXTURES = Path(__file__).parents[1] / "fixtures"
BEFORE = date(2024, 12, 31)  # the day before the first version
REWORDED = date(2025, 1, 1)
LONGER_SCALE = date(2026, 1, 1)


@pytest.fixture(scope="module")
def small() -> Instrument:
    return load_instrument(FIXTURES / "small_survey", FIXTURES)


def test_a_version_holds_from_its_day_on_and_changes_only_what_it_names(small: Instrument) -> None:
    texts = [small.at(day).items["T1"].text for day in (BEFORE, REWORDED, LONGER_SCALE)]
    assert texts == [
        {"nl": "Ik vertrouw u.", "en": "I trust you."},
        {"nl": "Ik vertrouw u.", "en": "I trust all of you."},
        {"nl": "Ik vertrouw u.", "en": "I trust all of you."},
    ]
    scales = [small.at(day).items["T1"].scale for day in (BEFORE, REWORDED, LONGER_SCALE)]
    assert scales == ["agree3", "agree3", "agree5"]
    assert small.at(LONGER_SCALE).items["T1"].core


def test_what_held_on_a_day_has_no_versions_of_its_own(small: Instrument) -> None:
    assert len(small.codebook.versions) == 2
    assert small.at(LONGER_SCALE).versions == ()
    assert small.at(LONGER_SCALE) is small.at(date(2030, 1, 1))


def test_a_sector_is_laid_over_the_version_of_the_day(small: Instrument) -> None:
    plain, farming = small.at(REWORDED), small.at(REWORDED, "farming")
    assert farming.items["T2"].text == {"nl": "Ik twijfel op het veld.", "en": "I doubt."}
    assert farming.items["T2"].reversed
    assert farming.items["T1"].text["en"] == "I trust all of you."
    assert farming.forms["people"].asked == (*plain.forms["people"].asked, "X1")
    assert "harvest" in farming.constructs
    assert "harvest" not in plain.constructs


def test_a_sector_that_is_not_there_is_a_key_error(small: Instrument) -> None:
    with pytest.raises(KeyError):
        small.at(REWORDED, "mining")


@pytest.mark.parametrize(
    ("of", "earlier", "later", "breaks"),
    [
        ("T1", BEFORE, REWORDED, False),  # other words, same question
        ("T1", REWORDED, LONGER_SCALE, True),  # three answers became five
        ("T1", LONGER_SCALE, REWORDED, True),  # whichever way one looks
        ("trust", BEFORE, LONGER_SCALE, True),  # and so for the construct
        ("trust", BEFORE, REWORDED, False),
        ("gain", BEFORE, LONGER_SCALE, False),  # stayed on its scale
        ("F1", REWORDED, LONGER_SCALE, True),  # named under breaks
        ("habit", REWORDED, LONGER_SCALE, True),  # and so for its construct
        ("F1", BEFORE, REWORDED, False),
        ("F1", LONGER_SCALE, date(2027, 1, 1), False),  # the break lies before both
        ("mix", BEFORE, LONGER_SCALE, False),
        ("harvest", BEFORE, LONGER_SCALE, False),  # of a sector: sectors have no versions
    ],
)
def test_a_series_breaks_where_it_is_not_the_same_measure(
    small: Instrument, of: str, earlier: date, later: date, breaks: bool
) -> None:
    assert small.breaks(of, earlier, later) is breaks


def test_indicators_of_a_family_are_worded_by_the_phrases(small: Instrument) -> None:
    assert list(small.indicators) == [
        "trust-mean",
        "trust-share",
        "gain-mean",
        "gain-share",
        "response",
        "mix-balance",
    ]
    mean, share, gain = (small.indicators[name] for name in ("trust-mean", "trust-share", "gain-mean"))
    assert mean.title == {"nl": "Vertrouwen", "en": "Trust"}
    assert mean.unit["en"] == "1 to 5"  # as the last version has it
    assert mean.reading == {"nl": "5 is zeer eens. Omgedraaid.", "en": "5 is strongly agree. Turned."}
    assert (mean.headline, mean.by, mean.pillar, mean.kind) == (True, (), "culture", "state")
    assert share.reading["nl"] == "Vanaf eens."
    assert (share.headline, share.by) == (False, ("partner_type",))
    assert gain.reading["nl"] == "3 is eens. Zeggen zij."
    assert gain.kind == "attribution"


def test_a_sector_has_indicators_of_its_own_beside_those_of_all(small: Instrument) -> None:
    assert small.indicators_in(None) == small.indicators
    assert small.indicators_in("farming").keys() - small.indicators.keys() == {"harvest-mean"}


def test_a_mapping_leads_headings_to_items_and_words_to_codes(small: Instrument) -> None:
    mapping = small.mappings["letters"]
    assert mapping.columns == {"Do you trust us?": "T1", "Harvest?": "X1"}
    assert mapping.values == {"T1": {"no": 1, "yes": 3, "5": 5}}  # a number in a cell is text like any other


@pytest.mark.parametrize(
    ("base", "change", "merged"),
    [
        ("a: {b: 1, c: 2}", "a: {c: 3}", {"a": {"b": 1, "c": 3}}),
        ("a: {b: 1}", "d: 4", {"a": {"b": 1}, "d": 4}),
        ("a: [1, 2]", "a: [3]", {"a": [3]}),  # a list is one value
        ("a: {b: 1, c: 2}", "a: {b: null}", {"a": {"c": 2}}),  # null takes away
        ("a: 1", "a: {b: {c: null, d: 2}}", {"a": {"b": {"d": 2}}}),
    ],
)
def test_a_change_is_merged_value_by_value(base: str, change: str, merged: object) -> None:
    assert (
        overlay(read(base, "base.yml"), read(f"change: {{{change}}}", "pack.yml"), ("change",)).data == merged
    )


def test_after_merging_every_value_still_knows_its_own_file_and_line() -> None:
    base = read("items:\n  A: 1\n  B: 2\n", "base.yml")
    both = overlay(base, read("title: x\nchange:\n  items:\n    B: 3\n", "pack.yml"), ("change",))
    assert both.place(("items", "A")) == "base.yml, line 2"
    assert both.place(("items", "B")) == "pack.yml, line 4"
