"""The design of a form for KoboToolbox or ODK (XLSForm): its survey and choices, or the survey alone."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lcmonitor.codebooks.built_in import CHOSEN, built_in, told
from lcmonitor.codebooks.described import Answer, Described, LeftOut, Question, Reason, Words
from lcmonitor.codebooks.file import File, Rows
from lcmonitor.codebooks.languages import content
from lcmonitor.exports.headings import key

Row = Mapping[str, str]

_TRANSLATED = re.compile(r"^(label)\s*(?:::?\s*(.*))?$", re.IGNORECASE)
_SELECT = re.compile(
    r"^(select[ _](?:one|multiple)(?:_from_file)?|rank)\s+(?:from\s+)?(\S+)(\s+or[ _](?:specify[ _])?other)?",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"^(begin|end)[ _](group|repeat)$", re.IGNORECASE)


def read(file: File) -> Described | None:
    """None: no XLSForm. Raises ExportError LCM-183: only its answers, not its questions."""
    sheets = {_sheet(name): rows for name, rows in file.tables.items()}
    survey, choices = sheets.get("survey"), sheets.get("choices")
    only = file.tables.get("")
    if only is not None and {"type", "name"} <= _headings(only) and any(map(_TRANSLATED.match, only[0])):
        survey = only
    elif only is not None and {"listname", "name"} <= _headings(only):
        raise file.refused("LCM-183", tool="kobo")
    if survey is None or not {"type", "name"} <= _headings(survey):
        return None
    form = _Form(_lists(choices) if choices else {}, tuple(_rows(survey)))
    settings = next(iter(_rows(sheets["settings"])), {}) if "settings" in sheets else {}
    return Described({"": settings.get("formtitle", "")}, tuple(form.questions()), tuple(form.left_out()))


def _sheet(name: str) -> str:
    """A sheet's name, or the last word of a file's: ``tool_survey.csv``."""
    return re.split(r"[\W_]+", re.sub(r"\.[ct]sv$", "", name.casefold()))[-1]


def _headings(rows: Rows) -> set[str]:
    return {key(heading) for heading in rows[0]}


def _rows(sheet: Rows) -> Iterator[Row]:
    """Each row by its headings, which people write in many ways; those of texts are kept as they are."""
    headings = [
        heading.strip() if _TRANSLATED.match(heading.strip()) else key(heading) for heading in sheet[0]
    ]
    for cells in sheet[1:]:
        if any(cell.strip() for cell in cells):
            yield {heading: cell.strip() for heading, cell in zip(headings, cells, strict=True) if heading}


def _words(row: Row) -> Words:
    """Language -> text: ``label``, ``label::Nederlands (nl)``, ``label:English``."""
    found = ((_TRANSLATED.match(heading), text) for heading, text in row.items())
    return {heading[2] or "": text for heading, text in found if heading and text}


def _lists(choices: Rows) -> Mapping[str, tuple[Answer, ...]]:
    found: dict[str, list[Answer]] = defaultdict(list)
    for row in _rows(choices):
        code = row.get("name") or row.get("value", "")
        if row.get("listname") and code:
            found[row["listname"]].append(Answer(code, _words(row)))
    return {name: tuple(answers) for name, answers in found.items()}


@dataclass(frozen=True)
class _Form:
    lists: Mapping[str, tuple[Answer, ...]]
    rows: Sequence[Row]

    def questions(self) -> Iterator[Question]:
        for place, row in self._placed():
            if not place.repeated and not _reason(row):
                yield from self._of_row(row, place)

    def left_out(self) -> Iterator[LeftOut]:
        for place, row in self._placed():
            if reason := "repeat" if place.repeated else _reason(row):
                yield LeftOut(row.get("name", "") or row["type"], reason)

    def _placed(self) -> Iterator[tuple["_Place", Row]]:
        """Every row that is not a border of groups, with the groups that it stands in."""
        around = [_Place()]
        for row in self.rows:
            border = _BLOCK.match(row.get("type", ""))
            if not border:
                yield around[-1], row
            elif border[1].lower() == "begin":
                around.append(around[-1].inside(row, border[2].lower() == "repeat"))
            elif len(around) > 1:
                around.pop()

    def _of_row(self, row: Row, place: "_Place") -> Iterator[Question]:
        name, words = row["name"], _words(row)
        path = ("/".join((*place.path, name)),) if place.path else ()
        select = _SELECT.match(row["type"])
        if not select:
            kind = content("xlsform").get(row["type"].split()[0].casefold(), {}).get("kind", "text")
            yield Question(name, kind, words, section=place.words, also=path)
            return
        answers = self.lists.get(select[2], ())
        if "multiple" in select[1].lower():
            yield from self._ticks(name, words, answers, place)
        elif select[1].lower() == "rank":
            yield Question(name, "text", words, section=place.words, also=path, doubt="ranking")
        else:
            other = (Answer("other", told("other", words)),) if select[3] else ()
            yield Question(name, "choice", words, (*answers, *other), select[2], {}, place.words, path)
        if select[3]:
            yield Question(f"{name}_other", "text", told("other", words), (), "", words, place.words)

    def _ticks(
        self, name: str, words: Words, answers: Sequence[Answer], place: "_Place"
    ) -> Iterator[Question]:
        for answer in answers:
            code = f"{name}/{answer.code}"
            also = ("/".join((*place.path, code)),) if place.path else ()
            option = answer.words or {"": answer.code}
            yield Question(code, "choice", option, built_in(CHOSEN), CHOSEN, words, place.words, also)
        if not answers:  # they stand in a file that is not here
            yield Question(name, "text", words, section=place.words, doubt="outside")


@dataclass(frozen=True)
class _Place:
    """The groups around a row."""

    path: tuple[str, ...] = ()
    words: Words = field(default_factory=dict)
    repeated: bool = False

    def inside(self, row: Row, repeat: bool) -> "_Place":
        name = row.get("name", "")
        return _Place((*self.path, name), _words(row) or {"": name}, self.repeated or repeat)


def _reason(row: Row) -> Reason | None:
    kind = row.get("type", "").casefold()
    known = content("xlsform").get(kind.split()[0] if kind else "", {})
    reason: Reason | None = known.get("left_out")
    if not row.get("name") or (not known and not _SELECT.match(kind)):
        return reason or "unsupported"
    return reason
