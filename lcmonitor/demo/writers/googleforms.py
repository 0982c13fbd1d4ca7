"""Google Forms' CSV as "Download responses" gives it: all quoted, no ids, statements as rows of a grid."""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from lcmonitor.demo.writers.sheet import Reply, Sheet

META = ("Timestamp", "Username")
_HERE = ZoneInfo("Europe/Amsterdam")


def write(path: Path, sheet: Sheet) -> None:
    """Only what was sent: this tool has no unfinished answers."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        out.writerow([*META, *(_heading(sheet, item) for item in sheet.items)])
        out.writerows(_row(reply, sheet, reply.submitted) for reply in sheet.replies if reply.submitted)


def _heading(sheet: Sheet, item: str) -> str:
    return f"{sheet.stem} [{sheet.text(item)}]" if sheet.type(item) == "scale" else sheet.text(item)


def _row(reply: Reply, sheet: Sheet, submitted: datetime) -> list[str]:
    values = ((item, reply.values.get(item)) for item in sheet.items)
    answers = ("" if value is None else sheet.label(item, value) for item, value in values)
    return [_time(submitted), reply.email, *answers]


def _time(moment: datetime) -> str:
    """``2025/04/12 9:05:33 AM GMT+2``: no leading zero in the hour, the form's zone behind it."""
    offset = moment.replace(tzinfo=_HERE).utcoffset()
    hours = round(offset.total_seconds() / 3600) if offset else 0
    return f"{moment:%Y/%m/%d} {moment.hour % 12 or 12}:{moment:%M:%S %p} GMT+{hours}"
