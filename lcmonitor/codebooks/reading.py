"""From a codebook that nobody vouches for to a draft of an instrument and a report."""

from collections import Counter
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from lcmonitor.codebooks import languages, report, texts
from lcmonitor.codebooks.described import Described
from lcmonitor.codebooks.draft import draft
from lcmonitor.codebooks.file import File
from lcmonitor.codebooks.registry import FORMATS
from lcmonitor.codebooks.report import Report, Unsure
from lcmonitor.codebooks.texts import Texts
from lcmonitor.codebooks.writing import open_texts, written
from lcmonitor.errors import ExportError, Language, Message, UsageError, catalogue
from lcmonitor.exports import headings, reading, sandbox
from lcmonitor.exports.limits import LIMITS, Limits

# What the reader of exports says of a file with a structure, or of one that is neither table nor codebook.
_NO_RESPONSES = (
    "LCM-109", "LCM-111", "LCM-112", "LCM-118", "LCM-129", "LCM-130",
    "LCM-131", "LCM-132", "LCM-133", "LCM-150", "LCM-151", "LCM-175",
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """``comments``: their language; ``texts``: that of words for which the file names none, if it is said."""

    comments: Language
    texts: Language | None = None


def draft_of(path: Path, wish: Wish, limits: Limits = LIMITS) -> Report:
    """The draft that a codebook gives, read in a limited process.

    Raises ExportError: LCM-180 it is an export with responses, LCM-181 it is no codebook that is known,
    LCM-182 there is no question in it, and what the formats raise.
    """
    job = sandbox.Job(partial(_packed, wish), report.unpacked, prepare)
    return sandbox.run(job, path, limits)


def save(found: Report, target: Path) -> None:
    """Write the draft to a new file. Raises UsageError: LCM-430 it is there already, LCM-431 it cannot be."""
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(found.codebook)
    except FileExistsError:
        raise UsageError(Message("LCM-430", str(target))) from None
    except OSError:
        raise UsageError(Message("LCM-431", target.name, {"folder": target.parent})) from None


def prepare() -> None:
    """Load every word that reading and writing need."""
    catalogue()
    texts.content()
    for load, folder in ((languages.content, languages.FOLDER), (headings.words, headings.FOLDER)):
        for file in folder.glob("*.yml"):
            load(file.stem)


def _packed(wish: Wish, name: str, data: bytes, limits: Limits) -> list[bytes]:
    return report.packed(drafted(wish, name, data, limits))


def drafted(wish: Wish, name: str, data: bytes, limits: Limits = LIMITS) -> Report:
    """As ``draft_of``, in this process."""
    file = File(name, data, limits)
    format_, described = _described(file)
    tongue = languages.tongue(described, wish.texts)
    made = draft(described, name, tongue)
    said = Texts(wish.comments)
    yaml = written(made, said, {"file": name, "format": said.text("formats", format_)})
    return Report(
        file=name,
        sha256=sha256(data).hexdigest(),
        format=format_,
        items=dict(Counter(item.get("type", "scale") for item in made.data["items"].values())),
        scales=len(made.data["scales"]),
        texts_to_write=open_texts(made),
        judged=wish.texts is None and languages.has_unnamed(described),
        language=tongue.unnamed,
        left_out=tuple((one.code, one.reason) for one in made.left_out),
        unsure=tuple(Unsure(at, remark.key, dict(remark.params)) for at, remark in made.unsure),
        codebook=yaml,
    )


def _described(file: File) -> tuple[str, Described]:
    for name, read in FORMATS.items():
        found = read(file)
        if found is not None and not found.questions:
            raise file.refused("LCM-182")
        if found is not None:
            return name, found
    raise _what_else(file)


def _what_else(file: File) -> ExportError:
    """What a file is that is no codebook: an export of a tool, a file that nothing can read, or unknown."""
    try:
        tool = reading.parse(file.name, file.data, file.limits).source.tool
    except ExportError as error:
        return file.refused("LCM-181") if error.messages[0].code in _NO_RESPONSES else error
    return file.refused("LCM-181") if tool == "generic" else file.refused("LCM-180", tool=tool)
