"""What is remembered of deliveries."""

import pytest

from lcmonitor.store.store import Store
from tests.store.drawn import entry, released, responses

ONE = responses("id Q1\n1 4")


def test_receipts_come_back_whole_in_order_of_delivery(store: Store) -> None:
    store.merge(entry("b2"), ONE)
    store.merge(entry("a1", "remarks"), ONE)
    assert store.receipts() == [
        {"file": "b2.csv", "verdict": "accepted", "title": "één"},
        {"file": "a1.csv", "verdict": "remarks", "title": "één"},
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


def test_the_audit_says_what_was_done_in_order(store: Store) -> None:
    store.merge(entry("b2"), ONE)
    store.merge(entry("a1"), ONE)
    store.record_edition("first", "1", released("estimate\n3.5"))
    audit = store.connection.execute(
        "SELECT position, action, subject FROM audit ORDER BY happened, position"
    ).fetchall()
    assert audit == [(1, "deliver", "b2"), (2, "deliver", "a1"), (3, "publish", "first")]


def test_whatever_is_done_changes_the_fingerprint_of_what_was_done(store: Store) -> None:
    prints = [store.done()]
    store.merge(entry("a1"), ONE)
    prints.append(store.done())
    store.merge(entry("a1"), ONE)
    prints.append(store.done())
    store.record_edition("first", "1", released("estimate\n3.5"))
    prints.append(store.done())
    store.record_edition("first", "1", released("estimate\n3.5"))
    assert len(set(prints)) == 4
    assert store.done() == prints[-1]
