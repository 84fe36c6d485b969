"""Figures of the toolroom's work."""

from toolroom_desktop.ui.screens.figures.view import FiguresScreen

__all__ = ["FiguresScreen"]
