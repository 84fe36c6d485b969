"""Which model judges, which are there besides, and the way back to the former one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.models import ModelChange, ModelEntry
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Shell


class ModelsView(Protocol):
    """What the presenter needs of the screen."""

    def show_models(self, entries: Sequence[ModelEntry]) -> None: ...
    def show_step(self) -> None:
        """Follow `asked`, `working` and `can_go_back`."""

    def show_changed(self, change: ModelChange) -> None:
        """Say which model judges from the next start on."""

    def show_sentence(self, sentence: str) -> None: ...


class ModelsPresenter(Presenter):
    """Going back takes two presses: the first asks, the second does it.

    asked    whether the question is on the screen
    working  whether something is under way
    """

    def __init__(self, shell: Shell, view: ModelsView) -> None:
        super().__init__(shell)
        self._view = view
        self._entries: Sequence[ModelEntry] = ()
        self.asked = False
        self.working = False

    def enter(self) -> None:
        """Look at all models; their files are read and hashed, which takes a moment."""
        self.asked, self.working = False, True
        self._entries = ()
        self._view.show_sentence("")
        self._view.show_step()
        self._look()

    def leave(self) -> None:
        """Nothing is wanted any more."""
        self.drop()

    @property
    def former(self) -> ModelEntry | None:
        """The model that a way back leads to; None where there is none."""
        return next((entry for entry in self._entries if entry.former), None)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a way back just now."""
        return self.former is not None and not self.working

    def judges_now(self, entry: ModelEntry) -> bool:
        """Whether it is the model that this running station has loaded."""
        info = self.shell.app.detector.info
        card = entry.card
        return card is not None and (card.sha256, card.version) == (info.knowledge.sha256, info.version)

    def main(self) -> None:
        """Ask, or do what was asked."""
        if not self.can_go_back:
            return
        if not self.asked:
            self.asked = True
            self._view.show_sentence("")
            self._view.show_step()
            return
        self.asked, self.working = False, True
        self._view.show_step()
        models, badge = self.shell.app.models, self.shell.badge
        self.ask(lambda: models.roll_back(actor_badge=badge), self._changed, self._failed)

    def back(self) -> None:
        """Take the question back, or go home."""
        if self.asked:
            self.asked = False
            self._view.show_step()
        else:
            self.shell.navigator.show_home()

    def _look(self) -> None:
        self.ask(self.shell.app.models.entries, self._found, self._failed)

    def _found(self, entries: list[ModelEntry]) -> None:
        self._entries, self.working = entries, False
        self._view.show_models(entries)
        self._view.show_step()

    def _changed(self, change: ModelChange) -> None:
        self._view.show_changed(change)
        self._look()

    def _failed(self, error: UserFacingError) -> None:
        self.working = False
        self._view.show_sentence(self.shell.sentence(error))
        self._view.show_step()
