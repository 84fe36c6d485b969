"""A station in its windows and a real centre: enrolled at the counter, offline and back again, with nobody's help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.centre.server import PostgreSql
from tests.centre.stations import Hangar
from tests.fakes import HandClock
from tests.faults.sync.conftest import hangar, server, template  # noqa: F401
from tests.faults.sync.proxy import Fate, Fault, Proxy
from tests.ui.conftest import OpenWindow, open_window  # noqa: F401
from tests.ui.station import Bench, open_bench, record
from tests.ui.steps import sign_in
from toolroom_desktop.adapters.central.enrolment import EnrolmentStore, write_enrolment
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.services.sync import runner as runner_module
from toolroom_desktop.services.sync.pace import Rhythm
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.home.ways import Way

WAIT_MS = 60_000


@pytest.fixture
def clock() -> HandClock:
    """The station's clock, in the test's hands."""
    return HandClock()


@pytest.fixture
def bench(tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """A station without a centre whose sync, once it has one, waits for moments only."""
    monkeypatch.setattr(runner_module, "Rhythm", lambda: Rhythm(idle=0.2, longest=1.0))
    made = open_bench(tmp_path / "station", clock)
    yield made
    made.app.close()


@pytest.fixture
def network(hangar: Hangar) -> Iterator[Proxy]:  # noqa: F811
    """What lies between the station and the centre."""
    proxy = Proxy(("127.0.0.1", hangar.address.port))
    yield proxy
    proxy.close()


Enrol = Callable[[MainWindow], None]


@pytest.fixture
def enrol(qtbot: QtBot, bench: Bench, hangar: Hangar, network: Proxy, tmp_path: Path) -> Enrol:  # noqa: F811
    """An administrator takes the centre's file in, in the windows."""

    def enrol(window: MainWindow) -> None:
        site = hangar.administration.add_site("Ангар 1")
        file = tmp_path / "ангар-1.json"
        address = replace(hangar.address, port=network.port, user=site.role, password=site.password)
        write_enrolment(file, "Ангар 1", address)
        sign_in(window, bench.app, "DEMO-ADMIN")
        window.home_screen.tiles[Way.SYNC].click()
        qtbot.waitUntil(lambda: not window.work.busy)
        window.sync_screen.bar.main.click()
        dialog = window.sync_screen.findChild(QFileDialog)
        assert dialog is not None
        dialog.selectFile(str(file))
        dialog.accept()
        qtbot.waitUntil(lambda: window.sync_indicator.text().startswith("Synced"), timeout=WAIT_MS)

    return enrol


def at_the_centre(hangar: Hangar) -> tuple[int, int]:  # noqa: F811
    """How many entries and photos it has of the station."""
    (status,) = hangar.administration.status()
    return status.seq, status.evidence_files


def test_a_station_that_is_enrolled_in_its_windows_syncs_at_once(
    qtbot: QtBot,
    open_window: OpenWindow,  # noqa: F811
    bench: Bench,
    hangar: Hangar,  # noqa: F811
    enrol: Enrol,
) -> None:
    window = open_window("en")
    enrol(window)
    qtbot.waitUntil(
        lambda: at_the_centre(hangar)[0] == bench.app.database.read(lambda uow: uow.journal.head().site_seq),
        timeout=WAIT_MS,
    )
    kinds = bench.app.database.read(lambda uow: [entry.kind for entry in uow.journal.entries()])
    assert "centre_joined" in kinds
    qtbot.waitUntil(lambda: "as Ангар 1" in window.sync_screen.notice.sentence, timeout=WAIT_MS)
    said = window.sync_screen.notice.sentence
    assert "it holds the password" in said
    kept = EnrolmentStore(bench.folder, keyring=lambda: None).load()
    assert kept.address.password not in said


def test_an_enrolment_file_that_was_changed_on_the_way_is_said_and_joins_nothing(
    qtbot: QtBot,
    open_window: OpenWindow,  # noqa: F811
    bench: Bench,
    hangar: Hangar,  # noqa: F811
    tmp_path: Path,
) -> None:
    site = hangar.administration.add_site("Ангар 1")
    file = tmp_path / "x.json"
    write_enrolment(file, "Ангар 1", replace(hangar.address, user=site.role, password=site.password))
    file.write_text(file.read_text(encoding="utf-8").replace("localhost", "localhorst"), encoding="utf-8")
    window = open_window("en")
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.home_screen.tiles[Way.SYNC].click()
    window.sync_screen.presenter.enrol(file)
    qtbot.waitUntil(lambda: "is no enrolment file" in window.sync_screen.notice.sentence)
    assert bench.app.sync is None
    assert not (bench.folder / "centre.json").exists()


def test_the_network_goes_an_operation_is_made_the_network_comes_and_nobody_touches_anything(
    qtbot: QtBot,
    open_window: OpenWindow,  # noqa: F811
    bench: Bench,
    hangar: Hangar,  # noqa: F811
    network: Proxy,
    enrol: Enrol,
) -> None:
    window = open_window("en")
    enrol(window)
    sign_in(window, bench.app, "DEMO-TECH")
    network.fail(lambda: Fate(Fault.REFUSED))
    network.cut()
    qtbot.waitUntil(lambda: window.sync_indicator.text().startswith("Offline"), timeout=WAIT_MS)
    made: list[Operation] = []
    window.work.run(lambda: record(bench.app, OperationType.CHECKOUT), made.append, window.show_failure)
    qtbot.waitUntil(lambda: bool(made), timeout=WAIT_MS)
    window.show_saved(made[0])
    qtbot.waitUntil(lambda: not window.work.busy)
    state = window.sync_watch.state
    assert state is not None and state.pending_operations > 0 and state.pending_files == 2
    assert window.sync_indicator.text() == "Offline\nsince 11:00"
    assert window.current is window.saved_screen
    network.heal()
    qtbot.waitUntil(lambda: window.sync_indicator.text().startswith("Synced"), timeout=WAIT_MS)
    assert window.current is window.saved_screen, "nothing was in anybody's way"
    qtbot.waitUntil(lambda: at_the_centre(hangar)[1] == 2, timeout=WAIT_MS)
    assert at_the_centre(hangar)[0] >= made[0].site_seq


def test_a_centre_that_is_stopped_and_started_is_found_again(
    qtbot: QtBot,
    open_window: OpenWindow,  # noqa: F811
    bench: Bench,
    server: PostgreSql,  # noqa: F811
    enrol: Enrol,
) -> None:
    window = open_window("en")
    enrol(window)
    server.stop(at_once=True)
    try:
        qtbot.waitUntil(lambda: window.sync_indicator.text().startswith("Offline"), timeout=WAIT_MS)
    finally:
        server.start()
    qtbot.waitUntil(lambda: window.sync_indicator.text().startswith("Synced"), timeout=WAIT_MS)
