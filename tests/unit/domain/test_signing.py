"""Signatures: for one purpose, for one thing, for a quarter of an hour, and by somebody else."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from toolroom_desktop.domain.errors import Refused
from toolroom_desktop.domain.people import PERMISSIONS, Role
from toolroom_desktop.domain.signing import GOOD_FOR, NEEDS, Purpose, Signature, require_signature

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LEAD = Signature(uuid.uuid4(), "L-1", "Смирнова А. В.", Role.SHIFT_LEAD, Purpose.OVERRIDE, "operation 1", NOW)


def may_sign(purpose: Purpose) -> set[Role]:
    return {role for role in Role if NEEDS[purpose] in PERMISSIONS[role]}


def test_who_may_sign_for_what() -> None:
    keepers = {Role.STOREKEEPER, Role.SHIFT_LEAD}
    assert {purpose: may_sign(purpose) for purpose in Purpose} == {
        Purpose.GIVER: keepers,
        Purpose.HANDS_OVER: keepers | {Role.TECHNICIAN},
        Purpose.WITNESS: keepers | {Role.TECHNICIAN, Role.QUALITY},
        Purpose.OVERRIDE: {Role.SHIFT_LEAD},
        Purpose.OVERRIDE_CASE: {Role.QUALITY},
        Purpose.SHIFT: keepers,
    }


def test_a_signature_is_good_for_a_quarter_of_an_hour() -> None:
    for age in (timedelta(0), GOOD_FOR):
        require_signature(LEAD, purpose=Purpose.OVERRIDE, subject="operation 1", now=NOW + age)
    for age in (GOOD_FOR + timedelta(microseconds=1), timedelta(days=3650), timedelta(seconds=-1), timedelta(-3650)):
        with pytest.raises(Refused, match=re.escape("signature.too_old")):
            require_signature(LEAD, purpose=Purpose.OVERRIDE, subject="operation 1", now=NOW + age)


@pytest.mark.parametrize(
    ("purpose", "subject"),
    [(Purpose.OVERRIDE, "operation 2"), (Purpose.OVERRIDE_CASE, "operation 1"), (Purpose.WITNESS, "operation 1")],
)
def test_a_signature_is_for_nothing_else(purpose: Purpose, subject: str) -> None:
    with pytest.raises(Refused, match=re.escape("signature.for_something_else")):
        require_signature(LEAD, purpose=purpose, subject=subject, now=NOW)


def test_nobody_signs_as_the_second_person_of_themselves() -> None:
    for badge in ("L-1", "l-1"):
        with pytest.raises(Refused, match=re.escape("signature.same_person")):
            require_signature(LEAD, purpose=Purpose.OVERRIDE, subject="operation 1", now=NOW, not_by=("T-1", badge))
    require_signature(LEAD, purpose=Purpose.OVERRIDE, subject="operation 1", now=NOW, not_by=("T-1",))
