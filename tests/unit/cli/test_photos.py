"""Photos on the command line: where they lie, and letting go those that may."""

from __future__ import annotations

import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import CommandLine
from toolroom_desktop import health
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.enrolment import Enrolment, EnrolmentStore
from toolroom_desktop.adapters.database.evidence import FileEvidenceStore
from toolroom_desktop.config.messages import LANGUAGES, Language
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.services.doctor import Check

LONG_AGO = "2026-01-01T08:00:00.000000+00:00"
SIZE = 2 << 20


def note(data: Path, *, acked: str | None = None, dropped: str | None = None, content: bytes = b"") -> str:
    """A photo in the records, as sync would have noted it."""
    store = FileEvidenceStore(data)
    content = content.ljust(SIZE, b".")
    sha256 = store.put(content)
    if dropped:
        store.path(sha256).unlink()
    with closing(sqlite3.connect(data / "toolroom.sqlite")) as connection, connection:
        connection.execute(
            "INSERT INTO evidence (sha256, size, acked_bytes, acked_at, dropped_at) VALUES (?, ?, ?, ?, ?)",
            (sha256, SIZE, SIZE if acked else 0, acked, dropped),
        )
    return sha256


def keep(data: Path, days: int) -> None:
    (data / "settings.toml").write_text(f"[sync]\nkeep_photos_days = {days}\n", encoding="utf-8")


def enrol(data: Path) -> None:
    address = ServerAddress("127.0.0.1", 9, "toolroom", "toolroom_site_x", password="x", tls=False)
    EnrolmentStore(data, keyring=lambda: None).keep(Enrolment("x", address))


def photos_check(data: Path) -> Check:
    (check,) = [check for check in health.examine(DataFolder(data)) if check.name == "photos"]
    return check


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_photos_lie_is_said(toolroom: CommandLine, language: Language) -> None:
    note(toolroom.data, content=b"a")
    note(toolroom.data, acked=LONG_AGO, content=b"b")
    note(toolroom.data, acked=LONG_AGO, dropped=LONG_AGO, content=b"c")
    keep(toolroom.data, 30)
    answer = toolroom("photos", "status", language=language)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert ("4.0 MiB" if language == "en" else "4,0 МиБ") in lines[0]
    assert ("2.0 MiB" if language == "en" else "2,0 МиБ") in lines[1]
    assert "30" in lines[2]
    said = toolroom("photos", "status", "--json").json
    assert said["here"] == {"photos": 2, "bytes": 2 * SIZE}
    assert said["at_the_centre_alone"] == {"photos": 1, "bytes": SIZE}
    assert (said["keep_days"], said["may_go"], said["not_known_to_be_there"]) == (30, 1, 0)


def test_photos_that_the_centre_may_have_lost_are_a_finding(toolroom: CommandLine) -> None:
    note(toolroom.data, dropped=LONG_AGO, content=b"c")
    answer = toolroom("photos", "status")
    assert answer.code == 1
    assert "toolroom sync --once" in answer.err
    check = photos_check(toolroom.data)
    assert (check.grade, check.code) == ("note", "cli.doctor.photos_doubtful")


def test_nothing_is_dropped_where_all_are_kept_or_there_is_no_centre(toolroom: CommandLine) -> None:
    sha256 = note(toolroom.data, acked=LONG_AGO, content=b"b")
    answer = toolroom("photos", "drop")
    assert (answer.code, "sync.keep_photos_days" in answer.err) == (2, True)
    keep(toolroom.data, 30)
    answer = toolroom("photos", "drop")
    assert (answer.code, "toolroom enrol-site" in answer.err) == (2, True)
    enrol(toolroom.data)
    answer = toolroom("photos", "drop")
    assert answer.code == 2
    assert "127.0.0.1:9" in answer.err, "the centre is asked first, and nobody answers there"
    assert FileEvidenceStore(toolroom.data).path(sha256).exists()


def test_the_doctor_says_how_photos_are_kept(toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    note(toolroom.data, acked=LONG_AGO, dropped=LONG_AGO, content=b"c")
    assert photos_check(toolroom.data).code == "cli.doctor.photos"
    keep(toolroom.data, 30)
    assert photos_check(toolroom.data).code == "cli.doctor.photos_no_centre"
    enrol(toolroom.data)
    check = photos_check(toolroom.data)
    assert (check.grade, check.code) == ("good", "cli.doctor.photos_days")
    assert (check.details["days"], check.details["dropped"]) == (30, 1)
    (toolroom.data / "settings.toml").unlink()
    usage = namedtuple("usage", "total used free")

    def little_room(_place: Any) -> Any:
        return usage(100 << 30, 98 << 30, 2 << 30)

    monkeypatch.setattr(shutil, "disk_usage", little_room)
    check = photos_check(toolroom.data)
    assert (check.grade, check.code) == ("note", "cli.doctor.photos_room")
    assert check.details["free_mib"] == 2048
