# ruff: noqa: S608 -- the names of tables are ours
"""What was published before, for one who decides what may be published beside it."""

from typing import TYPE_CHECKING

from lcmonitor.store import responses, tables
from lcmonitor.store.file import Connection
from lcmonitor.store.schema import literal

if TYPE_CHECKING:  # its import takes half of what `lcmonitor status` has
    import pandas as pd

_UNIT = "community, wave, form"
_FIGURE = f"{_UNIT}, indicator, measure, part, versus"
_KEY = f"{_FIGURE}, group_by, group_value"
_ACROSS = "wave, form, indicator, measure, part, versus"


# Also partner types that one edition shows and another hides, where it shows the figure of all together; and
# shares that it hid for too few.
_DIFFERING = f"""
    SELECT {_KEY}, edition,
        past.status AS status_then, past.n::DOUBLE AS n_then, past.estimate AS estimate_then,
        past.method AS method_then,
        now.status, now.n, now.estimate, now.method, now.share, coalesce(touched.responses, 0) AS touched
    FROM released_cell AS past JOIN candidate AS now USING ({_KEY}) LEFT JOIN touched USING ({_UNIT}, edition)
    WHERE past.status = 'released' AND now.status = 'released'
        AND (past.n <> now.n OR abs(past.estimate - now.estimate) > 1e-9)
    OR now.share AND now.status = 'released' AND past.status = 'suppressed' AND past.reason = 'shares_low'
    OR group_by <> '' AND past.status <> now.status
        AND past.status IN ('released', 'suppressed') AND now.status IN ('released', 'suppressed')
        AND ({_FIGURE}, edition) IN (
            SELECT ({_FIGURE}, edition) FROM released_cell WHERE status = 'released' AND group_by = '')
    ORDER BY ALL
"""

_SIGN = "CASE community WHEN '' THEN 1 ELSE -1 END"
_LEFT = f"sum({_SIGN} * n)::DOUBLE AS n, sum({_SIGN} * estimate * population)::DOUBLE AS sum"
_PLAIN = "status = 'released' AND group_by = '' AND method = 'plain'"

_LEFT_OUT = f"""
    WITH past_left AS (SELECT edition, {_ACROSS}, {_LEFT} FROM released_cell WHERE {_PLAIN} GROUP BY ALL),
    now_left AS (SELECT {_ACROSS}, {_LEFT} FROM candidate WHERE {_PLAIN} GROUP BY ALL),
    touched_left AS (
        SELECT edition, {_ACROSS}, sum(responses) AS responses
        FROM touched JOIN candidate AS now USING ({_UNIT})
        LEFT JOIN released_cell AS past USING ({_KEY}, edition)
        WHERE group_by = '' AND (now.status = 'suppressed' OR past.status IS DISTINCT FROM 'released')
        GROUP BY ALL)
    SELECT {_KEY}, edition, now.share,
        past_left.n AS n_then, now_left.n AS n, past_left.sum AS sum_then, now_left.sum AS sum,
        coalesce(touched_left.responses, 0) AS touched
    FROM released_cell AS past JOIN candidate AS now USING ({_KEY})
    JOIN past_left USING (edition, {_ACROSS}) JOIN now_left USING ({_ACROSS})
    LEFT JOIN touched_left USING (edition, {_ACROSS})
    WHERE community = '' AND past.status = 'released' AND now.status = 'released'
        AND (past.n <> now.n OR abs(past.estimate - now.estimate) > 1e-9)
        AND (past_left.n > 0 OR now_left.n > 0)
    ORDER BY ALL
"""


_OF_INDICATOR = """
    SELECT cell.* REPLACE (cell.n::DOUBLE AS n, cell.population::DOUBLE AS population)
    FROM released_cell AS cell JOIN edition USING (edition)
    WHERE cell.wave = $wave AND cell.indicator = $indicator AND cell.community = $community
        AND cell.group_value = $group
    QUALIFY position = max(position) OVER ()
    ORDER BY cell.rowid
"""


class Editions:
    """The editions in a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def differing(self, rows: "pd.DataFrame") -> "pd.DataFrame":
        """What ``disclosure.earlier.History`` asks for."""
        return self._beside(rows, _DIFFERING)

    def left_out(self, rows: "pd.DataFrame") -> "pd.DataFrame":
        """What ``disclosure.earlier.History`` asks for."""
        return self._beside(rows, _LEFT_OUT)

    def few(self, fewest: int) -> "pd.DataFrame":
        """What ``disclosure.earlier.History`` asks for."""
        return self._connection.execute(
            f"SELECT DISTINCT {_KEY} FROM released_cell"
            " WHERE status = 'released' AND n < ? AND community <> ''",
            [fewest],
        ).df()

    def latest(self, units: "pd.DataFrame") -> "pd.DataFrame":
        """What ``disclosure.earlier.History`` asks for."""
        with tables.registered(self._connection, "unit", units):
            return self._connection.execute(
                f"""SELECT cell.* EXCLUDE edition
                    REPLACE (cell.n::DOUBLE AS n, cell.population::DOUBLE AS population)
                FROM released_cell AS cell SEMI JOIN unit USING ({_UNIT})
                WHERE edition = (SELECT max_by(edition, position) FROM edition)"""
            ).df()

    def published(self, community: str, wave: str, indicator: str, group: str) -> "pd.DataFrame":
        """The figures of an indicator as the newest edition with that wave has them, and its ``edition``."""
        names = {"community": community, "wave": wave, "indicator": indicator, "group": group}
        return self._connection.execute(_OF_INDICATOR, names).df()

    def groups(self, community: str, wave: str, indicator: str) -> list[str]:
        """The groups of which an indicator was published; "" stands for all together."""
        found = tables.rows_of(
            self._connection,
            "SELECT DISTINCT group_value FROM released_cell WHERE community = ? AND wave = ?"
            " AND indicator = ? ORDER BY ALL",
            [community, wave, indicator],
        )
        return [group for (group,) in found]

    def _beside(self, rows: "pd.DataFrame", query: str) -> "pd.DataFrame":
        """What a query finds of a ``candidate``, which ``rows`` are, and what was ``touched``."""
        with tables.registered(self._connection, "candidate", rows):
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE touched AS {self._touched()}")
            return self._connection.execute(query).df()

    def _touched(self) -> str:
        """SQL: responses of each community, wave and form that came or changed after each edition."""
        came = [
            f"SELECT community, wave, {literal(form)} AS form, delivery FROM {responses.table_of(form)}"
            " WHERE completeness <> 'break_off'"
            for form in responses.forms(self._connection)
        ]
        nothing = "SELECT '' AS community, '' AS wave, '' AS form, '' AS delivery WHERE false"
        return f"""
            WITH came AS ({" UNION ALL ".join(came) or nothing}),
            delivered AS (SELECT subject AS delivery, max(position) AS position FROM audit
                WHERE action = 'deliver' GROUP BY subject),
            published AS (SELECT subject AS edition, position FROM audit WHERE action = 'publish')
            SELECT {_UNIT}, edition, count(*) AS responses FROM came JOIN delivered USING (delivery)
            JOIN published ON delivered.position > published.position GROUP BY ALL"""
