"""Whatever is handed to `toolroom`: a clear sentence in both languages, nothing lost, and no crash file."""

from __future__ import annotations

import shutil
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.command_line import PIN, CommandLine, brace_alone, copy_of, make_demo_station, save_photo, toolkit_file
from tests.faults import conftest as disks
from tests.first_model import FIRST_MODEL
from tests.unit.adapters.vision.pictures import blocks, jpeg, with_exif
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.bootstrap import open_records

small_disk = disks.small_disk
make_read_only = disks.make_read_only

MODELS = Path(__file__).parents[1] / "data" / "vision"
TOOLKIT = ("--toolkit", "small")
RECORD = ("--record", "--badge", "DEMO-TECH")


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo station with the toolkit "small" (one brace), and the photo of a brace."""
    folder = tmp_path_factory.mktemp("материал")
    station = CommandLine(make_demo_station(folder / "station"))
    assert station("kits", "import", "--yes", toolkit_file(folder / "small.yaml", "brace")).code == 0
    brace_alone(folder / "brace.png")
    return folder


@pytest.fixture
def brace(material: Path) -> Path:
    return material / "brace.png"


@pytest.fixture
def toolroom(material: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CommandLine]:
    """The command line over that station; in the end its records are whole and no fault was written down."""
    monkeypatch.setenv("TOOLROOM_PIN", PIN)
    station = CommandLine(copy_of(material / "station", tmp_path / "данные"))
    yield station
    assert not (station.data / "crashes").exists()


@pytest.fixture
def nothing_lost(toolroom: CommandLine) -> Iterator[None]:
    """No operation was recorded, and the journal is whole."""
    yield
    assert toolroom("history", "--json").json == []
    assert toolroom("journal", "verify").code == 0


def photo(tmp_path: Path, content: bytes, name: str = "снимок.jpg") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


# --- photos ---


def refused_photo(toolroom: CommandLine, path: Path, code: str, **details: object) -> None:
    toolroom.refused(code, "check", path, *TOOLKIT, *RECORD, path=str(path), **details)


@pytest.mark.usefixtures("nothing_lost")
class TestPhotos:
    def test_missing(self, toolroom: CommandLine, tmp_path: Path) -> None:
        refused_photo(toolroom, tmp_path / "нет.jpg", "photo.missing")

    def test_empty(self, toolroom: CommandLine, tmp_path: Path) -> None:
        refused_photo(toolroom, photo(tmp_path, b""), "photo.empty")

    def test_truncated(self, toolroom: CommandLine, tmp_path: Path) -> None:
        whole = jpeg(blocks(64, 80))
        refused_photo(toolroom, photo(tmp_path, whole[: len(whole) // 2]), "photo.truncated")

    def test_not_an_image(self, toolroom: CommandLine, tmp_path: Path) -> None:
        refused_photo(toolroom, photo(tmp_path, "это текст".encode()), "photo.not_an_image")

    def test_thirty_thousand_pixels_wide(self, toolroom: CommandLine, tmp_path: Path) -> None:
        written, content = cv2.imencode(".png", np.zeros((20, 30_000), np.uint8))
        assert written
        refused_photo(toolroom, photo(tmp_path, content.tobytes()), "photo.too_many_pixels", width=30_000, height=20)

    def test_print_colours(self, toolroom: CommandLine, tmp_path: Path) -> None:
        whole = jpeg(blocks(16, 16))
        at = whole.index(b"\xff\xc0") + 2
        header = struct.pack(">HBHHB", 20, 8, 16, 16, 4) + b"\1\x11\0\2\x11\0\3\x11\0\4\x11\0"
        cmyk = whole[:at] + header + whole[at + struct.unpack_from(">H", whole, at)[0] :]
        refused_photo(toolroom, photo(tmp_path, cmyk), "photo.cmyk")

    def test_one_bad_photo_among_good_ones(self, toolroom: CommandLine, tmp_path: Path, brace: Path) -> None:
        bad = photo(tmp_path, b"")
        toolroom.refused("photo.empty", "check", brace, bad, brace, *TOOLKIT, *RECORD, path=str(bad))


def test_sixteen_bits_are_read(toolroom: CommandLine, tmp_path: Path, brace: Path) -> None:
    deep = FilePhotoReader().read(brace).pixels.astype(np.uint16) * 257
    assert toolroom("check", save_photo(tmp_path / "deep.png", deep), *TOOLKIT).code == 0


def test_a_photo_turned_by_exif_is_seen_upright(toolroom: CommandLine, tmp_path: Path, brace: Path) -> None:
    upright = FilePhotoReader().read(brace).pixels
    lying = np.ascontiguousarray(np.rot90(upright))  # 6: to be turned a quarter clockwise
    turned = photo(tmp_path, with_exif(jpeg(lying), 6))
    answer = toolroom("check", turned, *TOOLKIT, "--json")
    assert answer.code == 0
    assert answer.json["image"] == {"width": upright.shape[1], "height": upright.shape[0]}


def test_a_cyrillic_path_with_blanks_is_no_obstacle(toolroom: CommandLine, tmp_path: Path, brace: Path) -> None:
    folder = tmp_path / "Снимки со стола № 1"
    folder.mkdir()
    shutil.copy(brace, folder / "Ёлка и щётка.png")
    assert toolroom("check", folder / "Ёлка и щётка.png", *TOOLKIT, *RECORD).code == 0


# --- models ---


def refused_model(toolroom: CommandLine, brace: Path, model: Path, code: str, **details: object) -> None:
    toolroom.refused(code, "check", brace, *TOOLKIT, *RECORD, "--model", model, **details)


@pytest.mark.usefixtures("nothing_lost")
class TestModels:
    def test_an_onnx_that_is_no_detector(self, toolroom: CommandLine, brace: Path) -> None:
        refused_model(toolroom, brace, MODELS / "segment.onnx", "model.not_a_detector", task="segment")

    def test_an_onnx_without_metadata(self, toolroom: CommandLine, brace: Path) -> None:
        refused_model(toolroom, brace, MODELS / "no_metadata.onnx", "model.no_metadata")

    def test_a_damaged_model(self, toolroom: CommandLine, brace: Path, tmp_path: Path) -> None:
        content = FIRST_MODEL.with_suffix(".onnx").read_bytes()
        damaged = photo(tmp_path, content[: len(content) // 2], "damaged.onnx")
        refused_model(toolroom, brace, damaged, "model.not_onnx", path=str(damaged))

    def test_a_model_that_differs_from_its_manifest(self, toolroom: CommandLine, brace: Path, tmp_path: Path) -> None:
        manifest = shutil.copy(FIRST_MODEL, tmp_path)
        model = photo(tmp_path, (MODELS / "square.onnx").read_bytes(), FIRST_MODEL.with_suffix(".onnx").name)
        for named in (model, Path(manifest)):
            refused_model(toolroom, brace, named, "model.sha256_differs", path=str(model))

    def test_a_model_that_is_not_there(self, toolroom: CommandLine, brace: Path, tmp_path: Path) -> None:
        gone = tmp_path / "gone.onnx"
        refused_model(toolroom, brace, gone, "model.file_missing", path=str(gone))


# --- toolkits ---


@pytest.mark.parametrize("quantity", ["0", "-1", "two"])
@pytest.mark.parametrize("name", ["набор.yaml", "набор.csv"])
@pytest.mark.usefixtures("nothing_lost")
def test_bad_quantities_are_named_by_line(toolroom: CommandLine, tmp_path: Path, name: str, quantity: str) -> None:
    file = tmp_path / name
    if file.suffix == ".csv":
        file.write_text(f"toolkit;class;quantity\nA;brace;{quantity}\n", encoding="utf-8")
    else:
        text = f"toolkits:\n- {{name: A, positions: [{{class: brace, quantity: {quantity}}}]}}\n"
        file.write_text(text, encoding="utf-8")
    toolroom.refused("import.not_taken_in", "kits", "import", file, path=str(file), count=1)
    toolroom.refused("import.line", "kits", "import", file, line=2)
    assert {kit["toolkit"] for kit in toolroom("kits", "list", "--json").json} == {"RRJ/737/32S", "small"}


@pytest.mark.usefixtures("nothing_lost")
def test_kits_that_stand_twice_are_named_by_line(toolroom: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "набор.csv"
    file.write_text("toolkit;class;kit\nA;brace;\nA;;К-1\nA;;к-1\n", encoding="utf-8")
    toolroom.refused("import.line", "kits", "import", file, line=4)


@pytest.mark.usefixtures("nothing_lost")
def test_a_file_in_the_code_page_of_old_windows_is_explained(toolroom: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "набор.yaml"
    file.write_bytes("toolkits:\n- name: Набор\n".encode("cp1251"))
    toolroom.refused("import.wrong_encoding", "kits", "import", file, path=file, line=2)


@pytest.mark.usefixtures("nothing_lost")
def test_a_toolkit_that_nobody_knows(toolroom: CommandLine, brace: Path) -> None:
    known = "RRJ/737/32S, small"
    toolroom.refused("toolkit.unknown", "check", brace, "--toolkit", "A-320", toolkit="A-320", known=known)


# --- the database ---


def test_no_database_at_all(tmp_path: Path, brace: Path) -> None:
    toolroom = CommandLine(tmp_path / "nowhere")
    path = tmp_path / "nowhere" / "toolroom.sqlite"
    for command in (
        ("check", brace, *TOOLKIT),
        ("check", brace, *TOOLKIT, *RECORD, "--kit", "S-1"),
        ("history",),
        ("kits", "list"),
        ("users", "disable", "DEMO-TECH"),
        ("journal", "verify"),
    ):
        toolroom.refused("database.not_there", *command, path=path)
    assert "toolroom init" in toolroom("history").err
    assert not toolroom.data.exists()


@pytest.mark.usefixtures("nothing_lost")
def test_a_second_instance(toolroom: CommandLine, brace: Path) -> None:
    running = open_records(toolroom.data)
    try:
        toolroom.refused("database.in_use", "check", brace, *TOOLKIT, *RECORD, path=toolroom.data)
        # Looking needs no lock.
        assert toolroom("check", brace, *TOOLKIT).code == 0
        assert toolroom("history").code == 0
    finally:
        running.close()


def test_a_database_of_a_newer_version(toolroom: CommandLine, brace: Path) -> None:
    path = toolroom.data / "toolroom.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    for command in (("check", brace, *TOOLKIT), ("check", brace, *TOOLKIT, *RECORD), ("history",), ("init", "--demo")):
        toolroom.refused("database.newer_schema", *command, path=path, found="9999")
    assert path.read_bytes() == before
    assert toolroom("doctor").code == 1


def test_a_read_only_data_folder(toolroom: CommandLine, brace: Path, make_read_only: Callable[[Path], None]) -> None:
    make_read_only(toolroom.data)
    toolroom.refused("database.read_only", "check", brace, *TOOLKIT, *RECORD)
    assert toolroom("history", "--json").json == []
    assert toolroom("doctor").code == 1


def test_a_full_disk(material: Path, small_disk: Path, brace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLROOM_PIN", PIN)
    toolroom = CommandLine(copy_of(material / "station", small_disk / "данные"))
    filler = small_disk / "filler"
    free = shutil.disk_usage(small_disk).free
    filler.write_bytes(bytes(free - (150 << 10)))
    toolroom.refused("evidence.disk_full", "check", brace, *TOOLKIT, *RECORD)
    filler.unlink()
    assert toolroom("history", "--json").json == []
    assert toolroom("journal", "verify").code == 0
    assert toolroom("check", brace, *TOOLKIT, *RECORD).code == 0


# --- settings ---


@pytest.mark.parametrize(
    ("text", "code", "details"),
    [
        (
            "[thresholds]\nmatch_percentage = 'many'\n",
            "settings.bad_value",
            {"key": "thresholds.match_percentage", "value": "many"},
        ),
        ("[thresholds]\nmatch = 95\n", "settings.unknown_key", {"key": "thresholds.match"}),
        ("[thresholds\n", "settings.not_toml", {}),
    ],
)
@pytest.mark.usefixtures("nothing_lost")
def test_bad_settings(toolroom: CommandLine, brace: Path, text: str, code: str, details: dict[str, object]) -> None:
    path = toolroom.data / "settings.toml"
    path.write_text(text, encoding="utf-8")
    toolroom.refused(code, "check", brace, *TOOLKIT, *RECORD, path=str(path), **details)


# --- people ---


@pytest.mark.usefixtures("nothing_lost")
def test_a_wrong_pin(toolroom: CommandLine, brace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLROOM_PIN", "000000")
    toolroom.refused("people.wrong_pin", "check", brace, *TOOLKIT, *RECORD)


@pytest.mark.usefixtures("nothing_lost")
def test_a_disabled_user(toolroom: CommandLine, brace: Path) -> None:
    assert toolroom("users", "disable", "DEMO-TECH").code == 0
    toolroom.refused("people.disabled", "check", brace, *TOOLKIT, *RECORD, name="Соколов Алексей Дмитриевич")


# --- the camera ---


def test_a_camera_that_is_busy_or_gone_is_told_and_photos_still_work(toolroom: CommandLine, brace: Path) -> None:
    (toolroom.data / "settings.toml").write_text('[camera]\nsource = "usb:97"\n', encoding="utf-8")
    answer = toolroom("doctor")
    assert answer.code == 0
    assert "usb:97" in answer.out and "Without a camera only photos" in answer.out
    assert toolroom("check", brace, *TOOLKIT).code == 0
    (toolroom.data / "settings.toml").write_text('[camera]\nsource = "the one on the left"\n', encoding="utf-8")
    assert toolroom("doctor").code == 1
