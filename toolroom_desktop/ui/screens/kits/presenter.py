"""Which kits can be taken or returned now, and why the others cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.catalogue import KitRow
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Shell

UNKNOWN = "operation.checkout_unknown"


class KitsView(Protocol):
    """What the presenter needs of the screen."""

    def show_kits(self, rows: Sequence[KitRow]) -> None:
        """Show what was found, in this order."""

    def show_busy(self, busy: bool) -> None: ...
    def show_sentence(self, sentence: str) -> None: ...
    def show_unknown(self, kit: str) -> None:
        """The station does not know that this kit is out; "" for none."""


class KitsPresenter(Presenter):
    """Searches and picks."""

    def __init__(self, shell: Shell, view: KitsView) -> None:
        super().__init__(shell)
        self._view = view
        self._search_ticket = 0
        self.type = OperationType.CHECKOUT
        self.search = ""
        self.unknown = ""

    def begin(self, type_: OperationType, search: str = "") -> None:
        """Choose a kit for that operation, to begin with among those that `search` finds."""
        self.type = type_
        self.search = search

    def enter(self) -> None:
        """Begin with what `begin` said."""
        self._view.show_busy(False)
        self._view.show_sentence("")
        self._say_unknown("")
        self.find(self.search)

    def leave(self) -> None:
        """Nothing is wanted any more."""
        self.drop()

    def find(self, search: str) -> None:
        """Show the kits that match; what an earlier search may still bring is not shown any more."""
        self.search = search
        if self.unknown:
            self._view.show_sentence("")
            self._say_unknown("")
        self.forget(self._search_ticket)
        self._search_ticket = self.ask(lambda: self.shell.app.catalogue.kits(search), self._found, self._failed)

    def possible(self, row: KitRow) -> bool:
        """Whether this operation is possible with this kit now."""
        if self.type is OperationType.HANDOVER:
            return row.is_out and row.holder_badge.casefold() != self.shell.badge.casefold()
        if self.type is OperationType.CHECKIN:
            # What is in as far as this station knows may have gone out at another one.
            return row.is_out or self.shell.app.operations.has_centre()
        return not row.is_out

    def count_by_hand(self, row: KitRow) -> None:
        """Take this kit over away from the camera, with a whole count by hand."""
        if self.possible(row):
            self._view.show_sentence("")
            self._view.show_busy(True)
            self.begin_by_hand(self.type, row.kit.number, self._failed)

    def pick(self, row: KitRow) -> None:
        """Go on with this kit."""
        if not self.possible(row):
            return
        self._begin(row.kit.number)

    def bring_unknown(self) -> None:
        """The kit comes back although the station does not know that it is out."""
        kit = self.unknown
        if kit:
            self._view.show_busy(True)
            self.begin_operation(self.type, kit, self._failed, returns_unknown=True)

    def scanned(self, code: str) -> None:
        """A kit's label: go on with it at once, or say why not; another label leads to what it names."""

        def failed(error: UserFacingError) -> None:
            self._view.show_busy(False)
            if error.code == "kit.unknown":
                self.shell.navigator.follow_scan(code, lambda: self._failed(error))
            else:
                self._failed(error)

        self._begin(code, failed)

    def _begin(self, kit: str, failed: Callable[[UserFacingError], None] | None = None) -> None:
        self._view.show_sentence("")
        self._say_unknown("")
        self._view.show_busy(True)
        self.begin_operation(self.type, kit, failed or self._failed)

    def _say_unknown(self, kit: str) -> None:
        self.unknown = kit
        self._view.show_unknown(kit)

    def _found(self, rows: list[KitRow]) -> None:
        mine = self.shell.badge
        out_first = self.type is OperationType.CHECKIN
        rows.sort(key=lambda row: (not self.possible(row), out_first and not row.is_out, row.holder_badge != mine))
        self._view.show_kits(rows)

    def _failed(self, error: UserFacingError) -> None:
        self._view.show_busy(False)
        if error.code == UNKNOWN:
            self._say_unknown(str(error.details["kit"]))
        else:
            self._view.show_sentence(self.shell.sentence(error))
