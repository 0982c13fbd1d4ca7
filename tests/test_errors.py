"""The catalogue of messages and the code that uses it: neither has an entry that the other does not know."""

import ast
import pickle
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest
import yaml

from lcmonitor.errors import LANGUAGES, ExportError, Message, catalogue

ROOT = Path(__file__).parents[1]
TEXTS = sorted((ROOT / "reports" / "text" / "errors").glob("*.yml"))
CODE = sorted([*ROOT.glob("lcmonitor/**/*.py"), *ROOT.glob("flows/*.py")])
A_CODE = re.compile(r"LCM-\d{3}")
PARTS = {"wrong", "found", "allowed", "next"}
# What findings.finding() fills in by itself, beside the parameters of the call.
FILLED_BY_FINDING = {"rows", "count", "item"}
FILLED_BY_MESSAGE = {"steps"}  # which export to choose, from its own file of texts


@dataclass(frozen=True)
class Raised:
    """A call that makes a message, and the blanks that it fills; None: they are not to be seen there."""

    code: str
    place: str
    blanks: frozenset[str] | None


def literals(path: Path) -> Iterator[str]:
    """Codes in the code itself; docstrings and comments name codes, too, but raise nothing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield from A_CODE.findall(node.value)


def in_words() -> Iterator[str]:
    """Codes that a reader takes from its list of words."""
    for path in ROOT.glob("lcmonitor/exports/words/*.yml"):
        yield from A_CODE.findall(path.read_text(encoding="utf-8"))


def blanks(template: str) -> set[str]:
    """``text`` of ``{text[nl]}``: the name of the parameter."""
    names = (re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(template) if name)
    return set(names) - FILLED_BY_MESSAGE


def blanks_of(code: str) -> set[str]:
    return {blank for part in catalogue()[code].values() for text in part.values() for blank in blanks(text)}


def raised() -> Iterator[Raised]:
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield from (Raised(code, place, filled) for code, filled in message_of(node))


def message_of(call: ast.Call) -> Iterator[tuple[str, frozenset[str] | None]]:
    """Codes and blanks of ``Message(code, place, params)``, ``finding(code, …, **params)`` and their kin."""
    name = ast.unparse(call.func).rpartition(".")[2]
    if not call.args or name not in ("Message", "finding", "_finding", "refused", "message"):
        return
    for code in (node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)):
        if isinstance(code, str) and A_CODE.fullmatch(code):
            yield code, filled_by(call, name)


def filled_by(call: ast.Call, name: str) -> frozenset[str] | None:
    if name == "Message":
        given = [word.value for word in call.keywords if word.arg == "params"] or call.args[2:3]
        return keys_of(given[0]) if given else frozenset()
    if any(word.arg is None for word in call.keywords):  # **params: what they are is not to be seen here
        return None
    own = {word.arg for word in call.keywords if word.arg}
    return frozenset(own | FILLED_BY_FINDING if "finding" in name else own)


def keys_of(params: ast.expr) -> frozenset[str] | None:
    if not isinstance(params, ast.Dict):
        return None
    keys = [key.value if isinstance(key, ast.Constant) else None for key in params.keys]
    return frozenset(map(str, keys)) if None not in keys else None


RAISED = [each for each in raised() if each.code in catalogue()]


def test_every_code_of_the_catalogue_is_used() -> None:
    used = {code for path in CODE for code in literals(path)} | set(in_words())
    assert set(catalogue()) - used == set()


def test_every_code_that_is_used_has_its_texts() -> None:
    missing = {
        f"{path.relative_to(ROOT)}: {code}"
        for path in CODE
        for code in literals(path)
        if code not in catalogue()
    }
    assert missing == set()
    assert set(in_words()) <= set(catalogue())


def test_no_code_is_there_twice() -> None:
    """Not in one file, where the second would hide the first, and not in two."""
    codes = Counter(
        code for path in TEXTS for code in re.findall(r"^LCM-\d{3}(?=:)", path.read_text(), re.MULTILINE)
    )
    assert [code for code, count in codes.items() if count > 1] == []
    assert set(codes) == set(catalogue())


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_part_of_a_message_is_there_twice(path: Path) -> None:
    def walk(node: yaml.Node | None) -> Iterator[str]:
        if isinstance(node, yaml.MappingNode):
            names = [key.value for key, _ in node.value]
            yield from (name for name, count in Counter(names).items() if count > 1)
            for _, value in node.value:
                yield from walk(value)

    assert list(walk(yaml.compose(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_message_says_what_is_wrong_and_what_to_do_in_both_languages(code: str) -> None:
    entry: Mapping[str, Mapping[str, str]] = catalogue()[code]
    assert {"wrong", "next"} <= set(entry) <= PARTS
    for part, texts in entry.items():
        assert set(texts) == set(LANGUAGES), part
        assert texts["nl"] != texts["en"] or part not in ("wrong", "next") or texts["nl"] == "{steps}", part
        assert blanks(texts["nl"]) == blanks(texts["en"]), part
        for text in texts.values():
            assert text == text.strip()
            assert text[-1] in '.?’"}', f"no sentence: {text}"


def test_an_error_comes_out_of_another_process_as_it_went_in() -> None:
    error = ExportError(Message("LCM-190", "a.csv", {"found": 2, "megabytes": 1}), Message("LCM-120"))
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.messages) == (ExportError, error.messages)


def test_the_code_was_read() -> None:
    """The two tests below look at something: most codes are raised where their blanks can be seen."""
    assert len(RAISED) > 80
    assert sum(each.blanks is not None for each in RAISED) > len(RAISED) / 2


@pytest.mark.parametrize("each", RAISED, ids=lambda each: f"{each.code} {each.place}")
def test_every_blank_is_filled_where_the_message_is_made(each: Raised) -> None:
    if each.blanks is not None:
        assert blanks_of(each.code) <= each.blanks


def test_every_blank_that_is_filled_somewhere_is_known_by_name() -> None:
    """Where parameters cannot be seen in the call, their names must at least stand as words in that file."""
    for each in RAISED:
        if each.blanks is None:
            text = (ROOT / each.place.partition(":")[0]).read_text(encoding="utf-8")
            unknown = {
                blank
                for blank in blanks_of(each.code) - FILLED_BY_FINDING
                if not re.search(rf"\b{blank}\b", text)
            }
            assert not unknown, each
