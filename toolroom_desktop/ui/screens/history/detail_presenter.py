"""One operation in full: its course, its photo and that of the other end of its custody, the proof of its entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from toolroom_desktop.domain.errors import NotFound, UserFacingError
from toolroom_desktop.domain.journal import Verification
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.services.course import Course, course_of
from toolroom_desktop.services.history_query import HistoryQueries
from toolroom_desktop.services.later_records import Details
from toolroom_desktop.services.watching import Stoppable
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.stations import Shown
from toolroom_desktop.ui.widgets.images import to_image

Failed = Callable[[UserFacingError], None]


@dataclass(frozen=True, slots=True)
class Proof:
    """How far the proof of the entry is: `done` of `total` entries, or its outcome."""

    done: int = 0
    total: int = 0
    outcome: Verification | None = None


class DetailView(Protocol):
    """What the presenter needs of the page."""

    def show_operation(self, operation: Operation) -> None:
        """Another operation, or the same as it stands now."""

    def show_course(self, course: Course) -> None:
        """All that belongs to it."""

    def show_photo(self, operation: Operation, image: QImage) -> None: ...
    def show_no_photo(self, operation: Operation, sentence: str) -> None:
        """Why there is none; empty while it is being read."""

    def show_tool_photo(self, image: QImage) -> None:
        """A photo of one tool, in place of the operation's own."""

    def show_proof(self, proof: Proof | None) -> None:
        """How far the proof is; None for not asked for."""

    def show_sentence(self, sentence: str) -> None: ...


class _Steps(QObject):
    """Brings progress across from the worker."""

    told = Signal(int, int)


class DetailPresenter(Presenter):
    """Asks for everything in workers; the photos come when they are read."""

    def __init__(self, shell: Shell, view: DetailView) -> None:
        super().__init__(shell)
        self._view = view
        self._stop: Stoppable | None = None
        self._proof_ticket = 0
        self._steps = _Steps()
        self._steps.told.connect(self._moved_on)
        self.operation: Operation | None = None
        self.course: Course | None = None
        self.shown: Shown = shell.stations.shown
        self.foreign = False
        """Whether another station recorded it."""

    @property
    def only_looked_at(self) -> bool:
        """Whether nothing of it can be changed from here: it is shown among the records of all stations."""
        return self.foreign or self.shown.everywhere

    def open(self, operation_id: str) -> None:
        """Show that operation."""
        self.close()
        app, shown = self.shell.app, self.shell.stations.shown
        self.shown, self.foreign = shown, False

        def find() -> tuple[Operation, bool]:
            if not shown.everywhere:
                return app.operations.by_id(operation_id), False
            return _known_to(shown.records.history, app.history, operation_id)

        self.ask(find, self._found, self._failed)

    def close(self) -> None:
        """Nothing is wanted any more."""
        self.stop_proof()
        self.drop()
        self.operation, self.course = None, None

    # --- what can be done with it

    def may_count(self) -> bool:
        """Whether whoever is signed in can give the count that this operation owes."""
        operation, person = self.operation, self.shell.session.person
        may = person is not None and person.may(Permission.OPERATE) and not self.only_looked_at
        return operation is not None and operation.count_owed and may

    def may_correct(self) -> bool:
        """Whether whoever is signed in may correct what is noted beside this operation."""
        person = self.shell.session.person
        may = person is not None and person.may(Permission.CORRECT) and not self.only_looked_at
        return self.operation is not None and may

    def count(self) -> None:
        """Give the count that is owed."""
        operation = self.operation
        if operation is None:
            return
        operations, badge, navigator = self.shell.app.operations, self.shell.badge, self.shell.navigator
        self._view.show_sentence("")
        self.ask(
            lambda: operations.plan_count(badge=badge, operation_id=operation.operation_id),
            lambda begun: navigator.show_result(*begun),
            self._failed,
        )

    def correct(self, details: Details, reason: str, done: Callable[[], None], failed: Failed) -> None:
        """Record that something was noted wrongly."""
        operation = self.operation
        if operation is None:
            return
        operations, badge = self.shell.app.operations, self.shell.badge

        def corrected(now: Operation) -> None:
            done()
            self._known(now)

        self.ask(
            lambda: operations.correct(
                badge=badge, operation_id=operation.operation_id, details=details, reason=reason
            ),
            corrected,
            failed,
        )

    def load_tool_photo(self, sha256: str) -> None:
        """Show the photo of one tool."""
        self.ask(lambda: self._decoded(sha256), self._view.show_tool_photo, self._failed)

    def load_photo(self, operation: Operation) -> None:
        """Show the clean photo of that operation."""
        if not operation.photos.clean:
            return
        self._view.show_no_photo(operation, "")
        self.ask(
            lambda: self._decoded(operation.photos.clean),
            lambda image: self._view.show_photo(operation, image),
            lambda error: self._view.show_no_photo(operation, self._why_no_photo(operation, error)),
        )

    def _why_no_photo(self, operation: Operation, error: UserFacingError) -> str:
        # One that is on its way here says so itself.
        if self.foreign and error.code == "evidence.gone":
            error = NotFound("stations.photo_there", station=self.shown.station(operation.site_id))
        return self.shell.sentence(error)

    # --- the proof

    def prove(self) -> None:
        """Verify the journal up to the entry of this operation."""
        course = self.course
        if course is None or self._stop is not None or self.foreign:
            return
        stop = Stoppable(self._steps.told.emit)
        self._stop = stop
        journal, seq = self.shell.app.journal_proof, course.entry.site_seq
        self._view.show_proof(Proof(0, seq))
        self._proof_ticket = self.ask(lambda: journal.up_to(seq, watch=stop), self._proven, self._not_proven)

    def stop_proof(self) -> None:
        """Do not go on with it."""
        if self._stop is not None:
            self._stop.stop()
            self._stop = None
            self.forget(self._proof_ticket)

    def _moved_on(self, done: int, total: int) -> None:
        if self._stop is not None:
            self._view.show_proof(Proof(done, total))

    def _proven(self, outcome: Verification) -> None:
        self._stop = None
        self._view.show_proof(Proof(outcome=outcome))

    def _not_proven(self, error: UserFacingError) -> None:
        self._stop = None
        self._view.show_proof(None)
        self._failed(error)

    # --- what came back

    def _found(self, found: tuple[Operation, bool]) -> None:
        operation, self.foreign = found
        self._known(operation)

    def _known(self, operation: Operation) -> None:
        app = self.shell.app
        self.operation, self.course = operation, None
        self._view.show_operation(operation)
        self._view.show_proof(None)
        self.load_photo(operation)
        name, evidence = str(operation.operation_id), app.operations.evidence
        database = self.shown.records.history.database if self.foreign else app.database
        self.ask(lambda: course_of(database, evidence, name), self._course_known, self._failed)

    def _course_known(self, course: Course) -> None:
        self.course = course
        self._view.show_course(course)
        other = course.closes or course.ended_by
        if other is not None:
            self.load_photo(other)

    def _decoded(self, sha256: str) -> QImage:
        return to_image(self.shell.app.operations.photo(sha256))

    def _failed(self, error: UserFacingError) -> None:
        self._view.show_sentence(self.shell.sentence(error))
        self.shell.stations.look()


def _known_to(everything: HistoryQueries, own: HistoryQueries, operation_id: str) -> tuple[Operation, bool]:
    """The operation, and whether another station recorded it; what this one recorded is read where all of it lies."""
    try:
        return own.operation(operation_id), False
    except NotFound:
        return everything.operation(operation_id), True
