"""Settings by command, for setup files and for IT."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import CommandLine


def test_a_setting_is_changed_and_shown(tmp_path: Path) -> None:
    toolroom = CommandLine(tmp_path / "данные")
    assert toolroom("settings", "set", "camera.source", "usb:2").code == 0
    assert toolroom("settings", "show", "--json").json["camera"]["source"] == "usb:2"
    assert "camera.source = usb:2" in toolroom("settings", "show").out


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("station.fullscreen", "true", True),
        ("inspection.frames", "7", 7),
        ("thresholds.match_percentage", "90.5", 90.5),
    ],
)
def test_numbers_and_truth_values_are_written_as_such(tmp_path: Path, key: str, value: str, kept: object) -> None:
    toolroom = CommandLine(tmp_path)
    assert toolroom("settings", "set", key, value).code == 0
    section, name = key.split(".")
    assert toolroom("settings", "show", "--json").json[section][name] == kept


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("station.language", "de"),
        ("station.fullscreen", "perhaps"),
        ("inspection.frames", "0"),
        ("inspection.frames", "[1]"),
        ("camera.sauce", "usb:1"),
        ("camera", "usb:1"),
        ("kamera.source", "usb:1"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name_and_nothing_is_written(tmp_path: Path, key: str, value: str) -> None:
    toolroom = CommandLine(tmp_path)
    refused = toolroom("settings", "set", key, value)
    assert refused.code == 2
    assert key.split(".")[-1] in refused.err
    assert not (tmp_path / "settings.toml").exists()
