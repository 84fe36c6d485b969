"""From the start of the program to the sign-in screen and to the first frame, in demo mode.

Run with ``python -m tests.benchmarks.start_time [ROUNDS] [--frozen]``; prints JSON with the medians in seconds. With
``--frozen`` (in the environment of ``nox -s package``) the programs are frozen first, as for the package, and both
kinds of start take turns in one run, so that their ratio holds on a busy machine too. Nothing is asserted: the figures
belong to the machine. Each round is a process of its own with a new data folder.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ROUND = PROJECT / "tests" / "benchmarks" / "start_round.py"
Times = dict[str, float]


def one_round(program: Sequence[str | Path]) -> Times:
    """The times of one start, in seconds from the moment before the process was made; `cpu` is what it worked in all.

    On a machine with other work the clock says little, and `cpu` nearly the same as on one without.
    """
    before = worked()
    with tempfile.TemporaryDirectory() as folder:
        environment = {"QT_QPA_PLATFORM": "offscreen", "TOOLROOM_KEYRING": "off", **os.environ}
        # Where it is set, the program is compiled anew at every start, which nobody who installed it meets.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        done = subprocess.run(
            [*program, str(time.time()), Path(folder) / "data"],
            cwd=PROJECT,
            env={**environment, "PYTHONPATH": str(PROJECT)},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    times = {name: float(value) for name, value in json.loads(done.stdout).items()}
    return {**times, "cpu": worked() - before}


def worked() -> float:
    """Seconds of processor time of all processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def frozen_round() -> Path:
    """`start_round.py`, frozen beside the package's programs."""
    from installer import freeze
    from installer.places import usual_places

    usual = usual_places()
    files = freeze.freeze_here(replace(usual, work=usual.cache / "work" / "measured"), "linux", beside=ROUND)
    return files / ROUND.stem


def medians(measured: Sequence[Times]) -> Times:
    """Of each kind of time."""
    return {name: round(statistics.median(times[name] for times in measured), 2) for name in measured[0]}


def main() -> None:
    """Print the medians, and how much longer the frozen program takes."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.start_time")
    parser.add_argument("rounds", nargs="?", type=int, default=5)
    parser.add_argument("--frozen", action="store_true")
    given = parser.parse_args()
    programs: dict[str, list[str | Path]] = {"plain": [sys.executable, ROUND]}
    if given.frozen:
        programs["frozen"] = [frozen_round()]
    measured: dict[str, list[Times]] = {name: [] for name in programs}
    for number in range(given.rounds + 1):
        for name, program in programs.items():
            times = one_round(program)
            if number:  # the first one reads everything from disk
                measured[name].append(times)
    report: dict[str, object] = {name: medians(times) for name, times in measured.items()}
    if given.frozen:
        pairs = zip(measured["frozen"], measured["plain"], strict=True)
        report["first_frame_ratio"] = round(statistics.median(f["first_frame"] / p["first_frame"] for f, p in pairs), 2)
    sys.stdout.write(json.dumps({"unit": "s", "rounds": given.rounds, **report}) + "\n")


if __name__ == "__main__":
    main()
