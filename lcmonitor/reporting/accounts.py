"""What pages about exports are made of: a receipt in one language, a file beside that of the wave before."""

from dataclasses import dataclass

from lcmonitor.errors import Language
from lcmonitor.reporting.parts import Fact, Link


@dataclass(frozen=True)
class Remark:
    """What was noticed in an export, and what to do about it."""

    severity: str
    severity_word: str
    code: str
    text: str
    rows: str


@dataclass(frozen=True)
class Term:
    """A term of the row balance; ``sign`` stands before it."""

    sign: str
    number: int
    label: str


@dataclass(frozen=True)
class Account:
    """A receipt in one language, headings and all."""

    language: Language
    verdict: str
    verdict_text: str
    next: str
    facts: tuple[Fact, ...]
    balance_title: str
    terms: tuple[Term, ...]
    aside_title: str
    aside: tuple[Remark, ...]
    remarks_title: str
    remarks: tuple[Remark, ...]
    no_remarks: str
    columns_title: str
    columns: tuple[Fact, ...]
    privacy: str


@dataclass(frozen=True)
class Drifted:
    """A file, and how it differs from that of the wave before."""

    file: Link
    about: str
    remarks: tuple[Remark, ...]
