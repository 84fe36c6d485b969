"""The records of all stations, made of the entries of every journal: what is asked of them, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest

from tests.centre.overviews import MemoryOverview, gather_all, gathering_of
from tests.centre.rooms import Room
from tests.centre.stations import waits
from tests.fakes import HandClock
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.database.gathered.store import FOLDER, GatheredDatabase
from toolroom_desktop.bootstrap import open_all_stations, open_gathered
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.cases import Outcome
from toolroom_desktop.domain.errors import BadInput, DatabaseProblem, NotFound, Refused
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.reporting import open_report_checks
from toolroom_desktop.services.all_stations import GatheredStations, Standing, StationsRecords
from toolroom_desktop.services.case_opening import MissingReport
from toolroom_desktop.services.history_rows import Choice, HistoryFilter
from toolroom_desktop.services.later_records import Details
from toolroom_desktop.services.operation_input import Confirmation
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.reports.content import ReportFormat, ReportName
from toolroom_desktop.services.reports.making import Request
from toolroom_desktop.services.sync.elsewhere import TakeCustody
from toolroom_desktop.services.sync.gathering import Gathering
from toolroom_desktop.services.sync.ports import Change

WITHOUT_BRACE = {("pliers", 1): Count.FOUND, ("pliers", 2): Count.FOUND, ("brace", 1): Count.MISSING}
NOWHERE = ServerAddress("localhost", 1, "nothing", "")


class Lookout:
    """Two rooms, and what the first one sees of both."""

    def __init__(self, folder: Path) -> None:
        self.a, self.b = (
            Room.opened(name, folder / name, NOWHERE, HandClock(), 60 + 20 * number).furnish()
            for number, name in enumerate("AB")
        )
        self.centre = MemoryOverview({"Ангар A": self.a.records, "Ангар B": self.b.records}, self.a.clock.now)
        self.gathered: GatheredDatabase = open_gathered(self.a.records, self.a.folder)
        self.gathering: Gathering = gathering_of(self.gathered, self.a.records, self.centre)
        self.stations: GatheredStations = open_all_stations(self.a.records, self.gathered)

    def gather(self) -> StationsRecords:
        """Everything that is new; the services over all of it."""
        gather_all(self.gathering)
        found = self.stations.records()
        assert found is not None
        return found

    def as_the_centre_tells(self, issued: Operation) -> dict[str, object]:
        """The row of an operation of room A since which a kit is out."""
        entry = self.a.records.database.read(lambda uow: uow.journal.by_id(issued.operation_id))
        assert entry is not None
        return {"site_id": self.a.site_id, "station": "Ангар A", "hlc": str(entry.hlc), "payload": entry.payload}

    def close(self) -> None:
        self.stations.close()
        for room in (self.a, self.b):
            room.close()


@pytest.fixture
def lookout(tmp_path: Path) -> Iterator[Lookout]:
    made = Lookout(tmp_path)
    yield made
    made.close()


def test_what_was_issued_at_one_station_is_out_and_what_came_back_at_another_is_not(lookout: Lookout) -> None:
    issued = lookout.a.desk.take("T-1", "K-1", aircraft="RA-1")
    lookout.b.desk.take("T-2", "K-2")
    desk = lookout.gather().desk
    out = {one.kit: (one.holder_badge, one.station, one.site_id) for one in desk.look("L-1").out}
    assert out == {
        "K-1": ("T-1", "Ангар A", lookout.a.site_id),
        "K-2": ("T-2", "Ангар B", lookout.b.site_id),
    }
    lookout.b.desk.bring("T-2", "K-2")
    lookout.gather()
    assert [one.kit for one in desk.look("L-1").out] == ["K-1"]
    row = lookout.gather().history.row(issued.operation_id)
    assert (row.site_id, row.site_seq, row.aircraft) == (lookout.a.site_id, issued.site_seq, "RA-1")


def test_the_history_is_filtered_by_station_and_counted_by_station(lookout: Lookout) -> None:
    for _ in range(3):
        lookout.a.desk.take("T-1", "K-1")
        lookout.a.desk.bring("T-1", "K-1")
    lookout.b.desk.take("T-2", "K-2")
    history = lookout.gather().history
    page = history.page(HistoryFilter(site=lookout.b.site_id))
    assert [(row.kit, row.site_id) for row in page.rows] == [("K-2", lookout.b.site_id)]
    assert history.count(HistoryFilter()).number == 7
    assert history.count(HistoryFilter(site=lookout.a.site_id, kit="K-1")).number == 6
    assert history.count(HistoryFilter(site=lookout.a.site_id, text="К-2")).number == 0
    assert history.count(HistoryFilter(site="nowhere")).number == 0
    assert [(one.value, one.title) for one in history.choices(Choice.SITE, "ангар b")] == [
        (lookout.b.site_id, "Ангар B")
    ]
    assert lookout.stations.station(lookout.b.site_id) == "Ангар B"
    assert replace(lookout.stations.standing(), looked=None).missing == 0


def test_counts_given_later_and_corrections_hold_of_what_they_are_about(lookout: Lookout) -> None:
    b = lookout.b
    issued = b.desk.confirm(
        b.desk.plan("T-1", OperationType.CHECKOUT, "K-1"), {("brace", 1): Count.MISSING}, count_later=True
    )
    records = lookout.gather()
    (owed,) = records.desk.look("L-1").counts
    assert (owed.operation, owed.site_id) == (str(issued.operation_id), b.site_id)
    b.records.operations.count(badge="T-1", operation_id=issued.operation_id, confirmation=Confirmation(WITHOUT_BRACE))
    b.records.operations.correct(
        badge="S-1", operation_id=issued.operation_id, details=Details(aircraft="RA-7"), reason="неверный борт"
    )
    desk = lookout.gather().desk.look("L-1")
    assert (desk.counts, [(one.kit, one.aircraft) for one in desk.out]) == ((), [("K-1", "RA-7")])
    (case,) = desk.cases
    assert (case.site_id, case.tool_class) == (b.site_id, "brace")
    row = records.history.row(issued.operation_id)
    assert (row.count_owed, row.counted, row.cases) == (False, True, (case.number,))
    assert "K-1-b1" in [found.marking for found in row.findings], "tools are called as this station knows them"
    assert records.history.count(HistoryFilter(aircraft="RA-7")).number == 1
    there, here = (
        database.read(lambda uow: uow.operations.by_id(issued.operation_id))
        for database in (b.records.database, lookout.gathered)
    )
    assert here is not None
    assert there is not None
    rounded = replace(there, site_seq=here.site_seq, match_percentage=round(there.match_percentage, 2))
    assert here == rounded, "word for word as the station itself has it"


def test_two_cases_of_two_stations_may_have_one_number_and_each_goes_its_way(lookout: Lookout) -> None:
    for room in (lookout.a, lookout.b):
        report = MissingReport(kit="K-2", tool_class="brace", unit=1, text="нет на месте")
        room.records.cases.open_by_hand(badge="S-1", report=report)
    desk = lookout.gather().desk
    cases = desk.look("Q-1").cases
    assert len({case.number for case in cases}) == 1
    assert {case.site_id for case in cases} == {lookout.a.site_id, lookout.b.site_id}
    number = cases[0].number
    lookout.b.records.cases.search(badge="T-1", number=number, place="на борту")
    lookout.b.records.cases.conclude(badge="T-1", number=number, outcome=Outcome.FOUND, place="на борту")
    lookout.b.records.cases.release(badge="Q-1", number=number, statement="найден, борт осмотрен")
    lookout.gather()
    assert [case.site_id for case in desk.look("Q-1").cases] == [lookout.a.site_id]


def test_it_does_not_matter_which_of_two_journals_comes_first(lookout: Lookout) -> None:
    """A kit that A issued and B took back, told by B before A says that it ever went out."""
    issued = lookout.a.desk.take("T-1", "K-1")
    change = Change("custody", str(issued.operation_id), 1, False, lookout.as_the_centre_tells(issued))
    TakeCustody(lookout.b.records.recorder, lookout.b.clock)
    lookout.b.records.database.write(
        lambda uow: TakeCustody(lookout.b.records.recorder, lookout.b.clock).apply(uow, change)
    )
    returned = lookout.b.desk.bring("T-1", "K-1")
    assert returned.closes == issued.operation_id
    for names in (("A", "B"), ("B", "A")):
        rooms = {name: getattr(lookout, name.lower()).records for name in names}
        lookout.centre.stations = rooms
        lookout.gathered.clear()
        records = lookout.gather()
        assert records.desk.look("L-1").out == ()
        ended = lookout.gathered.read(lambda uow: uow.operations.ended_by(issued.operation_id))
        assert ended is not None
        assert ended.operation_id == returned.operation_id


def test_what_leaves_the_station_is_in_its_own_journal_and_asks_for_the_permission(
    lookout: Lookout, tmp_path: Path
) -> None:
    lookout.b.desk.take("T-1", "K-1")
    records = lookout.gather()
    request = Request(ReportName.WHO_HAD_WHAT, records.reports.day())
    with records.reports.make(request, badge="L-1") as report:
        assert report.about.all_stations
        (section,) = report.sections
        assert section.columns[-1].name == "station"
        assert [row[-1] for row in section.rows()] == ["Ангар B"]
        assert records.reports.words(report, "ru", Messages("ru").text).period(report).startswith("Все станции на ")
        written = records.reports.write(
            report, tmp_path / "кто.csv", ReportFormat.CSV, language="ru", say=Messages("ru").text, badge="L-1"
        )
    (made,) = lookout.a.said("report_made")
    assert (made["by"], made["about"]["stations_as_of"]) == ("L-1", report.about.as_json()["stations_as_of"])
    checked = open_report_checks(lookout.a.records.reports).by_code(str(written.report_id))
    assert checked.same_now is None, "in which order entries come here is not kept"
    for badge in ("S-1", "T-1"):
        with pytest.raises(Refused):
            records.reports.make(request, badge=badge)
    with pytest.raises(Refused):
        records.desk.look("S-1")
    with pytest.raises(BadInput, match="report_unknown"):
        records.reports.make(Request(ReportName.HANDOVER), badge="L-1")
    assert [said["reason"] for said in lookout.a.said("refused")] == ["people.not_permitted"] * 2


def test_an_entry_of_which_nothing_can_be_made_is_kept_and_holds_up_nothing(lookout: Lookout) -> None:
    issued = lookout.b.desk.take("T-1", "K-1")

    def write(uow: UnitOfWork) -> None:
        lookout.b.records.recorder.record(uow, "operation_counted", {"operation": str(UUID(int=1)), "kit": "K-1"})
        lookout.b.records.recorder.record(uow, "operation.teleport", {"operation": "?"})
        lookout.b.records.recorder.record(uow, "something_of_later", {"what": "ever"})

    lookout.b.records.database.write(write)
    taken = lookout.b.desk.take("T-2", "K-2")
    records = lookout.gather()
    assert {one.operation for one in records.desk.look("L-1").out} == {
        str(issued.operation_id),
        str(taken.operation_id),
    }
    here = lookout.gathered.standing()
    assert here is not None
    assert (here.not_understood, here.missing) == (2, 0)
    kinds = lookout.gathered.read(lambda uow: [entry.kind for entry in uow.journal.entries()])
    assert {"operation.teleport", "something_of_later"} <= set(kinds)


def test_what_is_of_no_use_any_more_is_brought_anew(lookout: Lookout) -> None:
    lookout.b.desk.take("T-1", "K-1")
    lookout.gather()
    lookout.stations.close()
    (lookout.a.folder / FOLDER / "toolroom.sqlite").write_bytes(b"not a database" * 1000)
    gathered = open_gathered(lookout.a.records, lookout.a.folder)
    gathered.wake()
    assert gathered.standing() is None
    assert not (lookout.a.folder / FOLDER).exists()
    gather_all(gathering_of(gathered, lookout.a.records, lookout.centre))
    assert [one.kit for one in gathered.read(lambda uow: uow.operations.kits_out())] == ["K-1"]
    gathered.close()


def test_it_never_takes_the_last_of_the_disk(lookout: Lookout) -> None:
    own = lookout.a.records.database
    gathered = GatheredDatabase(lookout.a.folder, own, least_free=1 << 62)
    gathering = gathering_of(gathered, lookout.a.records, lookout.centre)
    before = own.read(lambda uow: uow.journal.head())
    with pytest.raises(DatabaseProblem, match="no_room"):
        gather_all(gathering)
    assert own.read(lambda uow: uow.journal.head()) == before
    assert not (lookout.a.folder / FOLDER).exists()


def test_whoever_still_asks_while_it_goes_is_answered_first_and_whoever_asks_later_is_told(lookout: Lookout) -> None:
    lookout.b.desk.take("T-1", "K-1")
    records = lookout.gather()
    asking, go_on = Event(), Event()

    def slowly(uow: UnitOfWork) -> int:
        asking.set()
        assert go_on.wait(30)
        return len(uow.operations.kits_out())

    with ThreadPoolExecutor(2) as beside:
        answer = beside.submit(lambda: lookout.gathered.read(slowly))
        assert asking.wait(30)
        cleared = beside.submit(lookout.gathered.clear)
        assert waits(lambda: lookout.stations.records() is None)
        with pytest.raises(NotFound, match="gone"):
            records.history.count(HistoryFilter())
        go_on.set()
        assert answer.result(30) == 1
        assert cleared.result(30)
    assert lookout.stations.standing() == Standing()
