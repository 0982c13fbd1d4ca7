"""The expectations of a codebook, judged by Great Expectations: a form's deliveries together, scale by scale.

The only door to that library; importing it takes seconds, so it happens where a file is judged. What comes
back is which rows are unexpected, never a value: no Data Docs, no store on disk, no analytics, no progress.
"""

import os
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.intake.responses import Missing

Positions = npt.NDArray[np.int64]
Scale = frozenset[int] | tuple[float, float]  # the codes, or the lowest and the highest number
PANEL_KEY = r"^[0-9a-f]{64}$"
_MISSING = frozenset({Missing.NOT_ASKED, Missing.NOT_ANSWERED, Missing.NOT_APPLICABLE})


@dataclass(frozen=True)
class Codes:
    """Answers on a scale, and the codes that it has."""

    values: npt.NDArray[np.int8]
    allowed: frozenset[int]


@dataclass(frozen=True)
class Amounts:
    """Numbers, and what they must lie between; NaN: none given."""

    values: npt.NDArray[np.float64]
    low: float
    high: float


@dataclass(frozen=True)
class Batch:
    """Rows of one delivery that were asked one codebook. Every sequence has a value per row."""

    delivery: int
    response: npt.NDArray[np.int64]  # equal numbers: equal response ids, within the delivery
    wave: npt.NDArray[np.int16]  # number in the list of waves
    waves: int  # how many there are
    day: npt.NDArray[np.float64]  # days since 1970; NaN: the tool kept no date
    opens: npt.NDArray[np.float64]
    closes: npt.NDArray[np.float64]
    panel: pa.Array
    codes: Mapping[str, Codes] = field(default_factory=dict)
    amounts: Mapping[str, Amounts] = field(default_factory=dict)


@dataclass(frozen=True)
class Unexpected:
    """Rows that broke an expectation, by what it was about: an item, a division, or a check of whole rows."""

    items: Mapping[str, Positions]
    checks: Mapping[str, Positions]


@dataclass(frozen=True)
class _Column:
    """The answers to an item in one batch, known by its place in the list."""

    batch: int
    item: str
    values: npt.NDArray[Any]


def validate(batches: Sequence[Batch]) -> list[Unexpected]:
    """Judge all deliveries of one form together; the answers are in the order of ``batches``."""
    if not sum(len(batch.response) for batch in batches):
        return [Unexpected({}, {}) for _ in batches]
    judge = _Judge()
    items: list[dict[str, Positions]] = [{} for _ in batches]
    for scale, columns in _by_scale(batches).items():
        for column, rows in _broken(judge, scale, columns):
            items[column.batch][column.item] = rows
    return [Unexpected(*both) for both in zip(items, _checks(judge, batches), strict=True)]


def great_expectations() -> Any:
    """The library, imported on first use."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # it is read when the library is imported
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "module 'sre_(constants|parse)' is deprecated", DeprecationWarning)
        import great_expectations
    return great_expectations


class _Judge:
    """One place of the library's for all that is judged of a form: making one takes longer than judging."""

    def __init__(self) -> None:
        self.gx = great_expectations()
        self.context = self.gx.get_context(mode="ephemeral", project_config=_config(self.gx))
        asset = self.context.data_sources.add_pandas("intake").add_dataframe_asset("responses")
        self.rows = asset.add_batch_definition_whole_dataframe("all")

    def unexpected(self, frame: pd.DataFrame, expectations: Sequence[Any]) -> dict[str, Positions]:
        """Position of the unexpected rows per check."""
        suite = self.gx.ExpectationSuite(name="codebook", expectations=list(expectations))
        definition = self.gx.ValidationDefinition(
            name="intake", data=self.rows, suite=self.context.suites.add_or_update(suite)
        )
        result = self.context.validation_definitions.add_or_update(definition).run(
            batch_parameters={"dataframe": frame},
            result_format={"result_format": "COMPLETE", "return_unexpected_index_query": False},
        )
        return dict(_unexpected(each) for each in result.results)


def _config(gx: Any) -> Any:
    """Everything in memory, and no Data Docs site at all: those would hold cells, unescaped."""
    kinds = gx.data_context.types.base
    return kinds.DataContextConfig(
        store_backend_defaults=kinds.InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=kinds.ProgressBarsConfig(globally=False, metric_calculations=False),
        analytics_enabled=False,
    )


def _unexpected(result: Any) -> tuple[str, Positions]:
    about = str(result.expectation_config.meta["about"])
    if result.exception_info.get("raised_exception"):  # its text may quote cells: it is not passed on
        raise RuntimeError(f"the expectation about {about} could not be judged")
    return about, np.unique(np.array(result.result.get("unexpected_index_list") or [], np.int64))


def _row_frame(batches: Sequence[Batch]) -> dict[str, Any]:
    """Numbers only: no id and no key enters the library."""
    panels = pa.chunked_array([batch.panel for batch in batches], pa.string())
    shaped = pc.match_substring_regex(panels, PANEL_KEY).fill_null(True)
    return {
        "delivery": np.repeat([b.delivery for b in batches], [len(b.response) for b in batches]),
        **{
            name: np.concatenate([getattr(b, name) for b in batches])
            for name in ("response", "wave", "day", "opens", "closes")
        },
        "panel": shaped.to_numpy().astype(np.int8),  # 1: none, or a key of the right shape
    }


def _row_expectations(expect: Any, waves: int) -> list[Any]:
    later = expect.ExpectColumnPairValuesAToBeGreaterThanB
    either = {"or_equal": True, "ignore_row_if": "either_value_is_missing"}
    keys = ["delivery", "wave", "response"]
    return [
        expect.ExpectCompoundColumnsToBeUnique(column_list=keys, meta={"about": "response_id"}),
        expect.ExpectColumnValuesToBeInSet(
            column="wave", value_set=list(range(waves)), meta={"about": "wave"}
        ),
        expect.ExpectColumnValuesToBeInSet(column="panel", value_set=[1], meta={"about": "panel_key"}),
        later(column_A="day", column_B="opens", meta={"about": "opens"}, **either),
        later(column_A="closes", column_B="day", meta={"about": "closes"}, **either),
    ]


def _checks(judge: _Judge, batches: Sequence[Batch]) -> Iterator[dict[str, Positions]]:
    """Rows of each batch that broke a check of whole rows."""
    expected = _row_expectations(judge.gx.expectations, batches[0].waves)
    found = judge.unexpected(pd.DataFrame(_row_frame(batches)), expected)
    sizes = [len(batch.response) for batch in batches]
    parts = {about: _parted(sizes, positions) for about, positions in found.items()}
    for number in range(len(batches)):
        yield {about: rows[number] for about, rows in parts.items() if len(rows[number])}


def _by_scale(batches: Sequence[Batch]) -> Mapping[Scale, list[_Column]]:
    """The columns that must meet one expectation: the library takes its time by expectation."""
    columns: dict[Scale, list[_Column]] = defaultdict(list)
    for number, batch in enumerate(batches):
        for item, codes in batch.codes.items():
            columns[codes.allowed].append(_Column(number, item, codes.values))
        for item, amounts in batch.amounts.items():
            columns[amounts.low, amounts.high].append(_Column(number, item, amounts.values))
    return columns


def _broken(judge: _Judge, scale: Scale, columns: Sequence[_Column]) -> Iterator[tuple[_Column, Positions]]:
    """The columns with answers that do not fit, and their rows; each different answer is judged once."""
    different = [pd.unique(column.values) for column in columns]
    answers = pd.DataFrame({"answer": np.concatenate(different)})
    found = judge.unexpected(answers, [_answer_expectation(judge.gx.expectations, scale)])
    parts = _parted([len(each) for each in different], found["answer"])
    for column, each, places in zip(columns, different, parts, strict=True):
        if len(places):
            yield column, np.flatnonzero(np.isin(column.values, each[places]))


def _answer_expectation(expect: Any, scale: Scale) -> Any:
    about = {"column": "answer", "meta": {"about": "answer"}}
    if isinstance(scale, frozenset):
        return expect.ExpectColumnValuesToBeInSet(value_set=sorted(scale | _MISSING), **about)
    low, high = scale
    return expect.ExpectColumnValuesToBeBetween(min_value=low, max_value=high, **about)


def _parted(sizes: Sequence[int], positions: Positions) -> list[Positions]:
    """Positions in what was put together, as those in each of its parts."""
    starts = np.cumsum([0, *sizes])
    parts = np.split(positions, np.searchsorted(positions, starts[1:-1]))
    return [part - start for part, start in zip(parts, starts, strict=False)]
