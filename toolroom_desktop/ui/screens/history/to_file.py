"""Which file the rows of the history are written to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from toolroom_desktop.ui.screens.history.words import day_word


def file_name(today: date, *, everywhere: bool) -> str:
    """What the file may be called; `everywhere` where it holds the operations of all stations."""
    if everywhere:
        name = QCoreApplication.translate("HistoryScreen", "operations of all stations {day}.csv")
    else:
        name = QCoreApplication.translate("HistoryScreen", "operations {day}.csv")
    return name.format(day=day_word(today, "en"))


def asked_path(parent: QWidget, name: str) -> Path | None:
    """Ask for the file with the system's own dialog; None for none."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent,
        QCoreApplication.translate("HistoryScreen", "Save the table"),
        name,
        QCoreApplication.translate("HistoryScreen", "Table (*.csv);;Excel (*.xlsx)"),
    )
    return Path(chosen) if chosen else None
