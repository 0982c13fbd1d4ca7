"""What a draft and its report say is there for every reason and every doubt, in both languages."""

from collections.abc import Iterator
from typing import Any, get_args

from lcmonitor.codebooks import texts
from lcmonitor.codebooks.described import Doubt, Reason
from lcmonitor.codebooks.registry import FORMATS


def leaves(value: Any) -> Iterator[Any]:
    if all(isinstance(inner, str) for inner in value.values()):
        yield value
    else:
        for inner in value.values():
            yield from leaves(inner)


def test_every_text_is_there_in_both_languages() -> None:
    assert {tuple(text) for text in leaves(texts.content())} == {("nl", "en")}


def test_every_reason_doubt_and_format_has_its_text() -> None:
    assert set(texts.content()["left_out"]) == set(get_args(Reason))
    assert set(get_args(Doubt)) <= set(texts.content()["remarks"])
    assert set(texts.content()["formats"]) == set(FORMATS)
