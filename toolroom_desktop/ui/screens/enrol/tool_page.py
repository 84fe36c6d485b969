"""The page where a tool is chosen, or a new one is named."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from toolroom_desktop.services.cutouts import CutoutClass
from toolroom_desktop.ui.screens.enrol.presenter import Doing, EnrolPresenter
from toolroom_desktop.ui.screens.enrol.tool_list import ToolList
from toolroom_desktop.ui.screens.enrol.words import class_name_for
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.parts import button, frame, label

_LONGEST = 60


class ToolPage(QWidget):
    """Step 2. `changed` comes when another row is chosen or something is typed."""

    changed = Signal()

    def __init__(self, shell: Shell, presenter: EnrolPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._presenter = presenter
        theme = shell.theme
        self._title = label("title", self, wrap=True)
        self.list = ToolList(theme, self)
        self._form = frame("panel", self)
        self._form_title = label("strong", self._form, wrap=True)
        self.russian = QLineEdit(self._form)
        self.english = QLineEdit(self._form)
        self.class_name = QLineEdit(self._form)
        self._captions = [label("caption", self._form, wrap=True) for _ in range(3)]
        self.add_button = button(theme, "plain", "forward", self._form)
        self._lay_out()
        self.list.currentRowChanged.connect(self.changed)
        self.list.itemActivated.connect(self._go_on)
        self.english.textEdited.connect(self._suggest)
        for field in (self.russian, self.english, self.class_name):
            field.setMaxLength(_LONGEST)
            field.textChanged.connect(self._follow)
        self.add_button.clicked.connect(self._add)

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        left = QVBoxLayout()
        left.setSpacing(metrics.gap)
        left.addWidget(self._title)
        left.addWidget(self.list, 1)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(metrics.gap, metrics.gap, metrics.gap, metrics.gap)
        form.setSpacing(4)
        form.addWidget(self._form_title)
        for caption, field in zip(self._captions, (self.russian, self.english, self.class_name), strict=True):
            form.addSpacing(metrics.gap // 2)
            form.addWidget(caption)
            form.addWidget(field)
        form.addStretch(1)
        form.addWidget(self.add_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.gap)
        row.addLayout(left, 60)
        row.addWidget(self._form, 40)

    @property
    def named(self) -> CutoutClass | None:
        """The new tool of the form; None until all three names are there."""
        russian, english, name = (f.text().strip() for f in (self.russian, self.english, self.class_name))
        return CutoutClass(name, russian, english) if russian and english and name else None

    def clear(self) -> None:
        """Begin with an empty form."""
        for field in (self.russian, self.english, self.class_name):
            field.clear()

    def go_on(self) -> None:
        """Photograph the chosen tool."""
        chosen = self.list.chosen
        if chosen is not None:
            self._presenter.choose(chosen.tool)

    def retranslate(self) -> None:
        """Set every text anew."""
        self._title.setText(self.tr("Which tool?"))
        self.list.setAccessibleName(self.tr("Tools"))
        self._form_title.setText(self.tr("Or a tool that is not in the list"))
        texts = (
            (self.russian, self.tr("Name in Russian"), "Ключ-трещотка"),
            (self.english, self.tr("Name in English"), "Ratchet"),
            (self.class_name, self.tr("Short name for files and models, in Latin letters"), "ratchet"),
        )
        for caption, (field, text, example) in zip(self._captions, texts, strict=True):
            caption.setText(text)
            field.setAccessibleName(text)
            field.setPlaceholderText(example)
        self.add_button.setText(self.tr("Photograph the new tool"))

    def show_state(self) -> None:
        """Show what the presenter holds."""
        idle = self._presenter.doing is Doing.NOTHING
        if idle:
            self.list.show_tools(self._presenter.tools, self._shell.session.language)
        self.list.setEnabled(idle)
        self._follow()

    def _follow(self) -> None:
        self.add_button.setEnabled(self.named is not None and self._presenter.doing is Doing.NOTHING)
        self.changed.emit()

    def _suggest(self, english: str) -> None:
        self.class_name.setText(class_name_for(english))

    def _add(self) -> None:
        named = self.named
        if named is not None:
            self._presenter.choose(named)

    def _go_on(self) -> None:
        self.go_on()
