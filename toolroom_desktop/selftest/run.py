"""The list of the checks, and how they are run: one after the other, whatever becomes of any of them."""

from __future__ import annotations

import importlib
import os
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from toolroom_desktop.adapters.security.keyrings import SWITCH
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.selftest.network import NetworkWatch
from toolroom_desktop.services.doctor import Check, Grade, failed

# Modules of this package; each has `look(bench) -> Check`, which raises `UserFacingError` for what is not right. They
# are loaded one by one, so that a library that is missing costs only the checks that need it. Those that use Qt come
# late, since Qt ends the process where it finds no platform; the network comes last, since it judges all before it.
CHECKS: tuple[str, ...] = (
    "imports",
    "model",
    "camera",
    "records",
    "schemas",
    "secrets",
    "tls",
    "data_files",
    "codes",
    "charts",
    "window",
    "network",
)
TRACES = "traces"
_PATIENCE = 5.0  # seconds for a check's threads to end after it

Look = Callable[[Workbench], Check]


@dataclass(frozen=True, slots=True)
class Result:
    """How one check came out, and how many seconds it took."""

    check: Check
    seconds: float


def shipped_checks() -> list[tuple[str, Look]]:
    """Every check by its name, none of them loaded yet."""

    def late(name: str) -> Look:
        def look(bench: Workbench) -> Check:
            module = importlib.import_module(f"toolroom_desktop.selftest.{name}")
            found: Check = module.look(bench)
            return found

        return look

    return [(name, late(name)) for name in CHECKS]


def prove(
    network: NetworkWatch,
    checks: Sequence[tuple[str, Look]] | None = None,
    report: Callable[[Result], None] = lambda _result: None,
    within: Path | None = None,
) -> list[Result]:
    """Run every check in a temporary folder (made in `within`), tell each result as it comes, and return them all."""
    results: list[Result] = []

    def add(result: Result) -> None:
        results.append(result)
        report(result)

    with _no_key_store():
        kept = tempfile.TemporaryDirectory(prefix="toolroom-selftest-", dir=within, ignore_cleanup_errors=True)
        with kept as folder:
            bench = Workbench(Path(folder), network)
            for name, look in shipped_checks() if checks is None else checks:
                add(_run(name, look, bench))
        began = time.perf_counter()
        add(Result(traces(Path(folder)), time.perf_counter() - began))
    return results


def _run(name: str, look: Look, bench: Workbench) -> Result:
    before = set(threading.enumerate())
    began = time.perf_counter()
    try:
        check = look(bench)
    except UserFacingError as error:
        check = failed(name, error)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a check meets, the others are still run
        check = _unexpected(name, error)
    left = _left_running(before)
    if left and check.grade is not Grade.BAD:
        details: dict[str, object] = {"names": ", ".join(left)}
        check = Check(name, Grade.BAD, "selftest.threads", details, {"threads": left})
    bench.network.look_again()
    return Result(check, time.perf_counter() - began)


def _unexpected(name: str, error: BaseException) -> Check:
    reason = f"{type(error).__name__}: {error}"
    facts = {"problem": reason, "traceback": "".join(traceback.format_exception(error))}
    return Check(name, Grade.BAD, "selftest.unexpected", {"reason": reason}, facts)


def _left_running(before: set[threading.Thread]) -> list[str]:
    """Names of the threads that a check started and that do not end."""
    deadline = time.monotonic() + _PATIENCE
    left = []
    for thread in set(threading.enumerate()) - before:
        # What Qt's pool starts is a dummy to Python and ends with the pool.
        if isinstance(thread, threading._DummyThread):
            continue
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            left.append(thread.name)
    return sorted(left)


def traces(folder: Path) -> Check:
    """The temporary folder is gone with everything in it."""
    if folder.exists():
        return Check(TRACES, Grade.BAD, "selftest.traces_left", {"path": folder}, {"path": str(folder)})
    return Check(TRACES, Grade.GOOD, "selftest.traces")


@contextmanager
def _no_key_store() -> Iterator[None]:
    """The keys of the self-test's own stations stay in their folders, not in the user's key store."""
    told = os.environ.get(SWITCH)
    os.environ[SWITCH] = "off"
    try:
        yield
    finally:
        if told is None:
            del os.environ[SWITCH]
        else:
            os.environ[SWITCH] = told
