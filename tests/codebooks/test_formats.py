"""What stands in real codebooks, seen by opening them, stands in their drafts."""

from pathlib import Path

from tests.codebooks.conftest import codebook, draft


def test_both_languages_stand_side_by_side(real_exports: Path) -> None:
    # The Dutch half of this file was left untranslated by its makers; its title is empty.
    found = codebook(draft(real_exports / "limesurvey" / "limonaid_structure_en_nl.tsv.txt"))
    assert found["title"] == {"nl": "", "en": "Test Survey"}
    words = "This is the question text of the only question in this survey."
    assert found["items"] == {"onlyQuestion": {"text": {"nl": words, "en": words}, "scale": "onlyquestion"}}
    assert found["scales"]["onlyquestion"]["codes"][2]["nl"] == "This is the second answer option"


def test_other_languages_are_kept_as_other_words(real_exports: Path) -> None:
    # A survey in Afrikaans, Albanian, German and English.
    found = codebook(draft(real_exports / "limesurvey" / "survey_archive_2_basic_responses.lsa"))
    item = found["items"]["Q00"]
    assert item["text"] == {"nl": "", "en": "A first example question. Please answer this question:"}
    assert item["type"] == "text"


def test_codes_that_are_letters_are_numbered_and_kept(real_exports: Path) -> None:
    report = draft(real_exports / "limesurvey" / "survey_simple_statistics.lsa")
    (name,) = codebook(report)["scales"]
    scale = codebook(report)["scales"][name]
    assert [text["en"] for text in scale["codes"].values()] == ["Option A", "Option B", "Option C"]
    assert scale["also"] == {1: ["A"], 2: ["B"], 3: ["C"]}
    assert [(one.at, one.key) for one in report.unsure] == [(name, "renumbered")]


def test_options_of_a_multiple_choice_are_items(real_exports: Path) -> None:
    found = codebook(draft(real_exports / "redcap" / "redcapr_checkboxes-1_dictionary.csv"))
    options = [f"check_one___{code}" for code in "1234"] + [f"check_two___{code}" for code in "abcde"]
    assert list(found["items"]) == [*options, "desired_result"]
    assert found["items"]["check_one___1"]["text"]["en"] == "check one [one]"
    assert found["scales"]["chosen"]["codes"][0] == {"nl": "niet gekozen", "en": "not chosen"}


def test_what_the_file_declares_missing_is_missing(real_exports: Path) -> None:
    report = draft(real_exports / "spss" / "rforeign_testdata.sav", "en")
    scales = codebook(report)["scales"]
    assert list(scales["factor-n-coded-miss"]["codes"]) == [1, 2, 3, 4, 5]
    assert scales["factor-n-coded-miss"]["missing"] == {99: {"nl": "", "en": "no answer"}}
    # 1 = A and 2 = A: the second has no words until somebody decides
    assert scales["factor-n-duplicated"]["codes"][2] == {"nl": "", "en": ""}
    told = {(one.at, one.key) for one in report.unsure}
    assert ("factor-n-duplicated 2", "same_label") in told
    assert ("factor-n-undeclared", "ends_only") in told


def test_a_choice_that_qualtrics_excludes_and_a_recoded_one(real_exports: Path) -> None:
    found = codebook(draft(real_exports / "qualtrics" / "qt_nbe.qsf"))
    assert list(found["scales"]["q1"]["codes"]) == [1, 2, 3, -1]  # "No opinion" is recoded, not excluded
    assert [code for code in found["items"] if code.startswith("Q2")] == [
        "Q2_1", "Q2_2", "Q2_3", "Q2_-1", "Q2_-2",
    ]  # fmt: skip
    assert found["items"]["Q2_-1"]["also"] == ["Q2_4"]


def test_looks_like_missing_is_asked_not_decided(real_exports: Path) -> None:
    report = draft(real_exports / "qualtrics" / "qt_nbe.qsf")
    assert ("q1 -1", "maybe_missing") in {(one.at, one.key) for one in report.unsure}
    assert "missing" not in codebook(report)["scales"]["q1"]


def test_answers_in_another_file_stay_open(real_exports: Path) -> None:
    report = draft(real_exports / "kobo" / "cleaningtools_xlsform_survey.csv")
    scale = codebook(report)["scales"]["yes-no"]
    assert scale == {"codes": {0: {"nl": "", "en": ""}, 1: {"nl": "", "en": ""}}}
    assert ("yes-no", "no_answers") in {(one.at, one.key) for one in report.unsure}


def test_personal_data_are_left_out(real_exports: Path) -> None:
    report = draft(real_exports / "redcap" / "redcapr_clinical-trial-1_dictionary.csv")
    personal = [code for code, reason in report.left_out if reason == "personal"]
    assert personal == ["name_last", "name_first", "address", "phone", "dob"]
