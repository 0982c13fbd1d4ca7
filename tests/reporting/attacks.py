"""A programme in which everything that people write is an attack."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from typing import Any

from pydantic import BaseModel

from lcmonitor.errors import LANGUAGES, Language
from lcmonitor.programme.explanations import Explanations
from lcmonitor.programme.load import Setup

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "\"' onmouseover=alert(3) x=\"'",
    "</style><style>*{display:none}</style>",
    "</title></svg></table></script><svg onload=alert(4)>",
    "[x](javascript:alert(5)) javascript:alert(6)",
    "{{1789*1867}} {% raw %} ${1789*1867} @1@ %s {0}",
    "=HYPERLINK(\"http://attack.invalid/\",\"x\")",
    "&lt;b&gt; &amp;amp; <!-- --> ]]>",
    "url(http://attack.invalid/a.png) @import 'http://attack.invalid/'; } * {",
    "\u202egnikcatta\u202c \u2066\u2067x",
    "ze\u200bro\u200d\ufeffwidth",
    "مرحبا بالعالم שלום עולם",
    "👩🏽‍🚀🏳️‍🌈🇳🇱 \U0001f4a9",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
    "<a href=//attack.invalid>",
)  # fmt: skip
_WRITTEN = {"name", "short_name", "website", "contact", "choice", "funders", "also", "question", "license"}


def attacked(setup: Setup) -> Setup:
    """Titles, names, purposes, fillings, questions, answers: each another attack, over and over."""
    source = cycle(ATTACKS)
    instrument = replace(
        setup.instrument,
        codebook=_hostile(setup.instrument.codebook, source),
        blocks=_hostile(setup.instrument.blocks, source),
        indicators=_hostile(setup.instrument.indicators, source),
    )
    return replace(
        setup,
        programme=_hostile(setup.programme, source),
        communities=_hostile(setup.communities, source),
        instrument=instrument,
        explanations={
            name: {setup.programme.waves[-1].id: _explained(setup, source)} for name in setup.communities
        },
    )


def _explained(setup: Setup, source: Iterator[str]) -> Explanations:
    """A community that says something of every figure, whether it is among the findings or not."""

    def said() -> dict[Language, str]:
        return {"nl": f"{next(source)}\n\n{next(source)}", "en": next(source)}

    figures = {name: said() for name in setup.instrument.indicators}
    return Explanations(by=next(source), general=said(), figures=figures)


def _hostile(value: Any, source: Iterator[str], written: bool = False) -> Any:
    """The same with every text that is read by people replaced."""
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        return value.model_copy(
            update={name: _hostile(one, source, name in _WRITTEN) for name, one in fields.items()}
        )
    if isinstance(value, dict) and set(value) == set(LANGUAGES) and all(map(_is_text, value.values())):
        attack = next(source)
        return {language: f"{attack} {language}" for language in value}
    if isinstance(value, dict):
        return {key: _hostile(one, source, written) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_hostile(one, source, written) for one in value)
    return next(source) if written and _is_text(value) and value else value


def _is_text(value: object) -> bool:
    return isinstance(value, str)
