"""Zips: a download is read as it is; one that was made to hurt is refused."""

import io
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports import packed
from lcmonitor.exports.limits import LIMITS
from lcmonitor.exports.reading import parse
from lcmonitor.exports.recognise import recognition
from tests.exports.writers import xlsx_bytes
from tests.exports.writers.odk import zipped

TABLE = b"T1,T2\n4,5\n"


def code_of(data: bytes) -> str:
    with pytest.raises(ExportError) as refused:
        parse("export.zip", data)
    return refused.value.messages[0].code


def test_a_zip_of_one_table_is_that_table() -> None:
    table = parse("export.zip", zipped({"Mijn enquête/antwoorden.csv": TABLE}))
    assert (table.source.file, table.source.tool, table.source.variant) == ("export.zip", "generic", "csv")
    assert table.cells.to_pylist() == [{"0": "4", "1": "5"}]


def test_a_zip_of_a_workbook() -> None:
    table = parse("export.zip", zipped({"antwoorden.xlsx": xlsx_bytes({"Blad1": [["T1"], ["4"]]})}))
    assert table.cells.to_pylist() == [{"0": "4"}]


@pytest.mark.parametrize(
    "file", ["spss/pyreadstat_sample.zsav", "spss/pyreadstat_sample.por", "stata/pyreadstat_sample.dta"]
)
def test_a_zip_of_a_data_file_is_that_file(file: str, real_exports: Path) -> None:
    data = (real_exports / file).read_bytes()
    assert parse("export.zip", zipped({Path(file).name: data})).cells.equals(parse(file, data).cells)


def test_what_a_mac_and_respondents_add_is_passed_over() -> None:
    extra = {
        "__MACOSX/._export.csv": b"\0\1",
        ".DS_Store": b"\0",
        "media/foto.jpg": b"\xff\xd8",
        "leeg.csv": b"",
    }
    assert parse("export.zip", zipped({**extra, "export.csv": TABLE})).facts.num_rows == 1


def test_a_fault_in_a_table_names_the_table() -> None:
    with pytest.raises(ExportError) as refused:
        parse("export.zip", zipped({"antwoorden.csv": b"T1,T2\n4\n"}))
    assert refused.value.messages[0].place == "export.zip › antwoorden"


@pytest.mark.parametrize(
    "path", ["../../etc/export.csv", "/etc/export.csv", "C:\\win\\export.csv", "a\nb\x1b[1m.csv"]
)
def test_a_path_is_only_a_name(path: str) -> None:
    other = zipped({path: TABLE, "two.csv": TABLE})
    with pytest.raises(ExportError) as refused:
        parse("export.zip", other)
    (message,) = refused.value.messages
    assert message.code == "LCM-123"
    assert not set(str(message.params["sheets"])) & set("/\\\n\x1b")


def test_a_bomb() -> None:
    assert code_of(zipped({"export.csv": bytes(LIMITS.unpacked + 1)})) == "LCM-149"


def test_more_tables_than_a_form_has() -> None:
    many = {f"{number}.csv": TABLE for number in range(packed.MAX_TABLES + 1)}
    assert code_of(zipped(many)) == "LCM-149"


def test_a_zip_in_a_zip() -> None:
    assert code_of(zipped({"export.csv": zipped({"export.csv": TABLE})})) == "LCM-106"


def test_two_workbooks_are_sent_one_by_one() -> None:
    book = xlsx_bytes({"Blad1": [["T1"], ["4"]]})
    assert code_of(zipped({"een.xlsx": book, "twee.xlsx": book})) == "LCM-141"


def test_a_size_that_lies() -> None:
    data = zipped({"export.csv": TABLE * 1000})
    honest = struct.pack("<I", len(TABLE) * 1000)
    assert code_of(data.replace(honest, struct.pack("<I", 10))) == "LCM-114"


def test_a_zip_with_a_password() -> None:
    data = bytearray(zipped({"export.csv": TABLE}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    assert code_of(bytes(data)) == "LCM-106"


def test_bits_that_fell_over_never_end_in_anything_but_a_code() -> None:
    whole = zipped({"export.csv": TABLE * 50, "two.csv": TABLE})
    for at in range(0, len(whole), 3):
        broken = bytearray(whole)
        broken[at] ^= 0x5A
        with suppress(ExportError):
            recognition(parse("export.zip", bytes(broken)))


def test_a_zip_compressed_in_other_ways() -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", method) as archive:
            archive.writestr("export.csv", TABLE)
        assert parse("export.zip", stream.getvalue()).facts.num_rows == 1
