"""What a command prints for a person. The words are content: ``reports/text/console.yml``."""

import json
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import click
import yaml

from lcmonitor import resources
from lcmonitor.errors import Language, Message

if TYPE_CHECKING:
    from pathlib import Path

    from lcmonitor.approval.approve import Decision
    from lcmonitor.codebooks.report import Report
    from lcmonitor.explain import Explanation
    from lcmonitor.exports.recognise import Recognition
    from lcmonitor.intake.receipt import Receipt
    from lcmonitor.origin import Origin
    from lcmonitor.pipeline import Outcome
    from lcmonitor.sending.send import Sending
    from lcmonitor.status import Standing


_BALANCE = ("rows", "new", "updated", "unchanged", "set_aside")
_RECEIPTS = ("community", "files", "refused", *_BALANCE)


@cache
def _content(name: str) -> Any:
    text = (resources.REPORTS / "text" / f"{name}.yml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _words() -> Mapping[str, Mapping[str, str]]:
    words: Mapping[str, Mapping[str, str]] = _content("console")
    return words


class Console:
    """Prints in one language; sentences to standard output, progress and errors to standard error."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def word(self, key: str, **params: object) -> str:
        """The words of ``key``, with its blanks filled."""
        return _words()[key][self.language].format(**params)

    def say(self, key: str, **params: object) -> None:
        """Print a sentence."""
        click.echo(self.word(key, **params))

    def json(self, value: object) -> None:
        """Print a value for a program to read."""
        click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))

    def problems(self, messages: Iterable[Message]) -> None:
        """Print what is wrong, one paragraph each, on standard error."""
        for message in messages:
            click.echo(f"{message.code}  {message.text(self.language)}", err=True)

    def recognition(self, recognition: "Recognition") -> None:
        """Print what is known of a file, a line a fact, and why it is refused if it is."""
        for key, value in recognition.facts().items():
            if value or (value == 0 and not recognition.refused):
                click.echo(f"{self.word(key):<20}{self._fact(key, value)}")
            if key == "incomplete" and (count := recognition.neither):
                click.echo(f"{self.word('neither'):<20}{self.word('neither_said', count=count)}")
        if recognition.refused:
            self.problems([recognition.refused])

    def _fact(self, key: str, value: object) -> str:
        """In the user's language, where it is a word of ours."""
        words = _content("recognised").get(key, {}).get(str(value))
        return str(words[self.language]) if words else _spelled(value)

    def codebook(self, report: "Report", target: "Path | None") -> None:
        """Print the draft, unless it was saved, and on standard error what is to be told about it."""
        if target is None:
            click.echo(report.codebook, nl=False)
        for line in report.lines(self.language, target):
            click.echo(_spelled(line), err=True)

    def receipt(self, receipt: "Receipt") -> None:
        """Print the account of one file: verdict, row balance, and what to do."""
        balance = receipt.balance
        click.echo(f"{receipt.community}/{receipt.file}: {self.word(receipt.verdict)}")
        self.say("balance", **vars(balance))
        for finding in receipt.findings:
            click.echo(f"  {finding.message.code}  {finding.message.text(self.language)}")

    def receipts(self, receipts: Sequence["Receipt"]) -> None:
        """Print one line a community, then every file that was refused, with what to do."""
        if not receipts:
            return self.say("nothing_new")
        communities = sorted({receipt.community for receipt in receipts})
        rows = [
            self._line(name, [each for each in receipts if each.community == name]) for name in communities
        ]
        self.table(_RECEIPTS, rows, numbers=_RECEIPTS[1:])
        for receipt in receipts:
            if receipt.verdict == "refused":
                self.receipt(receipt)
        return None

    def _line(self, community: str, receipts: Sequence["Receipt"]) -> list[str]:
        refused = sum(receipt.verdict == "refused" for receipt in receipts)
        rows = [sum(getattr(receipt.balance, part) for receipt in receipts) for part in _BALANCE]
        return [community, *map(str, (len(receipts), refused, *rows))]

    def outcome(self, outcome: "Outcome", receipts: "Path") -> None:
        """Print what a run did: receipts in short and where they lie, then where the reports are."""
        self.receipts(outcome.receipts)
        if outcome.receipts:
            self.say("receipts", folder=receipts)
        edition = outcome.edition
        if edition is None:
            return self.say("no_edition")
        if edition.approved:
            return self.say("edition", id=edition.id, index=edition.index)
        self.say("draft", id=edition.id, index=edition.index)
        return self.say("to_approve", id=edition.id, workspace=edition.folder.parents[1])

    def decision(self, decision: "Decision") -> None:
        """Print what each check of a draft found, then who approved it and what is left to do."""
        for one in decision.checked:
            what = self.word(f"check_{one.cause}")
            if one.problems:
                self.say("check_failed", what=what, count=len(one.problems))
            else:
                self.say("check_passed", what=what)
        self.problems(decision.problems)
        if decision.problems:
            return self.say("not_approved", id=decision.edition)
        self.problems(decision.warnings)
        if decision.reset:
            self.say("approvals_reset", names=", ".join(decision.reset))
        facts = {"id": decision.edition, "names": ", ".join(decision.by)}
        if decision.index:
            return self.say("published", index=decision.index, **facts)
        return self.say("approved", missing=decision.needed - len(decision.by), **facts)

    def sending(self, sending: "Sending") -> None:
        """Print how many mails went, then what is wrong with an address, by its place and never by itself."""
        facts = {name: value for name, value in vars(sending).items() if name != "problems"}
        self.say("mailed_all", **facts)
        self.problems(sending.problems)

    def status(self, standings: Sequence["Standing"]) -> None:
        """Print one line per community, wave and form."""
        rows = [
            [*map(str, standing.cells()[:-1]), self._edition(standing.edition, standing.approved)]
            for standing in standings
        ]
        heads, numbers = (standings[0].HEADS, standings[0].NUMBERS) if standings else ((), ())
        self.table(heads, rows, numbers)

    def _edition(self, name: str | None, approved: bool) -> str:
        if name is None:
            return "–"
        return name if approved else f"{name} ({self.word('state_draft')})"

    def explanations(self, explanations: Sequence["Explanation"]) -> None:
        """Print a paragraph a figure: what an edition says of it, why, by which rule, what it waits for."""
        for number, one in enumerate(explanations):
            click.echo("\n" * (number > 0) + f"{one.id}: {one.title(self.language)}")
            for key, text in self._facts(one):
                click.echo(f"  {self.word(key):<12}{text}")

    def _facts(self, one: "Explanation") -> Iterator[tuple[str, str]]:
        figure = one.figure
        part = self.word("the_part", part=figure.part) if figure.part else ""
        yield "what", self.word(f"measure_{figure.measure}", versus=figure.versus) + part
        yield "shown", one.value(self.language)
        if figure.reason:
            yield "why", one.reason(self.language) or self.word(f"why_{figure.reason}")
        if one.rule:
            yield "rule", self.word("rule_ceiling" if one.rule.is_ceiling else "rule_floor", **vars(one.rule))
        yield "edition_id", self._edition(one.edition, one.approved)
        if one.pairs:
            pair, more = one.pairs[0], len(one.pairs) - 1
            yield "waits", self.word("waits_for", **vars(pair))
            if more:
                yield "", self.word("waits_more", count=more)
        if figure.shown:
            told = (
                ("formula", one.formula(self.language)),
                ("interval_formula", one.interval(self.language)),
            )
            yield from (each for each in told if each[1])
        if one.origin:
            yield from self._origin(one.origin)

    def _origin(self, origin: "Origin") -> Iterator[tuple[str, str]]:
        for number, source in enumerate(origin.sources):
            yield ("" if number else "sources"), f"{source.file} ({source.sha256[:12]})"
        since = origin.questions_since.isoformat() if origin.questions_since else self.word("since_first")
        yield "made_by", self.word("versions", since=since, lcmonitor=origin.lcmonitor)
        for number, line in enumerate(origin.sql.splitlines() or [self.word("no_sql")]):
            yield ("" if number else "again"), line

    def table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[str] = ()
    ) -> None:
        """Print columns under the words of ``heads``; those named in ``numbers`` to the right."""
        if not rows:
            return self.say("nothing")
        words = [self.word(head) for head in heads]
        widths = [max(map(len, column)) for column in zip(words, *rows, strict=True)]
        for row in (words, *rows):
            cells = (
                cell.rjust(width) if head in numbers else cell.ljust(width)
                for head, cell, width in zip(heads, row, widths, strict=True)
            )
            click.echo("  ".join(cells).rstrip())
        return None

    def show_progress(self, level: int = logging.INFO) -> None:
        """Let the steps say on standard error what they are doing, or warnings only."""
        handler = _Progress(self)
        logger = logging.getLogger("lcmonitor")
        logger.addHandler(handler)
        logger.setLevel(level)
        logger.propagate = False  # Prefect would print every line a second time


class _Progress(logging.Handler):
    """A line per step, in the user's language: the log message is the key, its ``blanks`` are filled."""

    def __init__(self, console: Console) -> None:
        super().__init__(logging.INFO)
        self.console = console

    def emit(self, record: logging.LogRecord) -> None:
        click.echo(self.console.word(record.msg, **getattr(record, "blanks", {})), err=True)


def _spelled(value: object) -> str:
    """Lists in a row; a tab or a line end by its name."""
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return text if text.isprintable() else repr(text)[1:-1]
