"""Does the installed model load, who signed it, and what does it see."""

from __future__ import annotations

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.station_setup import Look, ModelOnTrial
from toolroom_desktop.services.vision_ports import Picture
from toolroom_desktop.ui.screens.setup.step import Flow, Outcome, Step
from toolroom_desktop.ui.screens.setup.trial_camera import TrialCamera
from toolroom_desktop.ui.shell import Surroundings


class ModelStep(Step):
    """Loads the model when it is entered and lets it look once; again on request.

    model   the loaded one; None before, and for one that was refused
    look    the last look; None before
    """

    def __init__(self, surroundings: Surroundings, flow: Flow, trial: TrialCamera) -> None:
        super().__init__(surroundings, flow)
        self._trial = trial
        self.model: ModelOnTrial | None = None
        self.seen: Look | None = None
        self.on_camera = False

    def begin(self) -> None:
        super().begin()
        self.model, self.seen = None, None

    def enter(self) -> None:
        self.look()

    @property
    def can_go_on(self) -> bool:
        return not self.working and self.seen is not None and self.problem is None

    def look(self) -> None:
        """Let the model look at what the camera shows now, else at a table of the demonstration."""
        if self.working:
            return
        setup, known, picture = self.flow.case.setup, self.model, self._trial.latest()
        self.problem = None
        self.working = True
        self.on_camera = picture is not None
        self.flow.changed()

        def load_and_look() -> tuple[ModelOnTrial, Look]:
            model = known if known is not None else setup.load_model()
            return model, setup.look(model, picture)

        self.ask(load_and_look, self._looked, self._refused)

    @property
    def picture(self) -> Picture | None:
        """What the model looked at."""
        return self.seen.picture if self.seen is not None else None

    def _looked(self, outcome: tuple[ModelOnTrial, Look]) -> None:
        self.model, self.seen = outcome
        self.outcome = Outcome.DONE
        self.working = False
        self.flow.changed()

    def _refused(self, error: UserFacingError) -> None:
        self.seen = None
        self.outcome = Outcome.OPEN
        self.failed(error)
