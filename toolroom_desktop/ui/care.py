"""How a station is begun, set up and looked after: what the entry point hands to the windows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from toolroom_desktop.config.messages import Language
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.services.doctor import Examine
from toolroom_desktop.services.station_setup import StationSetup
from toolroom_desktop.services.sync.completing import Completing

BuildContext = Callable[[Callable[[str], None]], AppContext]


class AnsweredBy(StrEnum):
    """Where the answer to a step of setting up was found already."""

    NOBODY = "nobody"
    SETTINGS = "settings"
    COMMAND_LINE = "command_line"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody said before setting up began. What a policy of the machine says cannot be changed here."""

    language: AnsweredBy = AnsweredBy.NOBODY
    camera: AnsweredBy = AnsweredBy.NOBODY
    camera_source: str = ""


@dataclass(frozen=True, slots=True)
class Care:
    """Setting up and health of one data folder.

    examine            every check of `toolroom doctor`
    setup              what setting up needs; of the running station, where there is one
    answered           reads the settings anew
    wants_first_start  whether nothing was ever recorded there
    again              the station anew after setting up, in that language; True begins the demonstration instead
    demo_folder        where the demonstration keeps its own records
    complete           opens restored records that the centre may complete; None where nothing can

    All but `setup` block.
    """

    examine: Examine
    setup: Callable[[AppContext | None], StationSetup]
    answered: Callable[[], Answered]
    wants_first_start: Callable[[], bool]
    again: Callable[[Language, bool], Start]
    demo_folder: Path
    complete: Callable[[], Completing] | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """One way to begin. `build` blocks and raises `UserFacingError`."""

    build: BuildContext
    settings: Settings
    settings_path: Path
    crash_folder: Path
    care: Care | None = None
