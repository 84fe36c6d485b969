"""A Windows workstation, as far as Wine is one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer.places import Places
from installer.wine import Ended, Wine

OWN_KEY = r"HKLM\Software\Toolroom Desktop"
UNINSTALL_KEY = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\Toolroom Desktop"
# Blanks and Cyrillic, as folders have them.
PROGRAM = r"C:\Учёт инструмента\Toolroom Desktop"
DATA = r"C:\Общие данные\Учёт инструмента"
COMMON_MENU = r"C:\ProgramData\Microsoft\Windows\Start Menu\Programs"
PARTS = {"toolroom-desktop.exe", "toolroom.exe", "_internal", "installed", "uninstall.exe"}
LOOK_EVERY_SECONDS = 0.002
HELPERS = Path(__file__).parent / "helpers"


def until(happened: Callable[[], bool], process: subprocess.Popen[bytes], *, seconds: float = 120) -> bool:
    """Wait until it happened or the process ended; whether it happened."""
    for _ in range(round(seconds / LOOK_EVERY_SECONDS)):
        if happened():
            return True
        try:
            process.wait(LOOK_EVERY_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        break
    return happened()


@dataclass(frozen=True, slots=True)
class Workstation:
    """One Wine prefix with at most one installed station, whose folders are named as Windows names them."""

    wine: Wine
    places: Places
    program_folder: str = PROGRAM
    data_folder: str = DATA

    def path(self, windows: str) -> Path:
        """Where a file of a drive lies."""
        return self.wine.prefix / "dosdevices" / windows[:2].lower() / windows[3:].replace("\\", "/")

    @property
    def program(self) -> Path:
        """The program's folder."""
        return self.path(self.program_folder)

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.path(self.data_folder)

    def answers(self, *more: str) -> list[str]:
        """A silent setup's command line. Wine would put quotes around a word with blanks, so none has any."""
        return ["/S", *more, *f"/DATA={self.data_folder}".split(), *f"/D={self.program_folder}".split()]

    def setup(self, file: Path, *more: str) -> Ended:
        """Run a setup file silently to its end."""
        ended = self.wine.run([file, *self.answers(*more)], seconds=280)
        self.wine.wait()
        return ended

    def setup_at_work(self, file: Path, *more: str) -> int:
        """The exit code of a setup beside which another program goes on."""
        return self.wine.run([file, *self.answers(*more)], seconds=280).code

    def setup_without_rights(self, file: Path, *more: str) -> int:
        """The exit code of a setup that runs without the rights of an administrator."""
        line = " ".join([f'"{self.wine.name(file)}"', *self.answers(*more)])
        helper = self.wine.name(HELPERS / "without_rights.py")
        return self.wine.run([self.places.windows_python / "python.exe", helper, line], seconds=280).code

    def begin(self, *command: str | Path) -> subprocess.Popen[bytes]:
        """Start a Windows program and go on."""
        return subprocess.Popen(
            ["wine", *map(str, command)],
            env={**os.environ, **self.wine.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def kill_all(self, process: subprocess.Popen[bytes], only: str = "") -> None:
        """End every program of this Windows, or those with `only` in their line; read what the first one still said."""
        self.wine.kill(only)
        process.communicate()

    def cut_short(self, file: Path, when: Callable[[], bool], *, only: str = "") -> bool:
        """Run a setup and kill everything of it the moment `when` is true; whether that moment came.

        Like a power cut, or, with the setup's name as `only`, like the task manager.
        """
        process = self.begin(file, *self.answers())
        came = until(when, process)
        self.kill_all(process, only)
        return came

    def setup_meanwhile(self, file: Path, when: Callable[[], bool], then: Callable[[], object]) -> int:
        """Run a setup and do something the moment `when` is true; the setup's exit code, or -1 without that moment."""
        process = self.begin(file, *self.answers())
        try:
            came = until(when, process)
            if came:
                then()
            process.communicate(timeout=280)
        except BaseException:
            self.kill_all(process)
            raise
        self.wine.wait()
        return process.returncode if came else -1

    def toolroom(self, *arguments: str) -> Ended:
        """Run the installed command line on the station's data."""
        return self.wine.run(
            [self.program / "toolroom.exe", "--language", "en", "--data", self.data_folder, *arguments], seconds=280
        )

    def json_of(self, *arguments: str) -> Any:
        """What a command answers as JSON; libraries say things before and after it."""
        printed = self.toolroom(*arguments, "--json").printed
        begins = min((place for place in map(printed.find, "[{") if place >= 0), default=len(printed))
        return json.JSONDecoder().raw_decode(printed, begins)[0]

    def used(self) -> list[dict[str, object]]:
        """Make records at the installed station; what is told of its people."""
        assert self.toolroom("init", "--demo").code == 0
        people: list[dict[str, object]] = self.json_of("users", "list")
        assert len(people) == 5
        return people

    def uninstall(self, *more: str) -> None:
        """Run the uninstaller silently to its end; it goes on in a copy of itself."""
        self.wine.run([self.program / "uninstall.exe", "/S", *more], seconds=120)
        self.wine.wait()

    def registry(self, key: str, name: str) -> str | None:
        """A text in the registry, or the hexadecimal digits of a number; None where there is none."""
        # What `reg query` prints has lost its Cyrillic.
        written = self.path(r"C:\exported.reg")
        self.wine.run(["reg", "export", key, r"C:\exported.reg", "/y", "/reg:64"], seconds=60)
        if not written.exists():
            return None
        lines = written.read_bytes().decode("utf-16").splitlines()
        written.unlink()
        found = [line.split("=", 1)[1] for line in lines if line.startswith(f'"{name}"=')]
        if not found:
            return None
        text = found[0].removeprefix("dword:")
        return text[1:-1].replace(r"\"", '"').replace("\\\\", "\\") if text.startswith('"') else text

    def logs(self) -> str:
        """All that setups and uninstallers wrote down."""
        files = sorted((self.data / "logs").glob("setup-*.log"))
        return "".join(path.read_bytes().decode("utf-16-le") for path in files)

    def whole(self) -> bool:
        """Whether both programs and what they share lie where they belong, and nothing lies about."""
        return {path.name for path in self.program.iterdir()} == PARTS if self.program.exists() else False

    def installed_version(self) -> str:
        """What the programs' own folder says that it holds."""
        return (self.program / "installed").read_text(encoding="ascii")

    def clear(self) -> None:
        """As if nothing had ever been installed."""
        self.wine.wait()
        for key in (OWN_KEY, UNINSTALL_KEY):
            self.wine.run(["reg", "delete", key, "/f", "/reg:64"], seconds=60)
        menu = self.path(COMMON_MENU)
        (menu / "StartUp" / "Toolroom Desktop.lnk").unlink(missing_ok=True)
        for folder in (self.program.parent, self.data.parent, menu / "Toolroom Desktop"):
            shutil.rmtree(folder, ignore_errors=True)
