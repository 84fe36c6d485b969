"""Labels: of what, on which sheet or roll; looked at, saved, printed."""

from toolroom_desktop.ui.screens.labels.view import LabelsScreen

__all__ = ["LabelsScreen"]
