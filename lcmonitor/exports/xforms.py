"""What the exports of KoboToolbox and ODK share: columns of an XForm, named by group, question and choice."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile, zip_longest

import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import keys, words
from lcmonitor.exports.layout import is_token, role_of
from lcmonitor.exports.table import Column, Role
from lcmonitor.wording import readable, without_markup

_BY_R = re.compile(r"^X(?=_)")  # R allows no name that begins with an underscore
_META = re.compile(r"^meta(?:/| - |\.|-)(?=instance|root|deprecated)")
_NAME = re.compile(r"[^\W\d][\w.\-]*(?:\[\d+\])?")
_ROUND = re.compile(r"\[\d+\]")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_ON_EARTH = re.compile(r"-?\d{1,2}\.\d+ -?\d{1,3}\.\d+(?:[ ;]|$)")
_POINTS = (
    re.compile(r"^(?P<groups>.*?)_(?P<question>[^/]+)_(?:latitude|longitude|altitude|precision)$"),
    re.compile(r"^(?P<groups>)(?P<question>.+)-(?:Latitude|Longitude|Altitude|Accuracy)$"),
)
_TICKS = frozenset({"0", "1", "true", "false"})
_TICKED = frozenset({"1", "true", "True", "TRUE"})
_NOTHING = frozenset({"", "n/a", "na"})
_URL = "_URL"  # of the file that the question beside it names

Roles = Callable[[str], Role | None]


@dataclass(frozen=True)
class Dialect:
    """How one export writes names. ``groups``, ``choices``: what stands before a question, and a choice."""

    own: Roles  # of the tool's own columns
    groups: tuple[str, ...]
    choices: tuple[str, ...]
    missing: frozenset[str] = frozenset()  # cells that this export fills in where there is no answer


@dataclass(frozen=True)
class Choice:
    """A choice of a question that allows several. ``summary``: the column with all that were chosen."""

    question: str  # its heading
    part: str
    summary: int | None


def plain(heading: str) -> str:
    """A tool's own name as the tool wrote it, before a program took offence at its signs."""
    return _META.sub("meta/", _BY_R.sub("", heading.strip()))


def headings(grid: Grid) -> tuple[str, ...]:
    """The first record, on one line each."""
    return tuple(map(readable, grid.record(0)))


def roles(tool: str) -> Roles:
    """What ``words/<tool>.yml`` says of the tool's own columns."""
    listed: dict[str, Role] = dict.fromkeys(words(tool)["meta"], "meta")
    listed |= dict.fromkeys(words(tool)["personal"], "personal")
    patterns = [re.compile(pattern) for pattern in words(tool)["meta_patterns"]]

    def role(heading: str) -> Role | None:
        name = plain(heading)
        return listed.get(name) or ("meta" if any(one.match(name) for one in patterns) else None)

    return role


def header_rows(grid: Grid) -> int:
    """Two where a row of HXL tags (``#affected``) stands below the headings."""
    tags = [cell.strip() for cell in grid.record(1) if cell.strip()]
    return 2 if tags and all(tag.startswith("#") and len(tag) > 1 for tag in tags) else 1


def texts(body: pa.Table, position: int) -> list[str]:
    """A column, trimmed."""
    cells: list[str] = pc.utf8_trim_whitespace(pc.fill_null(body[str(position)], "")).to_pylist()
    return cells


def where(grid: Grid, listed: Iterable[str]) -> tuple[int, ...]:
    """The columns of these names, in the order of the list."""
    found = [plain(heading) for heading in headings(grid)]
    return tuple(found.index(name) for name in listed if name in found)


def moments_in(grid: Grid, listed: Iterable[str]) -> tuple[int, ...]:
    """The columns of these names that hold moments: a question may be called ``end`` too."""
    filled = _filled(grid)
    return tuple(at for at in where(grid, listed) if all(map(_MOMENT.match, filled[at])))


def reviewed(validation: pa.ChunkedArray, rejected: Sequence[str]) -> pa.ChunkedArray:
    """The status of every row: all that these tools export was finished, but a reviewer may turn it down."""
    said = pc.utf8_lower(pc.utf8_trim_whitespace(pc.fill_null(validation, "")))
    return pc.if_else(pc.is_in(said, pa.array(rejected)), "rejected", "complete")


def token_in(names: Sequence[str], dialect: Dialect) -> int | None:
    """Where the panel key stands, in whatever group."""
    return next((at for at, name in enumerate(names) if is_token(_path(name, dialect)[-1])), None)


def columns(grid: Grid, dialect: Dialect) -> tuple[Column, ...]:
    """Every column with its code and words."""
    return _Reading(grid, dialect).columns()


def choices(grid: Grid, dialect: Dialect) -> Mapping[int, Choice]:
    """The columns that hold one choice each, by position.

    They stand behind the column that holds all choices; where an export leaves that one out, they are
    neighbours with the same beginning that hold ticks only.
    """
    names, filled = headings(grid), _filled(grid)
    found: dict[int, Choice] = {}
    summary = -1
    for at, name in enumerate(names):
        part = _behind(name, names[summary], dialect.choices) if at and _are_ticks(filled[at]) else ""
        if part:
            found[at] = Choice(names[summary], part, summary)
        else:
            summary = at
    return found or _without_summary(names, filled, dialect)


def _without_summary(
    names: Sequence[str], filled: Sequence[Sequence[str]], dialect: Dialect
) -> dict[int, Choice]:
    sign = dialect.choices[0]
    parts = {
        at: name.split(sign)
        for at, name in enumerate(names)
        if sign in name and dialect.own(name) is None and _are_ticks(filled[at])
    }
    together: dict[str, list[int]] = {}
    for at, path in parts.items():
        shared = max(_shared(path, parts.get(near, [])) for near in (at - 1, at + 1))
        together.setdefault(sign.join(path[:shared]), []).append(at)
    return {
        at: Choice(question, names[at].removeprefix(question + sign), None)
        for question, positions in together.items()
        if question
        and _are_neighbours(positions)
        and _differ(cell for at in positions for cell in filled[at])
        for at in positions
    }


def _are_neighbours(positions: Sequence[int]) -> bool:
    return all(right == left + 1 for left, right in pairwise(positions))


def _differ(ticks: Iterable[str]) -> bool:
    """Ticks of both kinds: ones alone may be the answers to as many questions. Words are never numbers."""
    found = set(map(str.casefold, ticks))
    return len(found) > 1 or bool(found - {"0", "1"})


def _are_ticks(cells: Iterable[str]) -> bool:
    return all(cell.casefold() in _TICKS for cell in cells)


def _filled(grid: Grid) -> list[list[str]]:
    """Per column what its first cells hold, without those that say that there is no answer."""
    below = grid.head[header_rows(grid) :]
    columns = zip_longest(grid.record(0), *below, fillvalue="")
    trimmed = ([cell.strip() for cell in cells] for _, *cells in columns)
    return [[cell for cell in cells if cell.casefold() not in _NOTHING] for cells in trimmed]


def _behind(name: str, question: str, separators: Iterable[str]) -> str:
    """What follows the question's own heading and a separator."""
    rest = name.removeprefix(question) if name.startswith(question) else ""
    return next((rest.removeprefix(sign) for sign in separators if rest.startswith(sign)), "")


def _path(name: str, dialect: Dialect) -> list[str]:
    return re.split("|".join(map(re.escape, dialect.groups)), name)


class _Reading:
    """The headings of one table, looked at together: what a name means depends on its neighbours."""

    def __init__(self, grid: Grid, dialect: Dialect) -> None:
        self.grid, self.dialect = grid, dialect
        self.names = headings(grid)
        self.choices = choices(grid, dialect)
        self.summaries = {choice.summary for choice in self.choices.values()}
        self.places = frozenset(self._places())
        questions = [at for at in range(len(self.names)) if at not in self.choices]
        self.paths = {at: _path(self.names[at], dialect) for at in questions}
        self.named = Counter(path[-1] for path in self.paths.values())
        self.headings = frozenset(self.names)
        self.groups = dict(self._groups(questions))

    def columns(self) -> tuple[Column, ...]:
        return tuple(self._column(at, name) for at, name in enumerate(self.names))

    def _column(self, at: int, name: str) -> Column:
        own = self.dialect.own(name)
        if own:
            return Column(at, name, plain(name), "", role=own)
        choice = self.choices.get(at)
        code = self._code(at) if choice is None else self._code_of_choice(choice)
        return Column(
            position=at,
            heading=name,
            code=code,
            text=self._words(at, code) if choice is None else self._words_of_choice(choice),
            part="" if choice is None else without_markup(choice.part),
            role=self._role(at, name),
            missing=self.dialect.missing,
            chosen=frozenset() if choice is None else _TICKED,
        )

    def _role(self, at: int, name: str) -> Role:
        if at in self.places:
            return "personal"
        address = name.endswith(_URL) and name.removesuffix(_URL) in self.headings
        if at in self.summaries or address:
            return "meta"  # it says again what the columns beside it say
        choice = self.choices.get(at)
        last = _path(choice.question, self.dialect)[-1] if choice else self.paths[at][-1]
        return role_of(_ROUND.sub("", last), frozenset(), keys("xforms", "personal"))

    def _code(self, at: int) -> str:
        """The question's name; with its groups where another has it too, or where it is asked in rounds."""
        path = self.paths[at]
        if not all(map(_NAME.fullmatch, path)):
            return self.names[at] if _NAME.fullmatch(self.names[at]) else ""
        alone = self.named[path[-1]] == 1 and not _ROUND.search(self.names[at])
        return path[-1] if alone else "/".join(path)

    def _code_of_choice(self, choice: Choice) -> str:
        path = _path(choice.question, self.dialect)
        named = all(map(_NAME.fullmatch, path)) and " " not in choice.part
        return "/".join((*path, choice.part)) if named else ""

    def _words(self, at: int, code: str) -> str:
        """The question without its groups; a question that is asked in rounds is one question."""
        if _ROUND.search(self.names[at]):
            return without_markup(_ROUND.sub("", self.names[at]))
        if code:
            return ""
        return self._without_groups(at)

    def _words_of_choice(self, choice: Choice) -> str:
        name, summary = _ROUND.sub("", choice.question), choice.summary
        if summary is None or self._code(summary) or name != choice.question:
            return without_markup(name)
        return self._without_groups(summary)

    def _without_groups(self, at: int) -> str:
        """Words may hold the separator: what two neighbours begin with are groups, else all but the last."""
        path, groups = self.paths[at], self.groups[at]
        rest = path[groups:] if groups else path[-1:]
        separator = self.dialect.groups[0]
        return without_markup(separator.join(rest))

    def _groups(self, questions: Sequence[int]) -> Iterator[tuple[int, int]]:
        """How many parts at the beginning of a name it shares with the question before or behind it."""
        for index, at in enumerate(questions):
            near = (questions[index - 1 : index] if index else [], questions[index + 1 : index + 2])
            shared = [_shared(self.paths[at], self.paths[other]) for side in near for other in side]
            yield at, max(shared, default=0)

    def _places(self) -> Iterator[int]:
        """Where somebody was: the parts of a point, the point itself, and lines and areas."""
        points: set[str] = set()
        filled = _filled(self.grid)
        for at, name in enumerate(self.names):
            found = next((one for shape in _POINTS if (one := shape.match(_BY_R.sub("", name)))), None)
            if found:
                points |= {found["question"], found["groups"] + found["question"]}
            if found or any(map(_ON_EARTH.match, filled[at])):
                yield at
        yield from (at for at, name in enumerate(self.names) if name in points)


def _shared(path: Sequence[str], other: Sequence[str]) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(path[:-1], other[:-1], strict=False))))
