"""Enrolment: photographing each tool of a kit alone."""

from toolroom_desktop.ui.screens.enrol.view import EnrolScreen

__all__ = ["EnrolScreen"]
