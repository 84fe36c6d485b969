"""Signatures: a badge and a PIN that somebody gave for one purpose and one thing, without signing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from toolroom_desktop.domain.errors import Refused
from toolroom_desktop.domain.people import Permission, Role


class Purpose(StrEnum):
    """What somebody signs for."""

    GIVER = "giver"
    HANDS_OVER = "hands_over"
    WITNESS = "witness"
    OVERRIDE = "override"
    OVERRIDE_CASE = "override_case"
    SHIFT = "shift"


NEEDS: dict[Purpose, Permission] = {
    Purpose.GIVER: Permission.GIVE,
    Purpose.HANDS_OVER: Permission.OPERATE,
    Purpose.WITNESS: Permission.WITNESS,
    Purpose.OVERRIDE: Permission.OVERRIDE_ISSUE,
    Purpose.OVERRIDE_CASE: Permission.RELEASE_CASES,
    Purpose.SHIFT: Permission.RUN_SHIFT,
}
"""What somebody must be permitted to sign for that purpose."""

GOOD_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Signature:
    """What the journal says of a signature. `subject` is the id of the operation, case or shift that it is for."""

    signature_id: UUID
    badge: str
    name: str
    role: Role
    purpose: Purpose
    subject: str
    signed_at: datetime


def require_signature(
    signature: Signature, *, purpose: Purpose, subject: str, now: datetime, not_by: tuple[str, ...] = ()
) -> None:
    """Raise `Refused` unless the signature is for this, still fresh, and by nobody of `not_by` (badges)."""
    if (signature.purpose, signature.subject) != (purpose, subject):
        raise Refused("signature.for_something_else", name=signature.name)
    if not timedelta(0) <= now - signature.signed_at <= GOOD_FOR:
        raise Refused("signature.too_old", name=signature.name, minutes=int(GOOD_FOR.total_seconds()) // 60)
    if signature.badge.casefold() in {badge.casefold() for badge in not_by}:
        raise Refused("signature.same_person", name=signature.name)
