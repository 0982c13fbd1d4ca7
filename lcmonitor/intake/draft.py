"""A delivery as far as it can be understood without judging its values."""

from dataclasses import dataclass

from lcmonitor.errors import ExportError
from lcmonitor.intake import set_aside
from lcmonitor.intake.context import make_context
from lcmonitor.intake.delivery import Delivery
from lcmonitor.intake.findings import Place, finding
from lcmonitor.intake.kept import Kept
from lcmonitor.intake.match import Matching, match
from lcmonitor.intake.reading import read
from lcmonitor.intake.receipt import Finding
from lcmonitor.intake.roster import has_roster, settle, takes_part
from lcmonitor.intake.sift import findings as row_findings
from lcmonitor.intake.sift import one_per_organisation, sift, unclear_consent
from lcmonitor.intake.structure import Structure, structure_of
from lcmonitor.programme.load import Setup


@dataclass(frozen=True)
class Draft:
    """What is known so far. ``kept`` is None where something already refuses the file."""

    delivery: Delivery
    matching: Matching
    sorter: set_aside.Sorter
    findings: tuple[Finding, ...]
    kept: Kept | None = None
    structure: Structure | None = None


def make_draft(delivery: Delivery, setup: Setup, secret: bytes) -> Draft:
    """Columns matched, answers read, rows sorted."""
    table = delivery.table
    sorter = set_aside.Sorter(table.facts.num_rows)
    remarks = tuple(Finding(message, "warning") for message in table.remarks)
    try:
        context = make_context(delivery, setup, secret)
    except ExportError as error:
        wrong = tuple(Finding(message, "error") for message in error.messages)
        return Draft(delivery, Matching(delivery.form), sorter, remarks + wrong)
    mapping = context.asked.mapping
    matching = match(table, context.asked, delivery.form or (mapping.form if mapping else None))
    set_aside.sort_by_facts(sorter, table.facts, context.placed, context.given)
    if matching.refused or matching.form is None:
        return Draft(delivery, matching, sorter, remarks + matching.findings)
    result = read(context, matching, matching.form, sorter.kept)
    unclear = unclear_consent(result.kept, matching, table.source.file)
    settled: tuple[Finding, ...] = ()
    if roster := has_roster(context.asked.written, matching.form):
        settled = tuple(settle(result.kept, delivery.community, context.waves, table.source.file))
    kept = sift(result.kept, sorter)
    if roster:
        kept = one_per_organisation(kept, sorter, takes_part(kept, delivery.community, context.waves))
    aside = row_findings(table.source.file, table.facts["row"].to_pylist(), sorter)
    findings = (*remarks, *matching.findings, *result.findings, *unclear, *settled, *aside)
    if not len(kept.positions):
        nothing = finding("LCM-213", "error", Place(table.source.file), total=table.facts.num_rows)
        return Draft(delivery, matching, sorter, (*findings, nothing))
    refused = any(found.severity == "error" for found in findings)
    if refused:
        return Draft(delivery, matching, sorter, findings)
    return Draft(delivery, matching, sorter, findings, kept, structure_of(table, matching, context.asked))
