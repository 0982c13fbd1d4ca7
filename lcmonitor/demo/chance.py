"""Chance that depends on the seed and on a name only, never on what was drawn before or in which order."""

import hashlib
from base64 import b32encode
from statistics import NormalDist

import numpy as np


def stream(seed: int, *name: object) -> np.random.Generator:
    """The random numbers of one named thing: adding a community or reordering a file changes no other."""
    return np.random.default_rng(np.frombuffer(_digest(seed, name), dtype=np.uint32))


def normal(seed: int, *name: object) -> float:
    """One draw from the standard normal distribution, for one named thing."""
    return NormalDist().inv_cdf((int.from_bytes(_digest(seed, name)[:6], "big") + 0.5) / 2**48)


def token(seed: int, *name: object) -> str:
    """Fifteen letters and digits that stand for one person, as an invitation carries them."""
    return b32encode(_digest(seed, name)).decode("ascii")[:15].lower()


def number(seed: int, *name: object) -> int:
    """A number from 1000 to 9999 that goes with one name."""
    return 1000 + int.from_bytes(_digest(seed, name)[:4], "big") % 9000


def _digest(seed: int, name: tuple[object, ...]) -> bytes:
    return hashlib.sha256("\x1f".join(map(str, (seed, *name))).encode()).digest()
