"""Qualtrics' words of a column, ``question - choice``, as question and part.

Either may hold dashes itself, and a long question ends in ``...``. Columns of one question are told by the id
that Qualtrics gives them, or by their tags where that row is gone; what their words share is the question.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile

_BY_ID = re.compile(r"^(?P<base>(?:\d+_)*QID\d+(?:#\d+)?)(?P<rest>.*)$")
_BY_TAG = re.compile(r"^(?P<base>.*?)(?P<rest>(?:_\d+)*(?:_TEXT)?)$", re.DOTALL)


def questions_and_parts(
    names: Sequence[tuple[str, str]], texts: Sequence[str], *, old_dashes: bool
) -> list[tuple[str, str]]:
    """``names``: tag and id of each column, '' where the file has none; ``texts`` are without mark-up.

    ``old_dashes``: a dash may stand without blanks, as Qualtrics wrote it until 2018 or so.
    """
    dashes = (" - ", "-") if old_dashes else (" - ",)
    split = [_split(tag, tool_id) for tag, tool_id in names]
    questions: dict[str, list[int]] = defaultdict(list)
    for position, (question, _) in enumerate(split):
        questions[question].append(position)
    found = [(text, "") for text in texts]
    for positions in questions.values():
        stem = _stem([texts[position] for position in positions], dashes)
        typed = {position for position in positions if split[position][1].endswith("TEXT")}
        chosen = _stem([texts[position] for position in positions if position not in typed], dashes) or stem
        for position in positions if stem else ():
            begin = stem if position in typed else chosen  # ``question - Selected Choice - choice``
            part = texts[position][len(begin) :] if split[position][1] else ""
            found[position] = (stem.rstrip(" -"), part)
    return found


def _split(tag: str, tool_id: str) -> tuple[str, str]:
    """The question that a column belongs to, and what its name adds."""
    found = _BY_ID.match(tool_id) or _BY_TAG.match(tag)
    return (found["base"], found["rest"]) if found else (tag, "")


def _stem(texts: Sequence[str], dashes: Sequence[str]) -> str:
    """What several texts begin with, up to a dash; '' if there is none."""
    if len(set(texts)) < 2:
        return ""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False))
    common = "".join(letters[0] for letters in alike)
    dash = next((dash for dash in dashes if dash in common), "")
    return common[: common.rfind(dash) + len(dash)] if dash else ""
