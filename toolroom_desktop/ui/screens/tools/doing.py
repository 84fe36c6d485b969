"""What the register of tools can be at, what it shows, and what its presenter needs of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from toolroom_desktop.domain.register import Place
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.catalogue import KitRow
from toolroom_desktop.services.tool_import import ImportPlan
from toolroom_desktop.services.tool_records import ToolRecord
from toolroom_desktop.services.tools import KitTools
from toolroom_desktop.ui.models.shelf_list import ShelfKind


class Doing(Enum):
    """What the screen is at."""

    LIST = auto()
    TOOL = auto()
    FORM = auto()  # the data of the tool, or of one that is written down at the chosen place
    STATE = auto()
    PLACE = auto()  # another tool into the tool's place, or one into the chosen empty place
    OUT = auto()  # take the tool out
    PHOTO = auto()
    IMPORT = auto()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: kits, and tools whose texts match (none while nothing is searched)."""

    kits: Sequence[KitRow]
    tools: Sequence[Tool]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the right side shows. `kit` is None for a list that crosses the kits."""

    kind: ShelfKind
    places: Sequence[Place]
    kit: KitTools | None = None


class ToolsView(Protocol):
    """What the presenter needs of the screen."""

    def show_found(self, found: Found) -> None: ...
    def show_shelf(self, shown: Shown) -> None: ...
    def show_doing(self) -> None:
        """Show the page of what the presenter is at."""

    def show_history(self, records: Sequence[ToolRecord]) -> None: ...
    def show_photo(self, content: bytes) -> None: ...
    def show_spare(self, tools: Sequence[Tool]) -> None:
        """The spare tools that can take the place."""

    def show_plan(self, plan: ImportPlan) -> None: ...
    def show_progress(self, done: int, total: int) -> None: ...
    def show_taken_in(self, plan: ImportPlan) -> None: ...
    def show_written(self, path: Path, count: int) -> None: ...
    def show_sentence(self, sentence: str) -> None: ...
    def show_busy(self, busy: bool) -> None: ...
