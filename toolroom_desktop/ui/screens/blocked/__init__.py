"""What speaks against handing a kit out, before anybody lays tools out, and the signatures that overrule it."""

from toolroom_desktop.ui.screens.blocked.view import BlockedScreen

__all__ = ["BlockedScreen"]
