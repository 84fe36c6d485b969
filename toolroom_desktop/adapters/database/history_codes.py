"""The numbers and words in which the history's tables keep what the services say. They must never change."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from toolroom_desktop.adapters.database.columns import folded
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.history_rows import Choice, Finding, Part

TYPES = {
    OperationType.CHECKOUT: 0,
    OperationType.CHECKIN: 1,
    OperationType.HANDOVER: 2,
    OperationType.INVENTORY: 3,
}
STATUSES = {Status.SUCCESS: 0, Status.DISCREPANCY: 1, Status.MANUAL_CHECK: 2}
FINDINGS = {
    Finding.MISSING: 1,
    Finding.DAMAGED: 2,
    Finding.PIECE_MISSING: 3,
    Finding.WRONG: 4,
    Finding.KEPT: 5,
    Finding.EXTRA: 6,
    Finding.UNSURE: 7,
    Finding.OVERLOOKED: 8,
    Finding.READ: 9,
}
FINDING_OF = {code: finding for finding, code in FINDINGS.items()}
PARTS = {Part.DID: 1, Part.GAVE: 2, Part.WITNESSED: 4, Part.HOLDS: 8}

US_PER_DAY = 86_400_000_000
SEPARATOR = "\x1f"
"""Between the badge and the name in the key of a person; no badge has it."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WORD = re.compile(r"[^\W_]+")


def microseconds(at: datetime) -> int:
    """Whole microseconds since 1970, UTC; exact."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def person_key(badge: str, name: str) -> str:
    """The key of somebody as an operation names them."""
    return f"{folded(badge).replace(SEPARATOR, '')}{SEPARATOR}{folded(name)}"


def key_of(kind: Choice, value: str) -> str:
    """The key of any other name; of a model it is its SHA-256 as it is."""
    return value if kind is Choice.MODEL else folded(value)


def mark(name: str, code: int = 0) -> str:
    """A word of the full text that nobody types: what else holds of an operation, to be asked for with other words."""
    return f"ᛗ{name}{code}"


def words_of(text: str) -> list[str]:
    """The words that full text knows: letters and digits, compared without case, and ё as е."""
    return _WORD.findall(folded(text).replace("ё", "е"))
