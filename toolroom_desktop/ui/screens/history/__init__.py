"""Recent operations with their photos."""

from toolroom_desktop.ui.screens.history.view import HistoryScreen

__all__ = ["HistoryScreen"]
