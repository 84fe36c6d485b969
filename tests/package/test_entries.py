"""What else the setup does in Windows: Start menu, start with Windows, the list of programs, rights, a log, closing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from installer.places import PRODUCT, Places
from installer.run import run
from installer.wine import Wine
from tests.package.workstation import COMMON_MENU, HELPERS, OWN_KEY, UNINSTALL_KEY, Workstation
from toolroom_desktop import __version__

pytestmark = pytest.mark.timeout(900)


def helper(name: str, target: Path, **defines: object) -> Path:
    """Make one of the small programs."""
    told = [f"-D{key}={value}" for key, value in {"OUTPUT": target, **defines}.items()]
    run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *told, HELPERS / name])
    return target


def link_names(link: Path, *words: str) -> bool:
    """Whether a shortcut of Windows holds these words."""
    content = link.read_bytes()
    return all(word.encode("utf-16-le") in content for word in words)


@dataclass(frozen=True, slots=True)
class RightsBook:
    """What was asked of icacls on a workstation where each such wish is refused; Wine's own icacls does nothing."""

    station: Workstation
    book: Path

    def asked(self) -> list[str]:
        """Since the last time: the words behind the program's name."""
        lines = self.book.read_bytes().decode("utf-16-le").splitlines() if self.book.exists() else []
        self.book.unlink(missing_ok=True)
        return [line.split("icacls.exe", 1)[1].lstrip('" ').strip() for line in lines if line]


@pytest.fixture
def rights(workstation: Workstation, tmp_path: Path) -> Iterator[RightsBook]:
    """A workstation that writes down which rights were asked for."""
    book = workstation.path(r"C:\icacls.txt")
    book.unlink(missing_ok=True)
    own = workstation.path(r"C:\windows\system32\icacls.exe")
    kept = tmp_path / "icacls.exe"
    shutil.copyfile(own, kept)
    helper("remember.nsi", own, BOOK=r"C:\icacls.txt")
    # Wine takes its own programs unless it is told otherwise.
    overrides = f"{workstation.wine.environment['WINEDLLOVERRIDES']};icacls.exe=n"
    wine = Wine(workstation.wine.prefix, {"WINEDLLOVERRIDES": overrides})
    yield RightsBook(replace(workstation, wine=wine), book)
    shutil.copyfile(kept, own)
    book.unlink(missing_ok=True)


@pytest.fixture
def screen() -> Iterator[str]:
    """A screen in memory, for programs with windows."""
    server = shutil.which("Xvfb")
    if server is None or shutil.which("xdotool") is None:
        pytest.skip("needs Xvfb and xdotool: apt-get install --no-install-recommends xvfb xdotool")
    reads, writes = os.pipe()
    process = subprocess.Popen(
        [server, "-displayfd", str(writes), "-screen", "0", "1280x1024x24"],
        pass_fds=(writes,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writes)
    with os.fdopen(reads) as said:
        number = said.readline().strip()
    yield f":{number}"
    process.terminate()
    process.wait()


def test_the_station_is_in_the_start_menu_and_in_the_list_of_programs(workstation: Workstation, places: Places) -> None:
    workstation.setup(places.setup_file)
    folder = workstation.program_folder
    menu = workstation.path(COMMON_MENU) / PRODUCT
    links = {link.stem: link for link in menu.glob("*.lnk")}
    assert set(links) == {PRODUCT, f"{PRODUCT} demonstration"}
    assert link_names(links[PRODUCT], "toolroom-desktop.exe", folder, f'--data "{workstation.data_folder}"')
    assert link_names(links[f"{PRODUCT} demonstration"], "toolroom-desktop.exe", folder, "--demo")
    assert not (workstation.path(COMMON_MENU) / "StartUp" / f"{PRODUCT}.lnk").exists()

    entry = {
        "DisplayName": PRODUCT,
        "DisplayVersion": __version__,
        "DisplayIcon": rf"{folder}\toolroom-desktop.exe",
        "InstallLocation": folder,
        "UninstallString": rf'"{folder}\uninstall.exe"',
        "QuietUninstallString": rf'"{folder}\uninstall.exe" /S',
    }
    assert {name: workstation.registry(UNINSTALL_KEY, name) for name in entry} == entry
    size = sum(path.stat().st_size for path in workstation.program.rglob("*") if path.is_file())
    said = workstation.registry(UNINSTALL_KEY, "EstimatedSize")
    assert said is not None
    assert abs(int(said, 16) * 1024 - size) < 0.02 * size

    workstation.uninstall()
    assert not menu.exists()
    assert workstation.registry(UNINSTALL_KEY, "DisplayName") is None


def test_a_station_that_starts_with_windows_does_so_until_it_is_removed(
    workstation: Workstation, places: Places
) -> None:
    workstation.setup(places.setup_file, "/AUTOSTART")
    link = workstation.path(COMMON_MENU) / "StartUp" / f"{PRODUCT}.lnk"
    assert link_names(link, "toolroom-desktop.exe", workstation.program_folder, f'--data "{workstation.data_folder}"')
    workstation.setup(places.setup_file)
    assert link.exists()
    workstation.uninstall()
    assert not link.exists()


def test_the_log_goes_where_the_command_line_says_and_folders_may_stand_in_quotes(
    workstation: Workstation, places: Places
) -> None:
    log = workstation.path(r"C:\Журналы установки\setup 1.log")
    log.parent.mkdir(exist_ok=True)
    helper_file = workstation.wine.name(HELPERS / "without_rights.py")
    line = (
        f'"{workstation.wine.name(places.setup_file)}" /S /LANGUAGE=ru /LOG="C:\\Журналы установки\\setup 1.log"'
        f' /DATA="{workstation.data_folder}" /D={workstation.program_folder}'
    )
    python = places.windows_python / "python.exe"
    assert workstation.wine.run([python, helper_file, "--with-rights", line], seconds=280).code == 0
    workstation.wine.wait()
    said = log.read_bytes().decode("utf-16-le")
    shutil.rmtree(log.parent)
    assert f"Toolroom Desktop {__version__} установлен." in said
    assert workstation.registry(OWN_KEY, "Data") == workstation.data_folder
    assert not workstation.logs()


def may_write_records(station: Workstation) -> str:
    """Users, in every language of Windows, may change what lies in the data folder."""
    return f'{station.data_folder}" /grant "*S-1-5-32-545:(OI)(CI)M" /C /Q'


def test_everybody_may_write_records_and_only_administrators_may_change_the_program(
    rights: RightsBook, places: Places
) -> None:
    station = rights.station
    station.setup(places.older_setup_file)
    may_only_start_the_program = [
        f'{station.program_folder}" /setowner "*S-1-5-32-544" /Q',
        f'{station.program_folder}" /inheritance:r /grant:r "*S-1-5-32-544:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F"'
        ' "*S-1-5-32-545:(OI)(CI)RX" /Q',
    ]
    assert rights.asked() == [*may_only_start_the_program, may_write_records(station)]
    assert station.logs().count("rights of a folder could not be set") == 3
    assert station.whole()

    station.setup(places.setup_file)
    # The records have their rights; to set them again takes a walk through all photos.
    assert rights.asked() == may_only_start_the_program
    station.setup(places.setup_file)
    # The same setup once more repairs.
    assert rights.asked() == [*may_only_start_the_program, may_write_records(station)]


def test_below_program_files_the_rights_are_those_of_windows(rights: RightsBook, places: Places) -> None:
    station = replace(rights.station, program_folder=r"C:\Program Files\Учёт\Toolroom Desktop")
    try:
        station.setup(places.older_setup_file)
        assert station.whole()
        assert rights.asked() == [may_write_records(station)]
    finally:
        station.clear()


def test_a_running_station_that_is_asked_to_close_is_replaced(
    workstation: Workstation, places: Places, screen: str
) -> None:
    seeing = replace(workstation, wine=Wine(workstation.wine.prefix, {"DISPLAY": screen}))
    seeing.setup(places.older_setup_file)
    stand_in = helper("window.nsi", workstation.program / "toolroom-desktop.exe")
    process = seeing.begin(stand_in)
    try:
        opened = subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--name", "station"],
            env={**os.environ, "DISPLAY": screen},
            check=True,
            timeout=60,
            capture_output=True,
        )
        assert opened.stdout.strip()
        assert seeing.setup_at_work(places.setup_file) == 11
        assert process.poll() is None
        assert seeing.setup_at_work(places.setup_file, "/CLOSE") == 0
        process.communicate(timeout=60)
    finally:
        seeing.kill_all(process)
    assert workstation.whole()
    assert workstation.installed_version() == __version__
    assert "asked to close" in workstation.logs()
