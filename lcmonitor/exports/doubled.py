"""UTF-8 that was read as Windows-1252 and saved as UTF-8 again: Ã©, Â¡, â€™, ðŸ and their kin.

It is undone only where that is proven: where every sign beyond ASCII in the whole text, taken back to the
byte that it was, gives UTF-8 again. One that was right all along would not. Of one letter alone somebody may
have written it so.
"""

import re

_BYTES = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
_SECOND = "|".join(sign for sign, byte in _BYTES.items() if byte < 0xC0)
_DOUBLE = re.compile(f"Ã(?:{_SECOND})|Â[\xa0-\xbf]|â(?:{_SECOND}){{2}}|ðŸ".encode())
_ENOUGH = 2  # different letters
_SPECIAL = re.compile("[^\x00-\x7f]+")


def is_double_encoded(utf8: bytes | memoryview) -> bool:
    """Whether accented letters stand in it as the two signs that their bytes are in cp1252."""
    return _DOUBLE.search(utf8) is not None


def undone(utf8: bytes) -> tuple[bytes, int] | None:
    """The text as it was, and how many letters that mends; None where it is not proven."""
    if len(set(_DOUBLE.findall(utf8))) < _ENOUGH:
        return None
    try:
        return _taken_back(utf8)
    except (KeyError, UnicodeDecodeError):
        return None


def _taken_back(utf8: bytes) -> tuple[bytes, int]:
    """Raises KeyError or UnicodeDecodeError for a sign that was not encoded twice."""
    mended = 0

    def once(found: re.Match[str]) -> str:
        nonlocal mended
        single = bytes(_BYTES[sign] for sign in found[0]).decode()
        mended += len(single)
        return single

    return _SPECIAL.sub(once, utf8.decode()).encode(), mended
