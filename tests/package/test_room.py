"""A disk that is full before the setup begins, or becomes full while it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from installer.places import Places
from tests.package.drives import small_disk
from tests.package.workstation import DATA, OWN_KEY, PROGRAM, Workstation
from toolroom_desktop import __version__

pytestmark = pytest.mark.timeout(900)
NO_ROOM, DATA_FAILED = 13, 14
PROGRAM_ON_E = PROGRAM.replace("C:", "E:")
DATA_ON_E = DATA.replace("C:", "E:")


def appears(path: Path) -> Callable[[], bool]:
    """Whether a folder has content."""
    return lambda: path.exists() and any(path.iterdir())


def test_a_disk_that_is_known_to_be_too_small_gets_nothing(
    workstation: Workstation, places: Places, tmp_path: Path
) -> None:
    station = replace(workstation, program_folder=PROGRAM_ON_E)
    with small_disk(station.wine, tmp_path / "disk", 400):
        assert station.setup(places.older_setup_file).code == NO_ROOM
        assert not station.program.exists()
        assert station.registry(OWN_KEY, "Folder") is None
        said = station.logs()
        assert r"room on E:\: " in said
        assert "400 MB are free" in said


def test_a_disk_that_fills_up_while_installing_is_left_as_it_was_and_the_next_try_works(
    workstation: Workstation, places: Places, tmp_path: Path
) -> None:
    station = replace(workstation, program_folder=PROGRAM_ON_E)
    with small_disk(station.wine, tmp_path / "disk", 900) as disk:
        staged = appears(station.program / "staged")
        assert station.setup_meanwhile(places.older_setup_file, staged, disk.fill) == NO_ROOM
        assert not station.program.exists()
        assert station.registry(OWN_KEY, "Folder") is None
        assert "filled up" in station.logs()
        disk.empty()

        assert station.setup(places.older_setup_file).code == 0
        people = station.used()
        assert station.setup_meanwhile(places.setup_file, staged, disk.fill) == NO_ROOM
        assert station.whole(), station.logs()
        assert station.installed_version() == "0.0.1"
        assert station.json_of("users", "list") == people
        disk.empty()

        assert station.setup(places.setup_file).code == 0
        assert station.whole()
        assert station.registry(OWN_KEY, "Version") == __version__
        assert station.json_of("users", "list") == people


def test_too_little_room_for_a_copy_of_the_records_is_found_before_anything_is_changed(
    workstation: Workstation, places: Places, tmp_path: Path
) -> None:
    station = replace(workstation, data_folder=DATA_ON_E)
    with small_disk(station.wine, tmp_path / "disk", 100) as disk:
        station.setup(places.older_setup_file)
        people = station.used()
        disk.fill(leave=20_000_000)
        assert station.setup(places.setup_file).code == NO_ROOM
        assert r"room on E:\: " in station.logs()
        assert station.whole()
        assert station.installed_version() == "0.0.1"
        disk.empty()
        assert station.json_of("users", "list") == people


def test_a_data_disk_that_fills_up_while_upgrading_keeps_program_and_data_and_the_next_try_works(
    workstation: Workstation, places: Places, tmp_path: Path
) -> None:
    station = replace(workstation, data_folder=DATA_ON_E)
    with small_disk(station.wine, tmp_path / "disk", 100) as disk:
        station.setup(places.older_setup_file)
        people = station.used()
        staged = appears(station.program / "staged")
        assert station.setup_meanwhile(places.setup_file, staged, disk.fill) == DATA_FAILED
        assert station.whole(), station.logs()
        assert station.installed_version() == "0.0.1"
        disk.empty()
        assert station.json_of("users", "list") == people
        assert station.json_of("journal", "verify")

        assert station.setup(places.setup_file).code == 0
        assert station.whole()
        assert station.json_of("users", "list") == people
