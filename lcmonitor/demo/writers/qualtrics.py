"""Qualtrics' CSV: three heading rows (export tag, question, import id), choice text below."""

import csv
import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from lcmonitor.demo.writers.sheet import Reply, Sheet

# Qualtrics' own columns: export tag -> the words of the second row, the import id of the third.
META = {
    "StartDate": ("Start Date", "startDate"),
    "EndDate": ("End Date", "endDate"),
    "Status": ("Response Type", "status"),
    "IPAddress": ("IP Address", "ipAddress"),
    "Progress": ("Progress", "progress"),
    "Duration (in seconds)": ("Duration (in seconds)", "duration"),
    "Finished": ("Finished", "finished"),
    "RecordedDate": ("Recorded Date", "recordedDate"),
    "ResponseId": ("Response ID", "_recordId"),
    "RecipientLastName": ("Recipient Last Name", "recipientLastName"),
    "RecipientFirstName": ("Recipient First Name", "recipientFirstName"),
    "RecipientEmail": ("Recipient Email", "recipientEmail"),
    "ExternalReference": ("External Data Reference", "externalDataReference"),
    "LocationLatitude": ("Location Latitude", "locationLatitude"),
    "LocationLongitude": ("Location Longitude", "locationLongitude"),
    "DistributionChannel": ("Distribution Channel", "distributionChannel"),
    "UserLanguage": ("User Language", "userLanguage"),
}
_DATES = ("startDate", "endDate", "recordedDate")


def write(path: Path, sheet: Sheet) -> None:
    """One file, as 'Download data table' gives it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([*META, *sheet.items])
        out.writerow([*(words for words, _ in META.values()), *(_question(sheet, i) for i in sheet.items)])
        out.writerow([*(_import_id(id_) for _, id_ in META.values()), *_question_ids(sheet)])
        out.writerows([*_meta(reply, sheet), *_answers(reply, sheet)] for reply in sheet.replies)


def _question(sheet: Sheet, item: str) -> str:
    """A statement stands behind the question of its grid."""
    return f"{sheet.stem} - {sheet.text(item)}" if sheet.type(item) == "scale" else sheet.text(item)


def _import_id(name: str) -> str:
    entry = {"ImportId": name} | ({"timeZone": "Europe/Amsterdam"} if name in _DATES else {})
    return json.dumps(entry, separators=(",", ":"))


def _question_ids(sheet: Sheet) -> list[str]:
    return [_import_id(f"QID{number}") for number, _ in enumerate(sheet.items, start=1)]


def _meta(reply: Reply, sheet: Sheet) -> list[str]:
    end = reply.submitted or reply.started
    first, _, last = reply.name.partition(" ")
    return [
        _time(reply.started),
        _time(end),
        "Survey Preview" if reply.test else "IP Address",
        reply.ip,
        "100" if reply.submitted else str(_progress(reply, sheet)),
        str(int((end - reply.started).total_seconds())),
        "True" if reply.submitted else "False",
        _time(end),
        "R_" + sha256(f"{sheet.title}/{reply.number}".encode()).hexdigest()[:15],
        last,
        first,
        reply.email,
        reply.token,
        "52.0",
        "5.0",
        "preview" if reply.test else "email",
        sheet.language.upper(),
    ]


def _answers(reply: Reply, sheet: Sheet) -> list[str]:
    values = ((item, reply.values.get(item)) for item in sheet.items)
    return ["" if value is None else sheet.label(item, value) for item, value in values]


def _progress(reply: Reply, sheet: Sheet) -> int:
    return 100 * len(reply.values) // (len(sheet.items) + 1)


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
