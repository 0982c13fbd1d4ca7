"""A title says what its figure shows, and no more than the intervals allow."""

import pytest

from lcmonitor.programme.load import Setup
from lcmonitor.reporting import balance, side_by_side, topics
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.rows import Topic
from tests.reporting.test_clear import FIVE, HIDDEN, figure
from tests.reporting.test_crowd import _SKILLS, _subject, _whole

ABOVE, BELOW, NEAR = figure(3.1, 4.0), figure(1.0, 2.9), figure(2.5, 3.5)


@pytest.mark.parametrize(
    ("means", "told"),
    [
        ([ABOVE, NEAR, HIDDEN], "1 van de 2 gemiddelden duidelijk boven het midden van de schaal"),
        ([BELOW], "Gemiddelde duidelijk onder het midden van de schaal"),
        ([ABOVE, ABOVE, BELOW], "Van 3 gemiddelden 2 duidelijk boven het midden van de schaal, 1 eronder"),
        ([NEAR, FIVE], "Geen gemiddelde duidelijk boven of onder het midden van de schaal"),
        ([FIVE], "Te weinig antwoorden om te zeggen of gemiddelden boven of onder het midden "
         "van de schaal liggen"),
        ([HIDDEN], "Geen cijfers die getoond mogen worden"),
    ],
)  # fmt: skip
def test_means_beside_the_middle_of_their_scale(setup: Setup, means: list[Figure], told: str) -> None:
    shown = [Topic("", mean) for mean in means]
    assert topics.sides(_whole(setup, _SKILLS), shown, topics.Range(1, 5)) == told


@pytest.mark.parametrize(
    ("means", "told"),
    [
        ([figure(1.0, 2.0), figure(2.1, 3.0)], "learning communities verschillen duidelijk"),
        ([ABOVE, NEAR, HIDDEN], "geen duidelijk verschil tussen learning communities"),
        ([ABOVE, FIVE], "te weinig cijfers om te zeggen of learning communities verschillen"),
    ],
)
def test_communities_beside_each_other(setup: Setup, means: list[Figure], told: str) -> None:
    each = [_subject(setup, at, one._replace(indicator=_SKILLS)) for at, one in enumerate(means)]
    (plot,) = side_by_side.context(_whole(setup, _SKILLS), each)
    assert plot.title.endswith(f": {told}")


@pytest.mark.parametrize(
    ("mixes", "told"),
    [
        ([(0.5, 0.3, 0.2), (0.5, 0.2, 0.3), (0.1, 0.8, 0.1)], "de meeste punten voor werken in 2 van de 3"),
        ([(0.5, 0.3, 0.2), (0.1, 0.8, 0.1)], "geen deel krijgt vaker de meeste punten dan de andere (2"),
        (
            [(0.404, 0.396, 0.2)],
            "geen deel krijgt vaker de meeste punten dan de andere (1",
        ),  # 40 and 40 points
    ],
)
def test_mixes_of_communities(setup: Setup, mixes: list[tuple[float, ...]], told: str) -> None:
    division = next(iter(setup.instrument.codebook.divisions.values()))
    bars = [balance.Mix("", shares) for shares in (*mixes, None)]
    title = balance.in_most(_whole(setup, _SKILLS), division, bars)
    assert title.partition(": ")[2].startswith(told)
