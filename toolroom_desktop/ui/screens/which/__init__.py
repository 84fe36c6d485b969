"""A scanned text that names several things: which one is meant."""

from toolroom_desktop.ui.screens.which.view import WhichScreen

__all__ = ["WhichScreen"]
