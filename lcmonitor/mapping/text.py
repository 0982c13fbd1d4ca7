"""A draft as YAML for a person: every question marked, every suggestion behind it as a comment."""

from collections.abc import Iterator, Mapping
from functools import cache

import yaml

from lcmonitor import resources
from lcmonitor.errors import Language
from lcmonitor.instruments.model import OPEN
from lcmonitor.intake.near import Near
from lcmonitor.mapping.draft import DraftMapping, Fit, Other
from lcmonitor.mapping.values import Values
from lcmonitor.wording import readable


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    """The comments are content: ``reports/text/mapping.yml``."""
    text = (resources.REPORTS / "text" / "mapping.yml").read_text(encoding="utf-8")
    words: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return words


def as_yaml(draft: DraftMapping, file: str, language: Language) -> str:
    """The file as it is written; it loads as an ExportMapping once no mark is left."""
    said = {key: texts[language] for key, texts in _words().items()}
    lines = [*_head(draft, file, said), f"form: {_bare(draft.form)}", f"tool: {_bare(draft.tool)}"]
    if draft.columns:
        lines += [f"columns: # {said['columns']}", *(_column(fit, said) for fit in draft.columns)]
    if any(values.told for values in draft.values.values()):
        lines += [f"values: # {said['values']}"]
    lines += [line for item, values in draft.values.items() for line in _values(item, values, said)]
    if draft.events:
        lines += [f"waves: # {said['waves']}", *(f"  {_quoted(event)}: {OPEN}" for event in draft.events)]
    if draft.others:
        lines += [f"ignore: # {said['ignore']}", *map(_other, draft.others)]
    return "\n".join([*lines, ""])


def _head(draft: DraftMapping, file: str, said: Mapping[str, str]) -> Iterator[str]:
    yield from (f"# {line}" for line in said["head"].format(file=_plain(file), mark=OPEN).splitlines())
    for key, headings in (("meta", draft.meta), ("personal", draft.personal)):
        if headings:
            yield f"# {said[key]}: {_plain(', '.join(headings))}"


def _column(fit: Fit, said: Mapping[str, str]) -> str:
    torn = f", {said['torn']}" if fit.torn else ""
    return f"  {_quoted(fit.heading)}: {_bare(fit.item) if fit.item else OPEN}{_suggestion(fit.near)}{torn}"


def _values(item: str, values: Values, said: Mapping[str, str]) -> Iterator[str]:
    if values.told:
        yield f"  {_bare(item)}:"
    for value in values.told:
        code = OPEN if value.code is None else value.code
        yield f"    {_quoted(value.text)}: {code}{_suggestion(value.near)}"
    if values.hidden:
        yield f"    # {item}: {said['hidden'].format(count=values.hidden)}"


def _other(other: Other) -> str:
    return f"  - {_quoted(f'{OPEN} {other.name}')}" + (f" # {_plain(other.heading)}" if other.heading else "")


def _suggestion(near: Near | None) -> str:
    """``# 92: C1_1 (Partners keep their promises.)``, of 100."""
    return f" # {near.score:.0f}: {_plain(str(near))}" if near else ""


def _quoted(text: str) -> str:
    """As one YAML line, whatever is in it."""
    line: str = yaml.dump(text, width=float("inf"), allow_unicode=True, default_style='"')
    return line.strip()


def _bare(code: str) -> str:
    """A code without quotes, where YAML takes it for the text that it is."""
    line: str = yaml.dump(code, width=float("inf"), allow_unicode=True)
    return line.removesuffix("...\n").strip()


def _plain(text: str) -> str:
    """On one line: a comment ends where the line does."""
    return "".join(letter for letter in readable(text) if letter.isprintable())
