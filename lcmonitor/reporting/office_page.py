"""What came in, for the programme office: every file with its rows, who sent what, and what had drifted.

A number of rows is a number of people, and no rule hides the small ones: so this is no page of an edition.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lcmonitor.errors import Language, catalogue
from lcmonitor.intake.receipt import Receipt
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave
from lcmonitor.reporting.accounts import Drifted
from lcmonitor.reporting.brand import brand
from lcmonitor.reporting.pages import OfficePage, Page
from lcmonitor.reporting.parts import Cell, Link, Table
from lcmonitor.reporting.quality_page import waves
from lcmonitor.reporting.receipt_page import remark, told
from lcmonitor.reporting.render import render
from lcmonitor.reporting.words import Words, spoken

_DRIFT = ("LCM-26", "LCM-27", "LCM-28")  # how the codes begin that tell of it
_RECEIPTS = "../../published/receipts"
_FACTS = ("community", "waves", "form", "tool")
_BALANCE = ("rows", "new", "updated", "unchanged", "set_aside")


def office_pages(receipts: Sequence[Receipt], setup: Setup) -> Mapping[Language, str]:
    """HTML in every language of the programme; ``receipts``: of all files, refused ones among them."""
    overrides = setup.workspace.report_overrides
    languages = spoken(setup)
    ordered = sorted(
        receipts, key=lambda one: (one.community, one.waves, one.form or "", one.file, one.sha256)
    )
    return {
        said.language: render(office_page(ordered, setup, said, languages), said, overrides)
        for said in languages
    }


def office_page(
    receipts: Sequence[Receipt], setup: Setup, said: Words, languages: Sequence[Words]
) -> OfficePage:
    """What the template says, in one language."""
    return OfficePage(
        page=_page(setup, said, languages),
        waves=waves(setup, said),
        delivered=tuple(_delivered(receipts, setup, wave, said) for wave in reversed(setup.programme.waves)),
        files=_files(receipts, setup, said),
        aside=_aside(receipts, said),
        drift=tuple(_drift(receipts, setup, said)),
    )


def _page(setup: Setup, said: Words, languages: Sequence[Words]) -> Page:
    sections = ("delivered", "files", "aside", "drift")
    return Page(
        language=said.language,
        title=f"{said('office.title')} · {said.of(setup.programme.title)}",
        kicker=said.of(setup.programme.title),
        heading=said("office.title"),
        edition="",
        simulated=setup.programme.simulated,
        home=None,
        languages=tuple(
            Link(one("language"), f"quality.{one.language}.html", one.language, one is said)
            for one in languages
        ),
        contents=tuple(Link(said(f"office.{name}.title"), f"#{name}") for name in sections),
        csv="",
        footer=(said("office.private"),),
        brand=brand(setup),
    )


def _delivered(receipts: Sequence[Receipt], setup: Setup, wave: Wave, said: Words) -> Table:
    """Accepted files by community and form: who has still to send something is seen at once."""
    accepted = [one for one in receipts if one.verdict != "refused" and wave.id in one.waves]
    counts = Counter((one.community, one.form) for one in accepted)
    forms = setup.instrument.at(wave.opens).forms
    rows = tuple(
        (Cell(one.name), *(_count(counts[one.id, form]) for form in forms))
        for one in sorted(setup.communities.values(), key=lambda one: one.name.casefold())
        if one.started <= wave.closes
    )
    head = (said("quality.community"), *(said.begin(form.title) for form in forms.values()))
    return Table(said.begin(wave.title), head, rows)


def _count(files: int) -> Cell:
    return Cell(str(files) if files else "–", "number")


def _files(receipts: Sequence[Receipt], setup: Setup, said: Words) -> Table:
    columns = ("file", *_FACTS, "verdict", *_BALANCE, "remarks")
    head = tuple(said(f"office.files.{column}") for column in columns)
    return Table(said("office.files.title"), head, tuple(tuple(_file(one, setup, said)) for one in receipts))


def _file(receipt: Receipt, setup: Setup, said: Words) -> Iterator[Cell]:
    facts = told(receipt, setup, said)
    yield Cell(receipt.file, href=_link(receipt, setup))
    yield from (Cell(facts[name]) for name in _FACTS)
    yield Cell(said(f"office.verdict.{receipt.verdict}"))
    yield from (Cell(str(getattr(receipt.balance, name)), "number") for name in _BALANCE)
    yield Cell(str(len(receipt.findings)), "number")


def _link(receipt: Receipt, setup: Setup) -> str:
    known = receipt.community if receipt.community in setup.communities else "unknown"
    return f"{_RECEIPTS}/{known}/{receipt.sha256[:12]}.html"


def _aside(receipts: Sequence[Receipt], said: Words) -> Table:
    """Rows by the reason for which they are not stored, over all files."""
    counts = Counter(sorted(row.code for one in receipts for row in one.set_aside))
    rows = tuple(
        (Cell(_wrong(code, said)), Cell(code), Cell(str(number), "number"))
        for code, number in counts.most_common()
    )
    head = tuple(said(f"office.aside.{column}") for column in ("reason", "code", "rows"))
    return Table(said("office.aside.title"), head, rows)


def _wrong(code: str, said: Words) -> str:
    return str(catalogue().get(code, {}).get("wrong", {}).get(said.language, ""))


def _drift(receipts: Sequence[Receipt], setup: Setup, said: Words) -> Iterator[Drifted]:
    """Files in which something had changed since the wave before."""
    for one in receipts:
        found = [finding for finding in one.findings if finding.message.code.startswith(_DRIFT)]
        if found:
            facts = told(one, setup, said)
            about = " · ".join(facts[name] for name in ("community", "waves", "form"))
            yield Drifted(
                Link(one.file, _link(one, setup)), about, tuple(remark(each, said) for each in found)
            )
