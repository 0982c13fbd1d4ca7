"""Who took part: before any outcome, so that nobody reads more into it than those who answered."""

from collections.abc import Sequence

from lcmonitor.reporting import rows, shown
from lcmonitor.reporting.charts import draw
from lcmonitor.reporting.figures import EVERYONE, Figure
from lcmonitor.reporting.parts import Cell, Plot, Table, Tile
from lcmonitor.reporting.subject import Subject

_COUNTED = ("response", "coverage", "attendance", "retention")
_ROOM = 24  # pixels for the bar below a label


def tiles(subject: Subject) -> tuple[Tile, ...]:
    """Response, then partner coverage, of the forms that were used; then who comes, who stays, diversity."""
    counted = [name for statistic in _COUNTED for name in subject.asked(statistic)]
    made = [_tile(subject, name) for name in counted]
    made += [_number(subject, name) for name in subject.asked("diversity")]
    return tuple(tile for tile in made if tile)


def _number(subject: Subject, indicator: str) -> Tile | None:
    """A figure that is no share."""
    words, figure, definition = subject.words, subject.value(indicator), subject.indicators[indicator]
    if figure is None or not figure.shown:
        return None
    value = shown.number(figure.estimate or 0, definition.statistic, words.language)
    return Tile(words.of(definition.title), value, None, "", words.of(definition.unit))


def _tile(subject: Subject, indicator: str) -> Tile | None:
    words, figure = subject.words, subject.value(indicator)
    label = words.of(subject.indicators[indicator].title)
    if figure is None or figure.status == "not_applicable":
        return None
    if not figure.shown:
        value = shown.absent(figure, words).text if figure.n is None else str(figure.n)
        return Tile(
            label, value, None, "", "" if figure.n is None else words("participation.population_unknown")
        )
    return Tile(
        label=label,
        value=shown.n_of(figure, words),
        share=min(figure.estimate or 0, 1),
        share_text=shown.number(figure.estimate or 0, "response", words.language),
        note=_before(subject, indicator),
    )


def _before(subject: Subject, indicator: str) -> str:
    words, earlier = subject.words, subject.earlier
    figure = subject.value(indicator, earlier) if earlier else None
    if not earlier or not figure or not figure.shown:
        return ""
    share = shown.number(figure.estimate or 0, "response", words.language)
    return words("participation.before", wave=words.begin(earlier.title), value=share)


def note(subject: Subject, answered: bool) -> str:
    """What to bear in mind; of the forms that were used who is in n as well, and how answers weigh."""
    words = subject.words
    told = [tell(subject, name) for name in subject.asked("response") for tell in (_in_part, _weighing)]
    return " ".join([words("participation.small" if answered else "participation.none"), *filter(None, told)])


def _in_part(subject: Subject, indicator: str) -> str:
    """Why n may be more than those who took part."""
    whole, all_ = subject.value(indicator), subject.value(indicator, part=EVERYONE)
    if whole is None or all_ is None or whole.n is None or all_.n is None or not (whole.shown and all_.shown):
        return ""
    more, form = all_.n - whole.n, subject.words.of(subject.indicators[indicator].title)
    return subject.words.count("participation.in_part", more, form=form) if more > 0 else ""


def _weighing(subject: Subject, indicator: str) -> str:
    """Nothing of a form that does not weigh, and of one that nobody answered."""
    words = subject.words
    effect, number = (subject.value(indicator, part=part) for part in ("design_effect", "effective_n"))
    if effect is None or number is None or effect.status in ("not_applicable", "not_answered"):
        return ""
    form = words.of(subject.indicators[indicator].title)
    if effect.status == "not_available":
        return words("participation.not_weighted", form=form)
    if not (effect.shown and number.shown):
        return words("participation.weighted_hidden", form=form)
    decimals = shown.number(effect.estimate or 0, "mean", words.language)
    return words("participation.weighted", form=form, number=round(number.estimate or 0), effect=decimals)


def by_type(subject: Subject) -> Plot | None:
    """Response per type of partner; None where it was not released for any."""
    words = subject.words
    groups = [
        figure
        for name in subject.asked("response")
        for figure in subject.about(name, group_by="partner_type")
        if not figure.part  # strictly counted: without partly filled in questionnaires
    ]
    if not any(figure.shown for figure in groups):
        return None
    named = [(words(f"partner_type.{figure.group_value}"), figure) for figure in groups]
    drawn = rows.levelled([rows.of_share(number, *pair, words) for number, pair in enumerate(named)])
    head = tuple(words(f"participation.column.{column}") for column in ("group", "answered", "share"))
    cells = tuple((Cell(label), *_answered(figure, subject)) for label, figure in named)
    return Plot(
        id="by-type",
        title=_types_finding(subject, groups),
        subtitle=words("participation.by_type_subtitle"),
        summary=words.sentence([" ".join(cell.text for cell in row) for row in cells]),
        table=Table(words("participation.by_type"), head, cells),
        svg=draw("bars", drawn, "by-type", y_step=rows.step(drawn, _ROOM)),
        notes=_hidden(subject, [label for label, figure in named if figure.status == "suppressed"]),
    )


def _types_finding(subject: Subject, groups: Sequence[Figure]) -> str:
    """From the lowest to the highest share; they are counts of everyone invited, not estimates."""
    words = subject.words
    shares = sorted(figure.estimate or 0 for figure in groups if figure.shown)
    low, high = (shown.number(share, "response", words.language) for share in (shares[0], shares[-1]))
    key = "single" if len(shares) == 1 else "equal" if low == high else "range"
    return words(f"charts.types.{key}", low=low, high=high)


def _hidden(subject: Subject, labels: Sequence[str]) -> tuple[str, ...]:
    return (subject.words("participation.hidden", groups=", ".join(labels)),) if labels else ()


def _answered(figure: Figure, subject: Subject) -> tuple[Cell, Cell]:
    share = shown.estimate(figure, "response", subject.words)
    return Cell(shown.n_of(figure, subject.words), "number") if figure.shown else Cell("–", "number"), share
