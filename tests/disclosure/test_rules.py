"""Every rule: its reason code, its floor, what a programme may do to it, and its words in the report."""

from dataclasses import dataclass

import pytest
from pydantic import ValidationError

from lcmonitor.disclosure.primary import REASONS, threshold
from lcmonitor.disclosure.released import release
from lcmonitor.errors import LANGUAGES, Language
from lcmonitor.instruments.model import Indicator
from lcmonitor.programme.privacy import Privacy
from lcmonitor.reporting.withheld import told
from lcmonitor.reporting.words import words
from tests.disclosure.drawn import drawn, fate


@dataclass(frozen=True)
class Rule:
    """``hidden``: the smallest drawing that it hides; ``kept``: the same at its edge."""

    reason: str
    setting: str
    floor: float
    stricter: float
    looser: float
    error: str
    hidden: str
    kept: str


RULES = [
    Rule("n_low", "respondents", 5, 8, 4, "LCM-345", "n\n4", "n\n5"),
    Rule("n_low_across", "across_respondents", 10, 15, 9, "LCM-345",
         "community communities n\n* 3 9", "community communities n\n* 3 10"),
    Rule("communities", "across_communities", 3, 4, 2, "LCM-345",
         "community communities n\n* 2 30", "community communities n\n* 3 30"),
    Rule("sensitive", "sensitive", 20, 30, 19, "LCM-345", "sensitive n\nyes 19", "sensitive n\nyes 20"),
    Rule("shares_low", "shares", 10, 12, 9, "LCM-345", "statistic n\nshare 9", "statistic n\nshare 10"),
    Rule("partners_low", "partners", 3, 4, 2, "LCM-345", "partners\n2", "partners\n3"),
    Rule("dominance", "dominance", 0.5, 0.4, 0.6, "LCM-346", "top_share\n0.51", "top_share\n0.5"),
    Rule("uniform", "uniform", 0.9, 0.8, 0.95, "LCM-346", "uniform\n0.9", "uniform\n0.89"),
    Rule("members.too_few", "open_answers", 8, 12, 7, "LCM-345", "", ""),
    Rule("response_low", "response", 0, 0.4, -0.1, "greater_than_equal", "", "n population\n5 1000"),
]  # fmt: skip
NAMES = [rule.reason for rule in RULES]
TEXTS = "members.too_few"  # of open answers, which are no figures
OTHERS = {"complementary", "together", "earlier"}  # these look at other figures and have no number


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_its_floor_is_what_stands_where_a_programme_says_nothing(rule: Rule) -> None:
    assert getattr(Privacy(), rule.setting) == Privacy.floor(rule.setting) == rule.floor


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_programme_may_be_stricter_and_never_looser(rule: Rule) -> None:
    assert getattr(Privacy(**{rule.setting: rule.stricter}), rule.setting) == rule.stricter
    with pytest.raises(ValidationError) as raised:
        Privacy(**{rule.setting: rule.looser})
    assert raised.value.errors()[0]["type"] == rule.error


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.hidden], ids=lambda rule: rule.reason)
def test_it_hides_from_its_edge_on_and_names_its_reason(rule: Rule) -> None:
    assert fate(rule.hidden) == [rule.reason.removesuffix("_across")]
    assert fate(rule.kept) == ["shown"]


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_its_words_are_there_in_each_language_and_name_the_number_in_force(rule: Rule) -> None:
    rules = Privacy(**{rule.setting: rule.stricter})
    number = f"{rule.stricter:.0%}" if rule.setting in ("dominance", "response") else str(rule.stricter)
    said = [_told(rule.reason, rules, language) for language in LANGUAGES]
    assert len(set(said)) == len(LANGUAGES)
    assert all("{" not in sentence for sentence in said)
    assert rule.reason == "uniform" or all(number in sentence for sentence in said), said


def _told(reason: str, rules: Privacy, language: Language) -> str:
    if reason == TEXTS:
        return words(language)(reason, open_answers=rules.open_answers)
    return told(reason, rules, words(language))


def test_no_reason_is_without_a_rule() -> None:
    given = set(release(drawn("n\n4"), Privacy()).rows["reason"].cat.categories)
    assert set(REASONS) == {name for name in NAMES if name not in ("n_low_across", TEXTS)}
    assert set(REASONS) | OTHERS <= given
    of_figures = {threshold(reason, across=False) for reason in REASONS} | {"across_respondents"}
    assert of_figures | {"open_answers"} == set(Privacy.model_fields)
    assert all(threshold(reason, across) is None for reason in OTHERS for across in (True, False))


def test_a_response_that_a_programme_calls_too_low_hides_the_community_and_its_types() -> None:
    picture = """
        community type    n  population partners
        elm       -       39 100        6
        elm       company 20 40         3
        elm       school  19 60         3
        oak       -       40 100        6
        ash       -       40 ?          6
    """
    rules = Privacy(response=0.4)
    assert fate(picture, rules) == ["response_low", "together", "together", "shown", "response_low"]
    assert fate(picture) == ["shown"] * 5
    assert fate("statistic n population\nresponse 2 100", rules) == ["shown"], "who took part is always told"


def test_the_lowest_and_the_highest_answer_are_no_statistic_and_groups_are_never_crossed() -> None:
    fields = Indicator.model_json_schema()["properties"]
    assert not {"min", "max", "minimum", "maximum"} & set(fields["statistic"]["enum"])
    assert fields["by"]["items"]["const"] == "partner_type", "one trait at a time"
