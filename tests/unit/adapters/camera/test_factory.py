"""What the camera setting may say, and which cameras a machine has."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from toolroom_desktop.adapters.camera.factory import list_cameras, make_camera
from toolroom_desktop.adapters.camera.opencv import OpenCvCamera
from toolroom_desktop.adapters.camera.replay import ReplayCamera
from toolroom_desktop.adapters.camera.source import (
    ReplaySource,
    UrlSource,
    UsbSource,
    mask_password,
    parse_source,
)
from toolroom_desktop.domain.errors import BadInput, CameraProblem
from toolroom_desktop.services.vision_ports import Camera, CameraAnswer, CameraState, FoundCamera

from .scripted import Behaviour, ManualClock, PhotosFromDisk, ScriptedCapture, ScriptedDevice, write_photo


def made(source: str, **options: str) -> Camera:
    return make_camera(source, photo_reader=PhotosFromDisk(), clock=ManualClock(), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("usb:0", UsbSource(0)),
        (" USB:12 ", UsbSource(12)),
        ("rtsp://cam.local:554/live", UrlSource("rtsp://cam.local:554/live")),
        ("HTTPS://[::1]/video", UrlSource("HTTPS://[::1]/video")),
        ("replay:столы/1.jpg", ReplaySource(Path("столы/1.jpg"))),
        (r"replay:C:\demo tables", ReplaySource(Path(r"C:\demo tables"))),
    ],
)
def test_a_source_is_understood(text: str, meaning: object) -> None:
    assert parse_source(text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "usb:",
        "usb:-1",
        "usb:x",
        "usb:²",
        "usb:99999",
        "replay:",
        "replay: ",
        "ftp://host/a",
        "http://",
        "rtsp://[::1/x",
    ],
)
def test_a_source_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        made(text)

    assert caught.value.code == "camera.bad_source"


def test_the_refusal_of_an_address_does_not_show_its_password() -> None:
    with pytest.raises(BadInput) as caught:
        made("ftp://lead:s3cret@host/a")

    assert caught.value.details == {"source": "ftp://lead:***@host/a"}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("rtsp://10.0.0.2:554/stream", "rtsp://10.0.0.2:554/stream"),
        ("rtsp://lead@10.0.0.2/stream", "rtsp://lead@10.0.0.2/stream"),
        ("rtsp://lead:s3cret@10.0.0.2:554/stream", "rtsp://lead:***@10.0.0.2:554/stream"),
        ("rtsp://lead:s/3@c:r@t@10.0.0.2/stream", "rtsp://lead:***@10.0.0.2/stream"),
        ("rtsp://:s3cret@10.0.0.2/stream", "rtsp://:***@10.0.0.2/stream"),
        ("http://h/v?user=a&password=s3cret&size=2", "http://h/v?user=a&password=***&size=2"),
        ("http://h/v?PWD=s3cret", "http://h/v?PWD=***"),
    ],
)
def test_passwords_are_masked(url: str, shown: str) -> None:
    assert mask_password(url) == shown
    assert str(UrlSource(url)) == repr(UrlSource(url)) == shown


def test_a_device_becomes_an_opencv_camera_that_is_not_started() -> None:
    for source in ("usb:0", "rtsp://host/live"):
        camera = made(source)
        assert isinstance(camera, OpenCvCamera)
        assert camera.health.state is CameraState.OFF


def test_a_path_becomes_a_replay(tmp_path: Path) -> None:
    write_photo(tmp_path / "снимок.png", 5)

    camera = made(f"replay:{tmp_path}")

    assert isinstance(camera, ReplayCamera)
    assert list(camera.scene_titles) == ["снимок.png"]


def test_a_replay_of_nothing_and_an_unknown_backend_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CameraProblem) as caught:
        made(f"replay:{tmp_path}")
    assert caught.value.code == "camera.replay_nothing"

    with pytest.raises(BadInput) as refused:
        made("usb:0", backend="quicktime")
    assert refused.value.code == "camera.bad_backend"


def test_cameras_are_listed_by_what_they_answer_within_bounded_time() -> None:
    behaviours = [Behaviour.LIVE, Behaviour.FAILING, Behaviour.BLOCKED, Behaviour.OPENING_BLOCKED]
    devices = [ScriptedDevice(behaviour) for behaviour in behaviours]

    def open_index(index: int) -> ScriptedCapture:
        return devices[index].open()

    began = time.monotonic()
    found = list_cameras(within=2.0, indices=range(4), open_index=open_index)

    assert time.monotonic() - began < 5.0
    assert found == (
        FoundCamera("usb:0", CameraAnswer.FRAMES, (6, 4)),
        FoundCamera("usb:1", CameraAnswer.NO_FRAMES),
        FoundCamera("usb:2", CameraAnswer.SILENT),
        FoundCamera("usb:3", CameraAnswer.SILENT),
    )
    for device in devices:
        device.become(Behaviour.LIVE)


def test_a_camera_that_refuses_is_listed_where_the_system_says_that_it_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    device = ScriptedDevice(Behaviour.GONE)

    def open_index(index: int) -> ScriptedCapture:
        return device.open()

    for system_lists, expected in ((True, (FoundCamera("usb:0", CameraAnswer.REFUSED),)), (False, ())):
        monkeypatch.setattr("toolroom_desktop.adapters.camera.factory.SYSTEM_LISTS_CAMERAS", system_lists)
        assert list_cameras(indices=[0], open_index=open_index) == expected


def test_a_machine_is_asked_for_its_own_cameras() -> None:
    sources = [camera.source for camera in list_cameras(within=10.0)]

    assert sources == sorted(sources)
    assert set(sources) <= {f"usb:{index}" for index in range(5)}
