"""From the start of Python to the sign-in screen and to the first frame, in demo mode.

Run with ``python -m tests.benchmarks.start_time [ROUNDS]``; prints JSON with the medians in seconds. Nothing is
asserted: the figures belong to the machine. Each round is a process of its own with a new data folder.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

_ROUND = """
import json, os, sys, time
begun = float(sys.argv[1])
from toolroom_desktop.__main__ import parse, prepare
imported = time.time()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from toolroom_desktop.ui.app import Station
application = QApplication(sys.argv[:1])
application.setQuitOnLastWindowClosed(False)
choice = parse(["--demo", "--data", sys.argv[2]])
settings, build_context = prepare(choice)
contexts = []
def build(report):
    contexts.append(build_context(report))
    return contexts[0]
station = Station(build, settings, choice.folder.settings_file, crash_folder=choice.folder.crashes)
station.ended.connect(application.exit)
times = {"imports": imported - begun}
def look():
    if station.window is None or not station.window.isVisible():
        return
    timer.stop()
    station.window.repaint()
    times["sign_in_screen"] = time.time() - begun
    camera = contexts[0].camera
    camera.start()
    assert camera.wait_newer(0, 20.0) is not None
    times["first_frame"] = time.time() - begun
    station.stop()
timer = QTimer()
timer.timeout.connect(look)
timer.start(5)
station.start()
application.exec()
print(json.dumps(times))
"""


def one_round() -> dict[str, float]:
    """The times of one start, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"QT_QPA_PLATFORM": "offscreen", "TOOLROOM_KEYRING": "off", **os.environ}
        command = (
            "import subprocess, sys, time; "
            "sys.exit(subprocess.call([sys.executable, '-c', sys.argv[1], str(time.time()), sys.argv[2]]))"
        )
        done = subprocess.run(
            [sys.executable, "-c", command, _ROUND, str(Path(folder) / "data")],
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return {name: float(value) for name, value in json.loads(done.stdout).items()}


def main() -> None:
    """Print the medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    one_round()  # the first one reads everything from disk
    measured = [one_round() for _ in range(rounds)]
    report = {name: round(statistics.median(m[name] for m in measured), 2) for name in measured[0]}
    sys.stdout.write(json.dumps({"unit": "s", "rounds": rounds, **report}) + "\n")


if __name__ == "__main__":
    main()
