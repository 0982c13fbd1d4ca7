"""A finished page as a reader and a browser see it: its words, tables and figures, and all it refers to."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

# What a browser fetches by itself, and what a reader follows by hand.
_LOADING = ("src", "srcset", "data", "poster", "background", "action", "formaction", "href", "xlink:href")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_IN_STYLE = re.compile(r"(?:url\(|@import\s)\s*['\"]?([^'\")\s;]*)", re.IGNORECASE)
_ACTIVE = {"script", "iframe", "object", "embed", "base", "form", "portal", "frame"}
_BREAKING = {
    "p",
    "li",
    "dt",
    "dd",
    "td",
    "th",
    "tr",
    "div",
    "text",
    "tspan",
    "h1",
    "h2",
    "h3",
    "h4",
    "caption",
}


@dataclass
class Table:
    """The words of its cells."""

    caption: str = ""
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Figure:
    """``<figure>``: whether there is a drawing in it, and what stands beside that."""

    id: str
    caption: str = ""
    drawn: bool = False
    text: str = ""
    tables: list[Table] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


@dataclass
class Page:
    """Everything outside the style sheet. ``loads``: addresses that a browser would ask for."""

    language: str = ""
    title: str = ""
    text: str = ""
    tables: list[Table] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)  # words in drawings
    stated: list[str] = field(default_factory=list)  # the sentences behind the findings
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)


def read_page(html: str) -> Page:
    """The page; mistakes in it make it no less readable."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.page.text = " ".join("".join(reader.said).split())
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page, self.said = Page(), list[str]()
        self._inside: list[str] = []
        self._table: Table | None = None
        self._figure: Figure | None = None
        self._stating = False  # what stands behind a finding

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._refer(tag, given)
        if tag in _VOID:
            return
        self._inside.append(tag)
        if tag in _BREAKING:
            self._say(" ")
        if given.get("class") == "finding-detail":
            self.page.stated.append("")
            self._stating = True
        if tag == "html":
            self.page.language = given.get("lang", "")
        self._open(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._refer(tag, {name: value or "" for name, value in attrs})

    def _open(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            self._table = Table()
            self.page.tables.append(self._table)
            if self._figure:
                self._figure.tables.append(self._table)
        elif tag == "figure":
            self._figure = Figure(given.get("id", ""))
            self.page.figures.append(self._figure)
        elif tag == "svg" and self._figure:
            self._figure.drawn = True
        elif tag == "text":
            self.page.labels.append("")
        elif self._table and tag == "tr" and "tbody" in self._inside:
            self._table.rows.append([])
        elif self._table and tag in ("td", "th"):
            self._cells().append("")

    def _cells(self) -> list[str]:
        assert self._table
        return self._table.rows[-1] if "tbody" in self._inside and self._table.rows else self._table.head

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._inside:
            return
        while self._inside.pop() != tag:
            pass
        self._stating = self._stating and tag != "p"
        if tag == "table":
            self._table = None
        elif tag == "figure":
            self._figure = None

    def handle_data(self, data: str) -> None:
        if "style" in self._inside:
            self.page.loads += _IN_STYLE.findall(data)
            return
        self._say(data)
        if self._stating:
            self.page.stated[-1] += data
        if "text" in self._inside:
            self.page.labels[-1] += data
        if self._table and "caption" in self._inside:
            self._table.caption += data.strip()
        elif self._table and {"td", "th"} & set(self._inside) and self._cells():
            self._cells()[-1] = f"{self._cells()[-1]}{data}".strip()
        elif self._figure and "figcaption" in self._inside:
            self._figure.caption += data.strip()
        elif self._inside[-1:] == ["title"] and "svg" not in self._inside:
            self.page.title += data

    def _say(self, text: str) -> None:
        self.said.append(text)
        if self._figure:
            self._figure.text += text

    def _refer(self, tag: str, given: dict[str, str]) -> None:
        """A link of ``<a>``, and the feed that a page names, wait for a reader; all else is fetched."""
        if tag in _ACTIVE or any(name.startswith("on") for name in given):
            self.page.loads.append(f"<{tag}>")
        if tag == "meta" and given.get("http-equiv", "").casefold() == "refresh":
            self.page.loads.append(f"<{tag}>")
        self.page.loads += _IN_STYLE.findall(given.get("style", ""))
        if tag == "a":
            self.page.links.append(given.get("href", ""))
            if self._figure:
                self._figure.links.append(given.get("href", ""))
        else:
            self.page.loads += [given[name] for name in _LOADING if name in given]
