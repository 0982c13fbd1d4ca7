"""Forms that ask about each of the community's partners, and how an answer about one of them is called."""

import re

from lcmonitor.instruments.model import Codebook

_OF_PARTNER = re.compile(r"(?P<item>.+)\[(?P<partner>[^\[\]]+)\]")


def code_of(item: str, partner: str) -> str:
    """``contact[acme]``: the item as it is asked of one partner."""
    return f"{item}[{partner}]"


def item_and_partner(code: str) -> tuple[str, str]:
    """What ``code_of`` put together; an item that is asked of nobody in particular has no partner: ''."""
    found = _OF_PARTNER.fullmatch(code)
    return (found["item"], found["partner"]) if found else (code, "")


def on_rosters(codebook: Codebook) -> frozenset[str]:
    """Every item that some form asks of each partner."""
    return frozenset(item for form in codebook.forms.values() for item in form.roster)
