"""What a programme sets of how its reports look: a logo and two colours."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from lcmonitor.documents import Document
from lcmonitor.errors import Message
from lcmonitor.instruments.model import Part

Colour = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]

LARGEST = 100  # KiB of a logo: it stands in every page
_KINDS = {".svg": (b"<svg", b"<?xml", b"<!--"), ".png": (b"\x89PNG\r\n\x1a\n",)}
_READABLE = 4.5  # WCAG 2.2, 1.4.3

# What the colours stand beside in ``reports/style.css``: the paler words on the band; the grounds of links.
BAND_WORDS, LIGHT_GROUND, DARK_GROUND = "#c9d8da", "#f3efe7", "#222c34"


class Look(Part):
    """``colours``: of the band on top, then of links and rules; one colour serves for both."""

    logo: str | None = None  # an SVG or PNG file, from the workspace
    colours: tuple[Colour, ...] = Field((), max_length=2)

    @property
    def band(self) -> str | None:
        """Dark enough for the words on it."""
        return readable(self.colours[0], BAND_WORDS) if self.colours else None

    @property
    def links(self) -> tuple[str, str] | None:
        """On light and on dark ground."""
        if not self.colours:
            return None
        return readable(self.colours[-1], LIGHT_GROUND), readable(self.colours[-1], DARK_GROUND)


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white (WCAG 2.2)."""
    less, more = sorted(map(_light, (one, other)))
    return (more + 0.05) / (less + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable(colour: str, other: str) -> str:
    """The shade nearest to ``colour`` that can be read beside ``other``: mixed with black or with white."""
    end = "#000000" if _light(other) > 0.18 else "#ffffff"
    shades = (_mixed(colour, end, step / 100) for step in range(101))
    return next(shade for shade in shades if contrast(shade, other) >= _READABLE)


def _mixed(colour: str, end: str, share: float) -> str:
    pairs = ((int(colour[at : at + 2], 16), int(end[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in pairs)


def wrong(document: Document, look: Look, root: Path) -> Iterator[Message]:
    """LCM-388: a logo that cannot be shown."""
    if look.logo is None:
        return
    file = root / look.logo
    inside = file.resolve().is_relative_to(root.resolve())
    kilobytes = file.stat().st_size / 1024 if inside and file.is_file() else None
    starts = _KINDS.get(file.suffix.lower(), ())
    if kilobytes is None or kilobytes > LARGEST or not file.read_bytes().lstrip().startswith(starts):
        yield document.message("LCM-388", ("look", "logo"), found=look.logo, limit=LARGEST)


def adjusted(look: Look) -> Iterator[Message]:
    """LCM-389: colours that are shown in another shade, so that they can be read; nothing is wrong."""
    if look.band is None or look.links is None:
        return
    shown = zip((look.colours[0], look.colours[-1]), (look.band, look.links[0]), strict=True)
    for (given, used), beside in zip(shown, (BAND_WORDS, LIGHT_GROUND), strict=True):
        if used.lower() != given.lower():
            found = {"found": given, "contrast": f"{contrast(given, beside):.1f}", "used": used}
            yield Message("LCM-389", "programme.yml", {**found, "least": _READABLE})
