"""What a return leaves out, and which tool that is."""

from __future__ import annotations

import re

import pytest

from tests.toolroom.desk import Desk
from tests.unit.services.custody.steps import (
    KEPT,
    LEAD,
    MISSING,
    QUALITY,
    change,
    holder,
    journal,
    refused,
    tool,
)
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.cases import CaseKind, CaseState
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.services.operation_input import Remark


def test_a_return_in_parts_leaves_the_rest_with_whoever_had_it(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1", work_order="НЗ-7", aircraft="RA-89001")
    part = desk.bring("T-2", "K-1", KEPT)
    assert (part.person_badge, part.holder_badge, part.holder_name) == ("T-2", "T-1", "Иванов И. И.")
    assert holder(station) == ("T-1", {"pliers": 1, "brace": 1})
    assert (part.work_order, part.aircraft) == ("НЗ-7", "RA-89001")
    assert [held.kit for held in station.operations.held_by("T-1")] == ["K-1"]
    with pytest.raises(Refused, match=re.escape("operation.kit_already_out")):
        desk.plan("T-2", OperationType.CHECKOUT, "K-1")
    rest = desk.bring("T-1", "K-1")
    assert (rest.closes, rest.expected) == (part.operation_id, {"pliers": 1, "brace": 1})
    assert holder(station) is None
    assert station.database.read(lambda uow: uow.cases.open()) == [], "what is kept is not missing"


def test_nothing_is_kept_at_a_checkout(station: Records, desk: Desk) -> None:
    with pytest.raises(BadInput, match=re.escape("operation.kept_only_at_checkin")):
        desk.take("T-1", "K-1", KEPT)
    assert holder(station) is None


def test_another_person_may_bring_a_kit_back(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    assert desk.bring("T-2", "K-1").person_badge == "T-2"
    assert holder(station) is None


def test_who_was_disabled_holds_their_kits_until_somebody_brings_them(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    station.accounts.set_active(badge="T-1", active=False, actor_badge=None)
    refused(station, "people.disabled", lambda: desk.bring("T-1", "K-1"))
    assert holder(station) == ("T-1", {"pliers": 2, "brace": 1})
    back = desk.bring("T-2", "K-1", MISSING)
    assert holder(station) is None
    (case,) = station.database.read(lambda uow: uow.cases.open("K-1"))
    assert back.cases == (case.number,)
    assert (case.holder_badge, case.events[0].badge) == ("T-1", "T-2"), "who had it, and who found it out"


@pytest.mark.parametrize(
    ("count", "state", "kind"),
    [
        (Count.DAMAGED, ToolState.UNSERVICEABLE, None),
        (Count.PIECE_MISSING, ToolState.UNSERVICEABLE, CaseKind.PIECE_MISSING),
        (Count.MISSING, ToolState.LOST, CaseKind.MISSING),
        (Count.WRONG, ToolState.LOST, CaseKind.WRONG_TOOL),
    ],
)
def test_what_a_count_at_the_return_leads_to(
    station: Records, desk: Desk, count: Count, state: ToolState, kind: CaseKind | None
) -> None:
    out = desk.take("T-1", "K-1", work_order="НЗ-7", aircraft="RA-89001")
    back = desk.bring("T-2", "K-1", {("brace", 1): count})
    assert back.final_status is Status.DISCREPANCY
    assert tool(station, "B-1").state is state
    assert {tool(station, name).state for name in ("P-1", "P-2")} == {ToolState.SERVICEABLE}
    cases = station.database.read(lambda uow: uow.cases.of_operation(back.operation_id))
    assert [case.kind for case in cases] == ([] if kind is None else [kind])
    for case in cases:
        assert (case.tool_id, case.state) == (tool(station, "B-1").tool_id, CaseState.OPEN)
        assert (case.holder_badge, case.aircraft, case.work_order) == (out.holder_badge, "RA-89001", "НЗ-7")
    (entry,) = [entry for entry in journal(station) if entry.kind == "tool_changed"]
    assert (entry.payload["before"], entry.payload["state"], entry.payload["reason"]) == (
        "serviceable",
        state.value,
        count.value,
    )
    assert entry.payload["operation"] == str(back.operation_id)


def test_a_remark_with_its_photo_goes_into_the_case(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    remark = Remark(marking=" B-1 ", note="отломан рычаг", photo=b"\xff\xd8 a picture of it")
    plan = desk.plan("T-1", OperationType.CHECKIN, "K-1")
    done = desk.confirm(plan, {("brace", 1): Count.PIECE_MISSING}, remarks={("brace", 1): remark})
    counted = next(position for position in done.counted if position.tool_class == "brace")
    assert (counted.marking, counted.note) == ("B-1", "отломан рычаг")
    assert station.operations.photo(counted.photo) == remark.photo
    (case,) = station.database.read(lambda uow: uow.cases.of_operation(done.operation_id))
    assert (case.events[0].text, case.events[0].photo) == ("отломан рычаг", counted.photo)
    assert counted.photo in station.database.read(lambda uow: dict(uow.evidence.all()))


def test_a_tool_that_nobody_wrote_down_is_written_down_when_it_is_lost(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-2")
    desk.bring("T-1", "K-2", MISSING)
    (lost,) = station.database.read(lambda uow: uow.tools.in_kit("K-2"))
    assert (lost.tool_class, lost.kit, lost.state) == ("pliers", "K-2", ToolState.LOST)
    (case,) = station.database.read(lambda uow: uow.cases.open("K-2"))
    assert case.tool_id == lost.tool_id
    assert desk.take("T-1", "K-2", words=LEAD + QUALITY).custody == {"pliers": 1, "brace": 1}


def test_a_tool_that_broke_while_its_kit_was_out_is_not_written_down_a_second_time(
    station: Records, desk: Desk
) -> None:
    desk.take("T-1", "K-1")
    change(station, "P-2", ToolState.UNSERVICEABLE)
    desk.bring("T-1", "K-1", MISSING)
    tools = station.database.read(lambda uow: uow.tools.in_kit("K-1"))
    assert [(one.marking, one.state) for one in tools if one.tool_class == "pliers"] == [
        ("P-1", ToolState.SERVICEABLE),
        ("P-2", ToolState.LOST),
    ]


def test_what_lacks_after_a_return_in_parts_is_the_tool_that_stayed_out(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    desk.bring("T-1", "K-1", {("pliers", 2): Count.KEPT})
    back = desk.bring("T-1", "K-1", {("pliers", 1): Count.MISSING})
    (case,) = station.database.read(lambda uow: uow.cases.of_operation(back.operation_id))
    assert case.marking == "P-2", "the first one lies in its place since the return before"
    assert (tool(station, "P-1").state, tool(station, "P-2").state) == (ToolState.SERVICEABLE, ToolState.LOST)


def test_what_lacks_in_a_kit_that_went_out_incomplete_is_the_tool_that_went_out(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1", {("pliers", 1): Count.DAMAGED}, words=LEAD)
    back = desk.bring("T-1", "K-1", {("pliers", 1): Count.MISSING})
    (case,) = station.database.read(lambda uow: uow.cases.of_operation(back.operation_id))
    assert case.marking == "P-2"
    assert (tool(station, "P-1").state, tool(station, "P-2").state) == (ToolState.UNSERVICEABLE, ToolState.LOST)
