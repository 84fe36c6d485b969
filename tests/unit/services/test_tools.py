"""The register of tools: changing what a kit holds, who may, and what stands in the journal afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.fakes import HandClock, frame_of, plain_picture
from tests.unit.services.conftest import PIN
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.custody import Override
from toolroom_desktop.domain.errors import NotFound, UserFacingError
from toolroom_desktop.domain.inspection import inspect
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.operation import Count, Operation, OperationType, positions_to_count
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.thresholds import ModelKnowledge, Thresholds
from toolroom_desktop.domain.toolkit import Kit
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.services.tool_input import ToolData

LEAD, STORE = "L-1", "S-1"


@pytest.fixture
def station(station: Records) -> Records:
    """As everywhere, with a storekeeper and an administrator."""
    station.accounts.add_person(badge=STORE, name="Лукина О.", role=Role.STOREKEEPER, pin=PIN, actor_badge=None)
    station.accounts.add_person(badge="A-1", name="Орлов П.", role=Role.ADMINISTRATOR, pin=PIN, actor_badge=None)
    return station


def add(records: Records, tool_class: str = "pliers", marking: str = "", **more: object) -> Tool:
    return records.tools.add(Tool(tool_class, marking=marking, **more), actor_badge=LEAD)  # type: ignore[arg-type]


def entries(records: Records, *kinds: str) -> list[JournalEntry]:
    everything = records.database.read(lambda uow: list(uow.journal.entries()))
    return [entry for entry in everything if entry.kind in kinds]


def operate(
    records: Records, type_: OperationType, kit: str = "K-1", counts: dict[tuple[str, int], Count] | None = None
) -> Operation:
    """An operation of the technician; whatever is not counted otherwise is found."""
    plan = records.operations.plan(badge="T-1", type_=type_, kit=kit)
    names = [name for name, quantity in plan.expected.items() for _ in range(quantity)]
    knowledge = ModelKnowledge("scripted", "0" * 64, frozenset(names))
    frame = frame_of(*((name, 0.95) for name in names))
    inspection = inspect(plan.expected, (frame,) * 5, Thresholds(), knowledge)
    answers = {**dict.fromkeys(positions_to_count(inspection), Count.FOUND), **(counts or {})}
    return records.operations.record(plan, Evidence(plain_picture(), inspection), Confirmation(answers))


def refused(code: str, work: Callable[[], object]) -> UserFacingError:
    with pytest.raises(UserFacingError) as caught:
        work()
    assert caught.value.code == code
    return caught.value


# --- looking


def test_a_kit_shows_what_each_place_holds_and_what_nobody_wrote_down(station: Records) -> None:
    second = add(station, "pliers", "ПЛ-2", kit="k-1", unit=2)
    shown = station.tools.in_kit("CODE-1")
    assert [(p.tool_class, p.unit, p.tool, p.empty) for p in shown.places] == [
        ("pliers", 1, None, False),
        ("pliers", 2, second, False),
        ("brace", 1, None, False),
    ]
    assert second.kit == "K-1", "the number as the kit has it"
    refused("kit.unknown", lambda: station.tools.in_kit("nowhere"))


def test_tools_are_found_by_marking_numbers_class_name_and_kit_in_any_case(station: Records) -> None:
    one = add(station, "pliers", "ПЛ-0042", serial_number="Sn-77", part_number="Арт.9", kit="K-1", unit=1)
    spare = add(station, "brace", "BR-1")
    for text in ("пл-0042", "sN-7", "арт.9", "k-1", "Plier", "Пассатижи"):
        assert station.tools.find(text) == [one], text
    assert station.tools.find("") == [spare, one]
    assert station.tools.find("никогда") == []
    assert station.tools.spare() == [spare]


def test_a_scan_means_the_marking_before_a_serial_number_and_says_when_it_is_not_clear(station: Records) -> None:
    marked = add(station, marking="X-1", serial_number="A")
    add(station, marking="X-2", serial_number="X-1")
    add(station, marking="X-3", serial_number="a")
    assert station.tools.by_scan(" x-1 ") == marked
    assert station.tools.by_scan(str(marked.tool_id)) == marked
    error = refused("tool.ambiguous", lambda: station.tools.by_scan("A"))
    assert error.details["tools"] == "X-1, X-3"
    refused("tool.unknown", lambda: station.tools.by_scan("X-9"))


def test_calibrations_are_due_by_the_stations_own_day(station: Records, clock: HandClock) -> None:
    today = date(2026, 5, 4)
    over = add(station, marking="1", calibration_due=date(2026, 5, 3))
    soon = add(station, marking="2", calibration_due=date(2026, 5, 18))
    add(station, marking="3", calibration_due=date(2026, 5, 19))
    assert station.tools.today() == today
    assert station.tools.calibrations_due(14) == [over, soon]
    clock.advance(16 * 60 * 60)  # past midnight at the station, not in Greenwich
    assert len(station.tools.calibrations_due(14)) == 3


# --- who may


@pytest.mark.parametrize("badge", ["T-1", "Q-1", "A-1"])
def test_only_who_may_change_tools_changes_their_state_and_places(station: Records, badge: str) -> None:
    tool, other = add(station, marking="1", kit="K-1", unit=1), add(station, marking="2")
    register = station.tools
    for work in (
        lambda: register.set_state(tool.tool_id, ToolState.UNSERVICEABLE, reason="трещина", actor_badge=badge),
        lambda: register.swap(tool.tool_id, other.tool_id, reason="трещина", actor_badge=badge),
        lambda: register.take_out(tool.tool_id, reason="трещина", actor_badge=badge),
        lambda: register.put_in(other.tool_id, "K-1", actor_badge=badge),
    ):
        refused("people.not_permitted", work)
    assert [entry.payload["command"] for entry in entries(station, "refused")] == [
        "tools.state",
        "tools.swap",
        "tools.take_out",
        "tools.put_in",
    ]
    assert station.tools.by_id(tool.tool_id) == tool


def test_writing_down_takes_the_catalogue_and_data_takes_either(station: Records) -> None:
    refused("people.not_permitted", lambda: station.tools.add(Tool("pliers"), actor_badge=STORE))
    tool = station.tools.add(Tool("pliers"), actor_badge="A-1")
    for number, badge in enumerate((STORE, LEAD, "A-1")):
        station.tools.change(tool.tool_id, ToolData(note=f"{number}"), actor_badge=badge)
    refused("people.not_permitted", lambda: station.tools.change(tool.tool_id, ToolData(), actor_badge="T-1"))


# --- writing down


@pytest.mark.parametrize(
    ("tool", "code"),
    [
        (Tool("ratchet"), "tool.class_unknown"),
        (Tool("pliers", kit="K-9", unit=1), "kit.unknown"),
        (Tool("pliers", kit="K-1", unit=3), "tool.no_such_place"),
        (Tool("pliers", marking="taken"), "tool.marking_taken"),
        (Tool("pliers", kit="K-2", unit=1), "tool.place_taken"),
        (Tool("pliers", state=ToolState.LOST), "tool.lost_only_by_case"),
        (Tool("pliers", marking="x" * 201), "tool.text_too_long"),
        (Tool("pliers", serial_number="a\tb"), "tool.control_character"),
    ],
)
def test_what_cannot_be_is_not_written_down(station: Records, tool: Tool, code: str) -> None:
    add(station, "pliers", "TAKEN", kit="K-2", unit=1)
    before = len(entries(station, "tool_added"))
    refused(code, lambda: station.tools.add(tool, actor_badge=LEAD))
    assert len(entries(station, "tool_added")) == before


def test_a_change_says_what_was_before_and_the_same_again_says_nothing(station: Records) -> None:
    tool = add(station, "pliers", "П-1", serial_number="7")
    data = ToolData(serial_number="7", marking="П-2", calibration_due=date(2027, 1, 2))
    changed = station.tools.change(tool.tool_id, data, actor_badge=STORE, reason="гравировка стёрлась")
    assert (changed.marking, changed.calibration_due) == ("П-2", date(2027, 1, 2))
    station.tools.change(tool.tool_id, data, actor_badge=STORE)
    (entry,) = entries(station, "tool_changed")
    assert entry.payload["was"] == {"marking": "П-1", "calibration_due": None}
    assert (entry.payload["marking"], entry.payload["by"]) == ("П-2", STORE)


# --- states


def test_a_damaged_tool_goes_to_repair_and_comes_back_each_time_by_a_record(station: Records) -> None:
    tool = add(station, "brace", "B-1", kit="K-1", unit=1)
    operate(station, OperationType.INVENTORY, counts={("brace", 1): Count.DAMAGED})
    for state, reason in ((ToolState.IN_REPAIR, "в мастерскую"), (ToolState.SERVICEABLE, "починен, акт 12")):
        station.tools.set_state(tool.tool_id, state, reason=reason, actor_badge=STORE)
    said = [(r.kind, r.by, r.reason, [(c.field, c.before, c.after) for c in r.changes]) for r in history(station, tool)]
    assert said == [
        ("tool_changed", STORE, "починен, акт 12", [("state", "in_repair", "serviceable")]),
        ("tool_changed", STORE, "в мастерскую", [("state", "unserviceable", "in_repair")]),
        ("tool_changed", "T-1", "damaged", [("state", "serviceable", "unserviceable")]),
        ("tool_added", LEAD, "", []),
    ]


def history(station: Records, tool: Tool) -> list:  # type: ignore[type-arg]
    return station.tools.history(tool.tool_id)


def test_a_state_wants_a_reason_and_a_way_that_leads_there(station: Records) -> None:
    tool = add(station)

    def set_to(state: ToolState, reason: str = "причина") -> Callable[[], Tool]:
        return lambda: station.tools.set_state(tool.tool_id, state, reason=reason, actor_badge=STORE)

    refused("tool.reason_empty", set_to(ToolState.UNSERVICEABLE, " x "))
    refused("tool.state_not_possible", set_to(ToolState.IN_REPAIR))
    refused("tool.lost_only_by_case", set_to(ToolState.LOST))
    refused("tool.unchanged", set_to(ToolState.SERVICEABLE))
    assert entries(station, "tool_changed") == []


# --- places


def test_a_swap_moves_both_tools_in_one_record(station: Records) -> None:
    old = add(station, "brace", "OLD", kit="K-1", unit=1)
    spare = add(station, "brace", "NEW")
    station.tools.set_state(old.tool_id, ToolState.UNSERVICEABLE, reason="люфт", actor_badge=STORE)
    out, new = station.tools.swap(old.tool_id, spare.tool_id, reason="люфт", actor_badge=STORE)
    assert (out.kit, out.state, new.kit, new.unit) == ("", ToolState.UNSERVICEABLE, "K-1", 1)
    assert station.tools.in_kit("K-1").places[2].tool == new
    (entry,) = entries(station, "tool_swapped")
    said = entry.payload
    assert (said["kit"], said["unit"], said["reason"], said["by"]) == ("K-1", 1, "люфт", STORE)
    assert said["out"]["was"] == {"kit": "K-1", "unit": 1}
    assert said["in"]["was"] == {"kit": "", "unit": 0}
    assert [record.kind for record in history(station, new)] == ["tool_swapped", "tool_added"]


def test_a_swap_takes_a_tool_that_nobody_knew_yet(station: Records) -> None:
    old = add(station, "brace", "OLD", kit="K-1", unit=1)
    _, new = station.tools.swap(old.tool_id, Tool("brace", marking="NEW"), reason="новый", actor_badge=STORE)
    assert station.tools.by_scan("NEW") == new
    assert entries(station, "tool_swapped")[0].payload["in"]["was"] is None


def test_only_a_fit_spare_tool_of_the_class_goes_into_a_kit(station: Records) -> None:
    old = add(station, "brace", "OLD", kit="K-1", unit=1)
    in_another = add(station, "brace", "K2", kit="K-2", unit=1)
    broken = add(station, "brace", "BROKEN", state=ToolState.UNSERVICEABLE)
    over = add(station, "brace", "OVER", calibration_due=date(2026, 5, 3))
    pliers = add(station, "pliers", "PLIERS")
    for code, other in (
        ("tool.not_spare", in_another),
        ("tool.not_serviceable", broken),
        ("tool.calibration_over", over),
        ("tool.other_class", pliers),
    ):
        refused(code, lambda: station.tools.swap(old.tool_id, other.tool_id, reason="люфт", actor_badge=STORE))  # noqa: B023
    refused(
        "tool.spare_already", lambda: station.tools.swap(pliers.tool_id, old.tool_id, reason="x" * 3, actor_badge=STORE)
    )
    assert entries(station, "tool_swapped") == []


def test_a_place_stays_known_to_be_empty_until_a_tool_is_put_in(station: Records) -> None:
    tool = add(station, "pliers", "P-1", kit="K-1", unit=1)
    station.tools.take_out(tool.tool_id, reason="нужен в K-2", actor_badge=STORE)
    assert [(p.unit, p.tool, p.empty) for p in station.tools.in_kit("K-1").places[:2]] == [
        (1, None, True),
        (2, None, False),
    ]
    plan = station.operations.plan(badge="T-1", type_=OperationType.CHECKOUT, kit="K-1")
    assert plan.expected == {"pliers": 1, "brace": 1}
    assert [(block.reason, block.tool_class) for block in plan.blocks] == [("tool_absent", "pliers")]
    back = station.tools.put_in(tool.tool_id, "k-1", actor_badge=STORE)
    assert (back.kit, back.unit) == ("K-1", 1), "the empty place before one that nobody wrote down"
    assert not station.tools.in_kit("K-1").places[0].empty
    assert not station.operations.plan(badge="T-1", type_=OperationType.CHECKOUT, kit="K-1").blocks
    kinds = [record.kind for record in history(station, tool)]
    assert kinds == ["tool_put_in", "tool_taken_out", "tool_added"]


def test_nothing_is_put_where_there_is_no_free_place(station: Records) -> None:
    add(station, "brace", "B-1", kit="K-1", unit=1)
    spare = add(station, "brace", "B-2")
    refused("tool.no_free_place", lambda: station.tools.put_in(spare.tool_id, "K-1", actor_badge=STORE))
    refused("tool.no_such_place", lambda: station.tools.put_in(spare.tool_id, "K-1", unit=2, actor_badge=STORE))
    refused("tool.place_taken", lambda: station.tools.put_in(spare.tool_id, "K-1", unit=1, actor_badge=STORE))


# --- while the kit is out


def test_what_went_out_with_a_kit_is_not_changed_behind_the_holders_back(station: Records) -> None:
    brace, spare = add(station, "brace", "B-1", kit="K-1", unit=1), add(station, "brace", "B-2")
    operate(station, OperationType.CHECKOUT)
    register = station.tools
    for work in (
        lambda: register.set_state(brace.tool_id, ToolState.UNSERVICEABLE, reason="люфт", actor_badge=STORE),
        lambda: register.swap(brace.tool_id, spare.tool_id, reason="люфт", actor_badge=STORE),
        lambda: register.take_out(brace.tool_id, reason="люфт", actor_badge=STORE),
    ):
        assert refused("tool.kit_out", work).details["kit"] == "K-1"
    register.change(brace.tool_id, ToolData(marking="B-1", note="записали"), actor_badge=STORE)
    add(station, "pliers", "P-1", kit="K-1", unit=1)  # was out, and nobody had written it down
    operate(station, OperationType.CHECKIN)
    register.swap(brace.tool_id, spare.tool_id, reason="люфт", actor_badge=STORE)


def test_a_tool_that_stayed_here_can_go_to_repair_while_its_kit_is_out(station: Records) -> None:
    broken = add(station, "pliers", "P-1", kit="K-1", unit=1)
    spare = add(station, "pliers", "P-3")
    add(station, "pliers", "P-2", kit="K-1", unit=2)
    operate(station, OperationType.CHECKOUT, counts={("pliers", 1): Count.DAMAGED, ("pliers", 2): Count.FOUND})
    operate_held(station)
    station.tools.set_state(broken.tool_id, ToolState.IN_REPAIR, reason="в мастерскую", actor_badge=STORE)
    # Back in its place it would count among those that must come back.
    refused(
        "tool.kit_out",
        lambda: station.tools.set_state(broken.tool_id, ToolState.SERVICEABLE, reason="починен", actor_badge=STORE),
    )
    refused("tool.kit_out", lambda: station.tools.swap(broken.tool_id, spare.tool_id, reason="люфт", actor_badge=STORE))


def operate_held(station: Records) -> None:
    """The checkout that found it broken handed nothing out; the shift lead lets the rest go."""
    plan = station.operations.plan(badge="T-1", type_=OperationType.CHECKOUT, kit="K-1")
    signature = station.accounts.sign(badge=LEAD, pin=PIN, purpose=Purpose.OVERRIDE, subject=plan.subject)
    names = [name for name, quantity in plan.expected.items() for _ in range(quantity)]
    frame = frame_of(*((name, 0.95) for name in names))
    inspection = inspect(
        plan.expected, (frame,) * 5, Thresholds(), ModelKnowledge("scripted", "0" * 64, frozenset(names))
    )
    override = Override(signature.signature_id, "без одного инструмента")
    station.operations.record(plan, Evidence(plain_picture(), inspection), Confirmation({}, overrides=(override,)))


# --- lost tools


def test_a_tool_that_is_searched_for_changes_only_through_its_case(station: Records) -> None:
    lost = add(station, "brace", "B-1", kit="K-1", unit=1)
    spare = add(station, "brace", "B-2")
    operation = operate(station, OperationType.INVENTORY, counts={("brace", 1): Count.MISSING})
    register = station.tools
    before = register.by_id(lost.tool_id)
    assert before.state is ToolState.LOST
    for work in (
        lambda: register.set_state(lost.tool_id, ToolState.SERVICEABLE, reason="нашёлся", actor_badge=STORE),
        lambda: register.swap(lost.tool_id, spare.tool_id, reason="утерян", actor_badge=STORE),
        lambda: register.take_out(lost.tool_id, reason="утерян", actor_badge=STORE),
        lambda: register.change(lost.tool_id, ToolData(marking="другой"), actor_badge="A-1"),
        lambda: register.set_photo(lost.tool_id, plain_picture(), actor_badge=STORE),
    ):
        assert refused("tool.case_open", work).details["case"] == operation.cases[0]
    assert register.by_id(lost.tool_id) == before
    opened = register.history(lost.tool_id)[0]
    assert (opened.kind, opened.case, opened.operation) == (
        "case_opened",
        operation.cases[0],
        str(operation.operation_id),
    )


def test_a_photo_is_kept_among_the_evidence_and_replaces_the_one_before(station: Records) -> None:
    tool = add(station, "brace", "B-1")
    first = station.tools.set_photo(tool.tool_id, plain_picture(10), actor_badge=STORE)
    second = station.tools.set_photo(tool.tool_id, plain_picture(90), actor_badge=STORE)
    assert station.tools.photo(second).startswith(b"\xff\xd8") and first.photo != second.photo
    assert entries(station, "tool_changed")[1].payload["was"] == {"photo": first.photo}
    station.database.read(lambda uow: dict(uow.evidence.all()))[second.photo]


def test_nobody_is_told_of_a_tool_that_is_not_there(station: Records) -> None:
    gone = Tool("brace")
    with pytest.raises(NotFound):
        station.tools.by_id(gone.tool_id)
    with pytest.raises(NotFound):
        station.tools.change(gone.tool_id, ToolData(), actor_badge=LEAD)


def test_a_toolkit_that_was_shortened_leaves_its_tools_in_sight(station: Records) -> None:
    tool = add(station, "pliers", "P-2", kit="K-1", unit=2)
    toolkit = station.catalogue.toolkit("T")
    shorter = replace(toolkit, positions=(replace(toolkit.positions[0], quantity=1), toolkit.positions[1]))
    station.catalogue.take_in([shorter], [Kit("K-1", "T", "CODE-1")], actor_badge=None)
    last = station.tools.in_kit("K-1").places[-1]
    assert (last.tool, last.surplus) == (tool, True)
    station.tools.take_out(tool.tool_id, reason="лишний", actor_badge=STORE)
    assert [place.empty for place in station.tools.in_kit("K-1").places] == [False, False]
