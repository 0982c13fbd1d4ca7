"""What a file says, also where its bytes are packed: to look for what should not be in it."""

import io
import zipfile

import pyarrow.parquet as pq


def unpacked(content: bytes) -> bytes:
    """The file, and after it what is packed in it: a workbook's parts, or the names and cells of Parquet."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return content + b"".join(packed.read(name) for name in packed.namelist())
    if content.startswith(b"PAR1"):
        return content + str(pq.read_table(io.BytesIO(content)).to_pydict()).encode()
    return content
