"""The register of tools."""

from toolroom_desktop.ui.screens.tools.view import ToolsScreen

__all__ = ["ToolsScreen"]
