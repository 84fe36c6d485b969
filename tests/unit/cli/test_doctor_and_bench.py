"""Is this station fit for work, and how fast is it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import CommandLine
from tests.first_model import FIRST_MODEL
from toolroom_desktop import health
from toolroom_desktop.adapters.vision.manifest import read_manifest
from toolroom_desktop.bootstrap import SHIPPED_MODEL
from toolroom_desktop.config.messages import LANGUAGES, Language, Messages
from toolroom_desktop.config.paths import DataFolder, models_folder

SHIPPED = read_manifest(models_folder() / SHIPPED_MODEL)


def grades(toolroom: CommandLine) -> dict[str, str]:
    return {check["name"]: check["grade"] for check in toolroom("doctor", "--json").json["checks"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fresh_station_is_fit_for_work(toolroom: CommandLine, language: Language) -> None:
    answer = toolroom("doctor", language=language)
    assert answer.code == 0
    assert sqlite3.sqlite_version in answer.out
    assert f"{SHIPPED.name} {SHIPPED.version}" in answer.out
    assert "[!]" not in answer.out


def test_the_doctor_tells_machines_the_same(toolroom: CommandLine) -> None:
    answer = toolroom("doctor", "--json")
    checks = {check["name"]: check for check in answer.json["checks"]}
    assert answer.json["healthy"] is True
    assert checks["database"]["journal_entries"] == toolroom("journal", "verify", "--json").json["entries"]
    assert checks["model"]["verified"] is True
    assert checks["model"]["classes"] == sorted(entry.name for entry in SHIPPED.classes)
    assert checks["secrets"]["place"] == "file"
    assert set(checks["program"]["libraries"]) == set(health.LIBRARIES)
    assert "?" not in checks["program"]["libraries"].values()


def test_an_enrolment_that_the_setup_laid_down_and_nobody_took_in_is_told(toolroom: CommandLine) -> None:
    laid_down = toolroom.data / "enrolment.json"
    laid_down.write_text("{}", encoding="utf-8")
    try:
        checks = {check["name"]: check for check in toolroom("doctor", "--json").json["checks"]}
        assert checks["centre"]["grade"] == "note"
        assert str(laid_down) in toolroom("doctor").out
    finally:
        laid_down.unlink()


def test_the_doctor_changes_nothing(toolroom: CommandLine, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in toolroom.data.rglob("*") if path.suffix in (".sqlite", ".json")}
    toolroom("doctor")
    assert {path: path.read_bytes() for path in before} == before
    nowhere = CommandLine(tmp_path / "nowhere")
    assert nowhere("doctor").code == 1
    assert not nowhere.data.exists()


def test_a_station_that_was_never_set_up_is_told_how(tmp_path: Path) -> None:
    answer = CommandLine(tmp_path / "nowhere")("doctor")
    assert answer.code == 1
    assert "toolroom init" in answer.out


def test_a_damaged_database_a_bad_model_and_bad_settings_are_all_found_at_once(toolroom: CommandLine) -> None:
    (toolroom.data / "settings.toml").write_text('[station]\nlanguge = "ru"\n', encoding="utf-8")
    (toolroom.data / "secrets.json").unlink()
    database = toolroom.data / "toolroom.sqlite"
    content = bytearray(database.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xa5" * 4096 * 3
    database.write_bytes(content)
    answer = toolroom("doctor")
    assert answer.code == 1
    found = grades(toolroom)
    assert [name for name in ("settings", "database", "secrets") if found[name] == "bad"] == [
        "settings",
        "database",
        "secrets",
    ]
    assert found["model"] == "good"
    assert "languge" in answer.out


def test_a_damaged_page_that_nothing_has_read_yet_is_found(toolroom: CommandLine) -> None:
    database = toolroom.data / "toolroom.sqlite"
    with closing(sqlite3.connect(database)) as connection:
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'evidence'").fetchone()
    content = bytearray(database.read_bytes())
    content[(page - 1) * page_size : page * page_size] = b"\xa5" * page_size
    database.write_bytes(content)
    assert toolroom("users", "list").code == 0
    assert toolroom("doctor").code == 1
    assert grades(toolroom)["database"] == "bad"


def test_a_model_without_a_manifest_is_a_note_and_a_changed_one_is_bad(toolroom: CommandLine, tmp_path: Path) -> None:
    bare = tmp_path / "bare.onnx"
    bare.write_bytes(FIRST_MODEL.with_suffix(".onnx").read_bytes())
    settings = toolroom.data / "settings.toml"
    settings.write_text(f"[model]\nmanifest = '{bare}'\n", encoding="utf-8")
    assert grades(toolroom)["model"] == "note"
    manifest = tmp_path / "bare.json"
    content = json.loads(FIRST_MODEL.read_text(encoding="utf-8")) | {"file": bare.name, "sha256": "0" * 64}
    manifest.write_text(json.dumps(content), encoding="utf-8")
    assert grades(toolroom)["model"] == "bad"


def test_the_password_of_a_network_camera_is_never_shown(toolroom: CommandLine) -> None:
    (toolroom.data / "settings.toml").write_text(
        '[camera]\nsource = "rtsp://user:geheim@10.0.0.9/stream"\n', encoding="utf-8"
    )
    for arguments in (("doctor",), ("doctor", "--json")):
        out = toolroom(*arguments).out
        assert "geheim" not in out
        assert "10.0.0.9" in out


def keeping_photos(toolroom: CommandLine, settings: str = "") -> tuple[dict[str, Any], list[str]]:
    """What the doctor says of the review folder: the check as JSON, and its line in every language."""
    if settings:
        (toolroom.data / "settings.toml").write_text(f"[learning]\n{settings}\n", encoding="utf-8")
    answer = toolroom("doctor", "--json")
    assert answer.json["healthy"] is True, "operations are recorded without the review folder"
    (check,) = [check for check in answer.json["checks"] if check["name"] == "review"]
    names = {language: Messages(language).text("cli.doctor.name.review") for language in LANGUAGES}
    lines = [
        line
        for language in LANGUAGES
        for line in toolroom("doctor", language=language).out.splitlines()
        if line.startswith((f"[i] {names[language]}: ", f"[+] {names[language]}: "))
    ]
    assert len(lines) == len(LANGUAGES)
    return check, lines


def waiting_photo(folder: Path, number: int) -> None:
    """A kept photo, as far as its name tells."""
    (folder / f"2026-05-04_00000000-0000-4000-8000-{number:012}").mkdir(parents=True)


def test_a_review_folder_that_does_not_exist_yet_is_in_order(toolroom: CommandLine) -> None:
    folder = toolroom.data / "review"
    check, lines = keeping_photos(toolroom)
    assert check["grade"] == "good"
    assert (check["path"], check["keeps"], check["waiting"], check["writable"]) == (str(folder), True, 0, True)
    assert all(str(folder) in line and "[+]" in line for line in lines)
    assert not folder.exists(), "the doctor only looks"


def test_the_photos_that_wait_in_the_review_folder_are_counted(toolroom: CommandLine, tmp_path: Path) -> None:
    elsewhere = tmp_path / "разбор"
    for number in range(3):
        waiting_photo(elsewhere, number)
    (elsewhere / "notes").mkdir()
    check, lines = keeping_photos(toolroom, f"review_folder = '{elsewhere}'")
    assert (check["grade"], check["path"], check["waiting"]) == ("good", str(elsewhere), 3)
    assert all(str(elsewhere) in line and ": 3" in line for line in lines)


def test_keeping_no_photos_for_review_is_in_order_and_said(toolroom: CommandLine) -> None:
    check, lines = keeping_photos(toolroom, "keep_for_review = false")
    assert (check["grade"], check["keeps"]) == ("good", False)
    assert all("learning.keep_for_review" in line for line in lines)


@pytest.mark.parametrize("there", [True, False], ids=["that is there", "that could not be made"])
def test_a_review_folder_that_cannot_be_written_to_is_a_note(
    toolroom: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    folder = locked if there else locked / "review"
    if there:
        waiting_photo(folder, 1)
    ask = os.access
    # The rights of a folder hold back no administrator, and tests may run as one.
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != locked and ask(path, mode))
    check, lines = keeping_photos(toolroom, f"review_folder = '{folder}'")
    assert (check["grade"], check["writable"], check["waiting"]) == ("note", False, int(there))
    assert all("[i]" in line and str(folder) in line and "learning.review_folder" in line for line in lines)


@pytest.mark.parametrize("below", ["", "review"], ids=["is a file", "lies below a file"])
def test_a_review_folder_that_is_none_is_a_note(toolroom: CommandLine, tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    check, lines = keeping_photos(toolroom, f"review_folder = '{tmp_path / 'file' / below}'")
    assert (check["grade"], check["problem"]) == ("note", "review.disk_error")
    assert all("[i]" in line and "learning.review_folder" in line for line in lines)


def test_a_review_folder_without_room_for_photos_is_a_note(
    toolroom: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    measure = shutil.disk_usage
    monkeypatch.setattr(
        "shutil.disk_usage",
        lambda path: usage(1 << 40, 1 << 40, 300 << 20) if Path(path) == tmp_path / "small" else measure(path),
    )
    (tmp_path / "small").mkdir()
    check, lines = keeping_photos(toolroom, f"review_folder = '{tmp_path / 'small'}'")
    assert (check["grade"], check["writable"]) == ("note", True)
    assert all("[i]" in line and "512" in line for line in lines)


def test_a_disk_that_is_nearly_full_is_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage(1 << 40, 1 << 40, 5 << 20))
    checks = {check.name: check for check in health.examine(DataFolder(tmp_path))}
    assert checks["disk"].grade == "bad"
    assert checks["disk"].details["free_mib"] == 5


def test_the_bench_splits_a_frame_and_compares_with_the_bare_session(toolroom: CommandLine) -> None:
    report = toolroom("bench", "--rounds", "9", "--json").json
    assert report["model"] == SHIPPED.name
    assert report["frames"] == 9
    assert report["unit"] == "ms"
    for part in ("letterbox", "session", "decode", "whole", "bare"):
        assert report[part] > 0
    # How near to 1 it is belongs to the benchmarks; here it must only be a sensible ratio.
    assert 0.5 < report["ratio_to_session"] < 2
    text = toolroom("bench", "--rounds", "1", language="ru")
    assert text.code == 0
    assert "letterbox" in text.out and "decode" in text.out
