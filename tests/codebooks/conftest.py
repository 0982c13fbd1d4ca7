"""Short ways to draft, to fill in what a draft leaves open, and to load the result."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from lcmonitor.codebooks.reading import Wish, drafted
from lcmonitor.codebooks.report import Report
from lcmonitor.documents import read
from lcmonitor.instruments.load import Instrument, load_instrument

Load = Callable[[Report], Instrument]
MADE_UP = Path(__file__).parent / "made_up"


def draft(file: Path, texts: Any = None) -> Report:
    return drafted(Wish("en", texts), file.name, file.read_bytes())


def codebook(report: Report) -> Any:
    """What our own reader of YAML makes of the draft."""
    return read(report.codebook, "codebook.yml").data


def filled(report: Report) -> str:
    """The draft with a text, each another one, wherever one lacks; nothing else is changed."""
    data = codebook(report)
    for number, (texts, language) in enumerate(_open(data)):
        texts[language] = f"filled in {number}"
    return yaml.dump(data, Dumper=_Quoting, sort_keys=False, allow_unicode=True)


def _open(value: Any) -> list[tuple[dict[str, str], str]]:
    if not isinstance(value, dict):
        return []
    own = [(value, key) for key, text in value.items() if text == "" and key in ("nl", "en")]
    return own + [pair for inner in value.values() for pair in _open(inner)]


class _Quoting(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


_Quoting.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """The instrument of a filled-in draft, by the loader of a workspace."""

    def loaded(report: Report) -> Instrument:
        folder = tmp_path / "surveys" / "own"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "codebook.yml").write_text(filled(report), encoding="utf-8")
        return load_instrument(folder, tmp_path)

    return loaded
