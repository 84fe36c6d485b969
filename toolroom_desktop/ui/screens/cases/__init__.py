"""Lost-tool cases: what is searched for, one case with its course, and what to do next."""

from toolroom_desktop.ui.screens.cases.view import CasesScreen

__all__ = ["CasesScreen"]
