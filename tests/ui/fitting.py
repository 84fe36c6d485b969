"""What tests of all screens look for: texts that are cut off, widgets over the edge, what a finger is meant to meet."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot


def lies_whole(qtbot: QtBot, screen: QWidget, step: object = None) -> None:
    """Nothing is cut off or reaches over the edge once everything is laid out, which takes Qt some rounds."""

    def whole() -> None:
        assert (cut_off(screen), outside(screen)) == ([], []), step

    qtbot.wait(20)  # new labels are shown in a later round, and are to be looked at
    qtbot.waitUntil(whole)


def visible(window: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    for widget in window.findChildren(kind):
        if widget.isVisible():
            yield widget


def cut_off(window: QWidget) -> list[str]:
    """Texts that do not fit into their place."""
    found = []
    for widget in visible(window, QLabel):
        assert isinstance(widget, QLabel)
        if not widget.text():
            continue
        needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        too_wide = not widget.wordWrap() and widget.sizeHint().width() > widget.width() + 1
        if too_wide or needed > widget.height() + 1:
            found.append(f"{widget.text()!r}: {widget.sizeHint()} in {widget.size()}")
    for widget in visible(window, QAbstractButton):
        hint = widget.minimumSizeHint()
        if hint.width() > widget.width() + 1 or hint.height() > widget.height() + 1:
            found.append(f"{widget.text()!r}: {hint} in {widget.size()}")  # type: ignore[attr-defined]
    return found


def outside(window: QWidget) -> list[str]:
    """Widgets that reach over the window's edge, where no scroll area lets them."""
    found = []
    for widget in [*visible(window, QLabel), *visible(window, QAbstractButton)]:
        if any(isinstance(parent, QAbstractScrollArea) for parent in _parents(widget)):
            continue
        corner = widget.mapTo(window, widget.rect().bottomRight())
        if corner.x() >= window.width() or corner.y() >= window.height():
            found.append(f"{type(widget).__name__} {widget.geometry()}")
    return found


def _parents(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def touchable(window: QWidget) -> Iterator[QWidget]:
    """Everything that a finger is meant to meet."""
    for kind in (QAbstractButton, QLineEdit):
        yield from visible(window, kind)


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab should come here; among exclusive choices it comes to the chosen one, arrows lead to the others."""
    if isinstance(widget, QAbstractButton) and widget.group() is not None and not widget.isChecked():
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
