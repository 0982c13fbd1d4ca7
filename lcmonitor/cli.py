"""The command line: what a person types, and the exit code that a script reads.

Everything heavier than click is imported inside the command that needs it: ``--help`` must be instant.
"""

import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from lcmonitor import console
from lcmonitor.errors import ExportError, Language, LcmonitorError, Message, WorkspaceError, fault

EXPORT = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)

workspace_option = click.option(
    "--workspace",
    type=FOLDER,
    envvar="LCMONITOR_WORKSPACE",
    default=".",
    show_default="the current folder, or $LCMONITOR_WORKSPACE",
    help="The programme's folder.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lcmonitor")
@click.option(
    "--language",
    type=click.Choice(["nl", "en"]),
    default=lambda: _language(),  # noqa: PLW0108 -- defined below
    show_default="$LCMONITOR_LANGUAGE, or that of your system",
    help="Language of what is printed.",
)
@click.pass_context
def cli(context: click.Context, language: Language) -> None:
    """From a survey export to a report that may be shown."""
    context.obj = context.obj or console.Console(language)
    context.obj.language = language


@cli.command()
@click.argument("folder", type=FOLDER)
@click.pass_obj
def init(out: console.Console, folder: Path) -> None:
    """Make a new workspace in FOLDER, with an example community to change."""
    from lcmonitor.programme.init import init as make

    make(folder)
    out.say("initialised", folder=folder)


@cli.command()
@click.argument("folder", type=FOLDER, default="lcmonitor-demo")
@click.pass_obj
def demo(out: console.Console, folder: Path) -> None:
    """Simulate a programme of seven communities in FOLDER and run it to its reports."""
    from lcmonitor import demo as simulated

    out.say("simulating", folder=folder)
    simulated.prepare(folder)
    _run(out, folder, first=lambda: simulated.send(folder))


@cli.command()
@click.argument("file", type=EXPORT)
@json_option
@click.pass_obj
def recognise(out: console.Console, file: Path, as_json: bool) -> None:
    """Say which tool wrote FILE, how it is encoded and how many rows it has. Needs no workspace."""
    from lcmonitor.exports import sandbox
    from lcmonitor.exports.recognise import recognition_json

    recognition = sandbox.recognise(file)
    out.json(recognition_json(recognition)) if as_json else out.recognition(recognition)
    _refuse_if(recognition.refused)


@cli.command()
@click.argument("file", type=EXPORT)
@click.option(
    "--out",
    "target",
    type=click.Path(path_type=Path),
    help="Write the draft to this file, which must be new.",
)
@click.option(
    "--texts", type=click.Choice(["nl", "en"]), help="Language of the texts, if the file does not name it."
)
@json_option
@click.pass_obj
def codebook(
    out: console.Console, file: Path, target: Path | None, texts: Language | None, as_json: bool
) -> None:
    """Draft an instrument from FILE, a survey tool's own codebook. Needs no workspace.

    FILE is a LimeSurvey .lss, .lsa or syntax file, a Qualtrics .qsf, an XLSForm, a REDCap data dictionary,
    a .sav, a .dta or DDI XML. The draft is YAML; what was left out and what is not sure is told beside it.
    """
    from lcmonitor.codebooks.reading import Wish, draft_of, save

    report = draft_of(file, Wish(out.language, texts))
    if target:
        save(report, target)
    out.json(report.as_json()) if as_json else out.codebook(report, target)


@cli.command()
@click.argument("file", type=EXPORT)
@click.option("--community", help="Whose export it is; needed when the programme has more than one.")
@click.option("--form", help="The form, where the headings fit more than one.")
@click.option("--wave", help="The wave, for an export without dates.")
@workspace_option
@json_option
@click.pass_obj
def check(
    out: console.Console,
    file: Path,
    community: str | None,
    form: str | None,
    wave: str | None,
    workspace: Path,
    as_json: bool,
) -> None:
    """Say what would become of FILE if it were delivered. Stores nothing."""
    from lcmonitor import pipeline
    from lcmonitor.intake.receipt import receipt_json

    out.show_progress(logging.WARNING)
    receipt = pipeline.check(workspace, file, community, form, wave)
    out.json(receipt_json(receipt)) if as_json else out.receipt(receipt)
    _refuse_if(receipt.verdict == "refused")


@cli.command("map")
@click.argument("file", type=EXPORT)
@click.option("--form", help="The form that FILE holds responses to; needed when there is more than one.")
@click.option("--community", help="Whose export it is; needed when the programme has more than one.")
@click.option("--wave", help="The wave, for an export without dates.")
@click.option(
    "--out",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    show_default="surveys/<instrument>/exports/<name of FILE>.yml in the workspace",
    help="Where to write the draft; a file that is there already is never overwritten.",
)
@workspace_option
@click.pass_obj
def map_(
    out: console.Console,
    file: Path,
    form: str | None,
    community: str | None,
    wave: str | None,
    target: Path | None,
    workspace: Path,
) -> None:
    """Draft the mapping file of FILE, an export that does not use the instrument's item codes.

    What is sure is filled in; the rest is left open, marked ??? with the nearest question behind it.
    """
    from lcmonitor.inbox import named
    from lcmonitor.mapping.write import write_draft
    from lcmonitor.programme.load import load_workspace

    setup = load_workspace(workspace)
    upload = named(setup, file, community, form, wave)
    out.say("drafted", **vars(write_draft(setup, upload, target, out.language)))


@cli.command()
@click.option(
    "--replace",
    "replacing",
    type=EXPORT,
    multiple=True,
    help="An export in the inbox whose waves shall hold what it holds and nothing else.",
)
@workspace_option
@json_option
@click.pass_obj
def run(out: console.Console, replacing: tuple[Path, ...], workspace: Path, as_json: bool) -> None:
    """Take in everything in the inbox, compute the figures and make the edition that is due, as a draft."""
    _refuse_if(_run(out, workspace, replacing, as_json))


@cli.command()
@click.argument("edition")
@click.option("--by", required=True, help="Who approves it: the name stands on every page.")
@workspace_option
@json_option
@click.pass_obj
def approve(out: console.Console, edition: str, by: str, workspace: Path, as_json: bool) -> None:
    """Check the draft EDITION by machine and approve it; with enough people it is published.

    EDITION is its name, or latest. How many different people are needed stands in programme.yml.
    """
    from datetime import UTC, datetime

    from lcmonitor.approval.approve import approve as decide

    decision = decide(workspace, edition, by, datetime.now(UTC))
    out.json(decision.as_json()) if as_json else out.decision(decision)
    if decision.problems:
        sys.exit(WorkspaceError.exit_code)


@cli.command()
@click.argument("edition", required=False)
@workspace_option
@json_option
@click.pass_obj
def send(out: console.Console, edition: str | None, workspace: Path, as_json: bool) -> None:
    """Mail the approved EDITION, or the one approved last, to all in programme.yml who have not had it.

    The password of the mail server comes from the environment: LCMONITOR_SMTP_PASSWORD.
    """
    from datetime import UTC, datetime

    from lcmonitor.sending.send import send as mail

    sent = mail(workspace, edition, datetime.now(UTC))
    out.json(sent.as_json()) if as_json else out.sending(sent)
    if sent.problems:
        sys.exit(WorkspaceError.exit_code)


@cli.command()
@workspace_option
@click.pass_obj
def serve(out: console.Console, workspace: Path) -> None:
    """Keep running: look at the inbox every few minutes, report at the programme's reporting moments."""
    from lcmonitor import scheduling

    out.say("serving", folder=workspace)
    scheduling.serve(workspace)


@cli.command()
@workspace_option
@json_option
@click.pass_obj
def status(out: console.Console, workspace: Path, as_json: bool) -> None:
    """Per community and wave: received, set aside, response rate, and in which edition."""
    from lcmonitor import status as standing

    rows = standing.read(workspace)
    out.json([row.as_json() for row in rows]) if as_json else out.status(rows)


@cli.command()
@click.argument("figure", nargs=-1, required=True)
@workspace_option
@json_option
@click.pass_obj
def explain(out: console.Console, figure: tuple[str, ...], workspace: Path, as_json: bool) -> None:
    """Say why FIGURE is shown, or is not: which rule, and what it waits for.

    FIGURE is a community, a wave, an indicator and, for some of the people, a partner type; across
    communities it is the word programme, a wave, an indicator and maybe a sector. With spaces or with
    slashes between them: delta/2025a/trust-mean.
    """
    from lcmonitor import explain as explaining

    found = explaining.read(workspace, figure)
    out.json([one.as_json() for one in found]) if as_json else out.explanations(found)


@cli.command()
@workspace_option
@json_option
@click.pass_obj
def lint(out: console.Console, workspace: Path, as_json: bool) -> None:
    """Check every file that people write: programme, communities, instrument, mappings."""
    from lcmonitor.programme.load import finished
    from lcmonitor.programme.look import adjusted

    setup = finished(workspace)
    if as_json:
        out.json([])
    else:
        out.problems(adjusted(setup.programme.look))
        out.say("lint_clean", communities=len(setup.communities))


@cli.command()
@click.argument("edition", required=False)
@click.option("--report", "only", multiple=True, help="Only this report, such as communities/delta.")
@workspace_option
@click.pass_obj
def pdf(out: console.Console, edition: str | None, only: tuple[str, ...], workspace: Path) -> None:
    """Make the reports of EDITION, or of the newest one, as tagged PDF. Needs the extra lcmonitor[pdf]."""
    from lcmonitor.programme.load import load_workspace
    from lcmonitor.reporting.printing import print_edition

    out.show_progress()
    setup = load_workspace(workspace)
    made = print_edition(setup, edition, only)
    out.say("printed", count=len(made), folder=setup.workspace.pdfs)


def _run(
    out: console.Console,
    workspace: Path,
    replacing: tuple[Path, ...] = (),
    as_json: bool = False,
    first: Callable[[], None] = lambda: None,
) -> bool:
    """Run the flow and print its outcome; gives whether any export was refused."""
    from lcmonitor import pipeline, scheduling
    from lcmonitor.programme.workspace import Workspace

    out.show_progress()
    outcome = scheduling.run(workspace, replacing, first)
    told = {receipt.sha256 for receipt in outcome.receipts}
    before = [one.path for one in pipeline.refused(workspace) if one.sha256 not in told]
    if before and not as_json:
        out.say("refused_before", files=", ".join(f"{path.parent.name}/{path.name}" for path in before))
    out.json(outcome.as_json()) if as_json else out.outcome(outcome, Workspace(workspace).receipts)
    return any(receipt.verdict == "refused" for receipt in outcome.receipts)


def _refuse_if(refused: object) -> None:
    if refused:
        sys.exit(ExportError.exit_code)


def main() -> None:
    """Run the command; whatever goes wrong ends as a sentence and an exit code, never as a traceback."""
    gc.set_threshold(10_000, 20, 20)  # tables and expressions by the million, and hardly a cycle among them
    out = console.Console(_language())
    try:
        cli(obj=out)
    except LcmonitorError as error:
        _report(out, error.messages)
        sys.exit(error.exit_code)
    except Exception as error:
        if "LCMONITOR_TRACEBACK" in os.environ:
            raise
        _report(out, fault(error).messages)
        sys.exit(LcmonitorError.exit_code)


def _report(out: console.Console, messages: Sequence[Message]) -> None:
    if "--json" in sys.argv:
        out.json([{"code": m.code, "place": m.place, "message": m.as_json()} for m in messages])
    else:
        out.problems(messages)


def _language() -> Language:
    wish = os.environ.get("LCMONITOR_LANGUAGE") or os.environ.get("LANG", "")
    return "nl" if wish.startswith("nl") else "en"
