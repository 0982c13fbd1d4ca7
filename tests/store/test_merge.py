"""What a delivery does to the responses that are stored."""

from collections.abc import Iterator

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcmonitor.errors import WorkspaceError
from lcmonitor.intake.responses import Responses
from lcmonitor.store.responses import Comparison
from lcmonitor.store.store import Store, writing
from tests.store.drawn import entry, responses, stored

FIRST = """
id Q1 Q2 N1
1  4  5  20
2  3  -  -
3  1  n/a 7.5
"""


def test_a_first_delivery_is_all_new(store: Store) -> None:
    first = responses(FIRST)
    assert store.compare(first) == Comparison(new=3)
    assert store.merge(entry(), first) == Comparison(new=3)
    assert stored(store, "response_id", "Q1", "Q2", "N1") == ["1 4 5 20.0", "2 3 -102 none", "3 1 -103 7.5"]
    assert stored(store, "community", "delivery", "wave", "row")[0] == "rye a1 1 2"


def test_the_same_delivery_again_changes_nothing(store: Store) -> None:
    store.merge(entry("a1"), responses(FIRST))
    assert store.merge(entry("b2"), responses(FIRST)) == Comparison(unchanged=3)
    assert set(stored(store, "delivery")) == {"a1"}


def test_comparing_stores_nothing(store: Store) -> None:
    store.merge(entry(), responses(FIRST))
    wider = responses("id Q1 Q9\n1 2 3\n8 2 3")
    assert store.compare(wider) == Comparison(new=1, updated=1, gone=2)
    assert stored(store, "response_id", "Q1") == ["1 4", "2 3", "3 1"]


def test_a_corrected_export_updates_exactly_what_changed(store: Store) -> None:
    store.merge(entry("a1"), responses(FIRST))
    corrected = responses(FIRST.replace("2  3  -  -", "2  3  4  -"))
    assert store.merge(entry("b2"), corrected) == Comparison(updated=1, unchanged=2)
    assert stored(store, "response_id", "Q2", "delivery") == ["1 5 a1", "2 4 b2", "3 -103 a1"]


@pytest.mark.parametrize("column", ["completeness", "panel_key", "partner"])
def test_what_is_known_of_a_response_is_part_of_its_content(store: Store, column: str) -> None:
    store.merge(entry("a1"), responses(f"id {column} Q1\n1 x 4\n2 x 4"))
    assert store.compare(responses(f"id {column} Q1\n1 x 4\n2 y 4")) == Comparison(updated=1, unchanged=1)


def test_another_place_in_the_file_is_no_change(store: Store) -> None:
    store.merge(entry("a1"), responses("id row Q1\n1 2 4\n2 3 5"))
    assert store.compare(responses("id row Q1\n2 2 5\n1 3 4")) == Comparison(unchanged=2)


def test_a_response_that_is_gone_is_kept_and_counted(store: Store) -> None:
    store.merge(entry("a1"), responses(FIRST))
    assert store.merge(entry("b2"), responses("id Q1 Q2 N1\n1 4 5 20")) == Comparison(unchanged=1, gone=2)
    assert stored(store, "response_id") == ["1", "2", "3"]


def test_a_response_that_is_gone_is_dropped_when_replacing(store: Store) -> None:
    store.merge(entry("a1"), responses(FIRST))
    smaller = responses("id Q1 Q2 N1\n1 4 5 20\n2 5 5 1")
    assert store.merge(entry("b2", replaces=True), smaller) == Comparison(updated=1, unchanged=1, gone=1)
    assert stored(store, "response_id", "Q1") == ["1 4", "2 5"]


def test_only_the_waves_of_the_delivery_are_replaced(store: Store) -> None:
    store.merge(entry("a1"), responses("wave id Q1\n1 1 4\n2 1 4"))
    assert store.merge(entry("b2", replaces=True), responses("wave id Q1\n2 7 4")) == Comparison(
        new=1, gone=1
    )
    assert stored(store, "wave", "response_id") == ["1 1", "2 7"]


def test_communities_and_forms_do_not_touch_each_other(store: Store) -> None:
    store.merge(entry("a1"), responses(FIRST))
    other = responses("id Q1\n1 2", community="wheat")
    coordinator = responses("id Q1\n1 5", form="coordinator")
    assert store.merge(entry("b2", community="wheat", replaces=True), other) == Comparison(new=1)
    assert store.merge(entry("c3", replaces=True), coordinator) == Comparison(new=1)
    assert stored(store, "community", "response_id") == ["rye 1", "rye 2", "rye 3", "wheat 1"]
    assert store.forms() == ("coordinator", "participant")


def test_a_new_item_was_not_asked_before(store: Store) -> None:
    store.merge(entry("a1"), responses("id Q1\n1 4"))
    wider = responses("id Q1 Q2 N1\n2 4 5 2.5")
    assert store.merge(entry("b2"), wider) == Comparison(new=1, gone=1)
    assert stored(store, "response_id", "Q2", "N1") == ["1 -101 none", "2 5 2.5"]


def test_an_item_that_nobody_was_asked_is_no_change(store: Store) -> None:
    store.merge(entry("a1"), responses("id Q1\n1 4"))
    assert store.merge(entry("b2"), responses("id Q1 Q2\n1 4 asked?")) == Comparison(unchanged=1)
    assert store.merge(entry("c3"), responses("id Q1\n1 4")) == Comparison(unchanged=1)


def test_an_answer_to_a_new_item_is_a_change(store: Store) -> None:
    store.merge(entry("a1"), responses("id Q1\n1 4"))
    assert store.merge(entry("b2"), responses("id Q1 Q2\n1 4 -")) == Comparison(updated=1)
    assert store.merge(entry("c3"), responses("id Q1\n1 4")) == Comparison(updated=1)
    assert stored(store, "Q1", "Q2") == ["4 -101"]


def test_texts_may_come_as_categories(store: Store) -> None:
    plain = responses(FIRST)
    coded = plain.rows.set_column(0, "wave", plain.rows["wave"].dictionary_encode())
    assert store.merge(entry("a1"), Responses("rye", "participant", coded)) == Comparison(new=3)
    assert store.merge(entry("b2"), plain) == Comparison(unchanged=3)


def test_an_empty_delivery_is_a_delivery(store: Store) -> None:
    nothing = responses("id Q1\n1 1")
    nothing = Responses("rye", "participant", nothing.rows.slice(0, 0))
    assert store.merge(entry(replaces=True), nothing) == Comparison()
    assert len(store.receipts()) == 1


def test_names_may_hold_quotes(store: Store) -> None:
    store.merge(entry("a1"), responses('id Q"1\n1 4', form='staff"; DROP TABLE delivery; --'))
    assert store.forms() == ('staff"; DROP TABLE delivery; --',)
    assert len(store.receipts()) == 1


@pytest.mark.parametrize("heading", ["Q1 q1", "Q1 Wave", "Q1 delivery", "Q1 partner_type"])
def test_a_name_that_cannot_be_a_column_is_refused_and_nothing_is_stored(store: Store, heading: str) -> None:
    rows = responses("id Q1\n1 4").rows
    for name in heading.split()[1:]:
        rows = rows.append_column(name, pa.array([3], pa.int8()))
    with pytest.raises(WorkspaceError, match="LCM-403"):
        store.merge(entry(), Responses("rye", "participant", rows))
    assert (store.forms(), store.receipts()) == ((), [])


def test_an_item_that_changed_its_type_is_refused_and_nothing_is_stored(store: Store) -> None:
    store.merge(entry("a1"), responses("id Q1\n1 4"))
    number = responses("id N1\n2 4.5").rows.rename_columns([*responses("id Q1\n1 4").rows.column_names])
    with pytest.raises(WorkspaceError) as caught:
        store.merge(entry("b2"), Responses("rye", "participant", number))
    (message,) = caught.value.messages
    assert (message.code, message.place) == ("LCM-404", "participant")
    assert "TINYINT" in message.text("nl")
    assert stored(store, "response_id") == ["1"]
    assert len(store.receipts()) == 1


def test_two_responses_with_one_id_are_a_fault_of_ours_and_nothing_is_stored(store: Store) -> None:
    with pytest.raises(AssertionError, match="same id"):
        store.merge(entry(), responses("id Q1\n1 4\n1 5"))
    assert (store.forms(), store.receipts()) == ((), [])
    store.merge(entry(), responses("id Q1\n1 4"))


def test_counts_account_for_every_response(store: Store) -> None:
    store.merge(
        entry("a1"), responses("wave id completeness Q1\n1 1 complete 4\n1 2 break_off 4\n2 1 complete 3")
    )
    store.merge(entry("b2"), responses("wave id completeness Q1\n2 9 complete 3", form="coordinator"))
    assert store.counts() == [
        ("rye", "1", "participant", "break_off", 1),
        ("rye", "1", "participant", "complete", 1),
        ("rye", "2", "coordinator", "complete", 1),
        ("rye", "2", "participant", "complete", 1),
    ]


Answers = dict[str, int]  # response id -> answer


def _drawn(answers: Answers, community: str) -> Responses:
    lines = [f"{name} {answer}" for name, answer in answers.items()]
    return responses("\n".join(["id Q1", *lines]), community)


answers = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 3), min_size=1)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all examples, each in a community of its own."""
    with writing(tmp_path_factory.mktemp("shared") / "store.duckdb") as store:
        yield store


@settings(max_examples=15, deadline=None)
@given(deliveries=st.lists(st.tuples(answers, st.booleans()), min_size=1, max_size=4))
def test_any_deliveries_leave_what_a_dictionary_would(
    shared: Store, deliveries: list[tuple[Answers, bool]]
) -> None:
    community, model = f"community {len(shared.receipts())}", Answers()
    for arriving, replace in deliveries:
        expected = Comparison(
            new=len(arriving.keys() - model.keys()),
            updated=sum(model.get(name, answer) != answer for name, answer in arriving.items()),
            unchanged=sum(model.get(name) == answer for name, answer in arriving.items()),
            gone=len(model.keys() - arriving.keys()),
        )
        assert shared.merge(entry(replaces=replace), _drawn(arriving, community)) == expected
        model = dict(arriving) if replace else model | arriving
    mine = [
        line for line in stored(shared, "community", "response_id", "Q1") if line.startswith(f"{community} ")
    ]
    assert mine == sorted(f"{community} {name} {answer}" for name, answer in model.items())
