"""A line on stderr that says how far a long command is, and how long it still takes."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from toolroom_desktop.cli.console import Console

LEAST_BETWEEN = 0.5
"""Seconds between two lines on a terminal."""
STEPS_IN_A_FILE = 10
"""Where stderr is no terminal, only so many lines are written in all."""


class Progress:
    """Called with (done, total); silent until the first call, and in a file only at every tenth of the way."""

    def __init__(self, console: Console, code: str) -> None:
        """`code` names a sentence with {done}, {total}, {percent} and {left} (minutes and seconds)."""
        self._console = console
        self._code = code
        self._begun = time.monotonic()
        self._first: int | None = None
        self._shown_at = 0.0
        self._step = -1
        self._terminal = sys.stderr.isatty()
        self._open_line = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the line, so that what is printed next begins one of its own."""
        if self._open_line:
            print(file=sys.stderr)
            self._open_line = False

    def __call__(self, done: int, total: int) -> None:
        """So many of so many are done."""
        now = time.monotonic()
        if self._first is None:
            self._first = done
        step = STEPS_IN_A_FILE * done // max(1, total)
        due = now - self._shown_at >= LEAST_BETWEEN or done == total
        if (self._terminal and not due) or (not self._terminal and step == self._step):
            return
        self._shown_at, self._step = now, step
        made = done - self._first
        left = (now - self._begun) / made * (total - done) if made > 0 else 0.0
        minutes, seconds = divmod(round(left), 60)
        text = self._console.text(
            self._code, done=done, total=total, percent=100 * done // max(1, total), left=f"{minutes}:{seconds:02d}"
        )
        if self._terminal:
            print(f"\r{text}\x1b[K", end="", file=sys.stderr, flush=True)
            self._open_line = True
        else:
            print(text, file=sys.stderr, flush=True)
