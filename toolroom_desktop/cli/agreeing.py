"""Asking whether what was shown is to be done."""

from __future__ import annotations

import sys

from toolroom_desktop.cli.console import Console
from toolroom_desktop.domain.errors import BadInput

_YES = ("y", "yes", "д", "да")


def agreed(console: Console, *, yes: bool) -> bool:
    """Whether to go on: as told by --yes, or asked for.

    Raises `BadInput("cli.yes_needed")` where nobody can be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise BadInput("cli.yes_needed")
    answered = input(console.text("cli.ask_go_on")).strip().casefold() in _YES
    if not answered:
        console.remark("cli.nothing_done")
    return answered
