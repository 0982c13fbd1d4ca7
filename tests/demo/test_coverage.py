"""The simulation keeps its promise: a textbook interval from the answers covers what is true of all."""

from math import ceil, sqrt
from statistics import fmean, variance

from scipy.stats import t

from lcmonitor.demo.census import Census
from lcmonitor.demo.plan import Plan
from lcmonitor.demo.replies import replies
from lcmonitor.demo.truth import TrueValue, true_values
from lcmonitor.demo.writers.sheet import Reply


def score(census: Census, reply: Reply, construct: str) -> float | None:
    """Mean of the answered items, turned where reversed, if at least half of the construct's are answered."""
    items = census.codebook.constructs[construct].items
    given = {item: value for item in items if isinstance(value := reply.values.get(item), int) and value <= 5}
    if len(given) < ceil(len(items) / 2):
        return None
    return fmean(
        6 - value if census.codebook.items[item].reversed else value for item, value in given.items()
    )


def covers(census: Census, truth: TrueValue, sample: list[Reply]) -> bool | None:
    """Whether the 95 % interval for a finite population holds the true mean; None: there is no interval."""
    scores = [value for reply in sample if (value := score(census, reply, truth.of)) is not None]
    n, population = len(scores), len(census.people)
    if n < 5 or n == population or variance(scores) == 0:
        return None
    half = float(t.ppf(0.975, n - 1)) * sqrt((1 - n / population) * variance(scores) / n)
    return abs(fmean(scores) - truth.mean) <= half


def test_intervals_cover_the_true_mean_about_95_times_in_100(everyone: list[Census], plan: Plan) -> None:
    results = []
    for census in everyone:
        if census.form == "participant":
            answered = replies(census, plan, keeps_unfinished=False)
            sample = [reply for reply in answered if len(reply.values) > 1 and not reply.test]
            truths = [value for value in true_values([census]) if value.of in census.codebook.constructs]
            results += [covers(census, truth, sample) for truth in truths]
    intervals = [result for result in results if result is not None]
    assert len(intervals) > 400
    assert 0.93 < fmean(intervals) < 0.98
