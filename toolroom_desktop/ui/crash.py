"""What the program does about its own faults: a file with everything, and one sentence on the screen."""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger(__name__)


def write_crash(folder: Path, error: BaseException, *, thread: str, version: str) -> Path | None:
    """Write the report of a fault and return its path; None where even that is impossible (the log has it then)."""
    now = datetime.now().astimezone()
    text = (
        f"{now.isoformat()}\nToolroom Desktop {version}\nPython {sys.version}\n{platform.platform()}\n"
        f"thread {thread}\n\n{''.join(traceback.format_exception(error))}"
    )
    _log.critical("a fault in the program\n%s", text)
    path = folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError:
        _log.exception("the crash report could not be written")
        return None
    return path


class CrashHooks(QObject):
    """Takes over the hooks of Python for faults that nobody caught, in any thread. `happened` carries (reason, path).

    The program goes on: what was saved is whole, and the person at the counter can sign in again.
    """

    happened = Signal(str, str)

    def __init__(self, folder: Path, version: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._version = version
        self._before = (sys.excepthook, threading.excepthook)
        self._native: TextIO | None = None

    def install(self) -> None:
        """From now on."""
        sys.excepthook = self._from_main
        threading.excepthook = self._from_thread
        if faulthandler.is_enabled():
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._native = (self._folder / "native.txt").open("a", encoding="utf-8")
            faulthandler.enable(self._native)
        except OSError:
            _log.exception("faults in native code will leave no report")

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before
        if self._native is not None:
            faulthandler.disable()
            self._native.close()
            self._native = None

    def _from_main(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        self._report(error, threading.current_thread().name)

    def _from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._report(args.exc_value, args.thread.name if args.thread else "?")

    def _report(self, error: BaseException, thread: str) -> None:
        path = write_crash(self._folder, error, thread=thread, version=self._version)
        self.happened.emit(f"{type(error).__name__}: {error}", str(path or "—"))
