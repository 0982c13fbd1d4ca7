"""A programme's logo and colours, as its pages take them."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lcmonitor.programme.load import Setup
from lcmonitor.programme.look import Look

_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


@dataclass(frozen=True)
class Brand:
    """The logo as a ``data:`` address, and tokens of the style sheet; nothing: as it is shipped."""

    logo: str = ""
    light: Mapping[str, str] = field(default_factory=dict)
    dark: Mapping[str, str] = field(default_factory=dict)


def brand(setup: Setup) -> Brand:
    """Nothing where the programme sets nothing."""
    look, logo = setup.programme.look, _logo(setup.workspace.root, setup.programme.look)
    if look.band is None or look.links is None:
        return Brand(logo)
    light, dark = look.links
    return Brand(
        logo,
        {"hero": look.band, "brand": light, "link": light},
        {"hero": look.band, "brand": dark, "link": dark},
    )


def _logo(root: Path, look: Look) -> str:
    """An image of a page runs no script, whatever is in it."""
    if look.logo is None:
        return ""
    file = root / look.logo
    return f"data:{_TYPES[file.suffix.lower()]};base64,{base64.b64encode(file.read_bytes()).decode()}"
