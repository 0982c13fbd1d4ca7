"""The tables as SQL files, and their comments as comments in the database."""

import re
from collections.abc import Iterator
from importlib import resources

import duckdb

_HEAD = re.compile(r"CREATE (TABLE|VIEW) (\w+)")
_COLUMN = re.compile(r" +(.+?),? +-- (.+)")


def install(connection: duckdb.DuckDBPyConnection, *files: str) -> None:
    """Run the SQL files of this room in the current database, comments included.

    Belongs within a transaction: each of some two hundred statements would wait for the disk otherwise.
    """
    for file in files:
        script = (resources.files(__package__) / file).read_text(encoding="utf-8")
        connection.execute("\n".join([script, *_comments(script)]))


def quoted(name: str) -> str:
    """``name`` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """``text`` as an SQL string, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def _comments(script: str) -> Iterator[str]:
    """COMMENT ON for the line above each table or view, and for the words behind each column."""
    kind, name, above = "", "", ""
    for line in script.splitlines():
        if head := _HEAD.match(line):
            kind, name = head.groups()
            yield f"COMMENT ON {kind} {name} IS {literal(above)};"
        elif found := _COLUMN.match(line):
            words = re.findall(r"\w+", found[1])
            column = words[0] if kind == "TABLE" else words[-1]  # "n INTEGER", but "cell.n" and "x AS n"
            yield f"COMMENT ON COLUMN {name}.{quoted(column)} IS {literal(found[2])};"
        above = line.removeprefix("-- ")
