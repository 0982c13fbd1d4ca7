"""What members wrote in their own words: a page for the community itself, beside no report that leaves it."""

from collections.abc import Iterator

from lcmonitor.disclosure.open_answers import ReleasedTexts
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Wave
from lcmonitor.reporting.brand import brand
from lcmonitor.reporting.pages import MembersPage, Page
from lcmonitor.reporting.parts import Quotes
from lcmonitor.reporting.render import render
from lcmonitor.reporting.words import Words, words


def members_page(texts: ReleasedTexts, setup: Setup, community: Community, wave: Wave) -> str:
    """One HTML page, in the first of the programme's languages."""
    overrides = setup.workspace.report_overrides
    said = words(setup.programme.languages[0], overrides)
    page = Page(
        language=said.language,
        title=f"{said('members.title')} · {community.name}",
        kicker=said.begin(wave.title),
        heading=community.name,
        edition="",
        simulated=setup.programme.simulated,
        home=None,
        languages=(),
        contents=(),
        csv="",
        footer=(said("members.private"),),
        brand=brand(setup),
    )
    quotes = tuple(_quotes(texts, setup, community, wave, said))
    return render(MembersPage(page, said("members.intro"), quotes), said, overrides)


def _quotes(
    texts: ReleasedTexts, setup: Setup, community: Community, wave: Wave, said: Words
) -> Iterator[Quotes]:
    codebook = setup.instrument.at(wave.opens, community.sector)
    fewest = setup.programme.privacy.open_answers
    for item, answers in texts.answers.items():
        if item in codebook.items:
            note = said("members.too_few", open_answers=fewest) if answers is None else ""
            yield Quotes(said.of(codebook.items[item].text), answers or (), note)
