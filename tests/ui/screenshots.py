"""Draws every screen for a person to look at: `python -m tests.ui.screenshots OUT [--quick]`."""

from __future__ import annotations

import argparse
import functools
import os
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TOOLROOM_KEYRING"] = "off"

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.fakes import HandClock
from tests.ui.counter import CounterCamera, empty_table, table_with
from tests.ui.first_start.workbench import Workbench
from tests.ui.looking import show_decision
from tests.ui.station import SCREWDRIVERS, Bench, from_far, inspection_of, open_bench, record, seen, table_picture
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.adapters.vision.segmentation.cutter import OpenCvCutter
from toolroom_desktop.config.messages import Language, Messages
from toolroom_desktop.config.paths import resource
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.detection import FrameResult
from toolroom_desktop.domain.errors import BadModel, CentreProblem, UserFacingError
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.services.cutouts import CutoutClass
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.doctor import Check, Grade, failed
from toolroom_desktop.services.enrolling import Coverage
from toolroom_desktop.services.enrolment import Shot, Variety, Verdict
from toolroom_desktop.services.operation_input import Evidence, Plan
from toolroom_desktop.services.sync.bring_back import BroughtBack, Lacking
from toolroom_desktop.services.sync.bring_back_words import told_afterwards, told_before
from toolroom_desktop.services.sync.completing import Completed, Completing
from toolroom_desktop.services.sync.ports import Place as Reached
from toolroom_desktop.services.vision_ports import Picture
from toolroom_desktop.ui.app import Station, prepare
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.plain_window import PlainWindow
from toolroom_desktop.ui.screens.bring_back import BringBackScreen
from toolroom_desktop.ui.screens.bring_back.presenter import Stage
from toolroom_desktop.ui.screens.enrol.presenter import Doing
from toolroom_desktop.ui.screens.health import HealthScreen
from toolroom_desktop.ui.screens.setup import SetupScreen
from toolroom_desktop.ui.screens.setup.step import Outcome
from toolroom_desktop.ui.screens.setup.steps import Field
from toolroom_desktop.ui.shell import Desk, Place, Session
from toolroom_desktop.ui.start_window import StartWindow
from toolroom_desktop.ui.translation import Translations
from toolroom_desktop.ui.work.runner import Work

SIZES = ((1280, 800), (1920, 1080))
MORNING = datetime(2026, 5, 4, 5, 10, tzinfo=UTC)


def fill(bench: Bench, clock: HandClock) -> list[Operation]:
    """A shift's worth of records."""
    app = bench.app
    heavy = Toolkit(
        "B737-LG-11",
        (Position("pliers", 2, "Пассатижи", "Pliers"), Position("brace", 1, "Коловорот", "Brace")),
        "Набор для обслуживания основных стоек шасси Boeing 737 и замены тормозов",
        "Kit for the main landing gear of the Boeing 737 and for changing its brakes",
    )
    kits = [Kit(f"K-{number:03}", REFERENCE_TOOLKIT.name, f"KIT-{number:03}") for number in range(16, 22)]
    app.catalogue.take_in([heavy], [*kits, Kit("LG-003", heavy.name, "KIT-LG-003")], actor_badge=None)
    picture = table_picture(bench)
    size = (picture.width, picture.height)
    whole = seen(REFERENCE_TOOLKIT, size=size)
    short = seen(REFERENCE_TOOLKIT, missing=("side_cutters",), extra=("pliers",), size=size)
    vague = seen(REFERENCE_TOOLKIT, unsure=("screwdriver_plus", "screwdriver_offset_cross"), size=size)
    made = []

    def one(type_: OperationType, kit: str, **details: object) -> None:
        clock.advance(1500)
        made.append(record(app, type_, kit, picture=picture, **details))  # type: ignore[arg-type]

    clock.set_back(timedelta(days=1))
    one(OperationType.CHECKOUT, "K-016", badge="DEMO-STORE", frame=whole)
    one(OperationType.CHECKIN, "K-016", badge="DEMO-STORE", frame=vague)
    clock.advance(60 * 60 * 22)
    one(OperationType.CHECKOUT, "K-014", frame=whole)
    one(
        OperationType.CHECKOUT,
        "K-017",
        badge="DEMO-LEAD",
        frame=short,
        counts={"side_cutters": Count.MISSING, "pliers": Count.DAMAGED},
        note="Бокорезы остались на участке 4, ищет бригадир. Пассатижи с трещиной отложены.",
    )
    one(OperationType.CHECKOUT, "LG-003", frame=_pair(size))
    one(OperationType.CHECKIN, "K-014", frame=vague)
    one(OperationType.CHECKOUT, "K-014", frame=whole)
    return made


def _pair(size: tuple[int, int]) -> FrameResult:
    return seen(Toolkit("pair", (Position("pliers"), Position("brace"), Position("side_cutters"))), size=size)


def settle(milliseconds: int = 250) -> None:
    """Let background calls come back and the windows be drawn."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def shoot(widget: QWidget, out: Path, name: str) -> None:
    """Wait and save."""
    settle()
    widget.grab().save(str(out / f"{name}.png"))


def look_alikes(window: MainWindow, bench: Bench, plan: Plan, out: Path, tag: str) -> None:
    """What the technician reads of tools that the model could not tell apart, alone and beside much else."""
    known = bench.detector.info
    bench.confuse(SCREWDRIVERS)
    picture = table_picture(bench)
    size = (picture.width, picture.height)
    tables = {
        "alone": seen(REFERENCE_TOOLKIT, size=size),
        "and-more": seen(REFERENCE_TOOLKIT, missing=("side_cutters",), unsure=("pliers",), extra=("brace",), size=size),
        "from-far": from_far(seen(REFERENCE_TOOLKIT, unsure=("pliers",), size=size)),
    }
    for name, frame in tables.items():
        inspection = show_decision(window, bench, plan, frame)
        shoot(window, out, f"{tag}-4-inspection-look-alikes-{name}")
        window.show_result(plan, Evidence(picture, inspection))
        shoot(window, out, f"{tag}-5-result-look-alikes-{name}")
    bench.detector.info = known


def lost_tools(window: MainWindow, bench: Bench, out: Path, tag: str) -> None:
    """The list of the cases, and one of them as a technician and as quality find it."""
    (row, *_) = bench.app.cases.open()
    window.signed_in(bench.app.accounts.who("DEMO-TECH"))
    window.go(Place.CASES)
    shoot(window, out, f"{tag}-c-cases-1-list")
    screen = window.cases_screen
    screen.bar.main.click()
    screen.report_page.scanned("K-016")
    shoot(window, out, f"{tag}-c-cases-2-report")
    window.go(Place.CASES, row.case.number)
    shoot(window, out, f"{tag}-c-cases-3-case")
    screen.bar.main.click()
    shoot(window, out, f"{tag}-c-cases-4-search")
    window.signed_in(bench.app.accounts.who("DEMO-QA"))
    window.go(Place.CASES, row.case.number)
    shoot(window, out, f"{tag}-c-cases-5-quality")


@functools.cache
def cut_pliers() -> Shot:
    """The pliers as they are really cut out."""
    table = table_with("pliers", 0.5, 0.5, 30)
    cut = OpenCvCutter().against_empty(Picture(table), Picture(empty_table()))
    return Shot("pliers", cut, (table.shape[1], table.shape[0]))


def enrolment(window: MainWindow, bench: Bench, out: Path, tag: str) -> None:
    """Every step of photographing tools."""
    shot = cut_pliers()
    camera = bench.camera
    assert isinstance(camera, CounterCamera)
    camera.lay(empty_table())
    window.signed_in(bench.app.accounts.who("DEMO-ADMIN"))
    shoot(window, out, f"{tag}-2-home-administrator")
    window.go(Place.ENROL)
    presenter = window.enrol_screen.presenter
    shoot(window, out, f"{tag}-a-enrol-1-empty")
    camera.lose()
    settle()
    shoot(window, out, f"{tag}-a-enrol-1-no-camera")
    camera.lay(empty_table())
    settle()
    presenter.photograph()
    settle(600)
    window.enrol_screen.tool_page.russian.setText("Ключ-трещотка")
    window.enrol_screen.tool_page.english.setText("Ratchet, 10 mm")
    shoot(window, out, f"{tag}-a-enrol-2-tool")
    presenter.choose(CutoutClass("pliers", "Пассатижи", "Pliers"))
    settle(600)
    camera.lay(table_with("pliers", 0.5, 0.5, 30))
    shoot(window, out, f"{tag}-a-enrol-3-begin")
    presenter.shot = shot
    window.enrol_screen.show_enrolment()
    shoot(window, out, f"{tag}-a-enrol-3-asked")
    presenter.keep()
    settle(600)
    shoot(window, out, f"{tag}-a-enrol-3-kept")
    presenter.doing = Doing.CUTTING
    window.enrol_screen.show_enrolment()
    settle(1200)
    shoot(window, out, f"{tag}-a-enrol-3-cutting")
    presenter.doing = Doing.NOTHING
    presenter.refused = Verdict.TWO_TOOLS
    presenter.coverage = Coverage(Variety(12, 3, 5), frozenset({0, 2, 3}), frozenset({0, 1, 4, 5, 8}), True)
    window.enrol_screen.show_enrolment()
    shoot(window, out, f"{tag}-a-enrol-3-refused")
    presenter.refused = Verdict.OK
    presenter.coverage = Coverage(Variety(21, 5, 6), frozenset({0, 1, 2, 3, 4}), frozenset({0, 1, 3, 4, 5, 8}), True)
    window.enrol_screen.show_enrolment()
    shoot(window, out, f"{tag}-a-enrol-3-enough")
    presenter.finish_tool()
    settle(600)
    shoot(window, out, f"{tag}-a-enrol-4-next")


def first_start(out: Path, settings: Settings, size: tuple[int, int]) -> None:
    """Every step of the first start, what it says when something is missing, and the health of a station."""
    tag = f"{size[0]}-{settings.station.language}-{settings.station.theme}"
    with tempfile.TemporaryDirectory() as folder:
        bench = Workbench(Path(folder) / "Toolroom Desktop")
        bench.settings_path.parent.mkdir()
        start = bench.start(language=settings.station.language)
        station = Station(start.build, settings, start.settings_path, crash_folder=start.crash_folder, care=start.care)
        station.start()
        settle(600)
        window = station.plain_window
        assert window is not None
        window.showNormal()
        window.setGeometry(0, 0, *size)
        screen = window.screen_shown
        assert isinstance(screen, SetupScreen)
        _steps(screen, bench, out, f"{tag}-b-setup")
        station.stop()
        settle()
    bench = Workbench(Path("/nowhere/Toolroom Desktop"), checks=_checks())
    desk = Desk(station._work, Session(settings.station.language), station._theme)
    translations = Translations()
    plain = PlainWindow(
        desk,
        bench.settings_path,
        translations,
        lambda window: HealthScreen(desk, bench.care().examine, window.close, window),
    )
    plain.resize(*size)
    plain.show()
    health = plain.screen_shown
    assert isinstance(health, HealthScreen)
    health.presenter.looking = ("model", 8, 11)
    health.show_health()
    shoot(plain, out, f"{tag}-c-health-looking")
    health.presenter.looking = None
    health.enter()
    shoot(plain, out, f"{tag}-c-health")
    health.presenter.checks = [c for c in health.presenter.checks if c.grade is not Grade.BAD]
    health.show_health()
    shoot(plain, out, f"{tag}-c-health-fit")
    health.leave()
    plain.close()
    plain.deleteLater()
    translations.clear()


def restored(out: Path, settings: Settings, size: tuple[int, int]) -> None:
    """The page of a restored station: what is lacking, how far it is, what came back, and a fork."""
    tag = f"{size[0]}-{settings.station.language}-{settings.station.theme}-d-restored"
    theme, translations = prepare(settings), Translations()
    desk = Desk(Work(), Session(settings.station.language), theme)

    def nothing() -> Completing:
        raise BadModel("model.unsigned", path="nothing is opened here")

    plain = PlainWindow(
        desk,
        Path("/nowhere/settings.toml"),
        translations,
        lambda window: BringBackScreen(desk, nothing, window.close, window.close, window),
    )
    plain.resize(*size)
    plain.show()
    screen = plain.screen_shown
    assert isinstance(screen, BringBackScreen)
    presenter = screen.presenter
    kinds = {"operation.checkout": 71, "operation.checkin": 66, "signature": 150, "sign_in": 88}
    lacking = Lacking(
        Reached(18211, ""), Reached(18586, ""), MORNING, MORNING + timedelta(hours=33), kinds, ("A-1", "S-1", "T-14")
    )
    presenter.told = told_before(lacking, kinds=False)
    presenter._go(Stage.LACKING)
    shoot(plain, out, f"{tag}-lacking")
    presenter._go(Stage.BRINGING)
    presenter._went_on(200, lacking.count)
    shoot(plain, out, f"{tag}-bringing")
    lacking = replace(lacking, other_pins=("T-14", "A-1"), models=True)
    presenter.told = told_afterwards(lacking, Completed(BroughtBack(lacking.count, 136, 2), 1))
    presenter._go(Stage.DONE)
    shoot(plain, out, f"{tag}-done")
    presenter._failed(CentreProblem("centre.refused_fork", seq=18212))
    shoot(plain, out, f"{tag}-fork")
    plain.close()
    plain.deleteLater()
    translations.clear()


def _checks() -> list[Check]:
    """A station with a bad model and little room, and what is worth knowing."""
    folder = "C:/ProgramData/Toolroom Desktop"
    changed = {"path": f"{folder}/models/kit11.onnx", "manifest": f"{folder}/models/kit11.json"}
    hashes = {"found": "7" * 64, "expected": "e" * 64}
    return [
        Check("folder", Grade.GOOD, "cli.doctor.folder", {"path": folder}),
        Check("settings", Grade.GOOD, "cli.doctor.settings", {"path": f"{folder}/settings.toml"}),
        Check("backup", Grade.NOTE, "cli.doctor.backup_none"),
        Check("secrets", Grade.NOTE, "cli.doctor.secrets_file"),
        failed("model", BadModel("model.sha256_differs", **changed, **hashes)),
        Check("camera", Grade.NOTE, "cli.doctor.camera_other", {"source": "usb:0", "found": "—"}),
        Check("disk", Grade.BAD, "cli.doctor.disk_low", {"free_mib": 412, "least_mib": 1024}),
    ]


def _steps(screen: SetupScreen, bench: Workbench, out: Path, tag: str) -> None:
    presenter = screen.presenter
    window = screen.window()
    shoot(window, out, f"{tag}-1-language")
    screen.bar.main.click()
    settle()
    shoot(window, out, f"{tag}-2-purpose")
    presenter.purpose.choose(demonstration=True)
    shoot(window, out, f"{tag}-2-purpose-demo")
    presenter.purpose.choose(demonstration=False)
    screen.bar.main.click()
    shoot(window, out, f"{tag}-3-administrator")
    screen.skip_button.click()
    shoot(window, out, f"{tag}-3-administrator-skip")
    screen.bar.back.click()
    page = screen.administrator_page
    for made, text in zip(page.fields.values(), ("ADM-0001", "Титов Максим Олегович", "482615", "482616"), strict=True):
        made.setText(text)
    page.go_on()
    shoot(window, out, f"{tag}-3-administrator-differ")
    for name in (Field.PIN, Field.AGAIN):
        page.fields[name].setText("482615")
    page.fields[Field.AGAIN].setFocus()
    bench.gate.clear()
    page.go_on()
    settle(1500)
    shoot(window, out, f"{tag}-4-camera-looking")
    bench.gate.set()
    settle()
    bench.camera.lose()
    shoot(window, out, f"{tag}-4-camera-lost")
    bench.camera.put(FilePhotoReader().read(resource("demo", "tables", "01_complete.jpg")))
    shoot(window, out, f"{tag}-4-camera")
    screen.bar.main.click()
    settle(1200)
    shoot(window, out, f"{tag}-5-model")
    presenter.model.problem = BadModel("model.unsigned", path="C:/ProgramData/Toolroom Desktop/models/kit11.json")
    presenter.model.seen, presenter.model.outcome = None, Outcome.OPEN
    screen.show_step()
    shoot(window, out, f"{tag}-5-model-refused")
    presenter.model.problem = None
    presenter.model.look()
    settle(600)
    screen.bar.main.click()
    shoot(window, out, f"{tag}-6-finish")
    bench.found = ()
    bench.settings_path.unlink()
    presenter.begin(presenter.case)
    presenter.enter()
    while presenter.place < len(presenter.steps) - 1:
        settle(600)
        if presenter.step is presenter.administrator:
            shoot(window, out, f"{tag}-3-administrator-known")
        if presenter.step is presenter.camera:
            shoot(window, out, f"{tag}-4-camera-none")
        if presenter.step is presenter.model:
            shoot(window, out, f"{tag}-5-model-demo-table")
        before = presenter.place
        for _ in range(2):
            if presenter.place == before:
                presenter.skip() if presenter.step.can_skip else presenter.go_on()
    shoot(window, out, f"{tag}-6-finish-skipped")


def walk(bench: Bench, made: list[Operation], out: Path, settings: Settings, size: tuple[int, int]) -> None:
    """Every screen in one language, theme and size."""
    app = bench.app
    translations = Translations()
    theme = prepare(settings)
    window = MainWindow(app, settings, bench.settings_path, theme=theme, translations=translations)
    window.resize(*size)
    window.show_sign_in()
    window.show()
    tag = f"{size[0]}-{settings.station.language}-{settings.station.theme}"
    shoot(window, out, f"{tag}-1-sign-in-badge")
    window.sign_in_screen.scanned("DEMO-NOBODY")
    shoot(window, out, f"{tag}-1-sign-in-unknown")
    window.sign_in_screen.scanned("DEMO-TECH")
    settle()
    window.sign_in_screen.pin_field.setText("246810")
    shoot(window, out, f"{tag}-1-sign-in-pin")
    for _ in range(3):
        window.sign_in_screen.presenter.pin_entered("111111")
        settle()
    shoot(window, out, f"{tag}-1-sign-in-wait")
    bench_clock = app.clock
    if isinstance(bench_clock, HandClock):
        bench_clock.advance(10)
    window.signed_in(app.accounts.who("DEMO-TECH"))
    shoot(window, out, f"{tag}-2-home")
    window.signed_in(app.accounts.who("DEMO-STORE"))
    shoot(window, out, f"{tag}-2-home-storekeeper")
    window.go(Place.SHIFT)
    shoot(window, out, f"{tag}-3-shift")
    window.shift_screen.scanned("K-016")
    shoot(window, out, f"{tag}-3-shift-ticking")
    window.signed_in(app.accounts.who("DEMO-QA"))
    shoot(window, out, f"{tag}-2-home-quality")
    window.signed_in(app.accounts.who("DEMO-TECH"))
    window.show_kits(OperationType.CHECKOUT)
    shoot(window, out, f"{tag}-3-kits-out")
    window.kits_screen.search_field.setText("xyz")
    shoot(window, out, f"{tag}-3-kits-nothing")
    window.show_kits(OperationType.CHECKIN)
    shoot(window, out, f"{tag}-3-kits-in")
    plan = app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKIN, kit="K-014")
    picture = table_picture(bench)
    frame = seen(
        REFERENCE_TOOLKIT,
        missing=("side_cutters",),
        unsure=("screwdriver_offset_cross",),
        extra=("pliers",),
        size=(picture.width, picture.height),
    )
    window.show_inspection(plan)
    shoot(window, out, f"{tag}-4-inspection")
    window.show_result(plan, Evidence(picture, inspection_of(app, frame, plan.expected)))
    shoot(window, out, f"{tag}-5-result")
    look_alikes(window, bench, plan, out, tag)
    for operation in (made[0], made[1], made[3]):
        window.show_saved(operation)
        shoot(window, out, f"{tag}-6-saved-{operation.final_status.value}-{operation.site_seq}")
    window.go(Place.HISTORY)
    shoot(window, out, f"{tag}-7-history")
    window.history_screen.list_page.table.selectRow(3)
    window.history_screen.bar.main.click()
    settle(800)
    area = window.history_screen.detail.scroll_area.verticalScrollBar()
    area.setValue(area.maximum())
    shoot(window, out, f"{tag}-7-history-detail")
    window.signed_in(app.accounts.who("DEMO-ADMIN"))
    shoot(window, out, f"{tag}-2-home-administrator")
    window.go(Place.MODELS)
    settle(3000)
    shoot(window, out, f"{tag}-9-models")
    lost_tools(window, bench, out, tag)
    enrolment(window, bench, out, tag)
    window.show_fault("ValueError: 7", "C:/ProgramData/Toolroom Desktop/crashes/crash-20260504-101500.txt")
    shoot(window, out, f"{tag}-8-fault")
    window.stop()
    window.close()
    window.deleteLater()
    start = StartWindow(theme)
    start.say(Messages(settings.station.language).text("start.model"))
    start.show()
    shoot(start, out, f"{tag}-0-start")
    refused = UserFacingError("settings.unknown_key", path="C:/ProgramData/Toolroom/settings.toml", key="camera.sorce")
    start.show_error(Messages(settings.station.language).error(refused))
    shoot(start, out, f"{tag}-0-start-error")
    start.close()
    translations.clear()


def main() -> int:
    """Draw everything into the folder that was named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--quick", action="store_true", help="Russian, light, 1280 x 800 only")
    parser.add_argument("--setup", action="store_true", help="the first start and the health page only")
    arguments = parser.parse_args()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    languages: tuple[Language, ...] = ("ru",) if arguments.quick else ("ru", "en")
    choices = [
        (Settings.model_validate({"station": {"language": language, "theme": theme}}), size)
        for language in languages
        for theme in (("light",) if arguments.quick or language == "en" else ("light", "dark"))
        for size in (SIZES[:1] if arguments.quick or theme == "dark" else SIZES)
    ]
    for settings, size in choices:
        first_start(out, settings, size)
        restored(out, settings, size)
    if arguments.setup:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        clock = HandClock(MORNING)
        bench = open_bench(Path(folder) / "data", clock, camera=CounterCamera())
        made = fill(bench, clock)
        for settings, size in choices:
            walk(bench, made, out, settings, size)
        bench.app.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
