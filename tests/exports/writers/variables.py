"""Data files of SPSS and Stata, written by pyreadstat: codes with labels, an option a variable."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyreadstat

from tests.exports.writers import Column, Survey, Writer, as_code, if_chosen

Labels = Mapping[str, Mapping[int, str]]


def columns(survey: Survey) -> Iterator[Column]:
    """Null is no cell of these files: what was not shown is empty, an option as well."""
    for each in survey.questions:
        if each.kind == "multi":
            for code, label in each.options.items():
                text = f"{each.text} / {label}"
                yield Column(each.code, f"{each.code}_{code}", text, "", if_chosen(code, "1", "0"))
        else:
            yield Column(each.code, each.code, each.text, "", as_code)


def in_capitals(survey: Survey) -> Iterator[Column]:
    """A portable file has neither small letters in names nor, here, labels."""
    return (replace(column, code=column.code.upper(), text="") for column in columns(survey))


def frame(survey: Survey) -> pd.DataFrame:
    kinds = {each.code: each.kind for each in survey.questions}
    cells = {
        column.code: [column.of(each) or "" for each in survey.respondents] for column in columns(survey)
    }
    numeric = {column.code for column in columns(survey) if kinds[column.question] != "open"}
    return pd.DataFrame(
        {
            "respondent_id": [float(each.number) for each in survey.respondents],
            "submitted": pd.to_datetime([each.ended for each in survey.respondents]),
            "status": ["complete" if each.complete else "incomplete" for each in survey.respondents],
            "token": [each.token for each in survey.respondents],
            **{code: numbers(found) if code in numeric else found for code, found in cells.items()},
        }
    )


def numbers(cells: list[str]) -> "pd.Series[float]":
    return pd.Series([float(cell) if cell else None for cell in cells], dtype=float)


def value_labels(survey: Survey) -> Labels:
    coded = (each for each in survey.questions if each.kind in ("single", "scale"))
    return {each.code: {int(code): label for code, label in each.options.items()} for each in coded}


def written(survey: Survey, write: Callable[[Survey, Path], None]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        write(survey, file := Path(folder) / "survey")
        return file.read_bytes()


def question_labels(survey: Survey) -> list[str]:
    own = ["Nummer", "Ingevuld", "Stand", "Code"]
    return [*own, *(column.text for column in columns(survey))]


def sav(survey: Survey, file: Path) -> None:
    pyreadstat.write_sav(
        frame(survey), file, column_labels=question_labels(survey), variable_value_labels=value_labels(survey)
    )


def zsav(survey: Survey, file: Path) -> None:
    pyreadstat.write_sav(frame(survey), file, compress=True, column_labels=question_labels(survey))


def por(survey: Survey, file: Path) -> None:
    short = {"respondent_id": "ID", "submitted": "DATUM"}  # eight letters
    pyreadstat.write_por(frame(survey).rename(columns=short).rename(columns=str.upper), file)


def dta(survey: Survey, file: Path) -> None:
    pyreadstat.write_dta(
        frame(survey), file, column_labels=question_labels(survey), variable_value_labels=value_labels(survey)
    )


# Strings are filled out with blanks; 32,767 bytes are the most.
SAV = Writer(
    "spss",
    lambda survey: written(survey, sav),
    lambda survey: list(columns(survey)),
    keeps_unfinished=True,
    illegal=r"\x00| +\Z",
    longest=8_000,
)
WRITERS: Mapping[str, Writer] = {
    "SPSS .sav": SAV,
    "SPSS .zsav": replace(SAV, write=lambda survey: written(survey, zsav)),
    "SPSS .por": replace(
        SAV,
        write=lambda survey: written(survey, por),
        columns=lambda survey: list(in_capitals(survey)),
        illegal=r"[^!-~ ]| +\Z",
        longest=255,
    ),
    "Stata .dta": replace(SAV, tool="stata", write=lambda survey: written(survey, dta), illegal=r"\x00"),
}
