"""How an item is worded: by itself, as a row of its grid, or with the question of which it is an option."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from lcmonitor.codebooks.built_in import CHOSEN
from lcmonitor.codebooks.described import Question, Words
from lcmonitor.codebooks.languages import Tongue
from lcmonitor.errors import LANGUAGES, Language
from lcmonitor.wording import comparable


class Wording:
    """The words of the items of one questionnaire."""

    def __init__(self, questions: Sequence[Question], tongue: Tongue) -> None:
        self.questions = questions
        self.tongue = tongue

    def of(self, question: Question) -> tuple[Mapping[Language, str], tuple[str, ...]]:
        """The text, and what else exports may have above the column."""
        words = question.words if self._stands_alone(question) else _together(question)
        text = self.tongue.text(words)
        return text, tuple(dict.fromkeys((*question.also, *self.tongue.others(words))))

    def stem(self, question: Question) -> str:
        """The question around a row that is worded without it."""
        return self.plain(question.around) if self._stands_alone(question) else ""

    def plain(self, words: Words) -> str:
        """The words in the first language that they are in."""
        text = self.tongue.text(words)
        return next((text[language] for language in LANGUAGES if language in text), "") or next(
            iter(self.tongue.others(words)), ""
        )

    def _stands_alone(self, question: Question) -> bool:
        """A statement of a grid, unless another item says the same; no option, and no text beside one."""
        is_row = question.kind in ("choice", "number") and question.answers_name != CHOSEN
        key = comparable(self.plain(question.words))
        return not question.around or (is_row and self._said[key] == 1 and not key.isdecimal())

    @cached_property
    def _said(self) -> Counter[str]:
        return Counter(comparable(self.plain(question.words)) for question in self.questions)


def _together(question: Question) -> Words:
    """``Which tools do you use? [E-mail]``, as survey tools write it, in each language that has both."""
    around = question.around
    return {tag: f"{around[tag]} [{text}]" for tag, text in question.words.items() if around.get(tag)} or (
        question.words if not any(around.values()) else {}
    )
