"""SurveyJS: an object per response; no key for what was not answered, an array for a multiple choice."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tests.exports.writers import Answer, Column, Respondent, Survey, Writer, as_code, if_chosen


def columns(survey: Survey) -> Sequence[Column]:
    """A column comes into being where it is first filled."""
    found: dict[str, Column] = {}
    for respondent in survey.respondents:
        for question, answer in _filled(respondent).items():
            choices = answer if isinstance(answer, tuple) else ("",)
            for choice in choices:
                name = f"{question}[{choice}]" if choice else question
                cell = if_chosen(choice, choice) if choice else as_code
                found.setdefault(name, Column(question, name, "", choice, cell))
    return list(found.values())


def _filled(respondent: Respondent) -> Mapping[str, Answer]:
    return {question: answer for question, answer in respondent.answers.items() if answer}


def records(survey: Survey) -> list[Mapping[str, object]]:
    return [
        {
            "id": each.number,
            "submittedAt": f"{each.ended:%Y-%m-%dT%H:%M:%S}.000Z",
            "completed": each.complete,
            **({"token": each.token} if each.token else {}),
            **_filled(each),
        }
        for each in survey.respondents
    ]


def lines(survey: Survey) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records(survey)).encode()


LIST = Writer(
    "surveyjs", lambda survey: json.dumps(records(survey), indent=2).encode(), columns, keeps_unfinished=True
)
WRITERS: Mapping[str, Writer] = {
    "SurveyJS": LIST,
    "SurveyJS, a line per response": replace(LIST, write=lines),
}
