"""The health of a station as a list of checks, for any front end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from toolroom_desktop.domain.errors import UserFacingError


class Grade(StrEnum):
    """How a check came out. A note is worth knowing but keeps the station from nothing."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    code     the key of its sentence, `details` what the sentence names
    facts    plain values for machines
    """

    name: str
    grade: Grade
    code: str
    details: dict[str, object] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


Progress = Callable[[str, int, int], None]
"""Told before each check: its name, its place from 1, and how many there are."""

Examine = Callable[[Progress], list[Check]]
"""Looks at everything, which takes seconds, and changes nothing."""

Sentences = Callable[..., str]
"""A sentence by its code, with the details that it names."""


def no_progress(_name: str, _place: int, _all: int) -> None:
    """Nobody watches."""


def failed(name: str, error: UserFacingError) -> Check:
    """The check of something that raised `error`."""
    return Check(name, Grade.BAD, error.code, error.details, {"problem": error.code})


def healthy(checks: Sequence[Check]) -> bool:
    """Whether nothing is bad."""
    return all(check.grade is not Grade.BAD for check in checks)


def as_json(checks: Sequence[Check], sentences: Sentences) -> dict[str, object]:
    """The checks for machines, as `toolroom doctor --json` prints and the windows save them."""
    return {
        "healthy": healthy(checks),
        "checks": [
            {
                "name": check.name,
                "grade": check.grade.value,
                "sentence": sentences(check.code, **check.details),
                **check.facts,
            }
            for check in checks
        ],
    }
