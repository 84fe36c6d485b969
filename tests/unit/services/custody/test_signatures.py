"""Signatures: who may overrule what keeps a kit in, for what, and how long."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.fakes import HandClock
from tests.toolroom.desk import Desk, look
from tests.unit.services.custody.steps import (
    LEAD,
    MISSING,
    SetProcedures,
    change,
    holder,
    journal,
    length,
    refused,
)
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.custody import Asked, Override, Procedures, WitnessFor
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.signing import GOOD_FOR, Purpose
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.services.operation_input import Confirmation, Plan


def overruling(desk: Desk, plan: Plan, signature: uuid.UUID) -> Callable[[], object]:
    words = (Override(signature, "вылет через час"),)
    return lambda: desk.operations.record(plan, look(plan), Confirmation(answers={}, overrides=words))


@pytest.fixture
def blocked(station: Records, desk: Desk) -> Plan:
    change(station, "P-2", ToolState.UNSERVICEABLE)
    return desk.plan("T-1", OperationType.CHECKOUT, "K-1")


def test_a_signature_for_another_operation_overrules_nothing(station: Records, desk: Desk, blocked: Plan) -> None:
    other = desk.plan("T-1", OperationType.CHECKOUT, "K-2")
    signature = desk.sign("L-1", Purpose.OVERRIDE, other.subject)
    refused(station, "signature.for_something_else", overruling(desk, blocked, signature))


@pytest.mark.parametrize("purpose", [Purpose.WITNESS, Purpose.GIVER])
def test_a_signature_for_another_purpose_overrules_nothing(
    station: Records, desk: Desk, blocked: Plan, purpose: Purpose
) -> None:
    signature = desk.sign("L-1", purpose, blocked.subject)
    refused(station, "signature.for_something_else", overruling(desk, blocked, signature))


def test_quality_does_not_overrule_what_a_shift_lead_must(station: Records, desk: Desk, blocked: Plan) -> None:
    signature = desk.sign("Q-1", Purpose.OVERRIDE_CASE, blocked.subject)
    refused(station, "issue.tool_unserviceable", overruling(desk, blocked, signature))


def test_a_signature_grows_old(station: Records, desk: Desk, blocked: Plan, clock: HandClock) -> None:
    signature = desk.sign("L-1", Purpose.OVERRIDE, blocked.subject)
    clock.advance(GOOD_FOR.total_seconds() + 1)
    refused(station, "signature.too_old", overruling(desk, blocked, signature))


def test_a_signature_that_is_not_in_the_journal_overrules_nothing(station: Records, desk: Desk, blocked: Plan) -> None:
    refused(station, "signature.unknown", overruling(desk, blocked, uuid.uuid4()))
    no_signature = journal(station)[0].op_id
    refused(station, "signature.unknown", overruling(desk, blocked, no_signature))


@pytest.mark.parametrize(
    ("badge", "purpose"),
    [
        ("T-2", Purpose.OVERRIDE),
        ("S-1", Purpose.OVERRIDE),
        ("Q-1", Purpose.OVERRIDE),
        ("L-1", Purpose.OVERRIDE_CASE),
        ("T-2", Purpose.GIVER),
        ("Q-1", Purpose.GIVER),
    ],
)
def test_who_may_not_sign_for_it_does_not_and_the_journal_says_so(
    station: Records, desk: Desk, blocked: Plan, badge: str, purpose: Purpose
) -> None:
    before = length(station)
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        desk.sign(badge, purpose, blocked.subject)
    (entry,) = journal(station, before)
    assert (entry.kind, entry.payload["badge"], entry.payload["command"]) == ("refused", badge, f"sign.{purpose.value}")


def test_a_shift_lead_who_takes_the_kit_may_overrule_and_is_named_with_the_reason(
    station: Records, desk: Desk, blocked: Plan
) -> None:
    done = desk.take("L-1", "K-1", words=LEAD)
    assert holder(station) == ("L-1", {"pliers": 1, "brace": 1})
    assert done.overrides[0]["badge"] == done.person_badge == "L-1"


def test_the_giver_is_owed_where_the_station_asks_for_one_and_is_somebody_else(
    station: Records, with_procedures: SetProcedures
) -> None:
    desk = with_procedures(Procedures(giver_signs=True))
    with pytest.raises(BadInput, match=re.escape("operation.giver_owed")):
        desk.take("T-1", "K-1")
    assert holder(station) is None
    done = desk.take("T-1", "K-1", giver="S-1")
    assert (done.giver_badge, done.holder_badge) == ("S-1", "T-1")
    desk.bring("T-1", "K-1")
    with pytest.raises(Refused, match=re.escape("signature.same_person")):
        desk.take("L-1", "K-1", giver="L-1")
    assert holder(station) is None


def test_the_witness_is_owed_for_what_the_settings_say(station: Records, with_procedures: SetProcedures) -> None:
    desk = with_procedures(Procedures(witness=WitnessFor.DISCREPANCIES))
    desk.take("T-1", "K-1")
    all_there = {("pliers", 1): Count.FOUND}
    with pytest.raises(BadInput, match=re.escape("operation.witness_owed")):
        desk.bring("T-1", "K-1", MISSING)
    assert desk.bring("T-1", "K-1", all_there).witness_badge == "", "nothing is amiss"
    desk = with_procedures(Procedures(witness=WitnessFor.ALL))
    with pytest.raises(BadInput, match=re.escape("operation.witness_owed")):
        desk.take("T-1", "K-1", all_there)
    desk.take("T-1", "K-1")  # not counted by hand
    with pytest.raises(Refused, match=re.escape("signature.same_person")):
        desk.confirm(desk.plan("T-1", OperationType.CHECKIN, "K-1"), MISSING, witness="T-1")
    assert desk.bring("T-1", "K-1", MISSING, witness="T-2").witness_badge == "T-2"


def test_details_that_the_station_requires_are_owed(
    station: Records, with_procedures: SetProcedures, clock: HandClock
) -> None:
    required = Procedures(work_order=Asked.REQUIRED, aircraft=Asked.REQUIRED, expected_return=Asked.REQUIRED)
    desk = with_procedures(required)
    later = clock.now() + timedelta(hours=4)
    before = length(station)
    for details, code in (
        ({"aircraft": "RA-89001", "expected_return": later}, "operation.work_order_owed"),
        ({"work_order": "НЗ-1", "aircraft": " ", "expected_return": later}, "operation.aircraft_owed"),
        ({"work_order": "НЗ-1", "aircraft": "RA-89001"}, "operation.expected_return_owed"),
        (
            {"work_order": "НЗ-1", "aircraft": "RA-89001", "expected_return": clock.now()},
            "operation.return_in_the_past",
        ),
    ):
        with pytest.raises(BadInput, match=re.escape(code)):
            desk.take("T-1", "K-1", **details)
    assert length(station) == before, "somebody who forgot a field did nothing wrong"
    done = desk.take("T-1", "K-1", work_order=" НЗ-1 ", aircraft="RA-89001", expected_return=later)
    assert (done.work_order, done.aircraft, done.expected_return) == ("НЗ-1", "RA-89001", later)
    desk.bring("T-1", "K-1")  # a return asks for nothing
