"""The public log beside the editions: of each what it changed, and why."""

from collections.abc import Iterator, Sequence

from lcmonitor.programme.load import Setup
from lcmonitor.reporting.brand import brand
from lcmonitor.reporting.changed import entry
from lcmonitor.reporting.dates import day
from lcmonitor.reporting.pages import CorrectionsPage, Page
from lcmonitor.reporting.parts import Changed, Link
from lcmonitor.reporting.revision import explained, from_json
from lcmonitor.reporting.shelf import Kept
from lcmonitor.reporting.words import Words, words

CORRECTIONS = "corrections"


def corrections_page(editions: Sequence[Kept], setup: Setup, said: Words) -> CorrectionsPage:
    """``editions``: the approved ones. What was approved last comes first."""
    in_order = sorted(
        (one for one in editions if one.approved), key=lambda one: str(one.approved), reverse=True
    )
    return CorrectionsPage(
        page=Page(
            language=said.language,
            title=f"{said('revision.log.title')} · {said.of(setup.programme.title)}",
            kicker=said.of(setup.programme.title),
            heading=said("revision.log.title"),
            edition="",
            simulated=setup.programme.simulated,
            home=Link(said("revision.log.home"), f"index.{said.language}.html"),
            languages=tuple(_languages(setup, said)),
            contents=(),
            csv="",
            footer=(said("page.made"),),
            brand=brand(setup),
        ),
        editions=tuple(_edition(one, in_order, setup, said) for one in in_order),
    )


def _languages(setup: Setup, said: Words) -> Iterator[Link]:
    for language in setup.programme.languages:
        called = words(language)("language")
        yield Link(called, f"{CORRECTIONS}.{language}.html", language, language == said.language)


def _edition(one: Kept, editions: Sequence[Kept], setup: Setup, said: Words) -> Changed:
    """A reason that was written after the edition was made stands here, where the report has none."""
    assert one.approved
    on = day(one.approved.astimezone(setup.programme.timezone).date(), said)
    title = said("revision.log.edition", wave=said.begin(one.facts["title"]), edition=one.id, day=on)
    since, told = one.facts.get("since"), map(from_json, one.facts.get("changes", ()))
    before = next((each.approved for each in editions if each.id == since and each.approved), None)
    known = [each if each.reasons or not before else explained(each, setup, before.date()) for each in told]
    intro = (
        said("revision.since" if known else "revision.nothing", edition=since)
        if since
        else said("revision.first")
    )
    return Changed(title, intro, tuple(entry([each], setup, said) for each in known))
