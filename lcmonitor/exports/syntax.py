"""What LimeSurvey's syntax files for R and SPSS say of the columns of the data file beside them."""

import re

from lcmonitor.exports.table import Column
from lcmonitor.wording import without_markup

_IN_R = r'"((?:[^"\\]|\\.)*)"'
_R_NAME = re.compile(rf"^names\(data\)\[(\d+)\] ?(?:<-|=) ?{_IN_R}", re.MULTILINE)
_R_LABEL = re.compile(rf"^attributes\(data\)\$variable\.labels\[(\d+)\] ?(?:<-|=) ?{_IN_R}", re.MULTILINE)
_R_FACTOR = re.compile(
    r"^data\[, (\d+)\] ?(?:<-|=) ?factor\(.*?levels=c\((.*?)\), ?labels=c\((.*)\)(?:, ordered=TRUE)?\)\s*$",
    re.MULTILINE,
)
_R_VALUE = re.compile(rf"{_IN_R}|([^,\s]+)")
_IN_SPSS = r'"((?:[^"]|"")*)"'
_SPSS_VARIABLES = re.compile(r"/VARIABLES=\s*\n(.*?)\.\n", re.DOTALL)
_SPSS_NAME = re.compile(r"^RENAME VARIABLES \( (\S+) = (\S+) \)\.", re.MULTILINE)
_SPSS_LABEL = re.compile(rf"^VARIABLE LABELS (\S+) ({_IN_SPSS}(?:\+\n{_IN_SPSS})*)\.$", re.MULTILINE)
_SPSS_VALUES = re.compile(r"^VALUE LABELS +(\S+)\n((?: .*\n?)+)", re.MULTILINE)
_SPSS_VALUE = re.compile(r'^ (?:"(.*?)"|(\S+)) "(.*)"\.?$', re.MULTILINE)
_SPSS_OTHER = re.compile(r'^RECODE (\S+) \("-oth-" = "\d+"\)', re.MULTILINE)
_PART_FIRST = re.compile(r"^\[(?P<part>[^\]]*)\]\s*(?P<text>.*)$", re.DOTALL)


def from_r(text: str) -> tuple[Column, ...]:
    """The first columns of the data; the timings at its end are not in it."""
    labels = {number: _unescaped(label) for number, label in _R_LABEL.findall(text)}
    factors = {
        number: dict(zip(_values(levels), _values(words), strict=False))
        for number, levels, words in _R_FACTOR.findall(text)
    }
    return tuple(
        _column(int(number) - 1, _unescaped(name), labels.get(number, ""), factors.get(number, {}))
        for number, name in _R_NAME.findall(text)
    )


def _values(listed: str) -> list[str]:
    return [_unescaped(text) or bare for text, bare in _R_VALUE.findall(listed)]


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def from_spss(text: str) -> tuple[Column, ...]:
    """Every column of the data, which has no headings of its own."""
    listed = _SPSS_VARIABLES.search(text)
    variables = [line.split()[0] for line in listed[1].splitlines() if line.split()] if listed else []
    names = dict(_SPSS_NAME.findall(text))
    labels = {name: _joined(found) for name, found, *_ in _SPSS_LABEL.findall(text)}
    values = {
        name: {code or number: label for code, number, label in _SPSS_VALUE.findall(block)}
        for name, block in _SPSS_VALUES.findall(text)
    }
    others = {variable: {"-oth-": "other"} for variable in _SPSS_OTHER.findall(text)}
    return tuple(
        _column(
            position,
            names.get(variable, variable),
            labels.get(variable, ""),
            values.get(variable, {}) | others.get(variable, {}),
        )
        for position, variable in enumerate(variables)
    )


def _joined(pieces: str) -> str:
    """A label that SPSS takes in pieces of a limited length."""
    return "".join(re.findall(_IN_SPSS, pieces)).replace('""', '"')


def _column(position: int, name: str, label: str, values: dict[str, str]) -> Column:
    worded = _PART_FIRST.match(without_markup(label))
    text, part = (worded["text"], worded["part"]) if worded else (without_markup(label), "")
    return Column(position, name, _code(name), text, part, labels=values)


def _code(name: str) -> str:
    """As an export with codes writes it: ``Q_SQ1#0`` is ``Q[SQ1][1]``; a title holds no underscore itself."""
    title, _, part = name.partition("_")
    if not part or title == "attribute":
        return name
    part, _, scale = part.removeprefix("_").partition("#")
    return f"{title}[{part}]" + (f"[{int(scale) + 1}]" if scale.isdecimal() else "")
