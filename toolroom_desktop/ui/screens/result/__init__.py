"""Counting by hand where it is owed, and the confirmation."""

from toolroom_desktop.ui.screens.result.view import ResultScreen

__all__ = ["ResultScreen"]
