"""Every kind of export that can be written. A new tool is one module and one line."""

from collections.abc import Mapping

from tests.exports.writers import Writer, plain

WRITERS: Mapping[str, Writer] = {
    **plain.WRITERS,
}
