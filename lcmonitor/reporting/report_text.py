"""What stood out, read back from a finished report: who passes it on says what the report says."""

import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

_PARTS = ("finding-text", "finding-detail")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True)
class Stated:
    """A finding as it stands in a page."""

    text: str
    detail: str


class _Reader(HTMLParser):
    """Collects the words of the elements whose class is one of _PARTS, without the links in them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []
        self._open = self._link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        part = dict(attrs).get("class")
        if tag == "p" and part in _PARTS:
            self.found.append((part, []))
            self._open = True
        self._link = self._link or tag == "a"

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "p"
        self._link = self._link and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._open and not self._link:
            self.found[-1][1].append(data)


def findings_of(page: Path) -> list[Stated]:
    """The findings of a report, in its order; none where the page is not there."""
    return _stated(page.read_text(encoding="utf-8")) if page.is_file() else []


def title_of(page: Path) -> str:
    """What a report is called."""
    found = _TITLE.search(page.read_text(encoding="utf-8"))
    return " ".join(html.unescape(found[1]).split()) if found else page.stem


def _stated(page: str) -> list[Stated]:
    reader = _Reader()
    reader.feed(page)
    said = [(part, " ".join("".join(words).split())) for part, words in reader.found]
    texts, details = ([text for name, text in said if name == part] for part in _PARTS)
    return [Stated(text, detail) for text, detail in zip(texts, details, strict=True)]
