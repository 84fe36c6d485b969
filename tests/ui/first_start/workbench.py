"""A station that nothing was recorded at yet, its cameras and its model in the test's hands."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.fakes import HandCamera, ScriptedDetector, model_info
from tests.ui.station import CLASSES, seen
from toolroom_desktop.__main__ import Choice, begin
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.config.messages import Language
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.domain.detection import FrameResult
from toolroom_desktop.domain.errors import BadModel, UserFacingError
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.doctor import Check, Grade, Progress
from toolroom_desktop.services.station_setup import ModelOnTrial, StationSetup
from toolroom_desktop.services.vision_ports import Camera, CameraAnswer, FoundCamera, Picture
from toolroom_desktop.setting_up import station_setup
from toolroom_desktop.ui.care import Care, Start

TWO_CAMERAS = (
    FoundCamera("usb:0", CameraAnswer.REFUSED),
    FoundCamera("usb:1", CameraAnswer.FRAMES, (1280, 720)),
)


class LookingDetector(ScriptedDetector):
    """Sees the whole kit in whatever picture."""

    def detect(self, picture: Picture) -> FrameResult:
        self.looked += 1
        return seen(REFERENCE_TOOLKIT, size=(picture.width, picture.height))


@dataclass(slots=True)
class Workbench:
    """What the set-up of a new station finds.

    found      cameras; `camera` is the one that opens, whatever its source
    opened     every source that was opened
    refused    the model is refused for that reason
    gate       looking for cameras waits while it is closed, `opening` opening one
    """

    folder: Path
    found: Sequence[FoundCamera] = TWO_CAMERAS
    camera: HandCamera = field(default_factory=HandCamera)
    opened: list[str] = field(default_factory=list)
    refused: BadModel | None = None
    cannot_open: UserFacingError | None = None
    signer: str = "toolroom-desktop"
    gate: threading.Event = field(default_factory=threading.Event)
    opening: threading.Event = field(default_factory=threading.Event)
    checks: list[Check] = field(default_factory=lambda: [Check("disk", Grade.GOOD, "cli.doctor.disk", {"free_mib": 9})])
    detector: LookingDetector = field(default_factory=lambda: LookingDetector(model_info(*CLASSES), {}))

    def __post_init__(self) -> None:
        self.gate.set()
        self.opening.set()

    @property
    def settings_path(self) -> Path:
        return self.folder / "settings.toml"

    @property
    def demo_folder(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-demo")

    def start(self, *, demo: bool = False, language: Language | None = None) -> Start:
        """As the program begins, but for the cameras and the model."""
        return self._of(begin(Choice(DataFolder(self.folder), demo=demo, language=language)))

    def setup(self, app: AppContext | None) -> StationSetup:
        """The real records; cameras and model of the test."""
        real = station_setup(DataFolder(self.folder), app, pin_cost=FAST)
        return replace(real, find_cameras=self._find, open_camera=self._open, load_model=self._load)

    def _of(self, start: Start) -> Start:
        care = start.care
        assert care is not None

        def again(language: Language, demonstration: bool) -> Start:
            return self._of(care.again(language, demonstration))

        return replace(start, care=replace(care, setup=self.setup, examine=self._examine, again=again))

    def care(self) -> Care:
        """For windows that a test opens itself."""
        care = self.start().care
        assert care is not None
        return care

    def _examine(self, progress: Progress) -> list[Check]:
        for place, check in enumerate(self.checks, start=1):
            progress(check.name, place, len(self.checks))
        return self.checks

    def _find(self) -> Sequence[FoundCamera]:
        self.gate.wait(20)
        return self.found

    def _open(self, source: str) -> Camera:
        self.opened.append(source)
        self.opening.wait(20)
        if self.cannot_open is not None:
            raise self.cannot_open
        self.camera.start()
        return self.camera

    def _load(self) -> ModelOnTrial:
        if self.refused is not None:
            raise self.refused
        return ModelOnTrial(self.detector, self.signer, named=False)
