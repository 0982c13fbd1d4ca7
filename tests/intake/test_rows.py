"""Which rows are set aside, and why; which wave and which person the others belong to."""

import pyarrow as pa
import pytest

from lcmonitor.intake.draft import Draft
from lcmonitor.intake.identity import panel_keys
from lcmonitor.intake.set_aside import numbered
from tests.intake.drawn import (
    CODEBOOK,
    GOOD,
    SECRET,
    answers_of,
    codebook,
    codes_of,
    community,
    drafted,
    findings_of,
    setup,
)


def set_aside(draft: Draft) -> list[tuple[int, str]]:
    """Row as the spreadsheet numbers it, and reason."""
    numbers = draft.delivery.table.facts["row"].to_pylist()
    return [(row.row, row.code) for row in draft.sorter.aside(numbers)]


def test_test_rows_are_set_aside() -> None:
    draft = drafted("""
    #id | #when      | #status | OK | ORG | T1 | T2 | W  | L
    1   | 2025-03-02 | test    | ja | tno | 77 | 2  | 60 | 40
    2   | 2025-03-02 |         | ja | tno | 4  | 2  | 60 | 40
    """)  # fmt: skip
    assert set_aside(draft) == [(2, "LCM-240")]
    assert codes_of(draft) == ["LCM-240"]


def test_what_a_reviewer_turned_down_is_set_aside() -> None:
    draft = drafted("""
    #id | #when      | #status  | OK | ORG | T1 | T2 | W  | L
    1   | 2025-03-02 | rejected | ja | tno | 4  | 2  | 60 | 40
    2   | 2025-03-02 |          | ja | tno | 4  | 2  | 60 | 40
    """)  # fmt: skip
    assert set_aside(draft) == [(2, "LCM-148")]
    assert codes_of(draft) == ["LCM-148"]


def test_each_row_is_in_the_wave_of_its_own_date_ends_included() -> None:
    draft = drafted("""
    #id | #when               | OK | ORG | T1 | T2 | W  | L
    1   | 2025-03-01          | ja | tno | 1  | 2  | 60 | 40
    2   | 2025-03-31 23:59:59 | ja | tno | 2  | 2  | 60 | 40
    3   | 2025-04-01          | ja | tno | 3  | 2  | 60 | 40
    4   | 2025-09-30          | ja | tno | 4  | 2  | 60 | 40
    5   |                     | ja | tno | 5  | 2  | 60 | 40
    """)  # fmt: skip
    assert draft.kept is not None
    assert draft.kept.wave.tolist() == [0, 0, 1]
    assert set_aside(draft) == [(4, "LCM-241"), (6, "LCM-242")]


def test_an_unfinished_row_without_a_date_is_told_what_helps_it() -> None:
    draft = drafted("""
    #id | #when      | #status    | OK | ORG | T1 | T2 | W  | L
    1   | 2025-03-01 | complete   | ja | tno | 1  | 2  | 60 | 40
    2   |            | incomplete | ja | tno | 2  | 2  | 60 | 40
    3   |            | complete   | ja | tno | 3  | 2  | 60 | 40
    """)  # fmt: skip
    assert set_aside(draft) == [(3, "LCM-250"), (4, "LCM-242")]
    found = next(each for each in draft.findings if each.message.code == "LCM-250")
    assert "datestamp" in found.message.text("nl")
    assert "--wave" not in found.message.text("nl")


def test_a_given_wave_takes_rows_without_a_date_and_no_others() -> None:
    drawn = """
    #id | #when      | OK | ORG | T1 | T2 | W  | L
    1   |            | ja | tno | 1  | 2  | 60 | 40
    2   | 2025-09-10 | ja | tno | 2  | 2  | 60 | 40
    3   | 2025-03-10 | ja | tno | 3  | 2  | 60 | 40
    """
    draft = drafted(drawn, wave="spring")
    assert answers_of(draft, "T1") == [1, 3]
    assert set_aside(draft) == [(3, "LCM-243")]


def test_without_any_date_the_wave_must_be_given() -> None:
    drawn = GOOD.replace("2025-03-02", "").replace("2025-03-03", "")
    assert codes_of(drafted(drawn), "error") == ["LCM-212"]
    assert answers_of(drafted(drawn, wave="autumn"), "T1") == [4, 5]


def test_a_wave_that_does_not_exist_refuses_the_file_and_the_waves_are_named() -> None:
    draft = drafted(GOOD, wave="winter")
    assert codes_of(draft, "error") == ["LCM-211"]
    assert "spring, autumn" in draft.findings[0].message.text("en")


def test_a_file_with_no_row_in_any_wave_is_refused() -> None:
    draft = drafted(GOOD.replace("2025", "2019"))
    assert codes_of(draft) == ["LCM-241", "LCM-213"]


def test_a_mapping_file_may_say_which_wave_it_is() -> None:
    drawn = GOOD.replace("2025-03-02", "").replace("2025-03-03", "")
    draft = drafted(drawn, setup(mappings={"first": {"form": "person", "wave": "autumn"}}))
    assert draft.kept is not None
    assert draft.kept.wave.tolist() == [1, 1]


def test_rows_without_consent_and_empty_rows_are_set_aside() -> None:
    draft = drafted("""
    #id | #when      | OK  | ORG | T1 | T2 | W  | L
    1   | 2025-03-02 | nee | tno | 4  | 2  | 60 | 40
    2   | 2025-03-02 |     | tno | 4  | 2  | 60 | 40
    3   | 2025-03-02 | ja  | tno |    |    |    |
    4   | 2025-03-02 | ja  | tno |    | 9  |    |
    """)  # fmt: skip
    assert set_aside(draft) == [(2, "LCM-244"), (3, "LCM-244"), (4, "LCM-245")]


def test_a_consent_that_nobody_can_read_refuses_the_file() -> None:
    draft = drafted(GOOD.replace("ja", "2"))  # a tool that writes 1 and 2 for yes and no
    assert codes_of(draft, "error") == ["LCM-215", "LCM-213"]


def test_of_a_repeated_response_the_last_complete_one_counts() -> None:
    draft = drafted("""
    #id | #when      | #status    | OK | ORG | T1 | T2 | W  | L
    1   | 2025-03-02 | complete   | ja | tno | 1  | 2  | 60 | 40
    1   | 2025-03-02 | complete   | ja | tno | 4  | 2  | 60 | 40
    1   | 2025-03-02 | complete   | ja | tno | 4  | 2  | 60 | 40
    1   | 2025-03-02 | incomplete | ja | tno | 5  | 2  | 60 | 40
    1   | 2025-09-02 | complete   | ja | tno | 3  | 2  | 60 | 40
    """)  # fmt: skip
    assert answers_of(draft, "T1") == [4, 3]
    assert set_aside(draft) == [(2, "LCM-247"), (3, "LCM-246"), (5, "LCM-247")]


def test_one_person_counts_once_in_a_wave() -> None:
    draft = drafted("""
    #id | #when      | #token | OK | ORG | T1 | T2 | W  | L
    1   | 2025-03-02 | aB1    | ja | tno | 1  | 2  | 60 | 40
    2   | 2025-03-03 |  ab1   | ja | tno | 2  | 2  | 60 | 40
    3   | 2025-03-03 |        | ja | tno | 3  | 2  | 60 | 40
    4   | 2025-03-03 |        | ja | tno | 4  | 2  | 60 | 40
    5   | 2025-09-03 | AB1    | ja | tno | 5  | 2  | 60 | 40
    """)  # fmt: skip
    assert answers_of(draft, "T1") == [2, 3, 4, 5]
    assert set_aside(draft) == [(2, "LCM-248")]
    assert draft.kept is not None
    keys = draft.kept.panel.to_pylist()
    assert keys[0] == keys[3]
    assert keys[1:3] == [None, None]


def test_the_panel_key_is_an_hmac_of_community_and_token() -> None:
    import hashlib
    import hmac

    drawn = (
        "#id | #when | #token | OK | ORG | T1 | T2 | W | L\n1 | 2025-03-02 | Ab1 | ja | tno | 4 | 2 | 60 | 40"
    )
    (key,) = drafted(drawn).kept.panel.to_pylist()  # type: ignore[union-attr]
    assert key == hmac.new(SECRET, b"delta\0ab1", hashlib.sha256).hexdigest()
    (elsewhere,) = drafted(drawn, sender=community(id="epsilon")).kept.panel.to_pylist()  # type: ignore[union-attr]
    assert elsewhere != key


@pytest.mark.parametrize("length", [1, 32, 63, 64, 65, 200])
def test_panel_keys_are_hmacs_for_a_secret_of_any_length(length: int) -> None:
    import hashlib
    import hmac

    secret = bytes(range(length))
    tokens = ["a", " É1 ", "", None, "x" * 300, "A"]
    keys = panel_keys(pa.chunked_array([tokens], pa.string()), "delta", secret).to_pylist()
    texts = [text.strip().casefold() if text else "" for text in tokens]
    assert keys == [
        hmac.new(secret, f"delta\0{text}".encode(), hashlib.sha256).hexdigest() if text else None
        for text in texts
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ["7", "8", "7", None],
        ["7", "07", "7"],
        ["7", "x", "7", "x"],
        ["-1", "2", "-1"],
        ["1", str(2**62), "1"],
        ["9" * 30, "1", "1"],
        [None, None],
        [],
    ],
)
def test_equal_texts_and_no_others_get_equal_numbers(texts: list[str | None]) -> None:
    numbers = numbered(pa.array(texts, pa.string())).tolist()
    assert [number == -1 for number in numbers] == [text is None for text in texts]
    for text, number in zip(texts, numbers, strict=True):
        assert [other == number for other in numbers] == [other == text for other in texts]
    assert max(numbers, default=0) < 2**41


def test_a_form_that_follows_nobody_keeps_no_key() -> None:
    nobody = codebook(CODEBOOK.replace("    key: token\n", ""))
    drawn = (
        "#id | #when | #token | OK | ORG | T1 | T2 | W | L\n1 | 2025-03-02 | Ab1 | ja | tno | 4 | 2 | 60 | 40"
    )
    assert drafted(drawn, setup(nobody)).kept.panel.to_pylist() == [None]  # type: ignore[union-attr]


def ids(drawn: str, **given: str) -> list[str]:
    kept = drafted(drawn, **given).kept  # type: ignore[arg-type]
    assert kept is not None
    return list(kept.ids.to_pylist())


def test_responses_without_an_id_are_known_by_the_second_in_which_they_were_sent() -> None:
    drawn = """
    #when               | OK | ORG | T1 | T2 | W  | L
    2025-03-02 10:00:00 | ja | tno | 4  | 2  | 60 | 40
    2025-03-02 10:00:00 | ja | tno | 1  | 2  | 60 | 40
    2025-03-02 10:00:01 | ja | tno | 4  | 2  | 60 | 40
    """
    first = ids(drawn)
    assert len(set(first)) == 3
    assert ids(drawn.replace("| 1  |", "| 2  |")) == first  # a corrected answer: the same responses


def test_responses_without_id_and_date_are_known_by_their_answers() -> None:
    drawn = """OK | ORG | T1 | T2 | W  | L
               ja | tno | 4  | 2  | 60 | 40
               ja | tno | 5  | 2  | 60 | 40
               ja | tno | 5  | 2  | 60 | 40"""
    first = ids(drawn, wave="spring")
    assert len(set(first)) == 3
    lines = drawn.splitlines()
    assert set(ids("\n".join([lines[0], lines[3], lines[2], lines[1]]), wave="spring")) == set(first)


def test_a_later_codebook_reads_later_rows() -> None:
    """From the day on which the scale has ten points, 10 is an answer; before it is not."""
    from datetime import date

    codes = "\n".join(f"      {n}: {{nl: punt {n}, en: point {n}}}" for n in range(1, 11))
    start, end = CODEBOOK.index("    codes:\n      1:"), CODEBOOK.index("    missing: {9")
    later = codebook((CODEBOOK[:start] + f"    codes:\n{codes}\n" + CODEBOOK[end:]).replace("{9:", "{99:"))
    draft = drafted("""
    #id | #when      | OK | ORG | T1   | T2 | W  | L
    1   | 2025-03-02 | ja | tno | eens | 2  | 60 | 40
    2   | 2025-09-02 | ja | tno | 10   | 2  | 60 | 40
    3   | 2025-09-02 | ja | tno | eens | 2  | 60 | 40
    """, setup(later=(date(2025, 6, 1), later)))  # fmt: skip
    assert answers_of(draft, "T1") == [4, 10, -104]


@pytest.mark.parametrize("name", ["tno", "TNO", "Bakkerij Smit", "smit", " Bakkerij\u00a0Smit"])
def test_a_partner_is_known_by_id_name_or_other_name(name: str) -> None:
    kept = drafted(GOOD.replace("Bakkerij Smit", name)).kept
    assert kept is not None
    assert kept.partner.to_pylist() == ["tno", "roc"]


def test_a_partner_is_known_by_the_label_in_the_file() -> None:
    draft = drafted(GOOD.replace("Bakkerij Smit", "1"), columns={"ORG": {"labels": {"1": "Bakkerij Smit"}}})
    assert draft.kept is not None
    assert draft.kept.partner.to_pylist() == ["tno", "roc"]


def test_an_organisation_nobody_knows_is_noticed_and_counts_without() -> None:
    draft = drafted(GOOD.replace("Bakkerij Smit", "Bakkerij Smid").replace("roc", ""))
    assert draft.kept is not None
    assert draft.kept.partner.to_pylist() == [None, None]
    (noticed,) = findings_of(draft)
    assert (noticed.message.code, noticed.rows) == ("LCM-233", (2,))
    assert "Smid" not in noticed.message.text("nl")
    assert "Bakkerij Smit, ROC Noord" in noticed.message.text("nl")


def test_what_was_not_shown_was_not_asked() -> None:
    draft = drafted("""
    #id | #when      | OK | ORG | T1 | T2 | W  | L
    1   | 2025-03-02 | ja | tno | ~  |    | ~  | 100
    """)  # fmt: skip
    assert (answers_of(draft, "T1"), answers_of(draft, "T2")) == ([-101], [-102])


@pytest.mark.parametrize(("status", "code"), [("spam", "LCM-218"), ("disqualified", "LCM-221")])
def test_what_the_tool_takes_for_no_response_is_set_aside_and_told(status: str, code: str) -> None:
    draft = drafted(f"""
    #id | #when      | #status  | OK | ORG | T1 | T2 | W  | L
    1   | 2025-03-02 | {status} | ja | tno | 4  | 2  | 60 | 40
    2   | 2025-03-02 |          | ja | tno | 4  | 2  | 60 | 40
    """)
    assert set_aside(draft) == [(2, code)]
    assert codes_of(draft) == [code]


EVENTS = """
#id        | #event        | #when | OK | ORG | T1 | T2 | W  | L
1+base     | base_arm_1    |       | ja | tno | 1  | 2  | 60 | 40
1+follow   | Follow_arm_1  |       | ja | tno | 2  | 2  | 60 | 40
1+screen   | screen_arm_1  |       | ja | tno | 3  | 2  | 60 | 40
1+late     | base_arm_1    | 2025-09-10 | ja | tno | 4  | 2  | 60 | 40
"""
BY_EVENT = {"form": "person", "waves": {"base_arm_1": "spring", "follow_arm_1": "autumn"}}


def test_events_of_the_mapping_file_are_waves_whatever_the_date() -> None:
    draft = drafted(EVENTS, setup(mappings={"ours": BY_EVENT}))
    assert draft.kept is not None
    assert draft.kept.wave.tolist() == [0, 1, 0]
    assert answers_of(draft, "T1") == [1, 2, 4]
    assert set_aside(draft) == [(4, "LCM-222")]


def test_of_a_given_wave_only_its_events_count() -> None:
    draft = drafted(EVENTS, setup(mappings={"ours": BY_EVENT}), wave="autumn")
    assert answers_of(draft, "T1") == [2]
    assert [code for _, code in set_aside(draft)] == ["LCM-243", "LCM-222", "LCM-243"]


def test_events_without_a_mapping_file_need_a_wave_and_with_an_unknown_wave_are_refused() -> None:
    undated = EVENTS.replace("2025-09-10", "")
    assert codes_of(drafted(undated), "error") == ["LCM-212"]
    winter = BY_EVENT | {"waves": {"base_arm_1": "winter"}}
    assert codes_of(drafted(EVENTS, setup(mappings={"ours": winter})), "error") == ["LCM-211"]


def test_a_mapping_file_of_other_events_is_of_another_export() -> None:
    other = {"form": "person", "waves": {"visit_1": "spring"}}
    assert codes_of(drafted(GOOD, setup(mappings={"other": other}))) == []


def test_that_no_column_is_a_question_is_told_before_that_no_date_is_there() -> None:
    strange = "leeftijd | woonplaats\n44 | Zwolle"
    assert codes_of(drafted(strange), "error") == ["LCM-208", "LCM-212"]
