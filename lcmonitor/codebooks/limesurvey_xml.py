"""LimeSurvey's survey structure (.lss), by itself or in an archive (.lsa)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from lcmonitor.codebooks.described import Described, Words
from lcmonitor.codebooks.file import File
from lcmonitor.codebooks.limesurvey import Choices, Entry, described
from lcmonitor.exports import xml

Row = Mapping[str, str]


def read(file: File) -> Described | None:
    """None: no survey structure of LimeSurvey."""
    inside = next((data for name, data in file.members.items() if name.lower().endswith(".lss")), None)
    root = file.root if inside is None else xml.tree(file.name, inside)
    if root is None or root.findtext("LimeSurveyDocType", "").strip() != "Survey":
        return None
    structure = Structure(root)
    return described(structure.title, [*structure.entries()])


@dataclass(frozen=True)
class Structure:
    """The tables of a structure. Texts stand in the rows, or since version 4 in tables of their own."""

    root: Element

    @property
    def title(self) -> Words:
        """The title in each language."""
        return {
            row.get("surveyls_language", ""): row.get("surveyls_title", "")
            for row in self._rows("surveys_languagesettings")
        }

    def entries(self) -> Iterator[Entry]:
        """The questions in the order in which they are asked."""
        sections = self._texts("groups", "gid", "group_name", "group_l10ns", "gid")
        order = {gid: place for place, gid in enumerate(sections)}
        words = self._texts("questions", "qid", "question", "question_l10ns", "qid")
        rows, answers = self._sub_questions(), self._answers()
        attributes = self._attributes()
        for row in sorted(
            self._questions(), key=lambda row: (order.get(row["gid"], 0), _number(row, "question_order"))
        ):
            qid = row["qid"]
            yield Entry(
                row.get("title", ""), row.get("type", ""), words.get(qid, {}), sections.get(row["gid"], {}),
                row.get("other") == "Y", rows.get(qid, {}), answers.get(qid) or self._label_set(row),
                attributes.get(qid, {}),
            )  # fmt: skip

    def _questions(self) -> Sequence[Row]:
        unique = {row.get("qid", ""): row for row in self._rows("questions")}
        own = (row for row in unique.values() if row.get("parent_qid", "0") in ("", "0"))
        return [{"gid": "", "qid": "", **row} for row in own]

    def _sub_questions(self) -> Mapping[str, Mapping[str, Choices]]:
        listed = [*self._rows("subquestions"), *self._rows("questions")]
        below = {row.get("qid", ""): row for row in listed if row.get("parent_qid", "0") not in ("", "0")}
        words = self._texts("subquestions", "qid", "question", "question_l10ns", "qid")
        words = {**self._texts("questions", "qid", "question", "question_l10ns", "qid"), **words}
        found: dict[str, dict[str, dict[str, Words]]] = defaultdict(lambda: defaultdict(dict))
        for qid, row in sorted(below.items(), key=lambda pair: _number(pair[1], "question_order")):
            found[row["parent_qid"]][row.get("scale_id", "0")][row.get("title", "")] = words.get(qid, {})
        return found

    def _answers(self) -> Mapping[str, Mapping[str, Choices]]:
        named = [{**row, "aid": row.get("aid") or _place(row)} for row in self._rows("answers")]
        texts = _by_language(named, "aid", "answer")
        texts = {**texts, **_by_language(self._rows("answer_l10ns"), "aid", "answer")}
        found: dict[str, dict[str, dict[str, Words]]] = defaultdict(lambda: defaultdict(dict))
        for row in sorted(named, key=lambda row: _number(row, "sortorder")):
            words = texts.get(row["aid"], {})
            found[row.get("qid", "")][row.get("scale_id", "0")][row.get("code", "")] = words
        return found

    def _label_set(self, question: Row) -> Mapping[str, Choices]:
        """The answers of arrays in versions before 2, which were shared between questions."""
        sets = {"0": question.get("lid", "0"), "1": question.get("lid1", "0")}
        found: dict[str, dict[str, dict[str, str]]] = {}
        for row in sorted(self._rows("labels"), key=lambda row: _number(row, "sortorder")):
            for scale, name in sets.items():
                if row.get("lid") == name:
                    words = found.setdefault(scale, {}).setdefault(row.get("code", ""), {})
                    words[row.get("language", "")] = row.get("title", "")
        return found

    def _attributes(self) -> Mapping[str, Mapping[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self._rows("question_attributes"):
            found[row.get("qid", "")][row.get("attribute", "")] = row.get("value", "")
        return found

    def _texts(self, table: str, name: str, text: str, beside: str, own: str) -> Mapping[str, Words]:
        """Id -> the text in each language, in the order of the table."""
        order = "group_order" if table == "groups" else "question_order"
        rows = sorted(self._rows(table), key=lambda row: _number(row, order))
        texts = {row.get(name, ""): dict[str, str]() for row in rows}
        return {**texts, **_by_language(rows, name, text), **_by_language(self._rows(beside), own, text)}

    def _rows(self, table: str) -> Sequence[Row]:
        found = self.root.find(f"{table}/rows")
        rows = [] if found is None else found.findall("row")
        return [{cell.tag: cell.text or "" for cell in row} for row in rows]


def _by_language(rows: Sequence[Row], name: str, text: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if text in row:
            found.setdefault(row.get(name, ""), {})[row.get("language", "")] = row[text]
    return found


def _place(row: Row) -> str:
    """What tells an answer from others where it has no number of its own."""
    return "\n".join(row.get(part, "") for part in ("qid", "scale_id", "code"))


def _number(row: Row, name: str) -> int:
    text = row.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
