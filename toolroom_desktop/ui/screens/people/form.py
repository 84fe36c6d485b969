"""The form for somebody new, or for what changes of somebody."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.config.days import write_day
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.ui.screens.people.presenter import Form
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import button, label
from toolroom_desktop.ui.words import role_word

_LONGEST_BADGE, _LONGEST_NAME, _LONGEST_DAY = 64, 120, 10


class PersonForm(QWidget):
    """Badge, name, role and last day; `typed` whenever one of them changes."""

    typed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("title", self)
        self.badge_field, self.name_field, self.day_field = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.role_buttons: dict[Role, QPushButton] = {}
        self._names: dict[QLineEdit, QLabel] = {}
        self._role_name = label("emphasis", self)
        self._day_hint = label("muted", self, wrap=True)
        self._roles = QButtonGroup(self)
        metrics = theme.metrics
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.gap)
        column.addWidget(self.title)
        upper = QGridLayout()
        upper.setHorizontalSpacing(metrics.margin)
        upper.setVerticalSpacing(metrics.gap // 2)
        lengths = {
            self.badge_field: _LONGEST_BADGE,
            self.name_field: _LONGEST_NAME,
            self.day_field: _LONGEST_DAY,
        }
        for place, (field, most) in enumerate(lengths.items()):
            field.setMaxLength(most)
            self._names[field] = label("emphasis", self)
            row, at = 2 * (place // 2), place % 2
            upper.addWidget(self._names[field], row, at)
            upper.addWidget(field, row + 1, at)
            field.textChanged.connect(self.typed)
        upper.addWidget(self._day_hint, 3, 1)
        upper.setColumnStretch(0, 1)
        upper.setColumnStretch(1, 1)
        column.addLayout(upper)
        column.addWidget(self._role_name)
        roles = QHBoxLayout()
        roles.setSpacing(metrics.gap)
        for role in Role:
            made = button(theme, "plain", "", self)
            made.setCheckable(True)
            self._roles.addButton(made)
            self.role_buttons[role] = made
            roles.addWidget(made, 1)
        column.addLayout(roles)
        self._roles.buttonToggled.connect(self._tab_comes_to_the_chosen_role)
        column.addStretch(1)

    def show_person(self, person: Person | None, language: str) -> None:
        """Begin with what is known of somebody; None: with nothing, and with a technician."""
        self.badge_field.setText(person.badge if person else "")
        self.badge_field.setReadOnly(person is not None)
        self.name_field.setText(person.name if person else "")
        last_day = person.expires_on if person else None
        self.day_field.setText(write_day(last_day, language) if last_day else "")
        self.role_buttons[person.role if person else Role.TECHNICIAN].setChecked(True)
        (self.name_field if person else self.badge_field).setFocus()

    def _tab_comes_to_the_chosen_role(self) -> None:
        """From there the arrow keys lead to the others."""
        for made in self.role_buttons.values():
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if made.isChecked() else Qt.FocusPolicy.ClickFocus)

    @property
    def form(self) -> Form:
        """What is typed now."""
        role = next(role for role, made in self.role_buttons.items() if made.isChecked())
        return Form(self.badge_field.text(), self.name_field.text(), role, self.day_field.text())

    @property
    def complete(self) -> bool:
        """Whether there is a badge and a name."""
        return bool(self.badge_field.text().strip() and self.name_field.text().strip())

    def scanned(self, code: str) -> bool:
        """A badge from the scanner goes into its field, where that is open."""
        if self.badge_field.isReadOnly():
            return False
        self.badge_field.setText(code)
        self.name_field.setFocus()
        return True

    def retranslate(self, person: Person | None) -> None:
        """Set every text in the present language."""
        self.title.setText(self.tr("Change a person") if person else self.tr("Add a person"))
        words = {
            self.badge_field: self.tr("Badge") if person else self.tr("Badge: scan or type"),
            self.name_field: self.tr("Surname and name"),
            self.day_field: self.tr("Last day of the account"),
        }
        for field, word in words.items():
            self._names[field].setText(word)
            field.setAccessibleName(word)
        self._day_hint.setText(self.tr("As 31.12.2026 or 2026-12-31. Empty: without end."))
        self._role_name.setText(self.tr("Role"))
        for role, made in self.role_buttons.items():
            made.setText(role_word(role))
