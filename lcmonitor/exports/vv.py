"""LimeSurvey's VV files: words in the first row, codes in the second, and signs that stand for signs."""

import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import words
from lcmonitor.wording import without_markup

VARIANT = "VV"
_NOT_SHOWN = "{question_not_shown}"
# In the order in which they are undone: a brace goes last, or ``{lbrace}tab}`` would become a tab.
_SIGNS = (
    ("{cr}{newline}", "\n"),
    ("{newline}", "\n"),
    ("{cr}", "\n"),
    ("{tab}", "\t"),
)


def is_vv(grid: Grid) -> bool:
    """The second row holds the codes of LimeSurvey's own columns; above them stands more than a title."""
    has_words = any(map(str.strip, grid.record(0)[1:]))
    return has_words and set(words("limesurvey")["recognised_by"]) <= set(grid.record(1))


def question_and_part(heading: str, code: str) -> tuple[str, str]:
    """``Question (row)`` as question and row, where the code has a part, too; either may hold brackets."""
    text = without_markup(heading)
    start = _opening(text) if "_" in code else -1
    return (text[:start].rstrip(), text[start + 1 : -1]) if start >= 0 else (text, "")


def _opening(text: str) -> int:
    """Where the bracket opens that the last sign closes; -1 if it closes none."""
    depth = 0
    for position in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[position], 0)
        if depth == 0:
            return position if text[position] == "(" else -1
    return -1


def plain(cells: pa.Table) -> pa.Table:
    """Null where a question was not shown, and the answers as they were given."""
    return pa.table([_plain(column) for column in cells.columns], names=cells.column_names)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    texts = pc.fill_null(column, "")
    if not pc.any(pc.match_substring(texts, "{")).as_py():
        return texts
    texts = pc.if_else(pc.equal(texts, _NOT_SHOWN), pa.scalar(None, pa.string()), texts)
    for written, meant in _SIGNS:
        texts = pc.replace_substring(texts, written, meant)
    texts = pc.replace_substring_regex(texts, r"^\{quote\}", '"')
    return pc.replace_substring(texts, "{lbrace}", "{")
