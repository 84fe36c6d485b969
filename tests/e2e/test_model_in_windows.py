"""A model of a real centre at a station in its windows: fetched while somebody works, installed when nobody does."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.centre.modelling import name_model, real_release
from tests.centre.stations import Hangar
from tests.e2e.test_sync_in_windows import (  # noqa: F401
    WAIT_MS,
    Enrol,
    bench,
    clock,
    enrol,
    network,
)
from tests.faults.sync.conftest import hangar, server, template  # noqa: F401
from tests.released_models import Signer, make_signer
from tests.ui.conftest import OpenWindow, open_window  # noqa: F401
from tests.ui.station import Bench
from tests.ui.steps import sign_in
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.sync.centre_model import ModelStage
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.home.ways import Way
from toolroom_desktop.ui.shell import Place


def trusted(bench: Bench, folder: Path) -> Signer:  # noqa: F811
    signer = make_signer(folder)
    own = DataFolder(bench.folder).trusted_keys
    own.mkdir(parents=True)
    for public in signer.trusted.glob("*.pem"):
        shutil.copy(public, own)
    return signer


def stage(window: MainWindow) -> ModelStage | None:
    state = window.sync_watch.state
    return None if state is None or state.model is None else state.model.stage


def written(window: MainWindow) -> str:
    assert window.current is not None
    return "\n".join(one.text() for one in window.current.findChildren(QLabel) if one.isVisible())


def test_a_model_comes_while_somebody_works_and_judges_after_nobody_did_and_a_start(
    qtbot: QtBot,
    open_window: OpenWindow,  # noqa: F811
    bench: Bench,  # noqa: F811
    hangar: Hangar,  # noqa: F811
    enrol: Enrol,  # noqa: F811
    tmp_path: Path,
) -> None:
    signer = trusted(bench, tmp_path / "keys")
    window = open_window("en")
    enrol(window)
    name_model(hangar, real_release(tmp_path / "release", signer, "1.5"), signer)
    qtbot.waitUntil(lambda: stage(window) is ModelStage.WAITING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "kit11_first, 1.5" in written(window))  # Qt shows new labels in a later turn of its loop
    assert "as soon as nobody is signed in" in written(window)

    plan = bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014")
    window.show_inspection(plan)
    rounds = bench.app.sync.state.rounds if bench.app.sync is not None else 0
    qtbot.waitUntil(lambda: bench.app.sync is not None and bench.app.sync.state.rounds > rounds + 2, timeout=WAIT_MS)
    assert stage(window) is ModelStage.WAITING, "nothing changes under an operation"
    assert not DataFolder(bench.folder).models.exists()
    assert type(window.current).__name__ == "InspectionScreen"

    window.sign_out("asked")
    qtbot.waitUntil(lambda: stage(window) is ModelStage.INSTALLED, timeout=WAIT_MS)
    assert type(window.current).__name__ == "SignInScreen", "nobody was interrupted"

    sign_in(window, bench.app, "DEMO-ADMIN")
    window.go(Place.SYNC)
    qtbot.waitUntil(lambda: "It judges from the next start of the station on." in written(window))
    window.show_home()
    window.home_screen.tiles[Way.MODELS].click()
    qtbot.waitUntil(
        lambda: "Judges from the next start on" in written(window) and "by the centre" in written(window),
        timeout=WAIT_MS,
    )
    button = window.models_screen.main_button
    assert button is not None
    button.click()
    button.click()
    qtbot.waitUntil(lambda: stage(window) is ModelStage.KEPT_BACK, timeout=WAIT_MS)
    window.sign_out("asked")
    rounds = bench.app.sync.state.rounds if bench.app.sync is not None else 0
    qtbot.waitUntil(lambda: bench.app.sync is not None and bench.app.sync.state.rounds > rounds + 2, timeout=WAIT_MS)
    assert stage(window) is ModelStage.KEPT_BACK, "what an administrator took back stays so"
