"""What stands around every report of an edition: names, languages, links, notes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lcmonitor.errors import Language
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave
from lcmonitor.reporting.brand import brand
from lcmonitor.reporting.changed import changed
from lcmonitor.reporting.dates import day
from lcmonitor.reporting.pages import Page
from lcmonitor.reporting.parts import Changed, Link
from lcmonitor.reporting.revision import Change, Whose
from lcmonitor.reporting.status import draft
from lcmonitor.reporting.words import Words


@dataclass(frozen=True)
class Frame:
    """The same for all reports of an edition."""

    setup: Setup
    wave: Wave
    edition: str
    languages: tuple[tuple[Language, str], ...]  # code, and what the language calls itself
    since: str | None = None  # the edition that was approved before
    changes: tuple[Change, ...] = ()  # beside that one

    def page(
        self, words: Words, heading: str, path: str, contents: tuple[Link, ...] = (), data: bool = True
    ) -> Page:
        """The frame of the page at ``path``, which is written without language and ending.

        ``data``: its figures lie beside it as CSV.
        """
        programme = self.setup.programme
        kicker, wave = words.of(programme.title), words.of(self.wave.title)
        up = "../" * path.count("/")
        name = path.rsplit("/", 1)[-1]
        home, methods = (
            None if name == to else Link(words(f"page.{called}"), f"{up}{to}.{words.language}.html")
            for to, called in (("index", "home"), ("methods", "methods"))
        )
        return Page(
            language=words.language,
            title=f"{heading} · {wave} · {kicker}",
            kicker=kicker,
            heading=heading,
            edition=self.edition,
            simulated=programme.simulated,
            home=home,
            languages=tuple(
                Link(called, f"{name}.{language}.html", language, language == words.language)
                for language, called in self.languages
            ),
            contents=contents,
            csv=f"{name}.csv" if data else "",
            footer=tuple(self._footer(words, kicker, heading, wave)),
            methods=methods,
            about=tuple(self._about(words)),
            brand=brand(self.setup),
            status=draft(words),
        )

    def changed(self, words: Words, about: Collection[Whose] | None = None, named: bool = True) -> Changed:
        """The box that says what this edition changes of ``about``, or of everything, and in its methods.

        ``named``: also communities that did not agree to be shown by name.
        """
        told = [one for one in self.changes if about is None or one.kind == "method" or one.whose in about]
        return changed(self.since, told, self.setup, words, named)

    def _about(self, words: Words) -> Iterator[str]:
        yield words("layout.about", edition=self.edition, reported=day(self.wave.reported, words))
        if self.setup.programme.contact:
            yield words("layout.contact", contact=self.setup.programme.contact)

    def _footer(self, words: Words, kicker: str, heading: str, wave: str) -> list[str]:
        programme = self.setup.programme
        notes = [words("page.cite", programme=kicker, title=heading, wave=wave, edition=self.edition)]
        if programme.contact:
            notes.append(words("page.contact", contact=programme.contact))
        return [*notes, words("page.print"), words("layout.hashes"), words("page.made")]
