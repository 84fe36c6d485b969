"""The demonstration's camera shows one made-up table after the other; these ask for the next one and name it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from toolroom_desktop.ui.shell import Shell


@runtime_checkable
class DemoCamera(Protocol):
    """A camera of the demonstration: its table can be changed by hand."""

    @property
    def scene_index(self) -> int:
        """Which table is shown, from 0."""

    def titles(self, language: str) -> tuple[str, ...]:
        """What the tables are called in "ru" or "en"."""

    def show_scene(self, index: int) -> None:
        """Show another table."""


def table_title(shell: Shell) -> str:
    """What the demonstration's table is called; empty before a real camera."""
    camera = shell.app.camera
    return camera.titles(shell.session.language)[camera.scene_index] if isinstance(camera, DemoCamera) else ""


def show_next_table(shell: Shell) -> None:
    """Show the demonstration's next table; before a real camera nothing happens."""
    camera = shell.app.camera
    if isinstance(camera, DemoCamera):
        camera.show_scene(camera.scene_index + 1)
