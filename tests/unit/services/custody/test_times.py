"""Custody twice, at once and at the wrong time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.fakes import HandClock
from tests.toolroom.desk import Desk
from tests.unit.services.custody.steps import (
    KEPT,
    LEAD,
    MISSING,
    QUALITY,
    change,
    holder,
    length,
    refused,
)
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.recording import JOURNAL_KEY


def test_a_plan_is_recorded_once(station: Records, desk: Desk) -> None:
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    done = desk.confirm(plan)
    before = length(station)
    assert desk.confirm(plan) == done, "whoever presses twice is told what was recorded"
    desk.bring("T-1", "K-1")
    assert desk.confirm(plan) == done
    assert length(station) == before + 1, "the return, and nothing else"
    assert len(station.operations.recent()) == 2


def test_the_same_plan_with_another_count_is_refused_and_the_first_one_stands(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    plan = desk.plan("T-1", OperationType.CHECKIN, "K-1")
    done = desk.confirm(plan)
    refused(station, "operation.already_recorded", lambda: desk.confirm(plan, MISSING))
    refused(station, "operation.already_recorded", lambda: desk.confirm(plan, note="nothing of this was recorded"))
    assert station.operations.by_id(str(done.operation_id)) == done
    assert station.database.read(lambda uow: uow.cases.open()) == []


def test_an_incomplete_checkout_is_recorded_once_and_opens_one_case(station: Records, desk: Desk) -> None:
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    assert desk.confirm(plan, MISSING) == desk.confirm(plan, MISSING)
    assert len(station.database.read(lambda uow: uow.cases.open())) == 1
    assert len(station.operations.recent()) == 1


def test_a_count_by_hand_without_any_tools_missing_is_recorded_once(station: Records, desk: Desk) -> None:
    plan = desk.plan("T-1", OperationType.INVENTORY, "K-1")
    assert desk.confirm(plan) == desk.confirm(plan)
    assert len(station.operations.recent()) == 1


def test_a_return_is_recorded_once(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    plan = desk.plan("T-1", OperationType.CHECKIN, "K-1")
    assert desk.confirm(plan) == desk.confirm(plan)
    assert len(station.operations.recent()) == 2


def test_a_return_that_was_begun_earlier_closes_no_later_custody(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    forgotten = desk.plan("T-1", OperationType.CHECKIN, "K-1")
    desk.bring("T-1", "K-1")
    refused(station, "operation.kit_not_out", lambda: desk.confirm(forgotten))
    desk.take("T-2", "K-1")
    refused(station, "operation.changed_meanwhile", lambda: desk.confirm(forgotten))
    assert holder(station) == ("T-2", {"pliers": 2, "brace": 1})


def test_two_people_who_bring_the_same_kit_at_once_do_not_both_return_it(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    first = desk.plan("T-2", OperationType.CHECKIN, "K-1")
    second = desk.plan("T-1", OperationType.CHECKIN, "K-1")
    desk.confirm(first, KEPT)
    refused(station, "operation.changed_meanwhile", lambda: desk.confirm(second))
    assert holder(station) == ("T-1", {"pliers": 1, "brace": 1}), "what was kept stays in custody"


def test_two_people_who_take_the_same_incomplete_kit_at_once_open_one_case(station: Records, desk: Desk) -> None:
    first, second = (desk.plan(badge, OperationType.CHECKOUT, "K-1") for badge in ("T-2", "T-1"))
    desk.confirm(first, MISSING)
    refused(station, "issue.case_open", lambda: desk.confirm(second, MISSING))
    assert len(station.database.read(lambda uow: uow.cases.open())) == 1


def test_a_plan_whose_kit_was_changed_meanwhile_is_begun_anew(station: Records, desk: Desk) -> None:
    change(station, "P-2", ToolState.UNSERVICEABLE)
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    assert plan.expected == {"pliers": 1, "brace": 1}
    change(station, "P-2", ToolState.SERVICEABLE)
    refused(station, "operation.changed_meanwhile", lambda: desk.confirm(plan))
    assert desk.take("T-1", "K-1").custody == {"pliers": 2, "brace": 1}


@pytest.mark.parametrize("span", [timedelta(hours=1), timedelta(days=3650)])
def test_a_clock_set_back_refuses_nothing_and_keeps_the_order(
    station: Records, desk: Desk, clock: HandClock, span: timedelta
) -> None:
    out = desk.take("T-1", "K-1", expected_return=clock.now() + timedelta(hours=2))
    clock.set_back(span)
    back = desk.bring("T-1", "K-1", MISSING)
    assert (back.closes, back.site_seq > out.site_seq) == (out.operation_id, True)
    assert [one.operation_id for one in station.operations.recent()] == [back.operation_id, out.operation_id]
    entry = station.database.read(lambda uow: uow.journal.by_id(back.operation_id))
    assert entry is not None
    assert entry.clock_back
    assert len(station.database.read(lambda uow: uow.cases.open())) == 1
    desk.take("T-2", "K-1", words=LEAD + QUALITY)
    assert verify_journal(station.database, key=station.secrets.get_or_create(JOURNAL_KEY)).whole


def test_cases_found_out_at_the_same_moment_have_numbers_of_their_own(
    station: Records, desk: Desk, clock: HandClock
) -> None:
    for kit in ("K-1", "K-2"):
        desk.take("T-1", kit)
        desk.bring("T-1", kit, {("pliers", 1): Count.MISSING, ("pliers", 2): Count.WRONG})
        clock.set_back(timedelta(days=365))
    numbers = [case.number for case in station.database.read(lambda uow: uow.cases.recent(limit=10))]
    assert len(set(numbers)) == len(numbers) == 4
