"""The reports of an approved edition as PDF: in a folder of their own, as an edition never changes.

One takes half a minute, so they are made when somebody asks, not with the edition: 800 would take hours.
"""

import logging
import os
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from lcmonitor.errors import Message, UsageError
from lcmonitor.files import write_whole
from lcmonitor.processes import CONTEXT, starting
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.pdf import Place, file_of, is_of, maker, pdf
from lcmonitor.reporting.shelf import kept

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Printed:
    """A page of an edition and its PDF."""

    page: Path
    target: Path
    place: Place

    def is_there(self) -> bool:
        text = self.page.read_text(encoding="utf-8")
        return self.target.is_file() and is_of(self.target.read_bytes(), text, self.place)

    def write(self) -> None:
        self.target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.target, pdf(self.page.read_text(encoding="utf-8"), self.place), 0o644)


def print_edition(setup: Setup, edition: str | None = None, only: Collection[str] = ()) -> Sequence[Path]:
    """The PDFs of an edition, or of the newest; of all reports, or those named (``communities/delta``).

    One that is there and was made of the same page stays.
    Raises UsageError: LCM-385, 386, or 387 for an edition or a report that is not there.
    """
    maker()
    reports = setup.workspace.reports
    chosen = _chosen(reports, edition)
    return print_pages(setup, chosen, _pages(reports / chosen, only))


def print_pages(setup: Setup, edition: str, pages: Iterable[str]) -> Sequence[Path]:
    """The PDFs of pages of an edition, by their paths in it; made where they are not there yet.

    Raises UsageError: LCM-385, 386.
    """
    files = [_printed(setup, edition, page, file) for page in pages if (file := file_of(page))]
    lacking = [each for each in files if not each.is_there()]
    if lacking:
        maker()
        with ProcessPoolExecutor(os.cpu_count(), CONTEXT) as processes:
            with starting():
                made = [processes.submit(each.write) for each in lacking]
            for number, each in enumerate(made, 1):
                each.result()
                log.info("printing", extra={"blanks": {"number": number, "count": len(made)}})
    return [each.target for each in files]


def _printed(setup: Setup, edition: str, path: str, file: str) -> _Printed:
    page, target = setup.workspace.reports / edition / path, setup.workspace.pdfs / edition / file
    up = Path(os.path.relpath(page.parent, target.parent)).as_posix()
    web = f"{setup.programme.base}{edition}/{path}" if setup.programme.base else ""
    return _Printed(page, target, Place(f"{up}/", web))


def _chosen(reports: Path, edition: str | None) -> str:
    editions = [one.id for one in kept(reports)]
    if not editions or (edition and edition not in editions):
        raise UsageError(Message("LCM-387", params={"found": edition or "–", "allowed": _listed(editions)}))
    return edition or editions[0]


def _pages(source: Path, only: Collection[str]) -> Sequence[str]:
    """Those that can be printed, by their paths in the edition; a report is named without its language."""
    found = sorted(path.relative_to(source).as_posix() for path in source.rglob("*.html"))
    named = {path: path.rsplit(".", 2)[0] for path in found if file_of(path)}
    for name in set(only) - set(named.values()):
        raise UsageError(Message("LCM-387", params={"found": name, "allowed": _listed(named.values())}))
    return [path for path, name in named.items() if not only or name in only]


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(set(names))) or "–"
