"""Rows that cannot count: without consent, without any answer, or there more than once."""

from collections.abc import Iterator, Sequence

import numpy as np

from lcmonitor.intake import set_aside
from lcmonitor.intake.answers import given, unknowing
from lcmonitor.intake.cells import allowed, answered, verdict
from lcmonitor.intake.findings import Place, finding
from lcmonitor.intake.identity import Content, contents
from lcmonitor.intake.kept import Kept, Select
from lcmonitor.intake.match import Matching
from lcmonitor.intake.receipt import Finding, Severity

_SEVERITY: dict[str, Severity] = {
    set_aside.TEST: "note",
    set_aside.TURNED_DOWN: "note",
    set_aside.SPAM: "warning",
    set_aside.DISQUALIFIED: "note",
    set_aside.OTHER_EVENT: "note",
    set_aside.OUTSIDE_WAVES: "warning",
    set_aside.NO_DATE: "warning",
    set_aside.NO_DATE_UNFINISHED: "warning",
    set_aside.OUTSIDE_WAVE: "warning",
    set_aside.NO_CONSENT: "note",
    set_aside.NO_ANSWER: "note",
    set_aside.COPY: "note",
    set_aside.OLDER: "warning",
    set_aside.SAME_PERSON: "warning",
    set_aside.SAME_RECORD: "note",
    set_aside.NO_ORGANISATION: "warning",
    set_aside.SAME_ORGANISATION: "warning",
}


def sift(kept: Kept, sorter: set_aside.Sorter, same_key: str = set_aside.SAME_PERSON) -> Kept:
    """The rows that count; the sorter learns of the others. Consent is not an answer and goes no further.

    ``same_key``: why all but one of the rows with the same panel key are set aside.
    """
    items = {code: item for book in kept.codebooks for code, item in book.items.items()}
    consents = frozenset(code for code in kept.answers if items[code].type == "consent")
    for item in consents:
        sorter.set_aside(kept.positions[~_consented(kept, item)], set_aside.NO_CONSENT)
    kept = kept.without(consents)
    sorter.set_aside(kept.positions[~_answered(kept)], set_aside.NO_ANSWER)
    kept = _remaining(kept, sorter)
    _set_repeated_aside(kept, sorter, set_aside.numbered(kept.ids))
    kept = _remaining(kept, sorter)
    _set_repeated_aside(kept, sorter, set_aside.numbered(kept.panel), same_key)
    return _remaining(kept, sorter)


def one_per_organisation(kept: Kept, sorter: set_aside.Sorter, takes_part: set_aside.Mask) -> Kept:
    """Of a form about the other organisations: the rows of who ``takes_part``, one for each organisation."""
    sorter.set_aside(kept.positions[~takes_part], set_aside.NO_ORGANISATION)
    kept = _remaining(kept, sorter)
    _set_repeated_aside(kept, sorter, set_aside.numbered(kept.partner), set_aside.SAME_ORGANISATION)
    return _remaining(kept, sorter)


def unclear_consent(kept: Kept, matching: Matching, file: str) -> Iterator[Finding]:
    """Consents that nobody can read, judged here: rows without consent never reach the expectations."""
    for question in matching.questions:
        for codebook, here in kept.per_codebook():
            if question.item not in kept.answers or codebook.items[question.item].type != "consent":
                continue
            scale = codebook.scales[codebook.items[question.item].scale or ""]
            values = kept.answers[question.item][here]
            unclear = given(values) & ~unknowing(values) & ~np.isin(values, list(scale.codes))
            if unclear.any():
                place = Place(file, question.columns[0], question.item, kept.row_numbers(here[unclear]))
                yield verdict(place, unclear.sum() / answered(values), allowed(kept, question.item))


def findings(file: str, numbers: Sequence[int], sorter: set_aside.Sorter) -> list[Finding]:
    """One finding per reason for which rows were set aside. ``numbers``: as the spreadsheet has them."""
    return [
        finding(code, _SEVERITY[code], Place(file, rows=tuple(numbers[row] for row in positions)))
        for code, positions in sorter.groups().items()
    ]


def _consented(kept: Kept, item: str) -> set_aside.Mask:
    """From the point of its scale on that counts as agreeing; in a codebook that does not ask, everybody."""
    given = np.ones(len(kept.positions), np.bool_)
    for codebook, here in kept.per_codebook():
        if item in codebook.items:
            scale = codebook.scales[codebook.items[item].scale or ""]
            agrees_from = scale.high if scale.agrees_from is None else scale.agrees_from
            agreeing = [code for code in scale.codes if code >= agrees_from]
            given[here] = np.isin(kept.answers[item][here], agreeing)
    return given


def _answered(kept: Kept) -> set_aside.Mask:
    """Rows with at least one answer."""
    found = np.zeros(len(kept.positions), np.bool_)
    for values in kept.answers.values():
        found |= given(values)
    return found


def _remaining(kept: Kept, sorter: set_aside.Sorter) -> Kept:
    still = np.flatnonzero(np.isin(kept.positions, sorter.kept, assume_unique=True))
    return kept.only(still)


def _set_repeated_aside(kept: Kept, sorter: set_aside.Sorter, key: Select, reason: str = "") -> None:
    """Of the rows with one key in one wave the last complete one counts, or else the last.

    Without a ``reason`` it is whether they say the same.
    """
    groups = set_aside.repeated(kept.wave, key)
    if not groups:
        return
    content, complete = contents(kept.answers), kept.facts["status"].to_numpy() == "complete"
    for group in groups:
        whole = group[complete[group]]
        last = whole[-1] if len(whole) else group[-1]
        for row in group[group != last]:
            sorter.set_aside(kept.positions[[row]], reason or _reason(content, row, last))


def _reason(content: Content, row: int, last: int) -> str:
    return set_aside.COPY if content[row] == content[last] else set_aside.OLDER
