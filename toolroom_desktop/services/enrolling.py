"""Enrolment at the counter: who may, which tools there are to choose from, and taking back what was kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from toolroom_desktop.domain.people import Permission
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.catalogue import Catalogue
from toolroom_desktop.services.cutouts import CutoutClass, CutoutRecord, CutoutStore
from toolroom_desktop.services.enrolment import Enrolment, Shot, ToolCutter, Variety
from toolroom_desktop.services.ports import Database
from toolroom_desktop.services.vision_ports import Detector, Picture

DIRECTIONS = 8
FIELDS = 9


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is stored of one class, in a form that can be drawn.

    variety     the figures, and whether they are enough
    directions  which of eight directions the shots of this session point to, 0 along the picture's width, then each
                45 degrees further
    fields      in which of nine fields of the picture they lie, row by row from the top left
    can_undo    whether this session kept a shot of the class that can be taken back
    """

    variety: Variety
    directions: frozenset[int]
    fields: frozenset[int]
    can_undo: bool


@dataclass(slots=True, kw_only=True)
class CounterEnrolment(Enrolment):
    """A session before the counter's camera. Its calls may come from any thread, one at a time."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: dict[str, list[CutoutRecord]] = field(default_factory=dict)

    # The slots of a data class leave no `super()` without arguments to its methods.

    def take_empty(self, picture: Picture) -> None:
        """Take the picture as the empty table. Raises as `Enrolment.take_empty` and the store do."""
        with self.lock:
            Enrolment.take_empty(self, picture)

    def start(self, tool: CutoutClass) -> Coverage:
        """Turn to a class, new or known. Raises as `Enrolment.begin` and the store do."""
        with self.lock:
            self.begin(tool)
            return self._coverage(tool.name)

    def keep_shot(self, shot: Shot) -> Coverage:
        """Store a shot to which the answer was yes. Raises what the store raises."""
        with self.lock:
            self._kept.setdefault(shot.class_name, []).append(self.keep(shot))
            return self._coverage(shot.class_name)

    def take_back(self, class_name: str) -> Coverage:
        """Remove the last shot of the class that this session kept; without one nothing happens."""
        with self.lock:
            kept = self._kept.get(class_name)
            if kept:
                self.store.remove(kept[-1])
                kept.pop()
                self._places[class_name].pop()
            return self._coverage(class_name)

    def _coverage(self, class_name: str) -> Coverage:
        places = self._places.get(class_name, [])
        return Coverage(
            self.variety(class_name),
            frozenset(int((place.angle + 22.5) % 360 // 45) for place in places),
            frozenset(3 * min(2, int(place.y * 3)) + min(2, int(place.x * 3)) for place in places),
            bool(self._kept.get(class_name)),
        )


@dataclass(frozen=True, slots=True)
class EnrolledTool:
    """A tool class that can be photographed. `toolkits` are the names of those that hold it."""

    tool: CutoutClass
    stored: int
    toolkits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enrolling:
    """Opens enrolments for those who may. `folder` is where the cut-outs are stored."""

    database: Database
    catalogue: Catalogue
    detector: Detector
    cutter: ToolCutter
    open_store: Callable[[], CutoutStore]
    folder: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self, *, actor_badge: str) -> CounterEnrolment:
        """A session over what is stored.

        Raises `Refused` for anybody but an administrator, and `BadInput` for a list of cut-outs that is damaged.
        """
        self.database.read(lambda uow: person_known(uow, actor_badge).require(Permission.MANAGE_STATION))
        # A shot that an earlier session is just storing belongs into the list that this one reads.
        with self._lock:
            return CounterEnrolment(self.open_store(), self.cutter, _plain_tables_too, lock=self._lock)

    def tools(self, session: CounterEnrolment) -> list[EnrolledTool]:
        """What can be photographed: the tools of the toolkits, then those of the model, then what is stored besides."""
        found: dict[str, CutoutClass] = {}
        toolkits: dict[str, list[str]] = {}
        for toolkit in self.catalogue.toolkits():
            for position in toolkit.positions:
                name = position.tool_class
                found.setdefault(name, CutoutClass(name, position.name_ru, position.name_en))
                toolkits.setdefault(name, []).append(toolkit.name)
        info = self.detector.info
        for name in sorted(info.knowledge.classes):
            found.setdefault(name, CutoutClass(name, info.names_ru.get(name, ""), info.names_en.get(name, "")))
        with session.lock:
            stored = list(session.store.cutouts)
            declared = list(session.store.classes)
        for tool in declared:
            found.setdefault(tool.name, tool)
        return [
            EnrolledTool(
                tool, sum(record.class_name == name for record in stored), tuple(dict.fromkeys(toolkits.get(name, ())))
            )
            for name, tool in found.items()
        ]


def _plain_tables_too(_empty: Picture) -> bool:
    """An even table shows nothing that could be sharp, so a picture of it is never refused as blurred."""
    return True
