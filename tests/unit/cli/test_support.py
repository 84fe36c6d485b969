"""`toolroom support-bundle`: what a helper needs, and nothing that names a person or opens a door."""

from __future__ import annotations

import json
import logging
import shutil
import socket
import sqlite3
import tomllib
import traceback
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import insert

from tests.command_line import CommandLine
from tests.unit.adapters.database.samples import connection_of
from tests.used_station import BADGE, CAMERA_PASSWORD, NAME, PIN, make_used_station, opened
from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.files.support_bundle import BADGE as BADGE_MASK
from toolroom_desktop.adapters.files.support_bundle import PERSON, Mask
from toolroom_desktop.config.messages import LANGUAGES, Language, Messages
from toolroom_desktop.domain.errors import Refused, UserFacingError


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_used_station(tmp_path_factory.mktemp("used") / "station", kits=2)


@pytest.fixture
def toolroom(used: Path, tmp_path: Path) -> CommandLine:
    """A used station that has had its troubles, whose log somebody filled with all that must not leave."""
    data = shutil.copytree(used, tmp_path / "station")
    (data / "logs").mkdir()
    (data / "logs" / "toolroom.log").write_text(
        f"2026-05-04 camera rtsp://operator:{CAMERA_PASSWORD}@10.0.0.8/1 is lost\n"
        f"{NAME.upper()} with badge {BADGE} had to wait at {Path.home()}/station\n",
        encoding="utf-8",
    )
    (data / "crashes").mkdir()
    (data / "crashes" / "crash-1.txt").write_text(f"KeyError: '{BADGE}'\n", encoding="utf-8")
    return CommandLine(data)


def unzipped(target: Path) -> dict[str, str]:
    with zipfile.ZipFile(target) as packed:
        return {name: packed.read(name).decode("utf-8") for name in packed.namelist()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_in_it_is_listed_in_plain_words_inside_and_outside(
    toolroom: CommandLine, tmp_path: Path, language: Language
) -> None:
    target = tmp_path / "поддержка.zip"
    answer = toolroom("support-bundle", target, language=language)
    assert answer.code == 0
    files = unzipped(target)
    assert files.keys() == {
        "CONTENT.txt",
        "doctor.json",
        "versions.json",
        "settings.toml",
        "journal.json",
        "logs/toolroom.log",
        "crashes/crash-1.txt",
    }
    for name in files.keys() - {"CONTENT.txt"}:
        assert name in files["CONTENT.txt"]
        assert name in answer.out
    about = Messages(language).text("support.look_first")
    assert about in files["CONTENT.txt"]
    assert about in answer.out


def test_nothing_in_it_names_a_person_or_opens_a_door(toolroom: CommandLine, tmp_path: Path) -> None:
    toolroom("support-bundle", tmp_path / "s.zip")
    files = unzipped(tmp_path / "s.zip")
    secrets = json.loads((toolroom.data / "secrets.json").read_text("utf-8"))
    with sqlite3.connect(toolroom.data / "toolroom.sqlite") as connection:
        (pin_hash,) = connection.execute("SELECT pin_hash FROM person").fetchone()
    connection.close()
    forbidden = (CAMERA_PASSWORD, NAME, NAME.upper(), PIN, pin_hash, str(Path.home()), *secrets["keys"].values())
    for name, text in files.items():
        for word in forbidden:
            assert word not in text, (name, word)
        assert f" {BADGE} " not in text
        assert f"'{BADGE}'" not in text
    log = files["logs/toolroom.log"].splitlines()
    assert log == [
        "2026-05-04 camera rtsp://operator:***@10.0.0.8/1 is lost",
        f"{PERSON} with badge {BADGE_MASK} had to wait at ~/station",
    ]
    assert not any(name.endswith((".jpg", ".sqlite")) for name in files)


def test_what_a_helper_needs_is_there_for_machines_too(toolroom: CommandLine, tmp_path: Path) -> None:
    toolroom("support-bundle", tmp_path / "s.zip")
    files = unzipped(tmp_path / "s.zip")
    checks = {check["name"]: check for check in json.loads(files["doctor.json"])["checks"]}
    assert checks["database"]["grade"] == "good"
    assert "SQLAlchemy" in json.loads(files["versions.json"])["libraries"]
    settings = tomllib.loads(files["settings.toml"])
    assert settings["camera"]["source"] == "rtsp://operator:***@10.0.0.8/1"
    counted = json.loads(files["journal.json"])
    records = opened(toolroom.data)
    head = records.database.read(lambda uow: uow.journal.head())
    records.close()
    assert (counted["head"]["site_seq"], counted["head"]["hash"]) == (head.site_seq, head.hash)
    assert counted["operations"] == {"checkout success": 2}
    assert counted["people"] == {"technician": 1}
    assert counted["photos"]["count"] == 4
    assert sum(counted["entries"].values()) == head.site_seq


def test_settings_that_are_no_toml_go_in_without_passwords(toolroom: CommandLine, tmp_path: Path) -> None:
    (toolroom.data / "settings.toml").write_text(
        f'[camera\nsource = "rtsp://a:{CAMERA_PASSWORD}@b/1"  # was {CAMERA_PASSWORD}\n', encoding="utf-8"
    )
    assert toolroom("support-bundle", tmp_path / "s.zip").code == 0
    files = unzipped(tmp_path / "s.zip")
    assert "[camera" in files["settings.toml"]
    assert not any(CAMERA_PASSWORD in text for text in files.values())


def test_where_the_records_cannot_be_read_it_is_said_that_names_are_unknown(
    toolroom: CommandLine, tmp_path: Path
) -> None:
    (toolroom.data / "toolroom.sqlite").write_bytes(b"SQLite format 3\0" + b"broken" * 500)
    answer = toolroom("support-bundle", tmp_path / "s.zip")
    assert answer.code == 0
    assert "Look through the logs" in answer.out
    assert "Look through the logs" in unzipped(tmp_path / "s.zip")["CONTENT.txt"]


def test_a_folder_without_a_station_gives_a_bundle_too(tmp_path: Path) -> None:
    nowhere = CommandLine(tmp_path / "nowhere")
    assert nowhere("support-bundle", tmp_path / "s.zip").code == 0
    assert not nowhere.data.exists()
    nowhere.refused("backup.exists", "support-bundle", tmp_path / "s.zip", path=tmp_path / "s.zip")


def test_no_socket_is_opened(toolroom: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert toolroom("support-bundle", tmp_path / "s.zip").code == 0


def test_a_name_is_found_in_any_case_and_not_within_a_word() -> None:
    mask = Mask([("Ким Сергей", "K-1"), ("Ким", "K"), ("Al", "77")])
    assert mask.text("КИМ СЕРГЕЙ, ким, Кимберли, K-1, K, Al, 77") == (
        f"{PERSON}, {PERSON}, Кимберли, {BADGE_MASK}, K, Al, 77"
    )


class TestWhatLogsHold:
    """A mask can miss what nobody told it; so the texts that end in logs hold no people in the first place."""

    def test_an_error_of_the_database_does_not_say_what_was_to_be_written(self, toolroom: CommandLine) -> None:
        records = opened(toolroom.data)
        row = {
            "badge_key": "t-1",
            "badge": BADGE,
            "name": NAME,
            "role": "technician",
            "pin_hash": "argon2 hash",
            "active": True,
            "wrong_pins": 0,
        }
        with pytest.raises(Exception, match="UNIQUE") as raised:
            records.database.write(lambda uow: connection_of(uow).execute(insert(tables.person), row))
        records.close()
        text = "".join(traceback.format_exception(raised.value))
        assert "INSERT INTO person" in text
        for word in (NAME, "argon2 hash", repr(BADGE)):
            assert word not in text

    def test_an_error_for_people_names_nobody_in_a_log(self, caplog: pytest.LogCaptureFixture) -> None:
        error: UserFacingError = Refused("people.disabled", name=NAME, badge=BADGE, seconds=5)
        with caplog.at_level(logging.INFO, "elsewhere"):
            logging.getLogger("elsewhere").info("refused: %s", error)
        assert "people.disabled" in caplog.text
        assert "seconds=5" in caplog.text
        assert NAME not in caplog.text
        assert BADGE not in caplog.text
        assert NAME in Messages("ru").error(error)
