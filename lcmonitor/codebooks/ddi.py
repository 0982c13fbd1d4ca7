"""DDI-Codebook: an XML description of the variables of a data file, in any version and any language."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from lcmonitor.codebooks.described import Answer, Described, Kind, LeftOut, Question, Words
from lcmonitor.codebooks.file import File
from lcmonitor.codebooks.own_columns import own_columns

_LANGUAGE = ("http://www.w3.org/XML/1998/namespace}lang", "xml-lang", "xmllang")
_YES = ("y", "yes", "true", "1")


def read(file: File) -> Described | None:
    """None: another XML file, or none."""
    if file.root is None or file.root.tag != "codeBook":
        return None
    language = _language(file.root)
    variables = [*file.root.iterfind("dataDscr/var")]
    left_out = [
        *own_columns([_name(variable) for variable in variables]),
        *(LeftOut(_name(variable), "calculated") for variable in variables if _derived(variable)),
    ]
    own = {one.code for one in left_out}
    questions = tuple(_question(one, language) for one in variables if _name(one) not in own)
    title = _texts(file.root, "stdyDscr/citation/titlStmt/titl", language)
    return Described(title, questions, tuple(left_out))


def _name(variable: Element) -> str:
    return variable.get("name", "") or variable.get("ID", "")


def _derived(variable: Element) -> bool:
    return variable.find("derivation") is not None or variable.get("nature") == "derived"


def _question(variable: Element, language: str) -> Question:
    """In the words of the questionnaire where they are given; a variable's label is shorter."""
    asked = _texts(variable, "qstn/qstnLit", language)
    words = asked or _texts(variable, "labl", language)
    answers = tuple(_answers(variable, language))
    kind: Kind = "choice" if any(not answer.missing for answer in answers) else _kind(variable)
    around = _texts(variable, "qstn/preQTxt", language) if asked else {}
    return Question(_name(variable), kind, words, answers if kind == "choice" else (), around=around)


def _answers(variable: Element, language: str) -> Iterator[Answer]:
    """Categories with a label; without one they only count how often a number occurs."""
    for category in variable.iterfind("catgry"):
        words = _texts(category, "labl", language)
        code = _plain(category.findtext("catValu", ""))
        if code and words:
            missing = category.get("missing", "").lower() in _YES or _is_invalid(variable, code)
            yield Answer(code, words, missing)


def _is_invalid(variable: Element, code: str) -> bool:
    """Whether the variable says that this value, or a range around it, is no answer."""
    items = {item.get("VALUE", item.get("value")) for item in variable.iterfind("invalrng/item")}
    return code in items or any(_within(code, span) for span in variable.iterfind("invalrng/range"))


def _within(code: str, span: Element) -> bool:
    try:
        value, low, high = (float(text) for text in (code, span.get("min", "-inf"), span.get("max", "inf")))
    except ValueError:
        return False
    return _bounded(span) and low <= value <= high


def _bounded(span: Element) -> bool:
    """Without any end it says nothing."""
    return span.get("min") is not None or span.get("max") is not None


def _kind(variable: Element) -> Kind:
    form = variable.find("varFormat")
    if form is None:
        return "number" if variable.get("intrvl") == "contin" else "text"
    if form.get("category") in ("date", "time") or "DATE" in (form.get("formatname") or "").upper():
        return "date"
    return "text" if form.get("type") == "character" else "number"


def _texts(element: Element, path: str, language: str) -> Words:
    """The texts there by language; of several in one the first counts."""
    found: dict[str, str] = {}
    for one in element.iterfind(path):
        if text := _plain("".join(one.itertext())):
            found.setdefault(_language(one) or language, text)
    return found


def _language(element: Element) -> str:
    return next((element.attrib[name] for name in _LANGUAGE if name in element.attrib), "")


def _plain(text: str) -> str:
    return " ".join(text.split())
