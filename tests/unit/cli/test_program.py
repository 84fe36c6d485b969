"""What holds for every command: language, exit codes, narrow consoles, faults of the program."""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import CommandLine
from toolroom_desktop import __version__
from toolroom_desktop.cli import history, main
from toolroom_desktop.cli.station import Station
from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.config.paths import program_root

COMMANDS = (
    (),
    ("init",),
    ("check",),
    ("history",),
    ("kits",),
    ("kits", "list"),
    ("kits", "import"),
    ("kits", "export"),
    ("tools",),
    ("tools", "list"),
    ("tools", "show"),
    ("tools", "import"),
    ("tools", "export"),
    ("tools", "state"),
    ("tools", "swap"),
    ("users",),
    ("users", "add"),
    ("users", "list"),
    ("users", "change"),
    ("users", "unlock"),
    ("users", "disable"),
    ("users", "enable"),
    ("doctor",),
    ("journal",),
    ("journal", "verify"),
    ("journal", "show"),
    ("bench",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_in_both_languages(toolroom: CommandLine, command: tuple[str, ...]) -> None:
    english, russian = (toolroom(*command, "--help", language=language) for language in ("en", "ru"))
    assert english.code == russian.code == 0
    assert english.out.startswith("usage: toolroom")
    assert russian.out.startswith("как вызвать: toolroom")
    assert not any("а" <= letter <= "я" for letter in english.out)


def test_the_version_is_told(toolroom: CommandLine) -> None:
    answer = toolroom("--version")
    assert (answer.code, answer.out.strip()) == (0, f"Toolroom Desktop {__version__}")


def test_mistakes_on_the_command_line_are_sentences(toolroom: CommandLine) -> None:
    toolroom.refused("cli.usage_required", "check", "a.jpg", names="--toolkit")
    toolroom.refused("cli.usage_required", names="COMMAND")
    toolroom.refused("cli.usage_unknown", "history", "--colour", names="--colour")
    toolroom.refused("cli.usage_no_value", "history", "--limit", name="--limit")
    toolroom.refused("cli.usage_choice", "paint", name="COMMAND", value="paint")
    toolroom.refused("cli.bad_path", "check", "", "--toolkit", "x")
    toolroom.refused("cli.not_a_number", "check", "a.jpg", "--toolkit", "x", "--threshold", "many", value="many")
    for percentage in ("0", "101", "nan"):
        check = ("check", "a.jpg", "--toolkit", "RRJ/737/32S", "--threshold", percentage)
        toolroom.refused("threshold.out_of_range", *check, value=float(percentage))
    toolroom.refused("cli.usage", "history", "--json=1", reason="argument --json: ignored explicit argument '1'")


def test_the_data_folder_and_the_language_may_stand_after_the_command(
    toolroom: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["users", "list", "--data", str(toolroom.data), "--language", "ru"]) == 0
    assert "инженер" in capsys.readouterr().out


def test_the_data_folder_may_come_from_the_environment(
    toolroom: CommandLine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOOLROOM_DATA", str(toolroom.data))
    assert main(["--language", "en", "users", "list"]) == 0
    assert "DEMO-TECH" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("settings", "locale", "word"),
    [
        (None, "ru_RU.UTF-8", "инженер"),
        (None, "de_DE.UTF-8", "technician"),
        ('[station]\nlanguage = "en"\n', "ru_RU.UTF-8", "technician"),
        ('[station]\nlanguage = "ru"\n', "C", "инженер"),
        ("", "C", "инженер"),  # set up, but with the default language
    ],
)
def test_the_language_is_that_of_the_settings_or_else_of_the_system(
    toolroom: CommandLine,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    settings: str | None,
    locale: str,
    word: str,
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    if settings is not None:
        (toolroom.data / "settings.toml").write_text(settings, encoding="utf-8")
    assert main(["--data", str(toolroom.data), "users", "list"]) == 0
    assert word in capsys.readouterr().out


def test_a_fault_of_the_program_leaves_a_file_and_a_sentence(
    toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_arguments: argparse.Namespace, _station: Station) -> int:
        raise ZeroDivisionError("кости")

    monkeypatch.setattr(history, "run", fail)
    answer = toolroom("history", language="ru")
    assert (answer.code, answer.out) == (70, "")
    (crash,) = (toolroom.data / "crashes").iterdir()
    assert str(crash) in answer.err and "Traceback" not in answer.err
    report = crash.read_text(encoding="utf-8")
    assert "ZeroDivisionError: кости" in report
    assert __version__ in report and "test_program.py" in report


def test_a_fault_is_written_elsewhere_where_the_data_folder_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_arguments: argparse.Namespace, _station: Station) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(history, "run", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    answer = CommandLine(blocked)("history")
    assert answer.code == 70
    (crash,) = tmp_path.glob("crash-*.txt")
    assert str(crash) in answer.err


def test_an_interruption_ends_with_130(toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_arguments: argparse.Namespace, _station: Station) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(history, "run", interrupt)
    for language in LANGUAGES:
        answer = toolroom("history", language=language)
        assert answer.code == 130
        assert answer.err.strip() == Messages(language).text("cli.interrupted")


class Narrow(io.TextIOWrapper):
    """A console that knows ASCII alone."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="ascii", newline="\n")

    def shown(self) -> str:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode("ascii")


def test_a_console_without_cyrillic_gets_question_marks_and_machines_lose_nothing(
    toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments, wanted in ((("list",), "????????"), (("list", "--json"), "\\u0418\\u0440\\u0438\\u043d\\u0430")):
        console = Narrow()
        monkeypatch.setattr(sys, "stdout", console)
        assert main(["--data", str(toolroom.data), "--language", "ru", "users", *arguments]) == 0
        assert wanted in console.shown()


def _process(toolroom: CommandLine, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
    code = "import sys; from toolroom_desktop.cli import main; sys.exit(main())"
    environment = os.environ | {"TOOLROOM_DATA": str(toolroom.data), "PYTHONIOENCODING": "utf-8"} | more
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        cwd=program_root(),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_it_runs_as_a_process_of_its_own(toolroom: CommandLine) -> None:
    with _process(toolroom, "--language", "ru", "users", "list") as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert "Титов Максим Олегович" in out.decode("utf-8")


def test_a_reader_that_leaves_early_is_no_fault(toolroom: CommandLine) -> None:
    with _process(toolroom, "users", "list", PYTHONUNBUFFERED="1") as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
        code = process.wait(timeout=60)
    assert (code, err) == (141, b"")
    assert not (toolroom.data / "crashes").exists()


def test_help_does_not_wait_for_the_model_or_the_database(toolroom: CommandLine) -> None:
    code = (
        "import sys; from toolroom_desktop.cli import main; main(['--help']);"
        "print([name for name in ('cv2', 'onnxruntime', 'sqlalchemy', 'PySide6') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=program_root(), capture_output=True, timeout=60, check=True)
    assert done.stdout.decode("utf-8", "replace").splitlines()[-1] == "[]"
