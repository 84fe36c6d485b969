"""Choosing one's own PIN."""

from toolroom_desktop.ui.screens.pin.view import PinScreen

__all__ = ["PinScreen"]
