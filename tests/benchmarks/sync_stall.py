"""The longest gap of the GUI thread while a backlog goes to a real PostgreSQL in the background.

Run with ``python -m tests.benchmarks.gui_stall --sync [OPERATIONS [MEGABYTES]]``; prints JSON. Nothing is asserted.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tests.benchmarks.gaps import Gaps, summary, wait
from tests.centre.server import PostgreSql, builds
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
MOST_SECONDS = 300.0


def fill(app: AppContext, operations: int, megabytes: float) -> dict[str, int]:
    """Entries as large as real operations are, and photos, all waiting for the centre."""
    recorder, chance = app.operations.recorder, random.Random(2026)
    position = {"class_name": "screwdriver_offset_cross", "unit": 1, "state": "present", "confidence": 0.9712345678}
    payload: dict[str, Any] = {
        "operation_type": "checkout",
        "kit": "K-014",
        "positions": [{**position, "box": [chance.uniform(0, 1920) for _ in range(4)]} for _ in range(11)],
        "detected_tools": [{**position, "box": [chance.uniform(0, 1920) for _ in range(4)]} for _ in range(11)],
    }

    def write(uow: UnitOfWork) -> None:
        for _ in range(operations):
            recorder.record(uow, "operation.checkout", payload)

    app.database.write(write)
    store, count = app.operations.evidence, round(megabytes * 1e6 / PHOTO_BYTES)
    names = [store.put(chance.randbytes(PHOTO_BYTES)) for _ in range(count)]

    def note(uow: UnitOfWork) -> None:
        for sha256 in names:
            uow.evidence.add(sha256, PHOTO_BYTES)

    app.database.write(note)
    waiting = app.database.read(lambda uow: uow.outbox.waiting())
    return {"entries": waiting.operations, "photos": waiting.files, "megabytes": round(waiting.bytes / 1e6)}


def _synced(state: SyncState | None) -> bool:
    return state is not None and state.rounds > 0 and not (state.pending_operations or state.pending_files)


def _begun(_nothing: None) -> None:
    """Sync runs in threads of its own."""


def _until_synced(window: MainWindow, using: bool) -> float:
    """Let the windows live until everything is at the centre; seconds that it took."""
    begun = time.perf_counter()
    places = [Place.HISTORY, Place.SYNC]
    while not _synced(window.sync_watch.state) and time.perf_counter() - begun < MOST_SECONDS:
        loop = QEventLoop()
        QTimer.singleShot(250, loop.quit)
        loop.exec()
        if using:
            window.go(places[0])
            places.reverse()
    return time.perf_counter() - begun


def measure(operations: int, megabytes: float) -> dict[str, object]:
    """The gaps of a window at home, and of one that somebody uses, each without and with sync."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    server = PostgreSql(builds()[0], durable=True)
    found: dict[str, object] = {"cores": os.cpu_count(), "postgresql": server.build.version}
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
    # As the program does once its windows are there.
    gc.freeze()
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
    seconds = _until_synced(window, using)
    within = summary(gaps)
    synced = _synced(window.sync_watch.state)
    window.stop()
    app.close()
    gc.unfreeze()
    window.close()
    translations.clear()
    return {
        "waiting": waiting,
        "without_sync": without,
        "while_it_syncs": within,
        "seconds": round(seconds, 1),
        "all_went": synced,
    }
