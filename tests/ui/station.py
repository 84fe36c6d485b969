"""A station for tests of the windows: real records on disk, a model and a camera that the test speaks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tests.fakes import GOOD_QUALITY, HandCamera, ScriptedDetector, model_info, plain_picture
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import build
from toolroom_desktop.config.paths import resource
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.custody import Override
from toolroom_desktop.domain.detection import Box, Detection, FrameResult
from toolroom_desktop.domain.inspection import NEAR_ENOUGH, Inspection, inspect
from toolroom_desktop.domain.operation import Count, Operation, OperationType, positions_to_count
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.sizes import ToolSize
from toolroom_desktop.domain.thresholds import LookAlikeGroup
from toolroom_desktop.domain.toolkit import Toolkit
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.services.demo import DEMO_PIN, REFERENCE_TOOLKIT
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan
from toolroom_desktop.services.ports import Clock
from toolroom_desktop.services.vision_ports import Picture

CLASSES = tuple(REFERENCE_TOOLKIT.expected)
SCREWDRIVERS = LookAlikeGroup(
    frozenset({"screwdriver_minus", "screwdriver_plus", "screwdriver_offset_cross"}),
    None,
    "посмотрите на жала",
    "look at the tips",
)


@dataclass(frozen=True, slots=True)
class Bench:
    """A station with the handles that a test turns."""

    app: AppContext
    camera: HandCamera
    detector: ScriptedDetector
    folder: Path

    def confuse(self, *groups: LookAlikeGroup) -> None:
        """From now on the model does not tell these look-alikes apart."""
        info = self.detector.info
        self.detector.info = replace(info, knowledge=replace(info.knowledge, look_alikes=groups))

    def compare_sizes(self) -> None:
        """From now on the model knows that its tools are all of one size."""
        info = self.detector.info
        sizes = dict.fromkeys(info.knowledge.classes, ToolSize(1.0, 0.7, 1.4))
        self.detector.info = replace(info, knowledge=replace(info.knowledge, sizes=sizes))

    @property
    def settings_path(self) -> Path:
        return self.folder / "settings.toml"


def open_bench(
    folder: Path, clock: Clock | None = None, settings: Settings | None = None, camera: HandCamera | None = None
) -> Bench:
    """A demo station in `folder` that nothing has happened at yet."""
    camera = camera or HandCamera()
    detector = ScriptedDetector(model_info(*CLASSES), {})
    app = build(folder, settings or Settings(), demo=True, detector=detector, camera=camera, clock=clock, pin_cost=FAST)
    return Bench(app, camera, detector, folder)


def table_picture(bench: Bench) -> Picture:
    """A rendered table with the whole kit."""
    return bench.app.photos.read(resource("demo", "tables", "03_complete_light_table.jpg"))


def seen(
    toolkit: Toolkit,
    *,
    missing: tuple[str, ...] = (),
    unsure: tuple[str, ...] = (),
    extra: tuple[str, ...] = (),
    size: tuple[int, int] = (960, 720),
) -> FrameResult:
    """A frame in which every tool of the toolkit lies by itself, but for those named."""
    names = [name for name in toolkit.expected if name not in missing] + list(extra)
    width = size[0] / (len(names) + 1)
    detections = tuple(
        Detection(
            name,
            0.4 if name in unsure else 0.97 - 0.01 * place,
            Box(width * (place + 0.5), size[1] * 0.2, width * (place + 1.3), size[1] * 0.8),
        )
        for place, name in enumerate(names)
    )
    return FrameResult(detections, size[0], size[1], GOOD_QUALITY)


def from_far(frame: FrameResult) -> FrameResult:
    """The same tools, so small that look-alikes can hardly be told apart."""
    side = 0.9 * NEAR_ENOUGH * max(frame.width, frame.height)
    small = (replace(d, box=replace(d.box, y2=d.box.y1 + side)) for d in frame.detections)
    return replace(frame, detections=tuple(small))


def in_another_size(frame: FrameResult, name: str) -> FrameResult:
    """The same tools, one of them half as long."""
    changed = (
        replace(d, box=replace(d.box, y2=(d.box.y1 + d.box.y2) / 2)) if d.class_name == name else d
        for d in frame.detections
    )
    return replace(frame, detections=tuple(changed))


def inspection_of(app: AppContext, frame: FrameResult, expected: Mapping[str, int] | None = None) -> Inspection:
    """The decision over five such frames."""
    thresholds = app.inspecting.thresholds(REFERENCE_TOOLKIT)
    wanted = REFERENCE_TOOLKIT.expected if expected is None else expected
    return inspect(wanted, (frame,) * 5, thresholds, app.detector.info.knowledge)


def record(
    app: AppContext,
    type_: OperationType,
    kit: str = "K-014",
    *,
    badge: str = "DEMO-TECH",
    frame: FrameResult | None = None,
    counts: Mapping[str, Count] | None = None,
    note: str = "",
    picture: Picture | None = None,
    overruled_by: str = "",
) -> Operation:
    """An operation on record; whatever must be counted by hand is counted as found unless `counts` says otherwise.

    `overruled_by` is the badge of whoever lets the kit go out in spite of what is missing.
    """
    plan = app.operations.plan(badge=badge, type_=type_, kit=kit)
    inspection = inspection_of(app, frame or seen(plan.toolkit), plan.expected)
    answers = dict.fromkeys(positions_to_count(inspection), Count.FOUND)
    answers.update({(name, 1): count for name, count in (counts or {}).items()})
    evidence = Evidence(picture or plain_picture(), inspection)
    overrides = [overruled(app, plan, overruled_by)] if overruled_by else []
    return app.operations.record(plan, evidence, Confirmation(answers, note=note, overrides=tuple(overrides)))


def overruled(app: AppContext, plan: Plan, badge: str, purpose: Purpose = Purpose.OVERRIDE) -> Override:
    """Somebody's signature under letting that kit go out nevertheless."""
    signature = app.accounts.sign(badge=badge, pin=DEMO_PIN, purpose=purpose, subject=plan.subject)
    return Override(signature.signature_id, "needed for AOG")
