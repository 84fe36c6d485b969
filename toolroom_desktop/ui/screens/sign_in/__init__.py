"""Signing in: badge, then PIN."""

from toolroom_desktop.ui.screens.sign_in.view import SignInScreen

__all__ = ["SignInScreen"]
