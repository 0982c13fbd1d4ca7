"""What leaves the room."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcmonitor.disclosure.released import COLUMNS, ReleasedTable, release
from lcmonitor.indicators.table import KEY, IndicatorTable
from lcmonitor.programme.privacy import Privacy
from tests.disclosure.drawn import drawn

PICTURE = """
    community measure wave  versus type       n  statistic indicator part partners method communities
    elm       value   2025a -      -          40 mean      trust     -    13       t      1
    elm       value   2025a -      company    20 mean      trust     -    4        t      1
    elm       value   2025a -      school     12 mean      trust     -    4        t      1
    elm       value   2025a -      university 5  mean      trust     -    4        t      1
    elm       value   2025a -      government 3  mean      trust     -    1        t      1
    elm       value   2025b -      -          38 mean      trust     -    13       t      1
    elm       change  2025b 2025a  -          36 mean      trust     -    13       matched 1
    oak       value   2025a -      -          4  mean      trust     -    3        census 1
    ash       value   2025a -      -          14 mean      trust     -    3        t      1
    *         value   2025a -      -          58 mean      trust     -    20       t      3
    elm       value   2025a -      -          40 distribution answers 1    13       t      1
    elm       value   2025a -      -          40 distribution answers 2    13       t      1
    oak       value   2025a -      -          4  distribution answers 1    3        t      1
    oak       value   2025a -      -          4  distribution answers 2    3        t      1
    elm       value   2025a -      -          40 response  rate      -    13       t      1
    oak       value   2025a -      -          4  response  rate      -    3        t      1
"""
NUMBERS = ["n", "population", "estimate", "se", "low", "high", "reference", "effect", "p"]


def test_nobody_else_makes_a_released_table() -> None:
    rows = release(drawn("n\n12"), Privacy()).rows
    with pytest.raises(TypeError):
        ReleasedTable(rows)  # type: ignore[call-arg]  # what must not work
    with pytest.raises(TypeError):
        ReleasedTable(rows, object())
    with pytest.raises(ValueError, match="seal"):
        dataclasses.replace(release(drawn("n\n12"), Privacy()), rows=rows)  # type: ignore[call-arg]


def test_it_has_its_columns_and_a_row_for_every_figure() -> None:
    table = drawn(PICTURE)
    rows = release(table, Privacy()).rows
    assert list(rows.columns) == COLUMNS
    pd.testing.assert_frame_equal(rows[KEY], table.rows[KEY])


def test_a_released_figure_is_passed_on_unchanged() -> None:
    table = drawn("n estimate se low high effect p reference method word\n12 3.25 .5 2 4 .3 .04 3 t higher")
    given, rows = table.rows.iloc[0], release(table, Privacy()).rows.iloc[0]
    for column in [*NUMBERS, "method", "word"]:
        assert rows[column] == given[column]


def test_few_answers_to_one_question_have_one_decimal_and_no_interval() -> None:
    picture = """
        items measure wave  versus n estimate se   low  high p    effect word   method
        1     value   2025b -      9 3.222    0.28 2.58 3.87 ?    ?      -      t
        2     value   2025b -      9 3.222    0.28 2.58 3.87 ?    ?      -      census
        1     value   2025a -      9 3.222    0.28 2.58 3.87 ?    ?      -      t
        1     change  2025b 2025a  9 -0.04    0.28 -0.6 0.61 0.03 0.2    higher matched
    """
    rows = release(drawn(picture), Privacy()).rows.iloc[[0, 1, 3]]
    assert rows["estimate"].tolist() == [3.2, 3.2, 0.0]
    assert rows[["se", "low", "high", "p", "effect"]].isna().all(axis=None)
    assert rows["method"].tolist() == ["small", "small", "matched"]
    assert rows["word"].tolist() == ["", "", "too_few"]


def test_few_answers_to_more_questions_have_a_coarse_interval() -> None:
    picture = "items n estimate se low high p word\n3 9 3.222 .28 2.58 3.87 .03 higher"
    row = release(drawn(picture), Privacy()).rows.iloc[0]
    assert row[["estimate", "low", "high"]].tolist() == [3.2, 2.5, 3.9]
    assert row[["se", "p"]].isna().all()
    assert list(row[["method", "word"]]) == ["t", "higher"]


@pytest.mark.parametrize(
    ("exact", "coarse"),
    [((2.58, 3.87), (2.5, 3.9)), ((2.51, 3.89), (2.5, 3.9)), ((3.1, 4.2), (3.1, 4.2)), ((1, 5), (1, 5))],
)
def test_a_coarse_interval_holds_the_exact_one(
    exact: tuple[float, float], coarse: tuple[float, float]
) -> None:
    low, high = exact
    row = release(drawn(f"items n estimate se low high\n3 9 3.4 .2 {low} {high}"), Privacy()).rows.iloc[0]
    assert (row["low"], row["high"]) == coarse


def test_a_division_is_a_share_and_keeps_two_decimals() -> None:
    head = "statistic items n estimate se low high method"
    picture = f"{head}\nbalance 3 9 .9876 ? ? ? plain\nbalance 1 9 .333 .1 .1 .5 t"
    rows = release(drawn(picture), Privacy()).rows
    assert rows["estimate"].tolist() == [0.99, 0.33]
    assert rows["low"].isna().all()
    assert rows["method"].tolist() == ["plain", "small"]


def test_a_mean_across_communities_has_two_decimals() -> None:
    picture = "community n communities items estimate se low high\n* 60 4 1 3.2222 0.2817 2.581 3.867"
    row = release(drawn(picture), Privacy()).rows.iloc[0]
    assert row[["estimate", "se", "low", "high"]].tolist() == [3.22, 0.28, 2.58, 3.87]


@pytest.mark.parametrize(("few", "items", "expected"), [
    (10, 1, [3.22, 0.28, 2.58, 3.87]), (9, 3, [3.22, None, 2.5, 3.9]), (9, 1, [3.22, None, None, None]),
])  # fmt: skip
def test_across_communities_is_kept_back_what_one_of_them_keeps_back(
    few: int, items: int, expected: list[float | None]
) -> None:
    picture = f"""
        community n     communities items   estimate se     low   high  method
        *         {few + 50} 3      {items} 3.2222 0.2817 2.581 3.867 communities
        elm       {few} 1           {items} 3.2222 0.2817 2.581 3.867 t
        oak       25    1           {items} 3.2222 0.2817 2.581 3.867 t
        ash       25    1           {items} 3.2222 0.2817 2.581 3.867 t
    """
    row = release(drawn(picture), Privacy()).rows.iloc[0]
    told = [None if pd.isna(value) else value for value in row[["estimate", "se", "low", "high"]]]
    assert told == expected
    assert row["method"] == ("small" if items == 1 and few < 10 else "communities")


def test_nothing_of_a_hidden_figure_is_left() -> None:
    # A census of four: the method would tell n.
    table = drawn("n population reference effect p method word\n4 4 4.0 .5 .01 census higher")
    rows = release(table, Privacy()).rows
    assert rows[NUMBERS].isna().all(axis=None)
    assert list(rows.loc[0, ["method", "word", "status", "reason"]]) == ["", "", "suppressed", "n_low"]


def test_every_hidden_figure_has_one_reason_and_no_other_figure_has() -> None:
    rows = release(drawn(PICTURE), Privacy()).rows
    hidden = rows["status"] == "suppressed"
    assert hidden.any()
    assert ((rows["reason"] != "") == hidden).all()
    assert (rows[NUMBERS].notna().any(axis=1) == (rows["status"] == "released")).all()


def test_why_there_is_no_figure_is_told() -> None:
    rows = release(drawn("community state\na no_earlier_wave\nb series_break\nc not_asked"), Privacy()).rows
    assert list(rows["reason"]) == ["no_earlier_wave", "series_break", ""]
    assert list(rows["status"]) == ["not_available", "not_available", "not_asked"]
    assert rows[NUMBERS].isna().all(axis=None)


def test_how_many_answered_out_of_an_unknown_number_is_known() -> None:
    picture = """
        community statistic type    n  population state
        elm       response  -       12 ?          no_population
        elm       response  company 8  ?          no_population
        elm       response  school  4  ?          no_population
    """
    rows = release(drawn(picture), Privacy()).rows
    assert list(rows["status"]) == ["not_available", "suppressed", "suppressed"]
    assert rows["n"].fillna(-1).tolist() == [12, -1, -1]


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(PICTURE.strip().count("\n"))))
def test_the_order_of_the_rows_makes_no_difference(order: list[int]) -> None:
    table = drawn(PICTURE)
    shuffled = IndicatorTable(table.rows.iloc[order].reset_index(drop=True))
    pd.testing.assert_frame_equal(_sorted(release(shuffled, Privacy())), _sorted(release(table, Privacy())))


def test_categorical_columns_are_read_as_their_texts() -> None:
    rows = drawn(PICTURE).rows
    texts = [column for column in rows if rows[column].dtype.kind not in "fb"]
    categorical = IndicatorTable(rows.astype(dict.fromkeys(texts, "category")))
    expected = release(drawn(PICTURE), Privacy()).rows.drop(columns=KEY)
    pd.testing.assert_frame_equal(release(categorical, Privacy()).rows.drop(columns=KEY), expected)


def test_the_figures_given_are_left_as_they_were() -> None:
    table = drawn(PICTURE)
    release(table, Privacy())
    pd.testing.assert_frame_equal(table.rows, drawn(PICTURE).rows)


def test_no_figures_are_no_figures() -> None:
    empty = IndicatorTable(drawn("n\n12").rows.iloc[:0])
    assert release(empty, Privacy()).rows.empty


@pytest.mark.parametrize("column", ["community", "wave", "part", "statistic"])
def test_a_text_that_is_missing_is_refused(column: str) -> None:
    table = drawn("n\n12\n14")
    lacking = table.rows.assign(**{column: pd.Categorical([None, "one"])})
    with pytest.raises(ValueError, match=f"column {column}"):
        release(IndicatorTable(lacking), Privacy())


def _sorted(table: ReleasedTable) -> pd.DataFrame:
    return table.rows.sort_values(KEY, ignore_index=True)
