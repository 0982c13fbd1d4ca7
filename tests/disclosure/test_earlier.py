"""What two editions tell together."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcmonitor.disclosure.cells import SHARES
from lcmonitor.disclosure.earlier import concerning
from lcmonitor.disclosure.released import may_be_shown, release, waiting
from lcmonitor.indicators.table import KEY
from lcmonitor.programme.privacy import Privacy
from lcmonitor.store import file
from lcmonitor.store.editions import Editions
from lcmonitor.store.store import Store
from tests.disclosure.drawn import drawn
from tests.disclosure.test_edition import QUESTIONS, Group, communities, figures
from tests.store.drawn import entry, responses

RULES = Privacy()
FEW = 5


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(Store(Path("nowhere"), file.empty)) as empty:
        yield empty


def editions(store: Store, *pictures: str) -> list[pd.DataFrame]:
    """Each picture published after those before it."""
    published = []
    for number, picture in enumerate(pictures):
        rows = release(drawn(picture), RULES, store.past()).rows
        store.record_edition(str(number), "2025a", rows)
        published.append(rows)
    return published


def told(rows: pd.DataFrame) -> list[str]:
    """Of each row n, or why it is hidden."""
    return [
        f"{n:.0f}" if status == "released" else reason
        for n, status, reason in rows[["n", "status", "reason"]].itertuples(index=False)
    ]


def deliver(store: Store, sha256: str, ids: Sequence[str]) -> None:
    picture = "id wave Q1\n" + "\n".join(f"{name} 2025a {len(sha256)}" for name in ids)
    store.merge(entry(sha256, community="elm"), responses(picture, community="elm"))


def test_the_same_figures_are_published_again(store: Store) -> None:
    picture = "community n estimate\nelm 12 3.5\noak 4 3.5"
    first, second = editions(store, picture, picture)
    pd.testing.assert_frame_equal(first, second)


def test_an_answer_that_came_late_waits_for_others(store: Store) -> None:
    head = "indicator estimate n\n"
    first, second, third = editions(
        store, f"{head}trust 3.5 12\nsafety 4.0 11", f"{head}trust 3.4 13\nsafety 4.0 11",
        f"{head}trust 3.4 17\nsafety 4.0 16",
    )  # fmt: skip
    assert told(second) == ["12", "11"]
    assert second["estimate"].tolist() == [3.5, 4.0]
    assert told(third) == ["17", "16"]
    assert first["se"].tolist() == second["se"].tolist()


def test_the_same_answers_weighted_anew_wait(store: Store) -> None:
    """As where the numbers of people were put right, or the form began to weigh."""
    head = "method estimate n\n"
    for then, now in (("weighted", "weighted"), ("t", "weighted"), ("weighted", "t")):
        first, second = editions(store, f"{head}{then} 3.5 12", f"{head}{now} 3.3 12")
        assert second["estimate"].tolist() == first["estimate"].tolist() == [3.5]


def test_a_figure_is_set_beside_every_edition(store: Store) -> None:
    pictures = [f"estimate n\n{estimate} {n}" for estimate, n in ((3.5, 12), (3.4, 18), (3.6, 13), (3.5, 12))]
    assert [told(rows) for rows in editions(store, *pictures)] == [["12"], ["18"], ["18"], ["12"]]


def test_only_the_form_and_wave_of_the_community_waits_and_all_communities_together(store: Store) -> None:
    head = "community wave n communities\n"
    first = f"{head}* 2025a 60 3\nelm 2025a 20 1\nelm 2025b 20 1\noak 2025a 20 1\nash 2025a 20 1"
    later = f"{head}* 2025a 66 3\nelm 2025a 21 1\nelm 2025b 26 1\noak 2025a 25 1\nash 2025a 20 1"
    assert told(editions(store, first, later)[1]) == ["60", "20", "26", "25", "20"]


def test_a_change_since_a_wave_that_waits_is_hidden(store: Store) -> None:
    first = "measure wave versus n method\nvalue 2025a - 12 t"
    later = """
        measure wave  versus n  method
        value   2025a -      13 t
        value   2025b -      15 t
        change  2025b 2025a  28 welch
    """
    assert told(editions(store, first, later)[1]) == ["12", "15", "earlier"]


def test_a_change_since_a_wave_that_waits_is_in_no_change_across_communities(store: Store) -> None:
    editions(store, "wave n\n2025a 12")
    later = drawn("measure wave versus n\nvalue 2025a - 13\nvalue 2025b - 15\nchange 2025b 2025a 28")
    assert may_be_shown(later, RULES, store.past()).tolist() == [True, True, False]


ATTRITION = """
    community measure   wave  versus n  communities estimate method
    *         attrition 2025b 2025a  20 3           0.3      within_communities
    *         value     2025b -      80 3           3.5      communities
"""


def test_who_did_not_answer_again_waits_with_the_wave_before_that(store: Store) -> None:
    """The late answer of one who stayed leaves n, and tells it by the figure of now and of then."""
    first = f"{ATTRITION}elm value 2025a - 12 1 3.5 t"
    later = f"{ATTRITION}elm value 2025a - 13 1 3.4 t".replace("0.3", "0.1")
    rows = editions(store, first, later)[1]
    assert rows["estimate"].tolist() == [0.3, 3.5, 3.5]


def test_who_did_not_answer_again_waits_with_the_changes(store: Store) -> None:
    picture = """
    community measure   wave  versus n  communities method
    *         attrition 2025b 2025a  {} 3           within_communities
    elm       value     2025a -      30 1           t
    elm       value     2025b -      30 1           t
    elm       change    2025b 2025a  {} 1           matched
    """
    assert told(editions(store, picture.format(20, 20), picture.format(26, 21))[1]) == [
        "20",
        "30",
        "30",
        "20",
    ]


def test_figures_per_partner_type_may_wait_alone(store: Store) -> None:
    head = "type n partners estimate\n"
    first = f"{head}- 40 12 3.5\ncompany 20 4 3.5\nschool 20 4 3.5"
    later = f"{head}- 46 12 3.4\ncompany 24 4 3.4\nschool 22 4 3.4"
    assert told(editions(store, first, later)[1]) == ["46", "20", "20"]


def test_changes_may_wait_alone(store: Store) -> None:
    head = "measure wave versus n method\nvalue 2025a - 20 t\n"
    first = f"{head}value 2025b - 20 t\nchange 2025b 2025a 11 matched"
    later = f"{head}value 2025b - 26 t\nchange 2025b 2025a 13 matched"
    assert told(editions(store, first, later)[1]) == ["20", "26", "11"]


def test_a_new_figure_of_answers_that_wait_is_hidden(store: Store) -> None:
    later = "indicator n\ntrust 13\nsafety 13"
    assert told(editions(store, "indicator n\ntrust 12", later)[1]) == ["12", "earlier"]


def test_who_is_left_when_partner_types_are_subtracted_counts(store: Store) -> None:
    head = "type n partners\n"
    first = f"{head}- 49 14\ncompany 20 4\nschool 20 4\ngovernment 3 2\ncare 2 2\ncitizens 2 2\nother 2 2"
    # Six more companies, one less of the others.
    later = f"{head}- 54 14\ncompany 26 4\nschool 20 4\ngovernment 2 2\ncare 2 2\ncitizens 2 2\nother 2 2"
    before, after = editions(store, first, later)
    assert told(before)[:3] == ["49", "20", "20"]
    assert told(after) == ["54", *told(before)[1:]]


def test_a_partner_type_that_was_hidden_stays_so(store: Store) -> None:
    head = "type n population partners\n"
    types = "company 20 22 4\nschool 12 14 4\nuniversity 8 10 4"
    first, later = (f"{head}- {40 + n} 58 14\n{types}\ngovernment {n} 12 3" for n in (4, 10))
    before, after = editions(store, first, later)
    assert told(before) == ["44", "20", "complementary", "complementary", "n_low"]
    assert told(after) == ["50", "20", "earlier", "earlier", "earlier"]


def test_a_partner_type_that_becomes_too_small_waits(store: Store) -> None:
    head = "type n partners\n"
    first = f"{head}- 48 12\ncompany 20 4\nschool 19 4\ngovernment 9 3"
    later = f"{head}- 43 12\ncompany 20 4\nschool 19 4\ngovernment 4 3"
    assert told(editions(store, first, later)[1]) == ["48", "20", "19", "9"]


def test_between_as_many_respondents_those_count_whose_answers_changed(store: Store) -> None:
    people = [f"p{number}" for number in range(12)]
    deliver(store, "a", people)
    editions(store, "n estimate\n12 3.5")
    deliver(store, "bb", people[:4])
    assert release(drawn("n estimate\n12 3.4"), RULES, store.past()).rows["estimate"].tolist() == [3.5]
    deliver(store, "ccc", people[:5])
    assert release(drawn("n estimate\n12 3.4"), RULES, store.past()).rows["estimate"].tolist() == [3.4]


def test_a_figure_that_is_defined_anew_is_published_anew(store: Store) -> None:
    assert editions(store, "n estimate\n12 3.5", "n estimate\n12 3.4")[1]["estimate"].tolist() == [3.4]


def test_counts_of_who_took_part_are_up_to_date(store: Store) -> None:
    head = "statistic method n\nresponse count"
    assert [told(rows) for rows in editions(store, f"{head} 12", f"{head} 13")] == [["12"], ["13"]]


@st.composite
def histories(draw: st.DrawFn) -> list[list[Group]]:
    """A community in three editions: some of its people answer later, some take their answers back."""
    groups = draw(communities())
    random = np.random.default_rng(draw(st.integers(0, 100_000)))
    course = []
    for _ in range(3):
        away = draw(st.sampled_from([0.0, 0.05, 0.3]))
        types = [
            Group(group.type, [p for p in group.people if random.random() >= away], group.population)
            for group in groups[1:]
        ]
        everyone = [person for group in types for person in group.people]
        course.append([Group(None, everyone, groups[0].population), *types])
    return course


@settings(max_examples=12, deadline=None)
@given(histories())
def test_no_two_editions_differ_by_a_few_people(course: list[list[Group]]) -> None:
    """Each figure, and what is left of all when the types are subtracted that both show."""
    with closing(Store(Path("nowhere"), file.empty)) as store:
        published = []
        for number, groups in enumerate(course):
            rows = release(figures(groups), RULES, store.past()).rows
            store.record_edition(str(number), "2025a", rows)
            published.append(rows[rows["status"] == "released"].set_index(KEY)["n"])

    for one, other in ((a, b) for at, a in enumerate(published) for b in published[at + 1 :]):
        for question in QUESTIONS:
            _assert_apart(*(_by_type(n, question) for n in (one, other)))


def _by_type(n: pd.Series, question: str) -> pd.Series:
    mine = n[n.index.get_level_values("indicator") == f"{question}-mean"]
    return mine.droplevel([name for name in KEY if name != "group_value"])


def _assert_apart(one: pd.Series, other: pd.Series) -> None:
    both = (other - one).dropna()
    if "" in both:
        both["left"] = both[""] - both.drop("").sum()
    assert not ((both.abs() > 0) & (both.abs() < FEW)).any(), both


def waits_of(store: Store, later: str, row: int) -> list[tuple[str, str, str]]:
    """Edition, indicator and group of each pair for which a row of a new picture waits."""
    table = drawn(later)
    figure = {name: str(table.rows.loc[row, name]) for name in KEY}
    found = concerning(
        figure, str(table.rows.loc[row, "statistic"]) in SHARES, waiting(table, RULES, past(store))
    )
    return list(found[["edition", "indicator", "group_value"]].itertuples(index=False, name=None))


def past(store: Store) -> Editions:
    found = store.past()
    assert found
    return found


def test_what_waits_names_the_edition_and_the_figure_that_tell_of_few(store: Store) -> None:
    head = "indicator estimate n\n"
    editions(store, f"{head}trust 3.5 12\nsafety 4.0 11", f"{head}trust 3.4 18\nsafety 4.0 17")
    later = f"{head}trust 3.5 20\nsafety 4.0 25"
    assert waits_of(store, later, 0) == [("1", "trust", "")]
    assert waits_of(store, later, 1) == [("1", "trust", "")], "the form of the wave waits as a whole"


def test_a_change_names_the_pair_of_the_wave_since_which_it_is(store: Store) -> None:
    editions(store, "measure wave versus n\nvalue 2025a - 12\nvalue 2025b - 15")
    later = "measure wave versus n\nvalue 2025a - 13\nvalue 2025b - 15\nchange 2025b 2025a 12"
    assert waits_of(store, later, 1) == []
    assert waits_of(store, later, 2) == [("0", "trust", "")]


def test_a_type_that_stays_hidden_names_itself(store: Store) -> None:
    head = "type n partners\n"
    editions(store, f"{head}- 30 9\ncompany 16 4\nschool 10 3\ncitizens 4 3")
    later = f"{head}- 60 12\ncompany 26 4\nschool 20 4\ncitizens 14 4"
    assert waits_of(store, later, 3)[0] == ("0", "trust", "citizens")
    assert waits_of(store, later, 0) == []


def test_figures_across_wait_for_the_pair_of_a_community_and_not_for_that_of_its_types(store: Store) -> None:
    head = "community type n partners communities\n"
    first = f"{head}* - 60 12 3\nelm - 40 12 1\nelm company 20 4 1\nelm school 20 4 1"
    editions(store, first)
    later = f"{head}* - 70 12 3\nelm - 50 12 1\nelm company 28 4 1\nelm school 22 4 1"
    assert waits_of(store, later, 2)
    assert waits_of(store, later, 0) == []
    assert waits_of(store, later.replace("elm - 50", "elm - 42"), 0)


def test_nothing_waits_where_nothing_tells_of_few(store: Store) -> None:
    editions(store, "n\n12")
    assert waits_of(store, "n\n20", 0) == []


def test_a_share_waits_alone_for_as_many_as_a_share_needs(store: Store) -> None:
    head = "statistic indicator n estimate\n"
    first = f"{head}mean trust 12 3.5\nshare agree 12 0.5"
    second = f"{head}mean trust 18 3.6\nshare agree 18 0.6"
    third = f"{head}mean trust 23 3.6\nshare agree 23 0.6"
    _, two, three = editions(store, first, second, third)
    assert told(two) == ["18", "12"]
    assert told(three) == ["23", "23"]
    assert waits_of(store, f"{head}mean trust 28 3.5\nshare agree 28 0.5", 0) == []
    assert waits_of(store, f"{head}mean trust 28 3.5\nshare agree 28 0.5", 1) == [("2", "agree", "")]


def test_a_share_that_was_hidden_beside_the_mean_of_few_stays_hidden(store: Store) -> None:
    """Where all answered 3 or 4, the mean of the nine tells who did; the distribution tells that all did."""
    head = "statistic indicator n estimate\n"
    first = f"{head}mean trust 9 3.44\ndistribution answers 9 0.5"
    later = f"{head}mean trust 15 3.4\ndistribution answers 15 0.6"
    _, second = editions(store, first, later)
    assert told(second) == ["15", "earlier"]
    assert waits_of(store, later, 1) == [("0", "answers", "")]


def test_a_share_that_nobody_could_see_a_mean_of_comes_out(store: Store) -> None:
    head = "statistic indicator n estimate\n"
    pictures = [f"{head}mean trust {n} 3.4\nshare agree {n} 0.5" for n in (4, 14)]
    assert told(editions(store, *pictures)[1]) == ["14", "14"]


def test_a_mean_that_was_of_few_stays_coarse_and_so_does_that_across_communities(store: Store) -> None:
    """Its standard error of now and its mean of then would tell the answers of then."""
    head = "community n communities items estimate se low high method\n"
    others = "\noak 25 1 1 3.4 0.2 3.0 3.8 t\nash 25 1 1 3.4 0.2 3.0 3.8 t"
    first = f"{head}* 59 3 1 3.41 0.1 3.2 3.6 communities\nelm 9 1 1 3.444 0.2 3.0 3.8 t{others}"
    later = f"{head}* 65 3 1 3.41 0.1 3.2 3.6 communities\nelm 15 1 1 3.4 0.2 3.0 3.8 t{others}"
    _, second = editions(store, first, later)
    assert told(second) == ["65", "15", "25", "25"]
    assert second["se"].isna().tolist() == [True, True, False, False]
    assert second["low"].isna().tolist() == [True, True, False, False]
