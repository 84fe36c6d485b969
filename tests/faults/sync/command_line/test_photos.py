"""A photo's way on the command line: to the centre, away from the station, and back as a file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.command_line import CommandLine
from tests.unit.cli.test_photos import keep, note
from toolroom_desktop.adapters.database.evidence import FileEvidenceStore

LONG_AGO = "2026-01-01T08:00:00.000000+00:00"


def test_a_photo_goes_from_the_station_and_is_fetched_from_the_centre(
    station: CommandLine,
    enrolment: Path,
    tmp_path: Path,
) -> None:
    sha256 = note(station.data, content=b"a photo")
    store = FileEvidenceStore(station.data)
    content = store.get(sha256)
    assert station("enrol-site", enrolment).code == 0
    keep(station.data, 30)
    assert station("sync", "--once").code == 0
    assert station("photos", "drop").out.startswith("0 photos")
    with closing(sqlite3.connect(station.data / "toolroom.sqlite")) as connection, connection:
        connection.execute("UPDATE evidence SET acked_at = ?", (LONG_AGO,))
    os.utime(store.path(sha256), (0, 0))
    assert station("photos", "status", "--json").json["may_go"] == 1
    gone = station("photos", "drop")
    assert (gone.code, gone.out.startswith("1 photos")) == (0, True), gone
    assert not store.path(sha256).exists()
    assert station("sync", "--once").code == 0
    assert station("photos", "status").code == 0

    target = tmp_path / "снимок.jpg"
    fetched = station("central", "photo", sha256.upper(), "--out", target)
    assert (fetched.code, str(target) in fetched.out) == (0, True), fetched
    assert target.read_bytes() == content
    assert station("central", "photo", sha256, "--out", target).code == 2, "what is there stays"
    unknown = station("central", "photo", "0" * 64, "--out", tmp_path / "x.jpg")
    assert (unknown.code, "0" * 64 in unknown.err) == (2, True)
    assert not (tmp_path / "x.jpg").exists()
