"""LimeSurvey's CSV: BOM, CRLF, every cell quoted that is not NULL. NULL is a question that was not shown."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from lcmonitor.demo.writers.sheet import Reply, Sheet
from lcmonitor.intake.roster import AboutPartner

# LimeSurvey's own columns, and how its Dutch translation heads them.
DUTCH = {
    "id": "Respons-ID",
    "submitdate": "Datum verzonden",
    "lastpage": "Laatste pagina",
    "startlanguage": "Begin taal",
    "seed": "Plaats",
    "token": "Toegangscode",
    "startdate": "Startdatum",
    "datestamp": "Datum laatste actie",
    "ipaddr": "IP-adres",
    "refurl": "Verwijzer URL",
}
_PAGES = 4


def write_codes(path: Path, sheet: Sheet) -> None:
    """Question codes above answer codes."""
    headings = [*DUTCH, *(_question_code(sheet, item) for item in sheet.items)]
    _write(path, headings, sheet, lambda item, value: _code(sheet, item, value))


def write_full(path: Path, sheet: Sheet) -> None:
    """Code and text above full answers, exported in Dutch."""
    questions = (_question(sheet, item) for item in sheet.items)
    headings = [*(f"{code}. {words}" for code, words in DUTCH.items()), *questions]
    _write(path, headings, sheet, sheet.label)


def _allowed(name: str) -> str:
    """A code that LimeSurvey takes: letters and digits, a letter first."""
    return "".join(letter for letter in name if letter.isalnum())


def _question_code(sheet: Sheet, item: str) -> str:
    """What is asked of each organisation is an array, with the organisations as its rows."""
    about = sheet.codebook.items[item]
    if not isinstance(about, AboutPartner):
        return _allowed(item)
    return f"{_allowed(about.item)}[{_allowed(sheet.partners[about.partner].code)}]"


def _question(sheet: Sheet, item: str) -> str:
    """Statements are the rows of an array, one for each scale, which is why a code stands in brackets."""
    code, text = _question_code(sheet, item), sheet.text(item)
    if sheet.type(item) != "scale" or isinstance(sheet.codebook.items[item], AboutPartner):
        return f"{code}. {text}"
    return f"{_allowed(sheet.codebook.items[item].scale or '')}[{code}]. {sheet.stem} [{text}]"


def _code(sheet: Sheet, item: str, value: int | float | str) -> str:
    """A yes/no question has letters of its own."""
    if sheet.type(item) == "consent":
        return "Y" if value else "N"
    return sheet.code(item, value)


def _write(
    path: Path, headings: list[str], sheet: Sheet, answer: Callable[[str, int | float | str], str]
) -> None:
    rows: list[list[str | None]] = [
        list(headings),
        *([*_meta(reply, sheet).values(), *_answers(reply, sheet, answer)] for reply in sheet.replies),
    ]
    text = "".join(",".join(map(_cell, row)) + "\r\n" for row in rows)
    path.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))


def _meta(reply: Reply, sheet: Sheet) -> Mapping[str, str | None]:
    last = reply.submitted or reply.started
    return {
        "id": str(reply.number),
        "submitdate": _time(reply.submitted) if reply.submitted else None,
        "lastpage": str(_PAGES if reply.submitted else 1),
        "startlanguage": sheet.language,
        "seed": str(1_000_000_007 * reply.number % 2_147_483_647),
        "token": reply.token,
        "startdate": _time(reply.started),
        "datestamp": _time(last),
        "ipaddr": reply.ip,
        "refurl": "",
    }


def _answers(reply: Reply, sheet: Sheet, answer: Callable[[str, int | float | str], str]) -> list[str | None]:
    cells: list[str | None] = []
    for item in sheet.items:
        value = reply.values.get(item)
        shown = item in reply.values
        cells.append(answer(item, value) if value is not None else "" if shown else None)
    return cells


def _cell(text: str | None) -> str:
    return "" if text is None else '"' + text.replace('"', '""') + '"'


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
