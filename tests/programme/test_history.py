"""What was true in a wave, as a community wrote it down."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from lcmonitor.programme.load import Setup, load_workspace

GOOD = Path(__file__).parents[1] / "fixtures" / "good_workspace"


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    return load_workspace(Path(shutil.copytree(GOOD, tmp_path / "w")))


def test_a_day_belongs_to_the_wave_around_it_first_and_last_day_included(setup: Setup) -> None:
    waves = {
        day: setup.programme.wave_of(day)
        for day in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1))
    }
    assert [wave.id if wave else None for wave in waves.values()] == [None, "2025-1", "2025-1", "2025-2"]


def test_the_profile_is_that_of_the_day(setup: Setup) -> None:
    rye = setup.communities["rye"]
    profiles = [rye.profile_on(day) for day in (date(2024, 12, 31), date(2025, 6, 30), date(2025, 7, 1))]
    assert [profile.scale if profile else None for profile in profiles] == [None, "micro", "meso"]


def test_partners_are_those_of_the_day(setup: Setup) -> None:
    rye = setup.communities["rye"]
    assert [partner.id for partner in rye.partners_on(date(2025, 6, 30))] == ["mill"]
    assert [partner.id for partner in rye.partners_on(date(2025, 7, 1))] == ["mill", "school"]


def test_the_population_of_a_form_is_people_or_organisations(setup: Setup) -> None:
    rye, (spring, autumn) = setup.communities["rye"], setup.programme.waves
    assert [rye.eligible_in(wave, "participants") for wave in (spring, autumn)] == [9, 11]
    assert [rye.eligible_in(wave, "partners") for wave in (spring, autumn)] == [1, 2]
    assert rye.eligible_in(spring, "unknown") is None
    assert rye.eligible_of("mill", spring) is None
    assert rye.eligible_of("mill", autumn) == 6


def test_an_ambition_counts_only_if_it_was_there_before_the_wave_opened(setup: Setup) -> None:
    rye, (spring, autumn) = setup.communities["rye"], setup.programme.waves
    assert rye.ambition("trust", spring) is None  # written down on the day the wave opened
    assert rye.ambition("trust", autumn) == 2
    assert rye.ambition("no-such-block", autumn) is None
