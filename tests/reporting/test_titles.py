"""A title says what its figure shows: a difference no further than the intervals allow, a count as it is."""

import pytest

from lcmonitor.programme.load import Setup
from lcmonitor.reporting import balance, side_by_side, topics
from lcmonitor.reporting.answers import answers
from lcmonitor.reporting.course import courses
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.rows import Topic
from tests.reporting.figures import released
from tests.reporting.test_charts import subject
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
        ([figure(1.0, 2.0), figure(2.1, 3.0)], "minstens twee learning communities verschillen duidelijk"),
        ([ABOVE, NEAR, HIDDEN], "geen duidelijk verschil tussen learning communities"),
        ([ABOVE, FIVE], "te weinig cijfers om te zeggen of learning communities verschillen"),
    ],
)
def test_communities_beside_each_other(setup: Setup, means: list[Figure], told: str) -> None:
    each = [_subject(setup, at, one._replace(indicator=_SKILLS)) for at, one in enumerate(means)]
    (plot,) = side_by_side.context(_whole(setup, _SKILLS), each)
    assert plot.title.endswith(f": {told}")


_OF_TWO = "van de 2 getoonde learning communities"


@pytest.mark.parametrize(
    ("mixes", "told"),
    [
        ([(0.5, 0.3, 0.2), (0.5, 0.2, 0.3)], f"gemiddeld de meeste punten voor werken in 2 {_OF_TWO}"),
        ([(0.5, 0.3, 0.2), (0.1, 0.8, 0.1)], f"geen deel krijgt het vaakst de meeste punten ({_OF_TWO})"),
        # 40 and 40 points
        (
            [(0.404, 0.396, 0.2), (0.396, 0.404, 0.2)],
            f"geen deel krijgt het vaakst de meeste punten ({_OF_TWO})",
        ),
    ],
)
def test_mixes_of_communities(setup: Setup, mixes: list[tuple[float, ...]], told: str) -> None:
    assert _title(setup, mixes).partition(": ")[2] == told


def _title(setup: Setup, mixes: list[tuple[float, ...]]) -> str:
    division = next(iter(setup.instrument.codebook.divisions.values()))
    return balance.most_often(
        _whole(setup, _SKILLS), division, [balance.Mix("", one) for one in (*mixes, None)]
    )


def test_the_mix_of_one_community_is_told(setup: Setup) -> None:
    assert _title(setup, [(0.5, 0.3, 0.2)]) == "Gemiddeld 50 werken, 30 leren, 20 innoveren"


def test_of_more_than_five_communities_some_always_lie_apart(setup: Setup) -> None:
    means = [figure(1.0, 2.0), figure(3.5, 4.0), *[NEAR] * 4]
    each = [_subject(setup, at, one._replace(indicator=_SKILLS)) for at, one in enumerate(means)]
    (plot,) = side_by_side.context(_whole(setup, _SKILLS), each)
    assert plot.title.endswith("Van 6 gemiddelden 1 duidelijk boven het midden van de schaal, 1 eronder")


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("suppressed", "verschil wordt niet getoond"),
        ("not_available", "niet vergeleken met de meting ervoor"),
    ],
)
def test_a_course_whose_last_step_is_not_shown_says_why(setup: Setup, status: str, told: str) -> None:
    table = released(setup)
    table.rows.loc[table.rows["measure"] == "change", ["status", "word"]] = (status, "")
    titles = [plot.title for plot in courses(subject(setup, table))]
    assert titles
    assert all(title.endswith(f": {told}") for title in titles)


@pytest.mark.parametrize(("largest", "told"), [(0.6, "meer dan de helft"), (0.5, "nergens")])
def test_answers_without_two_sides_are_counted_where_most_gave_the_same(
    setup: Setup, largest: float, told: str
) -> None:
    table = released(setup)
    of = table.rows["indicator"].str.endswith("-distribution")
    first = table.rows["part"].str.endswith("1")
    table.rows.loc[of, "estimate"] = 0.0
    table.rows.loc[of & first, "estimate"] = largest
    titles = [
        plot.title for plot in answers(subject(setup, table)).plots if "hetzelfde antwoord" in plot.title
    ]
    assert titles
    assert all(told in title for title in titles)
