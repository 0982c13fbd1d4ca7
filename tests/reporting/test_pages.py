"""What the reports say, on figures whose meaning is known."""

import math
import re
from dataclasses import replace

import pytest

from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.errors import Language
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.answers import answers
from lcmonitor.reporting.changes import changes
from lcmonitor.reporting.edition import Edition
from lcmonitor.reporting.figures import Figures, figures
from lcmonitor.reporting.findings import _levels, findings
from lcmonitor.reporting.levels import levels
from lcmonitor.reporting.parts import Plot
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.temple import temple
from lcmonitor.reporting.words import words
from tests.reporting.drawn import read, texts
from tests.reporting.figures import released


def _subject(setup: Setup, table: ReleasedTable, name: str, language: Language = "nl") -> Subject:
    community = setup.communities.get(name)
    known = figures(table).get(name, Figures())
    return Subject(setup, setup.programme.waves[-1], words(language), known, community)


def _text(edition: Edition, name: str) -> str:
    page = (edition.folder / name).read_text(encoding="utf-8")
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("</style>")[1]).split())


def _matched(estimate: float, word: str) -> dict[str, object]:
    return {"estimate": estimate, "low": estimate - 0.2, "high": estimate + 0.2, "word": word, "n": 20.0}


def test_participation_comes_before_any_outcome(edition: Edition) -> None:
    page = _text(edition, "communities/delta.nl.html")
    assert page.index("Wie deden mee") < page.index("Wat opvalt") < page.index("Uitkomsten op drie niveaus")
    assert re.search(r"Respons van deelnemers \d+ van 40 \d+%", page)


def test_a_community_below_the_threshold_shows_participation_and_its_own_blocks_only(
    edition: Edition,
) -> None:
    page = _text(edition, "communities/hof.nl.html")
    assert "Er zijn te weinig antwoorden om uitkomsten te tonen" in page
    assert "Minder dan 5 mensen gaven antwoord." in page
    assert "De learning community als tempel" in page
    assert not re.search(r"gemiddeld \d,\d", page)


@pytest.mark.parametrize("name", ["delta", "linde", "hof", "oever", ""])
def test_there_are_never_more_than_five_findings(setup: Setup, table: ReleasedTable, name: str) -> None:
    assert 1 <= len(findings(_subject(setup, table, name))) <= 5


def test_three_findings_where_there_is_anything_to_tell(setup: Setup, table: ReleasedTable) -> None:
    assert len(findings(_subject(setup, table, "delta"))) >= 3


def test_whether_people_see_the_same_stands_beside_their_answers(setup: Setup, edition: Edition) -> None:
    low = {"estimate": 0.55, "word": "divided"}
    table = released(setup, trust_consensus=low, safety_consensus={"estimate": 0.81, "word": "shared"})
    notes = [note for plot in answers(_subject(setup, table, "delta")).plots for note in plot.notes]
    assert any("Verdeeld" in note and "Onderling vertrouwen (0,55)" in note for note in notes)
    assert any("Gedeeld beeld" in note and "Veiligheid om te leren (0,81)" in note for note in notes)
    assert "Hoeveel learning communities van elkaar verschillen" in _text(edition, "programme.nl.html")
    assert "r_wg" not in _text(edition, "communities/hof.nl.html").split("Hoe de cijfers")[0]


def test_a_finding_names_a_change_only_with_the_word_for_it(setup: Setup) -> None:
    clear = {"estimate": 0.6, "low": 0.2, "high": 1.0}
    told = findings(_subject(setup, released(setup, measure_change=clear | {"word": "higher"}), "delta"))
    assert any("Gedeelde visie: hoger dan in najaar 2024" in finding.text for finding in told)
    silent = findings(
        _subject(setup, released(setup, measure_change=clear | {"word": "no_clear_difference"}), "delta")
    )
    assert not any("hoger dan in" in finding.text for finding in silent)
    assert any("geen duidelijk verschil" in finding.text for finding in silent)


@pytest.mark.parametrize(
    ("indicator", "who"),
    [("knowledge_and_skills_mean", "alle 5 deelnemers"), ("absorption_mean", "alle 5 organisaties")],
)
def test_who_answered_is_called_what_the_form_is_for(setup: Setup, indicator: str, who: str) -> None:
    changed: dict[str, dict[str, object]] = {
        "learning_culture_mean": {"n": 2.0},
        "passing_on_mean": {"n": 2.0},
        indicator: {"n": 5.0, "population": 5.0, "low": math.nan, "high": math.nan},
    }
    told = _levels(_subject(setup, released(setup, **changed), "delta"))
    assert any(who in finding.detail for finding in told)


def test_few_answers_are_called_too_few_to_tell(setup: Setup) -> None:
    few = released(setup, measure_change={"estimate": 0.6, "low": -0.2, "high": 1.4, "word": "too_few"})
    told = findings(_subject(setup, few, "delta"))
    assert any("te weinig antwoorden om te zeggen" in finding.text for finding in told)


def test_the_first_wave_is_compared_with_nothing(
    setup: Setup, table: ReleasedTable, edition: Edition
) -> None:
    page = _text(edition, "communities/oever.en.html")
    assert "There is no earlier wave to compare with" in page
    assert "0.0" not in page.split("Change between waves")[2][:400]


def test_what_credits_the_community_is_never_compared_over_time(setup: Setup, table: ReleasedTable) -> None:
    society = levels(_subject(setup, table, "delta"))[2]
    attribution = [
        row for plot in society.plots for row in plot.table.rows if row[0].text == "Bijdrage aan de opgave"
    ]
    assert attribution
    assert all(row[-1].text in ("–", row[3].text) for row in attribution)


def test_the_temple_sets_the_experience_beside_the_own_ambition(setup: Setup, table: ReleasedTable) -> None:
    subject = _subject(setup, table, "delta")
    assert subject.community
    built = temple(subject, subject.community)
    stones = {stone.title: stone for pillar in (*built.pillars, built.foundation) for stone in pillar.stones}
    assert [pillar.id for pillar in built.pillars] == ["purpose", "structure", "process", "culture"]
    vision = stones["Gedeelde visie"]
    assert (vision.status_word, vision.filling, vision.ambition_text) == (
        "Ingevuld",
        "Op één vel.",
        "4,2",
    )
    assert vision.ambition
    assert vision.ambition.at == 80.0  # 4.2 on a scale from 1 to 5
    assert vision.experience
    assert stones["Tijd"].status_word == "Bewust niet van toepassing"
    assert built.title == "1 bouwsteen ingevuld, 1 in ontwikkeling, 1 bewust niet van toepassing"


def test_an_ambition_is_named_only_where_the_whole_interval_lies_on_one_side(setup: Setup) -> None:
    def word(low: float, high: float) -> str:
        distance: dict[str, object] = {"estimate": (low + high) / 2, "low": low, "high": high}
        subject = _subject(setup, released(setup, measure_ambition=distance), "delta")
        assert subject.community
        stones = [s for p in temple(subject, subject.community).pillars for s in p.stones]
        return next(stone.word for stone in stones if stone.title == "Gedeelde visie")

    assert word(-0.9, -0.1) == "lager dan de ambitie"
    assert word(0.1, 0.9) == "hoger dan de ambitie"
    assert word(-0.1, 0.9) == "geen duidelijk verschil"


def test_where_many_lie_off_their_ambition_it_says_how_many(setup: Setup) -> None:
    delta = setup.communities["delta"]
    set_for = [delta.blocks[0].model_copy(update={"block": name}) for name in setup.instrument.blocks]
    striving = delta.model_copy(update={"blocks": tuple(set_for)})
    many = replace(setup, communities={**setup.communities, "delta": striving})
    below: dict[str, object] = {"estimate": -0.9, "low": -1.2, "high": -0.6}
    table = released(many, measure_ambition=below)
    rows = table.rows
    count = len(
        rows.query(
            "community == 'delta' and wave == @many.programme.waves[-1].id and "
            "measure == 'ambition' and status == 'released'"
        )
    )
    told = [one.detail for one in findings(_subject(many, table, "delta")) if one.kind == "ambition"]
    assert count > 2
    assert len(told) == 2
    assert (
        f"Van de {count} onderwerpen met een eigen ambitie en een cijfer liggen er {count} duidelijk onder"
        in told[0]
    )
    assert "onderwerpen met een eigen ambitie" not in told[1]


def test_a_chart_shows_what_its_table_says(setup: Setup, table: ReleasedTable) -> None:
    """The dot of each row lies where the table's number is; the strip runs from 6 (1) to 256 pixels (5)."""
    plots = [plot for level in levels(_subject(setup, table, "delta")) for plot in level.plots if plot.svg]
    assert plots
    for plot in plots:
        told = [row[1].text.removesuffix(" [u]") for row in plot.table.rows if row[1].kind == "number"]
        assert _dots(plot) == [float(text.replace(",", ".")) for text in told]
        assert set(told) <= set(texts(str(plot.svg)))


def _dots(plot: Plot) -> list[float]:
    dots = read(str(plot.svg), fill="--now", kind="circle")
    return [round(1 + (dot.x - 6) / (256 - 6) * 4 + 1e-9, 1) for dot in dots]


def test_the_programme_lists_only_communities_that_agreed_to_be_named(edition: Edition) -> None:
    page = _text(edition, "programme.nl.html")
    assert "Delta" in page
    assert "Oever" not in page
    assert "1 community wordt in dit rapport niet bij naam genoemd." in page


def test_communities_stand_in_alphabetical_order(edition: Edition) -> None:
    page = (edition.folder / "programme.nl.html").read_text(encoding="utf-8")
    rows = re.findall(r'<th scope="row"><a href="communities/(\w+)', page)
    assert rows == ["delta", "hof", "linde"]


def test_intervals_of_differences_are_written_in_one_way(setup: Setup) -> None:
    above: dict[str, object] = {"estimate": 0.2, "low": 0.0, "high": 0.5, "method": "matched", "n": 20.0}
    told = changes(_subject(setup, released(setup, measure_change=above), "delta"))
    assert told.table
    assert {row[4].text for row in told.table.rows if row[4].text != "–"} == {"0,0 tot 0,5"}
    assert any("Trek ze dus niet van elkaar af." in note for note in told.notes)


@pytest.mark.parametrize("name", ["delta", "hof", "linde"])
def test_figures_are_counted_in_one_way_everywhere(edition: Edition, name: str) -> None:
    own = re.search(r"(\d+) cijfers getoond, (\d+) weggelaten", _text(edition, f"communities/{name}.nl.html"))
    assert own
    told = f"{own[1]} van {int(own[1]) + int(own[2])}"
    for page in ("index.nl.html", "programme.nl.html"):
        rows = (edition.folder / page).read_text(encoding="utf-8").split("<tr>")
        assert any(f"communities/{name}.nl.html" in row and f">{told}<" in row for row in rows), page


@pytest.mark.parametrize("word", ["benchmark", "norm is", "score van", "rangorde:", "beste community"])
def test_no_norm_sneaks_in(edition: Edition, word: str) -> None:
    assert not any(
        word in _text(edition, f"{name}.nl.html").lower() for name in ("programme", "communities/delta")
    )


def test_both_languages_say_the_same_numbers(edition: Edition) -> None:
    def numbers(language: str) -> list[str]:
        page = (edition.folder / f"communities/delta.{language}.html").read_text(encoding="utf-8")
        return re.findall(r"<td>([^<]*)</td>", page)

    dutch = [
        text.replace(",", ".").replace(" tot ", " to ").replace(" van ", " of ") for text in numbers("nl")
    ]
    assert dutch == numbers("en")
