"""Answers as survey tools export them: one module a tool, written from what is known of its files.

A writer knows nothing of the readers. From a small neutral ``Survey`` it makes the bytes that its tool would,
and it says what must come back: which question columns in which order, and what stands in them. What the
format cannot carry is said by the writer too, never by the test. A new one is a ``Writer`` under its name in
``WRITERS`` of the tool's module, and that module in ``registry.py``.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeVar

import openpyxl

Kind = Literal["single", "multi", "scale", "number", "open"]
# An option's code, the codes of several ("multi"), a number as "1.5", or words; "" or () is left empty.
Answer = str | tuple[str, ...]
Text = TypeVar("Text", str, Answer)


@dataclass(frozen=True)
class Question:
    """``options``: code -> label, of single, multi and scale. Texts may repeat, codes may not."""

    code: str
    text: str
    kind: Kind
    options: Mapping[str, str]


@dataclass(frozen=True)
class Respondent:
    """``answers`` has no entry for a question that was not shown."""

    number: int  # as the tool counts
    token: str  # "": none
    started: datetime
    ended: datetime  # submitted, or last touched
    complete: bool
    answers: Mapping[str, Answer]


@dataclass(frozen=True)
class Survey:
    """The first respondent is complete and ended after the 12th of a month: the order of dates shows."""

    questions: tuple[Question, ...]
    respondents: tuple[Respondent, ...]


@dataclass(frozen=True)
class Column:
    """A column of the export that holds answers. ``cell``: what stands in it for an answer, None: not shown.

    A cell is None where the tool tells "not shown" from "left empty".
    """

    question: str
    code: str
    text: str
    part: str
    cell: Callable[[Answer | None], str | None]

    def of(self, respondent: Respondent) -> str | None:
        """The cell of one respondent."""
        return self.cell(respondent.answers.get(self.question))


@dataclass(frozen=True)
class Writer:
    """One kind of export of one tool, and what it carries."""

    tool: str
    write: Callable[[Survey], bytes]
    columns: Callable[[Survey], Sequence[Column]]
    response_id: Callable[[Respondent], str | None] = lambda respondent: str(respondent.number)
    moment: Callable[[Respondent], datetime | None] = lambda respondent: respondent.ended
    complete: Callable[[Respondent], bool] = lambda respondent: respondent.complete
    keeps_unfinished: bool = False  # responses that were never sent are in the export
    keeps_tokens: bool = True
    illegal: str = r"\x00"  # a pattern of what no cell of this format can hold
    longest: int | None = None  # characters in a cell

    def in_a_workbook(self, write: Callable[[Survey], bytes]) -> "Writer":
        """The same export as XLSX: no control characters, no long cells, none with white space alone."""
        control = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
        return replace(self, write=write, illegal=rf"\A[\s\x00-\x1f]+\Z|{control}", longest=32_767)

    def fitting(self, survey: Survey) -> Survey:
        """What the tool has to export, with a question mark for what its format cannot hold."""
        kept = (one for one in survey.respondents if one.complete or self.keeps_unfinished)
        return Survey(
            tuple(
                replace(
                    one,
                    text=self._held(one.text),
                    options={code: self._held(label) for code, label in one.options.items()},
                )
                for one in survey.questions
            ),
            tuple(
                replace(one, answers={code: self._held(answer) for code, answer in one.answers.items()})
                for one in kept
            ),
        )

    def _held(self, text: Text) -> Text:
        return re.sub(self.illegal, "?", text)[: self.longest] if isinstance(text, str) else text


def as_code(answer: Answer | None) -> str:
    """The answer as it is kept; several with a blank between."""
    return " ".join(answer) if isinstance(answer, tuple) else answer or ""


def as_label(question: Question, between: str = ", ") -> Callable[[Answer | None], str]:
    """The answer as the respondent saw it; of several, one after the other."""

    def cell(answer: Answer | None) -> str:
        if isinstance(answer, tuple):
            return between.join(question.options[code] for code in answer)
        return question.options.get(answer or "", answer or "")

    return cell


def if_chosen(option: str, yes: str, no: str = "", unknown: str | None = "") -> Callable[..., str | None]:
    """The cell of one option of a multiple choice; ``unknown``: where the question was not shown."""

    def cell(answer: Answer | None) -> str | None:
        return unknown if answer is None else yes if option in answer else no

    return cell


Rows = Iterable[Sequence[object]]
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what a workbook takes for the code of a character


def csv_bytes(
    rows: Rows, *, quoting: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL, ends: str = "\r\n", by: str = ","
) -> bytes:
    """Rows as UTF-8 text without a byte order mark."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting, lineterminator=ends, delimiter=by).writerows(rows)
    return text.getvalue().encode()


def xlsx_bytes(sheets: Mapping[str, Rows], formats: Mapping[int, str] | None = None) -> bytes:
    """A workbook; texts stay texts, whatever they look like. ``formats``: of the columns with moments."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row_number, row in enumerate(rows, 1):
            for position, value in enumerate(row):
                told = _CODE.sub("_x005F_", value) if isinstance(value, str) else value  # as Excel does
                cell = sheet.cell(row_number, position + 1, told)
                if isinstance(value, str):
                    cell.data_type = "s"  # "=1+1" is an answer
                elif isinstance(value, datetime):
                    cell.number_format = (formats or {}).get(position, "yyyy-mm-dd hh:mm:ss")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
