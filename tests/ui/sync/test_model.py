"""The model that the centre names, on the page of the centre: how far it is, and why it was refused."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.fitting import lies_whole
from tests.ui.station import Bench
from tests.ui.steps import sign_in
from tests.ui.sync.centre import synced, texts, told
from tests.unit.services.test_sync_runner import HandLines
from toolroom_desktop.services.sync.centre_model import ModelStage, ModelStanding
from toolroom_desktop.services.sync.state import Standing, standing_of
from toolroom_desktop.ui.shell import Place

MODEL = ModelStanding("kit11", "4", ModelStage.FETCHING, 34_600_000, 45_000_000)
REFUSED = replace(
    MODEL,
    stage=ModelStage.REFUSED,
    refusal="model.signature_unknown_key",
    details={"path": "kit11.json", "key": "0123456789abcdef"},
)


def test_megabytes_are_all_here_only_when_all_bytes_are() -> None:
    assert replace(MODEL, held=44_999_999).said["held"] == 44
    assert replace(MODEL, held=45_000_000).said["held"] == 45
    assert (replace(MODEL, held=0, size=900).said["held"], replace(MODEL, held=0, size=900).said["size"]) == (0, 1)


@pytest.mark.parametrize("stage", [stage for stage in ModelStage if stage is not ModelStage.REFUSED])
def test_a_model_that_nobody_need_see_to_calls_nobody(stage: ModelStage) -> None:
    assert standing_of(synced(HandClock(), model=replace(MODEL, stage=stage))) is Standing.SYNCED


def test_a_model_that_was_refused_calls_somebody() -> None:
    assert standing_of(synced(HandClock(), model=REFUSED)) is Standing.ATTENTION


@pytest.mark.parametrize(
    ("language", "theme", "stage", "sentence"),
    [
        ("en", "light", ModelStage.FETCHING, "34 of 45 MB are here"),
        ("ru", "dark", ModelStage.FETCHING, "получено 34 из 45 МБ"),
        ("en", "dark", ModelStage.WAITING, "as soon as nobody is signed in"),
        ("ru", "light", ModelStage.INSTALLED, "судит со следующего запуска"),
        ("ru", "light", ModelStage.KEPT_BACK, "здесь выбрали другую"),
        ("en", "light", ModelStage.REFUSED, "which this station does not trust"),
        ("ru", "dark", ModelStage.REFUSED, "которому станция не доверяет"),
    ],
)
def test_the_page_says_how_far_the_model_is(
    qtbot: QtBot,
    open_window: OpenWindow,
    bench: Bench,
    enrolled: HandLines,
    clock: HandClock,
    language: str,
    theme: str,
    stage: ModelStage,
    sentence: str,
) -> None:
    window = open_window(language, theme)
    sign_in(window, bench.app, "DEMO-ADMIN")
    told(window, synced(clock, model=REFUSED if stage is ModelStage.REFUSED else replace(MODEL, stage=stage)))
    window.go(Place.SYNC)
    qtbot.waitUntil(lambda: not window.work.busy)
    qtbot.waitUntil(lambda: "kit11, 4" in texts(window))
    written = texts(window)
    assert {"en": "Model of the centre", "ru": "Модель центра"}[language] in written
    assert any(sentence in text for text in written), written
    lies_whole(qtbot, window)
    if (folder := os.environ.get("TOOLROOM_SHOTS")) is not None:
        window.grab().save(str(Path(folder) / f"sync_model_{stage.value}_{language}.png"))


def test_without_a_model_of_the_centre_nothing_is_said_of_one(
    qtbot: QtBot,
    open_window: OpenWindow,
    bench: Bench,
    enrolled: HandLines,
    clock: HandClock,
) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-ADMIN")
    told(window, synced(clock))
    window.go(Place.SYNC)
    qtbot.waitUntil(lambda: "Last success" in texts(window))
    assert "Model of the centre" not in texts(window)
