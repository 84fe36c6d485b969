"""Lists of tools against the register: what they would change, what they may not, and all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.unit.services.test_tools import STORE, add, entries, operate, refused
from tests.unit.services.test_tools import station as station
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.errors import BadImportFile
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.tool_import import ImportPlan, RowKind, RowProblem, ToolFile, ToolRow


def listed(*rows: dict[str, Any]) -> ToolFile:
    """A list whose rows begin in line 2."""
    return ToolFile("список.xlsx", "0" * 64, tuple(ToolRow(line, row) for line, row in enumerate(rows, start=2)))


def row(tool_class: str = "pliers", **more: Any) -> dict[str, Any]:
    return {"tool_class": tool_class, **more}


def kinds(plan: ImportPlan) -> list[str]:
    return [planned.kind.value for planned in plan.rows]


def problems(plan: ImportPlan) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.error.code) for problem in plan.problems]


def take_in(station: Records, *rows: dict[str, Any]) -> ImportPlan:
    plan = station.tool_lists.preview(listed(*rows))
    assert problems(plan) == []
    return station.tool_lists.apply(plan, actor_badge="A-1")


# --- what a list would change


def test_a_preview_tells_new_changed_field_by_field_and_unchanged(station: Records) -> None:
    add(station, "pliers", "П-1", serial_number="7", calibration_due=date(2026, 6, 1))
    same = add(station, "pliers", "П-2", kit="K-1", unit=1)
    plan = station.tool_lists.preview(
        listed(
            row(marking="п-1", serial_number="8", calibration_due=None, kit="k-1", unit=2),
            row(marking="П-2", kit="K-1", unit=1, state=None),
            row("brace", marking="B-1", kit="", unit=None),
        )
    )
    assert kinds(plan) == ["changed", "unchanged", "new"]
    assert [(change.field, change.before, change.after) for change in plan.rows[0].changes] == [
        ("kit", "", "K-1"),
        ("unit", "", "2"),
        ("serial_number", "7", "8"),
        ("marking", "П-1", "п-1"),
        ("calibration_due", "2026-06-01", ""),
    ]
    assert plan.rows[1].after == same
    assert len(plan.of_kind(RowKind.NEW)) == 1
    assert entries(station, "tools_imported") == [], "nothing is written by looking"


def test_a_column_that_the_file_lacks_leaves_a_field_alone(station: Records) -> None:
    tool = add(station, "pliers", "П-1", kit="K-1", unit=1, serial_number="7", note="новый")
    plan = station.tool_lists.preview(listed({"marking": "П-1", "part_number": "A"}))
    after = plan.rows[0].after
    assert (after.kit, after.unit, after.serial_number, after.note) == ("K-1", 1, "7", "новый")
    assert after.tool_id == tool.tool_id


def test_a_tool_without_a_marking_is_known_by_its_place_or_its_id(station: Records) -> None:
    one = add(station, "pliers", kit="K-1", unit=1)
    two = add(station, "pliers", kit="K-1", unit=2)
    plan = station.tool_lists.preview(
        listed(row(kit="K-1", unit=1, marking="П-1"), row(tool_id=two.tool_id, marking="П-2"))
    )
    assert [planned.before for planned in plan.rows] == [one, two]
    known = uuid4()
    assert station.tool_lists.preview(listed(row(tool_id=known))).rows[0].after.tool_id == known


def test_tools_without_a_place_get_the_free_ones(station: Records) -> None:
    add(station, "pliers", "П-1", kit="K-1", unit=1)
    plan = station.tool_lists.preview(
        listed(row(marking="П-2", kit="K-1"), row(marking="П-3", kit="K-2"), row(marking="П-4", kit="K-2"))
    )
    assert problems(plan) == []
    assert [(planned.after.kit, planned.after.unit) for planned in plan.rows] == [("K-1", 2), ("K-2", 1), ("K-2", 2)]
    more = station.tool_lists.preview(listed(row(marking="5", kit="K-1"), row(marking="6", kit="K-1")))
    assert problems(more) == [(3, "kit", "tool.no_free_place")]


# --- errors by row and column


def test_every_row_that_cannot_be_is_named_with_its_column(station: Records) -> None:
    add(station, "pliers", "П-1", kit="K-1", unit=1)
    spare = add(station, "pliers", "П-9")
    plan = station.tool_lists.preview(
        listed(
            row("ratchet"),
            row(""),
            row(kit="K-9", unit=1),
            row(kit="K-1", unit=3),
            row("brace", marking="П-9"),
            row(unit=1, kit=""),
            row(marking="x", state=ToolState.LOST),
            row(marking="П-1", state=ToolState.IN_REPAIR, kit="K-1", unit=1),
            row(marking="новый", kit="K-1", unit=1),
            row(marking="a" * 201),
        )
    )
    assert problems(plan) == [
        (2, "class", "tool.class_unknown"),
        (3, "class", "import.column_owed"),
        (4, "kit", "import.kit_unknown"),
        (5, "place", "tool.no_such_place"),
        (6, "class", "import.class_differs"),
        (7, "place", "import.place_without_kit"),
        (8, "state", "tool.lost_only_by_case"),
        (9, "state", "tool.state_not_possible"),
        (10, "place", "tool.place_taken"),
        (11, "", "tool.text_too_long"),
    ]
    refused("import.has_errors", lambda: station.tool_lists.apply(plan, actor_badge="A-1"))
    assert station.tools.find("П") == [spare, station.tools.by_scan("П-1")]


def test_what_stands_twice_is_named_with_the_row_where_it_stood_first(station: Records) -> None:
    tool = add(station, "pliers", "П-1")
    plan = station.tool_lists.preview(
        listed(
            row(marking="П-2", kit="K-1", unit=1),
            row(marking="п-2 "),
            row(marking="П-3", kit="k-1", unit=1),
            row(marking="П-1"),
            row(tool_id=tool.tool_id, marking="П-4"),
        )
    )
    assert problems(plan) == [
        (3, "marking", "import.marking_twice"),
        (4, "place", "import.place_twice"),
        (6, "marking", "import.tool_twice"),
    ]
    assert [problem.error.details["first"] for problem in plan.problems] == [2, 2, 5]


def test_a_marking_of_a_tool_that_the_file_leaves_alone_is_taken(station: Records) -> None:
    tool = add(station, "pliers", "П-1")
    add(station, "pliers", "П-2")
    plan = station.tool_lists.preview(listed(row(tool_id=tool.tool_id, marking="П-2")))
    assert problems(plan) == [(2, "marking", "tool.marking_taken")]


# --- taking in


def test_a_list_is_taken_in_whole_and_recorded_tool_by_tool(station: Records) -> None:
    known = add(station, "pliers", "П-1", kit="K-1", unit=1)
    add(station, "brace", "B-0", kit="K-1", unit=1)
    take_in(
        station,
        row(marking="П-1", kit="", unit=None),
        row("brace", marking="B-0", kit="K-1", unit=1),
        *(row(marking=f"N-{number}") for number in range(450)),
    )
    said = [entry.payload for entry in entries(station, "tools_imported")]
    assert [len(payload["tools"]) for payload in said] == [200, 200, 51]
    assert [(payload["part"], payload["parts"], payload["by"]) for payload in said] == [
        (n, 3, "A-1") for n in (1, 2, 3)
    ]
    assert said[0]["tools"][0]["was"] == {"kit": "K-1", "unit": 1}
    assert said[0]["tools"][1]["was"] is None
    record = station.tools.history(known.tool_id)[0]
    assert (record.kind, [change.field for change in record.changes]) == ("tools_imported", ["kit", "unit"])
    place = station.tools.in_kit("K-1").places[0]
    assert (place.tool, place.empty) == (None, True), "a place that a list emptied is known to be empty"
    assert len(station.tools.spare()) == 451


def test_tools_may_change_places_and_markings_with_each_other(station: Records) -> None:
    one = add(station, "pliers", "П-1", kit="K-1", unit=1)
    two = add(station, "pliers", "П-2", kit="K-2", unit=1)
    take_in(
        station,
        row(tool_id=one.tool_id, marking="П-2", kit="K-2", unit=1),
        row(tool_id=two.tool_id, marking="П-1", kit="K-1", unit=1),
    )
    assert station.tools.by_scan("П-1").tool_id == two.tool_id
    assert station.tools.in_kit("K-2").places[0].tool == station.tools.by_id(one.tool_id)


def test_the_same_list_again_changes_nothing_and_records_nothing(station: Records) -> None:
    rows = [row(marking="П-1", kit="K-1"), row("brace", kit="K-1", unit=1, calibration_due=date(2027, 1, 1))]
    take_in(station, *rows)
    assert kinds(take_in(station, *rows)) == ["unchanged", "unchanged"]
    assert len(entries(station, "tools_imported")) == 1


@pytest.mark.parametrize("badge", ["T-1", STORE, "Q-1"])
def test_a_list_is_taken_in_only_by_who_keeps_the_catalogue(station: Records, badge: str) -> None:
    plan = station.tool_lists.preview(listed(row(marking="П-1")))
    refused("people.not_permitted", lambda: station.tool_lists.apply(plan, actor_badge=badge))
    assert [entry.payload["command"] for entry in entries(station, "refused")] == ["tools.import"]
    assert station.tools.find() == []


def test_what_changed_since_it_was_looked_at_is_looked_at_again(station: Records) -> None:
    add(station, "pliers", "П-1")
    plan = station.tool_lists.preview(listed(row(marking="П-1", note="из списка")))
    station.tools.set_state(
        station.tools.by_scan("П-1").tool_id, ToolState.UNSERVICEABLE, reason="люфт", actor_badge=STORE
    )
    refused("import.changed_meanwhile", lambda: station.tool_lists.apply(plan, actor_badge="A-1"))
    assert station.tools.by_scan("П-1").note == ""


def test_an_import_that_is_stopped_leaves_nothing_behind(station: Records) -> None:
    plan = station.tool_lists.preview(listed(*(row(marking=f"N-{number}") for number in range(450))))

    def stop(done: int, total: int) -> None:
        if done:
            raise BadImportFile("import.cancelled")

    refused("import.cancelled", lambda: station.tool_lists.apply(plan, actor_badge="A-1", watch=stop))
    assert station.tools.find() == [] and entries(station, "tools_imported") == []
    station.tool_lists.apply(plan, actor_badge="A-1")
    assert len(station.tools.spare()) == 450


# --- what no list changes


def changes_of(tool: Tool) -> list[dict[str, Any]]:
    return [
        row("brace", tool_id=tool.tool_id, state=ToolState.SERVICEABLE),
        row("brace", tool_id=tool.tool_id, note="нашёлся"),
        row("brace", tool_id=tool.tool_id, kit="", unit=None),
        row("brace", marking=tool.marking, kit="K-2", unit=1),
    ]


def test_no_list_changes_a_tool_that_is_searched_for(station: Records) -> None:
    lost = add(station, "brace", "B-1", kit="K-1", unit=1)
    operate(station, OperationType.INVENTORY, counts={("brace", 1): Count.MISSING})
    for change in changes_of(lost):
        (problem,) = problems(station.tool_lists.preview(listed(change)))
        assert problem[2] in ("tool.case_open", "tool.state_not_possible"), change
    assert problems(station.tool_lists.preview(listed(row("brace", marking="B-1", kit="K-1", unit=1)))) == []
    took_its_place = station.tool_lists.preview(listed(row("brace", marking="B-2", kit="K-1", unit=1)))
    assert problems(took_its_place) == [(2, "place", "tool.place_taken")]


def test_no_list_changes_what_is_out_with_a_kit_but_what_is_written_on_it(station: Records) -> None:
    out = add(station, "brace", "B-1", kit="K-1", unit=1)
    operate(station, OperationType.CHECKOUT)
    for change in (
        row("brace", marking="B-1", kit="", unit=None),
        row("brace", marking="B-1", state=ToolState.UNSERVICEABLE),
        row("brace", marking="B-1", kit="K-2", unit=1),
    ):
        assert problems(station.tool_lists.preview(listed(change))) == [(2, "kit", "tool.kit_out")], change
    take_in(station, row("brace", tool_id=out.tool_id, marking="B-2"), row(marking="П-1", kit="K-1", unit=2))


def test_a_problem_of_the_file_stands_among_those_of_the_register(station: Records) -> None:
    read = RowProblem(2, "place", BadImportFile("import.not_a_place", value="x"))
    file = ToolFile("a.csv", "0" * 64, (ToolRow(3, row("ratchet")), ToolRow(4, row())), (read,))
    plan = station.tool_lists.preview(file)
    assert [problem.line for problem in plan.problems] == [2, 3]


# --- out


@pytest.mark.parametrize("export", ["export_tools", "export_kits"])
@pytest.mark.parametrize(("badge", "may"), [("T-1", False), (STORE, True), ("Q-1", True), ("A-1", True), (None, True)])
def test_who_may_takes_lists_out_and_the_journal_says_so(
    station: Records, export: str, badge: str | None, may: bool
) -> None:
    add(station, "pliers", "П-1")

    def out() -> Any:
        work: Callable[..., Any] = getattr(station.tool_lists, export)
        return work(actor_badge=badge, file="все.xlsx")

    if not may:
        refused("people.not_permitted", out)
        assert entries(station, "exported") == []
        return
    found = out()
    (entry,) = entries(station, "exported")
    count = len(found.tools) if export == "export_tools" else len(found.kits)
    assert entry.payload == {
        "what": export.removeprefix("export_"),
        "file": "все.xlsx",
        "count": count,
        "by": badge,
    }
