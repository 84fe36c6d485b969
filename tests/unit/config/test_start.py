"""What `toolroom-desktop` makes of its arguments before a window opens."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from toolroom_desktop.__main__ import parse, prepare
from toolroom_desktop.domain.errors import BadSettings


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
