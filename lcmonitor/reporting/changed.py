"""The box on the front of a report: what it changes beside the edition before, in words."""

from collections.abc import Iterator, Sequence
from datetime import date

from lcmonitor.programme.load import Setup
from lcmonitor.reporting import numbers
from lcmonitor.reporting.dates import day
from lcmonitor.reporting.figures import ACROSS
from lcmonitor.reporting.parts import Changed, ChangedEntry
from lcmonitor.reporting.revision import Change, reason_in
from lcmonitor.reporting.words import Words


def changed(since: str | None, changes: Sequence[Change], setup: Setup, words: Words, about: str) -> Changed:
    """``since``: the edition that was approved before; None: this is the first. ``about``: a community."""
    if since is None:
        return Changed(words("revision.title"), words("revision.first"), ())
    own = [one for one in changes if one.community == about or one.kind == "method"]
    intro = words("revision.since" if own else "revision.nothing", edition=since)
    return Changed(words("revision.title"), intro, tuple(entry(one, setup, words) for one in own))


def entry(change: Change, setup: Setup, words: Words) -> ChangedEntry:
    """A change as a reader reads it: class, size, and of each reason its day and its words."""
    reasons = tuple(
        words(
            "revision.reason",
            day=day(date.fromisoformat(one["date"]), words),
            reason=reason_in(one, words.language),
        )
        for one in change.reasons
    )
    missing = (words("revision.no_reason"),) if change.kind != "new" and not reasons else ()
    return ChangedEntry(
        words(f"revision.kind.{change.kind}"),
        _whose(change, setup, words),
        _size(change, setup, words),
        reasons or missing,
    )


def _whose(change: Change, setup: Setup, words: Words) -> str:
    """Which report of the edition it is about; methods are of all."""
    community = setup.communities.get(change.community)
    if change.kind == "method":
        return words("revision.all")
    return (
        community.name
        if community
        else words("revision.programme")
        if change.community == ACROSS
        else change.community
    )


def _size(change: Change, setup: Setup, words: Words) -> str:
    waves = [setup.programme.wave(name) for name in change.waves]
    titles = ", ".join(words.of(wave.title) for wave in waves if wave)
    if change.kind == "method":
        kinds = ", ".join(words(f"revision.what.{kind}") for kind in change.what)
        return words.count("revision.size.method", change.figures, what=kinds)
    said = words.count(f"revision.size.{change.kind}", change.figures, waves=titles)
    return " ".join([said, *_largest(change, words)])


def _largest(change: Change, words: Words) -> Iterator[str]:
    if change.points:
        yield words("revision.points", points=numbers.number(change.points, words.language, 2))
    if change.percents:
        yield words("revision.percents", percents=numbers.number(change.percents, words.language, 0))
