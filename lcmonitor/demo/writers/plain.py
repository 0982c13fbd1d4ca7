"""A table saved from a Dutch Excel: semicolons, cp1252, decimal commas, item codes as headings."""

import csv
from pathlib import Path

from lcmonitor.demo.writers.sheet import Reply, Sheet

META = ("respons_id", "ingevuld_op", "token", "naam", "e-mail")


def write(path: Path, sheet: Sheet) -> None:
    """Codes, and the names of organisations."""
    with path.open("w", encoding="cp1252", newline="") as file:
        out = csv.writer(file, delimiter=";", lineterminator="\r\n")
        out.writerow([*META, *sheet.items])
        out.writerows(_row(reply, sheet) for reply in sheet.replies)


def _row(reply: Reply, sheet: Sheet) -> list[str]:
    submitted = f"{reply.submitted:%d-%m-%Y %H:%M}" if reply.submitted else ""
    values = ((item, reply.values.get(item)) for item in sheet.items)
    answers = ("" if value is None else _answer(sheet, item, value) for item, value in values)
    return [str(reply.number), submitted, reply.token, reply.name, reply.email, *answers]


def _answer(sheet: Sheet, item: str, value: int | float | str) -> str:
    in_words = sheet.type(item) in ("partner", "consent")
    return sheet.label(item, value) if in_words else sheet.code(item, value).replace(".", ",")
