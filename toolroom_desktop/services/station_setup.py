"""What setting a station up needs of it, before it runs for the first time and again while it runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from toolroom_desktop.domain.detection import FrameResult
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.services.accounts import Accounts
from toolroom_desktop.services.vision_ports import Camera, Detector, FoundCamera, Picture


@dataclass(frozen=True, slots=True)
class ModelOnTrial:
    """The installed model, loaded and verified just now.

    signer  whose trusted key signed it; empty where nobody's did and somebody let it in all the same
    named   the settings name it, so no signature is asked for
    """

    detector: Detector
    signer: str
    named: bool


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one picture. `seconds` is what the look itself took."""

    picture: Picture
    frame: FrameResult
    seconds: float


@dataclass(frozen=True, slots=True)
class StationSetup:
    """Commands and queries of setting up. All of them block, and most for seconds.

    accounts      the people of the station for the time of a command; True makes the records where there are none
    find_cameras  the USB cameras of this machine
    open_camera   the camera that a source such as "usb:0" means, started; it says in its health what is wrong with it
    load_model    raises `BadModel` for one that is refused
    demo_picture  a table of the demonstration
    """

    accounts: Callable[[bool], AbstractContextManager[Accounts]]
    find_cameras: Callable[[], Sequence[FoundCamera]]
    open_camera: Callable[[str], Camera]
    load_model: Callable[[], ModelOnTrial]
    demo_picture: Callable[[], Picture]

    def administrators(self) -> list[Person]:
        """Who may sign in as an administrator, by name; raises `DatabaseProblem`."""
        try:
            with self.accounts(False) as accounts:
                everyone = accounts.everyone()
        except DatabaseProblem as problem:
            if problem.code == "database.not_there":
                return []
            raise
        return [p for p in everyone if p.role is Role.ADMINISTRATOR and p.active and p.pin_hash]

    def add_administrator(self, *, badge: str, name: str, pin: str, actor_badge: str | None) -> Person:
        """Add an administrator; `actor_badge` is None while nobody is signed in, which only the first one may be.

        Raises `Refused`, `BadInput`, `DatabaseProblem`.
        """
        with self.accounts(True) as accounts:
            if actor_badge is None:
                return accounts.add_first_administrator(badge=badge, name=name, pin=pin)
            return accounts.add_person(
                badge=badge, name=name, role=Role.ADMINISTRATOR, pin=pin, actor_badge=actor_badge
            )

    def look(self, model: ModelOnTrial, picture: Picture | None) -> Look:
        """What the model sees in `picture`, else in a table of the demonstration."""
        looked_at = picture if picture is not None else self.demo_picture()
        begun = time.perf_counter()
        frame = model.detector.detect(looked_at)
        return Look(looked_at, frame, time.perf_counter() - begun)
