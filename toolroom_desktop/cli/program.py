"""The entry point: language, parser, and one place where every error becomes a sentence and an exit code."""

from __future__ import annotations

import argparse
import locale
import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from toolroom_desktop import __version__
from toolroom_desktop.cli import (
    all_stations,
    average,
    backup,
    bench,
    cases,
    central,
    check,
    compose,
    doctor,
    enrol,
    evaluate,
    handover,
    history,
    init,
    journal,
    kits,
    labels,
    model,
    photos,
    reminders,
    report,
    review,
    selftest,
    settings,
    shift,
    support,
    sync,
    tools,
    train,
    users,
)
from toolroom_desktop.cli.console import Console, tolerate_narrow_encodings
from toolroom_desktop.cli.parsing import Commands, Parser, add_global_options, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.config.messages import LANGUAGES, Language, Messages
from toolroom_desktop.config.paths import DataFolder, default_data_folder
from toolroom_desktop.config.settings import load_settings, policy_in_force
from toolroom_desktop.domain.errors import BadSettings, UserFacingError

BAD_INPUT = 2
FAULT = 70
"""EX_SOFTWARE of sysexits.h: a fault of the program."""
INTERRUPTED = 130
READER_GONE = 141
"""What a shell reports for a program that SIGPIPE ended."""

_LANGUAGE = "station.language"
_Run = Callable[[argparse.Namespace, Station], int]


def _told(argv: Sequence[str]) -> argparse.Namespace:
    """The global options alone, before anything is known that could explain a mistake in the others."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--data", nargs="?")
    parser.add_argument("--language", nargs="?")
    return parser.parse_known_args(argv)[0]


def _system_language() -> Language:
    names = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "ru" if name.casefold().startswith("ru") else "en"


def _language(told: str | None, data: DataFolder) -> Language:
    """As told, else as set up, else as the system speaks."""
    chosen = next((language for language in LANGUAGES if language == told), None)
    if chosen is not None:
        return chosen
    try:
        policy = policy_in_force()
        if not data.settings_file.is_file() and _LANGUAGE not in policy.places:
            return _system_language()
        return load_settings(data.settings_file, policy).station.language
    except BadSettings:
        # The command that reads the settings says what is wrong with them; it needs a language for that.
        return _system_language()


def _parser(messages: Messages) -> Parser:
    parser = Parser(messages=messages, prog="toolroom", description=messages.text("cli.help.program"))
    add_global_options(parser)
    option(parser, "--version", "cli.help.version", action="version", version=f"Toolroom Desktop {__version__}")
    commands = Commands(parser)
    for area in (
        init,
        check,
        history,
        kits,
        tools,
        labels,
        users,
        handover,
        shift,
        cases,
        reminders,
        report,
        doctor,
        selftest,
        backup,
        support,
        settings,
        journal,
        photos,
        central,
        sync,
        all_stations,
        bench,
        enrol,
        compose,
        train,
        average,
        evaluate,
        model,
        review,
    ):
        area.add(commands)
    return parser


def _crash_file(folder: Path, error: Exception) -> Path:
    now = datetime.now().astimezone()
    text = (
        f"{now.isoformat()}\nToolroom Desktop {__version__}, toolroom\nPython {sys.version}\n{platform.platform()}\n\n"
        + "".join(traceback.format_exception(error))
    )
    name = f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
    for place in (folder, Path(tempfile.gettempdir())):
        try:
            place.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, encoding="utf-8")
        except OSError:
            continue
        return place / name
    print(text, file=sys.stderr)
    return folder / name


def main(argv: Sequence[str] | None = None) -> int:
    """Run `toolroom` with these arguments (default: those of the process) and return its exit code.

    0 success, 1 a finding (discrepancy, an unhealthy station, a broken journal), 2 bad input or refused,
    3 manual check, 70 a fault of the program, 130 interrupted.
    """
    tolerate_narrow_encodings()
    arguments = list(sys.argv[1:] if argv is None else argv)
    told = _told(arguments)
    data = DataFolder(Path(told.data) if told.data else default_data_folder())
    console = Console(Messages(_language(told.language, data)))
    try:
        parsed = _parser(console.messages).parse_args(arguments)
        run: _Run = parsed.run
        code = run(parsed, Station(data, console))
        sys.stdout.flush()
    except UserFacingError as error:
        console.error(error)
        return BAD_INPUT
    except SystemExit as ended:  # argparse after --help and --version
        return int(ended.code or 0)
    except KeyboardInterrupt:
        console.remark("cli.interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has left; the interpreter must not try to write the rest at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except Exception as error:  # noqa: BLE001 - the last place: a fault of the program becomes a file and a sentence
        path = _crash_file(data.crashes, error)
        console.remark("program.failed", reason=f"{type(error).__name__}: {error}", path=path)
        return FAULT
    return code
