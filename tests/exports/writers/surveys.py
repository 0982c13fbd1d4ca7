"""Small surveys with answers that break careless readers, for Hypothesis to choose from."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.exports.writers import Answer, Kind, Question, Respondent, Survey

NASTY = (
    "NA", "None", "nan", "null", "N/A", "#N/A", "TRUE", "-", "0", "007", "1e5", "1,5", "3-4", "1-5",
    "2026-03-02", '"', '""', "'", ",", ";", "\t", "|", '","', '";"', "a\nb", "\n", "a\n\nb\n", "\\", "\\n",
    "%s", "{0}", "sep=;", "=1+1", "+31 6", "-1+1", "@SUM(A1)", '=HYPERLINK("http://example.org","x")',
    "=cmd|' /C calc'!A0", "<b>vet</b>", "&amp;", "<!-- -->", "]]>", "<script>alert(1)</script>", "_x0041_",
    "zéér tevreden – “goed”", "naïef €", "日本語", "👩🏽‍🚒 🇳🇱", "שלום עולם", "مرحبا; بالعالم", "a\u202eb",
    "e\u0301", "\u00a0", "\u200b", "\ufeffmark", "ï»¿", "Ã©", "\x0b", "\x85", "\u2028", "\x1f",
    "x" * 100_000, 'é";\n' * 25_000,
)  # fmt: skip
TEXTS = (
    "Hoe tevreden bent u?", "Wat vindt u ervan, en waarom?", 'Zei u "ja"?', "Rood; wit of blauw?", "Leeftijd",
    "Hoe gaat het – met ‘u’?", "Ça va, très bien?", "どうですか", "Is het 5 > 3?", "#1?",
    "ID of naam van het project?", "Timestamp van uw bezoek",
)  # fmt: skip
LABELS = (
    "helemaal oneens", "oneens", "eens", "helemaal eens", "weet niet / n.v.t.", "Ja, altijd", "Nee", "Other",
    "1-5", "3-4 keer", "Mixed (conferences, workshops)", "“goed”", "NA", "🙂", "50%",
)  # fmt: skip
FIRST_DAY = datetime(2019, 1, 1)  # noqa: DTZ001 - a tool writes moments without a zone
MOMENTS = st.integers(0, 9 * 365 * 86_400).map(lambda seconds: FIRST_DAY + timedelta(seconds=seconds))
OPEN = st.sampled_from(NASTY) | st.text(
    st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=12
)
NUMBERS = st.integers(-999, 9999).map(str) | st.sampled_from(("0.5", "12.25", "-3.5"))
_EITHER = st.booleans()
KINDS: tuple[Kind, ...] = ("single", "multi", "scale", "number", "open")


@st.composite
def surveys(draw: DrawFn) -> Survey:
    """One to five questions, one to five respondents."""
    questions = tuple(draw(_question(number)) for number in range(draw(st.integers(1, 5))))
    first = draw(_respondent(questions, 1, complete=st.just(True)))
    ended = first.ended.replace(day=draw(st.integers(13, 28)))
    first = Respondent(1, first.token, ended - timedelta(minutes=9), ended, True, first.answers)
    others = (draw(_respondent(questions, number)) for number in range(2, draw(st.integers(1, 5)) + 1))
    return Survey(questions, (first, *others))


@st.composite
def _question(draw: DrawFn, number: int) -> Question:
    kind = draw(st.sampled_from(KINDS))
    text = draw(st.sampled_from(TEXTS))
    if kind in ("number", "open"):
        return Question(f"q{number}", text, kind, {})
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=2, max_size=5, unique=True))
    return Question(f"q{number}", text, kind, {str(code): label for code, label in enumerate(labels, 1)})


@st.composite
def _respondent(
    draw: DrawFn, questions: tuple[Question, ...], number: int, complete: SearchStrategy[bool] = _EITHER
) -> Respondent:
    ended = draw(MOMENTS)
    shown = [question for question in questions if draw(st.integers(0, 5))]
    answers: Mapping[str, Answer] = {question.code: draw(_answer(question)) for question in shown}
    token = f"tok-{number}" if draw(st.booleans()) else ""
    return Respondent(number, token, ended - timedelta(minutes=9), ended, draw(complete), answers)


def _answer(question: Question) -> SearchStrategy[Answer]:
    if question.kind == "multi":
        return st.lists(st.sampled_from([*question.options]), unique=True).map(
            lambda codes: tuple(sorted(codes))
        )
    if question.kind in ("single", "scale"):
        return st.sampled_from(["", *question.options])
    return NUMBERS | st.just("") if question.kind == "number" else OPEN
