"""Custody: what speaks against an issue, who may overrule it, what goes out and what stays out."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.domain.cases import Case, CaseEvent, CaseEventKind, CaseKind, Outcome
from toolroom_desktop.domain.custody import (
    Asked,
    Block,
    BlockReason,
    Override,
    Procedures,
    blocks_of_issue,
    custody_after_issue,
    custody_after_return,
    refuse_unless_overruled,
)
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.operation import Count, CountedPosition
from toolroom_desktop.domain.people import Permission, Role
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.tools import Tool, ToolState

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
WRENCH = Tool("wrench", kit="K-1", unit=1, marking="W-7", calibration_due=date(2026, 12, 31))
OPENED = CaseEvent(CaseEventKind.OPENED, NOW, "T-1", "Иванов", Role.TECHNICIAN)
CASE = Case(
    uuid.uuid4(),
    "C2026-0001",
    "site",
    CaseKind.MISSING,
    "K-1",
    "T",
    NOW,
    uuid.uuid4(),
    "checkin",
    tool_class="pliers",
    events=(OPENED,),
)


def reasons(*tools: Tool, cases: tuple[Case, ...] = ()) -> list[BlockReason]:
    return [block.reason for block in blocks_of_issue(tools, cases, TODAY)]


def counted(counts: Mapping[tuple[str, int], Count]) -> list[CountedPosition]:
    return [CountedPosition(name, unit, count, by_hand=True) for (name, unit), count in counts.items()]


def test_nothing_speaks_against_a_kit_in_order() -> None:
    assert reasons(WRENCH, Tool("pliers", kit="K-1", unit=1)) == []


@pytest.mark.parametrize(
    ("tool", "reason"),
    [
        (replace(WRENCH, calibration_due=date(2026, 5, 3)), BlockReason.CALIBRATION_EXPIRED),
        (replace(WRENCH, state=ToolState.UNSERVICEABLE), BlockReason.TOOL_UNSERVICEABLE),
        (replace(WRENCH, state=ToolState.LOST), BlockReason.TOOL_ABSENT),
        (replace(WRENCH, state=ToolState.IN_REPAIR), BlockReason.TOOL_ABSENT),
        (replace(WRENCH, state=ToolState.RETIRED), BlockReason.TOOL_ABSENT),
    ],
)
def test_each_of_these_speaks_against_it_and_says_which_tool(tool: Tool, reason: BlockReason) -> None:
    (block,) = blocks_of_issue([tool], [], TODAY)
    assert (block.reason, block.tool_class, block.marking) == (reason, "wrench", "W-7")
    assert (block.purpose, block.may_override) == (Purpose.OVERRIDE, Permission.OVERRIDE_ISSUE)
    assert block.due == (tool.calibration_due if reason is BlockReason.CALIBRATION_EXPIRED else None)


def test_a_calibration_speaks_against_it_from_the_day_after_its_end() -> None:
    assert reasons(replace(WRENCH, calibration_due=TODAY)) == []


def test_an_open_case_is_quality_s_alone_to_overrule_and_a_released_one_says_nothing() -> None:
    (block,) = blocks_of_issue([], [CASE], TODAY)
    assert (block.reason, block.case) == (BlockReason.CASE_OPEN, "C2026-0001")
    assert (block.purpose, block.may_override) == (Purpose.OVERRIDE_CASE, Permission.RELEASE_CASES)
    outcome = replace(OPENED, kind=CaseEventKind.OUTCOME, outcome=Outcome.FOUND)
    found = replace(CASE, events=(*CASE.events, outcome))
    assert reasons(cases=(found,)) == [BlockReason.CASE_OPEN], "found is not released"
    released = replace(found, events=(*found.events, replace(OPENED, kind=CaseEventKind.RELEASED)))
    assert reasons(cases=(released,)) == []


def test_every_block_needs_a_signature_of_its_own_purpose() -> None:
    blocks = [Block(BlockReason.CASE_OPEN, case="C2026-0001"), Block(BlockReason.TOOL_UNSERVICEABLE, "wrench")]
    refuse_unless_overruled("K-1", blocks, [Purpose.OVERRIDE, Purpose.OVERRIDE_CASE])
    refuse_unless_overruled("K-1", [], [])
    for given_, code, roles in (
        ([], "issue.case_open", (Role.QUALITY,)),
        ([Purpose.OVERRIDE], "issue.case_open", (Role.QUALITY,)),
        ([Purpose.OVERRIDE_CASE], "issue.tool_unserviceable", (Role.SHIFT_LEAD,)),
        ([Purpose.GIVER, Purpose.WITNESS], "issue.case_open", (Role.QUALITY,)),
    ):
        with pytest.raises(Refused, match=re.escape(code)) as refusal:
            refuse_unless_overruled("K-1", blocks, given_)
        assert refusal.value.details["roles"] == roles, "whom to ask"


@pytest.mark.parametrize("reason", ["", "  ", "ok", " я "])
def test_whoever_overrules_says_why(reason: str) -> None:
    with pytest.raises(BadInput, match=re.escape("override.reason_empty")):
        Override(uuid.uuid4(), reason)


def test_what_a_person_did_not_find_or_not_fit_does_not_go_out() -> None:
    expected = {"pliers": 2, "brace": 1}
    counts = {("pliers", 1): Count.FOUND, ("pliers", 2): Count.MISSING, ("brace", 1): Count.DAMAGED}
    assert custody_after_issue(expected, counted(counts)) == {"pliers": 1}
    assert custody_after_issue(expected, ()) == expected, "what only recognition missed may be out there"


def test_only_what_is_kept_stays_out_after_a_return() -> None:
    assert custody_after_return(()) == {}
    for count in Count:
        left = custody_after_return(counted({("pliers", 1): count, ("brace", 1): Count.FOUND}))
        assert left == ({"pliers": 1} if count is Count.KEPT else {})


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["pliers", "brace", "wrench"]), st.integers(1, 3)), st.sampled_from(Count)
    )
)
def test_no_tool_goes_out_that_was_not_expected_nor_stays_out_that_was_not_there(
    counts: dict[tuple[str, int], Count],
) -> None:
    expected: dict[str, int] = {}
    for name, _ in counts:
        expected[name] = expected.get(name, 0) + 1
    out = custody_after_issue(expected, counted(counts))
    assert sum(out.values()) == sum(count is Count.FOUND for count in counts.values())
    kept = custody_after_return(counted(counts))
    for left in (out, kept):
        assert all(0 < quantity <= expected[name] for name, quantity in left.items())


@pytest.mark.parametrize("asked", list(Asked))
@pytest.mark.parametrize("name", ["work_order", "aircraft", "expected_return"])
def test_a_detail_is_owed_only_where_the_station_requires_it(name: str, asked: Asked) -> None:
    station = {
        "work_order": Procedures(work_order=asked),
        "aircraft": Procedures(aircraft=asked),
        "expected_return": Procedures(expected_return=asked),
    }[name]
    station.refuse_incomplete(work_order="WO-1", aircraft="RA-89001", expected_return=NOW)
    for nothing in ("", "   "):
        asks: Callable[[], None] = partial(
            station.refuse_incomplete,
            work_order=nothing if name == "work_order" else "WO-1",
            aircraft=nothing if name == "aircraft" else "RA-89001",
            expected_return=None if name == "expected_return" else NOW,
        )
        if asked is Asked.REQUIRED:
            with pytest.raises(BadInput, match=re.escape(f"operation.{name}_owed")):
                asks()
        else:
            asks()
