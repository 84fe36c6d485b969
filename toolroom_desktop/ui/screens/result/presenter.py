"""What a person still has to answer, what follows from the answers, and the one command that records them."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from typing import Protocol

from PySide6.QtGui import QImage

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.inspection import PositionResult, Status
from toolroom_desktop.domain.operation import (
    Count,
    CountedPosition,
    Operation,
    OperationType,
    complete_count,
    final_status,
)
from toolroom_desktop.domain.signing import Purpose, Signature
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan, Remark
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.screens.result.asked import CheckoutDetails
from toolroom_desktop.ui.screens.result.signing import Owed, Signatures
from toolroom_desktop.ui.shell import Place, Shell
from toolroom_desktop.ui.widgets.images import to_image

MOST_NOTE_CHARACTERS = 500
Key = tuple[str, int]
# These say that a signature must be given anew.
_STALE = ("signature.too_old", "signature.for_something_else", "signature.unknown")


class Page(Enum):
    """What the screen is for at the moment."""

    COUNT = auto()
    DETAILS = auto()
    REMARK = auto()
    SIGN = auto()


class ResultView(Protocol):
    """What the presenter needs of the screen."""

    def show_begin(self) -> None:
        """Another inspection, or the same one again: show everything anew."""

    def show_answers(self) -> None:
        """Answers, the open position, or what can be done changed."""

    def show_page(self) -> None:
        """The presenter's `page` is another one."""

    def show_checkout_photo(self, image: QImage) -> None: ...
    def show_photo(self, image: QImage) -> None:
        """The photo of the operation whose count is given later."""

    def show_no_checkout_photo(self, sentence: str) -> None: ...
    def show_failure(self, sentence: str) -> None:
        """Something was refused; an empty sentence takes back the last one."""


class ResultPresenter(Presenter):
    """Keeps the answers until the operation is a record."""

    def __init__(self, shell: Shell, view: ResultView) -> None:
        super().__init__(shell)
        self._view = view
        self.plan: Plan | None = None
        self.evidence: Evidence | None = None
        self.answers: dict[Key, Count] = {}
        self.remarks: dict[Key, Remark] = {}
        self.doubted: set[Key] = set()
        self.extras_remain: bool | None = None
        self.note = ""
        self.details = CheckoutDetails()
        self.signatures = Signatures()
        self.current: Key | None = None
        self.page = Page.COUNT
        self.remarked: Key | None = None
        self.to_sign: Owed | None = None
        self.saving = False
        self._confirming = False

    def begin(self, plan: Plan, evidence: Evidence) -> None:
        """Ask about that evidence. Answers stay only when it is the very same one as before, details for the plan."""
        if self.plan is None or plan.operation_id != self.plan.operation_id:
            self.details = CheckoutDetails.of(plan, self.shell.app.operations.procedures)
            self.signatures = Signatures()
            self.evidence = None
        if evidence != self.evidence:
            self.answers = {}
            self.remarks = {}
            self.doubted = set()
            self.extras_remain = None
            self.note = ""
            self.signatures.forget_count()
        self.plan = plan
        self.evidence = evidence
        self.saving = False
        self._confirming = False
        self.page = Page.COUNT
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
    def must_answer(self) -> frozenset[Key]:
        """What must be answered: what recognition leaves open, and where a scan said that another tool lies."""
        return frozenset() if self.evidence is None else self.evidence.to_count | self.doubted

    @property
    def owed(self) -> tuple[PositionResult, ...]:
        """The positions that must be answered, in the kit's order."""
        if self.evidence is None:
            return ()
        owed = self.must_answer
        return tuple(p for p in self.evidence.inspection.positions if (p.tool_class, p.unit) in owed)

    @property
    def seen(self) -> tuple[PositionResult, ...]:
        """The other positions: recognition's word stands unless somebody overrules it."""
        if self.evidence is None:
            return ()
        owed = self.must_answer
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
        """Whether nothing is owed any more but details and signatures, which are asked for next."""
        return self.evidence is not None and not self.saving and self.answered == self.questions

    @property
    def anything_to_lose(self) -> bool:
        """Whether leaving would throw away what somebody entered."""
        entered = self.answers or self.remarks or self.extras_remain is not None or self.note.strip()
        return bool(entered) or self.details.anything

    @property
    def counted(self) -> tuple[CountedPosition, ...]:
        """The count as it would be recorded; empty while answers are owed."""
        if self.evidence is None or self.answered < self.questions:
            return ()
        looked_at = dict.fromkeys(self.remarks, Count.FOUND)
        return complete_count(self.evidence.inspection, looked_at | self.answers)

    @property
    def final(self) -> Status | None:
        """What will hold; None while answers are owed."""
        if self.evidence is None or self.answered < self.questions:
            return None
        return final_status(self.evidence.inspection, self.counted, extras_remain=bool(self.extras_remain))

    @property
    def incomplete_issue(self) -> bool:
        """Whether this is a checkout that the count found incomplete, so that nothing goes out by itself."""
        plan = self.plan
        checkout = plan is not None and plan.type is OperationType.CHECKOUT and plan.counts is None
        return checkout and self.final is Status.DISCREPANCY

    @property
    def stays(self) -> bool:
        """Whether the kit stays in the toolroom for that."""
        return self.incomplete_issue and self.signatures.issue is None

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
        self.signatures.forget_count()
        self.current = self._next_owed()
        self._view.show_failure("")
        self._view.show_answers()

    def doubt(self, key: Key) -> None:
        """Another tool may lie there: whatever was said of it must be said anew."""
        self.doubted.add(key)
        self.answers.pop(key, None)
        self.signatures.forget_count()
        self.open(key)

    def answer_extras(self, remain: bool) -> None:
        """Whether something that does not belong to the kit still lies with it."""
        if not self.saving:
            self.extras_remain = remain
            self.signatures.forget_count()
            self._view.show_answers()

    def write_note(self, text: str) -> None:
        """A note for the record."""
        self.note = text[:MOST_NOTE_CHARACTERS]

    def remark(self, key: Key, remark: Remark) -> None:
        """What was read, noted or photographed at one tool; an empty one takes it back."""
        if remark == Remark():
            self.remarks.pop(key, None)
        else:
            self.remarks[key] = remark
        self.signatures.forget_count()
        self._view.show_answers()

    # --- pages

    def show_details(self) -> None:
        """Enter work order, aircraft, time of return."""
        self._confirming = False
        self._turn_to(Page.DETAILS)

    def details_done(self) -> None:
        """All that is required is entered: back to the count, or on with the confirmation that asked for it."""
        confirming = self._confirming
        self.show_count()
        if confirming:
            self.confirm()

    def show_remark(self, key: Key) -> None:
        """Say more about one tool."""
        if not self.saving:
            self.remarked = key
            self._turn_to(Page.REMARK)

    def show_count(self) -> None:
        """Back to the count."""
        self._confirming = False
        self._turn_to(Page.COUNT)
        self._view.show_answers()

    def issue_nevertheless(self) -> None:
        """Somebody with the right to it lets the incomplete kit go out."""
        if self.stays and not self.saving:
            self._ask_for(Owed(Purpose.OVERRIDE, incomplete=True))

    def signed(self, signature: Signature, reason: str) -> None:
        """Whoever was asked signed: go on with the confirmation, or say first that the kit goes out after all."""
        plan, owed = self.plan, self.to_sign
        if plan is None or owed is None:
            return
        self.plan = self.signatures.give(plan, owed, signature, reason)
        self.to_sign = None
        self.show_count()
        if not owed.incomplete:
            self.confirm()

    def not_signed(self) -> None:
        """Nobody signed."""
        self.to_sign = None
        self.show_count()

    def confirm(self) -> None:
        """Make it a record, once every detail and signature is there. A second call meanwhile does nothing."""
        plan, evidence = self.plan, self.evidence
        if not self.can_confirm or plan is None or evidence is None:
            return
        if self.details.missing and not self.stays:
            self.show_details()
            self._confirming = True
            return
        procedures = self.shell.app.operations.procedures
        owed = self.signatures.next_owed(plan, self.counted, procedures, goes_out=not self.stays)
        if owed is not None:
            self._ask_for(owed)
            return
        self._record(plan, evidence)

    def back_to_table(self) -> None:
        """Look again; or to where this count was begun, where no camera looks."""
        plan, evidence = self.plan, self.evidence
        if plan is None or evidence is None or self.saving:
            return
        if plan.counts is not None:
            self.shell.navigator.go(Place.HISTORY, str(plan.counts.operation_id))
        elif evidence.picture is None:
            self.shell.navigator.show_kits(plan.type, plan.kit.number)
        else:
            self.shell.navigator.show_inspection(plan)

    def cancel(self) -> None:
        """Leave; nothing was recorded."""
        if not self.saving:
            self._forget()
            self.shell.navigator.show_home()

    # --- what follows

    def _turn_to(self, page: Page) -> None:
        if not self.saving:
            self.page = page
            self._view.show_page()

    def _ask_for(self, owed: Owed) -> None:
        self.to_sign = owed
        self._view.show_failure("")
        self._turn_to(Page.SIGN)

    def _next_owed(self) -> Key | None:
        keys = [(p.tool_class, p.unit) for p in self.owed]
        return next((key for key in keys if key not in self.answers), None)

    def _record(self, plan: Plan, evidence: Evidence) -> None:
        said = Confirmation(dict(self.answers), self.extras_remain, self.note, remarks=dict(self.remarks))
        confirmation = self.details.beside(self.signatures.under(said))
        operations = self.shell.app.operations
        counts = plan.counts

        def record() -> Operation:
            if counts is None:
                return operations.record(plan, evidence, confirmation)
            return operations.count(
                badge=plan.person_badge, operation_id=counts.operation_id, confirmation=confirmation
            )

        self.saving = True
        self._view.show_failure("")
        self._view.show_answers()
        self.ask(record, self._saved, self._refused)

    def _forget(self) -> None:
        self.plan = None
        self.evidence = None
        self.answers = {}
        self.remarks = {}
        self.signatures = Signatures()

    def _saved(self, operation: Operation) -> None:
        self.saving = False
        self._forget()
        self.shell.navigator.show_saved(operation)

    def _refused(self, error: UserFacingError) -> None:
        self.saving = False
        if error.code in _STALE and self.plan is not None:
            self.signatures.forget()
            self.plan = replace(self.plan, signed={})
        self._view.show_answers()
        self._view.show_failure(self.shell.sentence(error))

    def _load_checkout_photo(self, plan: Plan) -> None:
        operations = self.shell.app.operations
        if plan.counts is not None and plan.counts.photos.clean:
            own = plan.counts.photos.clean
            self.ask(lambda: to_image(operations.photo(own)), self._view.show_photo, self._photo_gone)
        if plan.checkout is None:
            return
        if plan.issue is None:
            self._view.show_no_checkout_photo("")
            return
        sha256 = plan.issue.photos.clean
        self.ask(lambda: to_image(operations.photo(sha256)), self._view.show_checkout_photo, self._no_photo)

    def _photo_gone(self, error: UserFacingError) -> None:
        self._view.show_failure(self.shell.sentence(error))

    def _no_photo(self, error: UserFacingError) -> None:
        self._view.show_no_checkout_photo(self.shell.sentence(error))
