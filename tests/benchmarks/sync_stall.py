"""The longest gap of the GUI thread while a backlog goes to a real PostgreSQL beside it, and how long that takes.

Run with ``python -m tests.benchmarks.gui_stall --sync [OPERATIONS [MEGABYTES]]``; prints JSON. Nothing is asserted.
`10000 2000` is a month without a network at a busy counter. Photos are noise of the size of photos, so nothing makes
them smaller; they are removed when it is over, and so is the centre.

current  seconds until the journal is at the centre and the station knows it
photos   the same for the last photo
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tests.benchmarks.gaps import Gaps, as_in_the_program, summary, wait
from tests.centre.issues import Issues
from tests.centre.server import PostgreSql, builds
from tests.centre.stations import KEY
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.administration import Administration
from toolroom_desktop.adapters.central.connect import connect
from toolroom_desktop.adapters.central.dsn import parse_dsn
from toolroom_desktop.adapters.central.enrolment import Enrolment, EnrolmentStore
from toolroom_desktop.adapters.central.setup import initialise
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import build
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.sync.state import SyncState
from toolroom_desktop.ui.app import prepare
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.shell import Place
from toolroom_desktop.ui.translation import Translations

PHOTO_BYTES = 250_000
MOST_SECONDS = 1800.0


def fill(app: AppContext, operations: int, megabytes: float) -> dict[str, int]:
    """Issues and returns with their results, and photos, all waiting for the centre."""
    chance = random.Random(2026)
    issues = Issues(app.operations.clock, KEY)
    app.database.write(lambda uow: issues.append(uow, operations))
    store, count = app.operations.evidence, round(megabytes * 1e6 / PHOTO_BYTES)
    names = [store.put(chance.randbytes(PHOTO_BYTES)) for _ in range(count)]

    def note(uow: UnitOfWork) -> None:
        for sha256 in names:
            uow.evidence.add(sha256, PHOTO_BYTES)

    app.database.write(note)
    waiting = app.database.read(lambda uow: uow.outbox.waiting())
    return {"entries": waiting.operations, "photos": waiting.files, "megabytes": round(waiting.bytes / 1e6)}


def _current(state: SyncState | None) -> bool:
    return state is not None and state.rounds > 0 and not state.pending_operations


def _synced(state: SyncState | None) -> bool:
    return state is not None and _current(state) and not state.pending_files


def _begun(_nothing: None) -> None:
    """Sync runs in threads of its own."""


def _until_synced(window: MainWindow, using: bool) -> tuple[float | None, float | None]:
    """Let the windows live until everything is at the centre; seconds until the journal was, and the photos too."""
    begun = time.perf_counter()
    places = [Place.HISTORY, Place.SYNC]
    current = None
    while (passed := time.perf_counter() - begun) < MOST_SECONDS:
        state = window.sync_watch.state
        if current is None and _current(state):
            current = passed
        if _synced(state):
            return current, passed
        loop = QEventLoop()
        QTimer.singleShot(250, loop.quit)
        loop.exec()
        if using:
            window.go(places[0])
            places.reverse()
    return current, None


def measure(operations: int, megabytes: float) -> dict[str, object]:
    """The gaps of a window at home, and of one that somebody uses, each without and with sync."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    server = PostgreSql(builds()[0], durable=True)
    found: dict[str, object] = {
        "cores": os.cpu_count(),
        "postgresql": server.build.version,
        "load": round(os.getloadavg()[0], 1),
    }
    try:
        server.start()
        server.sql("CREATE DATABASE centre")
        connection = connect(parse_dsn(server.dsn_of("centre")))
        initialise(connection)
        administration = Administration(connection)
        for name, using in (("at home", False), ("in use", True)):
            site = administration.add_site(name)
            ca = server.authority.pem if server.build.tls else ""
            address = ServerAddress(
                "localhost", server.port, "centre", site.role, password=site.password, ca=ca, tls=server.build.tls
            )
            with tempfile.TemporaryDirectory() as folder:
                found[name] = _one(Path(folder), address, operations, megabytes, using)
        connection.close()
    finally:
        server.remove()
    assert application is not None
    return found


def _one(folder: Path, address: ServerAddress, operations: int, megabytes: float, using: bool) -> dict[str, object]:
    settings = Settings()
    app = build(folder / "data", settings, demo=True, pin_cost=FAST)
    waiting = fill(app, operations, megabytes)
    translations = Translations()
    window = MainWindow(app, settings, folder / "settings.toml", theme=prepare(settings), translations=translations)
    window.resize(1920, 1080)
    window.signed_in(app.accounts.who("DEMO-LEAD"))
    window.show()
    for place in (Place.HISTORY, Place.SYNC):
        # A screen is made when it is first asked for, which is no matter of sync.
        window.go(place)
        wait(1000)
    window.show_home()
    with as_in_the_program():
        gaps = Gaps()
        wait(1000)
        gaps.begin()
        if using:
            for place in (Place.HISTORY, Place.SYNC) * 8:
                window.go(place)
                wait(250)
        else:
            wait(4000)
        without = summary(gaps)
        EnrolmentStore(folder / "data", keyring=lambda: None).keep(Enrolment("x", replace(address)))
        gaps.begin()
        # As in the program, off the GUI thread.
        window.work.run(app.centre.start, _begun, window.show_failure)
        current, photos = _until_synced(window, using)
        within = summary(gaps)
    window.stop()
    app.close()
    window.close()
    translations.clear()
    return {
        "waiting": waiting,
        "without_sync": without,
        "while_it_syncs": within,
        "seconds": {
            "current": None if current is None else round(current, 1),
            "photos": None if photos is None else round(photos, 1),
        },
    }
