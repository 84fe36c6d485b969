"""Looks after the station in a worker, one check after the other, and saves what was found."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.errors import BadInput, UserFacingError
from toolroom_desktop.services.doctor import Check, Examine, Grade, as_json
from toolroom_desktop.ui.presenter import Asking
from toolroom_desktop.ui.shell import Surroundings

_WORST_FIRST = (Grade.BAD, Grade.NOTE, Grade.GOOD)


class HealthView(Protocol):
    """What the presenter needs of the screen."""

    def show_health(self) -> None:
        """Something changed: show the presenter's state."""

    def show_sentence(self, sentence: str) -> None: ...


class _Progress(QObject):
    """Brings the name of the check that begins out of the worker."""

    begun = Signal(int, str, int, int)


class HealthPresenter(Asking):
    """`checks` are those of the last look, the worst first; `looking` is (name, place, all) while one is under way."""

    def __init__(self, surroundings: Surroundings, examine: Examine, view: HealthView) -> None:
        super().__init__(surroundings.work)
        self._surroundings = surroundings
        self._examine = examine
        self._view = view
        self._look_number = 0
        self._progress = _Progress()
        self._progress.begun.connect(self._begun)
        self.checks: Sequence[Check] = ()
        self.looking: tuple[str, int, int] | None = None

    def look(self) -> None:
        """Look at everything."""
        if self.looking is not None:
            return
        self._look_number += 1
        number = self._look_number
        self.checks, self.looking = (), ("", 0, 1)
        self._view.show_sentence("")
        self._view.show_health()

        def examine() -> list[Check]:
            return self._examine(lambda name, place, all_: self._progress.begun.emit(number, name, place, all_))

        self.ask(examine, self._looked, self._failed)

    def leave(self) -> None:
        """Nobody waits any more."""
        self.drop()
        self._look_number += 1
        self.looking = None

    @property
    def can_save(self) -> bool:
        """Whether there is something to save."""
        return bool(self.checks)

    def save(self, path: Path) -> None:
        """Write what `toolroom doctor --json` prints, whole or not at all."""
        text = json.dumps(self.document(), ensure_ascii=False, indent=2) + "\n"
        self.ask(lambda: _write(path, text), self._saved, self._failed)

    def document(self) -> dict[str, object]:
        """What is saved."""
        return as_json(self.checks, Messages(self._surroundings.session.language).text)

    @Slot(int, str, int, int)
    def _begun(self, number: int, name: str, place: int, all_: int) -> None:
        if number == self._look_number and self.looking is not None:
            self.looking = (name, place, all_)
            self._view.show_health()

    def _looked(self, checks: list[Check]) -> None:
        self.checks = sorted(checks, key=lambda check: _WORST_FIRST.index(check.grade))
        self.looking = None
        self._view.show_health()

    def _saved(self, path: Path) -> None:
        language = self._surroundings.session.language
        self._view.show_sentence(Messages(language).text("health.saved", path=path))

    def _failed(self, error: UserFacingError) -> None:
        self.looking = None
        self._view.show_health()
        self._view.show_sentence(self._surroundings.sentence(error))


def _write(path: Path, text: str) -> Path:
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise BadInput("health.not_saved", path=path, reason=error.strerror or str(error)) from error
    return path
