"""Which camera looks at the table: found, tried, saved."""

from __future__ import annotations

from collections.abc import Sequence

from toolroom_desktop.config.paths import resource
from toolroom_desktop.config.settings import Settings, save_setting
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.vision_ports import CameraAnswer, FoundCamera
from toolroom_desktop.ui.care import Answered, AnsweredBy
from toolroom_desktop.ui.screens.setup.step import Flow, Outcome, Step
from toolroom_desktop.ui.screens.setup.trial_camera import TrialCamera
from toolroom_desktop.ui.shell import Surroundings


def demo_source() -> str:
    """The tables of the demonstration as a camera."""
    return f"replay:{resource('demo', 'tables')}"


class CameraStep(Step):
    """Looks for cameras when it is entered, and shows the one that is chosen.

    found     what was found; None while it looks
    saved     the source that was saved here; empty before
    answered  the source that the settings name already
    fixed     a policy of the computer names it, so it is only looked at
    """

    def __init__(self, surroundings: Surroundings, flow: Flow) -> None:
        super().__init__(surroundings, flow)
        self.trial = TrialCamera(surroundings, self.failed)
        self.found: Sequence[FoundCamera] | None = None
        self.saved = ""
        self.answered = ""
        self.fixed = False
        self._search_ticket = 0

    def begin(self) -> None:
        super().begin()
        self.found, self.saved, self.answered, self.fixed = None, "", "", False

    def enter(self) -> None:
        self.problem = None
        self.ask(self.flow.case.answered, self._answered, self.failed)

    @property
    def chosen(self) -> str:
        """The source whose picture is shown; empty for none."""
        return self.trial.source

    @property
    def shows_demo(self) -> bool:
        """Whether pictures of the demonstration stand in for a camera: to look at, never to work with."""
        return self.chosen == demo_source()

    @property
    def searching(self) -> bool:
        """Whether it is looking for cameras."""
        return self.found is None

    @property
    def can_go_on(self) -> bool:
        if self.working:
            return False
        if not self.chosen:
            return self.outcome is Outcome.DONE
        return self.trial.latest() is not None

    def search_again(self) -> None:
        """Look for cameras once more; what is shown now would be in the way."""
        self.trial.close()
        self._search()

    def _search(self) -> None:
        self.forget(self._search_ticket)
        self.found, self.problem = None, None
        self.flow.changed()
        self._search_ticket = self.ask(self.flow.case.setup.find_cameras, self._found, self._not_found)

    def choose(self, source: str) -> None:
        """Show what that source gives."""
        self.problem = None
        self.trial.show(source.strip(), self.flow.case.setup.open_camera)
        self.flow.changed()

    def go_on(self) -> None:
        source = self.chosen
        if not source or self.shows_demo:
            if self.outcome is Outcome.OPEN:
                self.outcome = Outcome.SKIPPED
            self.flow.passed()
            return
        if self.fixed:
            self.done()
            return
        path = self.flow.case.settings_path
        self.working = True
        self.flow.changed()
        self.ask(lambda: save_setting(path, "camera", "source", source), self._saved, self.failed)

    def _answered(self, answered: Answered) -> None:
        if answered.camera is not AnsweredBy.NOBODY:
            self.answered = answered.camera_source
            self.fixed = answered.camera is AnsweredBy.POLICY
            self.outcome = Outcome.DONE
        if self.found is None:
            self._search()
        else:
            self._show_first()

    def _found(self, found: Sequence[FoundCamera]) -> None:
        self.found = found
        self._show_first()

    def _show_first(self) -> None:
        """Show the camera that is set already, else the first that gives a picture."""
        working = (camera.source for camera in self.found or () if camera.answer is CameraAnswer.FRAMES)
        source = self.saved or self.answered or next(working, "")
        if source and not self.chosen:
            self.choose(source)
        else:
            self.flow.changed()

    def _not_found(self, error: UserFacingError) -> None:
        self.found = ()
        self.failed(error)

    def _saved(self, settings: Settings) -> None:
        self.saved = settings.camera.source
        self.done()
