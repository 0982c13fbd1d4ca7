"""What became of a codebook: the draft, and what was taken, left out and not sure."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from lcmonitor.codebooks.described import Reason
from lcmonitor.codebooks.texts import Texts
from lcmonitor.errors import LANGUAGES, Language
from lcmonitor.exports import wire

_LONGEST = 32 << 20  # bytes: an instrument of thousands of questions has a tenth
_NAMED = 8  # codes on one line of the report


@dataclass(frozen=True)
class Unsure:
    """A scale or an item, and a key of the texts that says what somebody has to look at."""

    at: str
    key: str
    params: dict[str, str]


@dataclass(frozen=True)
class Report:
    """``language``: of the words for which the file names none; ``judged``: by the words themselves."""

    file: str
    sha256: str
    format: str
    items: dict[str, int]  # by type
    scales: int
    texts_to_write: int
    judged: bool
    language: Language | None
    left_out: tuple[tuple[str, Reason], ...]
    unsure: tuple[Unsure, ...]
    codebook: str  # the draft, as YAML

    def lines(self, language: Language, target: Path | None) -> Iterator[str]:
        """The report for a person: what was taken, is to be done, was left out, and is not sure."""
        say = partial(Texts(language).text, "report")
        counts = {kind: self.items.get(kind, 0) for kind in ("scale", "number", "text", "date")}
        format_ = Texts(language).text("formats", self.format)
        facts = {"file": self.file, "format": format_, "scales": self.scales, "items": sum(counts.values())}
        yield say("taken", {**facts, "kinds": say("kinds", counts)})
        if target:
            yield say("saved", {"out": target})
        if self.judged and self.language:
            yield say("language_judged", {"language": Texts(language).text("languages", self.language)})
        elif self.judged:
            yield say("language_unknown")
        if self.texts_to_write:
            yield say("todo", {"count": self.texts_to_write})
        yield from _listed(say("left_out"), self._left_out(language))
        yield from _listed(say("unsure"), self._unsure(language))

    def _left_out(self, language: Language) -> Iterator[tuple[str, str]]:
        for code, reason in self.left_out:
            yield Texts(language).text("left_out", reason), code

    def _unsure(self, language: Language) -> Iterator[tuple[str, str]]:
        for one in self.unsure:
            yield Texts(language).text("remarks", one.key, one.params), one.at

    def as_json(self) -> Mapping[str, object]:
        """As ``codebook --json`` prints it."""
        return {
            **asdict(self),
            "left_out": [
                {"code": code, "reason": reason, "message": _in_both("left_out", reason, {})}
                for code, reason in self.left_out
            ],
            "unsure": [
                {"at": one.at, "what": one.key, "message": _in_both("remarks", one.key, one.params)}
                for one in self.unsure
            ],
        }


def _listed(heading: str, said: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Everything of which the same is said on one line, the first of them by name."""
    by_text: dict[str, list[str]] = defaultdict(list)
    for text, name in said:
        by_text[text].append(name)
    if by_text:
        yield heading
    for text, names in by_text.items():
        more = f", … ({len(names)})" if len(names) > _NAMED else ""
        yield f"  {', '.join(names[:_NAMED])}{more}: {text}"


def _in_both(group: str, key: str, params: Mapping[str, str]) -> Mapping[Language, str]:
    return {language: Texts(language).text(group, key, params) for language in LANGUAGES}


def packed(report: Report) -> list[bytes]:
    """For the way out of the limited process."""
    return [json.dumps(asdict(report)).encode()]


def unpacked(receive: wire.Receive, _: int) -> Report:
    """Raises ExportError if the file was refused; ValueError if this is no report."""
    return TypeAdapter(Report).validate_json(wire.beginning(receive(_LONGEST)))
