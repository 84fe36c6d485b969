"""Pages of operations, and the photos of the one that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtGui import QImage

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Shell

PAGE = 50


class HistoryView(Protocol):
    """What the presenter needs of the screen."""

    def add_page(self, page: Sequence[Operation], *, more: bool) -> None:
        """Show older operations; `more` says whether there are older ones still."""

    def show_photo(self, image: QImage) -> None: ...
    def show_photo_missing(self, sentence: str) -> None:
        """Say in the photo's place why it is not there; empty while it is being read."""

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
