"""Photographing the tools of a kit at the counter."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock, ScriptedDetector, model_info, plain_picture
from tests.ui.conftest import OpenWindow
from tests.ui.counter import CounterCamera, ScriptedCutter, empty_table, table_with
from tests.ui.fitting import lies_whole
from tests.ui.looking import too_small
from tests.ui.station import CLASSES, Bench, open_bench
from tests.ui.steps import press, sign_in, type_slowly
from toolroom_desktop.adapters.files.cutouts import CutoutFolder
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.bootstrap import build
from toolroom_desktop.config.paths import resource
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.services.cutouts import CutoutClass
from toolroom_desktop.services.enrolment import ENOUGH_SHOTS, Verdict
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.enrol.presenter import Doing, EnrolPresenter, Step
from toolroom_desktop.ui.screens.home.ways import Way
from toolroom_desktop.ui.theme import LIGHT, Theme
from toolroom_desktop.ui.widgets.camera_view import CameraView

PLIERS = CutoutClass("pliers", "Пассатижи", "Pliers")
EnterPage = Callable[..., EnrolPresenter]


@pytest.fixture
def camera() -> CounterCamera:
    """The camera over the counter, which sees an empty table."""
    made = CounterCamera()
    made.lay(empty_table())
    return made


@pytest.fixture
def bench(tmp_path: Path, clock: HandClock, camera: CounterCamera) -> Iterator[Bench]:
    """A demo station with that camera."""
    made = open_bench(tmp_path / "data", clock, camera=camera)
    yield made
    made.app.close()


@pytest.fixture
def cutter() -> ScriptedCutter:
    """Cuts as the test says."""
    return ScriptedCutter()


@pytest.fixture
def quick(bench: Bench, cutter: ScriptedCutter) -> EnterPage:
    """Opens enrolment before a cutter that the test speaks for."""
    enrolling = replace(bench.app.enrolling, cutter=cutter)
    object.__setattr__(bench.app, "enrolling", enrolling)
    return enter


def enter(qtbot: QtBot, window: MainWindow, bench: Bench, *, tool: CutoutClass | None = None) -> EnrolPresenter:
    """An administrator opens enrolment; with a tool, the empty table is taken and the tool chosen."""
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.home_screen.tiles[Way.ENROL].click()
    presenter = window.enrol_screen.presenter
    ready(qtbot, presenter)
    if tool is not None:
        presenter.photograph()
        qtbot.waitUntil(lambda: presenter.step is Step.TOOL and presenter.doing is Doing.NOTHING, timeout=20_000)
        presenter.choose(tool)
        qtbot.waitUntil(lambda: presenter.step is Step.SHOTS)
        ready(qtbot, presenter)
    return presenter


def ready(qtbot: QtBot, presenter: EnrolPresenter) -> None:
    qtbot.waitUntil(lambda: presenter.doing is Doing.NOTHING, timeout=120_000)


def asked(presenter: EnrolPresenter) -> bool:
    return presenter.shot is not None


def stored(bench: Bench) -> list[str]:
    """The files of the pliers that the list names."""
    folder = bench.app.enrolling.folder
    if not (folder / "cutouts.json").exists():
        return []
    return [str(record.file) for record in CutoutFolder(folder).cutouts]


def test_only_administrators_are_offered_enrolment_and_the_service_asks_again(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    for badge, offered in (("DEMO-TECH", False), ("DEMO-LEAD", False), ("DEMO-QA", False), ("DEMO-ADMIN", True)):
        sign_in(window, bench.app, badge)
        assert window.home_screen.tiles[Way.ENROL].isVisible() is offered, badge
    with pytest.raises(Refused) as refused:
        bench.app.enrolling.open(actor_badge="DEMO-LEAD")
    assert refused.value.code == "people.not_permitted"


def test_a_tool_is_photographed_from_the_empty_table_to_the_cut_out_on_the_disk(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, camera: CounterCamera
) -> None:
    window = open_window()
    presenter = enter(qtbot, window, bench)
    screen = window.enrol_screen
    qtbot.waitUntil(screen.bar.main.isEnabled)
    press(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: presenter.step is Step.TOOL and presenter.doing is Doing.NOTHING, timeout=20_000)
    names = [screen.tool_page.list.item(row).text() for row in range(screen.tool_page.list.count())]
    assert "Pliers" in names, "the toolkits of the station say what there is to photograph"
    screen.tool_page.list.setCurrentRow(names.index("Pliers"))
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: presenter.step is Step.SHOTS and presenter.doing is Doing.NOTHING)
    blurred = cv2.GaussianBlur(table_with("pliers", 0.4, 0.5, 30), (0, 0), 8)
    camera.lay(np.asarray(blurred, np.uint8))
    press(qtbot, window, Qt.Key.Key_Space)
    ready(qtbot, presenter)
    assert screen.camera_page.word.text() == "Blurred"
    assert "photograph again" in screen.camera_page.advice.text()
    camera.lay(table_with("pliers", 0.4, 0.5, 30))
    press(qtbot, window, Qt.Key.Key_Space)
    ready(qtbot, presenter)
    assert screen.camera_page.word.text() == "Is this the whole tool and nothing else?"
    assert screen.camera_page.cutout.isVisible()
    assert stored(bench) == [], "nobody has said yes"
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.camera_page.word.text() == "Kept", timeout=20_000)
    assert stored(bench) == ["pliers/0001.png"]
    folder = bench.app.enrolling.folder
    written = json.loads((folder / "cutouts.json").read_text(encoding="utf-8"))
    assert written["cutouts"][0]["frame"] == [960, 720]
    assert len(written["backgrounds"]) == 1
    cut = CutoutFolder(folder).pixels(CutoutFolder(folder).cutouts[0])
    share = float((cut[..., 3] > 127).mean())
    assert 0.1 < share < 0.7, "the tool without its table"
    assert screen.camera_page.variety.words[0] == "photos\n1 of 20"


def test_every_refusal_says_what_and_what_to_do_and_stores_nothing(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, cutter: ScriptedCutter, quick: EnterPage
) -> None:
    window = open_window()
    presenter = quick(qtbot, window, bench, tool=PLIERS)
    page = window.enrol_screen.camera_page
    said = set()
    for verdict in Verdict:
        if verdict is Verdict.OK:
            continue
        cutter.verdict = verdict
        presenter.photograph()
        ready(qtbot, presenter)
        assert presenter.shot is None
        assert page.advice.text().endswith("."), verdict
        said.add(page.word.text())
    assert len(said) == len(Verdict) - 1, "each in words of its own"
    assert stored(bench) == []


def test_the_answer_no_forgets_the_shot(qtbot: QtBot, open_window: OpenWindow, bench: Bench, quick: EnterPage) -> None:
    window = open_window()
    presenter = quick(qtbot, window, bench, tool=PLIERS)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_2):
        press(qtbot, window, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: presenter.shot is not None)
        assert window.enrol_screen.no_button.isVisible()
        press(qtbot, window, Qt.Key.Key_Space)
        assert asked(presenter), "a second press of the shutter answers nothing"
        press(qtbot, window, key)
        assert not asked(presenter)
        assert window.current is window.enrol_screen
    assert stored(bench) == []


def test_the_last_kept_photo_can_be_taken_back_and_its_place_is_free_again(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, quick: EnterPage
) -> None:
    window = open_window()
    presenter = quick(qtbot, window, bench, tool=PLIERS)
    screen = window.enrol_screen
    assert not screen.undo_button.isEnabled()
    for _ in range(2):
        press(qtbot, window, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: presenter.shot is not None)
        press(qtbot, window, Qt.Key.Key_1)
        qtbot.waitUntil(screen.undo_button.isEnabled)
        assert stored(bench) == ["pliers/0001.png"]
        screen.undo_button.click()
        ready(qtbot, presenter)
        assert stored(bench) == []
        assert not (bench.app.enrolling.folder / "pliers" / "0001.png").exists()
        assert screen.camera_page.variety.words[1] == "directions\n0 of 8"


def test_a_tool_that_was_neither_turned_nor_moved_is_refused(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, quick: EnterPage
) -> None:
    window = open_window()
    presenter = quick(qtbot, window, bench, tool=PLIERS)
    presenter.photograph()
    ready(qtbot, presenter)
    presenter.keep()
    ready(qtbot, presenter)
    presenter.photograph()
    ready(qtbot, presenter)
    assert window.enrol_screen.camera_page.word.text() == "Like an earlier photo"
    assert len(stored(bench)) == 1


def test_enough_is_said_when_the_photos_are_many_and_varied(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, cutter: ScriptedCutter, quick: EnterPage
) -> None:
    window = open_window()
    presenter = quick(qtbot, window, bench, tool=PLIERS)
    page = window.enrol_screen.camera_page
    for number in range(ENOUGH_SHOTS):
        assert "Enough." not in page.enough.text()
        cutter.lay((0.1 + 0.2 * (number % 5), 0.15 + 0.2 * (number // 5)), 45.0 * number)
        presenter.photograph()
        ready(qtbot, presenter)
        presenter.keep()
        ready(qtbot, presenter)
    assert page.enough.text().startswith("✓ Enough.")
    assert page.variety.words[0] == "photos\n20 of 20"
    cutter.lay((0.95, 0.95), 20.0)
    presenter.photograph()
    ready(qtbot, presenter)
    presenter.keep()
    ready(qtbot, presenter)
    assert page.variety.words[0] == "photos\n21"
    coverage = presenter.coverage
    assert coverage is not None
    assert (len(coverage.directions), len(coverage.fields)) == (coverage.variety.turns, coverage.variety.places)


def test_cutting_runs_beside_the_window_and_need_not_be_waited_for(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, cutter: ScriptedCutter, quick: EnterPage
) -> None:
    window = open_window()
    presenter = quick(qtbot, window, bench, tool=PLIERS)
    screen = window.enrol_screen
    cutter.gate.clear()
    press(qtbot, window, Qt.Key.Key_Space)
    assert cutter.entered.wait(10)
    try:
        assert cutter.thread is not threading.main_thread()
        assert screen.camera_page.progress.isVisible()
        assert not screen.bar.main.isEnabled()
        press(qtbot, window, Qt.Key.Key_Escape)
        assert presenter.doing is Doing.NOTHING
        assert window.current is screen, "Esc stops the waiting first"
    finally:
        cutter.gate.set()
    qtbot.waitUntil(lambda: not window.work.busy)
    assert presenter.shot is None


def test_leaving_loses_nothing_and_the_next_session_counts_what_is_there(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, quick: EnterPage
) -> None:
    window = open_window()
    presenter = quick(qtbot, window, bench, tool=PLIERS)
    presenter.photograph()
    ready(qtbot, presenter)
    presenter.keep()
    press(qtbot, window, Qt.Key.Key_Escape)  # before the disk has answered
    window.show_home()
    presenter = quick(qtbot, window, bench, tool=PLIERS)
    assert stored(bench) == ["pliers/0001.png"]
    assert presenter.coverage is not None
    assert presenter.coverage.variety.shots == 1
    assert not presenter.can_undo, "what another session kept is not taken back in passing"


def test_a_shot_that_the_disk_refuses_stays_asked_about(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, quick: EnterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise BadInput("enrol.disk_full", path="pliers/0001.png")

    window = open_window()
    presenter = quick(qtbot, window, bench, tool=PLIERS)
    presenter.photograph()
    ready(qtbot, presenter)
    with monkeypatch.context() as broken:
        broken.setattr(CutoutFolder, "add", full)
        presenter.keep()
        ready(qtbot, presenter)
    assert "disk is full" in window.enrol_screen.notice.sentence
    assert presenter.shot is not None
    presenter.keep()
    ready(qtbot, presenter)
    assert stored(bench) == ["pliers/0001.png"]


def test_a_camera_that_is_lost_is_said_and_takes_no_photo(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, camera: CounterCamera
) -> None:
    window = open_window()
    presenter = enter(qtbot, window, bench)
    screen = window.enrol_screen
    qtbot.waitUntil(screen.bar.main.isEnabled)
    camera.lose()
    qtbot.waitUntil(lambda: "stopped sending" in screen.camera_page.picture.sentence)
    qtbot.waitUntil(lambda: not screen.bar.main.isEnabled())
    press(qtbot, window, Qt.Key.Key_Space)
    assert presenter.step is Step.EMPTY
    camera.lay(empty_table())
    qtbot.waitUntil(screen.bar.main.isEnabled)


def test_a_damaged_list_of_cut_outs_is_said_and_nothing_is_photographed(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    folder = bench.app.enrolling.folder
    folder.mkdir()
    (folder / "cutouts.json").write_text("{", encoding="utf-8")
    window = open_window()
    presenter = enter(qtbot, window, bench)
    assert "cutouts.json is damaged" in window.enrol_screen.notice.sentence
    assert not presenter.can_photograph
    assert not window.enrol_screen.bar.main.isEnabled()


def test_a_camera_of_another_size_asks_for_the_empty_table_again(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, camera: CounterCamera, quick: EnterPage
) -> None:
    window = open_window()
    presenter = quick(qtbot, window, bench, tool=PLIERS)
    camera.lay(plain_picture().pixels)
    presenter.photograph()
    ready(qtbot, presenter)
    assert "Photograph the empty table again" in window.enrol_screen.notice.sentence
    window.enrol_screen.camera_page.empty_again_button.click()
    presenter.photograph()
    ready(qtbot, presenter)
    assert presenter.step is Step.SHOTS, "on with the tool that was at hand"


def test_a_new_tool_gets_its_names_and_a_short_one_by_itself(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, quick: EnterPage
) -> None:
    window = open_window()
    presenter = quick(qtbot, window, bench)
    presenter.photograph()
    qtbot.waitUntil(lambda: presenter.step is Step.TOOL and presenter.doing is Doing.NOTHING)
    page = window.enrol_screen.tool_page
    page.russian.setText("Ключ-трещотка")
    type_slowly(qtbot, page.english, "Ratchet, 10 mm")
    assert page.class_name.text() == "ratchet_10_mm"
    page.add_button.click()
    qtbot.waitUntil(lambda: presenter.step is Step.SHOTS)
    assert window.enrol_screen.camera_page.title.text() == "Ratchet, 10 mm"
    declared = CutoutFolder(bench.app.enrolling.folder).classes
    assert declared == (CutoutClass("ratchet_10_mm", "Ключ-трещотка", "Ratchet, 10 mm"),)


class Folders(QWidget):
    """Stands for the system's window of folders."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url)


def test_after_a_tool_the_way_to_a_model_is_shown(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, quick: EnterPage
) -> None:
    window = open_window()
    presenter = quick(qtbot, window, bench, tool=PLIERS)
    presenter.photograph()
    ready(qtbot, presenter)
    presenter.keep()
    ready(qtbot, presenter)
    screen = window.enrol_screen
    screen.done_button.click()
    ready(qtbot, presenter)
    page = screen.next_page
    assert [page.list.item(row).text() for row in range(page.list.count())] == ["Pliers"]
    assert page.missing.text() == "11 tools still have fewer than 20 photos"
    assert f'toolroom compose "{bench.app.enrolling.folder}"' in page.commands.text()
    folders = Folders()
    qtbot.addWidget(folders)
    QDesktopServices.setUrlHandler("file", folders, "open")  # type: ignore[arg-type]
    try:
        page.folder_button.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [Path(url.toLocalFile()) for url in folders.opened] == [bench.app.enrolling.folder]
    assert screen.bar.main.hasFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: presenter.step is Step.TOOL and presenter.doing is Doing.NOTHING)
    assert screen.tool_page.list.hasFocus(), "the arrow keys choose"


def test_the_demonstration_has_an_empty_table_and_single_tools_to_try_it_with(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path, clock: HandClock
) -> None:
    detector = ScriptedDetector(model_info(*CLASSES), {})
    app = build(tmp_path / "demo", Settings(), demo=True, detector=detector, pin_cost=FAST)
    try:
        window = open_window()
        object.__setattr__(window.shell, "app", app)
        presenter = enter(qtbot, window, bench)
        page = window.enrol_screen.camera_page

        def go_to(table: str, file: str) -> None:
            seen = set()
            while page.scene.text() not in seen and page.scene.text() != table:
                seen.add(page.scene.text())
                page.scene_button.click()
            assert page.scene.text() == table
            pixels = FilePhotoReader().read(resource("demo", "tables", file)).pixels

            def arrived() -> bool:  # the camera sends the table with its next frame
                latest = presenter.latest_picture()
                return presenter.can_photograph and latest is not None and np.array_equal(latest.pixels, pixels)

            qtbot.waitUntil(arrived)

        go_to("Empty table", "13_empty_table.jpg")
        presenter.photograph()
        qtbot.waitUntil(lambda: presenter.step is Step.TOOL and presenter.doing is Doing.NOTHING, timeout=20_000)
        assert len(CutoutFolder(app.enrolling.folder).backgrounds) == 1
        presenter.choose(PLIERS)
        qtbot.waitUntil(lambda: presenter.step is Step.SHOTS)
        ready(qtbot, presenter)
        alone = {
            "Pliers alone": "15_one_pliers.jpg",
            "The same pliers, turned and moved": "16_one_pliers_turned.jpg",
        }
        for number, (table, file) in enumerate(alone.items(), 1):
            go_to(table, file)
            presenter.photograph()
            ready(qtbot, presenter)
            assert presenter.shot is not None, presenter.refused
            assert not page.scene_button.isEnabled(), "the answer is about the table that was photographed"
            presenter.keep()
            ready(qtbot, presenter)
            assert page.variety.words == (
                f"photos\n{number} of 20",
                f"directions\n{number} of 8",
                f"places\n{number} of 9",
            )
        window.stop()
    finally:
        app.close()


@pytest.mark.parametrize(("language", "theme"), [("ru", "light"), ("en", "dark")])
def test_every_step_fits(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, quick: EnterPage, language: str, theme: str
) -> None:
    window = open_window(language, theme)
    presenter = quick(qtbot, window, bench)
    screen = window.enrol_screen
    main = []

    def look(step: str) -> None:
        lies_whole(qtbot, window, step)
        assert (window.width(), window.height()) == (1280, 800), step
        assert too_small(screen, window.shell.theme.metrics.touch) == [], step
        corner = screen.bar.main.mapTo(window, screen.bar.main.rect().bottomRight())
        main.append((corner.x(), corner.y()))

    look("empty table")
    presenter.photograph()
    qtbot.waitUntil(lambda: presenter.step is Step.TOOL and presenter.doing is Doing.NOTHING)
    look("tool")
    presenter.choose(PLIERS)
    qtbot.waitUntil(lambda: presenter.step is Step.SHOTS and presenter.doing is Doing.NOTHING)
    look("shots")
    for verdict in Verdict:
        presenter.refused = verdict
        screen.show_enrolment()
        look(verdict)
    presenter.refused = Verdict.OK
    presenter.photograph()
    ready(qtbot, presenter)
    look("asked")
    presenter.keep()
    ready(qtbot, presenter)
    presenter.finish_tool()
    ready(qtbot, presenter)
    look("next")
    assert len(set(main)) == 1, "the main action stays where it is"


def test_what_is_said_in_place_of_a_picture_can_be_read(qtbot: QtBot) -> None:
    view = CameraView(Theme())
    qtbot.addWidget(view)
    view.resize(640, 480)

    def inked() -> int:
        image = view.grab().toImage()
        ink = QColor(LIGHT.text).rgb()
        below = range(image.height() // 2, image.height())
        return sum(image.pixel(x, y) == ink for y in below for x in range(image.width()))

    view.say("", "camera_lost")
    assert inked() == 0
    view.say("The camera has stopped sending its picture.", "camera_lost")
    assert inked() > 20
