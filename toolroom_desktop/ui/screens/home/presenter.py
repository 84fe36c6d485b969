"""What somebody who is signed in can do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.toolkit import Toolkit
from toolroom_desktop.services.catalogue import KitRow
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Place, Shell


@dataclass(frozen=True, slots=True)
class HeldKit:
    """A kit that the person holds, with the checkout that says so."""

    checkout: Operation
    toolkit: Toolkit | None


class HomeView(Protocol):
    """What the presenter needs of the screen."""

    def show_held(self, held: Sequence[HeldKit]) -> None: ...
    def show_permitted(self, *, operate: bool, history: bool, station: bool) -> None: ...
    def show_busy(self, busy: bool) -> None: ...
    def show_sentence(self, sentence: str) -> None: ...


class HomePresenter(Presenter):
    """Decides what home shows and where its buttons lead."""

    def __init__(self, shell: Shell, view: HomeView) -> None:
        super().__init__(shell)
        self._view = view

    def enter(self) -> None:
        """Look up what the person holds."""
        person = self.shell.session.person
        if person is None:
            raise RuntimeError("home needs somebody who is signed in")
        operate = person.may(Permission.OPERATE)
        self._view.show_sentence("")
        self._view.show_busy(False)
        self._view.show_permitted(
            operate=operate,
            history=person.may(Permission.SEE_HISTORY),
            station=person.may(Permission.MANAGE_STATION),
        )
        if operate:
            self.ask(lambda: self._look_up(person.badge), self._view.show_held, self._failed)

    def leave(self) -> None:
        """Nothing is wanted any more."""
        self.drop()

    def checkout(self) -> None:
        """Choose a kit to take."""
        self.shell.navigator.show_kits(OperationType.CHECKOUT)

    def checkin(self) -> None:
        """Choose a kit to bring back."""
        self.shell.navigator.show_kits(OperationType.CHECKIN)

    def history(self) -> None:
        """Look at what was done."""
        self.shell.navigator.go(Place.HISTORY)

    def models(self) -> None:
        """Look at the models."""
        self.shell.navigator.go(Place.MODELS)

    def enrol(self) -> None:
        """Photograph the tools of a kit."""
        self.shell.navigator.go(Place.ENROL)

    def set_up(self) -> None:
        """Set this station up once more."""
        self.shell.navigator.show_setup()

    def health(self) -> None:
        """Is this station fit for work?"""
        self.shell.navigator.show_health()

    def bring_back(self, kit: str) -> None:
        """Return that kit at once."""
        self._view.show_busy(True)
        self.begin_operation(OperationType.CHECKIN, kit, self._failed)

    def scanned(self, code: str) -> None:
        """A kit's label: a kit that is in goes out, one that is out comes back."""
        person = self.shell.session.person
        if person is None or not person.may(Permission.OPERATE):
            return
        self._view.show_sentence("")
        self._view.show_busy(True)
        self.ask(lambda: self.shell.app.catalogue.kit_by_scan(code), self._kit_known, self._failed)

    def _kit_known(self, row: KitRow) -> None:
        type_ = OperationType.CHECKIN if row.is_out else OperationType.CHECKOUT
        self.begin_operation(type_, row.kit.number, self._failed)

    def _look_up(self, badge: str) -> list[HeldKit]:
        toolkits = {toolkit.name: toolkit for toolkit in self.shell.app.catalogue.toolkits()}
        return [HeldKit(o, toolkits.get(o.toolkit)) for o in self.shell.app.operations.held_by(badge)]

    def _failed(self, error: UserFacingError) -> None:
        self._view.show_busy(False)
        self._view.show_sentence(self.shell.sentence(error))
