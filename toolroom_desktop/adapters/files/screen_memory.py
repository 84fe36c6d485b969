"""The windows' memory as one JSON file in the data folder, whole or as it was before."""

from __future__ import annotations

import json
import logging
import threading
from pathlib import Path
from typing import Any

from toolroom_desktop.adapters.files.whole_file import write_whole

NAME = "windows.json"
_MOST_BYTES = 4_000_000
_log = logging.getLogger(__name__)


class FileScreenMemory:
    """Fulfils `services.screen_memory.ScreenMemory`. A file that cannot be read is as good as none: it is replaced."""

    def __init__(self, data_folder: Path) -> None:
        self._path = data_folder / NAME
        self._lock = threading.Lock()

    def recall(self, whose: str, name: str) -> Any:
        """What was kept last; None for nothing."""
        with self._lock:
            own = self._read().get(whose.casefold())
        return own.get(name) if isinstance(own, dict) else None

    def keep(self, whose: str, name: str, value: Any) -> None:
        """Keep it in place of what was there; None forgets it. Raises what `whole_file` raises."""
        with self._lock:
            everything = self._read()
            own = everything.get(whose.casefold())
            own = dict(own) if isinstance(own, dict) else {}
            own.pop(name, None)
            if value is not None:
                own[name] = value
            everything[whose.casefold()] = own
            text = json.dumps(everything, ensure_ascii=False, indent=1, sort_keys=True)
            write_whole(self._path, text.encode())

    def _read(self) -> dict[str, Any]:
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            _log.info("what the windows remember cannot be read: %s", error)
            return {}
        try:
            said = json.loads(content) if len(content) <= _MOST_BYTES else {}
        except ValueError:
            _log.info("what the windows remember is not readable any more and is forgotten")
            return {}
        return said if isinstance(said, dict) else {}
