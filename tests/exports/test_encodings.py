"""The same table in every encoding, line end and byte order mark that programs write."""

import codecs

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


@pytest.mark.parametrize("word", ["tevreden – “goed”", "café", "CAFÉ", "Österreich", "€ 5", "¿no?", "👍"])
def test_double_encoding_is_remarked(word: str) -> None:
    twice = f"respondent;T1\n1;{word}\n".encode().decode("cp1252", "ignore").encode()
    assert [remark.code for remark in parse("export.csv", twice).remarks] == ["LCM-122"]


def test_capitals_with_accents_are_no_double_encoding() -> None:
    assert parse("export.csv", "respondent;T1\n1;NÃO – Âge €\n".encode()).remarks == ()
