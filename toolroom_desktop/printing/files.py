"""Documents as files: there whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from toolroom_desktop.domain.errors import BadInput


def write_whole(path: Path, content: bytes, *, overwrite: bool = False) -> Path:
    """Write a file that appears under its name only when it is whole.

    Raises `BadInput`: "document.there_already" unless `overwrite`, "document.not_written" with the system's reason.
    """
    if not overwrite and os.path.lexists(path):
        raise BadInput("document.there_already", path=path)
    try:
        handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".toolroom-", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).replace(path)
        finally:
            Path(unfinished).unlink(missing_ok=True)
    except OSError as error:
        raise BadInput("document.not_written", path=path, reason=error.strerror or str(error)) from error
    return path
