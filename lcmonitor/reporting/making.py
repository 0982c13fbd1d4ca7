"""All files of an edition but its facts: of each community its pages and figures, then of all together."""

import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from lcmonitor.processes import CONTEXT, starting
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Wave
from lcmonitor.reporting import charts
from lcmonitor.reporting.community_page import community_page
from lcmonitor.reporting.data_files import File, data_files
from lcmonitor.reporting.edition_page import edition_page
from lcmonitor.reporting.figures import ACROSS, Figures
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.methods_page import methods_page
from lcmonitor.reporting.programme_page import programme_page
from lcmonitor.reporting.quality_page import quality_page
from lcmonitor.reporting.render import AnyPage, read_templates, render
from lcmonitor.reporting.reuse import UNNAMED, KeptPages, named
from lcmonitor.reporting.revision import Change
from lcmonitor.reporting.sector_page import sector_page, sectors
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import Words, spoken

_WORTH = 5  # communities; for fewer, starting processes takes as long as making their pages


def prepare(overrides: Path) -> None:
    """What a process does once: charts are compiled and templates read, in some seconds."""
    charts.compiled()
    read_templates(overrides)


@dataclass(frozen=True)
class Making:
    """An edition that is being made."""

    setup: Setup
    wave: Wave
    edition: str
    kept: KeptPages
    since: str | None = None  # the edition that was approved before
    changes: tuple[Change, ...] = ()  # beside that one

    def community(self, name: str, known: Figures) -> Iterator[File]:
        """What is about one community; what was drawn before is taken from there."""
        one = self.setup.communities[name]
        return self._either(
            f"communities/{name}",
            self._subject(known.own, one),
            lambda subject: community_page(subject, one, self._frame),
        )

    def sector(self, name: str, known: Mapping[str, Figures]) -> Iterator[File]:
        """The same about a sector, for which its communities are not set among others."""
        theirs = {
            one.id: self._subject(known.get(one.id, Figures()).own, one)
            for one in self.communities
            if one.sector == name
        }
        return self._either(
            f"sectors/{name}",
            self._of_sector(known.get(ACROSS, Figures()), name),
            lambda subject: sector_page(
                subject, {one: each.told_in(subject.words) for one, each in theirs.items()}, self._frame
            ),
        )

    def _either(self, path: str, subject: Subject, made: Callable[[Subject], AnyPage]) -> Iterator[File]:
        """The page of a subject in each language, as it is kept or else as it is made."""
        for said in self._spoken:
            subject = subject.told_in(said)
            content = self.kept.page(path, said.language)
            if content is None:
                content = self._html(made(subject), said)
                self.kept.keep(path, said.language, content)
            yield f"{path}.{said.language}.html", content

    def drawn_before(self, name: str) -> bool:
        """Whether the reports of a community need not be drawn."""
        return all(self.kept.has(f"communities/{name}", said.language) for said in self._spoken)

    def data(self, known: Mapping[str, Figures]) -> Iterator[File]:
        """All figures, for machines."""
        frame = replace(self._frame, edition=self.edition)
        return data_files(known, [one.id for one in self.communities], frame, self._spoken)

    def across(self, known: Mapping[str, Figures]) -> Iterator[File]:
        """The pages that are about all communities, or those of a sector."""
        across = known.get(ACROSS, Figures())
        whole = self._subject(across.but_sectors)
        subjects = {c.id: self._subject(known.get(c.id, Figures()), c) for c in self.communities}
        parts = {sector: self._of_sector(across, sector) for sector in sectors(self.setup)}
        for said in self._spoken:
            whole = whole.told_in(said)
            subjects = {name: one.told_in(said) for name, one in subjects.items()}
            parts = {name: one.told_in(said) for name, one in parts.items()}
            index = edition_page(whole, subjects, parts, self._frame)
            yield f"index.{said.language}.html", self._html(index, said)
            programme = programme_page(whole, subjects, self._frame)
            yield f"programme.{said.language}.html", self._html(programme, said)
            quality = quality_page(whole, subjects, self._frame)
            yield f"quality.{said.language}.html", self._html(quality, said)
            yield f"methods.{said.language}.html", self._html(methods_page(whole, self._frame), said)
        for sector in parts:
            yield from self.sector(sector, known)

    @cached_property
    def communities(self) -> list[Community]:
        """In the order of their names."""
        return sorted(self.setup.communities.values(), key=lambda one: one.name.casefold())

    @cached_property
    def _spoken(self) -> list[Words]:
        return spoken(self.setup)

    @cached_property
    def _frame(self) -> Frame:
        names = tuple((said.language, said("language")) for said in self._spoken)
        return Frame(self.setup, self.wave, UNNAMED, names, self.since, self.changes)

    def _subject(self, known: Figures, one: Community | None = None) -> Subject:
        return Subject(self.setup, self.wave, self._spoken[0], known, one)

    def _of_sector(self, across: Figures, sector: str) -> Subject:
        own = self.setup.instrument.sector_indicators[sector]
        return replace(self._subject(across.of_sector(sector, own).ungrouped), sector=sector)

    def _html(self, page: AnyPage, said: Words) -> bytes:
        return render(page, said, self.setup.workspace.report_overrides).encode()


def everything(making: Making, known: Mapping[str, Figures]) -> Iterator[File]:
    """All files; pages get the name of their edition last."""
    for path, content in _files(making, known):
        yield path, named(content, making.edition) if path.endswith(".html") else content
    making.kept.forget_others(making.setup.programme.languages)


def _files(making: Making, known: Mapping[str, Figures]) -> Iterator[File]:
    """Many communities are drawn in processes beside this one; here what is about all, then the last."""
    anew = [one.id for one in making.communities if not making.drawn_before(one.id)]
    if len(anew) < _WORTH:
        anew = []
    with _beside(making, known, anew) as files:
        yield from making.data(known)
        yield from making.across(known)
        for one in making.communities:
            if one.id not in anew:
                yield from making.community(one.id, known.get(one.id, Figures()))
        for name, each in reversed([*zip(anew, files.result(), strict=True)]):
            begun = not each.cancel()
            yield from each.result() if begun else making.community(name, known.get(name, Figures()))


@contextmanager
def _beside(
    making: Making, known: Mapping[str, Figures], communities: Sequence[str]
) -> Iterator[Future[list[Future[list[File]]]]]:
    """None of them, no process. One that starts takes what it is given only when it has loaded its code."""
    shared = pickle.dumps((making, charts.compiled()) if communities else None)

    def sent() -> list[Future[list[File]]]:
        each = ((name, known.get(name, Figures()).own) for name in communities)
        with starting():
            return [processes.submit(_community, *one) for one in each]

    with (
        ProcessPoolExecutor(_others(), CONTEXT, _begin, (shared,)) as processes,
        ThreadPoolExecutor(1) as aside,
    ):
        try:
            yield aside.submit(sent)
        finally:
            processes.shutdown(cancel_futures=True)


def _others() -> int:
    """A process for each core but this one's own, for it draws as well."""
    return max((os.cpu_count() or 1) - 1, 1)


_shared: list[Making] = []  # of a process that makes communities: what they have in common


def _begin(shared: bytes) -> None:
    making, compiled = pickle.loads(shared)  # noqa: S301 -- our own
    charts.know(compiled)
    _shared.append(making)


def _community(name: str, known: Figures) -> list[File]:
    return [*_shared[0].community(name, known)]
