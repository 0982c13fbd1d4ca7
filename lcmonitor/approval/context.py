"""What a number needs beside it to be understood: what it is of, of how many, of which wave and edition."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from lcmonitor.approval.finished import Finished, Report
from lcmonitor.approval.page import Figure
from lcmonitor.errors import Message
from lcmonitor.reporting import status
from lcmonitor.reporting.shelf import latest

_COUNTED = re.compile(r"\bn = \d|\d (van|of) \d|\d+ (antwoorden|responses)")


def without_context(finished: Finished) -> Iterator[Message]:
    """Pages without edition, wave, language or status; tables and figures without a name; figures of no n."""
    for path in finished.pages:
        yield from _of_page(finished, path)
    for report in finished.reports:
        yield from _of_report(finished, report)
    for path, table in finished.tables.items():
        shown = table["status"] == "released"
        known = {wave.id for wave in finished.setup.programme.waves}
        wrong = {
            "n": shown & (table["n"] == ""),
            "edition": table["edition"] != finished.edition.id,
            "wave": ~table["wave"].isin(known),
            "title_nl": table["title_nl"] == "",
            "title_en": table["title_en"] == "",
        }
        for name, rows in wrong.items():
            if rows.any():
                yield _lacks(f"{path}, line {int(rows.to_numpy().argmax()) + 2}", name)
    newest = latest(finished.setup.workspace.reports)
    if finished.edition.facts.get("since") != (newest.id if newest else None):
        yield Message("LCM-460", status.FACTS, {"newest": newest.id if newest else "–"})
    for name in (status.FACTS, status.DATASET):
        if name not in finished.files or not status.is_draft(name, finished.content(name)):
            yield _lacks(name, "status")


def _of_page(finished: Finished, path: str) -> Iterator[Message]:
    page = finished.pages[path]
    language = PurePosixPath(path).name.split(".")[-2]
    if page.language != language:
        yield _lacks(path, f'lang="{language}"')
    if not page.title.strip():
        yield _lacks(path, "<title>")
    if status.marked(finished.content(path)) != 1:
        yield _lacks(path, status.BEGIN)
    if finished.edition.id not in page.text:
        yield _lacks(path, finished.edition.id)
    if not all(table.caption for table in page.tables):
        yield _lacks(path, "<caption>")


def _of_report(finished: Finished, report: Report) -> Iterator[Message]:
    wave = finished.edition.facts["title"].get(report.page.language, "")
    if wave.casefold() not in report.page.text.casefold():
        yield _lacks(report.path, wave)
    for figure in report.page.figures:
        place = f"{report.path}#{figure.id}"
        if not figure.caption:
            yield _lacks(place, "<figcaption>")
        if figure.drawn and not _counted(figure):
            yield _lacks(place, "n")


def _counted(figure: Figure) -> bool:
    """Whether it says of how many it is, in a column or in words; where none is shown there is no n."""
    columns = any("n" in table.head for table in figure.tables)
    return columns or bool(_COUNTED.search(figure.text)) or "[c]" in figure.text


def _lacks(place: str, what: str) -> Message:
    return Message("LCM-453", place, {"lacks": what})
