"""What the data of an edition are, for machines that look for data: schema.org's Dataset, as JSON-LD."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import pyarrow as pa

from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.status import DATASET, draft_facts
from lcmonitor.reporting.tidy import TITLES
from lcmonitor.reporting.words import Words

DESCRIPTION = DATASET


@dataclass(frozen=True)
class Format:
    """A file that holds all figures of an edition; its name is how its words are found."""

    name: str
    file: str
    media: str


FORMATS = (
    Format("csv", "figures.csv", "text/csv"),
    Format("xlsx", "figures.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    Format("parquet", "figures.parquet", "application/vnd.apache.parquet"),
    Format("sdmx", "figures.sdmx.csv", "application/vnd.sdmx.data+csv; version=2.0.0"),
    Format("structure", "structure.sdmx.json", "application/vnd.sdmx.structure+json; version=2.1.0"),
)


def cite(frame: Frame, words: Words) -> str:
    """How to refer to the data."""
    return words("data.cite", **_titles(frame, words), edition=frame.edition)


def terms(frame: Frame, words: Words) -> list[str]:
    """What someone who uses the data has to know."""
    programme = frame.setup.programme
    licence = [words("data.license", license=programme.license)] if programme.license else []
    return [cite(frame, words), *licence]


def caution(frame: Frame, words: Words) -> list[str]:
    """That nobody should draw conclusions, where the data are simulated."""
    return [words("page.simulated.title")] if frame.setup.programme.simulated else []


def described(whole: pa.Table, content: Mapping[str, bytes], frame: Frame, spoken: Sequence[Words]) -> bytes:
    """The Dataset, in every language of the programme; addresses are those beside it.

    ``content``: of each file of FORMATS.
    """
    programme = frame.setup.programme
    facts = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        **_called([words("data.name", **_titles(frame, words)) for words in spoken]),
        "description": " ".join(
            sentence for words in spoken for sentence in (words("data.description"), *caution(frame, words))
        ),
        "inLanguage": list(programme.languages),
        "version": frame.edition,
        **draft_facts(DESCRIPTION),
        "creator": {"@type": "Organization", **_called([words.of(programme.title) for words in spoken])},
        "creditText": cite(frame, spoken[0]),
        **({"license": programme.license} if programme.license else {}),
        "temporalCoverage": _days(whole, frame),
        "variableMeasured": [_variable(one, spoken) for one in _indicators(whole)],
        "distribution": [_download(one, content[one.file]) for one in FORMATS],
    }
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()


def _called(titles: Sequence[str]) -> dict[str, Any]:
    """The name in the programme's first language, and in the others where it is another."""
    others = [title for title in titles[1:] if title != titles[0]]
    return {"name": titles[0], **({"alternateName": others} if others else {})}


def _titles(frame: Frame, words: Words) -> dict[str, str]:
    return {"programme": words.of(frame.setup.programme.title), "wave": words.of(frame.wave.title)}


def _days(whole: pa.Table, frame: Frame) -> str:
    """From the first to the last day of the waves that are in it."""
    seen = set(whole["wave"].unique().to_pylist())
    waves = [wave for wave in frame.setup.programme.waves if wave.id in seen]
    first, last = min(wave.opens for wave in waves), max(wave.closes for wave in waves)
    return f"{first.isoformat()}/{last.isoformat()}"


def _indicators(whole: pa.Table) -> list[dict[str, str]]:
    """Name and titles of each that has figures."""
    names = whole.select(["indicator", *TITLES]).group_by(["indicator", *TITLES], use_threads=False)
    return sorted(names.aggregate([]).to_pylist(), key=itemgetter("indicator"))


def _variable(indicator: Mapping[str, str], spoken: Sequence[Words]) -> dict[str, Any]:
    titles = _called([indicator[f"title_{words.language}"] for words in spoken])
    return {"@type": "PropertyValue", "propertyID": indicator["indicator"], **titles}


def _download(one: Format, content: bytes) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "contentUrl": one.file,
        "encodingFormat": one.media,
        "contentSize": f"{len(content)} B",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
