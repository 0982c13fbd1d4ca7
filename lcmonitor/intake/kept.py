"""Rows on their way to the store."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lcmonitor.instruments.model import Codebook
from lcmonitor.intake.answers import Answers

Select = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Kept:
    """In file order; every sequence has a value per row."""

    positions: Select  # in the export's table
    facts: pa.Table
    wave: npt.NDArray[np.int16]  # number in the programme's list
    book: npt.NDArray[np.int8]  # number of the codebook they were asked
    codebooks: Sequence[Codebook]
    answers: Mapping[str, Answers]  # item -> codes or numbers
    partner: pa.Array
    ids: pa.Array
    panel: pa.Array

    def only(self, index: Select) -> "Kept":
        """These rows of it."""
        if len(index) == len(self.positions):
            return self
        return replace(
            self,
            positions=self.positions[index],
            facts=self.facts.take(index),
            wave=self.wave[index],
            book=self.book[index],
            answers={item: values[index] for item, values in self.answers.items()},
            partner=self.partner.take(index),
            ids=self.ids.take(index),
            panel=self.panel.take(index),
        )

    def without(self, items: frozenset[str]) -> "Kept":
        """All rows, without these items."""
        return replace(self, answers={code: v for code, v in self.answers.items() if code not in items})

    def per_codebook(self) -> Iterator[tuple[Codebook, Select]]:
        """Each codebook with the rows that were asked it."""
        for number, codebook in enumerate(self.codebooks):
            if len(here := np.flatnonzero(self.book == number)):
                yield codebook, here

    def row_numbers(self, index: Select) -> tuple[int, ...]:
        """These rows as the spreadsheet numbers them."""
        return tuple(self.facts["row"].take(index).to_pylist())
