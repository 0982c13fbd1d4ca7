"""Each kind of drift in made-up exports: told once, with what it does to the series, and nothing else is."""

import json
from datetime import date

import pytest

from lcmonitor.intake.structure import structure_from_json, structure_json
from tests.drift.two_waves import AUTUMN, SPRING, between, changed, codes, compared, export, texts
from tests.intake.drawn import CODEBOOK, codebook, drafted, setup

DUTCH = ("helemaal oneens", "oneens", "neutraal", "eens", "helemaal eens")
STRANGE = ("nooit", "zelden", "soms", "vaak", "altijd")


def labels(words: tuple[str, ...], values: str = "12345") -> dict[str, dict[str, dict[str, str]]]:
    """What an export says of the values of T1."""
    return {"T1": {"labels": dict(zip(values, words, strict=True))}}


def test_the_same_questions_say_nothing() -> None:
    assert between(export(SPRING), export(AUTUMN)) == []


def test_another_tool_continues() -> None:
    (found,) = between(export(SPRING), export(AUTUMN), tool="qualtrics", variant="legacy")
    assert codes([found]) == ["note LCM-260"]
    assert "‘Lente’: generic (csv); ‘Herfst’: qualtrics (legacy)" in found.message.text("nl")


def test_another_language_is_no_rewording() -> None:
    dutch = export(SPRING, heads="Ik doe mee. | Waar werkt u? | Partners komen afspraken na. | T2 | W | L")
    english = export(
        AUTUMN, heads="I take part. | Where do you work? | Partners keep agreements. | T2 | W | L"
    )
    words = ("Ik doe mee.", "Waar werkt u?", "Partners komen afspraken na.",
             "I take part.", "Where do you work?", "Partners keep agreements.")  # fmt: skip
    columns = {heading: {"text": heading} for heading in words}
    found = between(dutch, english, then=columns, now=columns)
    assert codes(found) == ["note LCM-261"]


def test_words_that_are_there_no_longer() -> None:
    (found,) = between(export(SPRING), export(AUTUMN), then={"T1": {"text": "Partners …"}})
    assert (codes([found]), found.item) == (["note LCM-262"], "T1")


def test_an_item_that_the_codebook_calls_otherwise_breaks() -> None:
    renamed = CODEBOOK.replace("T1:", "T9:").replace("T1,", "T9,")
    later = setup(later=(date(2025, 6, 1), codebook(renamed)))
    heads, said = "OK | ORG | T9 | T2 | W | L", {"text": "Partners keep agreements."}
    found = between(export(SPRING), export(AUTUMN, heads=heads), later, {"T1": said}, {"T9": said})
    assert (codes(found), found[0].item) == (["warning LCM-263"], "T9")
    assert "T1" in found[0].message.text("nl")


def test_new_items_begin_a_series() -> None:
    more = export(
        AUTUMN, heads="OK | ORG | T1 | T2 | W | L | M1 | M2", cells="ja | roc | 4 | 2 | 60 | 40 | 1 | 2"
    )
    (found,) = between(export(SPRING), more)
    assert (codes([found]), found.item, found.column) == (["note LCM-264"], None, None)
    assert "M1, M2" in found.message.text("en")


def test_items_that_are_gone() -> None:
    """The codebook may have taken them out, or somebody may have forgotten them."""
    more = export(SPRING, heads="OK | ORG | T1 | T2 | W | L | M1", cells="ja | roc | 4 | 2 | 60 | 40 | 1")
    assert codes(between(more, export(AUTUMN))) == ["warning LCM-266"]
    without = codebook(CODEBOOK.replace("extra: [M1, M2]", "extra: [M2]"))
    here = setup(later=(date(2025, 6, 1), without))
    assert codes(between(more, export(AUTUMN), here)) == ["note LCM-265"]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("Ik zwijg liever.", []),
        (" ik ZWIJG liever. ", []),
        ("Liever zwijg ik.", ["note LCM-267"]),  # the codebook has it under ``also``
        ("I prefer to keep quiet.", ["note LCM-267"]),
        ("Ik zwijg soms liever.", ["warning LCM-269"]),
    ],
)
def test_other_words_under_the_same_code(now: str, said: list[str]) -> None:
    then = {"T2": {"text": "Ik zwijg liever."}, "T1": {"text": "Partners komen afspraken na."}}
    words = then | {"T2": {"text": now}}
    found = between(export(SPRING), export(AUTUMN), then=then, now=words)
    assert codes(found) == said
    assert all(each.item == each.column == "T2" for each in found)
    assert all("“Ik zwijg liever.”" in text and f"“{now}”" in text for each in found for text in texts(each))


def test_another_code_in_the_tool_continues() -> None:
    then, now = ({"T2": {"text": "Ik zwijg liever.", "code": code}} for code in ("Q7", "Q8"))
    assert codes(between(export(SPRING), export(AUTUMN), then=then, now=now)) == ["note LCM-270"]


def test_a_break_of_the_codebook_is_said() -> None:
    ten = CODEBOOK.replace("1: {nl: helemaal oneens, en: strongly disagree}", "0: {nl: nul, en: nil}")
    here = setup(later=(date(2025, 6, 1), codebook(ten)))
    cells = "ja | roc | 4 | 2 | 60 | 40"
    found = between(export(SPRING), export(AUTUMN, cells=cells), here)
    assert codes(found) == ["note LCM-271"]
    assert "1 (helemaal oneens) – 5 (helemaal eens); daarna: 0 (nul) – 5" in found[0].message.text("nl")


def test_a_scale_that_changed_behind_our_back() -> None:
    """Somebody changed the codebook itself instead of adding a version."""
    before = changed(
        "5: {nl: helemaal eens, en: strongly agree}", "5: {nl: vijf, en: five}\n      6: {nl: zes, en: six}"
    )
    first, second = drafted(export(SPRING), before), drafted(export(AUTUMN))
    found = compared(first, second, setup())
    assert codes(found) == ["warning LCM-272"] * 2
    assert "1, 2, 3, 4, 5, 6; after: 1, 2, 3, 4, 5." in found[0].message.text("en")


def test_another_choice_of_answers() -> None:
    fewer = {"T1": {"labels": dict(zip("1245", DUTCH[:2] + DUTCH[3:], strict=True))}}
    (found,) = between(export(SPRING), export(AUTUMN), then=labels(DUTCH), now=fewer)
    assert codes([found]) == ["warning LCM-273"]
    assert "Codes that went: 3; codes that came: –." in found.message.text("en")


def test_labels_of_the_ends_alone_do_not_tell_what_could_be_chosen() -> None:
    ends = {"T1": {"labels": {"1": DUTCH[0], "5": DUTCH[4]}}}
    found = between(export(SPRING), export(AUTUMN), then=labels(DUTCH), now=ends)
    assert "LCM-273" not in " ".join(codes(found))


@pytest.mark.parametrize(
    ("words", "values", "said"),
    [
        (DUTCH, "54321", "note LCM-274"),  # read by the words: the series continues
        (DUTCH, "01234", "note LCM-275"),
        (STRANGE, "54321", "warning LCM-276"),  # read by the number: one of the two is upside down
    ],
)
def test_other_numbers_for_the_same_labels(words: tuple[str, ...], values: str, said: str) -> None:
    found = between(export(SPRING), export(AUTUMN), then=labels(words), now=labels(words, values))
    assert codes(found) == [said]


def test_labels_that_nobody_knows_on_other_numbers() -> None:
    other = labels(("zelden", "nooit", *STRANGE[2:]))
    found = between(export(SPRING), export(AUTUMN), then=labels(STRANGE), now=other)
    assert codes(found) == ["warning LCM-277"]


def test_a_number_that_got_another_name() -> None:
    other = labels((*STRANGE[:4], "bijna altijd"))
    found = between(export(SPRING), export(AUTUMN), then=labels(STRANGE), now=other)
    assert codes(found) == ["warning LCM-278"]
    assert not any("altijd" in text for text in texts(found[0]))  # labels of a file may be anything


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ("eens", "4", ["warning LCM-279"]),
        ("4", "eens", ["note LCM-280"]),
        ("eens", "mee eens", ["note LCM-281"]),
        ("eens", "agree", ["note LCM-261"]),
        ("eens", "Eens", []),
        ("eens", "weet ik niet / n.v.t.", []),
    ],
)
def test_how_an_answer_is_written(then: str, now: str, said: list[str]) -> None:
    first, second = (f"ja | roc | {answer} | {answer} | 60 | 40" for answer in (then, now))
    consent = "yes" if now == "agree" else "ja"
    second = second.replace("ja", consent, 1)
    found = between(export(SPRING, cells=first), export(AUTUMN, cells=second))
    assert codes(found) == said


def test_columns_that_are_in_no_figure() -> None:
    here = setup(mappings={"own": {"form": "person", "ignore": ["Hoe oud bent u?", "Waar woont u?"]}})
    heads = "OK | ORG | T1 | T2 | W | L | {}"
    first, second = (
        export(day, heads=heads.format(question), cells="ja | roc | 4 | 2 | 60 | 40 | zzAntwoord")
        for day, question in ((SPRING, "Hoe oud bent u?"), (AUTUMN, "Waar woont u?"))
    )
    found = between(first, second, here)
    assert codes(found) == ["note LCM-285", "note LCM-286"]
    assert "“Waar woont u?”" in found[0].message.text("nl")
    assert "“Hoe oud bent u?”" in found[1].message.text("nl")


def test_what_is_remembered_holds_no_answer() -> None:
    """Words of the scale and digests of labels; not what somebody wrote there or in an open question."""
    heads = "OK | ORG | T1 | T2 | W | L | Open"
    rows = export(SPRING, rows=30, heads=heads, cells="ja | roc | eens | 2 | 60 | 40 | zzOpen")
    rows += "\n31 | 2025-03-02 | ja | zzBedrijf | zzEigen | 2 | 61 | 39 | zzOpen"
    here = setup(mappings={"own": {"form": "person", "ignore": ["Open"]}})
    columns = {"T2": {"labels": {"zzPersoon": "zzNaam", "2": "zzNaam"}}, "Open": {"labels": {"1": "zzNaam"}}}
    structure = drafted(rows, here, columns=columns).structure
    assert structure is not None
    written = structure_json(structure)
    assert "zz" not in written
    assert json.loads(written)["items"]["T1"]["words"] == {"4": ["eens"]}
    assert structure_from_json(written) == structure


def test_a_refused_export_is_not_remembered() -> None:
    assert drafted(export(SPRING, heads="OK | ORG | T1 | Iets | W | L")).structure is None
