"""An export in, a draft of its mapping file out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lcmonitor.errors import Language, Message, UsageError
from lcmonitor.exports import sandbox
from lcmonitor.exports.table import RawTable
from lcmonitor.inbox import Upload
from lcmonitor.intake.claimed import with_claimed
from lcmonitor.intake.context import asked_in, waves_seen
from lcmonitor.intake.match import match
from lcmonitor.mapping.draft import draft
from lcmonitor.mapping.text import as_yaml
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave


@dataclass(frozen=True)
class Written:
    """Where the draft is, and how much of it is done."""

    file: Path
    filled: int
    open: int


def write_draft(setup: Setup, upload: Upload, out: Path | None, language: Language) -> Written:
    """Write a mapping file for the export to ``out``, or to where the workspace looks for it.

    Raises UsageError: LCM-440 a file is there already, LCM-443 there are more forms, and neither a name nor
    the columns tell which; ExportError for what cannot be read.
    """
    path = out or _usual_place(setup, upload.path)
    if path.exists():
        raise UsageError(Message("LCM-440", str(path)))
    table = sandbox.read(upload.path)
    asked = asked_in(setup, setup.communities[upload.community], _waves(setup, upload, table))
    table = with_claimed(table, asked)
    form = upload.form or match(table, asked).form or _only_form(setup)
    made = draft(table, asked, form, setup.programme.privacy.respondents)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(as_yaml(made, upload.path.name, language))
    return Written(path, made.filled, made.open)


def _only_form(setup: Setup) -> str:
    forms = sorted(setup.instrument.forms)
    if len(forms) > 1:
        raise UsageError(Message("LCM-443", params={"known": ", ".join(forms)}))
    return forms[0]


def _usual_place(setup: Setup, export: Path) -> Path:
    name = re.sub(r"[^a-z0-9]+", "-", export.stem.casefold()).strip("-") or "export"
    return setup.workspace.surveys / setup.programme.instrument / "exports" / f"{name}.yml"


def _waves(setup: Setup, upload: Upload, table: RawTable) -> Sequence[Wave]:
    """The wave that it is said to be of, or those of its dates; of an export without dates it may be any."""
    waves = setup.programme.waves
    said = [wave for wave in waves if wave.id == upload.wave]
    return said or waves_seen(table, waves) or waves
