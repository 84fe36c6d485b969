"""What the camera of a generated toolroom sees, and the counter at which that is judged."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from tests.fakes import GOOD_QUALITY
from tests.toolroom.days import HandsOfTime
from tests.toolroom.desk import AS_LISTED, Counts, Desk
from toolroom_desktop.domain.detection import Box, Detection, FrameResult
from toolroom_desktop.domain.inspection import inspect
from toolroom_desktop.domain.journal import (
    canonical_json,
)
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.thresholds import ModelKnowledge, Thresholds
from toolroom_desktop.services.operation_input import Evidence, Plan
from toolroom_desktop.services.vision_ports import Picture

_WIDTH, _HEIGHT = 1920, 1080
_FRAMES = 5
_PUT_OFF = 0.1
"""The share of counts after an unsure look that are put off."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What the camera would see: tools at random places of the table."""

    random: Random
    model: Callable[[], tuple[str, str]]
    unsure: list[bool] = field(default_factory=lambda: [False])
    pool: dict[int, list[tuple[str, str]]] = field(default_factory=dict)

    def __call__(self, plan: Plan, counts: Counts, picture: Picture | None = None) -> Evidence:
        """All that is expected, less what is not there; where `unsure` says so, one of it is hard to see."""
        unseen = [name for (name, _), count in counts.items() if count in (Count.MISSING, Count.KEPT)]
        names = [name for name, quantity in plan.expected.items() for _ in range(quantity - unseen.count(name))]
        dim = self.random.randrange(len(names)) if names and self.unsure[0] else -1
        sure = [0.35 if place == dim else self._confidence() for place in range(len(names))]
        seen = tuple(Detection(name, sure[place], self._box(place)) for place, name in enumerate(names))
        frames = [FrameResult(seen, _WIDTH, _HEIGHT, GOOD_QUALITY)] * _FRAMES
        name, digit = self.model()
        knowledge = ModelKnowledge(name, digit * 64, frozenset(plan.toolkit.expected), ())
        return Evidence(picture, inspect(plan.expected, frames, Thresholds(), knowledge))

    def _box(self, place: int) -> Box:
        x, y = 20 + 230 * (place % 8) + 20 * self.random.random(), 20 + 330 * (place // 8) + 20 * self.random.random()
        return Box(x, y, x + 40 + 140 * self.random.random(), y + 60 + 220 * self.random.random())

    def _confidence(self) -> float:
        return self.random.betavariate(40, 3)

    def again(self, tools: int) -> dict[str, str]:
        """Other boxes and confidences of so many tools, as JSON, by the slots of a `Form`."""
        slots: dict[str, str] = {}
        for place in range(tools):
            slots[f"b{place}"], slots[f"c{place}"] = self.random.choice(self._seen(place))
        return slots

    def _seen(self, place: int) -> list[tuple[str, str]]:
        if place not in self.pool:
            made = [(self._box(place), round(self._confidence(), 4)) for _ in range(2_000)]
            sides = [[round(side, 1) for side in (box.x1, box.y1, box.x2, box.y2)] for box, _ in made]
            self.pool[place] = [(canonical_json(box), repr(sure)) for box, (_, sure) in zip(sides, made, strict=True)]
        return self.pool[place]


class Form:
    """The result JSON of a plain operation with one toolkit, with slots for what is another each time."""

    def __init__(self, document: dict[str, Any]) -> None:
        record = document["operation"]
        for name in ("kit", "timestamp"):
            document[name] = f"§{name}§"
        document["user"] = {"badge": "§badge§", "name": "§name§"}
        document["model"] = {"name": "§model§", "sha256": "§sha256§"}
        for name in ("id", "site_seq", "started_at", "finished_at", "note", "closes", "giver", "work_order"):
            record[name] = f"§{name}§"
        for name in ("aircraft", "expected_return", "holder"):
            record[name] = f"§{name}§"
        for part in ("detected_tools", "positions"):
            for place, tool in enumerate(document[part]):
                tool |= {"box": f"§b{place}§", "confidence": f"§c{place}§"}
        self._parts = re.split('"§(\\w+)§"', canonical_json(document))

    def filled(self, operation: Operation, seen: dict[str, str]) -> str:
        """The canonical text of that operation's payload."""
        at = operation.finished_at.isoformat()
        due = operation.expected_return
        holder = {"badge": operation.holder_badge, "name": operation.holder_name}
        giver = {"badge": operation.giver_badge, "name": operation.giver_name} if operation.giver_badge else None
        slots = {
            "kit": operation.kit,
            "timestamp": at,
            "badge": operation.person_badge,
            "name": operation.person_name,
            "model": operation.model_name,
            "sha256": operation.model_sha256,
            "id": str(operation.operation_id),
            "site_seq": operation.site_seq,
            "started_at": operation.started_at.isoformat(),
            "finished_at": at,
            "note": operation.note,
            "closes": str(operation.closes) if operation.closes else None,
            "giver": giver,
            "work_order": operation.work_order,
            "aircraft": operation.aircraft,
            "expected_return": due.isoformat() if due else None,
            "holder": holder,
        }
        texts = {name: _canonical(value) for name, value in slots.items()} | seen
        parts = self._parts
        return "".join(texts[part] if place % 2 else part for place, part in enumerate(parts))


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


class SlowDesk(Desk):
    """A counter at which operations take a while, and at which recognition is not always sure."""

    def plan(self, badge: str, type_: OperationType, kit: str) -> Plan:
        """Begin, and let the time pass that it takes."""
        plan = super().plan(badge, type_, kit)
        clock = self.operations.clock
        assert isinstance(clock, HandsOfTime)
        clock.at += timedelta(seconds=self._looks.random.uniform(40, 90))
        return plan

    def confirm(self, plan: Plan, counts: Counts = AS_LISTED, **more: Any) -> Operation:
        """The end of it; where recognition was not sure, all tools are counted and found, or that is put off."""
        if not self._looks.unsure[0] or counts:
            return super().confirm(plan, counts, **more)
        if self._looks.random.random() < _PUT_OFF:
            return super().confirm(plan, counts, count_later=True, **more)
        return super().confirm(plan, {(next(iter(plan.expected)), 1): Count.FOUND}, **more)

    @property
    def _looks(self) -> Looks:
        assert isinstance(self.seen, Looks)
        return self.seen
