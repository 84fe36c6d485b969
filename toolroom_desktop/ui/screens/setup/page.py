"""What every page of setting up has in common, and the pieces that several of them are made of."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from toolroom_desktop.ui.screens.setup.step import Outcome, Step
from toolroom_desktop.ui.shell import Surroundings
from toolroom_desktop.ui.widgets.parts import button, label, set_symbol

S = TypeVar("S", bound=Step)


class StepPage(QWidget, Generic[S]):
    """One step: a title, what it is about, and what the subclass puts below. `step` says what is shown."""

    def __init__(self, surroundings: Surroundings, step: S, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.surroundings = surroundings
        self.step = step
        self.title = label("title", self, wrap=True)
        self.about = label("muted", self, wrap=True)
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(surroundings.theme.metrics.gap)
        self.content.addWidget(self.title)
        self.content.addWidget(self.about)

    def name(self) -> str:
        """The step in a word."""
        raise NotImplementedError

    def main_text(self) -> str:
        """What the main button says."""
        return self.tr("Continue")

    def skip_warning(self) -> str:
        """What it means to skip the step; empty where it means nothing much."""
        return ""

    def summary(self) -> str:
        """What became of the step, for the end."""
        raise NotImplementedError

    def later(self) -> str:
        """How to do it later."""
        return self.tr("Later: an administrator touches “Set up this station”.")

    def retranslate(self) -> None:
        """Set the texts that never change."""

    def show_step(self) -> None:
        """Show what the step holds."""

    def go_on(self) -> None:
        """What the main button does."""
        self.step.go_on()

    def focus_first(self) -> None:
        """Put the keyboard where it is needed first."""

    def scanned(self, code: str) -> bool:  # noqa: ARG002 - for pages that use it
        """A badge was scanned; True when it was used."""
        return False

    @property
    def is_done(self) -> bool:
        """Whether the step is done."""
        return self.step.outcome is Outcome.DONE


AnyPage = StepPage[Any]


def choice(surroundings: Surroundings, parent: QWidget) -> QPushButton:
    """A large button that stays chosen."""
    made = button(surroundings.theme, "card", "", parent)
    made.setCheckable(True)
    return made


def mark_choice(surroundings: Surroundings, target: QPushButton, *, chosen: bool) -> None:
    """Say by an icon, too, whether it is chosen."""
    target.setChecked(chosen)
    set_symbol(target, surroundings.theme, "confirm" if chosen else "circle", surroundings.theme.metrics.icon)
