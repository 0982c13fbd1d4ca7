"""Rows that cannot count: without consent, without any answer, or there more than once."""

from collections.abc import Iterator, Sequence

import numpy as np

from lcmonitor.intake import rows
from lcmonitor.intake.cells import allowed, answered, verdict
from lcmonitor.intake.findings import Place, finding
from lcmonitor.intake.identity import Content, contents
from lcmonitor.intake.kept import Kept, Select
from lcmonitor.intake.match import Matching
from lcmonitor.intake.numbers import NOT_ASKED
from lcmonitor.intake.receipt import Finding, Severity
from lcmonitor.intake.responses import Missing

NO_ANSWER_GIVEN = (Missing.NOT_ASKED, Missing.NOT_ANSWERED)

_SEVERITY: dict[str, Severity] = {
    rows.TEST: "note",
    rows.OUTSIDE_WAVES: "warning",
    rows.NO_DATE: "warning",
    rows.NO_DATE_UNFINISHED: "warning",
    rows.OUTSIDE_WAVE: "warning",
    rows.NO_CONSENT: "note",
    rows.NO_ANSWER: "note",
    rows.COPY: "note",
    rows.OLDER: "warning",
    rows.SAME_PERSON: "warning",
}


def sift(kept: Kept, sorter: rows.Sorter) -> Kept:
    """The rows that count; the sorter learns of the others. Consent is not an answer and goes no further."""
    items = {code: item for book in kept.codebooks for code, item in book.items.items()}
    consents = frozenset(code for code in kept.answers if items[code].type == "consent")
    for item in consents:
        sorter.set_aside(kept.positions[~_consented(kept, item)], rows.NO_CONSENT)
    kept = kept.without(consents)
    sorter.set_aside(kept.positions[~_answered(kept)], rows.NO_ANSWER)
    kept = _remaining(kept, sorter)
    _set_repeated_aside(kept, sorter, rows.numbered(kept.ids), same_person=False)
    kept = _remaining(kept, sorter)
    _set_repeated_aside(kept, sorter, rows.numbered(kept.panel), same_person=True)
    return _remaining(kept, sorter)


def unclear_consent(kept: Kept, matching: Matching, file: str) -> Iterator[Finding]:
    """Consents that nobody can read, judged here: rows without consent never reach the expectations."""
    for question in matching.questions:
        for codebook, here in kept.per_codebook():
            if question.item not in kept.answers or codebook.items[question.item].type != "consent":
                continue
            scale = codebook.scales[codebook.items[question.item].scale or ""]
            values = kept.answers[question.item][here]
            valid = np.isin(values, [*scale.codes, *NO_ANSWER_GIVEN, Missing.NOT_APPLICABLE])
            if not valid.all():
                rows_ = kept.row_numbers(here[~valid])
                place = Place(file, question.columns[0], question.item, rows_)
                yield verdict(place, (~valid).sum() / answered(values), allowed(kept, question.item))


def findings(file: str, numbers: Sequence[int], sorter: rows.Sorter) -> list[Finding]:
    """One finding per reason for which rows were set aside. ``numbers``: as the spreadsheet has them."""
    return [
        finding(code, _SEVERITY[code], Place(file, rows=tuple(numbers[row] for row in positions)))
        for code, positions in sorter.groups().items()
    ]


def _consented(kept: Kept, item: str) -> rows.Mask:
    """From the point of its scale on that counts as agreeing; in a codebook that does not ask, everybody."""
    given = np.ones(len(kept.positions), np.bool_)
    for codebook, here in kept.per_codebook():
        if item in codebook.items:
            scale = codebook.scales[codebook.items[item].scale or ""]
            agrees_from = scale.high if scale.agrees_from is None else scale.agrees_from
            agreeing = [code for code in scale.codes if code >= agrees_from]
            given[here] = np.isin(kept.answers[item][here], agreeing)
    return given


def _answered(kept: Kept) -> rows.Mask:
    """Rows with at least one answer; "don't know" is one, and so is what nobody could read."""
    found = np.zeros(len(kept.positions), np.bool_)
    for values in kept.answers.values():
        is_codes = values.dtype == np.int8
        found |= ~np.isin(values, NO_ANSWER_GIVEN) if is_codes else values > NOT_ASKED
    return found


def _remaining(kept: Kept, sorter: rows.Sorter) -> Kept:
    still = np.flatnonzero(np.isin(kept.positions, sorter.kept, assume_unique=True))
    return kept.only(still)


def _set_repeated_aside(kept: Kept, sorter: rows.Sorter, key: Select, *, same_person: bool) -> None:
    """Of the rows with one key in one wave the last complete one counts, or else the last."""
    groups = rows.repeated(kept.wave, key)
    if not groups:
        return
    content, complete = contents(kept.answers), kept.facts["status"].to_numpy() == "complete"
    for group in groups:
        whole = group[complete[group]]
        last = whole[-1] if len(whole) else group[-1]
        for row in group[group != last]:
            sorter.set_aside(kept.positions[[row]], _reason(content, row, last, same_person))


def _reason(content: Content, row: int, last: int, same_person: bool) -> str:
    if same_person:
        return rows.SAME_PERSON
    return rows.COPY if content[row] == content[last] else rows.OLDER
