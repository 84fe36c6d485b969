"""Choosing a kit."""

from toolroom_desktop.ui.screens.kits.view import KitsScreen

__all__ = ["KitsScreen"]
