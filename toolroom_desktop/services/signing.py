"""Signatures as the journal keeps them, and finding them there again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from toolroom_desktop.domain.errors import Refused
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.signing import Purpose, Signature, require_signature
from toolroom_desktop.services.ports import UnitOfWork

SIGNATURE = "signature"


def signature_payload(signature: Signature) -> dict[str, str]:
    """What the journal's entry says; its id is the signature's."""
    return {
        "badge": signature.badge,
        "name": signature.name,
        "role": signature.role.value,
        "purpose": signature.purpose.value,
        "subject": signature.subject,
        "signed_at": signature.signed_at.isoformat(),
    }


def signature_in(uow: UnitOfWork, signature_id: UUID) -> Signature:
    """The signature of that id; raises `Refused("signature.unknown")`: somebody claims a signature that nobody gave."""
    entry = uow.journal.by_id(signature_id)
    if entry is None or entry.kind != SIGNATURE:
        raise Refused("signature.unknown", id=signature_id)
    said = entry.payload
    return Signature(
        signature_id,
        said["badge"],
        said["name"],
        Role(said["role"]),
        Purpose(said["purpose"]),
        said["subject"],
        datetime.fromisoformat(said["signed_at"]),
    )


def signed(
    uow: UnitOfWork,
    signature_id: UUID,
    *,
    purpose: Purpose,
    subject: str,
    now: datetime,
    not_by: tuple[str, ...] = (),
) -> Signature:
    """The signature of that id, if it is for this, fresh, and by nobody of `not_by`; raises `Refused`."""
    signature = signature_in(uow, signature_id)
    require_signature(signature, purpose=purpose, subject=subject, now=now, not_by=not_by)
    return signature
