"""The order of the steps: on, back, skip."""

from __future__ import annotations

from typing import Protocol

from toolroom_desktop.ui.screens.setup.camera_step import CameraStep
from toolroom_desktop.ui.screens.setup.model_step import ModelStep
from toolroom_desktop.ui.screens.setup.step import SetupCase, SetupHost, Step
from toolroom_desktop.ui.screens.setup.steps import AdministratorStep, FinishStep, LanguageStep, PurposeStep
from toolroom_desktop.ui.shell import Surroundings


class SetupView(Protocol):
    """What the presenter needs of the screen."""

    def show_place(self) -> None:
        """Another step is the present one."""

    def show_step(self) -> None:
        """Something about the present step changed."""


class SetupPresenter:
    """Fulfils `Flow`. `steps` is the whole set-up in its order; a new step is one more entry, with a page in the view.

    asked   whether skipping the present step was asked for and must be confirmed
    """

    def __init__(self, surroundings: Surroundings, host: SetupHost, view: SetupView) -> None:
        self._view = view
        self._host = host
        self._case: SetupCase | None = None
        self._entered = False
        self.language = LanguageStep(surroundings, self)
        self.purpose = PurposeStep(surroundings, self)
        self.administrator = AdministratorStep(surroundings, self)
        self.camera = CameraStep(surroundings, self)
        self.model = ModelStep(surroundings, self, self.camera.trial)
        self.finish = FinishStep(surroundings, self)
        self.steps: tuple[Step, ...] = (
            self.language,
            self.purpose,
            self.administrator,
            self.camera,
            self.model,
            self.finish,
        )
        self.place = 0
        self.asked = False

    def begin(self, case: SetupCase) -> None:
        """Set that station up, from the first step on."""
        self._case = case
        for step in self.steps:
            step.begin()
        self.place, self.asked = 0, False

    def enter(self) -> None:
        """The screen is visible."""
        self._entered = True
        self._go(self.place)

    def leave(self) -> None:
        """Another screen is: the camera is given back, and nothing is waited for."""
        self._entered = False
        self.step.leave()
        self.camera.trial.close()

    @property
    def case(self) -> SetupCase:
        if self._case is None:
            raise RuntimeError("there is no station to set up")
        return self._case

    @property
    def host(self) -> SetupHost:
        return self._host

    @property
    def step(self) -> Step:
        """The present step."""
        return self.steps[self.place]

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step before, or a screen to go back to."""
        return self.place > 0 or self.case.running

    def go_on(self) -> None:
        """The main button."""
        if self.step.can_go_on:
            self.step.go_on()

    def skip(self) -> None:
        """Leave the step for later; where that has consequences, the second time."""
        if not self.step.can_skip:
            return
        if self.step.warns and not self.asked:
            self.asked = True
            self._view.show_step()
            return
        self.step.skip()
        self.passed()

    def back(self) -> None:
        """Take the question back, go to the step before, or leave."""
        if self.asked:
            self.asked = False
            self._view.show_step()
        elif self.place > 0:
            self._go(self.place - 1)
        elif self.case.running:
            self._host.finish_setup()

    # --- Flow

    def changed(self) -> None:
        self._view.show_step()

    def passed(self) -> None:
        if self._entered and self.place + 1 < len(self.steps):
            self._go(self.place + 1)

    def _go(self, place: int) -> None:
        self.step.leave()
        self.place, self.asked = place, False
        # The model looks at what the camera shows; no other step needs it.
        if self.step not in (self.camera, self.model):
            self.camera.trial.close()
        self._view.show_place()
        self.step.enter()
        self._view.show_step()
