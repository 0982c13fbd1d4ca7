"""Modules of a form, which an export may leave out."""

from tests.intake.drawn import GOOD, answers_of, codes_of, drafted


def test_a_module_may_be_absent_whole_and_is_told_of() -> None:
    (note,) = drafted(GOOD).findings
    assert (note.message.code, note.severity, note.message.params["items"]) == ("LCM-223", "note", "M1, M2")


def test_a_module_is_asked_whole_or_not_at_all() -> None:
    whole = drafted("""
    #id | #when      | OK | ORG | T1 | T2 | W  | L  | M1 | M2
    1   | 2025-03-02 | ja | tno | 4  | 2  | 60 | 40 | 3  | 3
    """)  # fmt: skip
    assert not whole.findings
    part = drafted("""
    #id | #when      | OK | ORG | T1 | T2 | W  | L  | M1
    1   | 2025-03-02 | ja | tno | 4  | 2  | 60 | 40 | 3
    """)  # fmt: skip
    assert codes_of(part, "warning") == ["LCM-219"]
    assert answers_of(part, "M2") == [-101]
