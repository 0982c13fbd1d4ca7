"""The five steps, as plain functions over a workspace: check · ingest · compute · release · publish.

Each may be killed at any point and run again: what was done stays done, and what was not is done then.
"""

import hashlib
import json
import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from lcmonitor import reporting
from lcmonitor.archive import keep
from lcmonitor.disclosure.open_answers import release_texts
from lcmonitor.disclosure.released import ReleasedTable, may_be_shown
from lcmonitor.disclosure.released import release as release_figures
from lcmonitor.disclosure.released import waiting as figures_waiting
from lcmonitor.drift.neighbours import drift, newest_wave
from lcmonitor.errors import ExportError, Message, UsageError
from lcmonitor.exports import sandbox
from lcmonitor.files import sweep, write_whole
from lcmonitor.inbox import Upload, find_uploads, named
from lcmonitor.indicators.compute import compute as compute_indicators
from lcmonitor.indicators.compute import foresee
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.intake.conclude import refusal, with_findings
from lcmonitor.intake.delivery import Delivery, Examined
from lcmonitor.intake.examine import examine
from lcmonitor.intake.receipt import Balance, Finding, Receipt, receipt_from_json, receipt_json
from lcmonitor.intake.validate import great_expectations
from lcmonitor.programme.load import Setup, load_workspace
from lcmonitor.programme.secret import secret
from lcmonitor.programme.workspace import Workspace
from lcmonitor.reporting.edition import Edition
from lcmonitor.reporting.revision import Earlier
from lcmonitor.store.deliveries import Entry
from lcmonitor.store.responses import Comparison
from lcmonitor.store.snapshot import is_current, snapshot
from lcmonitor.store.store import Store, reading, writing

log = logging.getLogger(__name__)

_READERS = 2  # files that are read at a time, each in a process of its own


@dataclass(frozen=True)
class Outcome:
    """What a run did: a receipt per file that was new or refused, and the edition that stands now."""

    receipts: Sequence[Receipt]
    edition: Edition | None

    def as_json(self) -> dict[str, object]:
        """For ``lcmonitor run --json``."""
        return {
            "receipts": [receipt_json(receipt) for receipt in self.receipts],
            "edition": self.edition.id if self.edition else None,
            "approved": self.edition.approved if self.edition else None,
            "index": str(self.edition.index) if self.edition else None,
        }


def prepare(root: Path) -> None:
    """Get what a run would wait for: a process that readers come from, a slow library, charts, SQL."""
    sandbox.prepare()
    great_expectations()
    reporting.prepare(Workspace(root).report_overrides)
    foresee(load_workspace(root))


def check(root: Path, file: Path, community: str | None, form: str | None, wave: str | None) -> Receipt:
    """The receipt that an ingest of ``file`` would give. Changes nothing.

    Raises UsageError for a community, form or wave that the programme does not have.
    """
    setup = load_workspace(root)
    _tell_unfinished(setup)
    upload = named(setup, file, community, form, wave)
    key = secret(setup.workspace) if setup.workspace.secret_file.exists() else b""
    ((_, examined),) = _examined(setup, [upload], key)
    with reading(setup.workspace.store) as store:
        return _weighed(setup, store, examined)


def ingest(root: Path, replacing: Collection[Path] = ()) -> list[Receipt]:
    """Take in what lies in the inbox, oldest first; bytes that were taken in before change nothing.

    ``replacing``: exports whose waves then hold what they hold and nothing else.
    """
    setup = load_workspace(root)
    _tell_unfinished(setup)
    for community in setup.communities:  # somebody looks for the place to drop an export
        (setup.workspace.inbox / community).mkdir(parents=True, exist_ok=True)
    fresh = _fresh(setup, replacing)
    log.info("reading", extra={"blanks": {"count": len(fresh)}})
    examined = _examined(setup, fresh, secret(setup.workspace)) if fresh else []
    log.info("checking")
    with writing(setup.workspace.store) as store:
        for folder in (setup.workspace.archive, setup.workspace.receipts, setup.workspace.office):
            sweep(folder)
        receipts = [_taken_in(setup, store, upload, one) for upload, one in examined]
        for receipt in receipts:
            _write_receipt(setup, receipt)
        _write_for_office(setup)
    for upload, one in examined:
        _mark_refused(setup, upload, one)
    return receipts


def refused(root: Path) -> list[Upload]:
    """What lies in the inbox and was refused: it would be again, as long as it is as it was."""
    setup = load_workspace(root)
    uploads = (one for one in find_uploads(setup.workspace.inbox, ()) if one.community in setup.communities)
    return [upload for upload in uploads if _refusal_mark(setup, upload).exists()]


def compute(root: Path) -> IndicatorTable:
    """Every figure of every wave, from what is stored."""
    setup = load_workspace(root)
    log.info("computing")
    privacy = setup.programme.privacy
    with reading(setup.workspace.store) as store:
        past = store.past()
        return compute_indicators(store.connection, setup, lambda table: may_be_shown(table, privacy, past))


def release(root: Path, table: IndicatorTable, today: date) -> ReleasedTable:
    """What may be shown of the waves whose reporting moment has come by ``today``, beside what was before."""
    setup = load_workspace(root)
    log.info("releasing")
    with reading(setup.workspace.store) as store:
        return release_figures(_due(setup, table, today), setup.programme.privacy, store.past())


def waiting(root: Path, today: date) -> pd.DataFrame:
    """What figures of today's answers wait for beside the editions so far: ``disclosure.earlier.pairs``."""
    setup, table = load_workspace(root), compute(root)
    with reading(setup.workspace.store) as store:
        past = store.past()
        assert past, "there are editions"
        return figures_waiting(_due(setup, table, today), setup.programme.privacy, past)


def _due(setup: Setup, table: IndicatorTable, today: date) -> IndicatorTable:
    """Of the waves whose reporting moment has come."""
    due = [wave.id for wave in setup.programme.waves if wave.reported <= today]
    return IndicatorTable(table.rows[table.rows["wave"].isin(due)])


def publish(root: Path, table: IndicatorTable, released: ReleasedTable) -> Edition | None:
    """The edition of the newest wave with figures, as a draft: history, the analysts' snapshot, pages.

    The same figures and texts are the same edition, which is made once. Whoever sees a draft knows its
    figures: they count as published for all that comes later, so they are recorded when it is made.
    """
    setup = load_workspace(root)
    edition = reporting.plan(released, setup)
    if edition is None:
        return None
    log.info("publishing", extra={"blanks": {"id": edition.id}})
    earlier = _approved_last(setup)
    _record(setup, table, released, edition)
    for folder in (setup.workspace.reports, setup.workspace.drafts):
        sweep(folder)
    _write_for_members(setup, edition)
    if setup.workspace.reports.is_dir():
        reporting.write_editions(setup)  # a reason for a correction may have been written since
    return reporting.publish(released, setup, edition, earlier)


def _approved_last(setup: Setup) -> Earlier | None:
    """The edition that readers have, with what it showed."""
    found = reporting.latest(setup.workspace.reports)
    if found is None:
        return None
    with reading(setup.workspace.store) as store:
        return Earlier(found, store.released(found.id))


def _tell_unfinished(setup: Setup) -> None:
    """One line a mapping file that is not used, as it has questions in it."""
    for draft in setup.instrument.unfinished.values():
        log.warning("unfinished", extra={"blanks": {"file": draft.file, "count": len(draft.questions)}})


def _fresh(setup: Setup, replacing: Collection[Path]) -> list[Upload]:
    """The uploads that were not judged before under the definitions of today.

    What once replaced others does so again when it is read anew, or those it replaced would come back.
    Raises UsageError (LCM-428) when a file that shall replace others is not in the inbox.
    """
    inbox, asked = setup.workspace.inbox, {path.resolve() for path in replacing}
    uploads = find_uploads(inbox, asked)
    if strays := asked - {upload.path.resolve() for upload in uploads}:
        raise UsageError(*(Message("LCM-428", path.name, {"inbox": inbox.name}) for path in sorted(strays)))
    with reading(setup.workspace.store) as store:
        again = store.replacements()
        fresh = [upload for upload in uploads if upload.replaces or not _settled(setup, store, upload)]
    return [
        replace(upload, replaces=True) if (upload.community, upload.sha256) in again else upload
        for upload in fresh
    ]


def _settled(setup: Setup, store: Store, upload: Upload) -> bool:
    """Whether an upload was judged before; its receipt is written if a crash came before that."""
    if upload.community not in setup.communities:
        return False
    sha256, definitions = upload.sha256, _definitions(setup, upload)
    known = store.delivery(sha256, definitions, upload.community)
    if known:
        _write_receipt(setup, receipt_from_json(known))
    return known is not None or _refusal_mark(setup, upload).exists()


def _refusal_mark(setup: Setup, upload: Upload) -> Path:
    """An empty file that says: these bytes were refused under these definitions, and would be again."""
    name = f"{upload.sha256}-{_definitions(setup, upload)}"
    return setup.workspace.data / "refused" / upload.community / name


def _definitions(setup: Setup, upload: Upload) -> str:
    """What a file is judged by, as a fingerprint: when it changes, the file is read anew."""
    community = setup.communities[upload.community]
    parts = [
        setup.read_by,
        *(partner.model_dump_json() for partner in community.partners),
        _participants(setup, upload),
        upload.wave or "",
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _participants(setup: Setup, upload: Upload) -> str:
    """The names that no open answer may hold."""
    names = setup.workspace.participants(upload.community)
    return names.read_text(encoding="utf-8") if names.is_file() else ""


def _examined(setup: Setup, uploads: Sequence[Upload], key: bytes) -> list[tuple[Upload, Examined]]:
    """Read each file in the sandbox, and meanwhile look at those that could be read."""
    found: dict[Upload, Examined] = {}
    readable: list[Upload] = []

    def deliveries(reads: Iterable[Delivery | Examined]) -> Iterator[Delivery]:
        for upload, one in zip(uploads, reads, strict=True):
            if isinstance(one, Delivery):
                readable.append(upload)
                yield one
            else:
                found[upload] = one

    with ThreadPoolExecutor(_READERS) as readers:
        examined = examine(deliveries(readers.map(partial(_read, setup), uploads)), setup, key)
    found |= dict(zip(readable, examined, strict=True))
    return [(upload, found[upload]) for upload in uploads]


def _read(setup: Setup, upload: Upload) -> Delivery | Examined:
    """What the file holds, or its refusal."""
    try:
        upload.check_place(setup)
        table = sandbox.read(upload.path, setup.programme.reading.limits)
    except ExportError as error:
        return Examined(refusal(upload.path.name, upload.sha256, upload.community, error), None)
    return Delivery(table, setup.communities[upload.community], upload.form, upload.wave)


def _weighed(setup: Setup, store: Store, examined: Examined, replaces: bool = False) -> Receipt:
    """The receipt with its rows set against what is stored, and its questions against the wave before."""
    receipt, responses = examined.receipt, examined.responses
    if responses is None:
        return receipt
    compared = _with_comparison(receipt, store.compare(responses), replaces)
    return with_findings(compared, drift(setup, store, examined))


def _taken_in(setup: Setup, store: Store, upload: Upload, examined: Examined) -> Receipt:
    """Archive and store one file; a refused one leaves only its receipt."""
    if examined.responses is None or examined.structure is None:
        return examined.receipt
    receipt = _weighed(setup, store, examined, upload.replaces)
    keep(upload.path, setup.workspace.archive, receipt.sha256)
    definitions, wave = _definitions(setup, upload), newest_wave(setup, examined.responses).id
    structure, document = examined.structure, receipt_json(receipt)
    entry = Entry(receipt, definitions, document, wave, structure, upload.replaces)
    store.merge(entry, examined.responses)
    return receipt


def _mark_refused(setup: Setup, upload: Upload, examined: Examined) -> None:
    """Remember a refusal once its receipt is there, so that the file is not read in vain at every run."""
    if examined.responses is None and upload.community in setup.communities:
        mark = _refusal_mark(setup, upload)
        mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark.touch(mode=0o600)


def _with_comparison(receipt: Receipt, comparison: Comparison, replaces: bool) -> Receipt:
    balance = Balance(
        rows=receipt.balance.rows,
        new=comparison.new,
        updated=comparison.updated,
        unchanged=comparison.unchanged,
        set_aside=receipt.balance.set_aside,
    )
    gone = _gone(receipt, comparison.gone, "LCM-429" if replaces else "LCM-426")
    return replace(receipt, balance=balance, findings=(*receipt.findings, *gone))


def _gone(receipt: Receipt, count: int, code: str) -> list[Finding]:
    """A response that a later export no longer holds is kept, or was said to go; either is told."""
    return [Finding(Message(code, receipt.file, {"count": count}), "note", count=count)] if count else []


def _receipt_file(setup: Setup, community: str, sha256: str) -> Path:
    return setup.workspace.receipts / (community or "unknown") / f"{sha256[:12]}.json"


def _write_receipt(setup: Setup, receipt: Receipt) -> None:
    """The receipt as a page for a person, then for a program: where that is, both are."""
    community = receipt.community if receipt.community in setup.communities else ""
    file = _receipt_file(setup, community, receipt.sha256)
    content = json.dumps(receipt_json(receipt), indent=2, ensure_ascii=False).encode()
    if file.is_file() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    page = reporting.receipt_page(receipt, setup)
    write_whole(file.with_suffix(".html"), page.encode(), 0o644)
    write_whole(file, content, 0o644)


def _write_for_office(setup: Setup) -> None:
    """What came in so far, from the receipts as they lie there: those of refused files are nowhere else."""
    files = sorted(setup.workspace.receipts.glob("*/*.json"))
    receipts = [receipt_from_json(json.loads(file.read_text(encoding="utf-8"))) for file in files]
    for language, page in reporting.office_pages(receipts, setup).items():
        _keep_private(setup.workspace.office / f"quality.{language}.html", page)


def _keep_private(file: Path, page: str) -> None:
    content = page.encode()
    if not file.is_file() or file.read_bytes() != content:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(file, content, 0o600)


def _write_for_members(setup: Setup, edition: Edition) -> None:
    """What members wrote in their own words, for each community by itself and outside the edition."""
    wave = setup.programme.wave(edition.wave)
    with reading(setup.workspace.store) as store:
        found = {name: store.open_answers(name, edition.wave) for name in setup.communities}
    for name, answers in found.items():
        if wave and answers:
            texts = release_texts(answers, setup.programme.privacy)
            page = reporting.members_page(texts, setup, setup.communities[name], wave)
            _keep_private(setup.workspace.members_page(name, wave.id), page)


def _record(setup: Setup, table: IndicatorTable, released: ReleasedTable, edition: Edition) -> None:
    """History and definitions in the store, then the snapshot; an edition that is known writes nothing."""
    workspace = setup.workspace
    with reading(workspace.store) as store:
        known = edition.id in (past.id for past in store.editions())
    if not known:
        with writing(workspace.store) as store:
            store.describe(setup)
            store.write_indicators(table.rows)
            store.record_edition(edition.id, edition.wave, released.rows)
    with reading(workspace.store) as store:
        if not is_current(store, workspace.analysis):
            snapshot(store, workspace.analysis, secret(workspace))
