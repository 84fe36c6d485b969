"""A station that nothing was recorded at yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import plain_picture
from tests.ui.first_start.walking import Begin
from tests.ui.first_start.workbench import Workbench
from tests.ui.programs import programs
from toolroom_desktop.config.messages import Language
from toolroom_desktop.ui.app import Station


@pytest.fixture
def workbench(tmp_path: Path) -> Workbench:
    """A station of which nothing is there yet, with one camera that works and one that another program uses."""
    made = Workbench(tmp_path / "станция")
    made.camera.put(plain_picture(120))
    return made


@pytest.fixture
def begin(qtbot: QtBot, workbench: Workbench) -> Iterator[Begin]:
    """Starts the program and, after the test, sees it end."""
    with programs(qtbot) as running:

        def begin_(*, demo: bool = False, language: Language | None = "en") -> Station:
            start = workbench.start(demo=demo, language=language)
            return running.start(
                Station(
                    start.build, start.settings, start.settings_path, crash_folder=start.crash_folder, care=start.care
                )
            )

        yield begin_
