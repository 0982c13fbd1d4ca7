"""The box on the front of a report: what it changes beside the edition before, in words."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from lcmonitor.programme.load import Setup
from lcmonitor.reporting import numbers
from lcmonitor.reporting.dates import day
from lcmonitor.reporting.figures import ACROSS
from lcmonitor.reporting.parts import Changed, ChangedEntry
from lcmonitor.reporting.revision import Change, reason_in
from lcmonitor.reporting.words import Words

_NAMED = 5  # communities in a line; more are counted


def changed(
    since: str | None, changes: Sequence[Change], setup: Setup, words: Words, named: bool = True
) -> Changed:
    """``since``: the edition that was approved before; None: this is the first.

    ``changes``: those that the report is to tell. ``named``: also who did not agree to be shown by name.
    """
    if since is None:
        return Changed(words("revision.title"), words("revision.first"), ())
    intro = words("revision.since" if changes else "revision.nothing", edition=since)
    told = tuple(entry(alike, setup, words, named) for alike in _alike(changes))
    return Changed(words("revision.title"), intro, told)


def _alike(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Those that are told in one line: of one class, of the same waves and for the same reasons."""
    found: dict[str, list[Change]] = defaultdict(list)
    for one in changes:
        found[repr((one.kind, one.waves, one.reasons))].append(one)
    yield from found.values()


def entry(alike: Sequence[Change], setup: Setup, words: Words, named: bool = True) -> ChangedEntry:
    """Changes that are alike, as a reader reads them: class, whose, size, and each reason with its day."""
    change = replace(
        alike[0],
        figures=sum(one.figures for one in alike),
        points=max(one.points for one in alike),
        percents=max(one.percents for one in alike),
    )
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
        _whose(alike, setup, words, named),
        _size(change, setup, words),
        reasons or missing,
    )


def _whose(alike: Sequence[Change], setup: Setup, words: Words, named: bool) -> str:
    """Which reports of the edition they are about; methods are of all."""
    if alike[0].kind == "method":
        return words("revision.all")
    together = [_together(one, setup, words) for one in alike if one.community == ACROSS]
    return ", ".join([*together, *_communities(alike, setup, words, named)])


def _together(change: Change, setup: Setup, words: Words) -> str:
    sector = setup.instrument.sectors.get(change.sector)
    if sector:
        return words("revision.sector", sector=words.of(sector.title))
    return change.sector or words("revision.programme")


def _communities(alike: Sequence[Change], setup: Setup, words: Words, named: bool) -> Iterator[str]:
    """By name where they are few and agreed to it, otherwise how many."""
    those = [one.community for one in alike if one.community != ACROSS]
    known = [setup.communities.get(name) for name in those]
    agreed = named or all(one is not None and one.openness.named_to_funder for one in known)
    if agreed and len(those) <= _NAMED:
        yield from (one.name if one else name for name, one in zip(those, known, strict=True))
    elif those:
        yield words.count("revision.communities", len(those))


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
