"""Open answers that a community may read about itself. They are for no one else."""

from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass

from lcmonitor.programme.privacy import Privacy

_SEAL = object()


@dataclass(frozen=True)
class ReleasedTexts:
    """Made by ``release_texts`` only. Per item its answers in the order of the alphabet; None: too few."""

    answers: Mapping[str, tuple[str, ...] | None]
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("only lcmonitor.disclosure.open_answers.release_texts makes ReleasedTexts")


def release_texts(answers: Iterable[tuple[str, str]], rules: Privacy) -> ReleasedTexts:
    """``answers``: item and masked text. In an order that says nothing about who wrote what."""
    found: dict[str, list[str]] = {}
    for item, text in answers:
        found.setdefault(item, []).append(text)
    enough = rules.open_answers
    return ReleasedTexts(
        {item: tuple(sorted(texts)) if len(texts) >= enough else None for item, texts in found.items()}, _SEAL
    )
