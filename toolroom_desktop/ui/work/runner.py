"""Runs a blocking service call off the GUI thread and brings its outcome back to it."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from toolroom_desktop.domain.errors import UserFacingError

T = TypeVar("T")
_log = logging.getLogger(__name__)


class _Outcome(QObject):
    """Carries what a task returned across the threads."""

    ready = Signal(object)


@dataclass(frozen=True, slots=True)
class _Result:
    number: int
    value: Any
    failure: UserFacingError | None


class _Task(QRunnable):
    def __init__(self, number: int, function: Callable[[], Any], outcome: _Outcome) -> None:
        super().__init__()
        self._number = number
        self._function: Callable[[], Any] | None = function
        self._outcome = outcome

    def run(self) -> None:
        result = self._called()
        # The GUI thread holds the function too, and lets go of it when it has the result: what the function alone kept
        # alive, a screen perhaps, must not end in this thread.
        self._function = None
        self._outcome.ready.emit(result)

    def _called(self) -> _Result:
        assert self._function is not None
        try:
            return _Result(self._number, self._function(), None)
        except UserFacingError as failure:
            _forget_frames(failure)
            return _Result(self._number, None, failure)
        except Exception:  # noqa: BLE001 - whatever goes wrong in a worker must reach the screen that waits
            _log.exception("a task of the window failed")
            return _Result(self._number, None, UserFacingError("program.worker_failed"))


def _forget_frames(failure: BaseException | None) -> None:
    """Let go of the frames of a failed call: what they hold must not live as long as the failure, and end with it."""
    while failure is not None:
        failure.__traceback__ = None
        failure = failure.__cause__ or failure.__context__


class Work(QObject):
    """The windows' background work. Use from the GUI thread only.

    Every call gets exactly one of its two callbacks, in the GUI thread, unless it was forgotten before.
    """

    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(3)
        self._outcome = _Outcome(self)
        self._outcome.ready.connect(self._deliver)
        self._numbers = itertools.count(1)
        self._waiting: dict[int, tuple[Callable[[Any], None], Callable[[UserFacingError], None]]] = {}
        self._running: dict[int, Callable[[], Any]] = {}

    def run(
        self,
        function: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[UserFacingError], None],
    ) -> int:
        """Run `function` in the pool, then `done` with its value or `failed` with its error. Returns a ticket."""
        number = next(self._numbers)
        self._waiting[number] = (cast("Callable[[Any], None]", done), failed)
        self._running[number] = function
        if len(self._waiting) == 1:
            self.busy_changed.emit(True)
        self._pool.start(_Task(number, function, self._outcome))
        return number

    def forget(self, ticket: int) -> None:
        """Drop the callbacks of a call, because the screen that asked has gone. The call itself runs to its end."""
        if self._waiting.pop(ticket, None) is not None and not self._waiting:
            self.busy_changed.emit(False)

    @property
    def busy(self) -> bool:
        """Whether any call is still waited for."""
        return bool(self._waiting)

    def finish(self) -> None:
        """Wait for everything that runs; nobody is called back any more."""
        self._waiting.clear()
        self._pool.waitForDone()
        self._running.clear()

    @Slot(object)
    def _deliver(self, result: _Result) -> None:
        self._running.pop(result.number, None)
        callbacks = self._waiting.pop(result.number, None)
        if callbacks is None:
            return
        if not self._waiting:
            self.busy_changed.emit(False)
        done, failed = callbacks
        if result.failure is not None:
            failed(result.failure)
        else:
            done(result.value)
