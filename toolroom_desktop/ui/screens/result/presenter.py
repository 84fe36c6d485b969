"""What a person still has to answer, what follows from the answers, and the one command that records them."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QImage

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.inspection import PositionResult, Status
from toolroom_desktop.domain.operation import Count, Operation, OperationType, complete_count, final_status
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.images import to_image

MOST_NOTE_CHARACTERS = 500
Key = tuple[str, int]


class ResultView(Protocol):
    """What the presenter needs of the screen."""

    def show_begin(self) -> None:
        """Another inspection, or the same one again: show everything anew."""

    def show_answers(self) -> None:
        """Answers, the open position, or what can be done changed."""

    def show_checkout_photo(self, image: QImage) -> None: ...
    def show_no_checkout_photo(self, sentence: str) -> None: ...
    def show_failure(self, sentence: str) -> None:
        """The record was refused; an empty sentence takes back the last one."""


class ResultPresenter(Presenter):
    """Keeps the answers until the operation is a record."""

    def __init__(self, shell: Shell, view: ResultView) -> None:
        super().__init__(shell)
        self._view = view
        self.plan: Plan | None = None
        self.evidence: Evidence | None = None
        self.answers: dict[Key, Count] = {}
        self.extras_remain: bool | None = None
        self.note = ""
        self.current: Key | None = None
        self.saving = False

    def begin(self, plan: Plan, evidence: Evidence) -> None:
        """Ask about that evidence. Answers stay only when it is the very same one as before."""
        if plan is not self.plan or evidence != self.evidence:
            self.plan = plan
            self.evidence = evidence
            self.answers = {}
            self.extras_remain = None
            self.note = ""
        self.saving = False
        self.current = self._next_owed()
        self._view.show_failure("")
        self._view.show_begin()
        self._load_checkout_photo(plan)

    def leave(self) -> None:
        """Nothing is wanted any more."""
        self.drop()
        self.saving = False

    # --- what is asked

    @property
    def owed(self) -> tuple[PositionResult, ...]:
        """The positions that must be answered, in the kit's order."""
        if self.evidence is None:
            return ()
        owed = self.evidence.to_count
        return tuple(p for p in self.evidence.inspection.positions if (p.tool_class, p.unit) in owed)

    @property
    def seen(self) -> tuple[PositionResult, ...]:
        """The other positions: recognition's word stands unless somebody overrules it."""
        if self.evidence is None:
            return ()
        owed = self.evidence.to_count
        return tuple(p for p in self.evidence.inspection.positions if (p.tool_class, p.unit) not in owed)

    @property
    def asks_for_extras(self) -> bool:
        """Whether something was seen that does not belong to the kit."""
        return self.evidence is not None and bool(self.evidence.inspection.extras)

    @property
    def questions(self) -> int:
        """How many answers are owed in all."""
        return len(self.owed) + self.asks_for_extras

    @property
    def answered(self) -> int:
        """How many of them were given."""
        given = sum((p.tool_class, p.unit) in self.answers for p in self.owed)
        return given + (self.asks_for_extras and self.extras_remain is not None)

    @property
    def can_confirm(self) -> bool:
        """Whether nothing is owed any more."""
        return self.evidence is not None and not self.saving and self.answered == self.questions

    @property
    def anything_to_lose(self) -> bool:
        """Whether leaving would throw away what somebody entered."""
        return bool(self.answers) or self.extras_remain is not None or bool(self.note.strip())

    @property
    def final(self) -> Status | None:
        """What will hold; None while answers are owed."""
        if self.evidence is None or self.answered < self.questions:
            return None
        inspection = self.evidence.inspection
        counted = complete_count(inspection, self.answers)
        return final_status(inspection, counted, extras_remain=bool(self.extras_remain))

    # --- what the person does

    def open(self, key: Key | None) -> None:
        """Ask about that position now."""
        if not self.saving:
            self.current = key
            self._view.show_answers()

    def answer(self, key: Key, count: Count) -> None:
        """A person's word on one position; the next unanswered one is asked then."""
        if self.saving:
            return
        self.answers[key] = count
        self.current = self._next_owed()
        self._view.show_answers()

    def answer_extras(self, remain: bool) -> None:
        """Whether something that does not belong to the kit still lies with it."""
        if not self.saving:
            self.extras_remain = remain
            self._view.show_answers()

    def write_note(self, text: str) -> None:
        """A note for the record."""
        self.note = text[:MOST_NOTE_CHARACTERS]

    def confirm(self) -> None:
        """Make it a record. A second call while the first is under way does nothing."""
        plan, evidence = self.plan, self.evidence
        if not self.can_confirm or plan is None or evidence is None:
            return
        confirmation = Confirmation(dict(self.answers), self.extras_remain, self.note)
        operations = self.shell.app.operations
        self.saving = True
        self._view.show_failure("")
        self._view.show_answers()
        self.ask(lambda: operations.record(plan, evidence, confirmation), self._saved, self._refused)

    def back_to_table(self) -> None:
        """Look again."""
        if self.plan is not None and not self.saving:
            self.shell.navigator.show_inspection(self.plan)

    def cancel(self) -> None:
        """Leave; nothing was recorded."""
        if not self.saving:
            self._forget()
            self.shell.navigator.show_home()

    # --- what follows

    def _next_owed(self) -> Key | None:
        keys = [(p.tool_class, p.unit) for p in self.owed]
        return next((key for key in keys if key not in self.answers), None)

    def _forget(self) -> None:
        self.plan = None
        self.evidence = None
        self.answers = {}

    def _saved(self, operation: Operation) -> None:
        self.saving = False
        self._forget()
        self.shell.navigator.show_saved(operation)

    def _refused(self, error: UserFacingError) -> None:
        self.saving = False
        self._view.show_answers()
        self._view.show_failure(self.shell.sentence(error))

    def _load_checkout_photo(self, plan: Plan) -> None:
        if plan.type is not OperationType.CHECKIN or plan.checkout is None:
            return
        operations, sha256 = self.shell.app.operations, plan.checkout.photos.annotated
        self.ask(lambda: to_image(operations.photo(sha256)), self._view.show_checkout_photo, self._no_photo)

    def _no_photo(self, error: UserFacingError) -> None:
        self._view.show_no_checkout_photo(self.shell.sentence(error))
