"""Tables of answers as survey tools really write them: one file a tool. Tests use them too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lcmonitor.demo.writers import googleforms, limesurvey, msforms, plain, qualtrics, spss
from lcmonitor.demo.writers.sheet import Sheet


@dataclass(frozen=True)
class Tool:
    """How one kind of export is written, and the end of its name."""

    write: Callable[[Path, Sheet], None]
    suffix: str
    keeps_unfinished: bool = False  # whether the tool exports what was never sent


TOOLS: Mapping[str, Tool] = {
    "limesurvey-codes": Tool(limesurvey.write_codes, ".csv", keeps_unfinished=True),
    "limesurvey-full": Tool(limesurvey.write_full, ".csv", keeps_unfinished=True),
    "qualtrics": Tool(qualtrics.write, ".csv", keeps_unfinished=True),
    "msforms": Tool(msforms.write, ".xlsx"),
    "googleforms": Tool(googleforms.write, ".csv"),
    "spss": Tool(spss.write, ".sav"),
    "plain": Tool(plain.write, ".csv"),
}
