"""``lcmonitor approve``: the machine's check, a person's name, and once enough have said so, publication.

It may be killed at any point and run again. What people approved are exact bytes: when any of them changes,
what was approved before counts no more.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from lcmonitor.approval.check import Checked, check
from lcmonitor.approval.finished import Finished
from lcmonitor.approval.manifest import SUMS, Manifest, digest, manifest, sha256, sums
from lcmonitor.approval.record import Given, counting, record, recorded
from lcmonitor.errors import Message, UsageError, WorkspaceError
from lcmonitor.files import sweep
from lcmonitor.programme.load import Setup, load_workspace
from lcmonitor.programme.recipients import PROGRAMME
from lcmonitor.reporting.edition import whole
from lcmonitor.reporting.editions_page import write_drafts, write_editions
from lcmonitor.reporting.revision import from_json
from lcmonitor.reporting.shelf import Kept, find, kept, latest
from lcmonitor.reporting.status import DATASET, FACTS, Approval, approved_facts, approved_page
from lcmonitor.reporting.words import Words, spoken
from lcmonitor.store.store import writing

_LONGEST = 100  # signs of a name
LATEST = "latest"


@dataclass(frozen=True)
class Decision:
    """What came of it. ``reset``: whose approval was of other bytes. ``index``: once it is published."""

    edition: str
    checked: tuple[Checked, ...]
    by: tuple[str, ...]
    needed: int
    reset: tuple[str, ...]
    index: Path | None
    warnings: tuple[Message, ...] = ()

    @property
    def problems(self) -> tuple[Message, ...]:
        """Of all checks."""
        return tuple(problem for one in self.checked for problem in one.problems)

    def as_json(self) -> dict[str, object]:
        """For ``lcmonitor approve --json``."""
        checks = {
            one.cause: [
                {"code": each.code, "place": each.place, "message": each.as_json()} for each in one.problems
            ]
            for one in self.checked
        }
        return {
            "edition": self.edition, "checks": checks, "approved_by": self.by, "needed": self.needed,
            "reset": self.reset, "warnings": [one.as_json() for one in self.warnings],
            "index": str(self.index) if self.index else None,
        }  # fmt: skip


def approve(root: Path, name: str, by: str, now: datetime) -> Decision:
    """``by`` approves edition ``name`` as it lies there; a draft that fails a check is approved by nobody.

    Raises UsageError (LCM-450, LCM-451), BusyError (LCM-401) while a run writes, and WorkspaceError (LCM-469)
    when the draft changes meanwhile.
    """
    setup, person = load_workspace(root), _person(by)
    workspace = setup.workspace
    with writing(workspace.store) as store:
        for folder in (workspace.approvals, workspace.drafts, workspace.reports):
            sweep(folder)
        draft = latest(workspace.drafts) if name == LATEST else find(workspace.drafts, name)
        published = find(workspace.reports, draft.id if draft else name)
        if published:
            return _finished(setup, published)
        if draft is None:
            known = ", ".join(one.id for one in kept(workspace.drafts)) or "–"
            raise UsageError(Message("LCM-450", name, {"known": known}))
        listed = manifest(draft.folder)
        checked = tuple(check(Finished(draft, setup, store.released(draft.id))))
        if any(one.problems for one in checked):
            return Decision(draft.id, checked, (), setup.programme.approval.people, (), None)
        return _decided(setup, draft, listed, Given(person, now, digest(listed)), checked)


def _decided(
    setup: Setup, draft: Kept, listed: Manifest, given: Given, checked: tuple[Checked, ...]
) -> Decision:
    file, needed = setup.workspace.approvals / f"{draft.id}.json", setup.programme.approval.people
    before = recorded(file)
    if given.person not in {one.person for one in counting(before, given.content)}:
        record(file, (*before, given))
    valid = counting((*before, given), given.content)
    reset = tuple(dict.fromkeys(one.by for one in before if one.content != given.content))
    index = _publish(setup, draft, listed, valid) if len(valid) >= needed else None
    return Decision(
        draft.id, checked, tuple(one.by for one in valid), needed, reset, index, tuple(_unexplained(draft))
    )


def _unexplained(draft: Kept) -> Iterator[Message]:
    """Changes for which nobody gave a reason: readers will see that."""
    for change in map(from_json, draft.facts["changes"]):
        if change.kind != "new" and not change.reasons:
            about = change.community or change.sector or PROGRAMME
            yield Message("LCM-461", draft.id, {"about": about, "waves": ", ".join(change.waves)})


def _person(by: str) -> str:
    """Raises UsageError (LCM-451): it stands on every page, so it has to be a name."""
    name = " ".join(by.split())
    if not 0 < len(name) <= _LONGEST or not name.isprintable() or not any(map(str.isalpha, name)):
        raise UsageError(Message("LCM-451", "--by", {"most": _LONGEST}))
    return name


def _finished(setup: Setup, edition: Kept) -> Decision:
    """One that is published already: what a crash left undone is done."""
    shutil.rmtree(setup.workspace.drafts / edition.id, ignore_errors=True)
    index = _lists(setup)
    by = tuple(edition.facts["approved_by"])
    return Decision(edition.id, (), by, setup.programme.approval.people, (), index)


def _publish(setup: Setup, draft: Kept, listed: Manifest, valid: tuple[Given, ...]) -> Path:
    """The draft's own bytes beside the other editions, but for what it says of its status."""
    zone = setup.programme.timezone
    approval = Approval(tuple(one.by for one in valid), max(one.at for one in valid).astimezone(zone))
    said: dict[str, Words] = {words.language: words for words in spoken(setup)}
    with whole(setup.workspace.reports / draft.id) as folder:
        for path, expected in listed.items():
            content = (draft.folder / path).read_bytes()
            if sha256(content) != expected:
                raise WorkspaceError(Message("LCM-469", path))
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(released(path, content, approval, said, setup))
        (folder / SUMS).write_bytes(sums(manifest(folder)))
    shutil.rmtree(draft.folder)
    return _lists(setup)


def released(path: str, content: bytes, approval: Approval, said: Mapping[str, Words], setup: Setup) -> bytes:
    """A file of a draft as it is published."""
    if path in (FACTS, DATASET):
        return approved_facts(path, content, approval)
    place = PurePosixPath(path)
    if place.suffix != ".html":
        return content
    return approved_page(content, approval, said[place.name.split(".")[-2]], setup.workspace.report_overrides)


def _lists(setup: Setup) -> Path:
    """The pages and feeds that name editions; gives the one to open."""
    write_drafts(setup.workspace.drafts, setup)
    write_editions(setup)
    return setup.workspace.reports / "index.html"
