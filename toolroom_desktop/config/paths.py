"""Where things lie: resources and models beside the program, data in a folder of its own."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

DATA_VARIABLE = "TOOLROOM_DATA"


def program_root() -> Path:
    """The folder with `models/` and `resources/`: the bundle of a frozen program, else the source tree."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parents[2]


def resource(*parts: str) -> Path:
    """A file or folder under `resources/`."""
    return program_root().joinpath("resources", *parts)


def models_folder() -> Path:
    """The models that ship with the program."""
    return program_root() / "models"


def default_data_folder() -> Path:
    """Where records go unless told otherwise: TOOLROOM_DATA, else the machine's usual place for program data.

    On Windows that is ProgramData, which all users of a workstation share; elsewhere the user's own data folder.
    """
    told = os.environ.get(DATA_VARIABLE)
    if told:
        return Path(told)
    if sys.platform == "win32":
        return Path(platformdirs.site_data_dir("Toolroom Desktop", appauthor=False))
    return Path(platformdirs.user_data_dir("toolroom-desktop", appauthor=False))


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The data folder of one station."""

    root: Path

    @property
    def settings_file(self) -> Path:
        """The station's settings, TOML."""
        return self.root / "settings.toml"

    @property
    def logs(self) -> Path:
        """Rotating logs."""
        return self.root / "logs"

    @property
    def models(self) -> Path:
        """The store of the installed models."""
        return self.root / "models"

    @property
    def trusted_keys(self) -> Path:
        """Public keys whose signatures on models count, unless the settings name another folder."""
        return self.root / "trusted-keys"

    @property
    def review(self) -> Path:
        """Photos that a person judged otherwise than the model, unless the settings name another folder."""
        return self.root / "review"

    @property
    def cutouts(self) -> Path:
        """Cut-outs of the tools that were enrolled at this station."""
        return self.root / "cutouts"

    @property
    def crashes(self) -> Path:
        """One file a crash."""
        return self.root / "crashes"
