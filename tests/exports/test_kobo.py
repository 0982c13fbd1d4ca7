"""KoboToolbox: the same form in two formats, names and groups, choices, repeats on sheets of their own."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports import repeats
from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import RawTable
from tests.exports.trusted import read
from tests.exports.writers import csv_bytes, xlsx_bytes
from tests.exports.writers.odk import zipped

Reader = Callable[..., RawTable]
PAIRS = (
    "all_geo_types_xml", "customer_satisfaction_labels", "customer_satisfaction_xml",
    "dietary_needs_labels_both", "dietary_needs_xml_both", "dietary_needs_xml_details",
    "dietary_needs_xml_summary", "geojson_and_selects_xml", "grouped_repeatable_xml",
    "grouped_translated_labels_en", "grouped_translated_labels_es", "grouped_translated_xml_dashsep",
    "literacy_test_xml", "nested_grouped_repeatable_xml", "or_other_xml", "restaurant_profile_xml_both",
    "site_inspection_allversions_xml",
)  # fmt: skip


def test_every_pair_in_the_folder_is_compared(real_exports: Path) -> None:
    assert {file.stem for file in (real_exports / "kobo").glob("formpack_*.xlsx")} == {
        f"formpack_{pair}" for pair in PAIRS
    }


@pytest.mark.parametrize("pair", PAIRS)
def test_a_workbook_holds_what_the_csv_of_the_same_form_holds(pair: str, real_exports: Path) -> None:
    """And behind it the repeats, which the tool leaves out of a CSV."""
    text, book = (read(real_exports / f"kobo/formpack_{pair}.{ending}") for ending in ("csv", "xlsx"))
    width = len(text.columns)
    assert book.columns[:width] == text.columns
    assert book.cells.select(text.cells.column_names).equals(text.cells)
    assert book.facts.equals(text.facts)
    repeated = [column.heading for column in book.columns[width:]]
    assert bool(repeated) == (pair in ("grouped_repeatable_xml", "nested_grouped_repeatable_xml"))
    assert all("]/" in heading for heading in repeated)


def column(table: RawTable, heading: str) -> list[str]:
    position = next(one.position for one in table.columns if one.heading == heading)
    found: list[str] = table.cells[str(position)].to_pylist()
    return found


def test_rounds_of_a_repeat_stand_beside_their_submission(real_exports: Path) -> None:
    """By the sheet: peter | kyle, linda | morty | tony, mary | emma, parker | amadou … phillip."""
    table = read(real_exports / "kobo/formpack_grouped_repeatable_xml.xlsx")
    rounds = [
        column(table, f"houshold_member_repeat[{number}]/household_member_name") for number in range(1, 6)
    ]
    assert list(zip(*rounds, strict=True)) == [
        ("peter", "", "", "", ""),
        ("kyle", "linda", "", "", ""),
        ("morty", "", "", "", ""),
        ("tony", "mary", "", "", ""),
        ("emma", "parker", "", "", ""),
        ("amadou", "esteban", "suzie", "fiona", "phillip"),
    ]
    assert table.remarks == ()


def test_a_repeat_in_a_repeat(real_exports: Path) -> None:
    """By the sheets: nest 3 stands in tree 2 of submission 1, and holds eggs 5 and 6."""
    table = read(real_exports / "kobo/formpack_nested_grouped_repeatable_xml.xlsx")
    tree, nest = "group_tree[2]/", "group_tree[2]/group_nest[1]/"
    assert column(table, tree + "What_kind_of_tree_is_this") == ["spruce", "", "spruce", ""]
    assert column(table, nest + "How_high_above_the_ground_is_the_nest") == ["10", "", "10", ""]
    assert column(table, nest + "group_egg[2]/Describe_the_egg") == [
        "reddish-brown; small", "", "reddish-brown; small", "",
    ]  # fmt: skip


def test_a_zip_of_tables_gives_the_columns_of_the_older_flat_export(real_exports: Path) -> None:
    names = ("children_cartoons", "children", "childrens_survey")
    files = {f"{name}.csv": (real_exports / f"kobo/kpi_zipcsv_{name}.csv").read_bytes() for name in names}
    table = parse("download.zip", zipped(files))
    assert table.facts.num_rows == 2
    assert column(table, "children[3]/age") == ["3", ""]
    assert column(table, "children[3]/cartoons[2]/why") == ["He thinks hes smart", ""]
    flat = read(real_exports / "kobo/kpi_legacy_nested_repeats.csv")
    assert "kids/kids_details[1]/kids_immunization[1]/immunization_info" in {
        one.heading for one in flat.columns
    }


MAIN = [["T1", "_id", "_uuid", "_submission_time", "_index"], ["4", "8", "u-8", "2026-03-02T10:00:00", "1"]]
ROUND = ["age", "_index", "_parent_table_name", "_parent_index", "_submission__uuid"]


def book(*rounds: list[str], sheet: str = "kids", main: list[list[str]] = MAIN) -> RawTable:
    return parse("export.xlsx", xlsx_bytes({"Form": main, sheet: [ROUND, *rounds]}))


def test_rounds_that_belong_to_nobody_are_counted() -> None:
    table = book(
        ["5", "1", "Form", "1", "u-8"],
        ["6", "2", "Form", "7", "u-8"],  # no such row
        ["7", "3", "Form", "1", "u-9"],  # the row of somebody else
    )
    assert column(table, "kids[1]/age") == ["5"]
    (remark,) = table.remarks
    assert (remark.code, remark.params) == ("LCM-142", {"table": "kids", "count": 2, "total": 3})


def test_a_repeat_of_a_repeat_that_is_missing_is_not_hung_on_the_submission() -> None:
    table = book(["5", "1", "households", "1", ""])
    assert [one.heading for one in table.columns] == MAIN[0]
    assert [remark.code for remark in table.remarks] == ["LCM-142"]


def test_a_repeat_of_endless_rounds_is_left_out_by_name() -> None:
    rounds = [["5", str(n), "Form", "1", "u-8"] for n in range(1, repeats.MAX_COLUMNS + 2)]
    table = book(*rounds)
    assert len(table.columns) == len(MAIN[0])
    (remark,) = table.remarks
    assert (remark.code, remark.params["table"], remark.params["columns"]) == ("LCM-143", "kids", 2001)


def test_a_sheet_is_found_by_a_name_that_excel_cut() -> None:
    long = "A form with a title: longer than 31 signs"
    sheets = {"A form with a title_ longer...": MAIN, "kids": [ROUND, ["5", "1", long, "1", ""]]}
    assert column(parse("export.xlsx", xlsx_bytes(sheets)), "kids[1]/age") == ["5"]


def test_a_repeat_is_called_the_same_with_and_without_groups_in_the_headings() -> None:
    grouped = [["home/kids/age", *ROUND[1:]], ["5", "1", "Form", "1", ""]]
    table = parse("export.xlsx", xlsx_bytes({"Form": MAIN, "kids": grouped}))
    assert column(table, "home/kids[1]/age") == ["5"]


def codes(text: str) -> list[tuple[str, str, str]]:
    table = parse("export.csv", text.encode())
    return [(one.code, one.text, one.part) for one in table.columns if one.role == "question"]


HEAD = "_id;_uuid;_submission_time;_index\n"
BODY = "1;u;2026-03-02T10:00:00;1\n"


def test_names_with_their_groups_are_known_by_their_last_part() -> None:
    assert codes(f"culture/C1_1;culture/C1_2;{HEAD}4;5;{BODY}") == [("C1_1", "", ""), ("C1_2", "", "")]
    assert codes(f"culture - C1_1;culture - C1_2;{HEAD}4;5;{BODY}") == [("C1_1", "", ""), ("C1_2", "", "")]
    both = codes(f"a/name_of;b/name_of;{HEAD}4;5;{BODY}")
    assert both == [("a/name_of", "", ""), ("b/name_of", "", "")]  # the last part alone says too little


def test_words_may_hold_the_sign_that_parts_groups() -> None:
    heads = "Cultuur/Ik hoor van A en/of B.;Cultuur/Ik zeg wat ik vind."
    assert [text for _, text, _ in codes(f"{heads};{HEAD}4;5;{BODY}")] == [
        "Ik hoor van A en/of B.",
        "Ik zeg wat ik vind.",
    ]


@pytest.mark.parametrize("sign", ["/", " - ", "."])
def test_a_choice_is_known_whatever_parts_it_from_its_question(sign: str) -> None:
    names = sign.join(("help", "money")), sign.join(("help", "time"))
    table = parse("export.csv", f"help;{names[0]};{names[1]};{HEAD}money;1;0;{BODY};;;{BODY}".encode())
    first, *choices = table.columns[:3]
    assert (first.role, [one.role for one in choices]) == ("meta", ["question", "question"])
    assert [(one.code, one.text, one.part) for one in choices] == [
        ("help/money", "help", "money"),
        ("help/time", "help", "time"),
    ]
    assert column(table, names[1]) == ["0", ""]  # not chosen, and not answered


def test_choices_without_the_column_that_joins_them(real_exports: Path) -> None:
    table = read(real_exports / "kobo/formpack_dietary_needs_xml_details.csv")
    assert [(one.text, one.part) for one in table.columns[1:5]] == [
        ("dietary_accommodations", part) for part in ("gluten_free", "vegan", "vegetarian", "lactose_free")
    ]


def test_an_answer_that_only_the_joined_column_holds_is_remarked(real_exports: Path) -> None:
    """Rows 3 and 4 of the file: the question allowed one answer when they came in."""
    table = read(real_exports / "kobo/formpack_restaurant_profile_xml_both.csv")
    (remark,) = table.remarks
    assert (remark.code, remark.params) == ("LCM-146", {"column": "eatery_type", "count": 2})


def test_an_edited_submission_stays_the_same_response() -> None:
    """An edit gives another _uuid; _id and meta/rootUuid stay."""
    head = "T1;_id;_uuid;_submission_time;meta/rootUuid\n"
    table = parse(
        "e.csv", f"{head}4;7;u-2;2026-03-02T10:00:00;uuid:u-1\n5;;u-4;;uuid:u-3\n6;;u-5;;\n".encode()
    )
    assert table.facts["response_id"].to_pylist() == ["7", "u-3", "u-5"]


def test_a_row_of_hxl_tags_is_no_respondent() -> None:
    table = parse("e.csv", f"T1;T2;{HEAD}#affected;;;;;\n4;#goed;{BODY}".encode())
    assert (table.source.header_rows, table.facts["row"].to_pylist()) == (2, [3])


def test_a_row_that_a_reviewer_turned_down_was_finished_all_the_same(real_exports: Path) -> None:
    table = read(real_exports / "kobo/formpack_nested_grouped_repeatable_xml.csv")
    assert table.facts["status"].to_pylist() == ["complete", "rejected"] * 2


def test_late_in_utc_is_said_where_the_form_has_no_clock_of_its_own() -> None:
    row = "4;1;u;2026-03-02T{}:00;1\n"
    late = parse("e.csv", f"T1;{HEAD}{row.format('22:30')}{row.format('21:59')}".encode())
    (remark,) = late.remarks
    assert (remark.code, remark.params) == ("LCM-145", {"column": "_submission_time", "count": 1})
    local = parse(
        "e.csv", f"end;T1;{HEAD}2026-03-03T00:30:00.000+02:00;4;1;u;2026-03-02T22:30:00;1\n".encode()
    )
    assert (local.remarks, local.facts["submitted"][0].as_py().day) == ((), 3)


def test_what_says_who_or_where_somebody_is_goes(real_exports: Path) -> None:
    table = read(real_exports / "kobo/formpack_all_geo_types_xml.csv")
    kept = {one.heading for one in table.columns if one.role == "question"}
    assert kept == {"Just_a_regular_text_question"}
    asked = parse("e.csv", f"wie/phonenumber;simserial;T1;{HEAD}06;8;4;{BODY}".encode())
    assert [one.role for one in asked.columns[:3]] == ["personal", "personal", "question"]


def test_names_that_r_took_offence_at() -> None:
    text = "start,end,culture.C1_1,X_uuid,X_submission_time,X_index,meta.instanceID\n"
    stamp = "2026-03-02T10:00:00.000+01:00"
    table = parse("e.csv", f"{text}{stamp},{stamp},NA,u,2026-03-02T09:00:00,1,uuid:u\n".encode())
    assert (table.source.tool, table.source.certainty) == ("kobo", "sure")
    (question,) = (one for one in table.columns if one.role == "question")
    assert (question.code, "NA" in question.missing) == ("C1_1", True)
    assert table.facts["response_id"].to_pylist() == ["u"]


def test_a_repeat_by_itself_has_no_respondents(real_exports: Path) -> None:
    with pytest.raises(ExportError) as refused:
        read(real_exports / "kobo/kpi_zipcsv_children.csv")
    assert refused.value.messages[0].code == "LCM-140"


def test_another_sheet_is_named_as_not_read() -> None:
    table = parse("e.xlsx", xlsx_bytes({"Form": MAIN, "Notities": [["bel", "terug"], ["1", "2"]]}))
    (remark,) = table.remarks
    assert (remark.code, remark.params) == ("LCM-144", {"table": "Form", "tables": "Notities"})


def test_a_column_of_the_tool_is_known_by_its_exact_name() -> None:
    """A question worded "Status" or "Notes" is a question."""
    table = parse("e.csv", f"Status;Notes;{HEAD}goed;geen;{BODY}".encode())
    assert [one.role for one in table.columns[:2]] == ["question", "question"]


def test_the_workbook_was_looked_at_with_another_library(real_exports: Path) -> None:
    sheets = openpyxl.load_workbook(real_exports / "kobo/formpack_grouped_repeatable_xml.xlsx")
    assert [sheet.max_row for sheet in sheets] == [7, 14]
    text = (real_exports / "kobo/formpack_grouped_repeatable_xml.csv").read_text()
    assert len(list(csv.reader(io.StringIO(text), delimiter=";"))) == 7


def test_two_forms_in_one_zip_are_sent_one_by_one() -> None:
    table = csv_bytes(MAIN)
    with pytest.raises(ExportError) as refused:
        parse("e.zip", zipped({"lente.csv": table, "herfst.csv": table}))
    (message,) = refused.value.messages
    assert (message.code, message.params) == ("LCM-141", {"tables": "lente, herfst"})


def test_row_numbers_of_another_program_make_no_labels_of_names() -> None:
    text = ",start,end,group/T1,_id,_uuid,_submission_time\n0,,,4,1,u,2026-03-02T09:00:00\n"
    assert parse("e.csv", text.encode()).source.variant == "names"
