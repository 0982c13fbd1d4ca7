"""A page's dataclass and its template -> one HTML file that needs nothing else."""

import base64
import hashlib
from dataclasses import fields
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from lcmonitor import resources
from lcmonitor.reporting.explained import MethodsPage
from lcmonitor.reporting.pages import (
    CommunityPage,
    EditionPage,
    EditionsPage,
    MembersPage,
    ProgrammePage,
    ReceiptPage,
)
from lcmonitor.reporting.words import Words

AnyPage = CommunityPage | ProgrammePage | EditionPage | MethodsPage | EditionsPage | MembersPage | ReceiptPage

TEMPLATES: dict[type, str] = {
    CommunityPage: "community.html.j2",
    ProgrammePage: "programme.html.j2",
    EditionPage: "edition.html.j2",
    MethodsPage: "methods.html.j2",
    EditionsPage: "editions.html.j2",
    MembersPage: "members.html.j2",
    ReceiptPage: "receipt.html.j2",
}


def render(page: AnyPage, words: Words, overrides: Path | None = None) -> str:
    """The page as HTML. Templates and style of ``overrides`` go before the shipped ones."""
    template = environment(overrides).get_template(TEMPLATES[type(page)])
    context = {field.name: getattr(page, field.name) for field in fields(page)}
    return template.render(context, t=words) + "\n"


@cache
def environment(overrides: Path | None = None) -> jinja2.Environment:
    """Escapes always, and a name that is not there is an error."""
    folders = [*([overrides] if overrides else []), resources.REPORTS]
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder / "templates" for folder in folders]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    file = next(folder / "style.css" for folder in folders if (folder / "style.css").is_file())
    style = file.read_text(encoding="utf-8")
    made.globals |= {"style": Markup(style), "style_hash": _policy(style)}  # noqa: S704  our own file
    return made


def _policy(style: str) -> str:
    """The one style that a page's policy lets count: another, however it came in, is ignored."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
