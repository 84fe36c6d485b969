"""Looks what the centre has beyond restored records, and brings it back once an administrator says so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from toolroom_desktop.domain.errors import BadInput, UserFacingError
from toolroom_desktop.services.sync.bring_back import Lacking
from toolroom_desktop.services.sync.bring_back_words import Told, told_afterwards, told_before, told_nothing
from toolroom_desktop.services.sync.completing import Completed, Completing
from toolroom_desktop.ui.presenter import Asking
from toolroom_desktop.ui.shell import Surroundings

T = TypeVar("T")


class Stage(Enum):
    """How far it is."""

    LOOKING = auto()
    LACKING = auto()
    BRINGING = auto()
    DONE = auto()
    FAILED = auto()


class BringBackView(Protocol):
    """What the presenter needs of the screen."""

    def show_stage(self) -> None:
        """Another stage: show the presenter's state."""

    def show_progress(self) -> None: ...
    def show_sentence(self, sentence: str) -> None: ...


class _Progress(QObject):
    """Brings (done, total) out of the worker."""

    told = Signal(int, int)


class BringBackPresenter(Asking):
    """`told` is what the page says, `problem` why it cannot be done, `progress` (done, total) in entries."""

    def __init__(
        self,
        surroundings: Surroundings,
        open_: Callable[[], Completing],
        start: Callable[[], object],
        view: BringBackView,
    ) -> None:
        """`open_` opens the records, which blocks; `start` starts the station once they are let go of."""
        super().__init__(surroundings.work)
        self._surroundings = surroundings
        self._open = open_
        self._start = start
        self._view = view
        # One call at a time has the records, and whoever lets go of them waits for it.
        self._records = threading.Lock()
        self._completing: Completing | None = None
        self._stopping = threading.Event()
        self._progress = _Progress()
        self._progress.told.connect(self._went_on)
        self._lacking: Lacking | None = None
        self.stage = Stage.LOOKING
        self.told: list[Told] = []
        self.problem: UserFacingError | None = None
        self.progress = (0, 0)

    def look(self) -> None:
        """Ask the centre."""
        self._stopping.clear()
        self._go(Stage.LOOKING)
        self.ask(lambda: self._with(lambda completing: completing.look(watch=self._watch)), self._looked, self._failed)

    def bring(self, badge: str, pin: str) -> None:
        """Bring it back, if that is an administrator's badge and PIN."""
        lacking = self._lacking
        if self.stage is not Stage.LACKING or lacking is None or self.busy or not badge.strip() or not pin:
            return
        self._view.show_sentence("")

        def bring(completing: Completing) -> Completed:
            person = completing.permit(badge=badge, pin=pin)
            self._progress.told.emit(0, lacking.count)
            return completing.run(by=person.badge, watch=self._watch)

        self._stopping.clear()
        self.ask(lambda: self._with(bring), lambda done: self._brought(lacking, done), self._refused)
        self._view.show_stage()

    def stop(self) -> None:
        """End what is under way after the batch that is being written."""
        self._stopping.set()

    @property
    def may_start(self) -> bool:
        """Whether nothing keeps the station from being started: all is here, or can never come back."""
        forked = self.problem is not None and self.problem.code == "centre.refused_fork"
        return self.stage is Stage.DONE or forked

    def start(self) -> None:
        """Let go of the records and start the station."""
        if self.may_start and not self.busy:
            self.ask(self._close, self._closed, self._failed)

    def leave(self) -> None:
        """Nobody waits any more; the records are let go of as soon as nothing has them."""
        self._stopping.set()
        completing = self._completing
        if completing is not None:
            # Nobody waits for a centre that is silent just to close the program.
            completing.abort()
        self.drop()
        self._surroundings.work.run(self._close, lambda _done: None, lambda _error: None)

    # --- in the worker

    def _with(self, call: Callable[[Completing], T]) -> T:
        with self._records:
            if self._completing is None:
                self._completing = self._open()
            return call(self._completing)

    def _close(self) -> None:
        with self._records:
            completing, self._completing = self._completing, None
        if completing is not None:
            completing.close()

    def _watch(self, done: int, total: int) -> None:
        if self._stopping.is_set():
            raise BadInput("bring_back.stopped")
        self._progress.told.emit(done, total)

    # --- what comes of it

    @Slot(int, int)
    def _went_on(self, done: int, total: int) -> None:
        self.progress = (done, total)
        if self.stage is Stage.LACKING:
            self._go(Stage.BRINGING)
            self.progress = (done, total)
        self._view.show_progress()

    def _looked(self, lacking: Lacking) -> None:
        self._lacking = lacking
        self.told = told_before(lacking, kinds=False) if lacking.count else [told_nothing(lacking)]
        self._go(Stage.LACKING if lacking.count else Stage.DONE)

    def _brought(self, lacking: Lacking, done: Completed) -> None:
        self.told = told_afterwards(lacking, done)
        self._go(Stage.DONE)

    def _refused(self, error: UserFacingError) -> None:
        """Who was refused may try again; whatever else ended it leaves what came until then."""
        if self.stage is Stage.LACKING:
            self._view.show_stage()
            self._view.show_sentence(self._surroundings.sentence(error))
        else:
            self._failed(error)

    def _closed(self, _done: None) -> None:
        self._start()

    def _failed(self, error: UserFacingError) -> None:
        self.problem = error
        self._go(Stage.FAILED)

    def _go(self, stage: Stage) -> None:
        self.stage = stage
        self.progress = (0, 0)
        if stage is not Stage.FAILED:
            self.problem = None
        self._view.show_sentence("")
        self._view.show_stage()
