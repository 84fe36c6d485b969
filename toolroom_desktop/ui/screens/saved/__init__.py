"""The record is on disk."""

from toolroom_desktop.ui.screens.saved.view import SavedScreen

__all__ = ["SavedScreen"]
