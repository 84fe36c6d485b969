"""Reference data between the centre and stations, with a real PostgreSQL: what is taken over, proposed and decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.centre.stations import Hangar, Station
from tests.faults.sync.test_protocol import admin, problem_of
from toolroom_desktop.adapters.central.proposals import Proposals
from toolroom_desktop.adapters.central.reference import Put, ReferenceData
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.errors import BadInput, NotFound
from toolroom_desktop.domain.people import Person, PersonChange, Role
from toolroom_desktop.domain.register import key_of
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.consequences import changed_tool
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.reference_content import (
    kit_content,
    person_content,
    tool_content,
    toolkit_content,
)
from toolroom_desktop.services.tool_input import ToolData

TOOLKIT = Toolkit("RRJ", (Position("pliers", 2, "пассатижи"), Position("brace", 1)), title_ru="Набор RRJ")
ANNA = Person("А-7", "Анна Смирнова", Role.STOREKEEPER, expires_on=date(2031, 1, 31))


def person(one: Person, **more: object) -> Put:
    return Put("person", key_of(one.badge), {**person_content(one), **more})


def toolkit(one: Toolkit = TOOLKIT) -> Put:
    return Put("toolkit", key_of(one.name), toolkit_content(one))


def kit(one: Kit) -> Put:
    return Put("kit", key_of(one.number), kit_content(one))


def tool(one: Tool) -> Put:
    return Put("tool", str(one.tool_id), tool_content(one))


@pytest.fixture
def data(hangar: Hangar) -> ReferenceData:
    return ReferenceData(admin(hangar))


@pytest.fixture
def proposals(hangar: Hangar) -> Proposals:
    return Proposals(admin(hangar))


def taken(station: Station) -> str:
    """A round; the code of what was wrong."""
    outcome = station.runner().once()
    assert outcome.done, outcome.problems
    return problem_of(outcome)


def aside(station: Station) -> dict[str, str]:
    """What was put aside: key -> reason."""
    rows = station.database.read(lambda uow: uow.reference.aside(most=99))
    return {row.change.key: row.problem for row in rows}


def people(station: Station) -> dict[str, Person]:
    return station.database.read(lambda uow: {one.badge: one for one in uow.people.all()})


def kits(station: Station) -> dict[str, Kit]:
    return station.database.read(lambda uow: {one.number: one for one in uow.catalogue.kits()})


def tools(station: Station) -> dict[str, Tool]:
    return station.database.read(lambda uow: {one.marking: one for one in uow.tools.all()})


def at(station: Station, work: Callable[[Records], object]) -> None:
    """Do something at the station by its own commands."""
    address = station.address
    station.close()
    records = open_records(station.folder, clock=station.clock)
    try:
        work(records)
    finally:
        records.close()
    opened = Station.opened(station.folder)
    station.database, station.store, station.address = opened.database, opened.store, address


def a_station(hangar: Hangar, name: str | None = None) -> Station:
    """One more station, with the keys that its own commands need: they are made while it is new."""
    station = hangar.station(name)
    at(station, lambda _records: None)
    return station


def know(station: Station, *things: Person | Toolkit | Kit) -> None:
    """Let the station know these, as if they had always been there."""

    def write(uow: UnitOfWork) -> None:
        for thing in things:
            if isinstance(thing, Person):
                uow.people.add(thing)
            elif isinstance(thing, Toolkit):
                uow.catalogue.save_toolkit(thing)
            else:
                uow.catalogue.save_kit(thing)

    station.database.write(write)


class TestPeople:
    def test_the_centres_version_takes_the_place_of_the_one_here_and_the_pin_stays(
        self, hangar: Hangar, data: ReferenceData
    ) -> None:
        station = a_station(hangar)
        own = replace(ANNA, name="А. Смирнова", role=Role.TECHNICIAN, pin_hash="hash", wrong_pins=2)
        local = Person("Л-1", "Лев", Role.TECHNICIAN, pin_hash="other")
        know(station, own, local)
        boris = Person("Б-2", "Борис", Role.QUALITY)
        data.change([person(ANNA, field_of_tomorrow={"x": 1}), person(boris)])
        assert taken(station) == ""
        found = people(station)
        assert found["А-7"] == replace(ANNA, pin_hash="hash", wrong_pins=2)
        assert found["Б-2"] == boris, "somebody new has no PIN here"
        assert found["Л-1"] == local, "whom only this station knows stays"
        kept = station.database.read(lambda uow: uow.reference.get("person", key_of("А-7")))
        assert kept is not None
        assert kept.change.content["field_of_tomorrow"] == {"x": 1}

    def test_whom_the_centre_removes_is_disabled_here(self, hangar: Hangar, data: ReferenceData) -> None:
        station = a_station(hangar)
        data.change([person(ANNA)])
        taken(station)
        data.remove("person", key_of(ANNA.badge))
        taken(station)
        assert not people(station)["А-7"].active

    def test_the_last_administrator_with_a_pin_is_never_lost(self, hangar: Hangar, data: ReferenceData) -> None:
        station = a_station(hangar)
        chief = Person("Ш-1", "Шеф", Role.ADMINISTRATOR, pin_hash="hash")
        without_pin = Person("Ш-2", "Шура", Role.ADMINISTRATOR)
        know(station, chief, without_pin)
        for change in ({"active": False}, {"role": "technician"}, {"expires_on": "2020-01-01"}):
            data.change([person(chief, **change)])
            assert taken(station) == "reference.aside"
            assert people(station)["Ш-1"] == chief
        assert aside(station) == {key_of("Ш-1"): "reference.last_administrator"}
        station.database.write(lambda uow: uow.people.save(replace(without_pin, pin_hash="another")))
        station.write()
        assert taken(station) == "", "once another one can give PINs it is taken over"
        assert people(station)["Ш-1"].expires_on == date(2020, 1, 1)

    def test_content_of_another_form_harms_nothing_else(self, hangar: Hangar, data: ReferenceData) -> None:
        station = a_station(hangar)
        poison = [
            Put("person", "a", {"badge": "a"}),
            Put("person", "b", {"badge": "b", "name": 5, "role": "technician"}),
            Put("person", "c", {"badge": "c", "name": "C", "role": "admiral"}),
            Put("person", "d", {"badge": "another", "name": "D", "role": "technician"}),
            Put("person", "e", {"badge": "e", "name": "E", "role": "technician", "expires_on": "soon"}),
            Put("toolkit", "f", {"name": "f", "positions": []}),
            Put("toolkit", "g", {"name": "g", "positions": {"tool_class": "x"}}),
            Put("tool", "h", {"tool_id": "h", "tool_class": "pliers"}),
            Put("setting", "procedures.witness", {"value": "everybody"}),
            Put("setting", "procedures.giver_signs", {}),
        ]
        data.change([*poison, person(ANNA)])
        assert taken(station) == "reference.aside"
        assert set(aside(station)) == {put.key for put in poison}
        assert set(people(station)) == {"А-7"}
        data.change([Put("person", "c", {"badge": "c", "name": "C", "role": "quality"})])
        taken(station)
        assert "c" in people(station)
        assert len(aside(station)) == len(poison) - 1


class TestToolkitsAndKits:
    def test_they_come_in_whatever_order_they_were_changed(self, hangar: Hangar, data: ReferenceData) -> None:
        station = a_station(hangar)
        data.change([kit(Kit("RRJ-1", "RRJ", "QR-1"))])
        assert taken(station) == "reference.aside", "its toolkit is not there yet"
        data.change([toolkit()])
        assert taken(station) == ""
        assert kits(station) == {"RRJ-1": Kit("RRJ-1", "RRJ", "QR-1")}
        assert station.database.read(lambda uow: uow.catalogue.toolkit("rrj")) == TOOLKIT

    def test_kits_that_change_codes_with_each_other(self, hangar: Hangar, data: ReferenceData) -> None:
        station = a_station(hangar)
        data.change([toolkit(), kit(Kit("1", "RRJ", "X")), kit(Kit("2", "RRJ", "Y"))])
        taken(station)
        data.change([kit(Kit("1", "RRJ", "Y")), kit(Kit("2", "RRJ", "X"))])
        assert taken(station) == ""
        assert {one.number: one.code for one in kits(station).values()} == {"1": "Y", "2": "X"}

    def test_a_code_that_a_kit_of_this_station_alone_has_is_not_taken_from_it(
        self, hangar: Hangar, data: ReferenceData
    ) -> None:
        station = a_station(hangar)
        know(station, TOOLKIT, Kit("свой", "RRJ", "QR-1"))
        data.change([kit(Kit("RRJ-1", "RRJ", "QR-1")), toolkit()])
        assert taken(station) == "reference.aside"
        assert aside(station) == {"rrj-1": "kit.code_taken"}
        assert set(kits(station)) == {"свой"}
        station.database.write(lambda uow: uow.catalogue.save_kit(Kit("свой", "RRJ", "QR-2")))
        station.write()
        assert taken(station) == ""
        assert set(kits(station)) == {"свой", "RRJ-1"}

    def test_a_kit_with_tools_is_not_removed_and_an_empty_one_is(self, hangar: Hangar, data: ReferenceData) -> None:
        station = a_station(hangar)
        data.change([toolkit(), kit(Kit("1", "RRJ")), kit(Kit("2", "RRJ"))])
        taken(station)
        station.database.write(lambda uow: uow.tools.save(Tool("brace", kit="1", unit=1, marking="М-1")))
        data.remove("kit", "1")
        data.remove("kit", "2")
        assert taken(station) == "reference.aside"
        assert set(kits(station)) == {"1"}
        assert aside(station) == {"1": "reference.kit_in_use"}


class TestTools:
    def test_tools_change_places_and_markings_with_each_other(self, hangar: Hangar, data: ReferenceData) -> None:
        station = a_station(hangar)
        one = Tool("pliers", kit="1", unit=1, marking="A")
        two = Tool("pliers", kit="1", unit=2, marking="B", photo="")
        data.change([toolkit(), kit(Kit("1", "RRJ")), tool(one), tool(two)])
        assert taken(station) == ""
        data.change([tool(replace(one, unit=2, marking="B")), tool(replace(two, unit=1, marking="A"))])
        assert taken(station) == ""
        found = tools(station)
        assert (found["B"].tool_id, found["B"].unit) == (one.tool_id, 2)
        assert (found["A"].tool_id, found["A"].unit) == (two.tool_id, 1)

    def test_a_marking_or_place_of_a_tool_of_this_station_alone_is_not_taken_from_it(
        self, hangar: Hangar, data: ReferenceData
    ) -> None:
        station = a_station(hangar)
        data.change([toolkit(), kit(Kit("1", "RRJ"))])
        taken(station)
        own = Tool("brace", kit="1", unit=1, marking="М-1")
        station.database.write(lambda uow: uow.tools.save(own))
        marked, placed = Tool("pliers", marking="М-1"), Tool("brace", kit="1", unit=1, marking="М-2")
        data.change([tool(marked), tool(placed)])
        assert taken(station) == "reference.aside"
        assert aside(station) == {
            str(marked.tool_id): "tool.marking_taken",
            str(placed.tool_id): "tool.place_taken",
        }
        assert tools(station) == {"М-1": own}

    def test_what_the_centre_removes_is_retired_and_leaves_its_kit(self, hangar: Hangar, data: ReferenceData) -> None:
        station = a_station(hangar)
        one = Tool("brace", kit="1", unit=1, marking="М-1")
        data.change([toolkit(), kit(Kit("1", "RRJ")), tool(one)])
        taken(station)
        data.remove("tool", str(one.tool_id))
        assert taken(station) == ""
        gone = tools(station)["М-1"]
        assert (gone.kit, gone.unit, gone.state) == ("", 0, ToolState.RETIRED)
        assert station.database.read(lambda uow: uow.tools.empty_places("1")) == [("brace", 1)]

    def test_a_state_that_was_found_out_here_is_not_taken_back_by_what_the_centre_said_before(
        self, hangar: Hangar, data: ReferenceData
    ) -> None:
        station = a_station(hangar)
        one = Tool("brace", kit="1", unit=1, marking="М-1")
        data.change([toolkit(), kit(Kit("1", "RRJ")), tool(one)])
        taken(station)
        at(
            station,
            lambda r: r.tools.set_state(one.tool_id, ToolState.UNSERVICEABLE, reason="сломан", actor_badge=None),
        )
        data.change([tool(replace(one, note="с полки 4"))])
        line = station.lines().open(within=30)
        station.puller().run(line)
        line.close()
        assert tools(station)["М-1"].state is ToolState.UNSERVICEABLE
        assert tools(station)["М-1"].note == "с полки 4"
        assert taken(station) == ""
        (row,) = data.rows("tool")
        assert (row.content["state"], row.content["note"]) == ("unserviceable", "с полки 4")
        assert tools(station)["М-1"].state is ToolState.UNSERVICEABLE


class TestWhatStationsFindOut:
    """Facts travel up by themselves, and to every other station."""

    @pytest.fixture
    def two(self, hangar: Hangar, data: ReferenceData) -> tuple[Station, Station, Tool, Tool]:
        first, second = a_station(hangar, "Ангар 1"), a_station(hangar, "Ангар 2")
        one, spare = Tool("brace", kit="1", unit=1, marking="М-1"), Tool("brace", marking="М-2")
        data.change([toolkit(), kit(Kit("1", "RRJ")), tool(one), tool(spare)])
        for station in (first, second):
            assert taken(station) == ""
        return first, second, one, spare

    def test_a_state(self, two: tuple[Station, Station, Tool, Tool], data: ReferenceData) -> None:
        first, second, one, _ = two
        at(first, lambda r: r.tools.set_state(one.tool_id, ToolState.UNSERVICEABLE, reason="сломан", actor_badge=None))
        taken(first)
        taken(second)
        assert tools(second)["М-1"].state is ToolState.UNSERVICEABLE
        last = data.history("tool", str(one.tool_id))[-1]
        assert (last.version, last.changed_by) == (2, "Ангар 1")

    def test_what_a_count_says(self, two: tuple[Station, Station, Tool, Tool], data: ReferenceData) -> None:
        first, second, one, _ = two
        at(
            first,
            lambda r: r.database.write(
                lambda uow: changed_tool(uow, r.recorder, one, ToolState.LOST, by="К-1", reason="missing")
            ),
        )
        taken(first)
        taken(second)
        assert tools(second)["М-1"].state is ToolState.LOST

    def test_a_swap(self, two: tuple[Station, Station, Tool, Tool], data: ReferenceData, proposals: Proposals) -> None:
        first, second, one, spare = two
        at(first, lambda r: r.tools.swap(one.tool_id, spare.tool_id, reason="тупой", actor_badge=None))
        taken(first)
        assert taken(second) == ""
        found = tools(second)
        assert (found["М-1"].kit, found["М-2"].kit, found["М-2"].unit) == ("", "1", 1)
        assert proposals.open() == []
        assert tools(first) == tools(second)

    def test_what_is_entered_about_a_tool_is_a_proposal_instead(
        self, two: tuple[Station, Station, Tool, Tool], data: ReferenceData, proposals: Proposals
    ) -> None:
        first, second, one, _ = two
        entered = replace(ToolData.of(one), note="заточен", calibration_due=date(2030, 5, 1))
        at(first, lambda r: r.tools.change(one.tool_id, entered, actor_badge=None))
        taken(first)
        taken(second)
        assert tools(second)["М-1"].note == ""
        (proposal,) = proposals.open()
        assert (proposal.site, proposal.kind, proposal.fields) == ("Ангар 1", "tool", ("calibration_due", "note"))
        assert sorted((change.field, change.before, change.after) for change in proposal.changes) == [
            ("calibration_due", "", "2030-05-01"),
            ("note", "", "заточен"),
        ]
        data.change([tool(replace(one, part_number="P-9"))])
        (proposal,) = proposals.open()
        assert proposal.stale
        assert proposals.accept([proposal.number]) == 1
        for station in (first, second):
            taken(station)
            found = tools(station)["М-1"]
            assert (found.note, found.calibration_due, found.part_number) == ("заточен", date(2030, 5, 1), "P-9")
        assert proposals.open() == []


class TestProposals:
    def test_a_rejected_one_brings_the_station_back_to_the_centres_version(
        self, hangar: Hangar, data: ReferenceData, proposals: Proposals
    ) -> None:
        first, second = a_station(hangar), a_station(hangar)
        data.change([person(ANNA)])
        taken(first)
        taken(second)
        at(
            first,
            lambda r: r.accounts.change_person(
                badge="А-7", change=PersonChange(name="Анна Иванова", role=Role.SHIFT_LEAD), actor_badge=None
            ),
        )
        taken(first)
        first.clock.advance(timedelta(days=2).total_seconds())
        for _ in range(3):
            taken(first)
        assert people(first)["А-7"].name == "Анна Иванова", "until somebody decides it stays as it is here"
        (proposal,) = proposals.open()
        assert proposal.fields == ("name", "role")
        assert proposals.reject([proposal.number]) == 1
        taken(first)
        assert people(first)["А-7"] == people(second)["А-7"] == ANNA
        assert [row.version for row in data.history("person", key_of("А-7"))] == [1, 2]

    def test_new_people_toolkits_kits_and_tools_are_proposed_whole(
        self, hangar: Hangar, data: ReferenceData, proposals: Proposals
    ) -> None:
        first, second = a_station(hangar, "Ангар 1"), a_station(hangar)
        one = Tool("brace", kit="1", unit=1, marking="М-1")

        def work(records: Records) -> None:
            records.accounts.add_person(badge="А-7", name="Анна", role=Role.QUALITY, pin="135790", actor_badge=None)
            records.catalogue.take_in([TOOLKIT], [Kit("1", "RRJ", "QR-1")], actor_badge=None)
            records.tools.add(one, actor_badge=None)

        at(first, work)
        taken(first)
        found = proposals.open("Ангар 1")
        assert [proposal.kind for proposal in found] == ["person", "toolkit", "kit", "tool"]
        assert proposals.open("Ангар 9") == []
        assert not any("pin" in field for proposal in found for field in proposal.content), "no PIN leaves a station"
        with pytest.raises(NotFound):
            proposals.accept([found[3].number, 999])
        with pytest.raises(NotFound):
            proposals.accept([found[3].number])
        assert len(proposals.open()) == 4, "a tool alone does not fit; nothing was changed"
        assert proposals.accept([proposal.number for proposal in found]) == 4
        taken(second)
        assert tools(second) == tools(first) == {"М-1": one}
        assert kits(second) == kits(first)
        assert people(second)["А-7"].pin_hash == ""
        taken(first)
        assert people(first)["А-7"].pin_hash != ""

    def test_a_later_proposal_of_the_same_station_takes_the_place_of_the_one_before(
        self, hangar: Hangar, data: ReferenceData, proposals: Proposals
    ) -> None:
        station = a_station(hangar)
        data.change([person(ANNA)])
        taken(station)

        def rename(name: str) -> None:
            at(
                station,
                lambda r: r.accounts.change_person(badge="А-7", change=PersonChange(name=name), actor_badge=None),
            )
            taken(station)

        rename("Анна И.")
        at(
            station,
            lambda r: r.accounts.change_person(badge="А-7", change=PersonChange(role=Role.QUALITY), actor_badge=None),
        )
        taken(station)
        (proposal,) = proposals.open()
        assert proposal.fields == ("name", "role")
        assert (proposal.after["name"], proposal.after["role"]) == ("Анна И.", "quality")
        rename("Анна Смирнова")
        (proposal,) = proposals.open()
        assert [change.field for change in proposal.changes] == ["role"]

    def test_what_was_pulled_is_not_proposed_back(
        self, hangar: Hangar, data: ReferenceData, proposals: Proposals
    ) -> None:
        station = a_station(hangar)
        data.change([person(ANNA), toolkit(), kit(Kit("1", "RRJ")), tool(Tool("brace", kit="1", unit=1, marking="1"))])
        for _ in range(3):
            taken(station)
        assert proposals.open() == []
        assert data.underived() == []

    def test_a_proposal_that_no_station_could_take_over_is_not_accepted(
        self, hangar: Hangar, data: ReferenceData, proposals: Proposals
    ) -> None:
        """Somebody with a stolen password may propose whatever he likes."""
        station = a_station(hangar)
        station.write(payload={"badge": "x", "name": "", "role": "admiral", "active": True}, kind="person_added")
        station.write(payload={"badge": None}, kind="person_added")
        station.write(payload={"tools": 5}, kind="tools_imported")
        assert taken(station) == ""
        (proposal,) = proposals.open()
        with pytest.raises(BadInput):
            proposals.accept([proposal.number])
        assert len(proposals.open()) == 1
        assert {(seq, kind) for _, seq, kind, _ in data.underived()} == {(2, "person_added"), (3, "tools_imported")}


class TestAtTheCentre:
    def test_what_something_needs_is_not_removed(self, hangar: Hangar, data: ReferenceData) -> None:
        one = Tool("brace", kit="1", unit=1, marking="М-1")
        data.change([toolkit(), kit(Kit("1", "RRJ")), tool(one)])
        with pytest.raises(NotFound, match="toolkit_unknown"):
            data.remove("toolkit", "rrj")
        with pytest.raises(NotFound, match=r"kit\.unknown"):
            data.remove("kit", "1")
        with pytest.raises(NotFound, match=r"reference\.unknown"):
            data.remove("site", "1")
        data.remove("tool", str(one.tool_id))
        data.remove("kit", "1")
        data.remove("toolkit", "rrj")
        assert {row.kind for row in data.rows()} <= {"site"}

    def test_who_changed_what_is_kept(self, hangar: Hangar, data: ReferenceData) -> None:
        data.change([person(ANNA)])
        data.change([person(replace(ANNA, name="Анна И."))])
        data.remove("person", key_of("А-7"))
        rows = data.history("person", key_of("А-7"))
        assert [(row.version, row.deleted, row.content["name"]) for row in rows] == [
            (1, False, "Анна Смирнова"),
            (2, False, "Анна И."),
            (3, True, "Анна И."),
        ]
        assert {row.changed_by for row in rows} == {"postgres"}

    def test_names_of_stations_are_told_to_all(self, hangar: Hangar) -> None:
        first, second = a_station(hangar, "Ангар 1"), a_station(hangar, "Ангар 2")
        for station in (first, second, first):
            taken(station)
        rows = first.database.read(lambda uow: uow.reference.of_kind("site"))
        names = {row.change.content["site_id"]: row.change.content["name"] for row in rows}
        assert names == {first.site_id: "Ангар 1", second.site_id: "Ангар 2"}


def test_settings_of_the_centre_hold_from_the_next_start_on(
    hangar: Hangar, data: ReferenceData, tmp_path: Path
) -> None:
    from toolroom_desktop.bootstrap import open_puller
    from toolroom_desktop.config.settings import load_settings, save_setting
    from toolroom_desktop.domain.errors import BadSettings

    station = a_station(hangar)
    own = station.folder / "settings.toml"
    own.write_text('[procedures]\nwitness = "none"\ncalibration_days = 3\n', encoding="utf-8")
    data.change(
        [
            Put("setting", "procedures.witness", {"value": "all"}),
            Put("setting", "thresholds.per_class.brace.accept", {"value": 0.8}),
            Put("setting", "procedures.of_tomorrow", {"value": 5}),
        ]
    )
    lines = station.lines()
    station.close()
    records = open_records(station.folder, clock=station.clock)
    line = lines.open(within=30)
    open_puller(records, station.folder).run(line)
    line.close()
    settings = load_settings(own)
    assert (settings.procedures.witness, settings.procedures.calibration_days) == ("all", 3)
    assert settings.thresholds.per_class["brace"].accept == 0.8
    with pytest.raises(BadSettings, match="given_by_centre"):
        save_setting(own, "procedures", "witness", "discrepancies")
    assert save_setting(own, "procedures", "calibration_days", 5).procedures.calibration_days == 5
    # Left to the stations again, and put down anew where the file was lost.
    data.remove("setting", "procedures.witness")
    (station.folder / "centre-settings.toml").unlink()
    opened = open_puller(records, station.folder)
    assert load_settings(own).procedures.witness == "all"
    line = lines.open(within=30)
    opened.run(line)
    line.close()
    assert load_settings(own).procedures.witness == "none"
    records.close()
    again = Station.opened(station.folder)
    station.database = again.database
