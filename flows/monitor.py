"""The pipeline's steps as Prefect tasks, in four flows.

intake   every few minutes       what lies in the inbox is checked and stored
report   at reporting moments    figures, disclosure control, an edition as a draft
monitor  both, now               what ``lcmonitor run`` and ``lcmonitor demo`` run
post     every few minutes       what was approved is mailed to whoever has not had it
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from prefect import flow, serve, task
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State, TaskRun
from prefect.concurrency.sync import concurrency
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Interval, RRule, Schedule

from lcmonitor import pipeline
from lcmonitor.errors import BusyError, LcmonitorError, fault
from lcmonitor.intake.receipt import Receipt
from lcmonitor.programme.load import load_workspace
from lcmonitor.programme.model import Wave
from lcmonitor.reporting.edition import Edition
from lcmonitor.reporting.shelf import kept
from lcmonitor.sending.send import send

# One writer at a time over all flows. The store's file lock is the truth; this lets runs queue.
WRITER = "lcmonitor-writer"


def _may_pass(_task: Any, _run: TaskRun, state: State[Any]) -> bool:
    """Whether trying again can help: a busy disk or lock may, a wrong file will not."""
    return isinstance(state.result(raise_on_failure=False), OSError | BusyError)


Given = ParamSpec("Given")
Made = TypeVar("Made")


def _without_values(step: Callable[Given, Made]) -> Callable[Given, Made]:
    """A fault of ours leaves a step without its words: Prefect would log and keep the answers in them."""

    @wraps(step)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        try:
            return step(*args, **kwargs)
        except (LcmonitorError, OSError):
            raise
        except Exception as error:
            if "LCMONITOR_TRACEBACK" in os.environ:
                raise
            raise fault(error) from None

    return guarded


_touches_files: dict[str, Any] = {"retries": 2, "retry_delay_seconds": 5, "retry_condition_fn": _may_pass}

ingest = task(name="ingest", **_touches_files)(_without_values(pipeline.ingest))
compute = task(name="compute")(_without_values(pipeline.compute))
release = task(name="release")(_without_values(pipeline.release))
mail = task(name="mail")(_without_values(send))
publish = task(name="publish", **_touches_files)(_without_values(pipeline.publish))


@flow(name="intake", persist_result=False)
def intake(workspace: Path, replacing: tuple[Path, ...] = ()) -> list[Receipt]:
    """Check and store what lies in the inbox."""
    with _one_writer():
        return ingest(workspace, replacing)


@flow(name="report", persist_result=False)
def report(workspace: Path, today: date | None = None) -> Edition | None:
    """Make the edition of the newest wave whose reporting moment has come; once made, it stays."""
    with _one_writer():
        table = compute(workspace)
        released = release(workspace, table, today or _today(workspace))
        return publish(workspace, table, released)


@flow(name="monitor", persist_result=False)
def monitor(workspace: Path, replacing: tuple[Path, ...] = ()) -> pipeline.Outcome:
    """The whole way, now."""
    return pipeline.Outcome(intake(workspace, replacing), report(workspace))


@flow(name="post", persist_result=False)
def post(workspace: Path) -> None:
    """Mail the edition that was approved last, once, where the programme names recipients."""
    setup = load_workspace(workspace)
    if setup.programme.mail and setup.programme.recipients and kept(setup.workspace.reports):
        mail(workspace, None, datetime.now(UTC), again=False)


def serve_schedules(workspace: Path) -> None:
    """Run the flows by their schedules until stopped."""
    programme = load_workspace(workspace).programme
    parameters = {"workspace": str(workspace)}
    every = Interval(timedelta(minutes=programme.intake_minutes))
    moments = [_moment(wave, programme.timezone) for wave in programme.waves]
    deploy = RunnerDeployment.from_flow
    serve(
        deploy(intake, name=programme.id, schedules=[every], parameters=parameters),
        deploy(post, name=programme.id, schedules=[every], parameters=parameters),
        deploy(report, name=programme.id, schedules=moments, parameters=parameters),
    )


def _today(workspace: Path) -> date:
    return datetime.now(load_workspace(workspace).programme.timezone).date()


def _moment(wave: Wave, timezone: ZoneInfo) -> Schedule:
    """The morning of a wave's reporting moment, once."""
    return RRule(f"DTSTART:{wave.reported:%Y%m%d}T060000\nRRULE:FREQ=DAILY;COUNT=1", timezone=timezone.key)


def _one_writer() -> Any:
    with get_client(sync_client=True) as client:
        client.upsert_global_concurrency_limit_by_name(WRITER, 1)
    return concurrency(WRITER, occupy=1, strict=True)
