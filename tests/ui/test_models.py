"""The models of the station, for administrators."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.released_models import release
from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench
from tests.ui.steps import press, sign_in
from toolroom_desktop.adapters.vision.manifest import read_manifest
from toolroom_desktop.bootstrap import SHIPPED_MODEL
from toolroom_desktop.config.paths import models_folder
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.home.ways import Way
from toolroom_desktop.ui.shell import Place

SHIPPED = models_folder() / SHIPPED_MODEL


def texts(window: MainWindow) -> list[str]:
    """What is written on the screen of the models."""
    return [label.text() for label in window.models_screen.findChildren(QLabel) if label.isVisible() and label.text()]


def install(bench: Bench, folder: Path, name: str, **more: Any) -> None:
    manifest = release(folder / name, name, None, **more)
    bench.app.models.install(manifest, actor_badge=None, allow_unsigned=True, accept_uncovered=True)


def judging(bench: Bench) -> str:
    (active,) = [entry for entry in bench.app.models.entries() if entry.active]
    assert active.card is not None
    return active.card.name


def open_models(qtbot: QtBot, window: MainWindow, bench: Bench) -> None:
    """As an administrator does, from home."""
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.home_screen.tiles[Way.MODELS].click()
    qtbot.waitUntil(lambda: "came with the program" in texts(window))


def open_figures(window: MainWindow, model: str | None) -> None:
    """Press the button of a model; None is the one that came with the program."""
    (button,) = [
        button
        for button in window.models_screen.findChildren(QPushButton)
        if button.property("model") == (model or "") and button.isVisible()
    ]
    button.click()


@pytest.mark.parametrize("badge", ["DEMO-TECH", "DEMO-STORE", "DEMO-LEAD", "DEMO-QA"])
def test_nobody_but_an_administrator_sees_the_models(open_window: OpenWindow, bench: Bench, badge: str) -> None:
    window = open_window()
    sign_in(window, bench.app, badge)
    assert not window.home_screen.tiles[Way.MODELS].isVisible()
    sign_in(window, bench.app, "DEMO-ADMIN")
    assert window.home_screen.tiles[Way.MODELS].isVisible()


def test_with_the_program_s_own_model_alone_there_is_no_way_back(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    open_models(qtbot, window, bench)
    written = "\n".join(texts(window))
    own = read_manifest(SHIPPED)
    assert f"{own.name}, {own.version}" in written
    assert "signed by toolroom-desktop" in written
    figures = [f"{figure.measure}: {round(figure.value, 3):g}" for figure in own.quality]
    assert all(figure in written for figure in figures), "figures of the judging model are open"
    assert own.limits and all(limit in written for limit in own.limits), "and its limits"
    main = window.models_screen.main_button
    assert main is not None and not main.isEnabled()


def test_the_former_model_is_one_press_and_a_confirmation_away(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path
) -> None:
    install(bench, tmp_path, "second")
    install(bench, tmp_path, "third")
    window = open_window()
    open_models(qtbot, window, bench)
    screen = window.models_screen
    assert "Judges from the next start on" in texts(window)
    assert "mAP50: 0.5" in texts(window), "figures of the judging model are open"
    assert sum("No trusted key" in text for text in texts(window)) == 2
    press(qtbot, window, Qt.Key.Key_Return)
    assert "second" in screen.question.text()
    assert judging(bench) == "third", "only asked"
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "second, 1 judges from the next start" in screen.notice.sentence)
    assert "K-014" in screen.notice.sentence, "the kits that it does not know are named"
    assert judging(bench) == "second"
    entries = bench.app.database.read(lambda uow: [e for e in uow.journal.entries() if e.kind == "model_rolled_back"])
    assert [entry.payload["by"] for entry in entries] == ["DEMO-ADMIN"]
    qtbot.waitUntil(lambda: screen.main_button is not None and screen.main_button.isEnabled())


def test_a_question_taken_back_changes_nothing(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path
) -> None:
    install(bench, tmp_path, "second")
    window = open_window()
    open_models(qtbot, window, bench)
    press(qtbot, window, Qt.Key.Key_Return)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.models_screen.isVisible()
    assert not window.models_screen.question.isVisible()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.home_screen.isVisible()
    assert judging(bench) == "second"


def test_a_damaged_former_model_is_said_and_not_gone_back_to(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path
) -> None:
    install(bench, tmp_path, "second")
    install(bench, tmp_path, "third")
    (copy,) = (bench.folder / "models").glob("second-*/second.onnx")
    copy.write_bytes(b"damaged")
    window = open_window(language="ru")
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.go(Place.MODELS)
    qtbot.waitUntil(lambda: any("изменили или подменили" in text for text in texts(window)))
    press(qtbot, window, Qt.Key.Key_Return)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "подменили" in window.models_screen.notice.sentence)
    assert judging(bench) == "third"


def test_figures_of_another_model_open_beside_it(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path
) -> None:
    quality = [{"measure": "mAP50", "value": 0.863, "on": "photos", "by": "somebody"}]
    install(bench, tmp_path, "second", quality=quality)
    (second,) = [entry.id for entry in bench.app.models.entries() if entry.active]
    install(bench, tmp_path, "third")
    window = open_window(language="ru")
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.go(Place.MODELS)
    qtbot.waitUntil(lambda: "mAP50: 0,5" in texts(window))
    assert "mAP50: 0,863" not in texts(window)
    open_figures(window, second)
    qtbot.waitUntil(lambda: "mAP50: 0,863" in texts(window))
    open_figures(window, None)
    limits = read_manifest(SHIPPED).limits_ru
    assert limits is not None
    qtbot.waitUntil(lambda: limits[0] in texts(window))


def test_figures_and_limits_are_said_in_the_language_of_the_station(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path
) -> None:
    figure = {"measure": "false passes", "value": 0.0, "on": "12 trials", "by": "somebody"}
    quality = [figure | {"measure_ru": "ложные пропуски", "on_ru": "12 испытаний"}]
    limits = {"limits": ["It sees nothing.", "Nor hears."], "limits_ru": ["Она ничего не видит.", "И не слышит."]}
    install(bench, tmp_path, "second", quality=quality, **limits)
    window = open_window(language="ru")
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.go(Place.MODELS)
    qtbot.waitUntil(lambda: "ложные пропуски: 0" in texts(window))
    written = texts(window)
    assert "на: 12 испытаний; измерил: somebody" in written
    assert all(limit in written for limit in limits["limits_ru"])
    assert not any("false passes" in text or "sees nothing" in text for text in written)


def test_every_word_about_the_shipped_model_is_there_in_russian() -> None:
    own = read_manifest(SHIPPED)
    assert own.limits_ru and len(own.limits_ru) == len(own.limits)
    assert all(figure.measure_ru and figure.on_ru for figure in own.quality)
