"""An SPSS data file: codes with labels, don't-know declared user-missing, all else system-missing."""

from pathlib import Path

import pandas as pd
import pyreadstat

from lcmonitor.demo.writers.sheet import Sheet

_CLOCK = slice(92, 109)  # creation date and time in the file header
_MADE = b"01 Jan 2600:00:00"


def write(path: Path, sheet: Sheet) -> None:
    """Variable names are item codes, variable labels the questions."""
    frame = pd.DataFrame({**_meta(sheet), **{item: _column(sheet, item) for item in sheet.items}})
    coded = {item: scale for item in sheet.items if (scale := sheet.scale(item))}
    labels = {
        item: {code: text[sheet.language] for code, text in (scale.codes | scale.missing).items()}
        for item, scale in coded.items()
    }
    pyreadstat.write_sav(
        frame,
        str(path),
        file_label=sheet.title[:64],
        column_labels={item: sheet.text(item) for item in sheet.items},
        variable_value_labels=labels,
        missing_ranges={item: list(scale.missing) for item, scale in coded.items() if scale.missing},
        variable_measure=dict.fromkeys(coded, "ordinal"),
    )
    content = bytearray(path.read_bytes())
    content[_CLOCK] = _MADE
    path.write_bytes(content)


def _meta(sheet: Sheet) -> dict[str, pd.Series]:
    replies = sheet.replies
    return {
        "respondent_id": pd.Series([float(reply.number) for reply in replies]),
        "submitdate": pd.Series([reply.submitted for reply in replies], dtype="datetime64[us]"),
        "token": pd.Series([reply.token for reply in replies], dtype=object),
        "ipaddr": pd.Series([reply.ip for reply in replies], dtype=object),
        "email": pd.Series([reply.email for reply in replies], dtype=object),
    }


def _column(sheet: Sheet, item: str) -> pd.Series:
    values = [reply.values.get(item) for reply in sheet.replies]
    if sheet.type(item) in ("partner", "text", "date", "key"):
        return pd.Series(
            ["" if value is None else sheet.label(item, value) for value in values], dtype=object
        )
    return pd.Series([None if value is None else float(value) for value in values], dtype=float)
