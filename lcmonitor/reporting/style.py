"""The style of one page: the sheet all share, the programme's colours, the heads of its printed pages."""

import base64
import hashlib
import re

from lcmonitor.reporting.brand import Brand
from lcmonitor.reporting.pages import Page


def style_of(sheet: str, page: Page, simulated: str) -> str:
    """``simulated``: what is said at the head of a printed page if its data are."""
    return f"{sheet}\n{_colours(page.brand)}{_heads(page, simulated if page.simulated else '')}"


def policy(style: str) -> str:
    """The one style that a page's policy lets count: another, however it came in, is ignored."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"


def _colours(brand: Brand) -> str:
    """Of bands, rules and links. Data keep their own, which everyone can tell apart."""
    light = "".join(f"--{name}:{colour};" for name, colour in brand.light.items())
    dark = "".join(f"--{name}:{colour};" for name, colour in brand.dark.items())
    if not light:
        return ""
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _heads(page: Page, simulated: str) -> str:
    below = " · ".join(filter(None, (page.heading, simulated)))
    boxes = (("top-left", page.kicker), ("top-right", page.edition), ("bottom-left", below))
    return f"@page{{{''.join(f'@{box}{{content:{quoted(text)}}}' for box, text in boxes)}}}\n"


def quoted(text: str) -> str:
    """A string of CSS in which nothing can end the string, the style or the page."""
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda sign: f"\\{ord(sign[0]):x} ", text) + '"'
