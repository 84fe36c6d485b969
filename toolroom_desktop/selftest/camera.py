"""The camera's thread, the inference thread and the decision, on a table whose content is known."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from typing import Any

from toolroom_desktop.adapters.camera.replay import ReplayCamera
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.adapters.vision.looks import ready_to_look
from toolroom_desktop.bootstrap import DEMO_TABLES, build
from toolroom_desktop.config.paths import resource
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import BadProgram
from toolroom_desktop.domain.inspection import Inspection, PositionState
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.thresholds import ModelKnowledge
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.services.demo import DEMO_KITS, DEMO_PEOPLE
from toolroom_desktop.services.doctor import Check, Grade
from toolroom_desktop.services.live_pipeline import LiveView

TABLE = "05_no_side_cutters.jpg"
"""One tool is missing on it, so that neither "all there" nor "nothing there" would be right."""
PATIENCE = 60.0
"""Seconds until the decision must stand; on two cores it takes about three."""

# Nobody lays tools out here: what a person is given time for need not be waited for.
_PACE = {"frames": 3, "still_seconds": 0.1, "success_seconds": 0.1, "other_seconds": 0.2}


def lies_on(table: str) -> dict[str, int]:
    """How many of which tools lie on that table of the demonstration, as its maker wrote down."""
    tables: list[dict[str, Any]] = json.loads(resource(*DEMO_TABLES, "tables.json").read_bytes())["tables"]
    entry = next((entry for entry in tables if entry["file"] == table), None)
    if entry is None:
        raise BadProgram("selftest.table_missing", table=table)
    return dict(entry["tools"])


def look(bench: Workbench, *, truth: Mapping[str, int] | None = None, patience: float = PATIENCE) -> Check:
    """Watch the table until the decision stands, and compare it with `truth`, by default the maker's word."""
    lies_there = lies_on(TABLE) if truth is None else truth
    detector = bench.detector()
    settings = Settings.model_validate({"inspection": _PACE, "learning": {"keep_for_review": False}})
    station = build(bench.room("camera"), settings, demo=True, detector=ready_to_look(detector), pin_cost=FAST)
    try:
        inspection = _decision(station, patience)
    finally:
        station.close()
    certain = _compare(inspection, lies_there, detector.info.knowledge)
    details: dict[str, object] = {"frames": inspection.frames, "count": certain}
    facts = {"table": TABLE, "frames": inspection.frames, "certain": certain, "status": inspection.status.value}
    return Check("camera", Grade.GOOD, "selftest.camera", details, facts)


def _decision(station: AppContext, patience: float) -> Inspection:
    camera = station.camera
    if not isinstance(camera, ReplayCamera):
        raise TypeError("the demonstration's camera is a replay")
    camera.show_scene([scene.path.name for scene in camera.scenes].index(TABLE))
    over = threading.Event()
    last: list[LiveView] = []

    def listen(view: LiveView) -> None:
        last[:] = [view]
        if view.failure is not None or view.state.settled:
            over.set()

    plan = station.operations.plan(badge=DEMO_PEOPLE[0].badge, type_=OperationType.CHECKOUT, kit=DEMO_KITS[0].number)
    pipeline = station.live(plan, listen)
    pipeline.start()
    try:
        decided = over.wait(patience)
    finally:
        pipeline.stop()
    view = last[0] if last else None
    if view is not None and view.failure is not None:
        raise view.failure
    if not decided or view is None or view.state.inspection is None:
        waits = view.state.waiting_for.value if view is not None else "camera"
        raise BadProgram("selftest.camera_undecided", seconds=round(patience), waits=waits)
    return view.state.inspection


def _compare(inspection: Inspection, lies_there: Mapping[str, int], knowledge: ModelKnowledge) -> int:
    """How many positions the model was certain of; raises `BadProgram` where one of them is not as it lies there.

    A position whose look-alikes the model may not tell apart can be unsure; any other one must be decided.
    """
    certain = 0
    for position in inspection.positions:
        there = position.unit <= lies_there.get(position.tool_class, 0)
        right = PositionState.PRESENT if there else PositionState.MISSING
        if position.state is right:
            certain += 1
        elif position.state is not PositionState.UNSURE or knowledge.group_of(position.tool_class) is None:
            raise BadProgram(
                "selftest.camera_wrong", tool=position.tool_class, said=position.state.value, right=right.value
            )
    return certain
