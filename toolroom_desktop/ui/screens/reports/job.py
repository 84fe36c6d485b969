"""One report on its way: made and laid out in a worker, told how far it is, stopped when nobody wants it any more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtGui import QImage

from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.printing.report_pages import ReportPages
from toolroom_desktop.services.reports.made import MadeReport
from toolroom_desktop.services.reports.words import Words

Progress = Callable[[int, int], None]


class Prepared:
    """A report with its pages. Whoever reads it in a worker holds it, so that its data stay until then."""

    def __init__(self, report: MadeReport, words: Words, pages: ReportPages) -> None:
        self.report = report
        self.words = words
        self.pages = pages
        self._painting = threading.Lock()
        self._lock = threading.Lock()
        self._holders = 1

    @contextmanager
    def held(self) -> Iterator[bool]:
        """False where its data are gone already."""
        with self._lock:
            there = self._holders > 0
            self._holders += there
        try:
            yield there
        finally:
            if there:
                self.close()

    def picture(self, index: int, width: int) -> QImage | None:
        """A page as a picture of that width in pixels; None once it is closed."""
        with self.held() as there, self._painting:
            return self.pages.picture(index, width) if there else None

    def close(self) -> None:
        """Let go of it; the data go with whoever holds it last."""
        with self._lock:
            self._holders -= 1
            last = self._holders == 0
        if last:
            self.report.close()


class Job:
    """Work that can be stopped from another thread. What it leads to is closed if nobody takes it."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._lock = threading.Lock()
        self._stopped = False
        self._result: Prepared | None = None

    def watch(self, done: int, total: int) -> None:
        """A `Watch`: tells how far it is, and raises `BadInput("report.cancelled")` once stopped."""
        if self._stopped:
            raise BadInput("report.cancelled")
        self._progress(done, total)

    def stop(self) -> None:
        """End it as soon as it says something; what it has made already is closed."""
        with self._lock:
            self._stopped = True
            result, self._result = self._result, None
        if result is not None:
            result.close()

    def leave(self, result: Prepared) -> None:
        """Called in the worker with what was made; closed at once where nobody wants it any more."""
        with self._lock:
            if not self._stopped:
                self._result = result
                return
        result.close()
        raise BadInput("report.cancelled")

    def take(self) -> Prepared | None:
        """What was made: from now on it is the taker's to close."""
        with self._lock:
            result, self._result = self._result, None
        return result
