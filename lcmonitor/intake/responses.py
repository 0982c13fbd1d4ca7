"""Checked responses of one form of one community: what is stored."""

from dataclasses import dataclass
from enum import IntEnum

import pyarrow as pa


class Missing(IntEnum):
    """Why an item has no answer; stored in the item's own column, below every code of every scale."""

    NOT_ASKED = -101
    NOT_ANSWERED = -102
    NOT_APPLICABLE = -103  # the respondent said: don't know, or not applicable
    INVALID = -104  # the export held something that the scale does not allow


# What every response has; the item columns follow, int8 for scale items and float64 (null: none) for numbers.
RESPONSE_FIELDS = pa.schema(
    [
        ("wave", pa.string()),
        ("response_id", pa.string()),
        ("row", pa.int32()),
        ("submitted", pa.timestamp("us")),
        (
            "completeness",
            pa.string(),
        ),  # complete >= 80 % of the core items asked, partial >= 50 %, else break_off
        ("panel_key", pa.string()),  # HMAC of the token; null: none
        ("partner", pa.string()),  # id of the partner; null: unknown
        ("seconds", pa.float64()),  # how long it took; null: the tool does not tell
    ]
)

# A form that asks about each partner has one column more instead of one for each item and partner.
TIES = "ties"
TIE_FIELDS = pa.struct([("partner", pa.string()), ("item", pa.string()), ("code", pa.int8())])


@dataclass(frozen=True)
class Responses:
    """Rows that passed every check, in file order."""

    community: str
    form: str
    rows: pa.Table
