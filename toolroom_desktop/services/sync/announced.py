"""Which version of the program the centre says stations should have. Nobody else is ever asked."""

from __future__ import annotations

import re

from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.ports import UnitOfWork

PLACE = ("program", "newest")
"""Where the centre's reference data says it: {"version": "1.2.0"}."""
_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


def version_of(text: str) -> tuple[int, int, int]:
    """A version as numbers that can be compared. Raises `BadInput("reference.bad_version")`."""
    found = _VERSION.match(text.strip())
    if found is None or (found.end() != len(text.strip()) and text.strip()[found.end()] not in "+-.abr"):
        raise BadInput("reference.bad_version", version=text)
    major, minor, patch = found.groups()
    return int(major), int(minor), int(patch)


def newer_program(uow: UnitOfWork, own: str) -> str:
    """The version that the centre announced, where it is newer than `own`; else empty.

    What cannot be understood was announced for a program that comes later, and says nothing here.
    """
    known = uow.reference.get(*PLACE)
    if known is None or known.change.deleted:
        return ""
    announced = str(known.change.content.get("version", ""))
    try:
        return announced if version_of(announced) > version_of(own) else ""
    except BadInput:
        return ""
