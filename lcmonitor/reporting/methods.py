"""How each figure was made: questions, scale, formula, uncertainty, missing answers, number of people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from lcmonitor.instruments.model import Codebook, Indicator, Scale
from lcmonitor.instruments.series import measured_by
from lcmonitor.reporting import shown
from lcmonitor.reporting.figures import PROGRAMME, Figure
from lcmonitor.reporting.parts import Fact, Method, Question
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import Words


@dataclass(frozen=True)
class Source:
    """What indicators have in common that are made of the same answers."""

    of: str | None
    form: str
    pairs: str = ""  # the indicator itself, of what is set beside each other


def methods(subject: Subject) -> tuple[Method, ...]:
    """The formulas, then one for each set of answers that figures are made of, with every statistic of it."""
    asked = subject.asked()
    ways = _ways(subject, asked)
    topics = (_method(subject, source, made, ways) for source, made in by_source(asked).items())
    return (_formulas(subject, ways), *topics)


Ways = Mapping[str, Sequence[str]]  # statistic -> how its uncertainty is reckoned in this report


def _ways(subject: Subject, asked: Mapping[str, Indicator]) -> Ways:
    ways: dict[str, list[str]] = {}
    for name, indicator in asked.items():
        figure, known = _telling(subject, name), ways.setdefault(indicator.statistic, [])
        if figure and figure.method and figure.method not in known:
            known.append(figure.method)
    return ways


def _formulas(subject: Subject, ways: Ways) -> Method:
    """What is the same for all topics is said once; where there are more ways, each has a letter."""
    words = subject.words
    facts = [Fact(words("methods.missing"), words("methods.missing_scale"))]
    for statistic, known in ways.items():
        marked = [f"{_letter(way, known)}{words(f'methods.method.{way}')}" for way in known]
        text = " ".join([words(f"methods.statistic.{statistic}"), *marked])
        facts.append(Fact(words(f"methods.called.{statistic}"), text))
    facts += [_lookup(subject, name) for name in list(subject.asked())[:1]]
    return Method("method-formulas", words("layout.formulas"), (), tuple(facts))


def _lookup(subject: Subject, indicator: str) -> Fact:
    """How to ask ``lcmonitor explain`` for a figure of this report."""
    place = subject.community.id if subject.community else PROGRAMME
    figure = "/".join(filter(None, (place, subject.wave.id, indicator, subject.sector)))
    return Fact(subject.words("methods.ids"), subject.words("methods.lookup", figure=figure))


def _letter(way: str, known: Sequence[str]) -> str:
    return f"({ascii_lowercase[known.index(way)]}) " if len(known) > 1 else ""


def by_source(indicators: Mapping[str, Indicator]) -> Mapping[Source, Mapping[str, Indicator]]:
    """Indicators that are made of the same answers, together; in the order of the first of them."""
    sources: dict[Source, dict[str, Indicator]] = {}
    for name, indicator in indicators.items():
        pairs = name if indicator.among else ""
        sources.setdefault(Source(indicator.of, indicator.form, pairs), {})[name] = indicator
    return sources


def _method(subject: Subject, source: Source, made: Mapping[str, Indicator], ways: Ways) -> Method:
    words, first = subject.words, next(iter(made))
    return Method(
        id=f"method-{first}",
        title=words.of(made[first].title),
        questions=tuple(questions(made[first].of or "", subject.codebook, words)),
        facts=tuple(_facts(subject, source, made, ways)),
    )


def questions(of: str, codebook: Codebook, words: Words) -> Iterator[Question]:
    """As they were asked: of an item, a construct or a division, with what a division shares out first."""
    division = codebook.divisions.get(of)
    if division and division.question:
        yield Question(words.of(division.question), "")
    for item in measured_by(codebook, of):
        definition = codebook.items[item]
        yield Question(words.of(definition.text), words("methods.reversed") if definition.reversed else "")


def _facts(subject: Subject, source: Source, made: Mapping[str, Indicator], ways: Ways) -> Iterator[Fact]:
    words, scale = subject.words, subject.scale(next(iter(made)))
    if source.form:
        yield Fact(words("methods.form"), words.of(subject.codebook.forms[source.form].title))
    if scale:
        yield Fact(words("methods.scale"), _scale(subject, scale))
        if missing := _missing(subject, source):
            yield Fact(words("methods.missing"), missing)
    if any(indicator.kind == "attribution" for indicator in made.values()):
        yield Fact(words("methods.kind"), words("methods.attribution"))
    for name, indicator in made.items():
        yield Fact(words(f"methods.called.{indicator.statistic}"), _statistic(subject, name, indicator, ways))
    yield Fact(words("methods.ids"), ", ".join(made))


def _statistic(subject: Subject, name: str, indicator: Indicator, ways: Ways) -> str:
    """How to read the figure, which way its uncertainty is reckoned, and of how many people it is."""
    figure, known = _telling(subject, name), ways[indicator.statistic]
    letter = _letter(figure.method, known) if figure and figure.method else ""
    return f"{subject.words.of(indicator.reading)} {letter}{_population(subject, figure)}"


def _telling(subject: Subject, name: str) -> Figure | None:
    """The figure itself; of a distribution or division any part, as all have the same n and method."""
    values = subject.about(name)
    return next((figure for figure in values if figure.status == "released"), next(iter(values), None))


def _scale(subject: Subject, scale: Scale) -> str:
    words = subject.words
    told = ", ".join(f"{code} = {words.of(scale.codes[code])}" for code in sorted(scale.codes))
    left_out = ", ".join(words.of(text) for text in scale.missing.values())
    return f"{told}; {words('methods.scale_missing', labels=left_out)}" if left_out else told


def _missing(subject: Subject, source: Source) -> str:
    """Nothing where it is as is said of all."""
    if source.of is None and not source.pairs:
        return subject.words("methods.missing_response")
    form = subject.codebook.forms.get(source.form)
    if form and form.roster:
        return subject.words("methods.missing_roster")
    construct = subject.codebook.constructs.get(source.of or "")
    if construct and construct.needed:
        return subject.words.count("methods.missing_needed", construct.needed)
    return "" if construct or source.pairs else subject.words("methods.missing_item")


def _population(subject: Subject, figure: Figure | None) -> str:
    words = subject.words
    if figure is None or figure.n is None:
        return words("methods.population_absent", absent=shown.absent(figure, words).text)
    if figure.population is None:
        records = bool(figure.form) and subject.codebook.forms[figure.form].counts == "records"
        return words(f"methods.population_{'records' if records else 'unknown'}", n=figure.n)
    return words("methods.population_text", n=figure.n, population=figure.population)
