"""The formats that a codebook may have. A new one is one file and one line."""

from collections.abc import Callable, Mapping

from lcmonitor.codebooks import (
    ddi,
    labelled,
    limesurvey_syntax,
    limesurvey_table,
    limesurvey_xml,
    qualtrics,
    redcap,
    xlsform,
)
from lcmonitor.codebooks.described import Described
from lcmonitor.codebooks.file import File

# Each gives None for what is not its own. First those that a look at the first bytes tells.
FORMATS: Mapping[str, Callable[[File], Described | None]] = {
    "labelled-data": labelled.read,
    "limesurvey-structure": limesurvey_xml.read,
    "ddi": ddi.read,
    "qualtrics-design": qualtrics.read,
    "limesurvey-syntax": limesurvey_syntax.read,
    "limesurvey-table": limesurvey_table.read,
    "redcap-dictionary": redcap.read,
    "xlsform": xlsform.read,
}
