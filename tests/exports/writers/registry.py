"""Every kind of export that can be written. A new tool is one module and one line."""

from collections.abc import Mapping

from tests.exports.writers import (
    Writer,
    alchemer,
    formbricks,
    googleforms,
    kobo,
    limesurvey,
    limesurvey_zips,
    msforms,
    odk,
    plain,
    qualtrics,
    redcap,
    surveyjs,
    surveymonkey,
    tally,
    typeform,
    variables,
)

WRITERS: Mapping[str, Writer] = {
    **alchemer.WRITERS,
    **formbricks.WRITERS,
    **googleforms.WRITERS,
    **kobo.WRITERS,
    **msforms.WRITERS,
    **odk.WRITERS,
    **plain.WRITERS,
    **limesurvey.WRITERS,
    **limesurvey_zips.WRITERS,
    **qualtrics.WRITERS,
    **redcap.WRITERS,
    **surveyjs.WRITERS,
    **surveymonkey.WRITERS,
    **tally.WRITERS,
    **typeform.WRITERS,
    **variables.WRITERS,
}
