"""LimeSurvey's survey structure (.lss), by itself or in an archive (.lsa)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from lcmonitor.codebooks.described import Described, Words
from lcmonitor.codebooks.file import File
from lcmonitor.codebooks.limesurvey import Choices, Entry, described
from lcmonitor.exports import lss


def read(file: File) -> Described | None:
    """None: no survey structure of LimeSurvey."""
    inside = next((data for name, data in file.members.items() if name.lower().endswith(".lss")), None)
    if inside is None:
        if file.root is None or file.root.findtext("LimeSurveyDocType", "").strip() != "Survey":
            return None
        inside = file.data
    asked = lss.questionnaire(file.name, inside)
    return described(asked.titles, [_entry(question) for question in asked.questions])


def _entry(question: lss.Question) -> Entry:
    return Entry(
        question.code,
        question.kind,
        question.texts,
        question.section,
        question.other,
        _by_scale(question.parts),
        _by_scale(question.answers),
        question.attributes,
    )


def _by_scale(listed: Iterable[lss.Part | lss.Answer]) -> Mapping[str, Choices]:
    found: dict[str, dict[str, Words]] = defaultdict(dict)
    for one in listed:
        found[str(one.scale)][one.code] = one.texts
    return found
