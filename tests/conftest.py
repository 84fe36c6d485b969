"""What every test gets: strictness about logs and threads, and the way to the shared photos where they are."""

from __future__ import annotations

import faulthandler
import gc
import logging
import os
import sys
import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before anything imports Qt, and without touching a choice made outside (real windows under an X server).
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Secrets of the tests never go to the key store of whoever runs them.
os.environ["TOOLROOM_KEYRING"] = "off"
# Nor does a policy of the machine hold in them.
os.environ["TOOLROOM_POLICY"] = ""

PROJECT = Path(__file__).resolve().parents[1]
SHARED_DATA = PROJECT.parent / "shared" / "data"

settings.register_profile(
    "project",
    deadline=None,  # the machines are shared: time is measured elsewhere
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("project")


_STDERR = pytest.StashKey[int]()
# After its own time limit, which is enough for whatever still runs Python.
GRACE_SECONDS = 60


def pytest_configure(config: pytest.Config) -> None:
    # Before the output of the tests is captured.
    config.stash[_STDERR] = os.dup(sys.__stderr__.fileno() if sys.__stderr__ is not None else 2)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Where a test hangs outside Python nothing can fail it: end the run then, and say where every thread stands."""
    mark = item.get_closest_marker("timeout")
    limit = float(
        mark.args[0] if mark is not None else item.config.getoption("timeout") or item.config.getini("timeout")
    )
    if limit:
        faulthandler.dump_traceback_later(limit + GRACE_SECONDS, file=item.config.stash[_STDERR], exit=True)
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real photos beside the checkout; the test is skipped where it is not there."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real photos (../shared/data) are not beside this checkout")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def _no_unexpected_errors_in_the_log(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """A record of level WARNING or above fails the test unless it is marked `expects_log`."""
    yield
    if request.node.get_closest_marker("expects_log"):
        return
    records = [
        record
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING and record.name.startswith("toolroom_desktop")
    ]
    assert not records, f"unexpected log records: {[record.getMessage() for record in records]}"


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Iterator[None]:
    """A test ends with the Python threads it began with, give or take those that are just ending."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        # Threads made by Qt's pool are dummies to Python and end with the pool.
        if isinstance(thread, threading._DummyThread):
            continue
        thread.join(timeout=5.0)
        assert not thread.is_alive(), f"the thread {thread.name!r} was left running"


@pytest.fixture(autouse=True)
def _garbage_ends_in_the_gui_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where there are windows Python's garbage is collected in their thread only, as in the program (ADR 0033)."""
    if "qapp" not in request.fixturenames:
        yield
        return
    from toolroom_desktop.ui.work.garbage import collect_due

    gc.disable()
    yield
    collect_due()
    gc.enable()
