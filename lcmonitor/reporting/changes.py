"""What changed since the wave before, in numbers and words; not where a new series began."""

from collections.abc import Iterator, Sequence

from lcmonitor.programme.model import Wave
from lcmonitor.reporting import shown
from lcmonitor.reporting.again import again
from lcmonitor.reporting.course import courses
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell, Changes, Table
from lcmonitor.reporting.subject import Subject

_CLEAR = ("higher", "lower")
_BREAK = "series_break"
_OF_SOME = ("matched", "communities")  # ways to compare that need the same ones both times


def changes(subject: Subject) -> Changes:
    """The comparison with the earlier wave; None as table where there is nothing to compare."""
    words, earlier, told = subject.words, subject.earlier, told_changes(subject)
    if earlier is None:
        return Changes(
            words("changes.finding_first"), words("changes.intro_none"), (), None, courses(subject)
        )
    versus = words.of(earlier.title)
    if not told:
        return Changes(words("changes.finding_apart", versus=versus), "", (), None, courses(subject))
    figures = [figure for _, figure in told]
    broken = sum(map(_is_broken, figures))
    return Changes(
        title=_finding(subject, figures, versus),
        intro=words("changes.intro" if broken < len(told) else "changes.intro_break", versus=versus),
        notes=tuple(_notes(subject, told, broken)),
        table=_table(subject, versus, [one for one in told if not _is_hidden(subject, *one)]),
        series=courses(subject),
    )


def _notes(subject: Subject, told: Sequence[tuple[str, Figure]], broken: int) -> Iterator[str]:
    hidden = sum(_is_hidden(subject, *one) for one in told)
    if 0 < broken < len(told):
        yield subject.words.count("changes.broken", broken)
    if hidden:
        yield subject.words.count("changes.hidden", hidden)
    if any(figure.shown and figure.method in _OF_SOME for _, figure in told):
        yield subject.words(f"changes.of_{'some' if subject.community else 'communities'}")
    yield from again(subject)


def _is_hidden(subject: Subject, name: str, change: Figure) -> bool:
    """Whether its row would hold no number at all; such rows are counted, not shown."""
    figures = (change, subject.value(name), subject.value(name, subject.earlier))
    return not any(figure and figure.shown for figure in figures)


def told_changes(subject: Subject) -> list[tuple[str, Figure]]:
    """The means that were followed from the earlier wave, with their change or the break in their series."""
    followed = [(name, subject.change(name)) for name in subject.asked("mean")]
    return [(name, figure) for name, figure in followed if figure and _is_told(figure)]


def _is_told(change: Figure) -> bool:
    return change.status in ("released", "suppressed") or _is_broken(change)


def _is_broken(change: Figure) -> bool:
    return change.reason == _BREAK


def _finding(subject: Subject, figures: Sequence[Figure], versus: str) -> str:
    words = subject.words
    if all(map(_is_broken, figures)):
        return words("changes.finding_break", versus=versus)
    clear = sum(figure.word in _CLEAR for figure in figures)
    if clear:
        return words("changes.finding", changed=clear, of=sum(bool(figure.word) for figure in figures))
    if any(figure.word == "no_clear_difference" for figure in figures):
        return words("changes.finding_none", versus=versus)
    return words("changes.finding_too_few")


def _table(subject: Subject, versus: str, told: Sequence[tuple[str, Figure]]) -> Table | None:
    words = subject.words
    columns = ("topic", "before", "now", "difference", "interval", "n", "word", "way")
    head = tuple(words(f"changes.column.{column}", versus=versus) for column in columns)
    if not told:
        return None
    return Table(words("changes.caption", versus=versus), head, tuple(_row(subject, *each) for each in told))


def _row(subject: Subject, name: str, change: Figure) -> tuple[Cell, ...]:
    words, earlier = subject.words, subject.earlier
    return (
        Cell(words.of(subject.indicators[name].title)),
        _mean(subject, name, change, earlier),
        _mean(subject, name, change, None),
        _difference(change, subject),
        shown.change_interval(change, words),
        shown.count(change),
        Cell(word(change, subject)),
        Cell(way(name, change, subject)),
    )


def _mean(subject: Subject, name: str, change: Figure, wave: Wave | None) -> Cell:
    """With its scale where the two are not of the same series."""
    figure, words = subject.value(name, wave), subject.words
    cell = shown.estimate(figure, "mean", words, subject.span(name, wave))
    if figure is None or not figure.shown or not _is_broken(change):
        return cell
    return Cell(words("scale.of", value=cell.text, scale=shown.ends(subject.scale(name, wave))), "number")


def _difference(change: Figure, subject: Subject) -> Cell:
    if not change.shown:
        return shown.absent(change, subject.words)
    return Cell(shown.difference(change.estimate or 0, "mean", subject.words.language), "number")


def word(change: Figure, subject: Subject) -> str:
    """The symbol and the word of a change."""
    if _is_broken(change):
        return subject.words("changes.word.series_break")
    return subject.words(f"changes.word.{change.word or 'none'}")


def way(name: str, change: Figure, subject: Subject) -> str:
    """Of the same people, of two groups, or of communities."""
    if change.status != "released":
        return "–"
    told = change.method if change.method in ("matched", "overlapping") else "unmatched"
    key = "across" if subject.community is None else told
    return subject.words(f"changes.{key}", who=subject.who(name))
