"""`toolroom backup` and `toolroom restore`: the whole station in one file, and back."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from toolroom_desktop import __version__
from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.parsing import Commands, a_path, argument, option
from toolroom_desktop.cli.progress import Progress
from toolroom_desktop.cli.station import Station
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import BadInput, BadSettings

if TYPE_CHECKING:
    from toolroom_desktop.adapters.station_backup.archive import Manifest
    from toolroom_desktop.adapters.station_backup.make import Made
    from toolroom_desktop.adapters.station_backup.restore import Checked, Present

LEAST_PASSPHRASE = 12
"""Characters. The file lies where anybody may try for years."""
NAMES_SHOWN = 10

_SQLITE_BEGINS = b"SQLite format 3\0"
_YES = ("y", "yes", "д", "да")


def add(commands: Commands) -> None:
    """Add both sub-commands."""
    making = commands.add("backup", "backup.help")
    argument(making, "file", "backup.help.file", type=a_path)
    option(making, "--overwrite", "backup.help.overwrite", action="store_true")
    option(making, "--encrypt", "backup.help.encrypt", action="store_true")
    option(making, "--passphrase-file", "backup.help.passphrase_file", type=a_path, metavar="FILE")
    making.set_defaults(run=run_backup)
    restoring = commands.add("restore", "restore.help")
    argument(restoring, "file", "restore.help.file", type=a_path)
    option(restoring, "--check", "restore.help.check", action="store_true")
    option(restoring, "--yes", "restore.help.yes", action="store_true")
    option(restoring, "--passphrase-file", "restore.help.passphrase_file", type=a_path, metavar="FILE")
    option(restoring, "--new-keys", "restore.help.new_keys", action="store_true")
    restoring.set_defaults(run=run_restore)


def _passphrase(console: Console, told: Path | None, *, new: bool) -> str:
    """Out of the file, or asked for without showing it; a new one twice. Raises `BadInput`."""
    if told is not None:
        try:
            passphrase = told.read_text(encoding="utf-8-sig").split("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput("backup.passphrase_file", path=told, reason=str(error)) from error
    elif not sys.stdin.isatty():
        raise BadInput("backup.passphrase_needs_terminal")
    else:
        passphrase = getpass.getpass(console.text("cli.ask_backup_passphrase"))
    if new and len(passphrase) < LEAST_PASSPHRASE:
        raise BadInput("backup.passphrase_short", least=LEAST_PASSPHRASE)
    if new and told is None and getpass.getpass(console.text("cli.ask_backup_passphrase_again")) != passphrase:
        raise BadInput("backup.passphrases_differ")
    return passphrase


def _settings(station: Station) -> Settings:
    """The settings, or the defaults where the file cannot be used: that must keep nobody from a backup."""
    try:
        return station.settings()
    except BadSettings as error:
        station.console.error(error)
        return Settings()


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names[:NAMES_SHOWN]) + (", …" if len(names) > NAMES_SHOWN else "")


def run_backup(arguments: argparse.Namespace, station: Station) -> int:
    """Write the backup; exit code 1 when the station lacks something that should be in it."""
    from toolroom_desktop.adapters.station_backup.make import make_backup
    from toolroom_desktop.adapters.station_backup.parts import StationParts

    console = station.console
    sealed = arguments.encrypt or arguments.passphrase_file is not None
    passphrase = _passphrase(console, arguments.passphrase_file, new=True) if sealed else None
    parts = StationParts.of(station.data, _settings(station))
    with Progress(console, "backup.writing") as writing, Progress(console, "backup.reading_back") as reading:
        made = make_backup(
            parts,
            arguments.file,
            program_version=__version__,
            now=datetime.now(UTC),
            passphrase=passphrase,
            overwrite=arguments.overwrite,
            writing=writing,
            reading=reading,
        )
    state = made.manifest
    console.say(
        "backup.done",
        path=made.path,
        mib=console.number(made.size / (1 << 20)),
        site=state.site_id,
        operations=state.operations,
        photos=state.evidence.named - len(state.evidence.missing),
        entries=state.journal.entries,
    )
    if not sealed:
        console.remark("backup.not_encrypted")
    if state.evidence.at_centre:
        console.remark("backup.photos_at_centre", count=state.evidence.at_centre)
    _say_keys(console, made, sealed=sealed)
    _say_findings(console, state)
    return 0 if made.complete else 1


def _say_keys(console: Console, made: Made, *, sealed: bool) -> None:
    if made.keys_problem is not None:
        console.remark("backup.keys_unreadable", reason=console.messages.error(made.keys_problem))
    elif made.manifest.keys == "left out":
        console.remark("backup.keys_left_out")
    elif made.manifest.keys == "file" and not sealed:
        console.remark("backup.holds_keys")


def _say_findings(console: Console, state: Manifest) -> None:
    for code, names in (
        ("backup.photos_missing", state.evidence.missing),
        ("backup.photos_damaged", state.evidence.damaged),
        ("backup.files_unreadable", state.unreadable),
    ):
        if names:
            console.remark(code, count=len(names), names=_names(names))
    if state.journal.fault:
        reason = console.text(f"cli.fault.{state.journal.fault}")
        console.remark("backup.journal_broken", entry=state.journal.fault_at, reason=reason)


def run_restore(arguments: argparse.Namespace, station: Station) -> int:
    """Verify a backup and, unless that was all that was asked, put it in the place of the station."""
    from toolroom_desktop.adapters.station_backup.archive import needs_passphrase
    from toolroom_desktop.adapters.station_backup.restore import check_backup, restore_station

    console = station.console
    path: Path = arguments.file
    if _is_records_alone(path):
        return _restore_records(arguments, station)
    passphrase = _passphrase(console, arguments.passphrase_file, new=False) if needs_passphrase(path) else ""
    with Progress(console, "restore.reading") as reading:
        if arguments.check:
            checked = check_backup(path, passphrase=passphrase, report=reading)
            reading.end()
            _say_checked(console, checked)
            return 0

        def agree(checked: Checked, there: Present) -> bool:
            reading.end()
            _say_checked(console, checked)
            _say_leaving(console, station.data.root, there)
            return arguments.yes or _agreed(console)

        restored = restore_station(
            path,
            station.data.root,
            agree=agree,
            now=datetime.now(UTC),
            passphrase=passphrase,
            report=reading,
            new_keys=arguments.new_keys,
        )
    if restored is None:
        console.say("restore.not_wanted")
        return 0
    if restored.finished_earlier:
        console.say("restore.finished_earlier")
    console.say("restore.done", path=station.data.root.absolute())
    if restored.aside is not None:
        console.say("restore.aside", path=restored.aside)
    if restored.keys_renewed:
        console.remark("restore.keys_renewed")
    _say_centre(station)
    _say_elsewhere(station)
    return 0


def _say_checked(console: Console, checked: Checked) -> None:
    state = checked.manifest
    console.say("restore.good")
    console.say(
        "restore.coming",
        site=state.site_id,
        at=state.made_at,
        version=state.program_version,
        operations=state.operations,
        newest=_moment(console, state.newest_operation),
        photos=state.evidence.named - len(state.evidence.missing),
    )
    if state.evidence.missing:
        console.remark("restore.photos_missing", count=len(state.evidence.missing))
    if state.evidence.at_centre:
        console.remark("restore.photos_at_centre", count=state.evidence.at_centre)
    if state.journal.fault:
        console.remark("restore.journal_was_broken", entry=state.journal.fault_at)
    elif checked.seals_checked:
        console.say("restore.seals_checked")
    else:
        console.remark("restore.seals_not_checked")


def _moment(console: Console, at: datetime | None) -> str:
    return console.text("restore.never") if at is None else console.moment(at)


def _say_leaving(console: Console, root: Path, there: Present) -> None:
    if there.summary is not None:
        console.say(
            "restore.leaving",
            path=root.absolute(),
            site=there.summary.site_id,
            operations=there.summary.operations,
            newest=_moment(console, there.summary.newest),
        )
    else:
        code = "restore.leaving_unreadable" if there.names else "restore.leaving_nothing"
        console.say(code, path=root.absolute())


def _agreed(console: Console) -> bool:
    if not sys.stdin.isatty():
        raise BadInput("restore.needs_yes")
    return input(console.text("cli.ask_restore")).strip().casefold() in _YES


def _say_elsewhere(station: Station) -> None:
    """Name the settings that point out of the data folder, where a restore puts nothing."""
    from toolroom_desktop.adapters.station_backup.parts import StationParts

    settings, data = _settings(station), station.data
    parts = StationParts.of(data, settings)
    for section, key, named, own in (
        ("learning", "review_folder", parts.review, data.review),
        ("model", "trusted_keys", parts.trusted_keys, data.trusted_keys),
    ):
        if named != own.absolute() and own.exists():
            station.console.remark("restore.elsewhere", setting=f"{section}.{key}", named=named, path=own.absolute())
    manifest = settings.model.manifest
    if manifest and not Path(manifest).exists():
        station.console.remark("restore.model_elsewhere", named=manifest)


def _say_centre(station: Station) -> None:
    """Where the station belongs to a centre: what is to be done before anybody works here."""
    from toolroom_desktop.adapters.central.enrolment import EnrolmentStore

    if EnrolmentStore(station.data.root).exists():
        station.console.remark("restore.ask_centre")


def _is_records_alone(path: Path) -> bool:
    """Whether it is a copy of the database that the station made of itself."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE_BEGINS)) == _SQLITE_BEGINS
    except OSError:
        return False


def _restore_records(arguments: argparse.Namespace, station: Station) -> int:
    from toolroom_desktop.adapters.database.restore import check_records, restore_backup

    console = station.console
    check_records(arguments.file)
    console.say("restore.records_coming", path=arguments.file)
    if arguments.check:
        return 0
    if not arguments.yes and not _agreed(console):
        console.say("restore.not_wanted")
        return 0
    aside = restore_backup(station.data.root, arguments.file, now=datetime.now(UTC))
    console.say("restore.records_done", backup=arguments.file, path=station.data.root.absolute(), aside=aside)
    _say_centre(station)
    return 0
