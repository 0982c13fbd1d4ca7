"""Every kind of export that can be written. A new tool is one module and one line."""

from collections.abc import Mapping

from tests.exports.writers import Writer, limesurvey, limesurvey_zips, plain, qualtrics

WRITERS: Mapping[str, Writer] = {
    **plain.WRITERS,
    **limesurvey.WRITERS,
    **limesurvey_zips.WRITERS,
    **qualtrics.WRITERS,
}
