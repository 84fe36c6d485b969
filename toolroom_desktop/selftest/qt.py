"""The one QApplication of a self-test, and silence about what Qt remarks on the way."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from toolroom_desktop.domain.errors import BadProgram

PLATFORM_VARIABLE = "QT_QPA_PLATFORM"
# The one that the self-test draws with, and the one that the station's windows need.
PLATFORM_PLUGINS = {
    "win32": ("qoffscreen.dll", "qwindows.dll"),
    "linux": ("libqoffscreen.so", "libqxcb.so"),
}
# Qt lets an application be made only once in a process.
_kept: list[QApplication] = []


def plugins_folder() -> Path:
    """Where Qt looks for its platforms."""
    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"


def application(platforms: Path | None = None) -> QApplication:
    """The running application, or a new one that draws into memory.

    A self-test also runs where nobody sits: in an installer, on a build machine, under wine. QT_QPA_PLATFORM names
    another platform. Raises `BadProgram` where a platform is missing: Qt itself would end the process.
    """
    folder = platforms or plugins_folder()
    missing = [name for name in PLATFORM_PLUGINS.get(sys.platform, ()) if not (folder / name).is_file()]
    if missing:
        raise BadProgram("selftest.platform_missing", path=folder / missing[0])
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    platform = os.environ.get(PLATFORM_VARIABLE) or "offscreen"
    # As an argument and not in the environment: wine does not pass that on, and no other program inherits it.
    _kept.append(QApplication(["toolroom", "-platform", platform]))
    return _kept[0]


@contextmanager
def remarks() -> Iterator[list[str]]:
    """What Qt remarks within the block, instead of on the terminal."""
    said: list[str] = []

    def keep(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        said.append(text)

    before = qInstallMessageHandler(keep)
    try:
        yield said
    finally:
        qInstallMessageHandler(before)
