"""Which form an export holds, and whether it holds all of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lcmonitor.instruments.model import Codebook, Item
from lcmonitor.intake.findings import Place, finding, spelled
from lcmonitor.intake.receipt import Finding


@dataclass(frozen=True)
class Choice:
    """The form, or why there is none."""

    form: str | None
    findings: tuple[Finding, ...] = ()


def in_form(codebooks: Iterable[Codebook], form: str) -> Mapping[str, Item]:
    """The form's items with their definition, in the order in which they are asked, modules last."""
    items: dict[str, Item] = {}
    for book in codebooks:
        for code in book.forms[form].asked if form in book.forms else ():
            items.setdefault(code, book.items[code])
    return items


def counts_records(codebooks: Iterable[Codebook], form: str | None) -> bool:
    """Whether a response to the form is something that is recorded, and no person."""
    return any(book.forms[form].counts == "records" for book in codebooks if form in book.forms)


def choose_form(
    file: str, codebooks: Sequence[Codebook], candidates: Iterable[frozenset[str]], given: str | None
) -> Choice:
    """The given form, or the one with most columns; of several the one that misses fewest required."""
    forms = sorted({form for book in codebooks for form in book.forms})
    if given is not None:
        known = given in forms
        return Choice(given) if known else _none("LCM-210", file, found=given, allowed=", ".join(forms))
    groups = list(candidates)
    counts = {form: _hits(in_form(codebooks, form), groups) for form in forms}
    if not any(counts.values()):
        return _none("LCM-208", file)
    matched = frozenset().union(*groups)
    fit = {form: (counts[form], -len(_required(codebooks, form).keys() - matched)) for form in forms}
    best = [form for form in forms if fit[form] == max(fit.values())]
    return Choice(best[0]) if len(best) == 1 else _none("LCM-209", file, found=", ".join(best))


def missing_columns(
    file: str, codebooks: Sequence[Codebook], form: str, found: frozenset[str]
) -> Iterator[Finding]:
    """An error for each required item without a column; a finding for what else was not asked."""
    required = _required(codebooks, form)
    for code, item in required.items():
        if code not in found:
            yield finding("LCM-203", "error", Place(file, item=code), text=item.text)
    yield from _missing_modules(file, codebooks, form, found)
    optional = _optional(codebooks, form)
    if absent := [code for code in optional if code not in found]:
        yield finding("LCM-220", "note", Place(file), items=spelled(absent))


def _missing_modules(
    file: str, codebooks: Sequence[Codebook], form: str, found: frozenset[str]
) -> Iterator[Finding]:
    """A module may be left out, and is then told of; one that is asked in part may be a mistake."""
    parts = [(name, items) for book in codebooks for name, items in _modules(book, form).items()]
    absent = {name: [code for code in items if code not in found] for name, items in dict(parts).items()}
    whole = [name for name, items in dict(parts).items() if len(absent[name]) == len(items)]
    for name, codes in absent.items():
        if codes and name not in whole:
            yield finding("LCM-219", "warning", Place(file), module=name, items=", ".join(codes))
    if whole:
        items = ", ".join(code for name in whole for code in absent[name])
        yield finding("LCM-223", "note", Place(file), modules=", ".join(whole), items=items)


def _required(codebooks: Sequence[Codebook], form: str) -> Mapping[str, Item]:
    """Core items outside the modules, the organisation and the consent: asked in every form of every wave."""
    modules = {code for book in codebooks for items in _modules(book, form).values() for code in items}
    own = {code: item for code, item in in_form(codebooks, form).items() if code not in modules}
    return {code: item for code, item in own.items() if item.core or item.type in ("partner", "consent")}


def _optional(codebooks: Sequence[Codebook], form: str) -> list[str]:
    """What stands in the form itself and need not be asked."""
    required = _required(codebooks, form)
    own = (code for book in codebooks if form in book.forms for code in book.forms[form].items)
    return [code for code in dict.fromkeys(own) if code not in required]


def _modules(book: Codebook, form: str) -> Mapping[str, tuple[str, ...]]:
    return book.forms[form].modules if form in book.forms else {}


def _hits(items: Mapping[str, Item], groups: Iterable[frozenset[str]]) -> int:
    return sum(bool(group & items.keys()) for group in groups)


def _none(code: str, file: str, **params: object) -> Choice:
    return Choice(None, (finding(code, "error", Place(file), **params),))
