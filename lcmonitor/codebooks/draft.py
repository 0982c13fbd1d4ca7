"""A draft of an instrument: what the file says in the shape of a codebook, and open where it says nothing.

Nothing is invented. A text that is missing is empty, which the loader refuses; what somebody has to decide is
told where it stands, and in the report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from lcmonitor.codebooks.described import Described, LeftOut, Question
from lcmonitor.codebooks.item_codes import item_codes
from lcmonitor.codebooks.languages import Tongue
from lcmonitor.codebooks.scale_text import scale_text
from lcmonitor.codebooks.scales import name_of, numbered, plain_name, shared
from lcmonitor.codebooks.wording import Wording
from lcmonitor.documents import Location
from lcmonitor.errors import LANGUAGES

FORM = "survey"


@dataclass(frozen=True)
class Remark:
    """Something to be told: a key of ``reports/text/codebook.yml``, and what fills its blanks."""

    key: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """The codebook as plain data, what is told above a place in it, and what the report says."""

    data: dict[str, Any]
    left_out: Sequence[LeftOut]
    remarks: dict[Location, list[Remark]] = field(default_factory=dict)
    unsure: list[tuple[str, Remark]] = field(default_factory=list)  # scale or item, and what to look at

    def tell(self, place: Location, key: str, **params: str) -> None:
        """At the place only."""
        self.remarks.setdefault(place, []).append(Remark(key, params))

    def doubt(self, place: Location, key: str, **params: str) -> None:
        """At the place and in the report."""
        self.tell(place, key, **params)
        name = " ".join(str(part) for part in place[1:] if part not in ("codes", "missing"))
        self.unsure.append((name, Remark(key, params)))


def draft(described: Described, file: str, tongue: Tongue) -> Draft:
    """``file``: its name, which names the instrument if the survey has no title."""
    title = tongue.text(described.title)
    data: dict[str, Any] = {
        "id": plain_name(next(iter(title.values()), "") or PurePath(file).stem),
        "title": in_both(title),
        "scales": {},
        "constructs": {},
        "items": {},
        "forms": {FORM: {"title": in_both(title), "items": []}},
        "versions": [],
    }
    made = Draft(data, described.left_out)
    scales = _add_scales(made, described.questions, tongue)
    _add_items(made, described.questions, scales, tongue)
    return made


def in_both(text: Mapping[Any, str]) -> dict[str, str]:
    """The text in both languages, empty where there is none."""
    return {language: text.get(language, "") for language in LANGUAGES}


def _add_scales(made: Draft, questions: Sequence[Question], tongue: Tongue) -> Mapping[int, str]:
    """Place of a question -> its scale; one with more answers than a scale can have is absent."""
    scales: dict[int, str] = {}
    for places in shared(questions):
        asked = [questions[place] for place in places]
        points = numbered(asked[0].answers)
        if points is not None:
            name = name_of(asked, tongue, made.data["scales"])
            written = scale_text(points, tongue)
            made.data["scales"][name] = written.data
            for place, key, params in written.doubts:
                made.doubt(("scales", name, *place), key, **params)
            scales |= dict.fromkeys(places, name)
    return scales


def _add_items(made: Draft, questions: Sequence[Question], scales: Mapping[int, str], tongue: Tongue) -> None:
    wording = Wording(questions, tongue)
    section = around = ""
    for place, (question, code) in enumerate(zip(questions, item_codes(questions), strict=True)):
        at: Location = ("items", code)
        text, also = wording.of(question)
        if section != (section := wording.plain(question.section)) and section:
            made.tell(at, "section", text=section)
        if around != (around := wording.stem(question)) and around:
            made.tell(at, "question", text=around)
        item: dict[str, Any] = {"text": in_both(text)}
        item |= _type(made, at, question, scales.get(place))
        made.data["items"][code] = item | ({"also": list(also)} if also else {})
        made.data["forms"][FORM]["items"].append(code)
        _add_doubts(made, at, question, code)


def _type(made: Draft, at: Location, question: Question, scale: str | None) -> dict[str, str]:
    if question.kind != "choice":
        return {"type": question.kind}
    if scale is None:
        made.doubt(at, "too_many", count=str(len(question.answers)))
        return {"type": "text"}
    return {"scale": scale}


def _add_doubts(made: Draft, at: Location, question: Question, code: str) -> None:
    if question.doubt:
        made.doubt(at, question.doubt)
    if code.rstrip("_") != question.code.strip().rstrip("_"):
        made.doubt(at, "renamed", code=question.code)
