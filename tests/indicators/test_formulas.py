"""Formulas against values worked out by hand or by other software."""

import math
import statistics

import numpy as np
import pytest
from scipy import stats

from lcmonitor.indicators import balance, change, consensus, items, means, reliability
from lcmonitor.indicators.change import Sample
from lcmonitor.indicators.estimate import METHODS, WORDS
from lcmonitor.indicators.sums import Floats, PairSums, WholeSums

NAN = math.nan


def array(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)


def test_a_mean_of_nine_out_of_fourteen() -> None:
    # SC2: n 9, N 14, m 3.8, s 0.7; t(8) = 2.306004; correction sqrt(1 − 9/14)
    half = 2.306004 * 0.7 / 3 * math.sqrt(5 / 14)
    found = means.with_interval(array(3.8), array(0.49), array(9), array(14))
    assert (found.low[0], found.high[0]) == pytest.approx((3.8 - half, 3.8 + half), abs=1e-6)


def test_a_mean_out_of_an_unknown_population_has_no_correction() -> None:
    found = means.with_interval(array(3.8), array(0.49), array(9), array(NAN))  # SC2: 3.262 – 4.338
    assert (found.low[0], found.high[0]) == pytest.approx((3.262, 4.338), abs=5e-4)


def test_everyone_is_no_sample_and_one_answer_or_equal_answers_tell_no_spread() -> None:
    found = means.mean(array(4, 1, 3, 3), array(12, 4, 12, 12), array(40, 16, 48, 48), array(4, 9, 9, 2))
    assert [METHODS.words[code] for code in found.method] == ["census", "t", "t", "t_population_too_small"]
    assert np.isnan(found.low).all()
    assert found.se[0] == 0
    assert math.isnan(found.se[1])


@pytest.mark.parametrize(
    ("points", "expected"),
    [((1, 1, 1), 1.0), ((50, 30, 20), 0.9372), ((60, 40, 0), 0.6126), ((100, 0, 0), 0.0)],
)
def test_balance(points: tuple[float, ...], expected: float) -> None:  # BAL1
    shares = array(*points)[:, None] / sum(points)
    assert balance.evenness(shares)[0] == pytest.approx(expected, abs=5e-5)


def test_distance_to_the_intended_mix() -> None:  # BAL2
    assert balance.distance(array(0.5, 0.3, 0.2), array(0.4, 0.3, 0.3)) == pytest.approx(0.10)


EARLIER = [3.0, 2.5, 3.5, 4.0, 3.0, 2.0, 3.5, 3.0]
LATER = [3.5, 3.0, 3.5, 4.5, 3.5, 3.0, 3.0, 3.5]


def pair_sums(earlier: list[float], later: list[float]) -> PairSums:
    one, two, none = np.array(earlier), np.array(later), array(0)
    totals = (one, one * one, two, two * two, one * two)
    sums = [array(float(total.sum())) for total in totals]
    return PairSums(array(len(one)), sums[0], sums[1], sums[2], sums[3], sums[4], none, none, none)


def test_matched_change_of_eight_pairs() -> None:  # CHG1
    found = change.matched(pair_sums(EARLIER, LATER), 1)
    values = (found.estimate.value[0], found.estimate.low[0], found.estimate.high[0])
    assert values == pytest.approx((0.375, 0.0045, 0.7455), abs=5e-5)
    assert found.p[0] == pytest.approx(stats.ttest_rel(LATER, EARLIER).pvalue, rel=1e-9)
    assert math.isnan(found.effect[0])  # below ten pairs


def test_the_size_of_a_matched_change() -> None:  # CHG2: J .8889, d_av .6704, g_av .5959 (of eight pairs)
    assert change.correction(array(8))[0] == pytest.approx(0.8889, abs=5e-5)
    twice = change.matched(pair_sums(EARLIER * 2, LATER * 2), 1)
    spread = (statistics.stdev(EARLIER * 2) + statistics.stdev(LATER * 2)) / 2
    assert twice.effect[0] == pytest.approx((1 - 3 / (4 * 15 - 1)) * 0.375 / spread, rel=1e-12)


def test_g_av_of_the_eight_pairs_of_the_domain_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change, "EFFECT_FROM", 8)  # the page works it out on fewer pairs than we show it for
    assert change.matched(pair_sums(EARLIER, LATER), 1).effect[0] == pytest.approx(0.5959, abs=5e-5)


def test_an_unmatched_change_is_that_of_welch() -> None:  # CHG4
    one, two = [2.0, 3.0, 3.5, 4.0, 4.5, 5.0], [3.0, 3.5, 3.5, 4.0, 4.5, 4.5, 5.0]
    samples = [
        Sample(array(len(x)), array(statistics.mean(x)), array(statistics.variance(x))) for x in (one, two)
    ]
    found, expected = change.welch(*samples), stats.ttest_ind(two, one, equal_var=False)
    interval = expected.confidence_interval()
    assert found.p[0] == pytest.approx(expected.pvalue, rel=1e-9)
    assert (found.estimate.low[0], found.estimate.high[0]) == pytest.approx((interval.low, interval.high))


def test_pairs_decide_when_they_are_five_and_half_of_the_smaller_wave() -> None:
    found = change.is_matched(array(4, 5, 5, 5), array(5, 10, 11, 40), array(5, 30, 30, 8))
    assert found.tolist() == [False, True, False, True]


def test_false_discoveries_are_held_down_within_each_report() -> None:
    p = array(0.01, 0.04, 0.03, NAN, 0.04, 0.5)
    report = np.array([0, 0, 0, 0, 1, 1])
    expected = [
        *stats.false_discovery_control([0.01, 0.04, 0.03]),
        NAN,
        *stats.false_discovery_control([0.04, 0.5]),
    ]
    assert change.adjusted(p, report) == pytest.approx(expected, nan_ok=True)


def test_words_of_change() -> None:
    found = change.words(array(0.3, -0.3, 0.3, 0.3, NAN), array(0.05, 0.01, 0.051, NAN, NAN))
    expected = ["higher", "lower", "no_clear_difference", "too_few", ""]
    assert [WORDS.words[code] for code in found] == expected


FIVE_BY_THREE = [[4, 4, 5], [3, 3, 4], [5, 4, 5], [2, 3, 2], [4, 5, 4]]


def whole_sums(rows: list[list[int]]) -> WholeSums:
    x = np.array(rows, dtype=np.float64)
    total = x.sum(axis=1)
    answers, squares, products = (each.sum(axis=0)[:, None] for each in (x, x * x, x * total[:, None]))
    return WholeSums(array(len(x)), answers, squares, products, array((total * total).sum()))


def test_alpha(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reliability, "FEWEST", 5)  # the page works it out on fewer than we show it for
    assert reliability.alpha(whole_sums(FIVE_BY_THREE)).value[0] == pytest.approx(0.8675, abs=5e-5)


def test_alpha_has_feldts_interval_from_thirty_on() -> None:
    # Rows six times over: variances shrink by the same factor, so alpha stays 0.8675
    found = reliability.alpha(whole_sums(FIVE_BY_THREE * 6))
    x = np.array(FIVE_BY_THREE)
    alpha = 1.5 * (
        1 - sum(statistics.variance(c) for c in x.T.tolist()) / statistics.variance(x.sum(axis=1).tolist())
    )
    low, high = (1 - (1 - alpha) * stats.f.ppf(q, 29, 58) for q in (0.975, 0.025))
    assert (found.value[0], found.low[0], found.high[0]) == pytest.approx((alpha, low, high))
    assert math.isnan(reliability.alpha(whole_sums(FIVE_BY_THREE * 5)).value[0])


def test_an_item_beside_the_others_where_nothing_can_be_said() -> None:
    same = whole_sums([[3, 4, 4], [3, 2, 3], [3, 5, 5]])
    assert np.isnan(items.rest(same)[0, 0])
    assert np.isnan(items.without(whole_sums([[3, 4], [2, 2]]))).all()
    # One item and its opposite: of the other two nothing is left, and the third stands beside it.
    opposed = whole_sums([[1, 5, 2], [5, 1, 2], [3, 3, 5]])
    assert np.isnan(items.without(opposed)[2, 0])
    assert np.isnan(items.rest(opposed)[2, 0])


def test_r_wg_of_three_items() -> None:  # SC6: mean variance 0.4, J 3
    items = ((4, 4, 5, 4, 3), (4, 5, 4, 4, 4), (3, 4, 4, 5, 4))
    codes = (1, 2, 3, 4, 5)
    counts = [array(*(item.count(code) for code in codes))[:, None] for item in items]
    variances = np.array([consensus.spread(codes, count).variance for count in counts])
    assert consensus.evenly_spread(codes) == 2
    assert consensus.r_wg(variances, 2.0)[0] == pytest.approx(0.9231, abs=5e-5)


def test_answers_further_apart_than_by_chance_are_no_shared_view_at_all() -> None:
    assert consensus.r_wg(array(4.0)[:, None], 2.0).tolist() == [0.0]
    assert [WORDS.words[code] for code in consensus.words(array(0.7, 0.69, NAN))] == ["shared", "divided", ""]
