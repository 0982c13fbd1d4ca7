"""The receipt as a page for a project lead: the verdict first, then what to do. It holds no answer."""

from collections.abc import Iterator, Sequence

from lcmonitor.errors import catalogue
from lcmonitor.intake.receipt import Finding, Receipt, SetAside
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.accounts import Account, Remark, Term
from lcmonitor.reporting.brand import brand
from lcmonitor.reporting.pages import Page, ReceiptPage
from lcmonitor.reporting.parts import Fact, Link
from lcmonitor.reporting.render import render
from lcmonitor.reporting.words import Words, spoken

_NAMED = 20  # rows that are written out; the rest is counted
_TERMS = (("=", "new"), ("+", "updated"), ("+", "unchanged"), ("+", "set_aside"))


def receipt_page(receipt: Receipt, setup: Setup) -> str:
    """One HTML page, the programme's languages one after the other."""
    languages = spoken(setup)
    page = receipt_context(receipt, setup, languages)
    return render(page, languages[0], setup.workspace.report_overrides)


def receipt_context(receipt: Receipt, setup: Setup, languages: Sequence[Words]) -> ReceiptPage:
    """What the template says; ``languages``: the page's languages, at least one."""
    first = languages[0]
    here = [Link(said("language"), f"#{said.language}", said.language) for said in languages]
    page = Page(
        language=first.language,
        title=f"{first('receipt.title')} · {receipt.file}",
        kicker=first.of(setup.programme.title),
        heading=receipt.file,
        edition="",
        simulated=setup.programme.simulated,
        home=None,
        languages=tuple(here),
        contents=(),
        csv="",
        footer=(first("page.contact", contact=setup.programme.contact),) if setup.programme.contact else (),
        brand=brand(setup),
    )
    return ReceiptPage(page, tuple(_account(receipt, setup, said) for said in languages))


def _account(receipt: Receipt, setup: Setup, said: Words) -> Account:
    return Account(
        language=said.language,
        verdict=receipt.verdict,
        verdict_text=said(f"receipt.verdict.{receipt.verdict}"),
        next=said(f"receipt.next.{receipt.verdict}"),
        facts=tuple(_facts(receipt, setup, said)),
        balance_title=said("receipt.balance.title"),
        terms=tuple(_terms(receipt, said)),
        aside_title=said("receipt.set_aside.title"),
        aside=tuple(_aside(receipt, said)),
        remarks_title=said("receipt.findings.title"),
        remarks=tuple(remark(finding, said) for finding in _ordered(receipt.findings)),
        no_remarks=said("receipt.findings.none"),
        columns_title=said("receipt.columns.title"),
        columns=tuple(_columns(receipt, said)),
        privacy=said("receipt.privacy"),
    )


def _facts(receipt: Receipt, setup: Setup, said: Words) -> Iterator[Fact]:
    return (Fact(said(f"receipt.facts.{name}"), value) for name, value in told(receipt, setup, said).items())


def told(receipt: Receipt, setup: Setup, said: Words) -> dict[str, str]:
    """What a file is, in words."""
    community, forms = setup.communities.get(receipt.community), setup.instrument.codebook.forms
    waves = [wave for wave in setup.programme.waves if wave.id in receipt.waves]
    none = said("receipt.none")
    return {
        "community": community.name if community else receipt.community or none,
        "form": said.of(forms[receipt.form].title) if receipt.form in forms else receipt.form or none,
        "waves": ", ".join(said.of(wave.title) for wave in waves) or none,
        "tool": receipt.tool or none,
        "sha256": receipt.sha256[:16],
    }


def _terms(receipt: Receipt, said: Words) -> Iterator[Term]:
    """``rows = new + updated + unchanged + set aside``."""
    yield Term("", receipt.balance.rows, said("receipt.balance.rows"))
    for sign, name in _TERMS:
        yield Term(sign, getattr(receipt.balance, name), said(f"receipt.balance.{name}"))


def _aside(receipt: Receipt, said: Words) -> Iterator[Remark]:
    """The rows of each reason together, where no finding tells of them already."""
    told = {finding.message.code for finding in receipt.findings}
    together: dict[str, list[SetAside]] = {}
    for row in receipt.set_aside:
        together.setdefault(row.code, []).append(row)
    for code, aside in together.items():
        if code not in told:
            text = said.count("receipt.set_aside.count", len(aside))
            wrong = catalogue().get(code, {}).get("wrong", {}).get(said.language, "")
            yield Remark("note", text, code, wrong, _rows([row.row for row in aside], said))


def _ordered(findings: Sequence[Finding]) -> list[Finding]:
    """What refuses the file first, what is good to know last."""
    return sorted(findings, key=lambda finding: ("error", "warning", "note").index(finding.severity))


def remark(finding: Finding, said: Words) -> Remark:
    """What was noticed, in one language."""
    word = said(f"receipt.severity.{finding.severity}")
    text = finding.message.text(said.language)
    named = ", ".join(map(str, finding.rows[:_NAMED]))
    rows = "" if named in text else _rows(finding.rows, said)  # a message may name its rows itself
    return Remark(finding.severity, word, finding.message.code, text, rows)


def _rows(rows: Sequence[int], said: Words) -> str:
    """Row numbers as the spreadsheet shows them; of many rows the first, and how many more."""
    if not rows:
        return ""
    named = ", ".join(map(str, rows[:_NAMED]))
    text = said.count("receipt.rows", len(rows), rows=named)
    return f"{text} {said('receipt.rows_more', number=len(rows) - _NAMED)}" if len(rows) > _NAMED else text


def _columns(receipt: Receipt, said: Words) -> Iterator[Fact]:
    none, used = said("receipt.columns.none"), receipt.columns
    mapped = [heading if heading == item else f"{heading} → {item}" for heading, item in used.mapped.items()]
    yield Fact(said("receipt.columns.mapped"), "; ".join(mapped) or none)
    yield Fact(said("receipt.columns.ignored"), "; ".join(used.ignored) or none)
    yield Fact(said("receipt.columns.personal_data"), "; ".join(used.personal_data) or none)
