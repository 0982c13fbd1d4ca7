"""What the workspace says, as rows: who takes part, and what was asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from lcmonitor.instruments.load import Instrument
from lcmonitor.instruments.model import Codebook, Form, Indicator, Text
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Dated, Programme, Wave

Row = dict[str, Any]


def tables(setup: Setup) -> Mapping[str, Sequence[Row]]:
    """The rows of every table of definitions, by its name in schema.sql."""
    by_community: dict[str, Callable[[Community], Iterator[Row]]] = {
        "community": _profiles,
        "intended_mix": _intended,
        "partner": _partners,
        "eligible": _eligible,
        "block_filling": _fillings,
    }
    by_codebook: dict[str, Callable[[Codebook], Iterator[Row]]] = {
        "form": _forms,
        "item": _items,
        "construct_item": _constructs,
        "division_part": _divisions,
        "scale_code": _codes,
    }
    return {
        **{
            name: [row for community in setup.communities.values() for row in make(community)]
            for name, make in by_community.items()
        },
        **{name: list(_per_codebook(setup, make)) for name, make in by_codebook.items()},
        "programme": [_programme(setup.programme)],
        "wave": [_wave(wave) for wave in setup.programme.waves],
        "block": list(_blocks(setup.instrument)),
        "indicator_definition": list(_indicators(setup.instrument)),
    }


def _per_codebook(setup: Setup, rows: Callable[[Codebook], Iterator[Row]]) -> Iterator[Row]:
    """The rows of every wave's codebook, once for each sector that a community has."""
    for wave in setup.programme.waves:
        for sector in sorted({community.sector or "" for community in setup.communities.values()}):
            codebook = setup.instrument.at(wave.opens, sector or None)
            yield from ({"wave": wave.id, "sector": sector, **row} for row in rows(codebook))


def _texts(name: str, text: Text | None) -> Row:
    return {f"{name}_{language}": text[language] if text else None for language in ("nl", "en")}


def _period(dated: Dated) -> Row:
    return {"valid_from": dated.valid_from, "valid_to": dated.valid_to}


def _programme(programme: Programme) -> Row:
    return {
        "programme": programme.id,
        **_texts("title", programme.title),
        "simulated": programme.simulated,
    }


def _wave(wave: Wave) -> Row:
    dates = {"opens": wave.opens, "closes": wave.closes}
    return {"wave": wave.id, **_texts("title", wave.title), **dates, "kind": wave.kind}


def _profiles(community: Community) -> Iterator[Row]:
    for profile in community.profile:
        yield {
            "community": community.id,
            "name": community.name,
            "sector": community.sector or "",
            "started": community.started,
            "ends": community.ends,
            "scale": profile.scale,
            "phase": profile.phase,
            **_texts("purpose", profile.purpose),
            **_period(profile),
        }


def _intended(community: Community) -> Iterator[Row]:
    for profile in community.profile:
        for division, parts in profile.intended.items():
            for part, share in parts.items():
                row = {"community": community.id, "division": division, "part": part, "share": share}
                yield {**row, **_period(profile)}


def _partners(community: Community) -> Iterator[Row]:
    for partner in community.partners:
        yield {
            "community": community.id,
            "partner": partner.id,
            "name": partner.name,
            "type": partner.type,
            "role": partner.role,
            "joined": partner.joined,
            "left_on": partner.left,
        }


def _eligible(community: Community) -> Iterator[Row]:
    for wave, eligible in community.eligible.items():
        for partner, participants in (eligible if isinstance(eligible, dict) else {"": eligible}).items():
            key = {"community": community.id, "wave": wave}
            yield {**key, "partner": partner, "participants": participants}


def _fillings(community: Community) -> Iterator[Row]:
    for filling in community.blocks:
        yield {
            "community": community.id,
            "block": filling.block,
            "status": filling.status,
            **_texts("filling", filling.filling),
            "ambition": filling.ambition,
            "ambition_set_on": filling.ambition_set_on,
            **_period(filling),
        }


def _blocks(instrument: Instrument) -> Iterator[Row]:
    for name, block in instrument.blocks.items():
        fields = {
            "code": block.code,
            "pillar": block.pillar,
            "evidence": block.evidence,
            "source": block.source,
        }
        yield {"block": name, **_texts("title", block.title), **fields}


def _indicators(instrument: Instrument) -> Iterator[Row]:
    for sector, indicators in {"": instrument.indicators, **instrument.sector_indicators}.items():
        for name, indicator in indicators.items():
            yield {"sector": sector, "indicator": name, **_indicator(indicator)}


def _indicator(indicator: Indicator) -> Row:
    return {
        **_texts("title", indicator.title),
        "statistic": indicator.statistic,
        "of": indicator.of or "",
        "form": indicator.form,
        "level": indicator.level or "",
        "pillar": indicator.pillar or "",
        "kind": indicator.kind,
        **_texts("unit", indicator.unit),
        **_texts("reading", indicator.reading),
    }


def _forms(codebook: Codebook) -> Iterator[Row]:
    for name, form in codebook.forms.items():
        yield {"form": name, **_texts("title", form.title), "population": form.population}


def _items(codebook: Codebook) -> Iterator[Row]:
    for form_name, form in codebook.forms.items():
        for position, (module, name) in enumerate(_asked(form), start=1):
            item = codebook.items[name]
            yield {
                "form": form_name,
                "item": name,
                "position": position,
                "module": module,
                "type": item.type,
                "scale": item.scale or "",
                **_texts("text", item.text),
                "reversed": item.reversed,
                "kind": item.kind,
                "core": item.core,
                "sensitive": item.sensitive,
                "cycle": item.cycle or "",
            }


def _asked(form: Form) -> Iterable[tuple[str, str]]:
    """Module ('' = always asked) and item, in the order of the form, its roster last."""
    yield from (("", item) for item in form.items)
    yield from ((module, item) for module, items in form.modules.items() for item in items)
    yield from (("", item) for item in form.roster)


def _constructs(codebook: Codebook) -> Iterator[Row]:
    for name, construct in codebook.constructs.items():
        facts = {
            "construct": name,
            **_texts("title", construct.title),
            "kind": construct.kind,
            "level": construct.level or "",
            "pillar": construct.pillar or "",
            "block": construct.block or "",
            "formative": construct.formative,
        }
        yield from ({**facts, "item": item} for item in construct.items)


def _divisions(codebook: Codebook) -> Iterator[Row]:
    for name, division in codebook.divisions.items():
        facts = {"division": name, **_texts("title", division.title), "total": division.total}
        yield from ({**facts, "part": part, "item": item} for part, item in division.parts.items())


def _codes(codebook: Codebook) -> Iterator[Row]:
    for name, scale in codebook.scales.items():
        for code, text in (scale.codes | scale.missing).items():
            yield {
                "scale": name,
                "code": code,
                **_texts("text", text),
                "missing": code in scale.missing,
                "agrees": _agrees(code, scale.agrees_from, code in scale.missing),
            }


def _agrees(code: int, agrees_from: int | None, missing: bool) -> bool | None:
    return None if agrees_from is None or missing else code >= agrees_from
