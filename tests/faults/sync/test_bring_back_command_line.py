"""An administrator who restores a backup of a station that belongs to a centre, at the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.centre.server import PostgreSql
from tests.command_line import CommandLine, copy_of, make_demo_station
from tests.faults.sync.conftest import new_database
from toolroom_desktop.adapters.database.backup import copy_database
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.restored import is_restored
from toolroom_desktop.bootstrap import open_records
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.services.case_keeping import CARRIED_OVER
from toolroom_desktop.services.case_opening import MissingReport
from toolroom_desktop.services.sync.bring_back import BROUGHT_BACK


@pytest.fixture(scope="session")
def demo_station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, copied for every test."""
    return make_demo_station(tmp_path_factory.mktemp("demo") / "station")


@dataclass
class Enrolled:
    """A station that belongs to a centre; both at the command line."""

    station: CommandLine
    backup: Path
    daily: Path

    def add_person(self, badge: str) -> None:
        """One more entry."""
        added = self.station("users", "add", "--badge", badge, "--name", f"Имя {badge}", "--role", "technician")
        assert added.code == 0, added

    def open_case(self, which: int) -> None:
        """Somebody reports that a kit is gone."""
        records = open_records(self.station.data)
        kit = records.catalogue.kits()[which].kit.number
        report = MissingReport(kit=kit, tool_class="", unit=0, text="нет на месте")
        records.cases.open_by_hand(badge="DEMO-STORE", report=report)
        records.close()

    def entries(self) -> int:
        """How long the journal of the station is."""
        verified = self.station("journal", "verify", "--json")
        assert verified.code == 0, verified
        return int(verified.json["entries"])

    def restore(self) -> None:
        """Put the backup in its place."""
        restored = self.station("restore", self.backup, "--yes")
        assert restored.code == 0, restored
        assert "--bring-back" in restored.err

    @property
    def waits(self) -> bool:
        """Whether it waits for the centre to be asked."""
        return is_restored(DataFolder(self.station.data))


@pytest.fixture
def enrolled(demo_station: Path, tls_server: PostgreSql, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Enrolled:
    """It wrote, synced, was backed up, wrote more and synced again."""
    monkeypatch.setenv("TOOLROOM_NEW_PIN", "975310")
    monkeypatch.setenv("TOOLROOM_CENTRE_DSN", tls_server.dsn_of(new_database(tls_server)))
    made = Enrolled(
        CommandLine(copy_of(demo_station, tmp_path / "данные")), tmp_path / "копия.toolroom", tmp_path / "daily.sqlite"
    )
    station, enrolment = made.station, tmp_path / "станция.json"
    ca = tmp_path / "ca.pem"
    ca.write_text(tls_server.authority.pem)
    assert station("central", "init").code == 0
    added = station("central", "add-site", "Ангар", "--host", "localhost", "--ca", ca, "--out", enrolment)
    assert added.code == 0, added
    assert station("enrol-site", enrolment).code == 0
    made.add_person("T-71")
    assert station("sync", "--once").code == 0
    assert station("backup", made.backup).code == 0
    assert not copy_database(station.data / "toolroom.sqlite", made.daily)
    made.add_person("T-72")
    made.open_case(0)
    assert station("sync", "--once").code == 0
    return made


def test_before_anything_is_written_the_centre_is_asked_and_the_rest_comes_back(enrolled: Enrolled) -> None:
    station, whole = enrolled.station, enrolled.entries()
    enrolled.restore()
    begun = enrolled.entries()
    assert begun < whole
    for command in (("users", "add", "--badge", "T-9", "--name", "Имя", "--role", "technician"), ("sync", "--once")):
        station.refused("restore.centre_first", *command)
    with pytest.raises(DatabaseProblem, match="centre_first"):
        open_records(station.data)
    assert enrolled.entries() == begun, "whoever only reads still can"
    asked = station("sync", "--bring-back")
    assert (asked.code, "--yes" in asked.err, enrolled.entries()) == (2, True, begun)
    looked = station("sync", "--bring-back", "--json")
    assert (looked.code, looked.json["entries"], looked.json["brought_back"]) == (1, whole - begun, 0)
    assert (enrolled.entries(), enrolled.waits) == (begun, True)
    answer = station("sync", "--bring-back", "--yes")
    assert answer.code == 0, answer
    assert f"{whole - begun} entries" in answer.out
    assert "person_added 1" in answer.out
    assert not enrolled.waits
    records = open_records(station.data)
    kinds = [entry.kind for entry in records.database.read(lambda uow: list(uow.journal.entries()))]
    cases = records.cases.open()
    records.close()
    assert (len(kinds), len(cases), CARRIED_OVER in kinds) == (whole + 1, 1, False)
    assert station("sync", "--once").code == 0
    again = station("sync", "--bring-back")
    assert (again.code, "Nothing is lacking" in again.out) == (0, True)
    assert station("central", "verify").code == 0


def test_a_case_that_never_reached_the_centre_is_carried_over_after_the_rest_came_back(enrolled: Enrolled) -> None:
    station = enrolled.station
    enrolled.open_case(1)
    enrolled.restore()
    answer = station("sync", "--bring-back", "--yes")
    assert (answer.code, "1 open cases" in answer.out) == (0, True), answer
    records = open_records(station.data)
    entries = records.database.read(lambda uow: list(uow.journal.entries()))
    assert len(records.cases.open()) == 2
    records.close()
    assert [entry.kind for entry in entries[-2:]] == [BROUGHT_BACK, CARRIED_OVER]
    assert station("sync", "--once").code == 0


def test_the_same_of_a_daily_copy_and_in_json(enrolled: Enrolled) -> None:
    station, whole = enrolled.station, enrolled.entries()
    restored = station("restore", enrolled.daily, "--yes", language="ru")
    assert (restored.code, "--bring-back" in restored.err) == (0, True), restored
    begun = enrolled.entries()
    said = station("sync", "--bring-back", "--yes", "--json")
    assert said.code == 0, said
    assert (said.json["entries"], said.json["brought_back"]) == (whole - begun, whole - begun)
    assert (said.json["station"]["seq"], said.json["centre"]["seq"]) == (begun, whole)
    assert station("sync", "--once").code == 0


def test_whoever_goes_without_is_told_what_it_costs(enrolled: Enrolled) -> None:
    station = enrolled.station
    enrolled.restore()
    begun = enrolled.entries()
    asked = station("sync", "--go-without")
    assert (asked.code, "--yes" in asked.err, enrolled.waits) == (2, True, True)
    assert station("sync", "--go-without", "--yes").code == 0
    station.refused("bring_back.not_waiting", "sync", "--go-without", "--yes")
    enrolled.add_person("T-90")
    station.refused("centre.refused_fork", "sync", "--bring-back", "--yes", seq=begun + 1)
    problem = station("sync", "--once", "--json").json["problems"][0]
    assert problem["code"] == "centre.refused_fork"
    assert str(begun + 1) in problem["sentence"]
    assert "toolroom backup" in problem["sentence"]


def test_a_newest_backup_lacks_nothing_and_the_station_goes_on(enrolled: Enrolled, tmp_path: Path) -> None:
    station, newest = enrolled.station, tmp_path / "свежая.toolroom"
    assert station("backup", newest).code == 0
    assert station("restore", newest, "--yes").code == 0
    answer = station("sync", "--bring-back", language="ru")
    assert (answer.code, enrolled.waits) == (0, False), answer
    enrolled.add_person("T-91")
    assert station("sync", "--once").code == 0


def test_a_station_without_a_centre_waits_for_nobody(demo_station: Path, tmp_path: Path) -> None:
    station, backup = CommandLine(copy_of(demo_station, tmp_path / "station")), tmp_path / "backup.toolroom"
    assert station("backup", backup).code == 0
    restored = station("restore", backup, "--yes")
    assert (restored.code, "--bring-back" in restored.err) == (0, False)
    open_records(station.data).close()
    assert not is_restored(DataFolder(station.data))
    station.refused("enrolment.none", "sync", "--bring-back")
