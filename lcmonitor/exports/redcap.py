"""REDCap: raw or labels, with events, repeated forms and options that stand at 0 where nobody was asked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial, reduce

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import words
from lcmonitor.exports.layout import Layout, role_of, token_in
from lcmonitor.exports.table import Certainty, Column, Role
from lcmonitor.wording import readable, without_markup

_TOOL = "redcap"
_VARIABLE = re.compile(r"[A-Za-z]\w*", re.ASCII)
_RAW_OPTION = re.compile(r"(?P<question>[A-Za-z]\w*?)___(?P<option>\w+)", re.ASCII)
_LABELLED_OPTION = re.compile(r"(?P<question>.*?)\s*\(choice=(?P<option>.*)\)", re.DOTALL)
_NEGATIVE = re.compile(r"_(?=\d)")  # option -1 of "mood" is mood____1
_NOTHING = ("", "NA")  # the latter where R saved the file: REDCap's own words are never that
_NUMBERED = re.compile(r"[._]+\d+$")  # what pandas and R make of a heading that repeats

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Form:
    """One form's columns: what was filled in, the options among it, how far it is and when it was sent."""

    filled: tuple[int, ...] = ()
    options: tuple[int, ...] = ()
    complete: int | None = None
    sent: tuple[int, ...] = ()


def layout(grid: Grid) -> Layout | None:
    """REDCap's own columns are the mark, or a form's status below a heading that only REDCap writes."""
    headings = [readable(heading) for heading in grid.record(0)]
    raw = all(_VARIABLE.fullmatch(heading) for heading in headings if heading)
    kinds = [_kind(heading, headings) for heading in headings]
    seen = [{record[at] for record in grid.head[1:] if at < len(record)} for at in range(len(kinds))]
    statuses = {*words(_TOOL)["statuses"]["all"], *_NOTHING}
    kinds = [
        "" if kind == "complete" and not values <= statuses else kind
        for kind, values in zip(kinds, seen, strict=True)
    ]
    certainty = _certainty(headings, kinds, seen[-1] if seen else set())
    return _laid_out(headings, kinds, raw, certainty) if certainty else None


def _kind(heading: str, headings: Sequence[str]) -> str:
    """Which of REDCap's own columns this is, '' for a question."""
    if kind := _own().get(_NUMBERED.sub("", heading.casefold())):
        return kind
    endings = words(_TOOL)["endings"]
    for kind, ending in endings.items():
        form = heading.removesuffix(ending)
        if form != heading and (kind == "complete" or _is_form(form, headings)):
            return str(kind)
    return ""


def _is_form(name: str, headings: Sequence[str]) -> bool:
    """Moments of sending are exported together with the survey identifier."""
    return name + words(_TOOL)["endings"]["complete"] in headings or "redcap_survey_identifier" in headings


@cache
def _own() -> dict[str, str]:
    return {name: kind for kind, names in words(_TOOL)["own"].items() for name in names}


def _certainty(headings: Sequence[str], kinds: Sequence[str], last: set[str]) -> Certainty | None:
    """A name with redcap_ is enough. Words and statuses need a second mark: other tools have them too.

    The last column of an export is a status; that it is one shows where it is more than yes or no.
    """
    if any(heading.startswith("redcap_") and kind for heading, kind in zip(headings, kinds, strict=True)):
        return "sure"
    marks = sum(
        (
            "complete" in kinds,
            any(kind not in ("", "complete") for kind in kinds),
            any(_option(heading) for heading in headings),
            bool(headings) and headings[0].casefold() in words(_TOOL)["record_id"],
        )
    )
    if marks > 1:
        return "sure"
    return "probable" if kinds[-1:] == ["complete"] and last - {"0", "1", *_NOTHING} else None


def _option(heading: str) -> re.Match[str] | None:
    return _RAW_OPTION.fullmatch(heading) or _LABELLED_OPTION.fullmatch(heading)


def _laid_out(headings: Sequence[str], kinds: Sequence[str], raw: bool, certainty: Certainty) -> Layout:
    record = _record(headings, kinds)
    forms = tuple(_forms(headings, kinds, record))
    sent = _all(kinds, "timestamp")
    events, instances = _all(kinds, "event"), _all(kinds, "instance")
    token = token_in(headings)
    return Layout(
        tool=_TOOL,
        variant="raw" if raw else "labels",
        certainty=certainty,
        header_rows=1,
        columns=tuple(
            _column(at, heading, raw, "record" if at == record else kinds[at])
            for at, heading in enumerate(headings)
        ),
        response_id=record,
        id_parts=(*events, *_all(kinds, "instrument"), *instances),
        submitted=sent[0] if sent else None,
        also_submitted=sent[1:],
        undated=words(_TOOL)["not_completed"],
        # Events follow one person; repeated forms may be of many.
        token=record if token is None and events and not instances else token,
        event=events[0] if events else None,
        status_of=partial(_status, forms) if sent or "complete" in kinds else None,
        plain=partial(_own_filled, [at for at, kind in enumerate(kinds) if kind]),
        cells_of=partial(_shown, forms),
    )


def _record(headings: Sequence[str], kinds: Sequence[str]) -> int | None:
    """The first column is the record, if it was exported; before it, row names of another program."""
    first = next((at for at, heading in enumerate(headings) if heading), 0)
    return None if kinds[first] else first


def _all(kinds: Sequence[str], kind: str) -> tuple[int, ...]:
    return tuple(at for at, each in enumerate(kinds) if each == kind)


def _forms(headings: Sequence[str], kinds: Sequence[str], record: int | None) -> Iterator[Form]:
    """A form ends with its status. Without statuses everything counts as one form."""
    begin = 0
    for end in (*_all(kinds, "complete"), len(kinds)):
        own = [at for at in range(begin, min(end + 1, len(kinds))) if at != record and headings[at]]
        questions = [at for at in own if not kinds[at]]
        options = [at for at in questions if _option(headings[at])]
        yield Form(
            filled=tuple(at for at in questions if at not in options),
            options=tuple(options),
            complete=end if end < len(kinds) else None,
            sent=tuple(at for at in own if kinds[at] == "timestamp"),
        )
        begin = end + 1


def _column(position: int, heading: str, raw: bool, kind: str) -> Column:
    option = None if kind else _option(heading)
    question, part = (option["question"], option["option"]) if option else (heading, "")
    part = _NEGATIVE.sub("-", part, count=1) if raw else without_markup(part)
    chosen = {*words(_TOOL)["chosen"], *({part} if not raw else ())} - set(words(_TOOL)["unchosen"])
    return Column(
        position=position,
        heading=heading,
        code=heading if raw else "",
        text="" if raw else without_markup(question),
        part=part,
        role=_role(heading, kind),
        chosen=frozenset(chosen) if option else frozenset(),
    )


def _role(heading: str, kind: str) -> Role:
    if kind in words(_TOOL)["personal"]:
        return "personal"
    return "meta" if kind else role_of(heading, frozenset())


def _status(forms: Iterable[Form], body: pa.Table) -> pa.Array:
    """A row is complete when all forms are that it has anything in."""
    begun = unfinished = np.zeros(body.num_rows, bool)
    for form in forms:
        here = _begun(form, body)
        begun, unfinished = begun | here, unfinished | (here & ~_done(form, body))
    return pc.if_else(pa.array(begun & ~unfinished), "complete", "incomplete")


def _own_filled(own: Sequence[int], body: pa.Table) -> pa.Table:
    """No ``NA`` in REDCap's own columns: a row without a repeated form has none, and its id no part of it."""
    for at in own:
        written = pc.if_else(pc.equal(body[str(at)], "NA"), "", body[str(at)])
        body = body.set_column(at, str(at), written)
    return body


def _begun(form: Form, body: pa.Table) -> Mask:
    """Of a form that nobody opened REDCap exports 0 for its status and for every option."""
    filled = (~_is(body, at, _NOTHING) for at in (*form.filled, *form.sent))
    chosen = (~_is(body, at, [*_NOTHING, *words(_TOOL)["unchosen"]]) for at in form.options)
    status = () if form.complete is None else (_is(body, form.complete, words(_TOOL)["statuses"]["begun"]),)
    return reduce(np.logical_or, (*filled, *chosen, *status), np.zeros(body.num_rows, bool))


def _done(form: Form, body: pa.Table) -> Mask:
    """By its status; without one by the moment at which it was sent, if forms have such moments."""
    if form.complete is not None:
        return _is(body, form.complete, words(_TOOL)["statuses"]["complete"])
    if not form.sent:
        return np.ones(body.num_rows, bool)
    nothing = [*_NOTHING, words(_TOOL)["not_completed"]]
    return reduce(np.logical_or, (~_is(body, at, nothing) for at in form.sent))


def _is(body: pa.Table, position: int, values: Sequence[str]) -> Mask:
    return np.asarray(pc.is_in(pc.fill_null(body[str(position)], ""), pa.array(values)))


def _shown(forms: Iterable[Form], body: pa.Table) -> pa.Table:
    """Null for every answer on a form that the row has nothing in: those questions were not asked."""
    for form in forms:
        nothing = pa.array(~_begun(form, body))
        for at in (*form.filled, *form.options):
            shown = pc.if_else(nothing, pa.scalar(None, pa.string()), body[str(at)])
            body = body.set_column(at, str(at), shown)
    return body
