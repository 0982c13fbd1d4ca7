"""A million responses in one CSV, through every step of an ingest, beside DuckDB's own read_csv."""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from pyarrow import csv

from lcmonitor import demo
from lcmonitor.exports import sandbox
from lcmonitor.programme.load import load_workspace
from tests.bench.measurement import Measurement

ROWS, COLUMNS = 1_000_000, 44


def _export(path: Path, root: Path) -> None:
    """A plain CSV with item codes as headings: token, date, partner, consent, answers of their scales."""
    setup = load_workspace(root)
    community, wave = next(iter(setup.communities.values())), setup.programme.waves[-1]
    codebook = setup.codebook(community, wave)
    form = codebook.forms["participant"]
    scaled = [code for code in form.items if codebook.items[code].type == "scale"]
    scaled += [code for module in form.modules.values() for code in module if code not in scaled]
    draw = np.random.default_rng(2026)
    by_type = {codebook.items[code].type: code for code in form.items}
    shares = draw.multinomial(100, [1 / 3] * 3, ROWS)
    columns: dict[str, object] = {
        "id": np.arange(1, ROWS + 1),
        "token": pa.array(np.char.add("t", np.arange(ROWS).astype(str))),
        "submitdate": np.full(ROWS, f"{wave.opens} 12:00:00"),
        by_type["partner"]: pa.array(draw.choice([partner.id for partner in community.partners], ROWS)),
        by_type["consent"]: np.ones(ROWS, dtype=int),
    }
    for number, code in enumerate(item for item in form.items if codebook.items[item].type == "number"):
        columns[code] = shares[:, number]
    for code in scaled[: COLUMNS - len(columns)]:
        scale = codebook.scales[codebook.items[code].scale or ""]
        columns[code] = draw.choice([*scale.codes, *scale.missing], ROWS)
    csv.write_csv(pa.table(columns), path)


def _ingest(root: Path, answer: "multiprocessing.Queue[tuple[float, float]]") -> None:
    # The bound is for a process that has its libraries imported, and so has the one that readers come from.
    sandbox.prepare()
    from great_expectations import core  # noqa: F401

    from lcmonitor import pipeline

    start = time.perf_counter()
    (receipt,) = pipeline.ingest(root)
    seconds = time.perf_counter() - start
    assert receipt.balance.new == ROWS, receipt
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    answer.put((seconds, max(_most_memory(), children) / 2**20))


def _most_memory() -> int:
    """KiB of this process. Its ``ru_maxrss`` is at least that of the process that started it."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def measure() -> Iterator[Measurement]:
    """Seconds of ingest over seconds of read_csv into a table on disk; and the peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "programme"
        demo.write(root)
        for export in root.glob("inbox/*/*"):
            export.unlink()
        path = next(iter(sorted(root.glob("inbox/*")))) / "million-simulated.csv"
        _export(path, root)
        start = time.perf_counter()
        with duckdb.connect(str(Path(folder) / "floor.duckdb")) as connection:
            connection.execute(f"CREATE TABLE floor AS FROM read_csv('{path}')")
        floor = time.perf_counter() - start
        context = multiprocessing.get_context("spawn")
        answer = context.Queue()
        process = context.Process(target=_ingest, args=(root, answer))
        process.start()
        seconds, peak = answer.get()
        process.join()
        yield Measurement(f"ingest of {ROWS:,} x {COLUMNS} CSV, all steps", seconds, 6, floor)
        yield Measurement("  its peak memory, GiB", peak, 4)
