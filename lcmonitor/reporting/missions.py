"""Which communities work on which mission, and the evidence that they recorded: sums of shown figures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import yaml
from pydantic import TypeAdapter

from lcmonitor import resources
from lcmonitor.instruments.model import Text
from lcmonitor.programme.account import Mission
from lcmonitor.reporting import shown
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell, Missions, Table
from lcmonitor.reporting.portfolio import named
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import Words

_COLUMNS = ("mission", "communities", "partners", "names")
_EVER = "ever"  # the part of a figure that is about everything so far


def missions(subject: Subject, communities: Sequence[Subject]) -> Missions | None:
    """None where no community names a mission."""
    words, by_mission = subject.words, _by_mission(communities)
    if not by_mission:
        return None
    silent = sum(not _missions(one) for one in communities)
    evidence = [_evidence(subject, name, by_mission) for name in _recorded(subject)]
    head = tuple(words(f"missions.column.{column}") for column in _COLUMNS)
    rows = tuple(_who(mission, those, words) for mission, those in by_mission.items())
    return Missions(
        tables=(Table(words("missions.caption"), head, rows), *evidence),
        note=words.count("missions.silent", silent) if silent else "",
    )


def _by_mission(communities: Sequence[Subject]) -> Mapping[Mission, list[Subject]]:
    """In the order of covenants and codes."""
    found: dict[Mission, list[Subject]] = defaultdict(list)
    for one in communities:
        for mission in _missions(one):
            found[mission].append(one)
    return dict(sorted(found.items(), key=lambda each: (each[0].scheme, each[0].code)))


def _missions(subject: Subject) -> list[Mission]:
    challenge = subject.community.challenge if subject.community else None
    return list(dict.fromkeys(challenge.missions)) if challenge else []


def _who(mission: Mission, those: Sequence[Subject], words: Words) -> tuple[Cell, ...]:
    partners = sum(len(one.community.partners_on(one.wave.closes)) for one in those if one.community)
    names = [one.community.name for one in named(those) if one.community]
    others = len(those) - len(names)
    told = [*names, *([words.count("missions.others", others)] if others else [])]
    count, there = Cell(str(len(those)), "number"), Cell(str(partners), "number")
    return Cell(_title(mission, words)), count, there, Cell(", ".join(told))


def _title(mission: Mission, words: Words) -> str:
    title = _titles().get(mission.scheme, {}).get(mission.code)
    return f"{words.of(title) if title else mission.code} ({mission.scheme})"


@cache
def _titles() -> Mapping[str, Mapping[str, Text]]:
    written = yaml.load((resources.REPORTS / "missions.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return TypeAdapter(dict[str, dict[str, Text]]).validate_python(written)


def _recorded(subject: Subject) -> list[str]:
    """Records that say something of a level."""
    return [name for name, it in subject.asked("records").items() if it.level]


def _evidence(subject: Subject, name: str, by_mission: Mapping[Mission, Sequence[Subject]]) -> Table:
    """Everything recorded so far, by the answers to an item; over the communities whose figures are shown."""
    words, scale = subject.words, subject.scale(name)
    codes = sorted(scale.codes) if scale else []
    answers = [words.of(scale.codes[code]) for code in codes] if scale else []
    head = (words("missions.column.mission"), *answers, words("results.all"), words("missions.column.of"))
    parts = [*(f"{_EVER}:{code}" for code in codes), _EVER]
    rows = tuple(
        (Cell(_title(mission, words)), *_sums(subject, name, parts, those))
        for mission, those in by_mission.items()
    )
    title = words.of(subject.indicators[name].title)
    return Table(words("missions.evidence", title=title), head, rows)


def _sums(subject: Subject, name: str, parts: Sequence[str], those: Sequence[Subject]) -> Iterator[Cell]:
    """Of communities of which every part is shown, so that all of a row is of the same ones."""
    found = [figures for one in those if (figures := _all_shown(one, name, parts))]
    words, statistic = subject.words, subject.indicators[name].statistic
    for part in range(len(parts)):
        total = sum(figures[part].estimate or 0 for figures in found)
        number = shown.number(total, statistic, words.language)
        yield Cell(number, "number") if found else Cell("–", "number")
    yield Cell(words("participation.n_of", n=len(found), population=len(those)), "number")


def _all_shown(subject: Subject, name: str, parts: Sequence[str]) -> list[Figure]:
    figures = [subject.value(name, part=part) for part in parts]
    told = [figure for figure in figures if figure and figure.shown]
    return told if len(told) == len(parts) else []
