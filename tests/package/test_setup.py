"""What IT does with the setup file, and what may happen meanwhile. Exit codes prove little under Wine: files do."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from installer.places import Places
from tests.package.workstation import OWN_KEY, UNINSTALL_KEY, Workstation
from toolroom_desktop import __version__

pytestmark = pytest.mark.timeout(900)
LOOK_EVERY_SECONDS = 0.002
RUNNING, DOWNGRADE, DATA_FAILED = 11, 12, 14


def used(station: Workstation) -> list[dict[str, object]]:
    """Make records at the installed station; what is told of them."""
    assert station.toolroom("init", "--demo").code == 0
    people: list[dict[str, object]] = station.json_of("users", "list")
    assert len(people) == 5
    return people


def until(happened: Callable[[], bool], process: subprocess.Popen[bytes]) -> bool:
    """Wait until it happened or the process ended; whether it happened."""
    end = time.monotonic() + 120
    while not happened() and time.monotonic() < end:
        try:
            process.wait(LOOK_EVERY_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        break
    return happened()


def test_a_station_is_installed_used_upgraded_and_removed_and_its_data_stay(
    workstation: Workstation, places: Places
) -> None:
    workstation.setup(places.older_setup_file, "/LANGUAGE=en", "/CAMERA=usb:3")
    assert workstation.whole()
    assert workstation.registry(OWN_KEY, "Version") == "0.0.1"
    shown = workstation.json_of("settings", "show")
    assert (shown["station"]["language"], shown["camera"]["source"]) == ("en", "usb:3")
    people = used(workstation)

    proven = workstation.wine.run([workstation.program / "toolroom.exe", "--language", "en", "selftest"], seconds=280)
    assert proven.code == 0, proven.printed

    upgraded = workstation.setup(places.setup_file)
    assert workstation.whole(), (upgraded, workstation.logs())
    assert workstation.registry(OWN_KEY, "Version") == __version__
    assert workstation.registry(UNINSTALL_KEY, "DisplayVersion") == __version__
    assert workstation.json_of("users", "list") == people
    assert workstation.json_of("journal", "verify")

    workstation.uninstall()
    assert not workstation.program.exists()
    assert workstation.registry(OWN_KEY, "Version") is None
    assert (workstation.data / "toolroom.sqlite").is_file()
    assert __version__ in workstation.logs()


def test_an_older_program_is_not_put_over_a_newer_one(workstation: Workstation, places: Places) -> None:
    workstation.setup(places.setup_file)
    before = (workstation.program / "installed").read_bytes()
    assert workstation.setup(places.older_setup_file).code == DOWNGRADE
    assert (workstation.program / "installed").read_bytes() == before
    assert workstation.registry(OWN_KEY, "Version") == __version__
    assert "0.0.1" in workstation.logs()


def test_the_same_setup_repairs_what_was_deleted(workstation: Workstation, places: Places) -> None:
    workstation.setup(places.older_setup_file)
    (workstation.program / "_internal" / "python311.dll").unlink()
    assert workstation.toolroom("--version").code != 0
    workstation.setup(places.older_setup_file)
    assert workstation.whole()
    assert workstation.toolroom("--version").code == 0


def test_data_that_cannot_be_opened_leave_the_old_program_and_the_data_as_they_were(
    workstation: Workstation, places: Places
) -> None:
    workstation.setup(places.older_setup_file)
    used(workstation)
    database = workstation.data / "toolroom.sqlite"
    damaged = b"this is no database" * 100
    database.write_bytes(damaged)
    assert workstation.setup(places.setup_file).code == DATA_FAILED
    assert workstation.whole()
    assert workstation.registry(OWN_KEY, "Version") == "0.0.1"
    assert (workstation.program / "installed").read_text() == "0.0.1"
    assert database.read_bytes() == damaged


def begin(station: Workstation, *command: str | Path) -> subprocess.Popen[bytes]:
    """Start a Windows program and go on."""
    environment = {**os.environ, "WINEPREFIX": str(station.wine.prefix), "WINEDEBUG": "-all", "LC_ALL": "C.UTF-8"}
    return subprocess.Popen(
        ["wine", *map(str, command)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def kill_all(station: Workstation, process: subprocess.Popen[bytes]) -> None:
    """End every program of this Windows, and read what is left of what the first one said."""
    station.wine.kill()
    process.communicate()


def test_a_running_program_is_not_replaced(workstation: Workstation, places: Places) -> None:
    workstation.setup(places.older_setup_file)
    used(workstation)
    program = begin(workstation, workstation.program / "toolroom.exe", "selftest")
    try:
        assert program.stdout is not None and program.stdout.readline()  # its first check is done, others follow
        assert workstation.setup_at_work(places.setup_file) == RUNNING
        assert workstation.registry(OWN_KEY, "Version") == "0.0.1"
    finally:
        kill_all(workstation, program)
    assert workstation.whole()


def cut_short(station: Workstation, file: Path, when: Callable[[], bool]) -> bool:
    """Run a setup and kill everything of it the moment `when` is true; whether that moment came."""
    process = begin(station, file, *station.answers())
    came = until(when, process)
    kill_all(station, process)
    return came


@pytest.mark.parametrize("moment", ["unpacking", "exchanging"])
def test_after_a_setup_that_was_killed_the_next_one_works_and_the_data_are_there(
    workstation: Workstation, places: Places, moment: str
) -> None:
    workstation.setup(places.older_setup_file)
    people = used(workstation)
    folder = workstation.program / ("staged" if moment == "unpacking" else "previous")
    assert cut_short(workstation, places.setup_file, lambda: folder.exists() and any(folder.iterdir()))
    workstation.setup(places.setup_file)
    assert workstation.whole(), workstation.logs()
    assert workstation.registry(OWN_KEY, "Version") == __version__
    assert workstation.json_of("users", "list") == people


def test_a_damaged_setup_file_installs_nothing(workstation: Workstation, places: Places, tmp_path: Path) -> None:
    content = bytearray(places.older_setup_file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    damaged = tmp_path / "setup.exe"
    damaged.write_bytes(content)
    assert workstation.setup(damaged).code != 0
    assert not workstation.program.exists()
    assert workstation.registry(OWN_KEY, "Version") is None


def test_the_data_go_only_when_asked_for_and_only_where_records_lie(workstation: Workstation, places: Places) -> None:
    workstation.setup(places.older_setup_file)
    (workstation.data / "somebody's own").mkdir(parents=True)
    workstation.uninstall("/PURGE")
    assert not workstation.program.exists()
    assert (workstation.data / "somebody's own").is_dir()

    workstation.setup(places.older_setup_file)
    used(workstation)
    workstation.uninstall("/PURGE")
    assert not workstation.data.exists()
