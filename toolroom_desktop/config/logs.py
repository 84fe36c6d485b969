"""The program's own log: rotating files in the data folder, for whoever has to find out what went wrong.

No PIN, no URL password and no name of a person belongs in it.
"""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_FILE = "toolroom.log"
_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


def log_to_files(folder: Path) -> None:
    """Send the program's log records to `folder`, five files of a megabyte at most. A second call does nothing.

    A folder that cannot be written is no reason not to start: the database will say so in a sentence.
    """
    root = logging.getLogger("toolroom_desktop")
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / LOG_FILE, maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True
        )
    except OSError:
        root.warning("no log files: the folder %s cannot be made", folder.name)
        return
    handler.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
