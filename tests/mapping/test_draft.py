"""A draft of a mapping: what is sure is filled in, all else is asked, and answers of few stay out."""

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from lcmonitor.documents import parse, read
from lcmonitor.errors import WorkspaceError
from lcmonitor.exports.table import Column
from lcmonitor.instruments.model import ExportMapping
from lcmonitor.intake.context import asked_in
from lcmonitor.intake.near import nearest_item
from lcmonitor.mapping.draft import DraftMapping, draft
from lcmonitor.mapping.text import as_yaml
from tests.intake.drawn import CODEBOOK, codebook, community, setup, table

HEADS = "OK | ORG | T1 | T2 | W | L"
ANSWERS = "ja | tno | 4 | 2 | 60 | 40"
Columns = Mapping[str, Mapping[str, Any]]


def drafted(text: str, columns: Columns | None = None, book: str = CODEBOOK) -> DraftMapping:
    """Of a made-up export; an answer is written down from five people on."""
    here = setup(codebook(book))
    return draft(table(text, columns), asked_in(here, community(), here.programme.waves), "person", 5)


def written(made: DraftMapping, language: Any = "nl") -> str:
    return as_yaml(made, "export.csv", language)


def answered(text: str, **answers: str) -> ExportMapping:
    """The draft with its questions answered, as the project loads it."""
    for question, answer in answers.items():
        assert text.count(f'"{question}": ???') == 1
        text = text.replace(f'"{question}": ???', f'"{question}": {answer}')
    return parse(read(text.replace('"??? ', '"'), "draft.yml"), ExportMapping)


def test_what_is_sure_is_filled_in() -> None:
    made = drafted(f"{HEADS.replace('T1', 'partners KOMEN afspraken na.')}\n{ANSWERS}")
    assert (made.filled, made.open) == (6, 0)
    mapping = answered(written(made))
    assert mapping.columns["partners KOMEN afspraken na."] == "T1"
    assert (mapping.form, mapping.tool, mapping.ignore) == ("person", "generic", ())


def test_what_is_like_an_item_is_asked_with_the_item_behind_it() -> None:
    made = drafted(f"{HEADS.replace('T1', 'Partners komen hun afspraken na')}\n{ANSWERS}")
    assert (made.filled, made.open) == (5, 1)
    text = written(made)
    assert '  "Partners komen hun afspraken na": ??? # 92: T1 (Partners komen afspraken na.)\n' in text
    assert answered(text, **{"Partners komen hun afspraken na": "T1"}).columns.keys() >= {"OK", "T2"}


def test_what_is_like_no_item_is_asked_under_ignore() -> None:
    made = drafted(f"{HEADS} | Hoe oud bent u?\n{ANSWERS} | 44")
    assert '  - "??? Hoe oud bent u?"\n' in written(made)
    assert answered(written(made)).ignore == ("Hoe oud bent u?",)


def test_the_parts_of_one_question_are_asked_about_together() -> None:
    columns = {
        f"Wat doet u? [{part}]": {"text": "Wat doet u?", "part": part} for part in ("zingen", "dansen")
    }
    made = drafted(f"{HEADS} | Wat doet u? [zingen] | Wat doet u? [dansen]\n{ANSWERS} | ja | nee", columns)
    assert answered(written(made)).ignore == ("Wat doet u?",)


def test_a_remark_beside_a_question_is_not_that_question() -> None:
    said = "Partners komen afspraken na."
    columns = {said: {"text": said}, f"{said} [Toelichting]": {"text": said, "part": "Toelichting"}}
    heads = HEADS.replace("T1", f"{said} | {said} [Toelichting]")
    made = drafted(f"{heads}\nja | tno | 4 | zzOpen | 2 | 60 | 40", columns)
    mapping = answered(written(made))
    assert (mapping.columns[said], mapping.ignore) == ("T1", (f"{said} [Toelichting]",))


def test_the_points_of_a_scale_are_named_by_their_question() -> None:
    said = "Partners komen hun afspraken na"
    points = ("helemaal oneens", "oneens", "neutraal", "eens", "helemaal eens")
    columns = {f"{said} [{point}]": {"text": said, "part": point} for point in points}
    heads = f"{HEADS} | {' | '.join(columns)}".replace("T1 | ", "")
    made = drafted(f"{heads}\nja | tno | 2 | 60 | 40 | x | | | |", columns)
    (line,) = [fit for fit in made.columns if fit.item is None]
    assert (line.heading, line.likely, len(line.columns)) == (said, "T1", 5)


def test_of_two_columns_with_one_question_a_person_must_choose() -> None:
    said = "Partners komen afspraken na."
    made = drafted(f"{HEADS} | {said}\n{ANSWERS} | 3", {said: {"text": said}})
    assert [fit.item for fit in made.columns if fit.likely == "T1"] == [None, None]
    assert "??? # 100: T1, maar dat geldt voor meer kolommen of meer vragen" in written(made)


def test_a_heading_that_stands_twice_can_be_passed_over_by_its_letter() -> None:
    drawn = table(f"{HEADS} | T1x\n{ANSWERS} | 3")
    twice = (*drawn.columns[:-1], Column(6, "T1", "", ""))
    here = setup()
    asked = asked_in(here, community(), here.programme.waves)
    made = draft(type(drawn)(drawn.source, twice, drawn.cells, drawn.facts), asked, "person", 5)
    assert '  - "??? [G]" # T1\n' in written(made)


def test_the_tools_own_columns_and_personal_data_are_named_only_above() -> None:
    columns = {"Start": {"role": "meta"}, "E-mail": {"role": "personal"}}
    text = written(drafted(f"{HEADS} | Start | E-mail\n{ANSWERS} | x | zz@example.org", columns))
    assert "# Gaan vanzelf voorbij, de eigen kolommen van het programma: Start\n" in text
    assert "# Persoonsgegevens, bij het lezen weggelaten: E-mail\n" in text
    assert answered(text).ignore == ()
    assert "zz" not in text


def values(*texts: str, heads: str = HEADS) -> DraftMapping:
    rows = [f"ja | tno | {text} | 2 | 60 | 40" for text in texts]
    return drafted("\n".join([heads, *rows]))


def test_answers_that_can_be_read_need_no_words() -> None:
    assert values("eens", "Helemaal eens", "3", "4 - eens", "weet ik niet / n.v.t.").values == {}


def test_an_answer_that_the_scale_does_not_have_is_asked() -> None:
    made = values(*["best wel eens"] * 5, "eens", "3")
    text = written(made)
    assert '    "best wel eens": ???' in text
    assert '    "eens": 4\n' in text
    assert answered(text, **{"best wel eens": "4"}).values == {"T1": {"best wel eens": 4, "eens": 4}}


def test_a_suggestion_for_an_answer_is_never_taken() -> None:
    made = values(*["helemaal oneens!"] * 5)
    assert '"helemaal oneens!": ??? # 97: 1 (helemaal oneens)' in written(made)
    assert made.open == 1


def test_what_few_people_wrote_is_not_written_down() -> None:
    long = "zzLang " * 12
    made = values(*["zzEigen"] * 4, *[long.strip()] * 9, "eens")
    assert "zz" not in written(made)
    assert "om te lang" not in written(made)
    assert made.values["T1"].hidden == 2
    assert ": 2\n" in written(made)
    answered(written(made))  # and it loads


@pytest.mark.parametrize(
    "heading",
    [
        'Zegt u "ja"?',
        "a: b # c",
        "- x",
        "[AF]",
        "é 😀 عربي",
        "C:\\map",
        "{x}",
        "12",
        "no",
    ],
)
def test_any_heading_comes_back_as_it_was(heading: str) -> None:
    text = written(drafted(f"{HEADS} | {heading}\n{ANSWERS} | 1"))
    assert yaml.safe_load(text)["ignore"] == [f"??? {heading}"]
    assert answered(text).ignore == (heading,)


def test_a_heading_that_looks_like_the_mark_is_named_by_its_letter() -> None:
    text = written(drafted(f"{HEADS} | ??? wat\n{ANSWERS} | 1"))
    assert '  - "??? [G]" # ??? wat\n' in text
    assert answered(text).ignore == ("[G]",)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_open_question_is_refused_at_its_line(language: str) -> None:
    rows = [f"ja | tno | zo zo | 2 | 60 | 40 | {n}" for n in range(5)]
    heads = f"{HEADS.replace('T2', 'Ik zwijg soms liever.')} | Hoe oud?"
    text = written(drafted("\n".join([heads, *rows])), language)
    marked = [n for n, line in enumerate(text.splitlines(), 1) if "???" in line and line[0] != "#"]
    with pytest.raises(WorkspaceError) as raised:
        parse(read(text, "exports/x.yml"), ExportMapping)
    told = [(message.code, message.place) for message in raised.value.messages]
    assert told == [("LCM-441", f"exports/x.yml, line {line}") for line in marked]
    keys = [message.params["key"] for message in raised.value.messages]
    assert keys == ["Ik zwijg soms liever.", "zo zo", "Hoe oud?"]


def test_a_letter_more_makes_a_short_code_no_other_item() -> None:
    """An option of a question is no code: CNI is not CI."""
    here = setup(codebook(CODEBOOK.replace("W:", "CI:").replace("W,", "CI,").replace("work: W", "work: CI")))
    asked = asked_in(here, community(), here.programme.waves)
    option = Column(0, "Welke projecten? [CNI]", "", "Welke projecten?", "CNI")
    assert nearest_item(option, asked, asked.codes, 65) is None


EVENTS = f"#event | {HEADS}\nbase_arm_1 | {ANSWERS}\nfollow_arm_1 | {ANSWERS}"


def test_the_events_of_an_export_without_dates_are_asked() -> None:
    made = drafted(EVENTS)
    assert made.open == 2
    mapping = answered(written(made), base_arm_1="spring", follow_arm_1="autumn")
    assert mapping.waves == {"base_arm_1": "spring", "follow_arm_1": "autumn"}


def test_the_events_of_an_export_with_dates_are_not() -> None:
    dated = EVENTS.replace("#event", "#event | #when").replace("_arm_1", "_arm_1 | 2025-03-02")
    assert drafted(dated).open == 0
