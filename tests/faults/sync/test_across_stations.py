"""A kit that goes out at one station and comes back at another, with a real PostgreSQL between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.centre.rooms import Room, meet, rooms_of
from tests.centre.server import PostgreSql
from tests.centre.stations import Hangar
from tests.faults.sync.conftest import hangar_in
from tests.toolroom.desk import Word, look
from toolroom_desktop.adapters.central.gateway import CentreLines
from toolroom_desktop.adapters.central.setup import derive_all_pending
from toolroom_desktop.domain.cases import CaseKind, CaseState, Outcome
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.services.case_opening import MissingReport
from toolroom_desktop.services.later_records import Details
from toolroom_desktop.services.operation_input import Confirmation
from toolroom_desktop.services.ports import UnitOfWork

WHOLE = {"pliers": 2, "brace": 1}


@pytest.fixture
def rooms(hangar: Hangar, tmp_path: Path) -> Iterator[list[Room]]:
    made = rooms_of(hangar, tmp_path)
    yield made
    for room in made:
        room.close()


@pytest.fixture
def a(rooms: list[Room]) -> Room:
    return rooms[0]


@pytest.fixture
def b(rooms: list[Room]) -> Room:
    return rooms[1]


def test_a_kit_that_is_out_elsewhere_is_not_issued_and_comes_back_with_both_photos(a: Room, b: Room) -> None:
    issued = a.desk.take("T-1", "K-1", aircraft="RA-89001")
    a.sync()
    b.sync()
    with pytest.raises(Refused) as refused:
        b.desk.take("T-2", "K-1")
    assert refused.value.code == "operation.kit_out_elsewhere"
    assert (refused.value.details["station"], refused.value.details["name"]) == ("Ангар A", "Иванов И. И.")
    plan = b.desk.plan("T-1", OperationType.CHECKIN, "K-1")
    assert (plan.station, plan.expected, plan.checkout_unknown) == ("Ангар A", WHOLE, False)
    assert plan.issue is not None
    shown = b.records.operations.photo(plan.issue.photos.clean)
    assert shown == a.records.operations.photo(issued.photos.clean), "the photo of the issue came along"
    returned = b.desk.confirm(plan)
    assert (returned.closes, returned.aircraft) == (issued.operation_id, "RA-89001")
    assert b.out() == {}
    b.desk.take("T-2", "K-1")
    meet([a, b])
    (ended,) = a.said("custody_ended_elsewhere")
    assert (ended["operation"], ended["station"]) == (str(issued.operation_id), "Ангар B")
    assert a.out() == b.out()
    assert [holder for holder, _ in a.out().values()] == ["T-2"]
    assert a.said("custody_ended_elsewhere") == [ended], "it is noted once"


def test_a_photo_that_has_not_come_yet_is_said_to_come(a: Room, b: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    a.desk.take("T-1", "K-1")
    a.sync()
    monkeypatch.setattr(type(b.fetcher), "anything", False)
    b.sync()
    plan = b.desk.plan("T-1", OperationType.CHECKIN, "K-1")
    assert plan.issue is not None
    with pytest.raises(NotFound, match="not_fetched"):
        b.records.operations.photo(plan.issue.photos.clean)
    monkeypatch.undo()
    b.sync()
    assert b.records.operations.photo(plan.issue.photos.clean)


def test_a_part_that_comes_back_elsewhere_leaves_the_rest_with_its_holder_everywhere(a: Room, b: Room) -> None:
    a.desk.take("T-1", "K-1")
    meet([a, b])
    part = b.desk.bring("T-1", "K-1", {("brace", 1): Count.KEPT})
    meet([a, b])
    assert a.out() == b.out() == {str(part.operation_id): ("T-1", {"brace": 1})}
    rest = a.desk.plan("T-1", OperationType.CHECKIN, "K-1")
    assert (rest.station, rest.expected) == ("Ангар B", {"brace": 1})
    a.desk.confirm(rest)
    meet([a, b])
    assert a.out() == b.out() == {}
    assert a.records.cases.open() == b.records.cases.open() == []


def test_a_handover_elsewhere_and_a_correction_are_known_everywhere(a: Room, b: Room) -> None:
    issued = a.desk.take("T-1", "K-1")
    meet([a, b])
    plan = b.desk.plan("T-2", OperationType.HANDOVER, "K-1")
    taken = b.desk.confirm(plan, giver="T-1")
    meet([a, b])
    assert a.out() == b.out() == {str(taken.operation_id): ("T-2", WHOLE)}
    assert a.records.operations.in_hands_of("T-2")[0].station == "Ангар B"
    b.records.operations.correct(
        badge="S-1", operation_id=taken.operation_id, details=Details(aircraft="RA-1"), reason="неверный борт"
    )
    meet([a, b])
    (held,) = a.records.operations.in_hands_of("T-2")
    assert held.operation.aircraft == "RA-1"
    assert issued.operation_id not in a.out()


def test_a_count_given_later_takes_out_of_custody_elsewhere_what_was_not_there(a: Room, b: Room) -> None:
    plan = a.desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    taken = a.records.operations.record(
        plan, look(plan, {("brace", 1): Count.MISSING}), Confirmation({}, count_later=True)
    )
    meet([a, b])
    assert b.out() == {str(taken.operation_id): ("T-1", WHOLE)}
    later, _ = a.records.operations.plan_count(badge="T-1", operation_id=taken.operation_id)
    answers = {("pliers", 1): Count.FOUND, ("pliers", 2): Count.FOUND, ("brace", 1): Count.MISSING}
    a.records.operations.count(badge="T-1", operation_id=later.operation_id, confirmation=Confirmation(answers))
    meet([a, b])
    assert b.out() == a.out() == {str(taken.operation_id): ("T-1", {"pliers": 2})}
    (case,) = b.records.database.read(lambda uow: uow.elsewhere.cases("K-1"))
    assert (case.station, case.case.kind, case.case.tool_class) == ("Ангар A", CaseKind.MISSING, "brace")


def test_an_open_case_elsewhere_keeps_the_kit_in_until_it_is_released_there(a: Room, b: Room) -> None:
    a.desk.take("T-1", "K-1")
    a.desk.bring("T-1", "K-1", {("brace", 1): Count.MISSING})
    meet([a, b])
    (block,) = b.desk.plan("T-2", OperationType.CHECKOUT, "K-1").blocks
    assert block.station == "Ангар A"
    with pytest.raises(Refused, match="case_open_elsewhere"):
        b.desk.take("T-2", "K-1")
    (row,) = a.records.cases.open()
    a.records.cases.search(badge="T-1", number=row.case.number, place="на борту")
    a.records.cases.conclude(badge="T-1", number=row.case.number, outcome=Outcome.FOUND, place="на борту")
    a.records.cases.release(badge="Q-1", number=row.case.number, statement="найден, борт осмотрен")
    meet([a, b])
    b.desk.take("T-2", "K-1")
    a.sync()


def test_a_tool_reported_lost_while_its_kit_was_out_elsewhere_comes_back_as_itself(a: Room, b: Room) -> None:
    a.desk.take("T-1", "K-1")
    meet([a, b])
    b.clock.advance(60)
    report = MissingReport(kit="K-1", tool_class="brace", text="упал в отсек шасси")
    opened = b.records.cases.open_by_hand(badge="T-2", report=report)
    assert (opened.holder_badge, opened.events[0].operation) == ("T-1", "checkout")
    b.desk.bring("T-1", "K-1")
    case = b.records.cases.by_number(opened.number)
    assert case.events[-1].count is Count.FOUND, "the count at the return speaks of the very tool"
    (tool,) = b.records.database.read(lambda uow: uow.tools.by_marking("K-1-b1"))
    assert tool.tool_id == case.tool_id


def test_quality_may_sign_for_an_issue_in_spite_of_a_case_elsewhere(a: Room, b: Room) -> None:
    a.desk.take("T-1", "K-1")
    a.desk.bring("T-1", "K-1", {("brace", 1): Count.MISSING})
    meet([a, b])
    word = Word("Q-1", Purpose.OVERRIDE_CASE, "самолёт осмотрен")
    assert b.desk.take("T-2", "K-1", words=(word,)).overrides[0]["overruled"][0]["station"] == "Ангар A"


class TestUnknownCheckout:
    def test_it_is_accepted_flagged_and_joined_when_the_checkout_arrives(self, a: Room, b: Room) -> None:
        issued = a.desk.take("T-1", "K-1")
        b.clock.advance(60)
        plan = b.desk.plan("T-1", OperationType.CHECKIN, "K-1")
        assert plan.checkout_unknown
        returned = b.desk.confirm(plan)
        assert returned.checkout_unknown
        assert b.records.operations.as_json(returned)["operation"]["checkout_unknown"] is True
        b.sync()
        meet([a, b])
        (joined,) = b.said("checkout_joined")
        assert (joined["operation"], joined["checkout"]) == (str(returned.operation_id), str(issued.operation_id))
        assert b.records.operations.by_id(str(returned.operation_id)).closes == issued.operation_id
        assert a.out() == b.out() == {}
        assert len(a.said("custody_ended_elsewhere")) == 1
        assert a.records.cases.open() == b.records.cases.open() == []

    def test_what_it_did_not_ask_for_opens_a_case(self, a: Room, b: Room) -> None:
        def broken(uow: UnitOfWork) -> None:
            tool = uow.tools.by_marking("K-1-b1")[0]
            uow.tools.save(replace(tool, state=ToolState.IN_REPAIR))

        a.desk.take("T-1", "K-1")
        b.records.database.write(broken)
        b.clock.advance(60)
        returned = b.desk.bring("T-1", "K-1")
        assert "brace" not in returned.expected, "here it is known to be in repair"
        meet([a, b])
        (row,) = b.records.cases.open()
        assert (row.case.kind, row.case.tool_class, row.case.holder_badge) == (CaseKind.MISSING, "brace", "T-1")
        assert a.out() == b.out() == {}
        assert [one.case.number for one in a.records.database.read(lambda uow: uow.elsewhere.cases())] == [
            row.case.number
        ]

    def test_an_issue_after_it_is_no_double_issue(self, a: Room, b: Room) -> None:
        a.desk.take("T-1", "K-1")
        b.clock.advance(60)
        b.desk.bring("T-1", "K-1")
        b.clock.advance(60)
        again = b.desk.take("T-2", "K-1")
        b.sync()
        a.sync()
        assert a.records.cases.open() == [], "the other station will find out since when it was out"
        meet([a, b])
        assert a.out() == b.out() == {str(again.operation_id): ("T-2", WHOLE)}
        assert a.records.cases.open() == b.records.cases.open() == []

    def test_it_needs_its_count_at_once_and_a_centre(self, a: Room, b: Room) -> None:
        plan = b.desk.plan("T-1", OperationType.CHECKIN, "K-1")
        with pytest.raises(BadInput, match="unknown_needs_count"):
            b.desk.confirm(plan, {("brace", 1): Count.MISSING}, count_later=True)
        with pytest.raises(BadInput, match="unknown_keeps_nothing"):
            b.desk.confirm(plan, {("brace", 1): Count.KEPT})
        alone = replace(b.desk, operations=replace(b.records.operations, has_centre=lambda: False))
        with pytest.raises(Refused, match="kit_not_out"):
            alone.plan("T-1", OperationType.CHECKIN, "K-1")


class TestDoubleIssue:
    def test_both_stations_open_a_case_once_and_quality_releases_it_when_all_came_back(self, a: Room, b: Room) -> None:
        first, second = a.desk.take("T-1", "K-1"), b.desk.take("T-2", "K-1")
        meet([a, b])
        for room, other in ((a, second), (b, first)):
            (row,) = room.records.cases.open()
            assert (row.case.kind, row.case.state) == (CaseKind.DOUBLE_ISSUE, CaseState.OPEN)
            assert row.case.events[0].operation_id == other.operation_id
            assert len(room.said("case_opened")) == 1
        assert set(a.out()) == set(b.out()) == {str(first.operation_id), str(second.operation_id)}
        a.desk.bring("T-1", "K-1")
        meet([a, b])
        with pytest.raises(Refused, match="out_elsewhere"):
            a.desk.take("T-1", "K-1")
        assert a.records.cases.open()[0].case.outcome is None, "it is still out once"
        a.desk.bring("T-2", "K-1")
        meet([a, b])
        assert a.out() == b.out() == {}
        for room in (a, b):
            (row,) = room.records.cases.open()
            assert row.case.state is CaseState.AWAITS_RELEASE
            with pytest.raises(Refused, match="case_open"):
                room.desk.take("T-1", "K-1")
            room.records.cases.release(badge="Q-1", number=row.case.number, statement="комплект на месте, выдан дважды")
        meet([a, b])
        a.desk.take("T-1", "K-1")
        meet([a, b])
        assert a.records.cases.open() == b.records.cases.open() == []

    def test_a_kit_handed_on_here_and_taken_back_elsewhere_is_a_case_too(self, a: Room, b: Room) -> None:
        a.desk.take("T-1", "K-1")
        meet([a, b])
        handed = a.desk.confirm(a.desk.plan("T-2", OperationType.HANDOVER, "K-1"), giver="T-1")
        b.desk.bring("T-1", "K-1")
        meet([a, b])
        assert a.out() == b.out() == {str(handed.operation_id): ("T-2", WHOLE)}
        (row,) = a.records.cases.open()
        assert row.case.kind is CaseKind.DOUBLE_ISSUE
        b.desk.bring("T-2", "K-1")
        meet([a, b])
        assert a.out() == b.out() == {}
        assert a.records.cases.open()[0].case.state is CaseState.AWAITS_RELEASE


def test_a_clock_that_is_far_ahead_is_not_adopted(a: Room, b: Room) -> None:
    a.clock.advance(240)
    a.desk.take("T-1", "K-1")
    a.sync()
    b.sync()
    b.desk.take("T-2", "K-2")
    (mine,), (theirs,) = b.entries("operation.checkout"), a.entries("operation.checkout")
    assert mine.hlc > theirs.hlc, "four minutes ahead: what was known here happened before"
    assert not mine.clock_back
    a.clock.advance(timedelta(days=3650).total_seconds())
    a.desk.bring("T-1", "K-1")
    a.desk.take("T-1", "K-1")
    a.sync()
    b.sync()
    b.desk.bring("T-2", "K-2")
    (last,) = b.entries("operation.checkin")
    assert last.hlc.wall_ms - int(last.wall_at.timestamp() * 1000) <= 5 * 60 * 1000


class TestWhatTheCentreMakesOfIt:
    def test_it_does_not_matter_which_of_two_operations_comes_first(
        self, a: Room, b: Room, server: PostgreSql, template: Path, tmp_path: Path
    ) -> None:
        a.desk.take("T-1", "K-1")
        a.desk.take("T-1", "K-2")
        meet([a, b])
        b.desk.bring("T-1", "K-1")
        part = b.desk.bring("T-1", "K-2", {("brace", 1): Count.KEPT})
        for lost in hangar_in(server, template, tmp_path):
            # The centre is gone, and the one in its place hears of the returns before it hears of the issues.
            for room in (a, b):
                site = lost.administration.add_site(room.name)
                room.address = replace(lost.address, user=site.role, password=site.password)
            b.sync()
            assert _custody(lost)[str(part.closes)] == (True, None)
            meet([a, b])
            assert a.out() == b.out() == {}
            assert a.out("K-2") == b.out("K-2") == {str(part.operation_id): ("T-1", {"brace": 1})}
            assert a.records.cases.open() == b.records.cases.open() == []
            assert _custody(lost)[str(part.closes)][0]
            (late,) = rooms_of(lost, tmp_path / "late", "C")
            meet([late])
            assert late.out("K-2") == a.out("K-2")
            plan = late.desk.plan("T-1", OperationType.CHECKIN, "K-2")
            assert (plan.expected, plan.station) == ({"brace": 1}, "B")
            late.close()

    def test_what_cannot_be_made_of_an_entry_is_noted_and_holds_up_nothing(
        self, a: Room, b: Room, hangar: Hangar
    ) -> None:
        def nonsense(uow: UnitOfWork) -> None:
            said = {"operation": {"id": str(name), "custody": {"pliers": 1}, "closes": "x" * 500}}
            a.records.recorder.record(uow, "operation.checkout", said, op_id=name)

        name = uuid7()
        a.records.database.write(nonsense)
        taken = a.desk.take("T-1", "K-1")
        meet([a, b])
        assert set(b.out()) == {str(taken.operation_id)}
        noted = _centre(hangar, "SELECT site_id, kind FROM toolroom.underived")
        assert noted == [[a.site_id, "operation.checkout"]]

    def test_a_centre_that_had_entries_before_makes_the_same_of_them(self, a: Room, b: Room, hangar: Hangar) -> None:
        a.desk.take("T-1", "K-1")
        a.desk.take("T-2", "K-2")
        meet([a, b])
        b.desk.bring("T-1", "K-1", {("brace", 1): Count.MISSING})
        a.records.operations.correct(
            badge="S-1",
            operation_id=a.records.operations.held_by("T-2")[0].operation_id,
            details=Details(aircraft="RA-2"),
            reason="неверный борт",
        )
        meet([a, b])
        rows = (
            "SELECT kind, key, deleted, content FROM toolroom.reference WHERE kind IN ('custody', 'case') ORDER BY 1, 2"
        )
        before = _centre(hangar, rows)
        assert [row[0] for row in before] == ["case", "custody", "custody"]
        _centre(hangar, "DELETE FROM toolroom.reference WHERE kind IN ('custody', 'case')")
        _centre(hangar, "DELETE FROM toolroom.derived_head")
        derive_all_pending(hangar.administration._server)
        assert _centre(hangar, rows) == before

    def test_nobody_speaks_for_an_operation_of_another_station(self, a: Room, b: Room, hangar: Hangar) -> None:
        taken = a.desk.take("T-1", "K-1")
        meet([a, b])
        (entry,) = a.entries("operation.checkout")
        forged = {**entry.payload, "operation": {**entry.payload["operation"], "custody": {"pliers": 9}}}
        b.records.database.write(lambda uow: b.records.recorder.record(uow, "operation.checkout", forged))
        amended = {"operation": str(taken.operation_id), "kit": "K-1", "custody": {}, "counted": []}
        b.records.database.write(lambda uow: b.records.recorder.record(uow, "operation_counted", amended))
        b.sync()
        assert _custody(hangar)[str(taken.operation_id)] == (False, WHOLE)


class TestWhoReadsWhosePhotos:
    def test_a_file_is_given_away_only_while_a_row_names_it(self, a: Room, b: Room, hangar: Hangar) -> None:
        taken, kept = a.desk.take("T-1", "K-1"), a.desk.take("T-1", "K-2")
        a.sync()
        line = CentreLines(lambda: b.address, b.site_id).open(within=30)
        line.hello(now=b.clock.now(), app_version="test", pending=0)
        named, sha256 = ("custody", str(taken.operation_id)), taken.photos.clean
        size, piece = line.get_piece(named, sha256, 0) or (0, b"")
        assert piece == a.records.operations.photo(sha256)
        assert line.get_piece(named, sha256, size) is None, "there is no more of it"
        assert line.get_piece(named, sha256, 10) == (size, piece[10:])
        assert line.get_piece(("custody", str(kept.operation_id)), sha256, 0) is None or sha256 == kept.photos.clean
        assert line.get_piece(("person", "T-1"), sha256, 0) is None
        assert line.get_piece(named, "0" * 64, 0) is None
        line.close()
        _centre(hangar, "UPDATE toolroom.reference SET deleted = true, changed_at = now() - interval '91 days'")
        line = CentreLines(lambda: b.address, b.site_id).open(within=30)
        assert line.get_piece(named, sha256, 0) is None
        line.close()


def _centre(hangar: Hangar, sql: str) -> list[list[object]]:
    return [list(row) for row in hangar.administration._server.run(sql) or []]


def _custody(hangar: Hangar) -> dict[str, tuple[bool, object]]:
    """What the centre has by operation: whether it is over, and what is out since then."""
    rows = _centre(
        hangar,
        "SELECT key, deleted, content #> '{payload,operation,custody}' FROM toolroom.reference WHERE kind = 'custody'",
    )
    return {str(key): (bool(over), custody) for key, over, custody in rows}
