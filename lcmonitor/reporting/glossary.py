"""Terms explained where they are used: a link in the text, and a list of them at the end of the page.

A link is reached by mouse, key and touch alike, and paper has the list; a hint on hovering has neither.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from markupsafe import escape

from lcmonitor import resources
from lcmonitor.errors import Language

_BEFORE = r"(<(?:p|li|dd|dt|td|th)\b[^>]*>[^<]*?(?<![\w-]))"  # text that stands in no link, heading or chart
_SECTION = re.compile(r"(?=<section id=)")


@dataclass(frozen=True)
class Term:
    """A term in one language; ``forms``: how it is written in the reports."""

    id: str
    name: str
    text: str
    forms: tuple[str, ...]

    @cached_property
    def _found(self) -> re.Pattern[str]:
        forms = "|".join(re.escape(str(escape(form))) for form in self.forms)
        return re.compile(rf"{_BEFORE}({forms})(?![\w-])", re.IGNORECASE)

    def linked(self, section: str, lower: str) -> str | None:
        """The section with its first use of the term as a link; None where it is not used."""
        if not any(form.casefold() in lower for form in self.forms):
            return None
        found = self._found.search(section)
        if found is None:
            return None
        link = f'<a class="gloss" href="#term-{self.id}" title="{escape(self.text)}">{found[2]}</a>'
        return section[: found.start(2)] + link + section[found.end() :]


def explained(html: str, terms: Sequence[Term]) -> tuple[str, list[Term]]:
    """The page with the first use of each term in each section as a link; and the terms that it uses."""
    head, main, rest = html.partition("<main")
    body, end, foot = rest.partition("</main>")
    used: dict[str, Term] = {}
    sections = [_linked(section, terms, used) for section in _SECTION.split(body)]
    return f"{head}{main}{''.join(sections)}{end}{foot}", [term for term in terms if term.id in used]


def _linked(section: str, terms: Sequence[Term], used: dict[str, Term]) -> str:
    lower = section.casefold()
    for term in terms:
        linked = term.linked(section, lower)
        if linked is not None:
            section, used[term.id] = linked, term
    return section


@cache
def terms(language: Language, overrides: Path | None = None) -> tuple[Term, ...]:
    """In the order of the alphabet; those of ``overrides/text/glossary.yml`` go before the shipped ones."""
    own = overrides / "text" / "glossary.yml" if overrides else None
    known = _read(resources.REPORTS / "text" / "glossary.yml") | (_read(own) if own and own.is_file() else {})
    made = [
        Term(name, one["term"][language], one["text"][language], tuple(_forms(one, language)))
        for name, one in known.items()
    ]
    return tuple(sorted(made, key=lambda term: term.name.casefold()))


def _read(path: Path) -> dict[str, Mapping[str, Any]]:
    known: dict[str, Mapping[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  only text
    return known


def _forms(term: Mapping[str, Any], language: Language) -> Sequence[str]:
    """As it is written; longer ones first, so that ``own ambition`` is not linked by its half."""
    forms = term.get("forms", {}).get(language) or [term["term"][language]]
    return sorted(forms, key=len, reverse=True)
