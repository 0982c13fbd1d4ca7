"""A real export read with the csv module alone, the way somebody would who does not trust our figures."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import NormalDist, mean, stdev


@dataclass(frozen=True)
class Raw:
    """Headings, and the rows below them that are not blank."""

    headings: Sequence[Sequence[str]]
    rows: Sequence[Sequence[str]]

    def column(self, words: str, width: int = 1) -> list[str]:
        """The first column headed with these words; of a spread-out scale whichever cell is filled."""
        plain = [" ".join(heading.split()) for heading in self.headings[0]]
        start = next(at for at, heading in enumerate(plain) if words in heading)
        return ["".join(row[start : start + width]) for row in self.rows]

    def texts(self, longer_than: int) -> set[str]:
        """What people wrote or chose, without what stands in a heading too."""
        above = "\n".join(cell for row in self.headings for cell in row)
        cells = {cell.strip() for row in self.rows for cell in row}
        return {cell for cell in cells if len(cell) > longer_than and cell not in above}


def read_raw(path: Path, heading_rows: int) -> Raw:
    """All of it as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return Raw(rows[:heading_rows], [row for row in rows[heading_rows:] if any(map(str.strip, row))])


@dataclass(frozen=True)
class Answers:
    """Codes of one question, None where there is none."""

    codes: Sequence[int | None]

    @property
    def given(self) -> list[int]:
        """Those that count."""
        return [code for code in self.codes if code is not None]

    def share(self, agrees_from: int) -> float:
        """Part of the answers from that code on."""
        return sum(code >= agrees_from for code in self.given) / len(self.given)


def coded(cells: Iterable[str], words: Mapping[str, int], none: Iterable[str] = ("", "N/A")) -> Answers:
    """Numbers as they are, words as ``words`` has them. KeyError: a word that nobody expected."""
    nothing, known = set(none), {word.casefold(): code for word, code in words.items()}
    return Answers(
        [
            None if cell in nothing else int(cell) if cell.isdigit() else known[cell.casefold()]
            for cell in cells
        ]
    )


def score(items: Sequence[Answers]) -> list[float]:
    """Per respondent the mean over the items, if at least half of them, rounded up, are answered."""
    rows = zip(*(item.codes for item in items), strict=True)
    given = [[code for code in row if code is not None] for row in rows]
    return [mean(codes) for codes in given if 2 * len(codes) >= len(items)]


def standard_error(values: Sequence[float]) -> float:
    """Of the mean of a sample from a population of unknown size."""
    return stdev(values) / sqrt(len(values))


def wilson(share: float, n: int) -> tuple[float, float]:
    """The 95 % score interval."""
    z = NormalDist().inv_cdf(0.975)
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return centre - half, centre + half
