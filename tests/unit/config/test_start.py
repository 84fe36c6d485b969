"""What `toolroom-desktop` makes of its arguments before a window opens."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from toolroom_desktop.__main__ import answered, begin, parse, prepare
from toolroom_desktop.config.settings import save_setting
from toolroom_desktop.domain.errors import BadSettings
from toolroom_desktop.ui.care import AnsweredBy


def test_the_demonstration_has_a_data_folder_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOOLROOM_DATA", str(tmp_path / "station"))
    assert parse([]).folder.root == tmp_path / "station"
    assert parse(["--demo"]).folder.root == tmp_path / "station-demo"
    assert parse(["--demo", "--data", str(tmp_path / "x")]).folder.root == tmp_path / "x"


def test_a_bad_settings_file_is_told_by_the_windows_and_not_by_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("[camera]\nsorce = 'usb:0'\n")
    settings, build_context = prepare(parse(["--data", str(tmp_path), "--language", "en"]))
    assert settings.station.language == "en"
    with pytest.raises(BadSettings):
        build_context(lambda _step: None)
    assert not (tmp_path / "toolroom.sqlite").exists()


def test_starting_the_windows_imports_no_training_library() -> None:
    program = (
        "import json, sys; import toolroom_desktop.__main__;"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    imported = set(json.loads(done.stdout))
    assert {"PySide6", "cv2", "onnxruntime"} <= imported
    assert not imported & {"torch", "ultralytics", "pandas", "bpy", "pytest", "matplotlib", "PIL"}


def test_what_was_answered_before_the_set_up_is_known_with_its_place(tmp_path: Path) -> None:
    told = parse(["--data", str(tmp_path), "--language", "en"])
    untold = parse(["--data", str(tmp_path)])
    assert (answered(untold).language, answered(untold).camera) == (AnsweredBy.NOBODY, AnsweredBy.NOBODY)
    assert answered(told).language is AnsweredBy.COMMAND_LINE
    save_setting(tmp_path / "settings.toml", "station", "language", "ru")
    assert (answered(untold).language, answered(untold).camera) == (AnsweredBy.SETTINGS, AnsweredBy.NOBODY)
    save_setting(tmp_path / "settings.toml", "camera", "source", "usb:2")
    assert (answered(untold).camera, answered(untold).camera_source) == (AnsweredBy.SETTINGS, "usb:2")


def test_the_demonstration_is_never_set_up_and_begins_beside_the_station(tmp_path: Path) -> None:
    real = begin(parse(["--data", str(tmp_path / "station"), "--language", "ru"]))
    demo = begin(parse(["--data", str(tmp_path / "station"), "--demo"]))
    assert real.care is not None and demo.care is not None
    assert real.care.wants_first_start()
    assert not demo.care.wants_first_start()
    chosen = real.care.again("en", True)
    assert chosen.settings_path == tmp_path / "station-demo" / "settings.toml"
    assert chosen.settings.station.language == "en", "as chosen in the set-up"
    back = real.care.again("en", False)
    assert (back.settings_path, back.settings.station.language) == (tmp_path / "station" / "settings.toml", "en")
