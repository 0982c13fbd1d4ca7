"""The same table in every encoding, line end and byte order mark that programs write."""

import codecs
from pathlib import Path

import pytest

from lcmonitor.exports.reading import parse

TEXT = "respondent;Tevredenheid\n1;zéér tevreden – “goed”\n2;naïef €\n"
QUOTED = TEXT.replace("respondent", '"respondent"').replace("Tevredenheid", '"Tevredenheid"')
TWICE_QUOTED = TEXT.replace("respondent", '"\ufeff""respondent"""')
WAYS = {
    "UTF-8": (TEXT.encode(), "utf-8"),
    "UTF-8 with a mark": (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
    "UTF-8 with two marks": (codecs.BOM_UTF8 * 2 + TEXT.encode(), "utf-8-sig"),
    "UTF-16 little end first": (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
    "UTF-16 big end first": (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
    "UTF-16 without a mark": (TEXT.encode("utf-16-le"), "utf-16-le"),
    "Windows-1252": (TEXT.encode("cp1252"), "cp1252"),
    "Windows line ends": (TEXT.replace("\n", "\r\n").encode("cp1252"), "cp1252"),
    "old Macintosh line ends": (TEXT.replace("\n", "\r").encode(), "utf-8"),
    "line ends translated twice": (TEXT.replace("\n", "\r\r\n").encode(), "utf-8"),
    "a mark read as Windows-1252": (("ï»¿" + TEXT).encode(), "utf-8"),
    "a mark that R spelled out": (("<U+FEFF>" + TEXT).encode(), "utf-8"),
    "a mark in R's names": (("ï.." + TEXT).encode(), "utf-8"),
    "a mark in R's other names": (("X.U.FEFF." + TEXT).encode(), "utf-8"),
    "a mark in front of quotes": (("\ufeff\ufeff" + QUOTED).encode(), "utf-8-sig"),
    "a misread mark in front of quotes": (("ï»¿" + QUOTED).encode(), "utf-8"),
    "a mark inside quotes": (QUOTED.replace('"', '"\ufeff', 1).encode(), "utf-8"),
    "a mark and quotes inside quotes": (TWICE_QUOTED.encode(), "utf-8"),
}


@pytest.mark.parametrize(("data", "encoding"), WAYS.values(), ids=WAYS)
def test_the_same_table_comes_out(data: bytes, encoding: str) -> None:
    table = parse("export.csv", data)
    assert table.source.encoding == encoding
    assert [column.heading for column in table.columns] == ["respondent", "Tevredenheid"]
    assert table.cells["1"].to_pylist() == ["zéér tevreden – “goed”", "naïef €"]
    assert table.remarks == ()


def encoded_twice(text: str) -> bytes:
    """As a program does that takes UTF-8 for Windows-1252; most keep the five bytes that it does not have."""
    bytes_ = text.encode()
    return "".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in bytes_).encode()


@pytest.mark.parametrize("word", ["tevreden – “goed”", "café", "CAFÉ", "Österreich", "€ 5", "¿no?", "👍"])
def test_double_encoding_is_undone_and_told(word: str) -> None:
    text = f"respondent;T1 in één geïsoleerd woord\n1;{word}\n"
    table = parse("export.csv", encoded_twice(text))
    assert [remark.code for remark in table.remarks] == ["LCM-136"]
    assert (table.columns[1].heading, table.cells["1"].to_pylist()) == ("T1 in één geïsoleerd woord", [word])


@pytest.mark.parametrize(
    "other", ["ook één goede", "een halve Ã", "👍", "x"], ids=["right", "half", "emoji", "one letter alone"]
)
def test_double_encoding_is_left_alone_where_it_is_not_proven(other: str) -> None:
    letter = "" if other == "x" else "ï"
    data = encoded_twice(f"respondent;T1{letter}\n1;café\n") + f"2;{other}\n".encode()
    table = parse("export.csv", data)
    assert [remark.code for remark in table.remarks] == ["LCM-122"]
    assert table.cells["1"].to_pylist() == ["cafÃ©", other]


DUTCH = "naam;T1\n1;één coördinator\n2;financiële foto’s – café\n3;“Ideeën” en naïef\n"


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_windows_and_an_old_mac_are_told_apart(encoding: str) -> None:
    table = parse("export.csv", DUTCH.encode(encoding))
    assert (table.source.encoding, table.remarks) == (encoding, ())
    assert table.cells["1"].to_pylist() == [
        "één coördinator",
        "financiële foto’s – café",
        "“Ideeën” en naïef",
    ]


def test_a_real_file_as_an_old_mac_saves_it(real_exports: Path) -> None:
    """Made from a real one: 44 signs beyond ASCII, of which four are slips (``didn‘t``, ``don¡t``)."""
    file = real_exports / "limesurvey/stages_of_research_survey_data.csv"
    text = file.read_text(encoding="utf-8-sig")
    assert parse("export.csv", text.encode("mac_roman", "ignore")).source.encoding == "mac_roman"
    assert parse("export.csv", text.encode("cp1252", "ignore")).source.encoding == "cp1252"


def test_one_strange_sign_proves_no_other_encoding_and_is_told() -> None:
    table = parse("export.csv", "naam;T1\n1;ik weet het niet, café\n".encode("mac_roman"))
    assert table.source.encoding == "cp1252"
    assert [(remark.code, remark.params) for remark in table.remarks] == [
        ("LCM-135", {"encoding": "cp1252", "count": 1})
    ]


def test_capitals_with_accents_are_no_double_encoding() -> None:
    assert parse("export.csv", "respondent;T1\n1;NÃO – Âge €\n".encode()).remarks == ()
