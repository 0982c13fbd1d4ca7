"""A page as tagged PDF, of the same HTML and the same rules for paper as the browser prints.

WeasyPrint is an extra and needs the system's Pango, so both may be missing. It is given no way to any file
or address: a page holds everything in itself. What it cannot do is put into the page before: a drawing sees
neither the colours of the style sheet nor what stands in another drawing, and its title describes it.
"""

import hashlib
import logging
import re
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urljoin

from lcmonitor import resources
from lcmonitor.errors import Message, UsageError

_TOKENS = re.compile(r"--([\w-]+): ?(#[0-9a-fA-F]{3,8})")
_TOKEN = re.compile(r"var\(--([\w-]+)\)")
_DRAWING = re.compile(r"<svg .*?</svg>", re.DOTALL)
_DESCRIBED = re.compile(r'(role="img" aria-label="([^"]*)">\s*<svg [^>]*>)')
_LINK = re.compile(r'(<a [^>]*?href=")([^"#:]+)(?=["#])')  # to another file of the edition
_LISTS = "index."  # of links: nothing to read on paper
_HATCH = re.compile(r'<pattern id="hatch".*?</pattern>', re.DOTALL)


def maker() -> Any:
    """The library. Raises UsageError: LCM-385 if it is not there, LCM-386 if Pango is not."""
    try:
        import weasyprint  # noqa: PLC0415  an extra; and it takes a second
    except ImportError as error:
        raise UsageError(Message("LCM-385")) from error
    except OSError as error:
        raise UsageError(Message("LCM-386")) from error
    return weasyprint


def file_of(page: str) -> str | None:
    """Where the PDF of the page at a path lies; None: there is none."""
    name = page.rpartition("/")[2]
    return f"{page.removesuffix('.html')}.pdf" if name.endswith(".html") and name[:6] != _LISTS else None


@dataclass(frozen=True)
class Place:
    """Where a PDF is read: on the web its links lead to pages there, or else to the files around it.

    ``up``: from the folder of the PDF to that of its page. ``web``: the address of the page, if it has one.
    """

    up: str = ""
    web: str = ""

    def link(self, path: str) -> str:
        """Where a link to another file of the edition leads: a PDF that was mailed has none beside it."""
        return urljoin(self.web, path) if self.web else file_of(path) or self.up + path


HERE = Place()


def pdf(page: str, place: Place = HERE) -> bytes:
    """The PDF of a page: the same bytes for the same page where the same fonts are."""
    library = maker()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # each rule that is for screens only is warned of
    fetcher = library.urls.URLFetcher(allowed_protocols=("data",))
    document = library.HTML(string=prepared(page, place), url_fetcher=fetcher)
    made: bytes = document.write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=identifier(page, place), finisher=_decoration_is_none
    )
    return made


def identifier(page: str, place: Place = HERE) -> bytes:
    """What a PDF holds of the page that it was made of, and of where its links lead."""
    return hashlib.sha256(f"{place.web}{page}".encode()).hexdigest().encode()


def is_of(made: bytes, page: str, place: Place = HERE) -> bool:
    """Whether this PDF was made of this page, for this place."""
    return b"/ID [(%b)" % identifier(page, place) in made


def prepared(page: str, place: Place = HERE) -> str:
    """The page with each drawing complete in itself, and its links from where the PDF is read."""
    tokens = dict(_TOKENS.findall(page[page.index("<style>") : page.index("@media screen")]))
    hatch = _HATCH.search(page)
    titled = _DESCRIBED.sub(lambda found: f"{found[1]}<title>{found[2]}</title>", page)
    own = (resources.REPORTS / "pdf.css").read_text(encoding="utf-8")
    titled = _LINK.sub(lambda found: f"{found[1]}{place.link(found[2])}", titled)
    complete = _DRAWING.sub(partial(_complete, tokens, hatch[0] if hatch else ""), titled)
    return complete.replace("</head>", f"<style>{own}</style></head>", 1)


def _complete(tokens: dict[str, str], hatch: str, found: re.Match[str]) -> str:
    drawing = found[0]
    if "url(#hatch)" in drawing:
        drawing = drawing.replace("</svg>", f"<defs>{hatch}</defs></svg>")
    return _TOKEN.sub(lambda token: tokens.get(token[1], token[0]), drawing)


def _decoration_is_none(document: object, pdf: Any) -> None:
    """A drawing without a description repeats what stands beside it: it is no figure of its own."""
    for each in pdf.objects:
        if getattr(each, "get", None) and each.get("S") == "/Figure" and "Alt" not in each:
            each["S"] = "/NonStruct"
