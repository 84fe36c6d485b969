"""Which step an enrolment is at, what can be done there, and what the camera's picture led to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.cutouts import CutoutClass
from toolroom_desktop.services.enrolling import CounterEnrolment, Coverage, EnrolledTool
from toolroom_desktop.services.enrolment import Shot, Verdict
from toolroom_desktop.services.vision_ports import CameraState, Picture
from toolroom_desktop.ui.demo_tables import show_next_table, table_title
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.screens.inspection.live import LiveControl
from toolroom_desktop.ui.shell import Shell

T = TypeVar("T")


class Step(StrEnum):
    """Where an enrolment is."""

    EMPTY = "empty"
    TOOL = "tool"
    SHOTS = "shots"
    NEXT = "next"


class Doing(StrEnum):
    """What is waited for."""

    NOTHING = "nothing"
    OPENING = "opening"
    STORING = "storing"
    CUTTING = "cutting"


class EnrolView(Protocol):
    """What the presenter needs of the screen."""

    def show_enrolment(self) -> None:
        """Something changed: show the presenter's state."""


class EnrolPresenter(Presenter):
    """Holds one session from entering the screen to leaving it. What was kept is on the disk all the while."""

    def __init__(self, shell: Shell, view: EnrolView, live: LiveControl) -> None:
        super().__init__(shell)
        self._view = view
        self._live = live
        self._session: CounterEnrolment | None = None
        self._ticket = 0
        self.step = Step.EMPTY
        self.doing = Doing.OPENING
        self.tools: Sequence[EnrolledTool] = ()
        self.tool: CutoutClass | None = None
        self.coverage: Coverage | None = None
        self.shot: Shot | None = None
        self.refused = Verdict.OK
        self.undone = False
        self.sentence = ""

    def enter(self) -> None:
        """Begin a session: with the empty table, as the light may have changed since the last one."""
        self._session = None
        self.tools, self.tool, self.coverage = (), None, None
        self._forget_shot()
        self.step = Step.EMPTY
        self._live.hold()
        badge, enrolling = self.shell.badge, self.shell.app.enrolling
        self._do(Doing.OPENING, lambda: enrolling.open(actor_badge=badge), self._opened)

    def leave(self) -> None:
        """Nothing is lost: what somebody said yes to is stored by now or being stored."""
        self.drop()
        self._live.release()
        self._session = None
        self._forget_shot()

    # --- what can be done

    @property
    def can_photograph(self) -> bool:
        """Whether there is a picture to take, and nothing under way."""
        return (
            self._session is not None
            and self.doing is Doing.NOTHING
            and self.shot is None
            and self.step in (Step.EMPTY, Step.SHOTS)
            and self.latest_picture() is not None
        )

    @property
    def can_undo(self) -> bool:
        """Whether the last kept shot can be taken back."""
        return (
            self.doing is Doing.NOTHING and self.shot is None and self.coverage is not None and self.coverage.can_undo
        )

    @property
    def has_empty(self) -> bool:
        """Whether the empty table was photographed in this session."""
        return self._session is not None and self._session.has_empty

    def latest_picture(self) -> Picture | None:
        """The camera's newest frame."""
        return self.shell.app.camera.latest()

    @property
    def camera_sentence(self) -> str:
        """What is wrong with the camera; empty while nothing is."""
        health = self.shell.app.camera.health
        lost = health.state in (CameraState.LOST, CameraState.FROZEN)
        return self.shell.sentence(health.problem) if lost and health.problem is not None else ""

    # --- what somebody does

    def photograph(self) -> None:
        """Take the camera's picture: of the empty table, or of the tool."""
        session, picture = self._session, self.latest_picture()
        if session is None or picture is None or not self.can_photograph:
            return
        self._forget_shot()
        if self.step is Step.EMPTY:
            self._do(Doing.STORING, lambda: session.take_empty(picture), self._empty_taken)
        else:
            self._do(Doing.CUTTING, lambda: session.shoot(picture), self._cut)

    def stop_cutting(self) -> None:
        """What is being cut is not wanted any more."""
        if self.doing is Doing.CUTTING:
            self.forget(self._ticket)
            self._idle()

    def choose(self, tool: CutoutClass) -> None:
        """Photograph that tool from now on."""
        session = self._session
        if session is None or self.doing is not Doing.NOTHING:
            return
        self._do(Doing.STORING, lambda: session.start(tool), lambda coverage: self._begun(tool, coverage))

    def keep(self) -> None:
        """Yes: this is the whole tool and nothing else."""
        session, shot = self._session, self.shot
        if session is None or shot is None or self.doing is not Doing.NOTHING:
            return
        self._do(Doing.STORING, lambda: session.keep_shot(shot), self._stored)

    def throw_away(self) -> None:
        """No: the shot is forgotten."""
        if self.shot is not None and self.doing is Doing.NOTHING:
            self._forget_shot()
            self._idle()

    def undo(self) -> None:
        """Take the last kept shot back."""
        session, tool = self._session, self.tool
        if session is not None and tool is not None and self.can_undo:
            self._forget_shot()
            self._do(Doing.STORING, lambda: session.take_back(tool.name), self._taken_back)

    def finish_tool(self) -> None:
        """Enough of this tool: what next?"""
        self._go(Step.NEXT)
        self._look_up()

    def other_tool(self) -> None:
        """Choose a tool."""
        self._go(Step.TOOL)
        self._look_up()

    def go_on(self) -> None:
        """Back to the photos of the tool at hand."""
        if self.tool is not None:
            self._go(Step.SHOTS)

    def empty_again(self) -> None:
        """The light, the camera or the table changed."""
        self._go(Step.EMPTY)

    def finish(self) -> None:
        """Leave the screen."""
        self.shell.navigator.show_home()

    # --- the demonstration

    @property
    def scene_title(self) -> str:
        """What the demonstration's table is called; empty before a real camera."""
        return table_title(self.shell)

    def next_scene(self) -> None:
        """The demonstration's next table."""
        show_next_table(self.shell)

    # --- what came of it

    def _do(self, doing: Doing, function: Callable[[], T], done: Callable[[T], None]) -> None:
        self.doing = doing
        self.sentence = ""
        self._ticket = self.ask(function, done, self._failed)
        self._view.show_enrolment()

    def _idle(self) -> None:
        self.doing = Doing.NOTHING
        self._view.show_enrolment()

    def _go(self, step: Step) -> None:
        self._forget_shot()
        self.sentence = ""
        self.step = step
        self._view.show_enrolment()

    def _forget_shot(self) -> None:
        self.shot = None
        self.refused = Verdict.OK
        self.undone = False

    def _opened(self, session: CounterEnrolment) -> None:
        self._session = session
        self._idle()

    def _empty_taken(self, _nothing: None) -> None:
        # The empty table is taken again in the middle of a tool, too.
        self.step = Step.SHOTS if self.tool is not None else Step.TOOL
        if self.step is Step.TOOL:
            self._look_up()
        else:
            self._idle()

    def _look_up(self) -> None:
        session, enrolling = self._session, self.shell.app.enrolling
        if session is not None:
            self._do(Doing.OPENING, lambda: enrolling.tools(session), self._looked_up)

    def _looked_up(self, tools: list[EnrolledTool]) -> None:
        self.tools = tools
        self._idle()

    def _begun(self, tool: CutoutClass, coverage: Coverage) -> None:
        self.tool, self.coverage = tool, coverage
        self.step = Step.SHOTS
        self._idle()

    def _cut(self, shot: Shot) -> None:
        self.refused = shot.verdict
        self.shot = shot if shot.verdict is Verdict.OK else None
        self._idle()

    def _stored(self, coverage: Coverage) -> None:
        self._forget_shot()
        self.coverage = coverage
        self._idle()

    def _taken_back(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self.undone = True
        self._idle()

    def _failed(self, error: UserFacingError) -> None:
        self.sentence = self.shell.sentence(error)
        self._idle()
