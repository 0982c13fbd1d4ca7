"""What is not shown to protect people, counted per reason, and what the signs mean."""

from collections import Counter
from dataclasses import dataclass

from lcmonitor.programme.privacy import Privacy
from lcmonitor.reporting.figures import ACROSS, Figures
from lcmonitor.reporting.numbers import percent
from lcmonitor.reporting.parts import Cell, Fact, Table, Withheld
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import Words

_REASONS = (
    "n_low", "n_low_across", "communities", "response_low", "sensitive", "partners_low", "dominance",
    "shares_low", "uniform", "complementary", "together", "earlier",
)  # fmt: skip
_SYMBOLS = ("c", "x", "z", "b", "low", "u")


@dataclass(frozen=True)
class Count:
    """Figures that are shown, and figures that are not, to protect people."""

    shown: int
    withheld: int


def counted(figures: Figures) -> Count:
    """The one way in which figures are counted: those of ``Subject.once``."""
    status = figures.count("status")
    return Count(status["released"], status["suppressed"])


def withheld(subject: Subject) -> Withheld:
    """Figures of the wave; a distribution or division counts once, as its parts are hidden together."""
    words = subject.words
    counts, count = why(subject), counted(subject.once)
    if not counts:
        return Withheld(words("withheld.none"), None)
    rows = tuple(
        (Cell(reason(subject, key)), Cell(str(counts[key]), "number"))
        for key in sorted(counts, key=lambda key: _REASONS.index(key) if key in _REASONS else len(_REASONS))
    )
    head = (words("withheld.column.reason"), words("withheld.column.count"))
    summary = words("withheld.summary", shown=count.shown, withheld=count.withheld)
    return Withheld(summary, Table(words("withheld.caption"), head, rows))


def why(subject: Subject) -> Counter[str]:
    """How many are hidden for each reason, in the order of their keys."""
    community, found = subject.community.id if subject.community else ACROSS, Counter[str]()
    for given, count in subject.once.count("reason", status="suppressed").items():
        found[reason_of(given, community)] += count
    return Counter(dict(sorted(found.items())))


def reason_of(given: str, community: str) -> str:
    """The key of the words why a figure is hidden."""
    if given == "n_low" and community == ACROSS:
        return "n_low_across"
    return given if given in _REASONS else "other"


def reason(subject: Subject, key: str) -> str:
    """A reason in one sentence, with the threshold that is in force."""
    return told(key, subject.setup.programme.privacy, subject.words)


def told(key: str, rules: Privacy, words: Words) -> str:
    """The same, without a report."""
    return words(f"reason.{key}", **thresholds(rules, words))


def thresholds(rules: Privacy, words: Words) -> dict[str, object]:
    """The settings as they are written."""
    shares = {name: percent(getattr(rules, name), words.language) for name in ("dominance", "response")}
    return rules.model_dump() | shares


def in_force(rules: Privacy, words: Words) -> tuple[str, ...]:
    """All reasons that there can be, each in one sentence."""
    return tuple(told(key, rules, words) for key in _REASONS if key != "response_low" or rules.response)


def symbols(subject: Subject) -> tuple[Fact, ...]:
    """The signs in square brackets, after the shorthand of the British Government Statistical Service."""
    return tuple(Fact(f"[{symbol}]", subject.words(f"symbols.{symbol}")) for symbol in _SYMBOLS)
