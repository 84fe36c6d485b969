"""Every check is run whatever becomes of the others, nothing stays behind, and the network is watched."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import pkgutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import toolroom_desktop.selftest
from tests.command_line import CommandLine
from tests.conftest import PROJECT
from toolroom_desktop.adapters.security.keyrings import SWITCH
from toolroom_desktop.config.messages import LANGUAGES, Language, Messages
from toolroom_desktop.domain.errors import BadPhoto, BadProgram
from toolroom_desktop.selftest import network, run
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.selftest.network import NetworkWatch, watching
from toolroom_desktop.services.doctor import Check, Grade

HELPERS = {"bench", "qt", "run"}


def good(_bench: Workbench) -> Check:
    return Check("good", Grade.GOOD, "selftest.secrets")


@pytest.fixture
def watch() -> Iterator[NetworkWatch]:
    with watching() as standing:
        yield standing


def test_every_check_of_the_package_is_in_the_list() -> None:
    modules = {module.name for module in pkgutil.iter_modules(toolroom_desktop.selftest.__path__)}
    assert set(run.CHECKS) == modules - HELPERS
    assert len(set(run.CHECKS)) == len(run.CHECKS)
    assert run.CHECKS[-1] == "network", "it judges all before it"


@pytest.mark.parametrize("name", [*run.CHECKS, run.TRACES])
def test_every_check_has_a_name_for_people(name: str) -> None:
    for language in LANGUAGES:
        assert Messages(language).text(f"cli.selftest.name.{name}")


def test_a_check_that_fails_in_whatever_way_keeps_no_other_from_running(watch: NetworkWatch, tmp_path: Path) -> None:
    def refuses(_bench: Workbench) -> Check:
        raise BadPhoto("photo.missing", path="table.jpg")

    def breaks(_bench: Workbench) -> Check:
        raise ZeroDivisionError("seven")

    def leaves(_bench: Workbench) -> Check:
        sys.exit(3)

    told: list[run.Result] = []
    checks = [("refuses", refuses), ("breaks", breaks), ("leaves", leaves), ("good", good)]
    results = run.prove(watch, checks, told.append, tmp_path)
    assert told == results
    assert [(r.check.name, r.check.grade) for r in results] == [
        ("refuses", Grade.BAD),
        ("breaks", Grade.BAD),
        ("leaves", Grade.BAD),
        ("good", Grade.GOOD),
        (run.TRACES, Grade.GOOD),
    ]
    assert "seven" in results[1].check.facts["traceback"]
    for result in results:
        for language in LANGUAGES:
            assert "Traceback" not in Messages(language).text(result.check.code, **result.check.details)


def test_a_check_whose_module_is_not_there_fails_alone(
    watch: NetworkWatch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "CHECKS", ("no_such_check", "secrets"))
    results = run.prove(watch, within=tmp_path)
    assert [r.check.grade for r in results] == [Grade.BAD, Grade.GOOD, Grade.GOOD]


def test_a_thread_that_a_check_left_is_named(
    watch: NetworkWatch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "_PATIENCE", 0.05)
    over = threading.Event()

    def starts(bench: Workbench) -> Check:
        threading.Thread(target=over.wait, args=(20,), name="forgotten").start()
        return good(bench)

    try:
        result = run.prove(watch, [("starts", starts)], within=tmp_path)[0]
    finally:
        over.set()
    assert (result.check.code, result.check.facts["threads"]) == ("selftest.threads", ["forgotten"])


def test_nothing_stays_in_the_temporary_folder_and_keys_stay_out_of_the_users_store(
    watch: NetworkWatch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(SWITCH, "on")
    seen: list[str] = []

    def writes(bench: Workbench) -> Check:
        (bench.room("writes") / "much").write_text("much", encoding="utf-8")
        seen.append(os.environ[SWITCH])
        return good(bench)

    results = run.prove(watch, [("writes", writes)], within=tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert results[-1].check == Check(run.TRACES, Grade.GOOD, "selftest.traces")
    assert (seen, os.environ[SWITCH]) == (["off"], "on")


def test_a_folder_that_stayed_is_told(tmp_path: Path) -> None:
    assert run.traces(tmp_path).code == "selftest.traces_left"


def attempts(action: str) -> None:
    """Something that asks the network; port 9 of this machine, so that nothing leaves it."""
    if action == "name":
        with contextlib.suppress(OSError):
            socket.getaddrinfo("localhost", 9)
        return
    kind = socket.SOCK_DGRAM if action == "datagram" else socket.SOCK_STREAM
    with socket.socket(socket.AF_INET, kind) as asked, contextlib.suppress(OSError):
        if action == "connect":
            asked.connect(("127.0.0.1", 9))
        elif action == "listen":
            asked.bind(("127.0.0.1", 0))
        else:
            asked.sendto(b"anybody?", ("127.0.0.1", 9))


@pytest.mark.parametrize("action", ["connect", "listen", "datagram", "name"])
@pytest.mark.parametrize("where", ["here", "in a thread"])
def test_whoever_asks_the_network_makes_the_self_test_fail(
    watch: NetworkWatch, tmp_path: Path, action: str, where: str
) -> None:
    def asks(bench: Workbench) -> Check:
        if where == "here":
            attempts(action)
        else:
            thread = threading.Thread(target=attempts, args=(action,))
            thread.start()
            thread.join()
        return good(bench)

    results = run.prove(watch, [("asks", asks), ("network", network.look)], within=tmp_path)
    judged = results[1].check
    assert (judged.grade, judged.code) == (Grade.BAD, "selftest.network_attempted")
    assert "socket." in str(judged.details["first"])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows the sockets of a process without asking Python")
def test_a_library_that_opens_a_socket_without_asking_python_is_found(watch: NetworkWatch, tmp_path: Path) -> None:
    system = ctypes.CDLL(None)

    def asks(bench: Workbench) -> Check:
        handle = system.socket(2, 2, 0)
        try:
            # struct sockaddr_in: family 2, port 0, address 127.0.0.1
            assert system.bind(handle, b"\2\0\0\0\x7f\0\0\1" + bytes(8), 16) == 0
            bench.network.look_again()
        finally:
            system.close(handle)
        return good(bench)

    results = run.prove(watch, [("asks", asks), ("network", network.look)], within=tmp_path)
    assert results[1].check.code == "selftest.network_socket"


def test_a_socket_within_the_machine_is_no_network(bench: Workbench, tmp_path: Path) -> None:
    if not hasattr(socket, "AF_UNIX"):
        pytest.skip("this system has no sockets within the machine")
    with socket.socket(socket.AF_UNIX) as own:
        own.bind(str(tmp_path / "s"))
    assert network.look(bench).grade is Grade.GOOD


def test_what_is_asked_after_the_watch_is_not_noted() -> None:
    with watching() as early:
        pass
    attempts("name")
    assert early.attempts == []


def test_a_runtime_that_was_not_told_to_be_silent_is_found(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert network.look(bench).grade is Grade.GOOD
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY")
    with pytest.raises(BadProgram) as caught:
        network.look(bench)
    assert caught.value.code == "selftest.network_telemetry"


def test_the_installed_program_proves_itself_and_leaves_nothing(tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    own = {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "TMPDIR": str(temporary),
        "TEMP": str(temporary),
        "TMP": str(temporary),
        "PYTHONPATH": str(PROJECT),
    }
    environment = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", SWITCH)}
    done = subprocess.run(
        [sys.executable, "-m", "toolroom_desktop.cli", "--data", str(tmp_path / "data"), "selftest", "--json"],
        env=environment | own,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    answer = json.loads(done.stdout)
    assert answer["sound"] is True
    assert [check["name"] for check in answer["checks"]] == [*run.CHECKS, run.TRACES]
    assert all(check["seconds"] >= 0 for check in answer["checks"])
    assert next(check for check in answer["checks"] if check["name"] == "window")["platform"] == "offscreen"
    assert done.stderr == ""
    assert not (tmp_path / "data").exists()
    assert list(temporary.iterdir()) == []
    # The system's own font cache may be made; it is nobody's data.
    assert {path.name for path in home.rglob("*") if path.is_file() and "fontconfig" not in path.parts} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_damaged_program_says_so_and_what_to_do(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.setattr(run, "CHECKS", ("model", "schemas"))
    (program / "models" / "kit11.sig").unlink()
    answer = CommandLine(tmp_path / "data")("selftest", language=language)
    assert answer.code == 1
    marks = [line[:3] for line in answer.out.splitlines() if line.startswith("[")]
    assert marks == ["[!]", "[+]", "[+]"]
    assert Messages(language).text("cli.selftest.unsound") in answer.out
    assert "kit11.json" in answer.out
    told = CommandLine(tmp_path / "data")("selftest", "--json", language=language)
    assert (told.code, told.json["sound"]) == (1, False)
    assert told.json["checks"][0]["problem"] == "model.unsigned"


def test_the_reference_is_written_by_an_option_that_help_does_not_show(program: Path, tmp_path: Path) -> None:
    toolroom = CommandLine(tmp_path / "data")
    path = program / "resources" / "selftest" / "kit11.json"
    before = path.read_bytes()
    path.unlink()
    answer = toolroom("selftest", "--write-reference")
    assert (answer.code, str(path) in answer.out) == (0, True)
    assert json.loads(path.read_bytes())["sha256"] == json.loads(before)["sha256"]
    assert "write-reference" not in toolroom("selftest", "--help").out
