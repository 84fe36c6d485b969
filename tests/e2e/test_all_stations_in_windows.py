"""Two stations and a real centre: the shift lead of one sees in the windows what happens at the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.centre.stations import Hangar
from tests.fakes import HandClock
from tests.faults.sync.conftest import hangar, server, template  # noqa: F401
from tests.faults.sync.proxy import Fate, Fault, Proxy
from tests.ui.conftest import OpenWindow, open_window  # noqa: F401
from tests.ui.station import Bench, open_bench, record
from tests.ui.steps import sign_in
from toolroom_desktop.adapters.central.enrolment import write_enrolment
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.sync import runner as runner_module
from toolroom_desktop.services.sync.pace import Rhythm
from toolroom_desktop.ui.screens.desk.lines import Tile
from toolroom_desktop.ui.screens.history.columns import Column
from toolroom_desktop.ui.shell import Place

WAIT_MS = 60_000
HERE, THERE = "Ангар 1", "Ангар 2"


@pytest.fixture
def clock() -> HandClock:
    """The clock of both stations, in the test's hands."""
    return HandClock()


@pytest.fixture
def network(hangar: Hangar) -> Iterator[Proxy]:  # noqa: F811
    """What lies between the shift lead's station and the centre."""
    proxy = Proxy(("127.0.0.1", hangar.address.port))
    yield proxy
    proxy.close()


def enrolled(hangar: Hangar, folder: Path, clock: HandClock, name: str, port: int, *, overview: bool) -> Bench:  # noqa: F811
    """A station of that centre, which syncs."""
    site = hangar.administration.add_site(name, overview=overview)
    file = folder / f"{name}.json"
    write_enrolment(file, name, replace(hangar.address, port=port, user=site.role, password=site.password))
    made = open_bench(folder / name, clock)
    made.app.centre.enrol(file, actor_badge="DEMO-ADMIN")
    return made


@pytest.fixture
def bench(
    tmp_path: Path,
    clock: HandClock,
    hangar: Hangar,  # noqa: F811
    network: Proxy,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Bench]:
    """The shift lead's station, whose sync waits for moments only."""
    monkeypatch.setattr(runner_module, "Rhythm", lambda: Rhythm(idle=0.2, longest=1.0))
    made = enrolled(hangar, tmp_path, clock, HERE, network.port, overview=True)
    yield made
    made.app.close()


@pytest.fixture
def other(bench: Bench, tmp_path: Path, clock: HandClock, hangar: Hangar) -> Iterator[Bench]:  # noqa: F811
    """The other one. Where the first one's sync waits for moments only, so does its own."""
    del bench
    made = enrolled(hangar, tmp_path, clock, THERE, hangar.address.port, overview=False)
    yield made
    made.app.close()


def test_a_shift_lead_sees_what_goes_out_and_comes_back_at_the_other_station(
    qtbot: QtBot,
    open_window: OpenWindow,  # noqa: F811
    bench: Bench,
    other: Bench,
    hangar: Hangar,  # noqa: F811
    network: Proxy,
) -> None:
    record(other.app, OperationType.CHECKOUT, "K-014")
    window = open_window("en")
    sign_in(window, bench.app, "DEMO-LEAD")
    desk = window.home_screen.desk
    qtbot.waitUntil(desk.switch.isVisible, timeout=WAIT_MS)
    desk.switch.all_button.click()
    qtbot.waitUntil(lambda: desk.tiles[Tile.OUT].figure == "1", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desk.switch.line.startswith("All stations as of "), timeout=WAIT_MS)
    desk.tiles[Tile.OUT].click()
    assert desk.model.lines[0].detail.startswith(f"{THERE} · since ")

    record(other.app, OperationType.CHECKIN, "K-014")
    qtbot.waitUntil(lambda: desk.tiles[Tile.OUT].figure == "0", timeout=WAIT_MS)
    window.go(Place.HISTORY)
    history = window.history_screen
    qtbot.waitUntil(lambda: not window.work.busy, timeout=WAIT_MS)
    model, columns = history.list_page.model, history.presenter.remembered.columns
    assert [model.index(row, columns.index(Column.SITE)).data() for row in range(model.rowCount())] == [THERE, THERE]

    network.fail(lambda: Fate(Fault.REFUSED))
    network.cut()
    qtbot.waitUntil(lambda: "no connection since" in history.switch.line, timeout=WAIT_MS)
    history.presenter.look()
    qtbot.waitUntil(lambda: not window.work.busy, timeout=WAIT_MS)
    assert model.rowCount() == 2, "without a network what is here is shown"

    network.heal()
    hangar.administration.deny_overview(HERE)
    qtbot.waitUntil(lambda: "no longer lets this station see" in history.switch.line, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.work.busy, timeout=WAIT_MS)
    assert model.rowCount() == 0
    # Nothing of the others stays.
    qtbot.waitUntil(lambda: not (bench.folder / "all-stations").exists(), timeout=WAIT_MS)
