"""Pages of operations, and the photos of the one that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtGui import QImage

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.services.later_records import Details
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Shell

PAGE = 50
Failed = Callable[[UserFacingError], None]


class HistoryView(Protocol):
    """What the presenter needs of the screen."""

    def add_page(self, page: Sequence[Operation], *, more: bool) -> None:
        """Show older operations; `more` says whether there are older ones still."""

    def show_photo(self, image: QImage) -> None: ...
    def show_photo_missing(self, sentence: str) -> None:
        """Say in the photo's place why it is not there; empty while it is being read."""

    def show_operation(self, operation: Operation) -> None:
        """One operation by itself, wherever it is in the list, or as it stands now."""

    def show_loading(self, loading: bool) -> None: ...
    def show_sentence(self, sentence: str) -> None: ...


class HistoryPresenter(Presenter):
    """Fetches pages and photos."""

    def __init__(self, shell: Shell, view: HistoryView) -> None:
        super().__init__(shell)
        self._view = view
        self._photo_ticket = 0
        self._loading = False
        self.page = PAGE

    def enter(self) -> None:
        """Begin with the newest."""
        self._view.show_sentence("")
        self._loading = False
        self.load_more(None)

    def leave(self) -> None:
        """Nothing is wanted any more."""
        self.drop()

    def find(self, operation_id: str) -> None:
        """Show that operation, however old."""
        operations = self.shell.app.operations
        self.ask(lambda: operations.by_id(operation_id), self._view.show_operation, self._failed)

    def may_count(self, operation: Operation | None) -> bool:
        """Whether whoever is signed in can give the count that this operation owes."""
        person = self.shell.session.person
        return operation is not None and operation.count_owed and person is not None and person.may(Permission.OPERATE)

    def may_correct(self, operation: Operation | None) -> bool:
        """Whether whoever is signed in may correct what is noted beside this operation."""
        person = self.shell.session.person
        return operation is not None and person is not None and person.may(Permission.CORRECT)

    def count(self, operation: Operation) -> None:
        """Give the count that is owed."""
        operations, badge, navigator = self.shell.app.operations, self.shell.badge, self.shell.navigator
        self._view.show_sentence("")
        self.ask(
            lambda: operations.plan_count(badge=badge, operation_id=operation.operation_id),
            lambda begun: navigator.show_result(*begun),
            self._failed,
        )

    def correct(self, operation: Operation, details: Details, reason: str, failed: Failed) -> None:
        """Record that something was noted wrongly."""
        operations, badge = self.shell.app.operations, self.shell.badge
        self.ask(
            lambda: operations.correct(
                badge=badge, operation_id=operation.operation_id, details=details, reason=reason
            ),
            self._view.show_operation,
            failed,
        )

    def load_more(self, before_seq: int | None) -> None:
        """Fetch the page after that one."""
        if self._loading:
            return
        self._loading = True
        self._view.show_loading(True)
        self.ask(
            lambda: self.shell.app.operations.recent(limit=self.page + 1, before_seq=before_seq),
            self._page_here,
            self._failed,
        )

    def load_photo(self, sha256: str) -> None:
        """Read and decode a photo off the GUI thread; an earlier one that is still under way is not shown any more."""
        self.forget(self._photo_ticket)
        self._view.show_photo_missing("")
        self._photo_ticket = self.ask(lambda: self._decoded(sha256), self._view.show_photo, self._photo_failed)

    def _decoded(self, sha256: str) -> QImage:
        return QImage.fromData(self.shell.app.operations.photo(sha256))

    def _page_here(self, page: list[Operation]) -> None:
        self._loading = False
        self._view.show_loading(False)
        self._view.add_page(page[: self.page], more=len(page) > self.page)

    def _photo_failed(self, error: UserFacingError) -> None:
        self._view.show_photo_missing(self.shell.sentence(error))

    def _failed(self, error: UserFacingError) -> None:
        self._loading = False
        self._view.show_loading(False)
        self._view.show_sentence(self.shell.sentence(error))
