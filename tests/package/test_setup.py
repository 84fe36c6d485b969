"""What IT does with the setup file, and what may happen meanwhile. Exit codes prove little under Wine: files do."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.places import Places
from tests.package.workstation import OWN_KEY, UNINSTALL_KEY, Workstation
from toolroom_desktop import __version__

pytestmark = pytest.mark.timeout(900)
RUNNING, DOWNGRADE, DATA_FAILED = 11, 12, 14


def test_a_station_is_installed_used_upgraded_and_removed_and_its_data_stay(
    workstation: Workstation, places: Places
) -> None:
    site = workstation.path("C:\\площадка.json")
    site.write_text("{}", encoding="utf-8")
    workstation.setup(places.older_setup_file, "/LANGUAGE=en", "/CAMERA=usb:3", r"/SITE=C:\площадка.json")
    assert (workstation.data / "enrolment.json").read_text(encoding="utf-8") == "{}"
    (workstation.data / "enrolment.json").unlink()
    assert workstation.whole()
    assert workstation.registry(OWN_KEY, "Version") == "0.0.1"
    shown = workstation.json_of("settings", "show")
    assert (shown["station"]["language"], shown["camera"]["source"]) == ("en", "usb:3")
    people = workstation.used()

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
    workstation.used()
    database = workstation.data / "toolroom.sqlite"
    damaged = b"this is no database" * 100
    database.write_bytes(damaged)
    assert workstation.setup(places.setup_file).code == DATA_FAILED
    assert workstation.whole()
    assert workstation.registry(OWN_KEY, "Version") == "0.0.1"
    assert workstation.installed_version() == "0.0.1"
    assert database.read_bytes() == damaged
    assert str(database.name) in workstation.logs()  # what the program said about it


def test_a_running_program_is_not_replaced(workstation: Workstation, places: Places) -> None:
    workstation.setup(places.older_setup_file)
    workstation.used()
    program = workstation.begin(workstation.program / "toolroom.exe", "selftest")
    try:
        assert program.stdout is not None and program.stdout.readline()  # its first check is done, others follow
        assert workstation.setup_at_work(places.setup_file) == RUNNING
        assert workstation.registry(OWN_KEY, "Version") == "0.0.1"
    finally:
        workstation.kill_all(program)
    assert workstation.whole()


@pytest.mark.parametrize("moment", ["unpacking", "exchanging"])
def test_after_a_setup_that_was_killed_the_next_one_works_and_the_data_are_there(
    workstation: Workstation, places: Places, moment: str
) -> None:
    workstation.setup(places.older_setup_file)
    people = workstation.used()
    folder = workstation.program / ("staged" if moment == "unpacking" else "previous")
    assert workstation.cut_short(places.setup_file, lambda: folder.exists() and any(folder.iterdir()))
    workstation.setup(places.setup_file)
    assert workstation.whole(), workstation.logs()
    assert workstation.registry(OWN_KEY, "Version") == __version__
    assert workstation.json_of("users", "list") == people


def test_after_a_first_setup_that_was_killed_the_next_one_works(workstation: Workstation, places: Places) -> None:
    staged = workstation.program / "staged"
    assert workstation.cut_short(
        places.setup_file, lambda: staged.exists() and any(staged.iterdir()), only=places.setup_file.name
    )
    assert staged.exists()
    assert workstation.registry(OWN_KEY, "Version") is None
    workstation.setup(places.setup_file)
    assert workstation.whole(), workstation.logs()


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
    workstation.used()
    workstation.uninstall("/PURGE")
    assert not workstation.data.exists()
