"""What a reader finds in an edition: rows of its CSV files, and numbers in the tables of its pages."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

_DIGITS = 5e-6  # a number in the data has six digits
_CENTS = 0.005  # one across communities has two decimals
FEW = 10  # below it means have one decimal


@dataclass(frozen=True)
class Told:
    """A number between two ends, of a group of a community ("": of all) or across them (community "").

    ``what``: response, n, mean, se, share, or the code of an answer; ``item``: "" of the response itself.
    ``n``: of how many it is, where that stands beside it. ``whole``: how far a weighted figure may have been
    rounded to whole answers before; 0: it is not weighted. ``since``: the wave before, of a figure on both:
    mean, share and se of those who answered twice, and how many those are (again) and could be (could); or
    of who did not answer again less who did (attrition).
    """

    community: str
    group_by: str
    group: str
    item: str
    what: str
    low: float
    high: float
    n: float = 0
    whole: float = 0
    wave: str = ""
    since: str = ""


@dataclass(frozen=True)
class Hidden:
    """A figure that is not shown, and the reason that is given."""

    community: str
    group_by: str
    group: str
    item: str
    what: str
    reason: str
    wave: str = ""
    since: str = ""


@dataclass
class Page(HTMLParser):
    """The tables of a page, as cells of text."""

    tables: list[list[list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("th", "td") and self.tables:
            self.tables[-1][-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.tables[-1][-1][-1] += data.strip()


def rows(edition: Path) -> Iterator[dict[str, str]]:
    for file in (edition / "programme.csv", *sorted(edition.glob("communities/*.csv"))):
        with file.open(encoding="utf-8-sig", newline="") as text:
            yield from csv.DictReader(text)


def in_data(edition: Path) -> Iterator[Told | Hidden]:
    """From the CSV: every number with all its digits, as far as they may be exact (±)."""
    for row in rows(edition):
        found = _of_a_wave(row) if row["measure"] == "value" else _of_two_waves(row)
        yield from (replace(one, wave=row["wave"], since=row["versus"]) for one in found)


def _of_a_wave(row: Mapping[str, str]) -> Iterator[Told | Hidden]:
    place = row["community"], row["group_by"], row["group_value"]
    item = _item(row)
    what = row["part"] or {"response": "response"}.get(row["statistic"], row["statistic"])
    if row["status"] == "suppressed":
        yield Hidden(*place, item, what, row["reason"])
    elif row["n"]:
        n = float(row["n"])
        yield Told(*place, item, "n" if item else what, n, n)
        yield from _numbers(row, (*place, item), what, n)


def _numbers(row: Mapping[str, str], about: tuple[str, str, str, str], what: str, n: float) -> Iterator[Told]:
    whole = _whole(row, n)
    if row["estimate"] and about[3]:
        coarse = n < FEW or (bool(about[0]) and row["method"] == "small")
        within = _rounded(row["statistic"], about[0], coarse)
        value = float(row["estimate"])
        yield Told(*about, what, value - within, value + within, n, whole)
    if row["se"] and row["statistic"] == "mean":
        within = _DIGITS if about[0] else 0.005
        yield Told(*about, "se", max(float(row["se"]) - within, 0.0), float(row["se"]) + within, n)
    if row["low"] and (whole or not about[0]) and row["statistic"] == "mean":
        yield Told(*about, "interval", float(row["low"]), float(row["high"]), n, whole)


def _whole(row: Mapping[str, str], n: float) -> float:
    """Half an answer; of a part of a distribution one, as its parts still add up."""
    if row["method"] != "weighted":
        return 0.0
    return (1 if row["part"] else 0.5) / n


def _rounded(statistic: str, community: str, coarse: bool) -> float:
    """Half of the last digit, by the rules that the methods tell; the digits themselves tell it not."""
    if statistic == "mean" and coarse:
        return 0.05
    return 0.005 if statistic == "mean" and not community else _DIGITS


def _of_two_waves(row: Mapping[str, str]) -> Iterator[Told | Hidden]:
    """Who answered again, and changes of the same people; the others are differences of what is shown."""
    place, n = (row["community"], row["group_by"], row["group_value"]), float(row["n"] or 0)
    if row["status"] == "suppressed":
        yield Hidden(*place, _item(row), row["measure"], row["reason"])
    elif row["measure"] == "followed" and row["status"] == "released":
        yield Told(*place, "", "again", n, n)
        yield Told(*place, "", "could", float(row["population"]), float(row["population"]))
    elif row["measure"] == "attrition" and row["status"] == "released":
        value = float(row["estimate"])
        yield Told(*place, _item(row), "attrition", value - _CENTS, value + _CENTS, n)
        if row["se"]:
            se = float(row["se"])
            yield Told(*place, _item(row), "se of attrition", max(se - _CENTS, 0.0), se + _CENTS, n)
    elif row["measure"] == "change" and row["method"] == "matched":
        yield from _of_pairs(row, (*place, _item(row)), n)


def _of_pairs(row: Mapping[str, str], about: tuple[str, str, str, str], n: float) -> Iterator[Told]:
    statistic, value = row["statistic"], float(row["estimate"])
    within = _rounded(statistic, about[0], n < FEW)
    yield Told(*about, "pairs", n, n)
    yield Told(*about, f"{statistic} of pairs", value - within, value + within, n)
    if row["se"]:
        se = float(row["se"])
        yield Told(*about, f"se of {statistic}", se - _DIGITS, se + _DIGITS, n)


def _item(row: Mapping[str, str]) -> str:
    return "" if row["statistic"] in ("response", "retention") else row["indicator"].partition("-")[0].upper()


def in_pages(edition: Path) -> Iterator[Told]:
    """From the pages: what stands beside the title of an indicator, or beside a partner type."""
    titles, wave = {row["title_nl"]: row for row in rows(edition)}, edition.name.rpartition("-")[0]
    weighted = {
        row["community"]
        for row in rows(edition)
        if row["method"] == "weighted" and row["measure"] == "value" and row["wave"] == wave
    }
    for file in sorted(edition.glob("communities/*.nl.html")):
        page = Page()
        page.feed(file.read_text(encoding="utf-8"))
        community = file.name.partition(".")[0]
        for head, *lines in page.tables:
            for line in lines:
                for one in _of_line(head, line, community, titles):
                    figure = bool(one.n) and one.what != "n" and community in weighted
                    yield replace(one, wave=wave, whole=0.5 / one.n if figure else 0.0)


def _of_line(
    head: list[str], line: list[str], community: str, titles: Mapping[str, Mapping[str, str]]
) -> Iterator[Told]:
    cells = dict(zip(head, line, strict=False))
    if head[0] == "Onderwerp" and "Verschil" not in head and line[0] in titles:
        row = titles[line[0]]
        item = row["indicator"].partition("-")[0].upper()
        if not cells.get("n", "").isdigit():
            return
        n = float(cells["n"])
        yield Told(community, "", "", item, "n", n, n)
        if found := re.fullmatch(r"(\d,\d)(?: \[u\])?", cells.get("Nu", "")):
            yield _near(community, item, "mean", float(found[1].replace(",", ".")), 0.05, n)
        if found := re.fullmatch(r"(\d+)%", cells.get("Eens", "")):
            yield _near(community, item, "share", int(found[1]) / 100, 0.005, n)
    elif head[0] == "Soort partner" and (found := re.fullmatch(r"(\d+) van (\d+)", line[1])):
        kind = TYPE_WORDS[line[0]]
        yield Told(community, "partner_type", kind, "", "response", float(found[1]), float(found[1]))


def _near(community: str, item: str, what: str, value: float, within: float, n: float) -> Told:
    return Told(community, "", "", item, what, value - within - 1e-9, value + within + 1e-9, n)


TYPE_WORDS = {
    "Mkb-bedrijf": "company_sme", "Mbo": "vocational_school", "Overheid": "government",
    "Universiteit": "university",
}  # fmt: skip
