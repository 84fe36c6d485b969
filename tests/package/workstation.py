"""A Windows workstation, as far as Wine is one."""

from __future__ import annotations

import json
import shutil
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


@dataclass(frozen=True, slots=True)
class Workstation:
    """One Wine prefix with at most one installed station."""

    wine: Wine
    places: Places

    def path(self, windows: str) -> Path:
        """Where a file of drive C: lies."""
        return self.wine.prefix / "drive_c" / windows.removeprefix("C:\\").replace("\\", "/")

    @property
    def program(self) -> Path:
        """The program's folder."""
        return self.path(PROGRAM)

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.path(DATA)

    @staticmethod
    def answers(*more: str) -> list[str]:
        """A silent setup's command line. Wine would put quotes around a word with blanks, so none has any."""
        return ["/S", *more, *f"/DATA={DATA}".split(), *f"/D={PROGRAM}".split()]

    def setup(self, file: Path, *more: str) -> Ended:
        """Run a setup file silently to its end."""
        ended = self.wine.run([file, *self.answers(*more)], seconds=280)
        self.wine.wait()
        return ended

    def setup_at_work(self, file: Path, *more: str) -> int:
        """The exit code of a setup beside which another program goes on."""
        return self.wine.run([file, *self.answers(*more)], seconds=280).code

    def toolroom(self, *arguments: str) -> Ended:
        """Run the installed command line on the station's data."""
        return self.wine.run(
            [self.program / "toolroom.exe", "--language", "en", "--data", DATA, *arguments], seconds=280
        )

    def json_of(self, *arguments: str) -> Any:
        """What a command answers as JSON; libraries say things before and after it."""
        printed = self.toolroom(*arguments, "--json").printed
        begins = min((place for place in map(printed.find, "[{") if place >= 0), default=len(printed))
        return json.JSONDecoder().raw_decode(printed, begins)[0]

    def uninstall(self, *more: str) -> None:
        """Run the uninstaller silently to its end; it goes on in a copy of itself."""
        self.wine.run([self.program / "uninstall.exe", "/S", *more], seconds=120)
        self.wine.wait()

    def registry(self, key: str, name: str) -> str | None:
        """A text in the registry, None where there is none."""
        said = self.wine.run(["reg", "query", key, "/v", name, "/reg:64"], seconds=60)
        lines = [line.split("REG_SZ", 1)[1].strip() for line in said.printed.splitlines() if "REG_SZ" in line]
        return lines[0] if lines else None

    def logs(self) -> str:
        """All that setups and uninstallers wrote down."""
        files = sorted((self.data / "logs").glob("setup-*.log"))
        return "".join(path.read_bytes().decode("utf-16-le") for path in files)

    def whole(self) -> bool:
        """Whether both programs and what they share lie where they belong, and nothing lies about."""
        names = {path.name for path in self.program.iterdir()} if self.program.exists() else set()
        return names == {"toolroom-desktop.exe", "toolroom.exe", "_internal", "installed", "uninstall.exe"}

    def clear(self) -> None:
        """As if nothing had ever been installed."""
        self.wine.wait()
        for key in (OWN_KEY, UNINSTALL_KEY):
            self.wine.run(["reg", "delete", key, "/f", "/reg:64"], seconds=60)
        for folder in (self.program.parent, self.data.parent):
            shutil.rmtree(folder, ignore_errors=True)
