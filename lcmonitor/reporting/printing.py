"""The reports of an approved edition as PDF: in a folder of their own, as an edition never changes.

One takes half a minute, so they are made when somebody asks, not with the edition: 800 would take hours.
"""

import logging
import os
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from lcmonitor.errors import Message, UsageError
from lcmonitor.files import write_whole
from lcmonitor.processes import CONTEXT, starting
from lcmonitor.programme.workspace import Workspace
from lcmonitor.reporting.pdf import file_of, is_of, maker, pdf
from lcmonitor.reporting.shelf import kept

log = logging.getLogger(__name__)


def print_edition(
    workspace: Workspace, edition: str | None = None, only: Collection[str] = ()
) -> Sequence[Path]:
    """The PDFs of an edition, or of the newest; of all reports, or those named (``communities/delta``).

    One that is there and was made of the same page stays.
    Raises UsageError: LCM-385, 386, or 387 for an edition or a report that is not there.
    """
    maker()
    chosen = _chosen(workspace, edition)
    return print_pages(workspace, chosen, _pages(workspace.reports / chosen, only))


def print_pages(workspace: Workspace, edition: str, pages: Iterable[str]) -> Sequence[Path]:
    """The PDFs of pages of an edition, by their paths in it; made where they are not there yet.

    Raises UsageError: LCM-385, 386.
    """
    source, folder = workspace.reports / edition, workspace.pdfs / edition
    files = [(source / page, folder / file) for page in pages if (file := file_of(page))]
    lacking = [(page, target) for page, target in files if not _is_there(page, target)]
    if lacking:
        maker()
        with ProcessPoolExecutor(os.cpu_count(), CONTEXT) as processes:
            with starting():
                made = [processes.submit(_write, page, target) for page, target in lacking]
            for number, each in enumerate(made, 1):
                each.result()
                log.info("printing", extra={"blanks": {"number": number, "count": len(made)}})
    return [target for _, target in files]


def _is_there(page: Path, target: Path) -> bool:
    return target.is_file() and is_of(target.read_bytes(), page.read_text(encoding="utf-8"))


def _chosen(workspace: Workspace, edition: str | None) -> str:
    editions = [one.id for one in kept(workspace.reports)]
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


def _write(page: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    up = Path(os.path.relpath(page.parent, target.parent)).as_posix()
    write_whole(target, pdf(page.read_text(encoding="utf-8"), f"{up}/"), 0o644)
