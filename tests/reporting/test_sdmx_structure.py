"""The structure beside the SDMX-CSV, read by itself: every column and every code of the data is in it.

Its form was held against the JSON schema of sdmx-twg/sdmx-json 2.1, which is not in this repository.
"""

import csv
import io
import json
import re
from typing import Any

import pytest

from lcmonitor.reporting.edition import Edition

_ID = re.compile(r"[A-Za-z0-9_@$-]+")  # what SDMX allows in a code
_NC_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")  # and in the id of a component

Json = Any


@pytest.fixture(scope="module")
def told(edition: Edition) -> Json:
    return json.loads((edition.folder / "structure.sdmx.json").read_bytes())


@pytest.fixture(scope="module")
def rows(edition: Edition) -> list[dict[str, str]]:
    text = (edition.folder / "figures.sdmx.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def components(told: Json) -> dict[str, Json]:
    """Every component by its id, as a column of the CSV is headed."""
    (structure,) = told["data"]["dataStructures"]
    parts = structure["dataStructureComponents"]
    dimensions = [*parts["dimensionList"]["dimensions"], parts["dimensionList"]["timeDimension"]]
    found = [*dimensions, *parts["measureList"]["measures"], *parts["attributeList"]["attributes"]]
    return {one["id"]: one for one in found}


@pytest.fixture(scope="module")
def lists(told: Json) -> dict[str, Json]:
    """By the address that a component names."""
    form = "urn:sdmx:org.sdmx.infomodel.codelist.Codelist={agencyID}:{id}({version})"
    return {form.format(**one): one for one in told["data"]["codelists"]}


def test_it_is_the_structure_that_the_data_name(told: Json, rows: list[dict[str, str]]) -> None:
    (structure,) = told["data"]["dataStructures"]
    name = "{agencyID}:{id}({version})".format(**structure)
    assert {row["STRUCTURE_ID"] for row in rows} == {name}


def test_every_column_is_a_component_and_every_component_a_column(
    components: dict[str, Json], rows: list[dict[str, str]]
) -> None:
    assert [*rows[0]][3:] == [*components]
    assert all(_NC_NAME.fullmatch(name) for name in components)


def test_every_component_has_its_concept(told: Json, components: dict[str, Json]) -> None:
    (scheme,) = told["data"]["conceptSchemes"]
    form = "urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={agencyID}:{id}({version}).".format(**scheme)
    known = {form + one["id"] for one in scheme["concepts"]}
    assert {one["conceptIdentity"] for one in components.values()} == known


def test_every_code_of_the_data_is_in_the_list_of_its_column(
    components: dict[str, Json], lists: dict[str, Json], rows: list[dict[str, str]]
) -> None:
    coded = {
        name: one["localRepresentation"]["enumeration"]
        for name, one in components.items()
        if "enumeration" in one["localRepresentation"]
    }
    assert set(coded.values()) == set(lists)
    assert {"COMMUNITY", "WAVE", "INDICATOR", "MEASURE", "OBS_STATUS", "CONF_STATUS"} < set(coded)
    for name, address in coded.items():
        codes = [code["id"] for code in lists[address]["codes"]]
        assert set(codes) == {row[name] for row in rows} - {""}, name
        assert len(set(codes)) == len(codes)
        assert all(map(_ID.fullmatch, codes)), name


def test_what_is_a_number_in_the_data_is_one_in_the_structure(
    components: dict[str, Json], rows: list[dict[str, str]]
) -> None:
    for name, one in components.items():
        kind = one["localRepresentation"].get("format", {}).get("dataType")
        texts = [row[name] for row in rows if row[name]]
        if kind == "Integer":
            assert all(map(str.isdigit, texts)), name
        elif kind == "Double":
            assert all(map(float, [text for text in texts if float(text)])), name
    kinds = {one["localRepresentation"].get("format", {}).get("dataType") for one in components.values()}
    assert kinds == {None, "Integer", "Double", "String", "TimeRange"}


def test_every_code_says_in_both_languages_what_it_means(lists: dict[str, Json]) -> None:
    for one in lists.values():
        for code in one["codes"]:
            assert set(code["names"]) == {"nl", "en"}
            assert code["name"] == code["names"]["nl"]
            unnamed = code["id"] == "oever"  # a community that did not agree to be named to the funder
            assert all(text and (text == code["id"]) == unnamed for text in code["names"].values()), code
