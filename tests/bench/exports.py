"""Many exports and large ones: among them a form that KoboToolbox cannot export in half an hour."""

import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from xml.sax.saxutils import escape

import duckdb
import numpy as np
import pandas as pd
import pyreadstat
from python_calamine import CalamineWorkbook

from lcmonitor.exports import sandbox
from tests.bench.measurement import Measurement, best_of

LCMONITOR = Path(sys.executable).with_name("lcmonitor")
_FILES = 1000
_PEOPLE, _CASES, _QUESTIONS = 20_000, 100_000, 62
_LABELS = ("helemaal oneens", "oneens", "neutraal", "eens", "helemaal eens")
# kpi#1757: a form of this shape did not come out of KoboToolbox within its half hour.
_SUBMISSIONS, _COLUMNS = 132_229, 510
_SCALED = _COLUMNS - 8
_GIBIBYTE = 1 << 30


def measure() -> Iterator[Measurement]:
    """Seconds beside a floor, processor seconds beside those, and memory: the readers' own included."""
    with tempfile.TemporaryDirectory() as folder:
        yield _small_files(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        yield from _workbook(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        yield _data_file(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        yield from _submissions(Path(folder))


def _small_files(folder: Path) -> Measurement:
    """As an ingest reads them: two at a time, each in a process of its own."""
    paths = [folder / f"{number}.csv" for number in range(_FILES)]
    for number, path in enumerate(paths):
        path.write_text(f'"id","submitdate","T1"\n"{number}","2026-03-02","4"\n', encoding="utf-8")
    sandbox.read(paths[0])
    with ThreadPoolExecutor(2) as readers:
        taken = best_of(1, lambda: list(readers.map(sandbox.read, paths)))
    return Measurement(f"{_FILES:,} small files, read in the sandbox", taken, 60)


def _workbook(folder: Path) -> Iterator[Measurement]:
    path = folder / "simulated.xlsx"
    _write_workbook(path)
    sandbox.prepare()
    floor = best_of(3, lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
    taken = best_of(3, lambda: sandbox.read(path))
    note = f"(calamine bare {floor:.2f} s)"
    yield Measurement(f"{_PEOPLE:,} x {_QUESTIONS} XLSX, read in the sandbox", taken, 3, note=note)


def _data_file(folder: Path) -> Measurement:
    """As SPSS writes one: codes with labels, an id and a moment in each row."""
    path = folder / "simulated.sav"
    codes = np.random.default_rng(2026).integers(1, 6, (_CASES, _QUESTIONS - 2)).astype(float)
    names = [f"Q{number}" for number in range(_QUESTIONS - 2)]
    frame = pd.DataFrame(codes, columns=names)
    frame.insert(0, "ID", np.arange(_CASES, dtype=float))
    frame.insert(1, "SUBMITTED", pd.Timestamp("2026-04-01 12:00"))
    labels = {float(code): label for code, label in enumerate(_LABELS, 1)}
    pyreadstat.write_sav(frame, path, variable_value_labels=dict.fromkeys(names, labels))
    floor = best_of(3, lambda: pyreadstat.read_sav(path))
    taken = best_of(3, lambda: sandbox.read(path))
    note = f"(pyreadstat bare {floor:.2f} s)"
    return Measurement(f"{_CASES:,} x {_QUESTIONS} .sav, read in the sandbox", taken, 3, note=note)


def _write_workbook(path: Path) -> None:
    """As a survey tool writes one: labels once, in shared strings; an id and a date in each row."""
    draw = np.random.default_rng(2026)
    headings = ["ID", "Completion time", *(f"Vraag {n}" for n in range(_QUESTIONS - 2))]
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in [*headings, *_LABELS])
    names = [_letters(position) for position in range(_QUESTIONS)]
    rows = [_xml_row(1, [f'<c r="{name}1" t="s"><v>{n}</v></c>' for n, name in enumerate(names)])]
    for row, chosen in enumerate(draw.integers(0, 5, (_PEOPLE, _QUESTIONS - 2)) + _QUESTIONS, 2):
        own = [f'<c r="A{row}"><v>{row}</v></c>', f'<c r="B{row}" s="1"><v>46000.5</v></c>']
        cells = (
            f'<c r="{name}{row}" t="s"><v>{code}</v></c>'
            for name, code in zip(names[2:], chosen, strict=True)
        )
        rows.append(_xml_row(row, [*own, *cells]))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in _PARTS.items():
            archive.writestr(part, content)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{strings}</sst>')
        sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", sheet)


def _xml_row(number: int, cells: list[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _letters(position: int) -> str:
    return chr(65 + position) if position < 26 else f"{chr(64 + position // 26)}{chr(65 + position % 26)}"


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
}


def _submissions(folder: Path) -> Iterator[Measurement]:
    path = folder / "submissions-simulated.csv"
    workspace = _workspace(folder / "programme")
    _write_submissions(path)
    load = f"CREATE TABLE floor AS FROM read_csv('{path}', delim=';', quote='\"', all_varchar=true)"
    with duckdb.connect(str(folder / "floor.duckdb")) as connection:
        floor = best_of(1, lambda: connection.execute(load))
    command = [str(LCMONITOR), "check", str(path), "--workspace", str(workspace), "--json"]
    checked = _Checked.run(command)
    assert checked.receipt["balance"]["new"] == _SUBMISSIONS, checked.receipt["findings"]
    what = f"check of {_SUBMISSIONS:,} x {_COLUMNS} CSV"
    size = path.stat().st_size >> 20
    note = f"({checked.processor:.0f} s of processor; DuckDB's load {floor:.1f} s; {size} MiB)"
    yield Measurement(what, checked.seconds, 60, note=note)
    yield Measurement("  its peak memory, children included, GiB", checked.peak / _GIBIBYTE, 3)


@dataclass
class _Checked:
    """What a command and all that it starts took together."""

    receipt: Mapping[str, Any]
    seconds: float
    processor: float
    peak: int  # bytes; what processes share counts once

    @classmethod
    def run(cls, command: Sequence[str]) -> Self:
        start = time.perf_counter()
        processor: dict[int, float] = {}
        peak = 0
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            while process.poll() is None:
                family = _family(process.pid)
                processor |= {pid: _processor(pid) for pid in family}
                peak = max(peak, sum(map(_memory, family)))
                time.sleep(0.1)
            assert process.stdout is not None
            receipt = json.load(process.stdout)
        return cls(receipt, time.perf_counter() - start, sum(processor.values()), peak)


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    with suppress(OSError):
        return [pid, *(one for child in children.read_text().split() for one in _family(int(child)))]
    return []


def _processor(pid: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0


def _memory(pid: int) -> int:
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))
    return 0


def _write_submissions(path: Path) -> None:
    """All cells quoted and semicolons between them, as KoboToolbox writes; half of the items are left out.

    A thousand different rows of answers are enough: no two rows are the same.
    """
    draw = np.random.default_rng(2026)
    items = [f"q{number:03d}" for number in range(_SCALED)]
    headings = ["start", "end", "consent", *items, "_id", "_uuid", "_submission_time", "_status", "_index"]
    codes = draw.integers(1, 6, (1000, _SCALED)).astype(str)
    codes[draw.random(codes.shape) < 0.1] = ""
    answers = ['";"'.join(row) for row in codes.tolist()]
    with path.open("w", encoding="utf-8") as file:
        file.write('"' + '";"'.join(headings) + '"\n')
        for row in range(_SUBMISSIONS):
            moment = f"2026-04-{1 + row % 28:02d}T{row // 3600 % 24:02d}:{row // 60 % 60:02d}:{row % 60:02d}"
            before = f'"{moment}.000+02:00";"{moment}.000+02:00";"1";"'
            uuid = f"{row:08x}-0000-4000-8000-{row:012x}"
            after = f'";"{row + 1}";"{uuid}";"{moment}";"submitted_via_web";"{row + 1}"\n'
            file.write(before + answers[row % 1000] + after)


def _workspace(root: Path) -> Path:
    """One community, one wave, and an instrument with an item for each column."""
    for path, content in _DOCUMENTS.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML too
    return root


_CODES = {code: {"nl": str(code), "en": str(code)} for code in range(1, 6)}
_YES = {0: {"nl": "nee", "en": "no"}, 1: {"nl": "ja", "en": "yes"}}
_ITEMS = {f"q{number:03d}": number for number in range(_SCALED)}


def _both(text: str) -> dict[str, str]:
    return {"nl": text, "en": text}


_DOCUMENTS: Mapping[str, object] = {
    "programme.yml": {
        "id": "bench",
        "title": _both("bench"),
        "instrument": "bench",
        "waves": [{"id": "w", "title": _both("w"), "opens": "2026-04-01", "closes": "2026-04-30"}],
        "reading": {"seconds": 600},  # so that a slow machine gives a figure
    },
    "communities/lc.yml": {
        "id": "lc",
        "name": "lc",
        "started": "2026-01-01",
        "profile": [{"valid_from": "2026-01-01", "scale": "meso", "phase": "start", "purpose": _both("x")}],
    },
    "surveys/bench/codebook.yml": {
        "id": "bench",
        "title": _both("bench"),
        "scales": {"five": {"codes": _CODES}, "consent": {"codes": _YES}},
        "items": {
            "consent": {"text": _both("consent"), "type": "consent", "scale": "consent"},
            **{
                item: {"text": _both(f"question {number}"), "scale": "five"}
                for item, number in _ITEMS.items()
            },
        },
        "constructs": {"c": {"title": _both("c"), "items": [*_ITEMS]}},
        "forms": {"participant": {"title": _both("participant"), "items": ["consent", *_ITEMS]}},
    },
    "surveys/bench/indicators.yml": {
        "mean": {"level": "organisation", "of": "c", "statistic": "mean", "form": "participant"}
        | {name: _both("x") for name in ("title", "unit", "reading")},
    },
}
