"""Three to five findings in words, made of released figures by fixed rules that never say more than they do.

A difference is named only where its whole interval lies on one side; where too few answered, that is said.
"""

from collections.abc import Iterator
from itertools import chain, islice

from lcmonitor.instruments.model import Indicator
from lcmonitor.reporting import balance, numbers, shown
from lcmonitor.reporting.changes import told_changes
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Finding, FindingKind
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.temple import beside

_MOST, _FEWEST = 5, 3
_EACH = 2  # of one kind, so that no kind crowds out the others
_NARROW = 0.3  # an interval of a share up to this wide allows "about n in 10"


def findings(subject: Subject) -> tuple[Finding, ...]:
    """What stands out first, then what fills up to three, then at most one caution."""
    telling = chain(
        islice(_changed(subject), _EACH),
        islice(_beside_ambition(subject), _EACH),
        islice(_balance(subject), 1),
        islice(_agreement(subject), 1),
        islice(_unchanged(subject), 1),
    )
    found = list(islice(telling, _MOST - 1))
    found += islice(_levels(subject), max(_FEWEST - len(found), 0))
    return (*found, *islice(_cautions(subject, len(found)), 1))


def _finding(
    subject: Subject, kind: FindingKind, text: str, detail: str, href: str, figure: str = ""
) -> Finding:
    word = subject.words(f"findings.kind.{kind}")
    return Finding(kind, word, text, detail, href, figure)


def _changed(subject: Subject) -> Iterator[Finding]:
    """Topics that are clearly higher or lower, the largest difference first."""
    words, earlier = subject.words, subject.earlier
    clear = [(name, change) for name, change in told_changes(subject) if change.word in ("higher", "lower")]
    for name, change in sorted(clear, key=lambda each: -abs(each[1].estimate or 0)):
        title = words.of(subject.indicators[name].title)
        versus = words.of(earlier.title) if earlier else ""
        yield _finding(
            subject,
            "change",
            words(f"findings.{change.word}", title=title, versus=versus),
            words(
                f"findings.change_{_way(subject, change)}",
                difference=shown.difference(change.estimate or 0, "mean", words.language),
                interval=shown.change_interval(change, words).text,
                n=change.n,
                who=subject.who(name),
            ),
            "#changes",
            name,
        )


def _way(subject: Subject, change: Figure) -> str:
    if subject.community is None:
        return "across"
    return "matched" if change.method == "matched" else "unmatched"


def _beside_ambition(subject: Subject) -> Iterator[Finding]:
    """Building blocks whose experience clearly differs from the own ambition, the widest first."""
    words = subject.words
    distances = [(name, subject.ambition(name)) for name in subject.asked("mean")]
    clear = [(name, d) for name, d in distances if d and beside(d, subject.span(name)) in ("above", "below")]
    whole = _of_all(subject)
    for name, distance in sorted(clear, key=lambda each: -abs(each[1].estimate or 0)):
        experience = subject.value(name)
        if experience is None or not experience.shown or distance.reference is None:
            continue
        exact, word = experience.low is None, beside(distance, subject.span(name))
        yield _finding(
            subject,
            "ambition",
            words(f"findings.{word}_ambition", title=words.of(subject.indicators[name].title)),
            words(
                f"findings.ambition_{'exact' if exact else 'detail'}",
                estimate=shown.number(experience.estimate or 0, "mean", words.language),
                interval=shown.interval(experience, "mean", words).text,
                ambition=numbers.number(distance.reference, words.language),
                who=subject.who(name),
            )
            + whole,
            "#temple",
            name,
        )
        whole = ""  # said once, by the first


def _of_all(subject: Subject) -> str:
    """How many lie below and above their ambition, where there are more than are named."""
    told = [beside(subject.ambition(name), subject.span(name)) for name in subject.asked("mean")]
    below, above = told.count("below"), told.count("above")
    if below + above <= _EACH:
        return ""
    of = len(told) - told.count("none")
    return " " + subject.words("findings.ambition_all", below=below, above=above, of=of)


def _balance(subject: Subject) -> Iterator[Finding]:
    """The part that differs most from the own mix, or that none clearly does."""
    words = subject.words
    for number, indicator in enumerate(subject.asked("balance"), 1):
        gaps, division = balance.gaps(subject, indicator), balance.division_of(subject, indicator)
        widest, href = balance.largest(gaps), f"#balance-{number}"
        if widest:
            part = balance.part_label(subject, division, widest.part)
            detail = words(
                f"findings.balance_{'exact' if widest.figure.low is None else 'detail'}",
                part=part,
                share=shown.points(widest.figure.estimate or 0, words.language),
                interval=balance.span(widest.figure, words),
                intended=shown.points(widest.figure.reference or 0, words.language),
                who=subject.who(indicator),
            )
            yield _finding(
                subject,
                "balance",
                words(f"findings.{widest.word}_than_intended", part=part),
                detail,
                href,
                indicator,
            )
        elif gaps:
            yield _finding(
                subject,
                "balance",
                words("findings.near_intended"),
                words("findings.balance_near_detail"),
                href,
                indicator,
            )


def _agreement(subject: Subject) -> Iterator[Finding]:
    """The headline share with the highest estimate, in words as sharp as its interval allows."""
    words = subject.words
    headlines = [name for name, it in subject.asked("share").items() if it.headline]
    pairs = [(name, subject.value(name)) for name in headlines]
    visible = [(name, figure) for name, figure in pairs if figure and figure.shown]
    for name, figure in sorted(visible, key=lambda pair: -(pair[1].estimate or 0)):
        text = _share_in_words(subject, subject.indicators[name], figure)
        if text:
            detail = words(
                "findings.agreement_detail",
                share=shown.number(figure.estimate or 0, "share", words.language),
                interval=shown.interval(figure, "share", words).text,
                n=figure.n,
                who=subject.who(name),
            )
            yield _finding(subject, "agreement", text, detail, "#levels", name)


def _share_in_words(subject: Subject, indicator: Indicator, figure: Figure) -> str:
    words, title = subject.words, subject.words.of(indicator.title)
    low = figure.estimate if figure.low is None else figure.low
    high = figure.estimate if figure.high is None else figure.high
    if (high or 0) - (low or 0) <= _NARROW:
        return words(
            "findings.agreement",
            title=title,
            tenths=numbers.number((figure.estimate or 0) * 10, words.language, 0),
        )
    return words("findings.agreement_most", title=title) if (low or 0) > 0.5 else ""


def _unchanged(subject: Subject) -> Iterator[Finding]:
    """How many topics show no clear difference; not the same as no change."""
    words, earlier, told = subject.words, subject.earlier, told_changes(subject)
    same = sum(change.word == "no_clear_difference" for _, change in told)
    if same and earlier:
        compared = sum(bool(change.word) for _, change in told)
        text = words.count("findings.no_change", same, of=compared, versus=words.of(earlier.title))
        yield _finding(subject, "change", text, words("findings.no_change_detail"), "#changes")


def _levels(subject: Subject) -> Iterator[Finding]:
    """Headline means as they are, one a level."""
    words, told = subject.words, set()
    for name, indicator in subject.asked("mean").items():
        figure, scale = subject.value(name), subject.scale(name)
        if not (indicator.headline and indicator.level and figure and figure.shown and scale):
            continue
        if indicator.level in told:
            continue
        told.add(indicator.level)
        detail = words(
            f"findings.level_{'exact' if figure.low is None else 'detail'}",
            lowest=scale.low,
            highest=scale.high,
            interval=shown.interval(figure, "mean", words).text,
            n=figure.n,
            who=subject.who(name),
        )
        estimate = shown.number(figure.estimate or 0, "mean", words.language)
        text = words("findings.level", title=words.of(indicator.title), estimate=estimate)
        yield _finding(subject, "level", text, detail, "#levels", name)


def _cautions(subject: Subject, found: int) -> Iterator[Finding]:
    """What a reader must know before leaning on the rest; the first that holds."""
    words = subject.words
    if not found:
        yield _finding(
            subject, "caution", words("findings.nothing"), words("findings.nothing_detail"), "#withheld"
        )
    if subject.earlier is None:
        yield _finding(
            subject, "caution", words("findings.first_wave"), words("findings.first_wave_detail"), "#changes"
        )
    broken = sum(change.reason == "series_break" for _, change in told_changes(subject))
    if broken:
        yield _finding(
            subject,
            "caution",
            words("findings.series_break"),
            words.count("findings.series_break_detail", broken),
            "#changes",
        )
    few = sum(change.word == "too_few" for _, change in told_changes(subject))
    if few:
        yield _finding(
            subject,
            "caution",
            words("findings.too_few"),
            words.count("findings.too_few_detail", few),
            "#changes",
        )
    hidden = subject.once.count("status")["suppressed"]
    if hidden and found < _FEWEST:
        yield _finding(
            subject,
            "caution",
            words.count("findings.withheld", hidden),
            words("findings.withheld_detail"),
            "#withheld",
        )
