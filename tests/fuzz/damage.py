"""Files that a download, a disk or an enemy has changed somewhere. The seed decides where."""

import io
import random
import struct
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from lcmonitor import demo
from lcmonitor.exports.limits import Limits
from tests.fuzz.watch import ALLOWANCE, GRACE, Ended, ending, peak

LIMITS = Limits(memory=1 << 30, seconds=20)
_EXTREMES = [struct.pack("<i", number) for number in (0, -1, 1, 2**31 - 1, -(2**31), 999)]
_AT_A_TIME = 2


def samples(folder: Path) -> Mapping[str, bytes]:
    """A small export of every tool of the simulated programme, by suffix and tool; and all in one zip."""
    demo.write(folder)
    smallest = {}
    for path in sorted(folder.glob("inbox/*/*"), key=lambda path: -path.stat().st_size):
        smallest[f"{path.parent.name}{path.suffix}"] = path.read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in smallest.items():
            archive.writestr(name, data)
    return {**smallest, "all.zip": out.getvalue()}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file with one to four injuries; of a zip half of them inside a part, under a right checksum."""
    if data.startswith(b"PK") and chance.random() < 0.5:
        return _inside(data, chance)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_INJURIES)(data, chance)
    return data


def _inside(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        hurt = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, chance.choice(_INJURIES)(part, chance) if name == hurt else part)
    return out.getvalue()


def _at(data: bytes, chance: random.Random) -> int:
    """Somewhere in the file; headers and directories are hit as often as all the rest."""
    ends = chance.random()
    if ends < 0.3:
        return chance.randrange(min(len(data), 400) or 1)
    return max(0, len(data) - chance.randrange(1, 400)) if ends < 0.5 else chance.randrange(len(data) or 1)


def _flipped(data: bytes, chance: random.Random) -> bytes:
    at = _at(data, chance)
    return data[:at] + bytes(byte ^ 1 << chance.randrange(8) for byte in data[at : at + 1]) + data[at + 1 :]


def _overwritten(data: bytes, chance: random.Random) -> bytes:
    at = _at(data, chance)
    piece = chance.choice([*_EXTREMES, chance.randbytes(chance.randint(1, 16))])
    return data[:at] + piece + data[at + len(piece) :]


def _cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: _at(data, chance)]


def _cut_out(data: bytes, chance: random.Random) -> bytes:
    at = _at(data, chance)
    return data[:at] + data[at + chance.randint(1, 64) :]


def _repeated(data: bytes, chance: random.Random) -> bytes:
    at = _at(data, chance)
    return data[:at] + data[at : at + chance.randint(1, 64)] * chance.randint(2, 50) + data[at:]


_INJURIES: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _flipped, _flipped, _overwritten, _overwritten, _cut_off, _cut_out, _repeated,
)  # fmt: skip


@dataclass(frozen=True)
class Toll:
    """What became of all of them."""

    endings: Counter[str]  # code, with the reason of LCM-120 -> how many
    grown: int  # bytes that this process took
    slowest: Ended

    @property
    def survived(self) -> bool:
        """Whether each was answered in time and none cost the parent more than it may."""
        return self.grown <= ALLOWANCE and self.slowest.seconds <= LIMITS.seconds + GRACE


def run(folder: Path, count: int, seed: int) -> Toll:
    """Read so many damaged files in the sandbox, two at a time."""
    whole = samples(folder / "programme")
    first = folder / "first"
    first.write_bytes(next(iter(whole.values())))
    ending(first, LIMITS)  # what is loaded once is no one's cost
    before = peak(anew=True)

    def one(number: int) -> Ended:
        chance = random.Random(f"{seed}-{number}")
        name = chance.choice(sorted(whole))
        path = folder / f"{number}-{name}"
        path.write_bytes(damaged(whole[name], chance))
        ended = ending(path, LIMITS)
        path.unlink()
        return ended

    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        endings = list(pool.map(one, range(count)))
    counted = Counter(" ".join((ended.code, ended.reason)).strip() or "a table" for ended in endings)
    return Toll(counted, peak() - before, max(endings, key=lambda ended: ended.seconds))
