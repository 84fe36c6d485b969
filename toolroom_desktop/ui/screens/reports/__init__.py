"""Reports: which one, of when, about what; looked at, saved, printed."""

from toolroom_desktop.ui.screens.reports.view import ReportsScreen

__all__ = ["ReportsScreen"]
