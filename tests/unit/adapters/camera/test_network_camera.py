"""Real OpenCV against a real network camera on loopback, and against devices that are not there."""

from __future__ import annotations

import base64
import logging
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from toolroom_desktop.adapters.camera.capture import CaptureWishes, open_device
from toolroom_desktop.adapters.camera.opencv import OpenCvCamera
from toolroom_desktop.adapters.camera.source import UrlSource, UsbSource
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.errors import BadInput, CameraProblem
from toolroom_desktop.services.vision_ports import CameraState

from .mjpeg_server import MjpegServer
from .scripted import PATIENCE, RealClock, eventually, note


@pytest.fixture
def server() -> Iterator[MjpegServer]:
    server = MjpegServer()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def camera(server: MjpegServer) -> Iterator[OpenCvCamera]:
    camera = OpenCvCamera(f"http://lead:s3cret@{server.address}/video?token=abc", RealClock())
    yield camera
    camera.stop()


def test_a_network_camera_is_lost_when_it_is_switched_off_and_back_when_it_returns(
    server: MjpegServer, camera: OpenCvCamera
) -> None:
    camera.start()
    opening_to_live = eventually(lambda: camera.health.state is CameraState.LIVE)
    picture = camera.wait_newer(0, PATIENCE)
    assert picture is not None
    assert picture.pixels.shape == (120, 160, 3)

    server.kill()
    killed_to_lost = eventually(lambda: camera.health.state is CameraState.LOST)
    assert camera.latest() is None

    server.start()
    restarted_to_live = eventually(lambda: camera.health.state is CameraState.LIVE)
    newer = camera.wait_newer(picture.sequence, PATIENCE)

    note(opening_to_live=opening_to_live)
    note(killed_to_lost=killed_to_lost)
    note(restarted_to_live=restarted_to_live)
    assert killed_to_lost <= 3.0
    assert restarted_to_live <= 5.0
    assert newer is not None
    assert camera.health.returned == 1


def test_a_network_camera_that_falls_silent_on_an_open_connection_is_lost(
    server: MjpegServer, camera: OpenCvCamera
) -> None:
    camera.start()
    eventually(lambda: camera.health.state is CameraState.LIVE)

    server.silent = True
    silent_to_lost = eventually(lambda: camera.health.state is CameraState.LOST)
    server.silent = False
    speaking_to_live = eventually(lambda: camera.health.state is CameraState.LIVE)

    note(silent_to_lost=silent_to_lost)
    note(speaking_to_live=speaking_to_live)
    assert silent_to_lost <= 3.0
    assert speaking_to_live <= 5.0


def test_the_newest_frame_is_what_the_camera_sees_now(server: MjpegServer, camera: OpenCvCamera) -> None:
    camera.start()
    eventually(lambda: camera.health.state is CameraState.LIVE)
    # What was sent while it was being opened has been read by then.
    live_at = server.frame_number
    eventually(lambda: server.frame_number >= live_at + 50)
    picture = camera.wait_newer(0, PATIENCE)
    assert picture is not None
    picture = camera.wait_newer(picture.sequence, PATIENCE)
    assert picture is not None

    shown = int((picture.pixels[60, :, 0] > 120).sum()) - 1
    behind = (server.frame_number - shown) % 160

    note(frames_behind=behind)
    assert behind <= 25, "more than a second old"


def test_the_password_reaches_the_camera_but_neither_the_logs_nor_the_problem(
    server: MjpegServer, camera: OpenCvCamera, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    server.wants_password = True
    camera.start()
    eventually(lambda: camera.health.state is CameraState.LIVE)
    server.kill()
    eventually(lambda: camera.health.state is CameraState.LOST)
    eventually(lambda: "next attempt" in caplog.text)
    problem = camera.health.problem

    assert server.authorizations == {"Basic " + base64.b64encode(b"lead:s3cret").decode()}
    assert problem is not None
    assert problem.details["source"] == f"http://lead:***@{server.address}/video?token=***"
    written = caplog.text + str(problem) + repr(camera) + "".join(capfd.readouterr())
    assert "s3cret" not in written
    assert "abc" not in written


def test_an_address_where_nobody_answers_is_unreachable(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    camera = OpenCvCamera(f"rtsp://lead:s3cret@127.0.0.1:{port}/live", RealClock())
    camera.start()
    eventually(lambda: camera.health.state is CameraState.LOST)
    problem = camera.health.problem
    camera.stop()

    assert problem is not None
    assert problem.code == "camera.url_unreachable"
    assert problem.details == {"source": f"rtsp://lead:***@127.0.0.1:{port}/live"}
    assert "".join(capfd.readouterr()) == "", "FFmpeg does not write to the console"


def test_a_read_from_a_silent_network_camera_comes_back_by_itself(server: MjpegServer) -> None:
    capture = open_device(UrlSource(f"http://{server.address}/video"), CaptureWishes())
    assert capture.read() is not None
    server.silent = True
    began = time.monotonic()
    while capture.read() is not None:
        assert time.monotonic() - began < PATIENCE
    waited = time.monotonic() - began
    capture.release()

    assert waited < 4.0, "the thread is not left hanging in the driver"


def test_an_index_without_a_camera_is_not_found(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CameraProblem) as caught:
        open_device(UsbSource(97), CaptureWishes())

    assert caught.value.code == "camera.not_found"
    assert "".join(capfd.readouterr()) == "", "OpenCV does not write to the console"


def test_a_backend_that_this_opencv_lacks_is_named() -> None:
    lacking = next(
        name
        for name, number in {"dshow": cv2.CAP_DSHOW, "v4l2": cv2.CAP_V4L2}.items()
        if not cv2.videoio_registry.hasBackend(number)
    )
    with pytest.raises(CameraProblem) as caught:
        open_device(UsbSource(0), CaptureWishes(backend=lacking))

    assert caught.value.code == "camera.backend_missing"
    assert caught.value.details["backend"] == lacking


def test_a_backend_that_nobody_knows_is_refused() -> None:
    with pytest.raises(BadInput) as caught:
        CaptureWishes(backend="quicktime")

    assert caught.value.code == "camera.bad_backend"
    assert "msmf" in str(caught.value.details["known"])


def test_frames_of_a_real_stream_are_bgr_pictures_of_their_own(tmp_path: Path) -> None:
    video = tmp_path / "стол.avi"
    writer = cv2.VideoWriter(str(video), cv2.VideoWriter.fourcc(*"MJPG"), 25, (64, 48))
    for grey in (50, 200):
        writer.write(np.full((48, 64, 3), grey, np.uint8))
    writer.release()

    capture = open_device(UrlSource(str(video)), CaptureWishes())
    frames = [capture.read(), capture.read(), capture.read()]
    capture.release()

    assert frames[2] is None
    assert [int(frame.mean()) for frame in frames[:2] if frame is not None] == pytest.approx([50, 200], abs=3)
    assert not np.shares_memory(frames[0], frames[1])
