"""One start of the demonstration, measured: `start_round.py BEGUN FOLDER`, BEGUN as `time.time()` says it.

A program of its own, so that it can also be frozen with the package's other programs. It does what
`toolroom-desktop --demo` does, and prints as JSON after how many seconds Python had imported everything, the sign-in
screen stood there, and the first picture of the camera was painted.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable


def main(begun: float, folder: str) -> int:
    """Start, look, end."""
    from toolroom_desktop.__main__ import parse, prepare

    imported = time.time()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from toolroom_desktop.services.context import AppContext
    from toolroom_desktop.ui.app import Station
    from toolroom_desktop.ui.widgets.camera_view import CameraView
    from toolroom_desktop.ui.widgets.images import to_image

    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    choice = parse(["--demo", "--data", folder])
    settings, build_context = prepare(choice)
    contexts: list[AppContext] = []

    def build(report: Callable[[str], None]) -> AppContext:
        contexts.append(build_context(report))
        return contexts[0]

    station = Station(build, settings, choice.folder.settings_file, crash_folder=choice.folder.crashes)
    station.ended.connect(application.exit)
    times = {"imports": imported - begun}

    def look() -> None:
        window = station.window
        if window is None or not window.isVisible():
            return
        timer.stop()
        window.repaint()
        times["sign_in_screen"] = time.time() - begun
        camera = contexts[0].camera
        camera.start()
        picture = camera.wait_newer(0, 20.0)
        assert picture is not None
        view = CameraView(window.shell.theme, window)
        view.setGeometry(window.rect())
        view.show_image(to_image(picture.pixels))
        view.show()
        view.repaint()
        times["first_frame"] = time.time() - begun
        station.stop()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(5)
    station.start()
    code = application.exec()
    sys.stdout.write(json.dumps(times) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2]))
