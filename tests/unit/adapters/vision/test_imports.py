"""What importing OpenCV and ONNX Runtime does to the process and to the user's folders, seen in fresh processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.adapters.vision.pictures import DATA, PROJECT

LOAD = f"""
import sys
from pathlib import Path
{{imports}}
from toolroom_desktop.adapters.vision.detector import load_unmanifested
load_unmanifested(Path({str(DATA / "square.onnx")!r}))
"""


def run(code: str, home: Path, **more: str) -> str:
    """What `code` prints, in a fresh interpreter whose user has an empty home."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("ORT_DISABLE_TELEMETRY", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
    }
    environment |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "PYTHONPATH": str(PROJECT)} | more
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout


def traces(home: Path) -> list[str]:
    return [path.name for path in home.rglob("*") if path.is_file()]


def test_onnx_runtime_leaves_no_device_id_and_no_store_of_events(tmp_path: Path) -> None:
    run(LOAD.format(imports=""), tmp_path)
    assert traces(tmp_path) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere ONNX Runtime keeps its traces in other places")
def test_without_our_switch_it_would_leave_both(tmp_path: Path) -> None:
    run("import onnxruntime", tmp_path)
    if not traces(tmp_path):
        pytest.skip("this build of ONNX Runtime has no telemetry")
    assert "deviceid" in traces(tmp_path)


@pytest.mark.parametrize("before", ["", "/chosen/by/the/user"])
def test_opencv_leaves_qt_where_it_was(tmp_path: Path, before: str) -> None:
    names = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
    code = (
        f"from toolroom_desktop.adapters.opencv import cv2; import os; print([os.environ.get(n, '') for n in {names}])"
    )
    more = dict.fromkeys(names, before) if before else {}
    assert run(code, tmp_path, **more).strip() == str([before, before])


def test_opencv_opens_usb_cameras_without_hardware_transforms(tmp_path: Path) -> None:
    name = "OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS"
    code = f"from toolroom_desktop.adapters.opencv import cv2; import os; print(os.environ[{name!r}])"
    assert run(code, tmp_path).strip() == "0"
    assert run(code, tmp_path, **{name: "1"}).strip() == "1"
