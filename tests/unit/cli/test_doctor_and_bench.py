"""Is this station fit for work, and how fast is it."""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from tests.command_line import CommandLine
from toolroom_desktop.cli import doctor_checks
from toolroom_desktop.config.messages import LANGUAGES, Language
from toolroom_desktop.config.paths import DataFolder, models_folder


def grades(toolroom: CommandLine) -> dict[str, str]:
    return {check["name"]: check["grade"] for check in toolroom("doctor", "--json").json["checks"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fresh_station_is_fit_for_work(toolroom: CommandLine, language: Language) -> None:
    answer = toolroom("doctor", language=language)
    assert answer.code == 0
    assert sqlite3.sqlite_version in answer.out
    assert "kit11_first" in answer.out
    assert "[!]" not in answer.out


def test_the_doctor_tells_machines_the_same(toolroom: CommandLine) -> None:
    answer = toolroom("doctor", "--json")
    checks = {check["name"]: check for check in answer.json["checks"]}
    assert answer.json["healthy"] is True
    assert checks["database"]["journal_entries"] == 6
    assert checks["model"]["verified"] is True
    assert len(checks["model"]["classes"]) == 11
    assert checks["secrets"]["place"] == "file"
    assert set(checks["program"]["libraries"]) == set(doctor_checks.LIBRARIES)
    assert "?" not in checks["program"]["libraries"].values()


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
    bare.write_bytes((models_folder() / "kit11_first.onnx").read_bytes())
    settings = toolroom.data / "settings.toml"
    settings.write_text(f"[model]\nmanifest = '{bare}'\n", encoding="utf-8")
    assert grades(toolroom)["model"] == "note"
    manifest = tmp_path / "bare.json"
    text = (models_folder() / "kit11_first.json").read_text("utf-8").replace("kit11_first.onnx", "bare.onnx")
    manifest.write_text(text.replace('"sha256": "4', '"sha256": "5'), encoding="utf-8")
    assert grades(toolroom)["model"] == "bad"


def test_the_password_of_a_network_camera_is_never_shown(toolroom: CommandLine) -> None:
    (toolroom.data / "settings.toml").write_text(
        '[camera]\nsource = "rtsp://user:geheim@10.0.0.9/stream"\n', encoding="utf-8"
    )
    for arguments in (("doctor",), ("doctor", "--json")):
        out = toolroom(*arguments).out
        assert "geheim" not in out
        assert "10.0.0.9" in out


def test_a_disk_that_is_nearly_full_is_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage(1 << 40, 1 << 40, 5 << 20))
    checks = {check.name: check for check in doctor_checks.examine(DataFolder(tmp_path))}
    assert checks["disk"].grade == "bad"
    assert checks["disk"].details["free_mib"] == 5


def test_the_bench_splits_a_frame_and_compares_with_the_bare_session(toolroom: CommandLine) -> None:
    report = toolroom("bench", "--rounds", "2", "--json").json
    assert report["model"] == "kit11_first"
    assert report["frames"] == 2
    assert report["unit"] == "ms"
    for part in ("letterbox", "session", "decode", "whole", "bare"):
        assert report[part] > 0
    # How near to 1 it is belongs to the benchmarks; here it must only be a sensible ratio.
    assert 0.5 < report["ratio_to_session"] < 2
    text = toolroom("bench", "--rounds", "1", language="ru")
    assert text.code == 0
    assert "letterbox" in text.out and "decode" in text.out
