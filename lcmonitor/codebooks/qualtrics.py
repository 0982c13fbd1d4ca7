"""The design of a Qualtrics survey (.qsf): blocks, questions, their choices, and what each is exported as."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from lcmonitor.codebooks.built_in import CHOSEN, built_in, points
from lcmonitor.codebooks.described import Answer, Described, Doubt, Kind, LeftOut, Question, Reason, Words
from lcmonitor.codebooks.file import File
from lcmonitor.codebooks.languages import content

Part = Mapping[str, Any]  # one piece of the design
_YES = (True, "true", "on", "Yes")
_MANY = ("MAVR", "MAHR", "MACOL", "MSB")  # selectors of questions with several answers


def read(file: File) -> Described | None:
    """None: no design of Qualtrics."""
    inside = next((data for name, data in file.members.items() if name.lower().endswith(".qsf")), None)
    found = file.json if inside is None else File(file.name, inside).json
    if not isinstance(found, dict) or not isinstance(found.get("SurveyElements"), list):
        return None
    survey = _Survey(_part(found.get("SurveyEntry")), [*map(_part, found["SurveyElements"])])
    return Described(
        {survey.language: _text(survey.entry, "SurveyName")},
        tuple(survey.questions()),
        tuple(survey.left_out()),
    )


@dataclass(frozen=True)
class _Survey:
    entry: Part
    elements: Sequence[Part]

    @property
    def language(self) -> str:
        return _text(self.entry, "SurveyLanguage")

    def questions(self) -> Iterator[Question]:
        for section, doubt, payload in self._asked():
            design = _Design(payload, self.language, {self.language: section}, doubt)
            yield from design.questions()

    def left_out(self) -> Iterator[LeftOut]:
        asked = {_text(payload, "QuestionID") for _, _, payload in self._asked()}
        for name, payload in self._payloads.items():
            tag = _text(payload, "DataExportTag") or name
            if name not in asked:
                yield LeftOut(tag, "unused")
            elif reason := _Design(payload, self.language).reason:
                yield LeftOut(tag, reason)
        yield from (LeftOut(field, "own") for field in dict.fromkeys(_embedded(self._flow)))

    def _asked(self) -> Iterator[tuple[str, Doubt | None, Part]]:
        """Section, doubt and design of every question, in the order of the survey's flow."""
        blocks = {_text(block, "ID"): block for block in self._blocks}
        in_flow = [name for name in dict.fromkeys(_blocks_of(self._flow)) if name in blocks]
        for name in in_flow or [name for name, block in blocks.items() if block.get("Type") != "Trash"]:
            looping = _text(_part(blocks[name].get("Options")), "Looping")
            doubt: Doubt | None = "loop" if looping not in ("", "None") else None
            for element in _values(blocks[name].get("BlockElements")):
                if payload := self._payloads.get(_text(_part(element), "QuestionID")):
                    yield _text(blocks[name], "Description"), doubt, payload

    @cached_property
    def _payloads(self) -> Mapping[str, Part]:
        of_questions = [one for one in self.elements if one.get("Element") == "SQ"]
        return {_text(one, "PrimaryAttribute"): _part(one.get("Payload")) for one in of_questions}

    @property
    def _blocks(self) -> Iterator[Part]:
        payloads = (one.get("Payload") for one in self.elements if one.get("Element") == "BL")
        return (_part(block) for payload in payloads for block in _values(payload))

    @property
    def _flow(self) -> Part:
        return next((_part(one.get("Payload")) for one in self.elements if one.get("Element") == "FL"), {})


def _inner(flow: Part, depth: int = 0) -> Iterator[Part]:
    """The flow and everything in it; deeper than any survey nests it ends."""
    yield flow
    if depth < 50:
        for step in _values(flow.get("Flow")):
            yield from _inner(_part(step), depth + 1)


def _blocks_of(flow: Part) -> Iterator[str]:
    return (_text(step, "ID") for step in _inner(flow) if step.get("Type") in ("Block", "Standard"))


def _embedded(flow: Part) -> Iterator[str]:
    for step in _inner(flow):
        if step.get("Type") == "EmbeddedData":
            yield from (_text(_part(data), "Field") for data in _values(step.get("EmbeddedData")))


@dataclass(frozen=True)
class _Design:
    """One question. ``outer``: the side-by-side question that it is a column of."""

    payload: Part
    language: str
    section: Words | None = None
    doubt: Doubt | None = None
    outer: "_Design | None" = None

    @property
    def reason(self) -> Reason | None:
        """Why it is no item; None: it is."""
        shape = content("qualtrics")["types"].get(self.type, {"left_out": "unsupported"})
        reason: Reason | None = shape.get("left_out") if isinstance(shape, dict) else None
        return reason or ("unsupported" if self.type == "Matrix" and not self._known_matrix else None)

    @property
    def type(self) -> str:
        return _text(self.payload, "QuestionType")

    @property
    def tag(self) -> str:
        """What the export calls it."""
        return _text(self.payload, "DataExportTag") or _text(self.payload, "QuestionID").replace("QID", "Q")

    @property
    def _known_matrix(self) -> bool:
        return _text(self.payload, "Selector") in content("qualtrics")["matrices"]

    def questions(self) -> Iterator[Question]:
        """What each of its columns holds."""
        if not self.reason:
            yield from _SHAPES[content("qualtrics")["types"][self.type]](self)

    def _choice(self) -> Iterator[Question]:
        selector = _text(self.payload, "Selector")
        if selector == "NPS":
            yield self._question(self.tag, {}, points(0, 10), "points-0-10")
        elif selector in _MANY:
            for name, choice in self.choices.items():
                yield self._tick(f"{self.tag}_{self._recoded(name)}", choice, name)
        else:
            yield self._question(self.tag, {}, tuple(self._answers(self.choices, "Choices")))
        for name, choice in self.choices.items():
            if choice.get("TextEntry") in _YES:
                code = f"{self.tag}_{self._recoded(name)}_TEXT"
                also = () if selector in _MANY else (f"{self.tag}_TEXT",)
                yield self._question(code, self._words("Choices", name), kind="text", also=also)

    def _matrix(self) -> Iterator[Question]:
        kind = content("qualtrics")["matrices"][_text(self.payload, "Selector")]
        many = _text(self.payload, "SubSelector") == "MultipleAnswer" or kind != "choice"
        for name, row in self.choices.items():
            words, names = self._words("Choices", name), self._row_names(name)
            if many:
                yield from self._cells([*names, *self._beside(name)], words, kind)
            else:
                answers = tuple(self._answers(self.answers, "Answers"))
                yield self._question(names[0], words, answers, also=(*names[1:], *self._beside(name)))
            if row.get("TextEntry") in _YES:
                code, *also = (f"{one}_TEXT" for one in names)
                yield self._question(code, words, kind="text", also=(*also,))

    def _cells(self, rows: Sequence[str], words: Words, kind: Kind) -> Iterator[Question]:
        """Numbered by recoded values, in older exports by the answers' own numbers."""
        ending = "_TEXT" if kind == "text" else ""
        for name in self.answers:
            above = self._words("Answers", name)
            both = {tag: f"{words[tag]} – {above[tag]}" for tag in words if tag in above}
            numbers = dict.fromkeys((self._recoded(name), name))
            code, *also = (f"{row}_{number}{ending}" for number in numbers for row in rows)
            options = (built_in(CHOSEN), CHOSEN) if kind == "choice" else ((), "")
            yield self._question(code, both, *options, kind=kind, also=(*also,))

    def _beside(self, name: str) -> Iterator[str]:
        """What exports call a row of a column side by side, where rows have names of their own."""
        row = _text(_part(self.payload.get("ChoiceDataExportTags")), name)
        if row and self.outer:
            column = _text(self.payload, "AnswerDataExportTag") or self.tag.rpartition("#")[2]
            yield from (f"{self.tag}_{row}_{column}", f"{row}: {column}")

    def _numbers(self) -> Iterator[Question]:
        for name in self.choices:
            code, *also = self._row_names(name)
            yield self._question(code, self._words("Choices", name), kind="number", also=(*also,))

    def _ranks(self) -> Iterator[Question]:
        for question in self._numbers():
            yield replace(question, doubt="ranking")

    def _open(self) -> Iterator[Question]:
        if _text(self.payload, "Selector") == "FORM":
            for name in self.choices:
                code = f"{self.tag}_{name}"
                words = self._words("Choices", name)
                yield self._question(code, words, kind="text", also=(f"{code}_TEXT",))
            return
        settings = _part(_part(self.payload.get("Validation")).get("Settings"))
        kind = content("qualtrics")["contents"].get(_text(settings, "ContentType"), "text")
        yield self._question(self.tag, {}, kind=kind)

    def _side_by_side(self) -> Iterator[Question]:
        for number, inner in _items(self.payload.get("AdditionalQuestions")):
            payload = {**inner, "DataExportTag": _text(inner, "DataExportTag") or f"{self.tag}#{number}"}
            shared = ("Choices", "ChoiceOrder", "ChoiceDataExportTags")
            rows = {name: self.payload.get(name) for name in shared}
            yield from _Design({**payload, **rows}, self.language, self.section, self.doubt, self).questions()

    def _question(
        self,
        code: str,
        part: Words,
        answers: tuple[Answer, ...] = (),
        name: str = "",
        kind: Kind = "choice",
        also: tuple[str, ...] = (),
    ) -> Question:
        whole = self._translated("QuestionText")
        if self.outer:
            above = self.outer._translated("QuestionText")
            whole = {tag: f"{above.get(tag, '')} {text}" for tag, text in whole.items()}
        words, around = (part, whole) if part else (whole, {})
        return Question(
            code,
            kind,
            words,
            answers,
            name,
            around,
            self.section or {},
            also,
            self.doubt,
        )

    def _tick(self, code: str, choice: Part, name: str) -> Question:
        plain = f"{self.tag}_{name}"  # as older exports number them
        also = () if plain == code else (plain,)
        return self._question(code, self._words("Choices", name), built_in(CHOSEN), CHOSEN, also=also)

    def _answers(self, choices: Mapping[str, Part], part: str) -> Iterator[Answer]:
        """Excluded from the analysis is how Qualtrics says that a choice is no answer."""
        excluded, naming = (_part(self.payload.get(key)) for key in ("AnalyzeChoices", "VariableNaming"))
        for name in choices:
            named = _text(naming, name)
            missing = excluded.get(name) in _YES
            yield Answer(self._recoded(name), self._words(part, name), missing, (named,) if named else ())

    def _row_names(self, name: str) -> list[str]:
        """A row's own tag is the heading in exports of today; older ones put it behind the question's."""
        tag = _text(_part(self.payload.get("ChoiceDataExportTags")), name)
        together = f"{self.tag}_{name}"
        if not tag:
            return [together]
        own = tag if tag.startswith(self.tag) else f"{self.tag}_{tag}"
        return [*dict.fromkeys((own, f"{self.tag}_{tag}", tag, together))]

    def _recoded(self, name: str) -> str:
        return _text(_part(self.payload.get("RecodeValues")), name) or name

    @property
    def choices(self) -> Mapping[str, Part]:
        """Choices or, of a matrix, rows, in their order."""
        return _ordered(self.payload, "Choices", "ChoiceOrder")

    @property
    def answers(self) -> Mapping[str, Part]:
        """The columns of a matrix in their order."""
        return _ordered(self.payload, "Answers", "AnswerOrder")

    def _words(self, part: str, name: str) -> Words:
        own = _text(_part(_part(self.payload.get(part)).get(name)), "Display")
        other = {
            tag: _text(_part(_part(words.get(part)).get(name)), "Display")
            for tag, words in self._translations
        }
        return {self.language: own, **{tag: text for tag, text in other.items() if text}}

    def _translated(self, field: str) -> Words:
        other = {tag: _text(words, field) for tag, words in self._translations}
        return {
            self.language: _text(self.payload, field),
            **{tag: text for tag, text in other.items() if text},
        }

    @property
    def _translations(self) -> Sequence[tuple[str, Part]]:
        return _items(self.payload.get("Language"))


_SHAPES: Mapping[str, Callable[[_Design], Iterator[Question]]] = {
    "choice": _Design._choice,
    "matrix": _Design._matrix,
    "numbers": _Design._numbers,
    "ranks": _Design._ranks,
    "open": _Design._open,
    "side by side": _Design._side_by_side,
}


def _ordered(payload: Part, part: str, order: str) -> Mapping[str, Part]:
    """PHP writes a mapping as a list where its keys happen to run from nought."""
    found = dict(_items(payload.get(part)))
    listed = [str(name) for name in _values(payload.get(order))]
    return {name: found[name] for name in dict.fromkeys((*listed, *found)) if name in found}


def _items(value: Any) -> Sequence[tuple[str, Part]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(str(name), _part(part)) for name, part in pairs]


def _values(value: Any) -> Sequence[Any]:
    return [*value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []


def _part(value: Any) -> Part:
    return value if isinstance(value, dict) else dict(_items(value)) if isinstance(value, list) else {}


def _text(part: Part, name: str) -> str:
    value = part.get(name)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
