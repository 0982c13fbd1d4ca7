"""The answers of the rows that are kept so far."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from lcmonitor.instruments.model import Item
from lcmonitor.intake.answers import nothing_asked
from lcmonitor.intake.context import Context
from lcmonitor.intake.findings import Place, finding
from lcmonitor.intake.forms import in_form
from lcmonitor.intake.harmonise import harmonise, read_partners
from lcmonitor.intake.identity import panel_keys, with_made_ids
from lcmonitor.intake.kept import Kept, Select
from lcmonitor.intake.match import Matching, Question
from lcmonitor.intake.receipt import Finding
from lcmonitor.programme.model import Community
from lcmonitor.wording import comparable


@dataclass(frozen=True)
class Read:
    """Rows with their answers, and what was noticed while reading them."""

    kept: Kept
    findings: tuple[Finding, ...]


def read(context: Context, matching: Matching, form: str, positions: Select) -> Read:
    """The answers in these rows of the export. Items without a column were not asked."""
    items = in_form(context.asked.codebooks, form)
    cells, facts = context.table.cells, context.table.facts
    if len(positions) < facts.num_rows:
        cells, facts = cells.take(positions), facts.take(positions)
    kept = _nothing_asked(context, items, positions, facts)
    findings: list[Finding] = []
    for question in matching.questions:
        if items[question.item].type == "partner":
            named = _with_partner(kept, question, cells, context)
            kept, findings = named.kept, [*findings, *named.findings]
        elif items[question.item].type == "key":
            kept = replace(kept, panel=_named(question, cells, context))
        else:
            findings += _fill(question, kept, cells, context)
    return Read(_with_identity(kept, context, form), tuple(findings))


def _nothing_asked(context: Context, items: Mapping[str, Item], positions: Select, facts: pa.Table) -> Kept:
    number = {id(book): n for n, book in enumerate(context.asked.written)}
    of_wave = [number.get(id(context.codebook(n)), -1) for n in range(len(context.waves))]
    answers = {
        code: nothing_asked(len(positions), item.type == "number")
        for code, item in items.items()
        if item.type not in ("partner", "key") and not item.is_open
    }
    wave, none = context.placed.wave[positions], pa.nulls(len(positions), pa.string())
    book = np.array(of_wave, np.int8)[wave]
    return Kept(positions, facts, wave, book, context.asked.codebooks, answers, none, none, none)


def _fill(question: Question, kept: Kept, cells: pa.Table, context: Context) -> list[Finding]:
    """Read the question's cells into the answers."""
    file, findings = context.table.source.file, []
    for codebook, here in kept.per_codebook():
        if question.item not in codebook.items:
            continue
        part = cells if len(here) == cells.num_rows else cells.take(here)
        result = harmonise(question, part, codebook, context.asked)
        kept.answers[question.item][here] = result.answers
        strange = (Place(file, column, question.item) for column in result.strange_labels)
        findings += [finding("LCM-234", "warning", place) for place in strange]
        if len(result.two_points):
            numbers = kept.row_numbers(here[result.two_points])
            place = Place(file, question.columns[0], question.item, numbers)
            findings.append(finding("LCM-235", "warning", place))
    return findings


def _with_partner(kept: Kept, question: Question, cells: pa.Table, context: Context) -> Read:
    (column,) = question.columns
    community = context.delivery.community
    partners = read_partners(cells[str(column.position)], column, _partner_names(community))
    if not len(partners.strangers):
        return Read(replace(kept, partner=partners.ids), ())
    place = Place(context.table.source.file, column, question.item, kept.row_numbers(partners.strangers))
    allowed = ", ".join(partner.name for partner in community.partners)
    warning = finding("LCM-233", "warning", place, allowed=allowed, community=community.id)
    return Read(replace(kept, partner=partners.ids), (warning,))


def _named(question: Question, cells: pa.Table, context: Context) -> pa.Array:
    """What the records are called, as panel keys."""
    (column,) = question.columns
    return panel_keys(cells[str(column.position)], context.delivery.community.id, context.secret)


def _partner_names(community: Community) -> Mapping[str, str]:
    """Plain id, name or other name -> id; a name that two partners share belongs to neither."""
    names = [
        (comparable(name), partner.id)
        for partner in community.partners
        for name in (partner.id, partner.name, *partner.also)
    ]
    return {name: id_ for name, id_ in names if all(other == id_ for same, other in names if same == name)}


def _with_identity(kept: Kept, context: Context, form: str) -> Kept:
    """Response ids and, where the form follows people over waves, panel keys."""
    facts = kept.facts
    ids = with_made_ids(_array(facts["response_id"]), _array(facts["submitted"]), kept.answers)
    follows = any(book.forms[form].key for book in kept.codebooks if form in book.forms)
    if not follows:
        return replace(kept, ids=ids)
    panel = panel_keys(facts["token"], context.delivery.community.id, context.secret)
    return replace(kept, ids=ids, panel=panel)


def _array(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks()
