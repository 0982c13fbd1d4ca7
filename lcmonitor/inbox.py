"""What lies in a workspace's inbox: ``inbox/<community>/[<wave>/]<export>``."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lcmonitor.errors import ExportError, Message, UsageError
from lcmonitor.programme.load import Setup


@dataclass(frozen=True)
class Upload:
    """A file and where it was put; the wave's folder is only needed for exports without dates."""

    path: Path
    community: str
    wave: str | None = None
    form: str | None = None
    replaces: bool = False  # what was stored for its waves goes

    @cached_property
    def sha256(self) -> str:
        """The identity of the file: of its bytes, whatever it is called."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def check_place(self, setup: Setup) -> None:
        """Raise ExportError: LCM-427 in no community's folder; LCM-421, 422, 425 not of this programme."""
        communities, waves = sorted(setup.communities), [wave.id for wave in setup.programme.waves]
        if not self.community:
            raise ExportError(Message("LCM-427", self.path.name, {"known": ", ".join(communities)}))
        for code, name, known in (
            ("LCM-421", self.community, communities),
            ("LCM-422", self.wave, waves),
            ("LCM-425", self.form, sorted(setup.instrument.forms)),
        ):
            if name is not None and name not in known:
                raise ExportError(Message(code, self.path.name, {"name": name, "known": ", ".join(known)}))


def named(setup: Setup, path: Path, community: str | None, form: str | None, wave: str | None) -> Upload:
    """A file that somebody names, with what they say of it; of the only community where they name none.

    Raises UsageError: LCM-424 there are more communities; LCM-421, 422, 425 not of this programme.
    """
    if community is None and len(setup.communities) > 1:
        raise UsageError(Message("LCM-424", params={"known": ", ".join(sorted(setup.communities))}))
    upload = Upload(path, community or next(iter(setup.communities)), wave, form)
    try:
        upload.check_place(setup)
    except ExportError as error:
        raise UsageError(*error.messages) from None
    return upload


def find_uploads(inbox: Path, replacing: Collection[Path] = ()) -> list[Upload]:
    """Everything delivered, oldest first: a correction comes after what it corrects."""
    files = [path for path in inbox.glob("**/*") if path.is_file() and not path.name.startswith((".", "~$"))]
    files.sort(key=lambda path: (path.stat().st_mtime_ns, path.as_posix()))
    return [_upload(path, path.relative_to(inbox).parts, path.resolve() in replacing) for path in files]


def _upload(path: Path, parts: tuple[str, ...], replaces: bool) -> Upload:
    folders = (*parts[:-1], None, None)
    return Upload(path, community=folders[0] or "", wave=folders[1], replaces=replaces)
