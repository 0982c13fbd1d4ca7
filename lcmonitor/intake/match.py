"""Every column of an export is mapped, passed over by name, personal data, or an error.

Order: what the mapping file ignores · an item that is asked of each partner, with the partner · the item's
code · the exact words of the item · the mapping file · the item's code in letters and digits alone, as a tool
writes it that allows no others (``C11`` for ``C1_1``).
Where two items of the form are the same in letters and digits, only the exact code tells them apart.
A near miss is suggested in the error, never taken.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lcmonitor.exports.headings import key
from lcmonitor.exports.table import Column, RawTable, letters
from lcmonitor.intake.asked import Asked
from lcmonitor.intake.bare_codes import by_bare_code, written
from lcmonitor.intake.findings import Place, finding
from lcmonitor.intake.forms import choose_form, in_form, missing_columns
from lcmonitor.intake.near import nearest_item
from lcmonitor.intake.receipt import ColumnUse, Finding
from lcmonitor.wording import comparable

_NEAR = 80  # rapidfuzz ratio, 0-100: below it a suggestion confuses more than it helps
_HEADING = re.compile(r"[^\W\d]+(?:[ ()/_.-]+[^\W\d]+)*[ )]*\d{0,2}")


@dataclass(frozen=True)
class Question:
    """An item and where its answers are: one column, or a column for each point of its scale."""

    item: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Matching:
    """What became of every column. ``form`` is None if it could not be told; then there is an error."""

    form: str | None
    questions: tuple[Question, ...] = ()
    use: ColumnUse = field(default_factory=ColumnUse)
    findings: tuple[Finding, ...] = ()
    open: tuple[Question, ...] = ()  # questions in words, of which nothing is computed

    @property
    def refused(self) -> bool:
        """Whether the columns alone refuse the file."""
        return any(found.severity == "error" for found in self.findings)


def match(table: RawTable, asked: Asked, form: str | None = None) -> Matching:
    """Columns to items, for the form that is given or the one that the columns show."""
    file, columns = table.source.file, table.columns
    fits = {column.position: candidates(column, asked) for column in columns}
    choice = choose_form(file, asked.codebooks, fits.values(), form)
    use = _use(columns, asked)
    if choice.form is None:
        return Matching(None, (), use, choice.findings)
    items = in_form(asked.codebooks, choice.form)
    findings = list(choice.findings)
    found: dict[str, list[Column]] = defaultdict(list)
    strange = []
    for column in (column for column in columns if _is_question(column, asked)):
        fitting = fits[column.position] & items.keys()
        if len(fitting) == 1:
            found[min(fitting)].append(column)
        else:
            strange.append(column)
    missing = list(missing_columns(file, asked.codebooks, choice.form, frozenset(found)))
    lone = _lone(strange, missing)
    for column in strange:
        place, fitting = Place(file, column), fits[column.position]
        findings.append(_unmapped(place, column, fitting, asked, choice.form, lone))
    questions = tuple(
        Question(item, tuple(found[item])) for item in items if item in found and not items[item].is_open
    )
    findings += [_twice(file, each) for each in questions if not is_one_answer(each, asked)]
    findings += missing
    mapped = {column.heading: question.item for question in questions for column in question.columns}
    opened = tuple(Question(item, tuple(found[item])) for item in found if items[item].is_open)
    ignored = (*use.ignored, *(column.heading for question in opened for column in question.columns))
    used = ColumnUse(mapped, ignored, use.personal_data)
    return Matching(choice.form, questions, used, tuple(findings), opened)


def candidates(column: Column, asked: Asked) -> frozenset[str]:
    """The items that the column may hold; none for one that is passed over."""
    if not _is_question(column, asked):
        return frozenset()
    if about := _by_roster(column, asked):
        return about
    names = (column.code, column.heading, column.part)
    if exact := asked.codes & {code for name in names for code in written(name)}:
        return exact
    bare = by_bare_code((column.code, column.heading), asked.by_bare_code)
    worded = _by_words(column, asked)
    return (worded & bare) or worded or _by_mapping(column, asked) or bare


def _by_roster(column: Column, asked: Asked) -> frozenset[str]:
    """An item that is asked of each partner, by its code or words with a name of the partner."""
    names = (*written(column.code), *written(column.heading))  # contact[P03], and P03_contact of a grid
    coded = (asked.by_roster.get(key(name), frozenset()) for name in names)
    words = (comparable(column.heading), comparable(f"{column.text} [{column.part}]"))
    worded = (asked.by_roster.get(name, frozenset()) for name in words)
    return next((found for found in (*coded, *worded) if found), frozenset())


def _by_words(column: Column, asked: Asked) -> frozenset[str]:
    """By the whole heading, the row of a grid, the question; the question alone if its part is an answer."""
    whole = (column.heading, column.part or column.text)
    for words in whole:
        if items := asked.by_words.get(comparable(words)):
            return items
    around = asked.by_words.get(comparable(column.text), frozenset())
    return frozenset(item for item in around if asked.is_point(column, item))


def _by_mapping(column: Column, asked: Asked) -> frozenset[str]:
    """By the heading that the mapping file names, or by the question if the part is a point of its scale."""
    item = asked.mapped.get(comparable(column.heading))
    around = asked.mapped.get(comparable(column.text))
    if item is None and around is not None and asked.is_point(column, around):
        item = around
    return frozenset({item}) if item else frozenset()


def _is_question(column: Column, asked: Asked) -> bool:
    """Meta columns count only where the mapping file asks for them; what it ignores never counts.

    It ignores a heading, a column by its letter (``[AF]``: headings repeat), or a question with all its parts
    except those that it maps by their own heading.
    """
    heading, question = comparable(column.heading), comparable(column.text)
    letter = comparable(f"[{letters(column.position)}]")
    if column.role == "personal" or {heading, letter} & asked.ignored:
        return False
    if heading in asked.mapped:
        return True
    return column.role == "question" and question not in asked.ignored


def _use(columns: Sequence[Column], asked: Asked) -> ColumnUse:
    personal = tuple(without_person(column) for column in columns if column.role == "personal")
    others = (column for column in columns if column.role != "personal")
    ignored = tuple(column.heading for column in others if not _is_question(column, asked))
    return ColumnUse({}, ignored, personal)


def without_person(column: Column) -> str:
    """The heading, unless it holds more than the words of a heading: then only where it stands."""
    wordy = _HEADING.fullmatch(column.heading) and len(column.heading) <= 40
    return column.heading if wordy else f"#{column.position + 1}"


def _lone(strange: Sequence[Column], missing: Sequence[Finding]) -> str | None:
    """The one item that misses its column, where there is one column that belongs to no item."""
    required = [found.item for found in missing if found.severity == "error"]
    return required[0] if len(strange) == len(required) == 1 else None


def _unmapped(
    place: Place, column: Column, fitting: frozenset[str], asked: Asked, form: str, lone: str | None
) -> Finding:
    names = ", ".join(sorted(fitting))
    if len(fitting & in_form(asked.codebooks, form).keys()) > 1:
        return finding("LCM-205", "error", place, items=names)
    if fitting:
        return finding("LCM-206", "error", place, items=names, form=form)
    if away := _of_a_sector(place, column, asked) or _of_a_stranger(place, column, asked):
        return away
    near = nearest_item(column, asked, asked.codes, _NEAR) or (
        nearest_item(column, asked, {lone}, 0) if lone else None
    )
    return finding("LCM-202", "error", place, near=near) if near else finding("LCM-201", "error", place)


def _of_a_sector(place: Place, column: Column, asked: Asked) -> Finding | None:
    """A question that another sector is asked: rather a sector that was forgotten than a column to ignore."""
    away = asked.elsewhere
    names = {column.code, column.heading, *map(comparable, (column.heading, column.text))}
    found = names & away.packs.keys() if away else set()
    if not away or not found:
        return None
    packs = away.packs[min(found)]
    named = {"packs": " / ".join(packs), "community": away.community, "sector": away.sector or "–"}
    return finding("LCM-217", "error", place, **named)


def _of_a_stranger(place: Place, column: Column, asked: Asked) -> Finding | None:
    """A question of a roster about an organisation that nobody knows."""
    code, bracket, _ = (column.code or column.heading).partition("[")
    item = asked.rosters.get(key(code) if bracket else "", asked.rosters.get(comparable(column.text)))
    return finding("LCM-236", "error", replace(place, item=item)) if item else None


def is_one_answer(question: Question, asked: Asked) -> bool:
    """One column, or the points of one spread-out scale: the same question, each part another point."""
    if len(question.columns) == 1:
        return True
    same = len({comparable(column.text) for column in question.columns}) == 1
    parts = {comparable(column.part) for column in question.columns}
    spread = all(asked.is_point(column, question.item) for column in question.columns)
    return same and spread and len(parts) == len(question.columns)


def _twice(file: str, question: Question) -> Finding:
    headings = " · ".join(f"“{column.heading}” (#{column.position + 1})" for column in question.columns)
    return finding("LCM-204", "error", Place(file, item=question.item), headings=headings)
