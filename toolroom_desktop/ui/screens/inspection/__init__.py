"""Looking at the table until the decision stands."""

from toolroom_desktop.ui.screens.inspection.view import InspectionScreen

__all__ = ["InspectionScreen"]
