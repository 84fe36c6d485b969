"""What every test gets: strictness about logs and threads, and the way to the shared photos where they are."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
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
