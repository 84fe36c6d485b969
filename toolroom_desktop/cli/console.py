"""What the command line prints, and where: answers on stdout, remarks and errors on stderr."""

from __future__ import annotations

import getpass
import io
import json
import os
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from toolroom_desktop.config.messages import Language, Messages
from toolroom_desktop.domain.errors import BadInput, UserFacingError


def tolerate_narrow_encodings() -> None:
    """Print "?" for what a console cannot show, instead of ending in the middle of a sentence."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _width(text: str) -> int:
    """Columns that `text` takes on a terminal; combining marks take none."""
    return sum(0 if unicodedata.combining(letter) else 1 for letter in text)


@dataclass(frozen=True, slots=True)
class Console:
    """Prints in one language."""

    messages: Messages

    @property
    def language(self) -> Language:
        """The language of what is printed."""
        return self.messages.language

    def text(self, code: str, /, **details: object) -> str:
        """A sentence, without printing it."""
        return self.messages.text(code, **details)

    def say(self, code: str, /, **details: object) -> None:
        """Print a sentence as part of the answer."""
        self.line(self.text(code, **details))

    def line(self, text: str = "") -> None:
        """Print a line as part of the answer."""
        print(text)

    def remark(self, code: str, /, **details: object) -> None:
        """Print a sentence beside the answer."""
        print(self.text(code, **details), file=sys.stderr)

    def error(self, error: UserFacingError) -> None:
        """Print the sentence of an error."""
        print(self.messages.error(error), file=sys.stderr)

    def json(self, value: object) -> None:
        """Print `value` as JSON; letters that the stream cannot carry are escaped, so that nothing is lost."""
        text = json.dumps(value, ensure_ascii=False, indent=2)
        try:
            text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
        except UnicodeEncodeError:
            text = json.dumps(value, indent=2)
        print(text)

    def table(self, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print rows in columns under their titles."""
        widths = [max(_width(row[place]) for row in (titles, *rows)) for place in range(len(titles))]
        for row in (titles, ["-" * width for width in widths], *rows):
            cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
            print("  ".join(cells).rstrip())

    def number(self, value: float, digits: int = 1) -> str:
        """A number as the language writes it."""
        text = f"{value:.{digits}f}"
        return text.replace(".", ",") if self.language == "ru" else text

    def figure(self, value: float) -> str:
        """A measured number with at most three digits behind the point: a count stays a whole number."""
        text = self.number(value, 3)
        return text.rstrip("0").rstrip(".,")

    def moment(self, at: datetime) -> str:
        """A time as the station's clock shows it, in the order that sorts."""
        return at.astimezone().strftime("%Y-%m-%d %H:%M")

    def percent(self, share: float) -> str:
        """A share 0..1 in whole per cent."""
        return f"{round(100 * share)} %"


def secret(console: Console, variable: str, prompt_code: str) -> str:
    """A PIN out of the environment variable, or asked for without showing it.

    Raises `BadInput("cli.pin_needs_terminal")` where nobody can be asked.
    """
    told = os.environ.get(variable)
    if told is not None:
        return told.strip()
    if not sys.stdin.isatty():
        raise BadInput("cli.pin_needs_terminal", variable=variable)
    return getpass.getpass(console.text(prompt_code)).strip()
