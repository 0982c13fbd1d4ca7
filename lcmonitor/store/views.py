# ruff: noqa: S608 -- names are quoted and texts are literals
"""The views of a snapshot: answers as an analyst wants them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lcmonitor.intake.responses import Missing
from lcmonitor.store import schema
from lcmonitor.store.file import Connection
from lcmonitor.store.schema import literal, quoted

_CAUTION = (
    "Pseudonymous, but about persons: not for publishing. In a small community a combination of answers may"
    " point to somebody; publish figures from the view indicator only."
)
_RESPONSE = {
    "community": "community.community",
    "wave": "wave.wave",
    "response": "number of the response: the same in every snapshot, found nowhere else",
    "submitted_week": "Monday of the week in which it was sent",
    "completeness": "complete, partial or break_off (counts in no figure)",
    "partner_type": "kind of organisation of the respondent; NULL = unknown or not asked",
}
_ANSWER = {
    **{name: _RESPONSE[name] for name in ("community", "wave")},
    "form": "form.form",
    "response": _RESPONSE["response"],
    "item": "item.item",
    "value": "code on the scale, or the number; NULL unless status is answered",
    "status": "answered, or why there is no value: not_asked, not_answered, not_applicable or invalid",
}


@dataclass(frozen=True)
class Coded:
    """A form's responses as they are coded in the snapshot: missing answers as codes of Missing."""

    form: str
    scale_items: tuple[str, ...]
    number_items: tuple[str, ...]

    @property
    def table(self) -> str:
        """Qualified by its schema; never by a database, whose name is the file's."""
        return f"coded.{quoted(f'responses_{self.form}')}"


def install(connection: Connection, forms: Sequence[Coded]) -> None:
    """Make the views in the current database."""
    schema.install(connection, "views.sql")
    for form in forms:
        _make_responses(connection, form)
    answers = [part for form in forms for part in _answers(form)]
    connection.execute(f"CREATE VIEW answers AS {' UNION ALL '.join(answers or [_no_answers()])}")
    _comment(connection, "answers", f"Every answer, one row per response and item. {_CAUTION}", _ANSWER)


def _make_responses(connection: Connection, form: Coded) -> None:
    name = quoted(f"responses_{form.form}")
    items = [f"{_code(quoted(item))} AS {quoted(item)}" for item in form.scale_items]
    columns = ", ".join([*_RESPONSE, *items, *map(quoted, form.number_items)])
    connection.execute(f"CREATE VIEW {name} AS SELECT {columns} FROM {form.table}")
    caution = f"Responses to a form, one column per item; no answer is NULL (why: see answers). {_CAUTION}"
    _comment(connection, name, caution, _RESPONSE | _questions(connection, form))


def _questions(connection: Connection, form: Coded) -> dict[str, str]:
    """The question behind each item's column, as it was asked last."""
    asked = connection.execute(
        """SELECT item, arg_max(text_en, (opens, sector)) FROM item JOIN wave USING (wave)
        WHERE form = ? GROUP BY item ORDER BY item""",
        [form.form],
    ).fetchall()
    present = {*form.scale_items, *form.number_items}
    return {quoted(item): text for item, text in asked if item in present}


def _answers(form: Coded) -> Iterable[str]:
    """Scale items say why an answer is missing; number items only that it is."""
    statuses = " ".join(f"WHEN {reason.value} THEN {literal(reason.name.lower())}" for reason in Missing)
    if form.scale_items:
        yield _long(form, form.scale_items, _code("coded"), f"CASE coded {statuses} ELSE 'answered' END")
    if form.number_items:
        status = (
            f"CASE WHEN coded IS NULL THEN {literal(Missing.NOT_ANSWERED.name.lower())} ELSE 'answered' END"
        )
        yield _long(form, form.number_items, "coded", status)


def _long(form: Coded, items: Sequence[str], value: str, status: str) -> str:
    return f"""SELECT community, wave, {literal(form.form)} AS form, response, item,
        CAST({value} AS DOUBLE) AS value, {status} AS status
    FROM {form.table} UNPIVOT INCLUDE NULLS (coded FOR item IN ({", ".join(map(quoted, items))}))"""


def _no_answers() -> str:
    columns = ", ".join(
        f"CAST(NULL AS {'DOUBLE' if name == 'value' else 'VARCHAR'}) AS {name}" for name in _ANSWER
    )
    return f"SELECT {columns} WHERE false"


def _code(column: str) -> str:
    """NULL for the codes of Missing, which lie below those of every scale."""
    return f"CASE WHEN {column} > {max(Missing).value} THEN {column} END"


def _comment(connection: Connection, view: str, about: str, columns: dict[str, str]) -> None:
    comments = [f"COMMENT ON COLUMN {view}.{column} IS {literal(text)};" for column, text in columns.items()]
    connection.execute("\n".join([f"COMMENT ON VIEW {view} IS {literal(about)};", *comments]))
