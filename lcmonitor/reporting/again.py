"""Of those who answered before: how many did so again, whether the others differ, and whose score moved."""

from collections.abc import Iterator

from lcmonitor.reporting import shown
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.subject import Subject


def again(subject: Subject) -> Iterator[str]:
    """A sentence each, of what may be shown."""
    yield from _followed(subject)
    yield from _attrition(subject)
    for name in subject.asked("mean"):
        yield from _moved(subject, name)


def _followed(subject: Subject) -> Iterator[str]:
    for name in subject.asked("response"):
        for figure in filter(_is_shown, subject.about(name, "followed")):
            said = {"n": figure.n, "population": figure.population, "versus": _versus(subject, figure)}
            yield subject.words("changes.followed", **said)


def _attrition(subject: Subject) -> Iterator[str]:
    shown = (f for name in subject.asked("mean") for f in subject.about(name, "attrition") if _is_shown(f))
    told = [f for f in shown if f.low is not None]
    if told:
        apart = sum((f.low or 0) > 0 or (f.high or 0) < 0 for f in told)
        said = {"number": apart, "of": len(told), "versus": _versus(subject, told[0])}
        yield subject.words("changes.attrition", **said)


def _moved(subject: Subject, name: str) -> Iterator[str]:
    words = subject.words
    parts = {f.part.partition(":")[2]: f for f in subject.about(name, "reliable") if _is_shown(f)}
    if parts:
        shares = {
            part: shown.number(one.estimate or 0, "share", words.language) for part, one in parts.items()
        }
        title = words.of(subject.indicators[name].title)
        yield words("changes.reliable", title=title, n=parts["up"].n, **shares)


def _is_shown(figure: Figure) -> bool:
    return figure.shown


def _versus(subject: Subject, figure: Figure) -> str:
    wave = subject.setup.programme.wave(figure.versus)
    return subject.words.of(wave.title) if wave else figure.versus
