"""Photos and videos as if they were a camera."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from toolroom_desktop.adapters.camera.replay import ReplayCamera
from toolroom_desktop.adapters.camera.scenes import Scene, find_scenes
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.errors import CameraProblem
from toolroom_desktop.services.vision_ports import CameraState, Picture, SceneCamera

from .scripted import PATIENCE, ManualClock, PhotosFromDisk, RealClock, eventually, grey_of, write_photo

MakeReplay = Callable[..., ReplayCamera]


@pytest.fixture
def photos() -> PhotosFromDisk:
    return PhotosFromDisk()


@pytest.fixture
def replay(photos: PhotosFromDisk) -> Iterator[MakeReplay]:
    made: list[ReplayCamera] = []

    def make(path: Path, clock: ManualClock | None = None, **options: object) -> ReplayCamera:
        camera = ReplayCamera(find_scenes(path), photos, clock or RealClock(), **{"fps": 100.0, **options})  # type: ignore[arg-type]
        made.append(camera)
        return camera

    yield make
    for camera in made:
        camera.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three photos that are sorted wrongly by their letters."""
    folder = tmp_path / "столы и наборы"
    folder.mkdir()
    for number, grey in ((10, 100), (2, 20), (1, 10)):
        write_photo(folder / f"table{number}.PNG", grey)
    (folder / "notes.txt").write_text("not a photo")
    return folder


def next_grey(camera: ReplayCamera) -> int:
    latest = camera.latest()
    return grey_of(camera.wait_newer(latest.sequence if latest else 0, PATIENCE))


def test_a_photo_is_repeated_with_growing_numbers_and_fresh_times(
    tmp_path: Path, replay: MakeReplay, photos: PhotosFromDisk
) -> None:
    camera = replay(write_photo(tmp_path / "kit.png", 77))
    camera.start()
    pictures = [camera.wait_newer(0, PATIENCE)]
    for _ in range(5):
        assert pictures[-1] is not None
        pictures.append(camera.wait_newer(pictures[-1].sequence, PATIENCE))

    assert [grey_of(picture) for picture in pictures] == [77] * 6
    times = [picture.captured_at for picture in pictures if picture is not None]
    assert times == sorted(set(times))
    assert photos.decoded == ["kit.png"]
    assert camera.health.state is CameraState.LIVE


def test_a_folder_is_shown_in_the_order_in_which_people_count(folder: Path, replay: MakeReplay) -> None:
    camera = replay(folder)
    camera.start()

    assert camera.scene_titles == ("table1.PNG", "table2.PNG", "table10.PNG")
    assert (camera.scene_index, next_grey(camera)) == (0, 10)


def test_a_scene_is_held_until_another_one_is_chosen(folder: Path, replay: MakeReplay) -> None:
    camera = replay(folder)
    camera.start()
    assert {next_grey(camera) for _ in range(10)} == {10}

    camera.show_scene(2)

    assert next_grey(camera) == 100
    assert camera.scene_index == 2


def test_a_scene_that_was_left_while_it_was_being_decoded_is_not_shown(folder: Path) -> None:
    class SlowReader(PhotosFromDisk):
        decoding, go_on = threading.Event(), threading.Event()

        def read(self, path: Path) -> Picture:
            if path.name == "table2.PNG":
                self.decoding.set()
                assert self.go_on.wait(PATIENCE)
            return super().read(path)

    reader = SlowReader()
    camera = ReplayCamera(find_scenes(folder), reader, RealClock(), fps=100.0)
    camera.start()
    first = camera.wait_newer(0, PATIENCE)
    camera.show_scene(1)
    assert reader.decoding.wait(PATIENCE)
    last = camera.latest()
    camera.show_scene(2)
    reader.go_on.set()
    after = camera.wait_newer(last.sequence if last else 0, PATIENCE)
    camera.stop()

    assert (grey_of(first), grey_of(after)) == (10, 100)


def test_the_scenes_wrap_around(folder: Path, replay: MakeReplay) -> None:
    camera = replay(folder)
    camera.start()
    for index, wrapped, grey in ((3, 0, 10), (-1, 2, 100), (4, 1, 20)):
        camera.show_scene(index)
        assert (next_grey(camera), camera.scene_index) == (grey, wrapped)


def test_scenes_follow_each_other_by_themselves_where_that_is_wanted(folder: Path, replay: MakeReplay) -> None:
    clock = ManualClock()
    camera = replay(folder, clock, advance_every=0.02)
    camera.start()
    seen: list[int] = []

    def round_trip() -> bool:
        grey = next_grey(camera)
        if not seen or seen[-1] != grey:
            seen.append(grey)
            clock.advance(0.1)  # no scene passes before it was seen
        return len(seen) == 5

    eventually(round_trip)
    assert seen == [10, 20, 100, 10, 20]


def test_without_a_loop_the_last_scene_stays(folder: Path, replay: MakeReplay) -> None:
    camera = replay(folder, advance_every=0.01, loop=False)
    camera.start()
    eventually(lambda: next_grey(camera) == 100)

    assert {next_grey(camera) for _ in range(10)} == {100}


def test_titles_come_from_the_list_beside_the_photos(folder: Path, replay: MakeReplay) -> None:
    tables = [{"file": "table2.PNG", "title_en": "Complete kit", "title_ru": "Полный набор", "expected": []}]
    (folder / "tables.json").write_text(json.dumps({"tables": tables}), encoding="utf-8")
    camera = replay(folder)

    assert camera.titles("ru") == ("table1.PNG", "Полный набор", "table10.PNG")
    assert camera.scene_titles == camera.titles("en") == ("table1.PNG", "Complete kit", "table10.PNG")
    assert find_scenes(folder / "table2.PNG")[0].title("ru") == "Полный набор"


@pytest.mark.parametrize("content", ["{", "[]", '{"tables": [{"file": "a"}]}', '{"tables": 3}', "\udcff"])
def test_a_damaged_list_of_titles_is_named(folder: Path, content: str) -> None:
    (folder / "tables.json").write_bytes(content.encode("utf-8", "surrogateescape"))

    with pytest.raises(CameraProblem) as caught:
        find_scenes(folder)

    assert caught.value.code == "camera.replay_bad_titles"
    assert caught.value.details["path"] == str(folder / "tables.json")


def test_a_path_without_anything_to_show_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("x")
    for path in (tmp_path / "missing", tmp_path / "empty", tmp_path / "notes.txt"):
        with pytest.raises(CameraProblem) as caught:
            find_scenes(path)
        assert caught.value.code == "camera.replay_nothing"
        assert caught.value.details == {"path": str(path)}


def test_a_folder_without_one_readable_photo_is_refused(tmp_path: Path, replay: MakeReplay) -> None:
    (tmp_path / "a.jpg").write_bytes(b"not a photo")
    (tmp_path / "b.mp4").write_bytes(b"not a video")

    with pytest.raises(CameraProblem) as caught:
        replay(tmp_path)

    assert caught.value.code == "camera.replay_unreadable"
    assert caught.value.details == {"path": str(tmp_path / "a.jpg"), "reason": "photo.not_an_image"}


def test_the_first_readable_scene_is_shown_first(folder: Path, replay: MakeReplay) -> None:
    (folder / "table1.PNG").write_bytes(b"damaged")
    camera = replay(folder)
    camera.start()

    assert (camera.scene_index, next_grey(camera)) == (1, 20)


def test_an_unreadable_scene_is_a_lost_camera_until_another_one_is_shown(folder: Path, replay: MakeReplay) -> None:
    (folder / "table2.PNG").write_bytes(b"damaged")
    camera = replay(folder)
    camera.start()
    assert next_grey(camera) == 10

    camera.show_scene(1)
    eventually(lambda: camera.health.state is CameraState.LOST)
    problem = camera.health.problem
    assert problem is not None
    assert problem.code == "camera.replay_unreadable"
    assert camera.latest() is None

    camera.show_scene(2)
    assert next_grey(camera) == 100
    assert camera.health.state is CameraState.LIVE


def test_an_unreadable_scene_is_passed_over_where_scenes_follow_by_themselves(folder: Path, replay: MakeReplay) -> None:
    (folder / "table2.PNG").write_bytes(b"damaged")
    camera = replay(folder, advance_every=0.02)
    camera.start()

    eventually(lambda: (latest := camera.latest()) is not None and grey_of(latest) == 100)


def test_noise_makes_frames_differ_a_little_as_those_of_a_sensor_do(tmp_path: Path, replay: MakeReplay) -> None:
    photo = write_photo(tmp_path / "kit.png", 254)
    plain, noisy = replay(photo), replay(photo, noise=True)
    for camera in (plain, noisy):
        camera.start()

    def two_frames(camera: ReplayCamera) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
        first = camera.wait_newer(0, PATIENCE)
        assert first is not None
        second = camera.wait_newer(first.sequence, PATIENCE)
        assert second is not None
        return first.pixels.astype(np.int16), second.pixels.astype(np.int16)

    first, second = two_frames(plain)
    assert np.array_equal(first, second)
    first, second = two_frames(noisy)
    assert not np.array_equal(first, second)
    assert int(np.abs(first - 254).max()) <= 2


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """Six frames at 50 per second, each lighter than the one before."""
    path = tmp_path / "запись.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 50, (64, 48))
    for grey in range(20, 140, 20):
        writer.write(np.full((48, 64, 3), grey, np.uint8))
    writer.release()
    return path


def test_a_video_plays_and_begins_again(video: Path, replay: MakeReplay) -> None:
    camera = replay(video)
    camera.start()
    greys = [next_grey(camera)]

    def begun_twice() -> bool:
        greys.append(next_grey(camera))
        begun = sum(later < earlier for earlier, later in pairwise(greys))
        # Of a frame that passes in a moment the one who looks may miss one and see the next.
        return begun >= 2 and max(greys) > 117 and min(greys) < 23

    eventually(begun_twice)
    assert max(greys) == pytest.approx(120, abs=3)
    assert min(greys) == pytest.approx(20, abs=3)


def test_a_video_without_a_loop_holds_its_last_frame(video: Path, replay: MakeReplay) -> None:
    camera = replay(video, loop=False)
    camera.start()
    eventually(lambda: next_grey(camera) > 115)

    assert {next_grey(camera) > 115 for _ in range(10)} == {True}


def test_a_video_keeps_its_own_rate(video: Path, replay: MakeReplay) -> None:
    camera = replay(video, fps=1.0)
    camera.start()
    first = camera.wait_newer(0, PATIENCE)
    assert first is not None
    later = camera.wait_newer(first.sequence + 9, PATIENCE)

    assert later is not None
    assert 0.15 < later.captured_at - first.captured_at < 2.0, "ten frames at fifty a second"


def test_a_stopped_replay_shows_nothing_and_can_be_started_again(folder: Path, replay: MakeReplay) -> None:
    camera = replay(folder)
    assert camera.health.state is CameraState.OFF
    camera.start()
    camera.start()
    camera.show_scene(1)
    assert next_grey(camera) == 20

    camera.stop()
    camera.stop()
    assert camera.latest() is None
    assert camera.wait_newer(0, PATIENCE) is None
    assert camera.health.state is CameraState.OFF

    camera.start()
    assert next_grey(camera) == 20


def test_a_replay_is_a_scene_camera(folder: Path, replay: MakeReplay) -> None:
    camera: SceneCamera = replay(folder)

    assert list(camera.scene_titles) == ["table1.PNG", "table2.PNG", "table10.PNG"]


def test_scenes_know_their_kind() -> None:
    assert Scene(Path("a.MP4"), "а", "a").is_video
    assert not Scene(Path("a.jpeg"), "а", "a").is_video
