"""What home says: the names of its tiles."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.ui.screens.home.ways import Way


def way_word(way: Way) -> str:
    """What a tile is called."""
    return {
        Way.TAKE_OVER: QCoreApplication.translate("HomeScreen", "Take over a kit"),
        Way.SHIFT: QCoreApplication.translate("HomeScreen", "Shift"),
        Way.CASES: QCoreApplication.translate("HomeScreen", "Lost-tool cases"),
        Way.TOOLS: QCoreApplication.translate("HomeScreen", "Tools"),
        Way.PEOPLE: QCoreApplication.translate("HomeScreen", "People"),
        Way.HISTORY: QCoreApplication.translate("HomeScreen", "History"),
        Way.FIGURES: QCoreApplication.translate("HomeScreen", "Figures"),
        Way.REPORTS: QCoreApplication.translate("HomeScreen", "Reports"),
        Way.ENROL: QCoreApplication.translate("HomeScreen", "Enrol tools"),
        Way.MODELS: QCoreApplication.translate("HomeScreen", "Models"),
        Way.SYNC: QCoreApplication.translate("HomeScreen", "Centre"),
        Way.SETUP: QCoreApplication.translate("HomeScreen", "Set up this station"),
        Way.HEALTH: QCoreApplication.translate("HomeScreen", "Health of this station"),
    }[way]
