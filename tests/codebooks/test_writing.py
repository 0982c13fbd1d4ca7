"""Whatever a file says, it becomes a value: no comment, no key and no code of YAML."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lcmonitor.codebooks.described import Answer, Described, LeftOut, Question
from lcmonitor.codebooks.draft import draft
from lcmonitor.codebooks.languages import Tongue
from lcmonitor.codebooks.texts import Texts
from lcmonitor.codebooks.writing import open_texts, written
from lcmonitor.documents import read

NASTY = st.sampled_from(
    [
        "yes", "no", "~", "null", "1e5", "0x1F", "12:30", "2026-01-31", "1_000", "- a", "# x", "a: b", "a #b",
        "{nl: x}",
        "[x]", "&a", "*a", "!!python/object:os.system", "%TAG", "---", "...", "'", '"', "\\", "\u2028",
        "a\nb: c", "\x85", "\ufeff", "emoji 🌱", "שלום", "=1+1", "  ", "x" * 500, "{text}", "{0}", "<b>t</b>",
    ]
)  # fmt: skip
TEXT = st.one_of(NASTY, st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
WORDS = st.dictionaries(st.sampled_from(["nl", "en", "de", ""]), TEXT, max_size=4)
ANSWERS = st.lists(
    st.builds(Answer, TEXT, WORDS, missing=st.booleans(), also=st.tuples(TEXT)), max_size=4
).map(tuple)
QUESTIONS = st.lists(
    st.builds(
        Question,
        code=TEXT,
        kind=st.sampled_from(["choice", "number", "text", "date"]),
        words=WORDS,
        answers=ANSWERS,
        answers_name=TEXT,
        around=WORDS,
        section=WORDS,
        also=st.tuples(TEXT),
        doubt=st.sampled_from([None, "loop", "ranking"]),
    ),
    max_size=5,
).map(tuple)


@settings(deadline=None)  # a draft is short work, but not on a busy machine
@given(title=WORDS, questions=QUESTIONS, left_out=TEXT)
def test_a_draft_is_read_back_as_it_was_meant(
    title: dict[str, str], questions: tuple[Question, ...], left_out: str
) -> None:
    described = Described(title, questions, (LeftOut(left_out, "note"),))
    made = draft(described, "a\nb.lss", Tongue("en"))
    text = written(made, Texts("nl"), {"file": "a\nb: c", "format": "x"})
    assert read(text, "codebook.yml").data == made.data
    assert text.count("TODO: N") + text.count("TODO: E") >= (open_texts(made) > 0)
