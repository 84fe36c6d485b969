"""What speaks against an issue, who may issue at all, and how a kit goes out incomplete."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes import HandClock
from tests.toolroom.desk import Desk
from tests.unit.services.conftest import PIN
from tests.unit.services.custody.steps import (
    LEAD,
    MISSING,
    QUALITY,
    change,
    holder,
    journal,
    length,
    refused,
    tool,
)
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.cases import CaseKind
from toolroom_desktop.domain.custody import BlockReason
from toolroom_desktop.domain.errors import Refused
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.services.ports import UnitOfWork


def test_a_kit_in_order_goes_out_whole(station: Records, desk: Desk) -> None:
    assert desk.plan("T-1", OperationType.CHECKOUT, "K-1").blocks == ()
    desk.take("T-1", "K-1")
    assert holder(station) == ("T-1", {"pliers": 2, "brace": 1})


def test_an_expired_calibration_blocks_the_issue_from_the_station_s_own_midnight_on(
    station: Records, desk: Desk, clock: HandClock
) -> None:
    # It is 21:00 UTC, and a new day at this station, three hours east.
    clock.advance((timedelta(days=30) + timedelta(hours=12, minutes=59)).total_seconds())
    assert desk.plan("T-1", OperationType.CHECKOUT, "K-1").blocks == ()
    clock.advance(60)
    (block,) = desk.plan("T-1", OperationType.CHECKOUT, "K-1").blocks
    assert (block.reason, block.marking) == (BlockReason.CALIBRATION_EXPIRED, "B-1")
    refused(station, "issue.calibration_expired", lambda: desk.take("T-1", "K-1"))
    desk.take("T-1", "K-1", words=LEAD)
    assert holder(station) == ("T-1", {"pliers": 2, "brace": 1}), "overruled, it goes out with the rest"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (ToolState.UNSERVICEABLE, "issue.tool_unserviceable"),
        (ToolState.IN_REPAIR, "issue.tool_absent"),
        (ToolState.RETIRED, "issue.tool_absent"),
    ],
)
def test_a_tool_that_is_not_fit_blocks_the_issue_and_stays_behind_when_overruled(
    station: Records, desk: Desk, state: ToolState, code: str
) -> None:
    change(station, "P-2", state)
    refused(station, code, lambda: desk.take("T-1", "K-1"))
    done = desk.take("T-1", "K-1", words=LEAD)
    assert holder(station) == ("T-1", {"pliers": 1, "brace": 1})
    (said,) = done.overrides
    assert (said["badge"], said["name"], said["reason"]) == ("L-1", "Смирнова А. В.", "вылет через час")
    assert tool(station, "P-2").state is state


def test_a_kit_of_which_no_tool_is_fit_does_not_go_out_for_anybody(station: Records, desk: Desk) -> None:
    for marking in ("P-1", "P-2", "B-1"):
        change(station, marking, ToolState.UNSERVICEABLE)
    refused(station, "issue.nothing_left", lambda: desk.take("T-1", "K-1", words=LEAD))


def test_an_open_case_keeps_the_kit_in_and_only_quality_s_signature_lets_it_go(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    back = desk.bring("T-1", "K-1", MISSING)
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    assert {block.reason for block in plan.blocks} == {BlockReason.CASE_OPEN, BlockReason.TOOL_ABSENT}
    refused(station, "issue.case_open", lambda: desk.take("T-1", "K-1"))
    out = desk.take("T-1", "K-1", words=LEAD + QUALITY)
    assert out.custody == {"pliers": 1, "brace": 1}
    assert [case.number for case in station.database.read(lambda uow: uow.cases.open("K-1"))] == list(back.cases)


def test_a_shift_lead_alone_does_not_overrule_an_open_case_nor_quality_alone_a_missing_tool(
    station: Records, desk: Desk
) -> None:
    desk.take("T-1", "K-1")
    desk.bring("T-1", "K-1", MISSING)
    for words, code in ((LEAD, "issue.case_open"), (QUALITY, "issue.tool_absent")):
        with pytest.raises(Refused, match=re.escape(code)):
            desk.take("T-1", "K-1", words=words)
        assert journal(station)[-1].payload["reason"] == code


def test_what_came_to_speak_against_it_after_the_plan_counts(station: Records, desk: Desk) -> None:
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    change(station, "B-1", ToolState.UNSERVICEABLE)
    refused(station, "issue.tool_unserviceable", lambda: desk.confirm(plan))


def test_an_incomplete_checkout_hands_nothing_out_and_opens_a_case(station: Records, desk: Desk) -> None:
    done = desk.take("T-1", "K-1", MISSING)
    assert (done.final_status, done.custody, holder(station)) == (Status.DISCREPANCY, {}, None)
    (case,) = station.database.read(lambda uow: uow.cases.open("K-1"))
    assert done.cases == (case.number,)
    assert (case.kind, case.found_out_at, case.marking) == (CaseKind.MISSING, "checkout", "P-2")
    assert tool(station, "P-2").state is ToolState.LOST
    with pytest.raises(Refused, match=re.escape("operation.kit_not_out")):
        desk.plan("T-1", OperationType.CHECKIN, "K-1")


def test_overruled_the_rest_goes_out_and_the_case_is_open_all_the_same(station: Records, desk: Desk) -> None:
    done = desk.take("T-1", "K-1", MISSING, words=LEAD)
    assert holder(station) == ("T-1", {"pliers": 1, "brace": 1})
    assert len(done.cases) == len(station.database.read(lambda uow: uow.cases.open("K-1"))) == 1
    back = desk.bring("T-1", "K-1")
    assert (back.final_status, back.cases) == (Status.SUCCESS, ()), "what did not go out is not asked for"


@pytest.mark.parametrize("badge", ["Q-1", "A-1"])
@pytest.mark.parametrize("type_", list(OperationType))
def test_who_moves_no_kits_is_refused_and_recorded(
    station: Records, desk: Desk, badge: str, type_: OperationType
) -> None:
    station.accounts.add_person(badge="A-1", name="Титов М. О.", role=Role.ADMINISTRATOR, pin=PIN, actor_badge=None)
    before = length(station)
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        desk.plan(badge, type_, "K-1")
    (entry,) = journal(station, before)
    assert (entry.payload["badge"], entry.payload["command"]) == (badge, f"operation.{type_.value}")


def test_whose_role_changed_after_the_plan_is_asked_again(station: Records, desk: Desk) -> None:
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")

    def move(uow: UnitOfWork) -> None:
        person = uow.people.by_badge("T-1")
        assert person is not None
        uow.people.save(replace(person, role=Role.QUALITY))

    station.database.write(move)
    refused(station, "people.not_permitted", lambda: desk.confirm(plan))
