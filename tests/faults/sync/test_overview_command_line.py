"""All stations at the command line: who may see them, what there is, and reports over all of it."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.centre.server import PostgreSql
from tests.command_line import CommandLine, copy_of, make_demo_station
from tests.faults.sync.conftest import new_database
from toolroom_desktop.adapters.database.gathered.store import FOLDER

SITE = "Ангар № 1"


@pytest.fixture
def station(
    tls_server: PostgreSql, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> CommandLine:
    """A demo station that belongs to a centre, which it may see all of."""
    monkeypatch.setenv("TOOLROOM_CENTRE_DSN", tls_server.dsn_of(new_database(tls_server)))
    made = CommandLine(copy_of(make_demo_station(tmp_path_factory.mktemp("demo") / "station"), tmp_path / "данные"))
    ca, enrolment = tmp_path / "ca.pem", tmp_path / "станция.json"
    ca.write_text(tls_server.authority.pem)
    assert made("central", "init").code == 0
    where = ("--host", "localhost", "--ca", ca, "--out", enrolment)
    assert made("central", "add-site", SITE, *where, "--overview").code == 0
    assert made("enrol-site", enrolment).code == 0
    return made


def test_what_an_administrator_allows_is_brought_listed_and_reported_until_it_is_taken_away(
    station: CommandLine, tmp_path: Path
) -> None:
    nothing = station("all-stations")
    assert nothing.code == 2
    assert "allow-overview" in nothing.err
    assert station("sync", "--once").code == 0
    here = station("all-stations", "--json")
    assert here.code == 0
    assert [(one["station"], one["missing"]) for one in here.json["stations"]] == [(SITE, 0)]
    assert here.json["as_of"]
    assert SITE in station("all-stations").out
    assert [site["overview"] for site in station("central", "status", "--json").json] == [True]
    listed = station("history", "--all-stations")
    assert listed.code == 0
    assert station("history", "--all-stations", "--json").json == station("history", "--json").json
    path = tmp_path / "кто.json"
    made = station("report", "who-had-what", "--all-stations", "--out", path, "--json")
    assert made.code == 0, made
    said = json.loads(path.read_text(encoding="utf-8"))
    assert said["about"]["stations_as_of"]
    assert station("report", "check", made.json["report_id"]).code == 0
    form = station("report", "handover", "--all-stations", "--out", tmp_path / "бланк.pdf")
    assert form.code == 2
    backup = tmp_path / "копия.zip"
    assert station("backup", backup).code == 0
    with ZipFile(backup) as packed:
        assert not [name for name in packed.namelist() if FOLDER in name], "it comes again from the centre"
    database = next(check for check in station("doctor", "--json").json["checks"] if check["name"] == "database")
    assert (database["grade"], (station.data / FOLDER).is_dir()) == ("good", True)
    assert station("central", "deny-overview", SITE).code == 0
    assert station("sync", "--once").code == 0
    assert station("all-stations").code == 2
    refused = station("report", "who-had-what", "--all-stations", "--out", tmp_path / "x.json")
    assert (refused.code, (tmp_path / "x.json").exists()) == (2, False)
    assert station("central", "allow-overview", "nowhere").code == 2
