"""A page's dataclass and its template -> one HTML file that needs nothing else."""

import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from lcmonitor import resources
from lcmonitor.reporting.direction import isolated
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
from lcmonitor.reporting.style import policy, style_of
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

# A receipt has two languages, a letter is short, and the methods page explains every statistic itself.
_WITHOUT_TERMS = (ReceiptPage, LetterPage, MethodsPage)


def render(page: AnyPage, words: Words, overrides: Path | None = None) -> str:
    """The page as HTML. Templates and style of ``overrides`` go before the shipped ones."""
    style = _style(page, words, overrides)
    context = {field.name: getattr(page, field.name) for field in fields(page)}
    template = environment(overrides).get_template(TEMPLATES[type(page)])
    trusted = Markup(style)  # noqa: S704  our own file, checked colours and quoted words
    html = template.render(context, t=words, style=trusted, style_hash=policy(style)) + "\n"
    return html if isinstance(page, _WITHOUT_TERMS) else _with_terms(html, words, overrides)


def read_templates(overrides: Path) -> None:
    """Each is read once: a tenth of a second."""
    for name in TEMPLATES.values():
        environment(overrides).get_template(name)


def _with_terms(html: str, words: Words, overrides: Path | None) -> str:
    """Terms as links to a list of them at the end of the page, where it uses any."""
    linked, used = explained(html, terms(words.language, overrides))
    if not used:
        return html
    told = environment(overrides).get_template("glossary.html.j2").render(terms=used, t=words)
    return linked.replace("</main>", f"{told}\n</main>", 1)


def _style(page: AnyPage, words: Words, overrides: Path | None) -> str:
    if isinstance(page, LetterPage):  # mail programs know no sheets
        return ""
    return style_of(_sheet(overrides), page.page, words("page.simulated.title"))


_REMARK = re.compile(r"/\*.*?\*/|^\s+|\n(?=\n)", re.DOTALL | re.MULTILINE)  # of no use to a reader


@cache
def _sheet(overrides: Path | None) -> str:
    file = next(folder / "style.css" for folder in _folders(overrides) if (folder / "style.css").is_file())
    return _REMARK.sub("", file.read_text(encoding="utf-8"))


def _folders(overrides: Path | None) -> list[Path]:
    """The programme's own first."""
    return [*([overrides] if overrides else []), resources.REPORTS]


@cache
def environment(overrides: Path | None = None) -> jinja2.Environment:
    """Escapes always, and a name that is not there is an error.

    A template of ``overrides`` may extend ``shipped/`` and its own name, and change a block of it.
    """
    own = [folder / "templates" for folder in _folders(overrides)]
    shipped = jinja2.FileSystemLoader(resources.REPORTS / "templates")
    return jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(own), jinja2.PrefixLoader({"shipped": shipped})]),
        autoescape=True,
        finalize=isolated,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
