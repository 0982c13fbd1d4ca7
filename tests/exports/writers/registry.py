"""Every kind of export that can be written. A new tool is one module and one line."""

from collections.abc import Mapping

from tests.exports.writers import (
    Writer,
    alchemer,
    formbricks,
    googleforms,
    kobo,
    msforms,
    odk,
    plain,
    surveyjs,
    surveymonkey,
    tally,
    typeform,
)

WRITERS: Mapping[str, Writer] = {
    **alchemer.WRITERS,
    **formbricks.WRITERS,
    **googleforms.WRITERS,
    **kobo.WRITERS,
    **msforms.WRITERS,
    **odk.WRITERS,
    **plain.WRITERS,
    **surveyjs.WRITERS,
    **surveymonkey.WRITERS,
    **tally.WRITERS,
    **typeform.WRITERS,
}
