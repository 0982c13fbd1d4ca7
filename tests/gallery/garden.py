"""A small programme, its gallery of exports with one mistake each, and the command line to try them with."""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from lcmonitor import cli
from lcmonitor.errors import LANGUAGES, catalogue

HERE = Path(__file__).parent
WORKSPACE, EXPORTS = HERE / "workspace", HERE / "exports"
MARKER = "zzgeheim"  # in every token, e-mail address and wrong cell of the gallery


@dataclass(frozen=True)
class Done:
    """What a command left behind in the shell."""

    exit_code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def said(self) -> str:
        return self.out + self.err


@dataclass(frozen=True)
class Shell:
    """Runs ``lcmonitor …`` as a shell does, in this process: Great Expectations is imported once."""

    monkeypatch: pytest.MonkeyPatch
    capfd: pytest.CaptureFixture[str]

    def __call__(self, *words: object) -> Done:
        self.monkeypatch.setattr("sys.argv", ["lcmonitor", *map(str, words)])
        self.capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = self.capfd.readouterr()
        return Done(int(ended.value.code or 0), out, err)


def garden(at: Path) -> Path:
    """A new workspace with nothing in its inbox."""
    return Path(shutil.copytree(WORKSPACE, at))


def deliver(root: Path, file: Path, folder: str = "delta") -> Path:
    """Drop a file in the inbox."""
    place = root / "inbox" / folder
    place.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(file, place))


def receipt_of(root: Path, file: Path, folder: str) -> Path:
    """Where the receipt of a file is, as JSON; the page lies beside it."""
    return root / "published" / "receipts" / folder / f"{sha256(file.read_bytes()).hexdigest()[:12]}.json"


def tree(root: Path) -> Mapping[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def assert_well_told(code: str, message: Mapping[str, str], place: str) -> None:
    """Both languages: the place first, then every sentence of the catalogue, the next step last."""
    assert set(message) == set(LANGUAGES)
    assert message["nl"] != message["en"]
    for language in LANGUAGES:
        parts = catalogue()[code]
        sentences = [parts[part][language] for part in ("wrong", "found", "allowed", "next") if part in parts]
        told = " ".join(map(_pattern, sentences))
        before = f"{re.escape(place)}[^:]*: " if place else ""
        assert re.fullmatch(before + told, message[language], re.DOTALL), message[language]
        assert "{" not in message[language]
        assert "None" not in message[language]


def _pattern(template: str) -> str:
    return "".join(
        re.escape(words) + (".+" if blank is not None else "")
        for words, blank, _, _ in Formatter().parse(template)
    )
