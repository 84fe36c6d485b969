"""An administrator and a station at the command line, with TLS and SCRAM as in use."""

from __future__ import annotations

import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.centre.server import PostgreSql
from tests.centre.stations import waits
from tests.command_line import CommandLine
from tests.faults.sync.command_line.steps import SITE, entries_of
from toolroom_desktop.adapters.central.enrolment import EnrolmentStore, read_enrolment
from toolroom_desktop.config.messages import LANGUAGES


def test_from_an_empty_database_to_a_journal_that_is_verified_there(
    station: CommandLine, enrolment: Path, tmp_path: Path
) -> None:
    again = station("central", "init")
    assert (again.code, "anew" in again.out) == (0, True), "it may be run again"
    enrolled = station("enrol-site", enrolment)
    assert (enrolled.code, SITE in enrolled.out) == (0, True), enrolled
    assert station("enrol-site", enrolment).code == 0, "it may be run again"
    answer = station("sync", "--once", "--json")
    assert answer.code == 0, answer
    assert (answer.json["pushed"], answer.json["pending"]["operations"], answer.json["problems"]) == (
        entries_of(station),
        0,
        [],
    )
    assert "0 entries" in station("sync", "--once").out
    (site,) = station("central", "status", "--json").json
    assert (site["site"], site["pending"], site["head"]["seq"], site["removed"]) == (
        SITE,
        0,
        entries_of(station),
        False,
    )
    assert SITE in station("central", "status", language="ru").out
    verified = station("central", "verify", "--json")
    assert (verified.code, verified.json) == (0, {"whole": True, "entries": entries_of(station), "faults": []})
    assert station("central", "quarantine").code == 0
    new = tmp_path / "новый.json"
    assert station("central", "rotate-password", SITE, "--host", "localhost", "--out", new).code == 0
    assert station("sync", "--once").code == 2
    assert station("central", "remove-site", SITE).code == 0
    station.refused("centre.site_was_removed", "central", "remove-site", SITE, site=SITE)
    station.refused("centre.site_unknown", "central", "remove-site", "никакая", site="никакая")


def test_the_password_lies_in_a_file_that_only_its_owner_reads_and_doctor_says_so(
    station: CommandLine, enrolment: Path
) -> None:
    assert stat.S_IMODE(enrolment.stat().st_mode) == 0o600
    enrolled = station("enrol-site", enrolment)
    assert "key store" in enrolled.err
    kept = station.data / "centre.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert read_enrolment(enrolment).address.password in kept.read_text("utf-8")
    checks = {check["name"]: check for check in station("doctor", "--json").json["checks"]}
    assert (checks["centre"]["grade"], checks["centre"]["password_in"]) == ("note", "file")
    assert checks["centre"]["waiting"]["operations"] == entries_of(station)
    for said in (station("doctor"), station("sync", "--once")):
        assert read_enrolment(enrolment).address.password not in said.out + said.err


def test_without_once_it_syncs_until_it_is_interrupted(
    station: CommandLine, enrolment: Path, tls_server: PostgreSql, dsn: str
) -> None:
    assert station("enrol-site", enrolment).code == 0
    written = entries_of(station)
    database = dsn.split("@/")[1].split("?")[0]

    command = [sys.executable, "-m", "toolroom_desktop.cli", "--data", str(station.data), "--language", "en", "sync"]
    # A program that was begun in the background of a shell ignores Ctrl+C, and so would what it begins.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    signal.signal(signal.SIGINT, before)
    try:
        assert waits(lambda: tls_server.sql("SELECT max(seq) FROM toolroom.site_head", database) == str(written))
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert f"Waiting for the centre: {written} entries" in out
    # Ctrl+C may come between the centre's commit and the note of it here: what is pushed again is not taken twice.
    assert station("sync", "--once", "--json").json["pending"]["operations"] == 0
    assert tls_server.sql("SELECT max(seq) FROM toolroom.site_head", database) == str(written)


def test_a_chain_that_was_changed_at_the_centre_is_named(
    station: CommandLine, enrolment: Path, tls_server: PostgreSql, dsn: str
) -> None:
    assert station("enrol-site", enrolment).code == 0
    assert station("sync", "--once").code == 0
    database = dsn.split("@/")[1].split("?")[0]
    tls_server.sql("UPDATE toolroom.journal SET content = content || ' ' WHERE site_seq = 2", database)
    for language in LANGUAGES:
        answer = station("central", "verify", language=language)
        assert (answer.code, f"{SITE}," in answer.out) == (1, True)
    assert station("central", "verify", "--json").json["faults"] == [{"site": SITE, "site_seq": 2, "code": "content"}]


def test_what_was_set_apart_is_listed_shown_and_resolved(station: CommandLine, enrolment: Path) -> None:
    assert station("enrol-site", enrolment).code == 0
    written = entries_of(station)
    with closing(sqlite3.connect(station.data / "toolroom.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER journal_never_changes")
        connection.execute("UPDATE journal SET kind = 'forged' WHERE site_seq = 3")
    synced = station("sync", "--once", "--json")
    assert (synced.code, synced.json["quarantined"], synced.json["pushed"]) == (1, 1, written)
    assert [problem["code"] for problem in synced.json["problems"]] == ["centre.quarantined"]
    listed = station("central", "quarantine", "--json")
    (apart,) = listed.json
    assert (listed.code, apart["reason"], apart["site_seq"]) == (1, "content", 3)
    assert '"kind":"forged"' in station("central", "quarantine", "--show", apart["number"]).json["content"]
    station.refused("centre.note_needed", "central", "quarantine", "--resolve", apart["number"])
    assert station("central", "status").code == 1
    assert station("central", "quarantine", "--resolve", apart["number"], "--note", "опечатка").code == 0
    assert (station("central", "quarantine").code, station("central", "status").code) == (0, 0)
    assert station("central", "quarantine", "--all", "--json").json[0]["note"] == "опечатка"
    station.refused("centre.quarantine_unknown", "central", "quarantine", "--resolve", 99, "--note", "x", number=99)


def test_a_station_that_belongs_to_a_centre_is_still_one_after_a_restore(
    station: CommandLine, enrolment: Path, tmp_path: Path
) -> None:
    """A backup holds neither the enrolment nor its password; what the computer has of them stays."""
    assert station("enrol-site", enrolment).code == 0
    backup = tmp_path / "копия.zip"
    assert station("backup", backup).code == 0
    assert read_enrolment(enrolment).address.password.encode() not in backup.read_bytes()
    assert station("restore", backup, "--yes").code == 0
    assert EnrolmentStore(station.data).load().site == SITE
    waiting = station("sync", "--once")
    assert waiting.code == 2, "the centre is asked first for what the backup lacks"
    assert "--bring-back" in waiting.err
    assert station("sync", "--bring-back", "--yes").code == 0
    assert station("sync", "--once").code == 0
