"""Where the package is made from, with and into; names that several steps share."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from toolroom_desktop import __version__

SOURCE = Path(__file__).resolve().parent.parent
DRAWING = SOURCE / "resources" / "icons" / "app.svg"
"""From which the icon is drawn."""
PRODUCT = "Toolroom Desktop"
CACHE_VARIABLE = "TOOLROOM_BUILD_CACHE"
WINDOW_PROGRAM = "toolroom-desktop"
CONSOLE_PROGRAM = "toolroom"


@dataclass(frozen=True, slots=True)
class Places:
    """One build.

    cache     downloads and the wine prefix; outside the source tree, kept between builds
    work      what is made on the way; made anew by each build
    products  what is handed out
    version   of the products; the program's own unless a build for a test of upgrades says otherwise
    """

    cache: Path
    work: Path
    products: Path
    version: str

    @property
    def windows_python(self) -> Path:
        """The Windows CPython with the locked packages."""
        return self.cache / "windows-python"

    @property
    def wine_prefix(self) -> Path:
        """Wine's own folder."""
        return self.cache / "wine"

    @property
    def setup_file(self) -> Path:
        """The installer."""
        return self.products / f"toolroom-desktop-{self.version}-setup.exe"

    @property
    def older_setup_file(self) -> Path:
        """The same programs, packed as an older version to try upgrades with."""
        return self.work / "older-setup.exe"

    @property
    def icon(self) -> Path:
        """The Windows programs' icon."""
        return self.work / "windows" / "toolroom.ico"

    @property
    def side_picture(self) -> Path:
        """The picture beside the setup's first and last page."""
        return self.work / "windows" / "side.bmp"

    def frozen(self, system: str) -> Path:
        """The one-folder program for "windows" or "linux"."""
        return self.work / system / "dist" / "toolroom-desktop"


def usual_places(*, products: Path | None = None, version: str | None = None) -> Places:
    """The places of a build of this source tree."""
    told = os.environ.get(CACHE_VARIABLE)
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    cache = Path(told) if told else home / "toolroom-desktop-build"
    version = version or __version__
    return Places(cache, cache / "work" / version, products or SOURCE / "dist", version)
