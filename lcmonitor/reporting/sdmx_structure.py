"""The structure of the SDMX-CSV, as SDMX-JSON 2.1 (sdmx-twg/sdmx-json): its columns and its codes.

The code lists hold the codes that occur. A part, and words that the methods page explains, are plain text:
parts have a colon, which no code of SDMX may have.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from lcmonitor.instruments.model import Text
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.sdmx import AGENCY, EMPTY, STRUCTURE, VALUE, VERSION, attributes
from lcmonitor.reporting.tidy import COUNTS, DIMENSIONS, NUMBERS
from lcmonitor.reporting.words import Words

_SCHEMA = "https://json.sdmx.org/2.1/sdmx-json-structure-schema.json"
_MODEL = "urn:sdmx:org.sdmx.infomodel"
_CONCEPTS = "FIGURES_CONCEPTS"
_TIME, _OBSERVED = "TIME_PERIOD", "OBS_VALUE"
_CODED = (
    "community", "wave", "form", "indicator", "measure", "versus", "group_by", "group_value",
    "statistic", "status", "OBS_STATUS", "CONF_STATUS",
)  # fmt: skip
_KEYS: Mapping[str, Callable[[str], str]] = {  # of the words for a code that the programme does not name
    "measure": lambda code: "sdmx.value" if code == "value" else f"methods_page.called.{code}",
    "statistic": lambda code: f"methods.called.{code}",
    "group_by": lambda code: f"sdmx.group_by.{code}",
    "group_value": lambda code: f"partner_type.{code}",
    "status": lambda code: f"sdmx.status.{code}",
    "OBS_STATUS": lambda code: f"sdmx.obs_status.{code}",
    "CONF_STATUS": lambda code: f"sdmx.conf_status.{code}",
}

Json = dict[str, Any]


def structure(whole: pa.Table, frame: Frame, spoken: Sequence[Words]) -> bytes:
    """Of the edition's table; names in the languages of the programme, the first of them before."""
    programme = frame.setup.programme
    components = {"dataStructureComponents": _components(whole)}
    told = {
        "$schema": _SCHEMA,
        "meta": {
            "id": frame.edition,
            "test": programme.simulated,
            "prepared": frame.wave.closes.isoformat(),
            "contentLanguages": list(programme.languages),
            "sender": {"id": AGENCY, **_named([words.of(programme.title) for words in spoken], spoken)},
        },
        "data": {
            "dataStructures": [_maintained(STRUCTURE, spoken) | components],
            "conceptSchemes": [_maintained(_CONCEPTS, spoken) | {"concepts": list(_concepts(whole, spoken))}],
            "codelists": [
                _maintained(_list(name), spoken)
                | {"isPartial": True, "codes": list(_codes(name, whole, frame.setup, spoken))}
                for name in _CODED
            ],
        },
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _maintained(name: str, spoken: Sequence[Words]) -> Json:
    about = {"id": name, "agencyID": AGENCY, "version": VERSION}
    return about | _named([words("sdmx.title") for words in spoken], spoken)


def _named(texts: Sequence[str], spoken: Sequence[Words]) -> Json:
    """In the first language, and in all of them."""
    return {
        "name": texts[0],
        "names": {words.language: text for words, text in zip(spoken, texts, strict=True)},
    }


def _list(column: str) -> str:
    return f"CL_{column.upper()}"


def _components(whole: pa.Table) -> Json:
    return {
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": [
                {"position": position, **_component(name)} for position, name in enumerate(DIMENSIONS)
            ],
            "timeDimension": {
                **_component(_TIME),
                "localRepresentation": {"format": {"dataType": "TimeRange"}},
            },
        },
        "measureList": {
            "id": "MeasureDescriptor",
            "measures": [_component(VALUE) | {"id": _OBSERVED, "usage": "optional"}],
        },
        "attributeList": {
            "id": "AttributeDescriptor",
            "attributes": [
                {**_component(name), "usage": "optional", "attributeRelationship": {"observation": {}}}
                for name in attributes(whole)
            ],
        },
    }


def _component(column: str) -> Json:
    """A column of the CSV: what it is of, and what may stand in it."""
    concept = _OBSERVED if column == VALUE else column.upper()
    coded = {"enumeration": f"{_MODEL}.codelist.Codelist={AGENCY}:{_list(column)}({VERSION})"}
    plain = {"format": {"dataType": _type(column)}}
    return {
        "id": column.upper(),
        "conceptIdentity": f"{_MODEL}.conceptscheme.Concept={AGENCY}:{_CONCEPTS}({VERSION}).{concept}",
        "localRepresentation": coded if column in _CODED else plain,
    }


def _type(column: str) -> str:
    return "Integer" if column in COUNTS else "Double" if column in NUMBERS else "String"


def _concepts(whole: pa.Table, spoken: Sequence[Words]) -> Iterator[Json]:
    for name in (*DIMENSIONS, VALUE, *attributes(whole)):
        texts = [words(f"data.column.{name}") for words in spoken]
        yield {"id": _OBSERVED if name == VALUE else name.upper(), **_named(texts, spoken)}
    yield {"id": _TIME, **_named([words("sdmx.time") for words in spoken], spoken)}


def _codes(column: str, whole: pa.Table, setup: Setup, spoken: Sequence[Words]) -> Iterator[Json]:
    """Those that occur, in the order of the alphabet."""
    names = [_names(column, setup, words) for words in spoken]
    found = whole[column].unique().to_pylist()
    for code in sorted({code or EMPTY[column] for code in found if code or column in EMPTY}):
        texts = [
            known.get(code) or words(_KEYS[column](code)) for known, words in zip(names, spoken, strict=True)
        ]
        yield {"id": code, **_named(texts, spoken)}


def _communities(setup: Setup) -> Mapping[str, str]:
    """By name those that agreed to be named to the funder."""
    return {
        name: one.name if one.openness.named_to_funder else name for name, one in setup.communities.items()
    }


def _names(column: str, setup: Setup, words: Words) -> Mapping[str, str]:
    """What codes are called by SDMX and by the programme."""
    titles: Mapping[str, Text] = {}
    if column in ("wave", "versus"):
        titles = {wave.id: wave.title for wave in setup.programme.waves}
    elif column == "form":
        titles = setup.instrument.forms
    elif column == "indicator":
        titles = {name: one.title for name, one in setup.instrument.every_indicator.items()}
    elif column == "group_value":
        titles = {name: one.title for name, one in setup.instrument.sectors.items()}
    named = _communities(setup) if column == "community" else {}
    special = {"_T": words("revision.programme"), "_Z": words("sdmx.none")}
    return {**{name: words.of(title) for name, title in titles.items()}, **named, **special}
