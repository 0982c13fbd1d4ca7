"""Plain tables: item codes or questions as headings, from any program."""

from collections.abc import Callable

from lcmonitor.exports.table import RawTable

Reader = Callable[..., RawTable]

PLAIN = """
respondent_id,submitted,status,token,e-mail,T1,Hoe gaat het? [Met u],
r1,2026-03-02,complete,tok-a,a@example.org,4,goed,
r2,2026-03-03,test,,b@example.org,NA,,
r3,,incomplete,,c@example.org,,nan,
"""


def test_facts_are_found_by_plain_names(read_text: Reader) -> None:
    table = read_text(PLAIN)
    assert (table.source.tool, table.source.certainty) == ("generic", "unknown")
    assert table.facts["response_id"].to_pylist() == ["r1", "r2", "r3"]
    assert table.facts["status"].to_pylist() == ["complete", "test", "incomplete"]
    assert table.facts["token"].to_pylist() == ["tok-a", None, None]
    assert [str(moment)[:10] for moment in table.facts["submitted"].to_pylist()] == [
        "2026-03-02",
        "2026-03-03",
        "None",
    ]


def test_words_for_a_response_that_was_not_finished(read_text: Reader) -> None:
    table = read_text("""
        id;status;T1
        1;Onvolledig;3
        2;Partial;4
        3;Voltooid;5
        4;;2
        5; TEST ;2
    """)
    assert table.facts["status"].to_pylist() == ["incomplete", "incomplete", "complete", "complete", "test"]


def test_a_code_is_a_code_and_a_question_is_words(read_text: Reader) -> None:
    columns = read_text(PLAIN).columns
    assert (columns[5].code, columns[5].text, columns[5].role) == ("T1", "", "question")
    assert (columns[6].code, columns[6].text, columns[6].part) == ("", "Hoe gaat het?", "Met u")


def test_words_for_nothing_stay_words(read_text: Reader) -> None:
    cells = read_text(PLAIN).cells
    assert cells["5"].to_pylist() == ["4", "NA", ""]
    assert cells["6"].to_pylist() == ["goed", "", "nan"]


def test_a_column_without_heading_is_named_by_its_letter(read_text: Reader) -> None:
    assert (read_text(PLAIN).columns[7].heading, read_text(PLAIN).columns[7].role) == ("[H]", "meta")
    filled = read_text(",T1,\n0,4,x\n1,5,\n")
    assert [(column.heading, column.role) for column in filled.columns] == [
        ("[A]", "meta"),
        ("T1", "question"),
        ("[C]", "question"),
    ]


def test_no_token_and_no_address_is_left_where_others_look(read_text: Reader) -> None:
    table = read_text(PLAIN)
    assert "tok-a" not in str(table.cells.to_pydict()) + str(table.columns) + str(table.source)
    assert "example.org" not in str(table.cells.to_pydict()) + str(table.facts.to_pydict())


def test_a_heading_in_bold_is_no_web_page(read_text: Reader) -> None:
    columns = read_text("<b>Hoe gaat het?</b>;T2\n4;5\n").columns
    assert (columns[0].text, columns[0].heading) == ("Hoe gaat het?", "<b>Hoe gaat het?</b>")
    assert read_text("<U+FEFF>T1;T2\n4;5\n").columns[0].code == "T1"


def test_an_unfinished_row_is_dated_by_another_stamp_that_is_there(read_text: Reader) -> None:
    table = read_text("""
        id;submitted;status;datestamp;started;T1
        1;2026-03-02;complete;2026-03-09;2026-03-01;4
        2;;incomplete;2026-03-04;2026-03-03;4
        3;;incomplete;;2026-03-05;4
        4;;complete;2026-03-06;2026-03-06;4
    """)
    days = [str(moment)[:10] for moment in table.facts["submitted"].to_pylist()]
    assert days == ["2026-03-02", "2026-03-04", "2026-03-05", "None"]
