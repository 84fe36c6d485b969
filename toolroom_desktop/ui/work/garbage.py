"""Python's garbage is collected in the GUI thread, and nowhere else."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 250


class Garbage(QObject):
    """Takes Python's collector into the GUI thread from `begin` to `end`.

    By itself Python looks for cycles in whichever thread happened to make the object too many. Where that is a worker,
    and a widget is among them, the worker destroys it: with Qt's lock on signals in its hand it waits for the
    interpreter, while the GUI thread, with the interpreter in its hand, waits for that lock to connect a signal. Both
    wait for ever (ADR 0033).
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours = False
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """From now on collect by a timer of this thread's event loop."""
        self._ours = gc.isenabled()
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Leave it to Python again, if it was before."""
        self._timer.stop()
        if self._ours:
            gc.enable()
        self._ours = False

    @Slot()
    def _look(self) -> None:
        collect_due()


def collect_due() -> None:
    """Collect the oldest generation that Python would by now have collected by itself, if there is one."""
    for generation in (2, 1, 0):
        limit = gc.get_threshold()[generation]
        if limit and gc.get_count()[generation] > limit:
            gc.collect(generation)
            return
