"""A large programme of the bench's own: its instrument, its communities, and a store full of answers."""

import json
from datetime import date
from pathlib import Path

from lcmonitor.instruments.load import load_instrument
from lcmonitor.intake.responses import Missing
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Programme
from lcmonitor.programme.workspace import Workspace
from lcmonitor.store.store import writing

ROWS, COMMUNITIES, WAVES, PARTNERS = 1_000_000, 400, 8, 8
ITEMS = tuple(f"i{number:02d}" for number in range(40))
CODES, AGREES_FROM = range(1, 6), 4
CONSTRUCTS = {f"c{at // 3:02d}": ITEMS[at : at + 3] for at in range(0, len(ITEMS), 3)}  # the last has one
REVERSED = ITEMS[1::3]
_STATISTICS = ("mean", "share", "distribution")
_TYPES = ("company_sme", "company_large", "applied_university", "government")


def setup(folder: Path, together: bool = False) -> Setup:
    """The instrument as files in ``folder``, read back by the real loader; the rest as it would be read.

    ``together``: what goes together as well.
    """
    instrument = folder / "surveys" / "bench"
    instrument.mkdir(parents=True, exist_ok=True)
    for name, content in (("codebook", _codebook()), ("indicators", _indicators(together))):
        # JSON is YAML too.
        (instrument / f"{name}.yml").write_text(json.dumps(content), encoding="utf-8")
    waves = [
        {
            "id": f"w{n}",
            "title": _both(f"w{n}"),
            "opens": date(2021 + n, 4, 1),
            "closes": date(2021 + n, 4, 30),
        }
        for n in range(WAVES)
    ]
    programme = Programme.model_validate(
        {"id": "bench", "title": _both("bench"), "instrument": "bench", "waves": waves}
    )
    communities = {f"lc{n:03d}": _community(f"lc{n:03d}") for n in range(COMMUNITIES)}
    return Setup(Workspace(folder), programme, communities, load_instrument(instrument, folder))


def fill(path: Path) -> None:
    """A store of ROWS responses: in every wave the same people, a tenth of them without a key to follow.

    Answers lean on the person, 3 % are missing; everything comes from hashes, so every run has the same.
    """
    answers = ",\n".join(
        f"""CASE WHEN hash(i, '{item}') % 100 < 3 THEN {Missing.NOT_ANSWERED:d}
        ELSE 1 + hash(person) % 3 + hash(i, '{item}') // 100 % 3 END::TINYINT AS {item}"""
        for item in ITEMS
    )
    people = ROWS // WAVES
    query = f"""CREATE TABLE responses_participant AS
    SELECT format('lc{{:03d}}', person % {COMMUNITIES}) AS community, sha256('delivery') AS delivery,
        format('w{{}}', wave) AS wave, i::VARCHAR AS response_id, i::INTEGER AS row,
        make_timestamp(2021 + wave, 4, 2, 12, 0, 0) AS submitted,
        CASE hash(i) % 20 WHEN 0 THEN 'break_off' WHEN 1 THEN 'partial' ELSE 'complete' END AS completeness,
        CASE WHEN hash(person) // 3 % 10 > 0 THEN sha256(person::VARCHAR) END AS panel_key,
        format('p{{}}', hash(person) // 30 % {PARTNERS}) AS partner, {answers}
    FROM (SELECT i, i % {people} AS person, i // {people} AS wave FROM range({ROWS}) AS numbers(i))
    ORDER BY community, wave, i"""
    with writing(path) as store:
        store.connection.execute(query)


def _codebook() -> dict[str, object]:
    five = {"codes": {code: _both(str(code)) for code in CODES}, "agrees_from": AGREES_FROM}
    items = {item: {"text": _both(item), "scale": "five", "reversed": item in REVERSED} for item in ITEMS}
    form = {
        "title": _both("participant"),
        "items": [*ITEMS, "organisation"],
        "population": "participants",
        "key": "token",
    }
    return {
        "id": "bench",
        "title": _both("bench"),
        "scales": {"five": five},
        "items": {**items, "organisation": {"text": _both("organisation"), "type": "partner"}},
        "constructs": {
            name: {"title": _both(name), "items": list(items)} for name, items in CONSTRUCTS.items()
        },
        "forms": {"participant": form},
    }


def _indicators(together: bool) -> dict[str, object]:
    words = {name: _both("x") for name in ("title", "unit", "reading")}
    family = {"form": "participant", "of": [*CONSTRUCTS], "statistics": [*_STATISTICS]}
    response = {"statistic": "response", "form": "participant", **words}
    names = list(CONSTRUCTS)
    pairs = {"statistic": "association", "form": "participant", **words}
    pairs |= {"among": names[:8], "beside": names[8:]}
    more = {"together": pairs} if together else {}
    return {
        **more,
        "phrases": dict.fromkeys(_STATISTICS, words),
        "families": [family],
        "response": response,
    }


def _community(name: str) -> Community:
    partners = [{"id": f"p{n}", "name": f"P{n}", "type": _TYPES[n % len(_TYPES)]} for n in range(PARTNERS)]
    profile = {"valid_from": date(2020, 1, 1), "scale": "meso", "phase": "start", "purpose": _both("x")}
    people = ROWS // WAVES // COMMUNITIES
    return Community.model_validate(
        {
            "id": name,
            "name": name,
            "started": date(2020, 1, 1),
            "profile": [profile],
            "partners": partners,
            "eligible": {f"w{wave}": people * 5 // 4 for wave in range(WAVES)},
        }
    )


def _both(text: str) -> dict[str, str]:
    return {"nl": text, "en": text}
