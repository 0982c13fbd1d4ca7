"""The structure of a LimeSurvey questionnaire, as seen in real files of two generations."""

from pathlib import Path

import pytest

from lcmonitor.exports.lss import Question, questionnaire


def by_code(file: Path) -> dict[str, Question]:
    return {each.code: each for each in questionnaire(file.name, file.read_bytes()).questions}


@pytest.fixture
def sample(real_exports: Path) -> dict[str, Question]:
    return by_code(real_exports / "limesurvey/ls205_sample_survey_english.lss")


def test_texts_beside_the_codes(sample: dict[str, Question]) -> None:
    assert len(sample) == 114
    assert sample["ageltym"].kind == "X"
    assert sample["ageltym"].texts["en"].startswith("You say that you are {age} years old")


def test_parts_and_answers_belong_to_their_question(sample: dict[str, Question]) -> None:
    assert sum(len(each.parts) for each in sample.values()) == 321
    assert sum(len(each.answers) for each in sample.values()) == 98
    dual = next(each for each in sample.values() if each.kind == "1" and each.answers)
    assert {answer.scale for answer in dual.answers} == {0, 1}
    numbers = next(each for each in sample.values() if each.kind == ":")
    assert {part.scale for part in numbers.parts} == {0, 1}


def test_texts_in_tables_of_their_own(real_exports: Path) -> None:
    found = by_code(real_exports / "limesurvey/citric_survey.lss")
    assert found["G02Q04"].texts == {"en": "Do you like this survey?"}
    assert [each.kind for each in found.values()] == ["T", "5", "|", "Y"]


def test_the_survey_says_its_own_language_first() -> None:
    document = """<document><languages><language>en</language><language>nl</language></languages>
    <questions><rows><row><qid>7</qid><parent_qid>0</parent_qid><gid>1</gid><type>L</type><title>T1</title>
    </row></rows></questions>
    <question_l10ns><rows><row><qid>7</qid><question>How?</question><language>en</language></row>
    <row><qid>7</qid><question>Hoe?</question><language>nl</language></row></rows></question_l10ns>
    <answers><rows><row><aid>2</aid><qid>7</qid><code>B</code><sortorder>2</sortorder></row>
    <row><aid>1</aid><qid>7</qid><code>A</code><sortorder>1</sortorder></row></rows></answers>
    <answer_l10ns><rows><row><aid>1</aid><answer>Goed</answer><language>nl</language></row></rows></answer_l10ns>
    <surveys><rows><row><sid>12</sid><language>nl</language></row></rows></surveys></document>"""
    found = questionnaire("made up", document.encode())
    assert (found.id, found.languages) == ("12", ("nl", "en"))
    assert list(found.questions[0].texts.items()) == [("nl", "Hoe?"), ("en", "How?")]
    assert [(answer.code, answer.texts) for answer in found.questions[0].answers] == [
        ("A", {"nl": "Goed"}),
        ("B", {}),
    ]
