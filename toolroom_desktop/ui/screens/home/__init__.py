"""Where a person begins: take a kit, bring one back, what I hold."""

from toolroom_desktop.ui.screens.home.view import HomeScreen

__all__ = ["HomeScreen"]
