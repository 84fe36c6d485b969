"""Where a scan leads when the screen that is shown has no use for it: to whatever it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.errors import NotFound, UserFacingError
from toolroom_desktop.domain.marks import Named, read_mark, write_mark
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.services.scanning import Meaning
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.scan_words import meaning_detail, meaning_title
from toolroom_desktop.ui.shell import Place, Shell

_REGISTER = (Permission.CHANGE_TOOLS, Permission.MANAGE_CATALOGUE)
_CASES = (Permission.SEARCH_CASES, Permission.SEE_HISTORY)


class ScanHost(Protocol):
    """What the ways of a scan need of the window."""

    def ask_which(self, code: str, meanings: Sequence[Meaning]) -> None: ...
    def next_badge(self, badge: str) -> None:
        """Somebody else's badge: whoever was signed in leaves, and that person signs in."""

    def say_scan(self, sentence: str) -> None: ...


class ScanWays(Presenter):
    """Opens what a scan names, as far as whoever is signed in may see it."""

    def __init__(self, shell: Shell, host: ScanHost) -> None:
        super().__init__(shell)
        self._host = host

    def follow(
        self,
        code: str,
        *,
        at_rest: bool = True,
        next_badge: bool = False,
        nothing: Callable[[], None] | None = None,
    ) -> None:
        """Open what that scan names.

        at_rest     whether the screen can be left by a scan; else it is only said what was scanned
        next_badge  whether any badge is that of the next person, also of whoever is signed in
        nothing     called where it names nothing; None says so in a sentence
        """
        self.drop()
        self._host.say_scan("")
        scanning = self.shell.app.scanning

        def known(meanings: tuple[Meaning, ...]) -> None:
            if not meanings and nothing is not None:
                nothing()
            elif not meanings:
                self._failed(NotFound("scan.unknown", code=read_mark(code).text))
            elif not at_rest or self.shell.session.person is None:
                self._host.say_scan(self._what_first(meanings[0]))
            elif next_badge and meanings[0].kind is Named.BADGE:
                self._host.next_badge(meanings[0].subject)
            elif len(meanings) > 1:
                self._host.ask_which(read_mark(code).text, meanings)
            else:
                self.open(meanings[0])

        self.ask(lambda: scanning.meanings(code), known, self._failed)

    def open(self, meaning: Meaning) -> None:
        """Open it, or say what is known of it to whoever may not see more."""
        ways: dict[Named, Callable[[Meaning], bool]] = {
            Named.KIT: self._kit,
            Named.TOOL: self._tool,
            Named.BADGE: self._badge,
            Named.CASE: self._case,
            Named.OPERATION: self._operation,
        }
        way = ways.get(meaning.kind)
        if way is None or not way(meaning):
            detail = meaning_detail(meaning, self.shell.session.language)
            title = meaning_title(meaning)
            self._host.say_scan(f"{title}: {detail}" if detail else title)

    def _kit(self, meaning: Meaning) -> bool:
        if self._may(Permission.OPERATE):
            type_ = OperationType.CHECKIN if meaning.holder_badge else OperationType.CHECKOUT
            self.begin_operation(type_, meaning.subject, self._failed)
            return True
        return self._go(Place.TOOLS, write_mark(Named.KIT, meaning.subject), *_REGISTER)

    def _tool(self, meaning: Meaning) -> bool:
        return self._go(Place.TOOLS, write_mark(Named.TOOL, meaning.subject), *_REGISTER)

    def _badge(self, meaning: Meaning) -> bool:
        person = self.shell.session.person
        if person is not None and person.is_called(meaning.subject):
            return False
        if not self._go(Place.PEOPLE, meaning.subject, Permission.MANAGE_PEOPLE):
            self._host.next_badge(meaning.subject)
        return True

    def _case(self, meaning: Meaning) -> bool:
        return self._go(Place.CASES, meaning.subject, *_CASES)

    def _operation(self, meaning: Meaning) -> bool:
        return self._go(Place.HISTORY, meaning.subject, Permission.SEE_HISTORY)

    def _go(self, place: Place, subject: str, *needs: Permission) -> bool:
        if not self._may(*needs):
            return False
        self.shell.navigator.go(place, subject)
        return True

    def _may(self, *needs: Permission) -> bool:
        person = self.shell.session.person
        return person is not None and any(person.may(permission) for permission in needs)

    def _what_first(self, meaning: Meaning) -> str:
        if self.shell.session.person is None:
            said = QCoreApplication.translate("Scan", "{what}. Sign in with your badge first.")
        else:
            said = QCoreApplication.translate("Scan", "{what}. Finish or leave this page first, then scan it again.")
        return said.format(what=meaning_title(meaning))

    def _failed(self, error: UserFacingError) -> None:
        self._host.say_scan(self.shell.sentence(error))
