"""A page's dataclass and its template -> one HTML file that needs nothing else."""

from dataclasses import fields
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from lcmonitor import resources
from lcmonitor.reporting.explained import MethodsPage
from lcmonitor.reporting.glossary import explained, terms
from lcmonitor.reporting.pages import (
    CommunityPage,
    CorrectionsPage,
    EditionPage,
    EditionsPage,
    LetterPage,
    MembersPage,
    OfficePage,
    ProgrammePage,
    QualityPage,
    ReceiptPage,
    SectorPage,
)
from lcmonitor.reporting.words import Words

AnyPage = (
    CommunityPage
    | ProgrammePage
    | SectorPage
    | QualityPage
    | OfficePage
    | EditionPage
    | MethodsPage
    | EditionsPage
    | MembersPage
    | ReceiptPage
    | LetterPage
    | CorrectionsPage
)

TEMPLATES: dict[type, str] = {
    CommunityPage: "community.html.j2",
    ProgrammePage: "programme.html.j2",
    SectorPage: "sector.html.j2",
    QualityPage: "quality.html.j2",
    OfficePage: "office.html.j2",
    EditionPage: "edition.html.j2",
    MethodsPage: "methods.html.j2",
    EditionsPage: "editions.html.j2",
    MembersPage: "members.html.j2",
    ReceiptPage: "receipt.html.j2",
    LetterPage: "letter.html.j2",
    CorrectionsPage: "corrections.html.j2",
}


def render(page: AnyPage, words: Words, overrides: Path | None = None) -> str:
    """The page as HTML. Templates and style of ``overrides`` go before the shipped ones."""
    template = environment(overrides).get_template(TEMPLATES[type(page)])
    context = {field.name: getattr(page, field.name) for field in fields(page)}
    html = template.render(context, t=words) + "\n"
    return html if isinstance(page, ReceiptPage) else _with_terms(html, words, overrides)


def _with_terms(html: str, words: Words, overrides: Path | None) -> str:
    """Terms as links to a list of them at the end of the page, where it uses any."""
    linked, used = explained(html, terms(words.language, overrides))
    if not used:
        return html
    told = environment(overrides).get_template("glossary.html.j2").render(terms=used, t=words)
    return linked.replace("</main>", f"{told}\n</main>", 1)


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
    style = next(folder / "style.css" for folder in folders if (folder / "style.css").is_file())
    made.globals["style"] = Markup(style.read_text(encoding="utf-8"))  # noqa: S704  our own file
    return made
