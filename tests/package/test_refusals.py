"""When the setup must not go on: its exit code says why, and nothing was changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.places import Places
from tests.package.workstation import HELPERS, OWN_KEY, Workstation

pytestmark = pytest.mark.timeout(900)
NO_RIGHTS, NOT_PLACED, OLD_WINDOWS, FOLDER_TAKEN = 10, 15, 16, 17


def untouched(station: Workstation) -> bool:
    """Whether a first setup left nothing behind."""
    return not station.program.exists() and station.registry(OWN_KEY, "Folder") is None


def test_somebody_who_is_no_administrator_is_told_so(workstation: Workstation, places: Places) -> None:
    log = workstation.path(r"C:\setup.log")
    log.unlink(missing_ok=True)
    assert workstation.setup_without_rights(places.older_setup_file, r"/LOG=C:\setup.log") == NO_RIGHTS
    assert "administrator" in log.read_bytes().decode("utf-16-le")
    assert untouched(workstation)
    log.unlink()


def test_windows_7_is_told_that_it_is_too_old(workstation: Workstation, places: Places) -> None:
    workstation.wine.run(["winecfg", "-v", "win7"], seconds=120)
    try:
        assert workstation.setup(places.older_setup_file).code == OLD_WINDOWS
    finally:
        workstation.wine.run(["winecfg", "-v", "win10"], seconds=120)
    assert untouched(workstation)
    workstation.setup(places.older_setup_file)
    assert workstation.whole()


def test_a_folder_in_which_somebody_laid_other_files_is_not_taken(workstation: Workstation, places: Places) -> None:
    workstation.program.mkdir(parents=True)
    laid = workstation.program / "version.dll"  # Windows would load it into the program
    laid.write_bytes(b"")
    assert workstation.setup(places.older_setup_file).code == FOLDER_TAKEN
    assert [path.name for path in workstation.program.iterdir()] == ["version.dll"]
    assert "other files" in workstation.logs().lower()
    laid.unlink()
    workstation.setup(places.older_setup_file)
    assert workstation.whole()


def test_a_file_that_another_program_holds_open_leaves_the_old_program(
    workstation: Workstation, places: Places
) -> None:
    workstation.setup(places.older_setup_file)
    people = workstation.used()
    held = rf"{workstation.program_folder}\toolroom.exe"
    python = places.windows_python / "python.exe"
    holder = workstation.begin(python, workstation.wine.name(HELPERS / "hold_open.py"), held)
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == b"held"
    assert workstation.setup_at_work(places.setup_file) == NOT_PLACED
    holder.communicate()
    assert workstation.whole()
    assert workstation.installed_version() == "0.0.1"
    assert workstation.registry(OWN_KEY, "Version") == "0.0.1"
    assert workstation.json_of("users", "list") == people
    workstation.setup(places.setup_file)
    assert workstation.whole()


def test_a_program_folder_that_takes_no_files_leaves_the_old_program(
    workstation: Workstation, places: Places, tmp_path: Path
) -> None:
    workstation.setup(places.older_setup_file)
    people = workstation.used()
    obstacle = workstation.program / "staged"
    obstacle.write_bytes(b"a file where a folder must be")
    obstacle_is_kept = workstation.setup(places.setup_file).code
    assert obstacle_is_kept == NOT_PLACED
    assert workstation.installed_version() == "0.0.1"
    obstacle.unlink()
    assert workstation.json_of("users", "list") == people
