"""What is remembered of deliveries."""

import pytest

from lcmonitor.store.store import Store
from tests.store.drawn import entry, finding, responses

ONE = responses("id Q1\n1 4")


def test_receipts_come_back_whole_in_order_of_delivery(store: Store) -> None:
    store.merge(entry("b2"), ONE)
    store.refuse(entry("a1", "refused"))
    assert store.receipts() == [
        {"file": "b2.csv", "verdict": "accepted", "title": "één"},
        {"file": "a1.csv", "verdict": "refused", "title": "één"},
    ]


def test_an_accepted_delivery_is_found_again(store: Store) -> None:
    store.merge(entry("a1"), ONE)
    assert store.delivery("a1", "definitions 1", "rye") == entry("a1").document


@pytest.mark.parametrize(
    ("sha256", "fingerprint", "community"),
    [("b2", "definitions 1", "rye"), ("a1", "definitions 2", "rye"), ("a1", "definitions 1", "wheat")],
)
def test_other_bytes_definitions_or_community_are_another_delivery(
    store: Store, sha256: str, fingerprint: str, community: str
) -> None:
    store.merge(entry("a1"), ONE)
    assert store.delivery(sha256, fingerprint, community) is None


def test_a_refused_delivery_may_be_tried_again(store: Store) -> None:
    store.refuse(entry("a1", "refused"))
    assert store.delivery("a1", "definitions 1", "rye") is None
    assert store.forms() == ()


def test_findings_can_be_counted(store: Store) -> None:
    store.merge(entry("a1", "remarks", (finding("LCM-201"), finding("LCM-202"))), ONE)
    store.refuse(entry("b2", "refused", (finding("LCM-201"),)))
    counted = store.connection.execute(
        "SELECT code, count(*), sum(count), list_distinct(flatten(list(in_rows)))"
        " FROM finding GROUP BY ALL ORDER BY code"
    ).fetchall()
    assert [(code, times, cells, sorted(rows)) for code, times, cells, rows in counted] == [
        ("LCM-201", 2, 4, [3, 9]),
        ("LCM-202", 1, 2, [3, 9]),
    ]


def test_the_audit_says_what_was_done_in_order(store: Store) -> None:
    store.merge(entry("a1"), ONE)
    store.refuse(entry("b2", "refused"))
    audit = store.connection.execute(
        "SELECT position, action, subject FROM audit ORDER BY happened, position"
    ).fetchall()
    assert audit == [(1, "deliver", "a1"), (2, "refuse", "b2")]
