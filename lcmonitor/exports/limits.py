"""What reading one file may cost. A workspace may set it; what it does not say is here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes. A file that needs more is refused by name, whatever it is."""

    memory: int = 3 << 30  # for the file and all that is made of it: a million rows of 44 columns need half
    seconds: int = 120
    unpacked: int = 512 << 20  # all that is packed in one file
    cells: int = 10_000_000  # of one sheet; the longest form export we know of fills half of it


LIMITS = Limits()
