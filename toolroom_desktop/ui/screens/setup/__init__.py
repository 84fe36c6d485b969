"""Setting a station up, step by step: at its first start, and again whenever an administrator wants to."""

from toolroom_desktop.ui.screens.setup.view import SetupScreen

__all__ = ["SetupScreen"]
