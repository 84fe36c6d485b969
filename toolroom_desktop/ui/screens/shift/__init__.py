"""Beginning and ending a shift."""

from toolroom_desktop.ui.screens.shift.view import ShiftScreen

__all__ = ["ShiftScreen"]
