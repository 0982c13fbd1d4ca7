"""The tools that can be read, the surest mark first. A new tool is one file and one line."""

from collections.abc import Mapping

from lcmonitor.exports import generic, googleforms, limesurvey, msforms, qualtrics, spss, surveymonkey
from lcmonitor.exports.layout import Reader

READERS: Mapping[str, Reader] = {
    "spss": spss.layout,
    "qualtrics": qualtrics.layout,
    "limesurvey": limesurvey.layout,
    "surveymonkey": surveymonkey.layout,
    "msforms": msforms.layout,
    "googleforms": googleforms.layout,
    "generic": generic.layout,  # fits whatever is left
}
