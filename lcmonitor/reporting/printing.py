"""The reports of an approved edition as PDF: in a folder of their own, as an edition never changes.

One takes half a minute, so they are made when somebody asks, not with the edition: 800 would take hours.
"""

import os
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from lcmonitor.errors import Message, UsageError
from lcmonitor.files import write_whole
from lcmonitor.processes import CONTEXT, starting
from lcmonitor.programme.workspace import Workspace
from lcmonitor.reporting.pdf import is_of, maker, pdf
from lcmonitor.reporting.shelf import kept

_LISTS = "index."  # of links: nothing to read on paper


def print_edition(
    workspace: Workspace, edition: str | None = None, only: Collection[str] = ()
) -> Sequence[Path]:
    """The PDFs of an edition, or of the newest; of all reports, or those named (``communities/delta``).

    One that is there and was made of the same page stays.
    Raises UsageError: LCM-385, 386, or 387 for an edition or a report that is not there.
    """
    maker()
    source = workspace.reports / _chosen(workspace, edition)
    pages = {path: workspace.pdfs / source.name / path.with_suffix(".pdf") for path in _pages(source, only)}
    write = partial(_write, source)
    with ProcessPoolExecutor(os.cpu_count(), CONTEXT) as processes:
        with starting():
            made = [processes.submit(write, page, target) for page, target in pages.items()]
        for each in made:
            each.result()
    return list(pages.values())


def _chosen(workspace: Workspace, edition: str | None) -> str:
    editions = [one.id for one in kept(workspace.reports)]
    if not editions or (edition and edition not in editions):
        raise UsageError(Message("LCM-387", params={"found": edition or "–", "allowed": _listed(editions)}))
    return edition or editions[0]


def _pages(source: Path, only: Collection[str]) -> Iterator[Path]:
    """Of the edition's folder, relative to it; a report is named without its language."""
    found = sorted(path.relative_to(source) for path in source.rglob("*.html"))
    named = {path: path.as_posix().rsplit(".", 2)[0] for path in found if not path.name.startswith(_LISTS)}
    for name in set(only) - set(named.values()):
        raise UsageError(Message("LCM-387", params={"found": name, "allowed": _listed(named.values())}))
    return (path for path, name in named.items() if not only or name in only)


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(set(names))) or "–"


def _write(source: Path, page: Path, target: Path) -> None:
    text = (source / page).read_text(encoding="utf-8")
    if target.is_file() and is_of(target.read_bytes(), text):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, pdf(text), 0o644)
