"""Typeform, Alchemer, Tally and Formbricks: what their headings say. The tables are made up."""

from collections.abc import Callable

from lcmonitor.exports.table import RawTable

Reader = Callable[..., RawTable]


def questions(table: RawTable) -> list[tuple[str, str]]:
    return [(column.text, column.part) for column in table.columns if column.role == "question"]


def test_typeform_tells_partial_responses_and_dates_them_by_their_last_stage(read_text: Reader) -> None:
    table = read_text("""
#,Hoe gaat het?,Other,Other,token,\
Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags,Ending
a1,goed,,x,tok-a,completed,2026-03-02 10:00:00,,2026-03-02 10:05:00,5f57,,Dank
b2,,,,,partial,2026-03-03 10:00:00,2026-03-03 10:02:00,,5f58,,
c3,,,,,started,2026-03-04 10:00:00,,,5f59,,
""")
    assert table.facts["status"].to_pylist() == ["complete", "incomplete", "incomplete"]
    assert table.facts["response_id"].to_pylist() == ["a1", "b2", "c3"]
    assert [str(moment) for moment in table.facts["submitted"].to_pylist()] == [
        "2026-03-02 10:05:00",
        "2026-03-03 10:02:00",
        "2026-03-04 10:00:00",
    ]
    assert questions(table) == [("Hoe gaat het?", ""), ("Other", ""), ("Other", "")]
    assert [column.heading for column in table.columns if column.role == "personal"] == [
        "token",
        "Network ID",
    ]


def test_alchemer_parts_an_option_from_its_question(read_text: Reader) -> None:
    table = read_text("""
Response ID,Time Started,Date Submitted,Status,Comments,Country,\
Rood:Welke kleur?,Anders::Welke kleur?,Tijd: te veel?,Zie http://example.org,\
Om 9:30:Wanneer?,Om 10:30:Wanneer?,Country,Comments
1,"Mar 2, 2026 10:00:00 AM","Mar 2, 2026 10:05:00 AM",Complete,,NL,Rood,,ja,ja,x,,België,mooi
2,"Mar 3, 2026 10:00:00 AM",,Partial,,NL,,,,,,,,
3,"Mar 4, 2026 10:00:00 AM",,Disqualified,,NL,,,,,,,,
""")
    assert questions(table) == [
        ("Welke kleur?", "Rood"),
        ("Welke kleur?", "Anders"),
        ("Tijd: te veel?", ""),
        ("Zie http://example.org", ""),
        ("Wanneer?", "Om 9:30"),
        ("Wanneer?", "Om 10:30"),
        ("Country", ""),
        ("Comments", ""),
    ]
    assert table.facts["status"].to_pylist() == ["complete", "incomplete", "disqualified"]
    assert [str(moment) for moment in table.facts["submitted"].to_pylist()] == [
        "2026-03-02 10:05:00",
        "2026-03-03 10:00:00",
        "None",
    ]


def test_tally_has_an_option_in_brackets_behind_its_question(read_text: Reader) -> None:
    table = read_text("""
Submission ID,Respondent ID,Submitted at,Welke kleur?,Welke kleur? (Rood (donker)),Leeftijd (in jaren)
PgYbzQ,l0WyWk,2026-03-02 10:05:00,"Rood (donker), Blauw",TRUE,41
""")
    assert (table.source.tool, table.source.certainty) == ("tally", "sure")
    assert questions(table) == [
        ("Welke kleur?", ""),
        ("Welke kleur?", "Rood (donker)"),
        ("Leeftijd (in jaren)", ""),
    ]


def test_tally_questions_that_begin_alike(read_text: Reader) -> None:
    table = read_text("""
Submission ID,Respondent ID,Submitted at,Vervoer,Vervoer (fiets),Vervoer (gisteren),Vervoer (gisteren) (fiets)
PgYbzQ,l0WyWk,2026-03-02 10:05:00,fiets,TRUE,bus,FALSE
""")
    assert questions(table)[-1] == ("Vervoer (gisteren)", "fiets")


def test_formbricks_matrix_option_ids_and_what_it_knows_of_a_person(read_text: Reader) -> None:
    table = read_text("""
No.,Response ID,Timestamp,Finished,Survey ID,Formbricks ID (internal),User ID,\
Tags,source,userAgent - browser,\
1. Welke - en waarom?,1. Welke - en waarom? - Option ID,\
2. Hoe gaat het? - Met u,2. Hoe gaat het? - Met ons - samen,token,person.email
1,cm1,2026-03-02 10:05:00,Yes,cs,cc,u1,"a, b",web,Firefox,Rood,opt1,goed,beter,tok-a,a@example.org
2,cm2,2026-03-02 10:06:00,No,cs,cc,u2,,web,Firefox,,,,,,
""")
    assert questions(table) == [
        ("Welke - en waarom?", ""),
        ("Hoe gaat het?", "Met u"),
        ("Hoe gaat het?", "Met ons - samen"),
    ]
    assert table.facts["status"].to_pylist() == ["complete", "incomplete"]
    assert [column.heading for column in table.columns if column.role == "personal"] == [
        "Formbricks ID (internal)",
        "User ID",
        "userAgent - browser",
        "token",
        "person.email",
    ]
