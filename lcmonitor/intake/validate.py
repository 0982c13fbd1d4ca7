"""The expectations of a codebook, judged by Great Expectations: one validation per form for all deliveries.

The only door to that library; importing it takes seconds, so it happens where a file is judged. What comes
back is which rows are unexpected, never a value: no Data Docs, no store on disk, no analytics, no progress.
"""

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.intake.responses import Missing

Positions = npt.NDArray[np.int64]
PANEL_KEY = r"^[0-9a-f]{64}$"


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
    """A column of the frame; its values must be among ``allowed``, or lie between two bounds."""

    about: str
    values: npt.NDArray[Any]
    allowed: Sequence[int] = ()
    low: float | None = None
    high: float | None = None

    def expectation(self, expect: Any, name: str) -> Any:
        """What is expected of the column, under its name in the frame."""
        meta = {"about": name}
        if self.low is None:
            return expect.ExpectColumnValuesToBeInSet(column=name, value_set=list(self.allowed), meta=meta)
        return expect.ExpectColumnValuesToBeBetween(
            column=name, min_value=self.low, max_value=self.high, meta=meta
        )


def validate(batches: Sequence[Batch]) -> list[Unexpected]:
    """Judge all deliveries of one form together; the answers are in the order of ``batches``."""
    if not sum(len(batch.response) for batch in batches):
        return [Unexpected({}, {}) for _ in batches]
    gx = great_expectations()
    columns = {f"item {n}": column for n, column in enumerate(_item_columns(batches))}
    frame = _row_frame(batches) | {name: column.values for name, column in columns.items()}
    of_items = [column.expectation(gx.expectations, name) for name, column in columns.items()]
    expectations = [*_row_expectations(gx.expectations, batches[0].waves), *of_items]
    found = _run(gx, pd.DataFrame(frame), expectations)
    return list(_by_batch(batches, found, {name: column.about for name, column in columns.items()}))


def great_expectations() -> Any:
    """The library, imported on first use."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # it is read when the library is imported
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "module 'sre_(constants|parse)' is deprecated", DeprecationWarning)
        import great_expectations
    return great_expectations


def _run(gx: Any, frame: pd.DataFrame, expectations: Sequence[Any]) -> dict[str, Positions]:
    """Position of the unexpected rows per check or column."""
    context = gx.get_context(mode="ephemeral", project_config=_config(gx))
    asset = context.data_sources.add_pandas("intake").add_dataframe_asset("responses")
    suite = context.suites.add(gx.ExpectationSuite(name="codebook", expectations=list(expectations)))
    definition = gx.ValidationDefinition(
        name="intake", data=asset.add_batch_definition_whole_dataframe("all"), suite=suite
    )
    context.validation_definitions.add(definition)
    result = definition.run(
        batch_parameters={"dataframe": frame},
        result_format={"result_format": "COMPLETE", "return_unexpected_index_query": False},
    )
    return {about: rows for each in result.results for about, rows in [_unexpected(each)]}


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


def _item_columns(batches: Sequence[Batch]) -> Iterator[_Column]:
    """A column per item and set of codes: where a scale changed between waves, the item has several."""
    missing = {Missing.NOT_ASKED, Missing.NOT_ANSWERED, Missing.NOT_APPLICABLE}
    for item in _names(batch.codes for batch in batches):
        held = [batch.codes.get(item) for batch in batches]
        for allowed in dict.fromkeys(codes.allowed for codes in held if codes):
            fits = [codes.values if codes and codes.allowed == allowed else None for codes in held]
            yield _Column(
                item, _stacked(batches, fits, np.int8(Missing.NOT_ASKED)), sorted(allowed | missing)
            )
    for name in _names(batch.amounts for batch in batches):
        amounts = [batch.amounts.get(name) for batch in batches]
        for low, high in dict.fromkeys((a.low, a.high) for a in amounts if a):
            own = [a.values if a and (a.low, a.high) == (low, high) else None for a in amounts]
            yield _Column(name, _stacked(batches, own, np.float64(np.nan)), (), low, high)


def _names(mappings: Iterable[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for mapping in mappings for name in mapping))


def _stacked(
    batches: Sequence[Batch], values: Sequence[npt.NDArray[Any] | None], none: np.generic
) -> npt.NDArray[Any]:
    parts = [
        np.full(len(batch.response), none) if own is None else own
        for batch, own in zip(batches, values, strict=True)
    ]
    return np.concatenate(parts)


def _by_batch(
    batches: Sequence[Batch], found: Mapping[str, Positions], items: Mapping[str, str]
) -> Iterator[Unexpected]:
    start = 0
    for batch in batches:
        end = start + len(batch.response)
        here = {about: rows[(rows >= start) & (rows < end)] - start for about, rows in found.items()}
        broken = {about: rows for about, rows in here.items() if len(rows)}
        cells: dict[str, Positions] = {}
        for about, rows in broken.items():
            if about in items:
                cells[items[about]] = np.union1d(cells.get(items[about], np.empty(0, np.int64)), rows)
        yield Unexpected(cells, {about: rows for about, rows in broken.items() if about not in items})
        start = end
