"""The tools that can be read, the surest mark first. A new tool is one file and one line."""

from collections.abc import Callable, Mapping

from lcmonitor.exports import (
    alchemer,
    formbricks,
    generic,
    googleforms,
    kobo,
    limesurvey,
    msforms,
    odk,
    qualtrics,
    redcap,
    spss,
    stata,
    surveyjs,
    surveymonkey,
    tally,
    typeform,
)
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.layout import Reader

READERS: Mapping[str, Reader] = {
    "spss": spss.layout,
    "stata": stata.layout,
    "qualtrics": qualtrics.layout,
    "limesurvey": limesurvey.layout,
    "redcap": redcap.layout,
    "surveymonkey": surveymonkey.layout,
    "typeform": typeform.layout,
    "alchemer": alchemer.layout,
    "tally": tally.layout,
    "formbricks": formbricks.layout,
    "odk": odk.layout,
    "kobo": kobo.layout,
    "msforms": msforms.layout,
    "googleforms": googleforms.layout,
    "surveyjs": surveyjs.layout,
    "generic": generic.layout,  # fits whatever is left
}

# Tools that put one survey on several tables: they make one of them.
JOINS: tuple[Callable[[list[Grid]], list[Grid]], ...] = (odk.joined, kobo.joined)
