"""Putting a backup in the place of a station: everything is verified before anything is touched."""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from toolroom_desktop.adapters.database.database import SqliteDatabase, on_network_share
from toolroom_desktop.adapters.database.exchange import Exchange, exchange, finish, pending_exchange, present
from toolroom_desktop.adapters.database.files import sync_folder
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.lock import InstanceLock
from toolroom_desktop.adapters.database.migrate import SHIPPED, Migrations, inspect_existing
from toolroom_desktop.adapters.database.problems import file_problem
from toolroom_desktop.adapters.database.restored import noted_as_restored
from toolroom_desktop.adapters.security.clock import SystemClock
from toolroom_desktop.adapters.security.keyrings import find_keyring
from toolroom_desktop.adapters.security.secrets import Keyring, StationSecrets
from toolroom_desktop.adapters.station_backup import archive
from toolroom_desktop.adapters.station_backup.archive import Archive, Manifest, open_archive
from toolroom_desktop.adapters.station_backup.make import LEAST_LEFT_BYTES
from toolroom_desktop.adapters.station_backup.open_cases import bring_ledger_up_to_date
from toolroom_desktop.adapters.station_backup.parts import Summary, summary_of
from toolroom_desktop.domain.errors import BadImportFile, DatabaseProblem
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.keys import renew_keys
from toolroom_desktop.services.recording import JOURNAL_KEY, Recorder

STAGING = ".restore-"
# Names of a station in its data folder. Logs and crash files tell of the computer and stay where they are, and the
# ledger of open cases stays so that no case is closed by a restore.
STATION_NAMES = (archive.SECRETS, archive.SETTINGS, *archive.FOLDERS, "backups", archive.DATABASE)

Report = Callable[[int, int], None]
FindKeyring = Callable[[], Keyring | None]


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup whose every byte was read and found good.

    seals_checked  whether the keys were at hand to check the journal's seals with
    keys_lacking   whether the keys are neither in the backup nor in the key store of this computer
    """

    manifest: Manifest
    sealed: bool
    seals_checked: bool
    keys_lacking: bool


@dataclass(frozen=True, slots=True)
class Present:
    """What lies in the data folder now. `summary` is None where its records cannot be read."""

    names: tuple[str, ...]
    summary: Summary | None


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done. `aside` is where the former station lies, None where there was none.

    finished_earlier  this very backup was half-way in place after a restore that was cut short; that was finished
    keys_renewed      the station's keys were lacking, and new ones were made
    """

    aside: Path | None
    finished_earlier: bool = False
    keys_renewed: bool = False


def check_backup(
    path: Path,
    *,
    passphrase: str = "",
    report: Report = lambda _done, _total: None,
    migrations: Migrations = SHIPPED,
    keyring: FindKeyring = find_keyring,
) -> Checked:
    """Verify a backup and leave everything as it is. Raises `BadImportFile` with what is wrong."""
    with open_archive(path, passphrase) as packed, TemporaryDirectory(prefix="toolroom-") as scratch:
        with _file_problems(Path(scratch)):
            _need_room(Path(scratch), sum(f.size for f in packed.manifest.files if f.name == archive.DATABASE))
            keys_file = _unpack(packed, Path(scratch), report, only=(archive.DATABASE, archive.SECRETS))
        return _examine(packed, DataFolder(Path(scratch)), keys_file, migrations, keyring)


def restore_station(
    path: Path,
    data_folder: Path,
    *,
    agree: Callable[[Checked, Present], bool],
    now: datetime,
    passphrase: str = "",
    report: Report = lambda _done, _total: None,
    migrations: Migrations = SHIPPED,
    keyring: FindKeyring = find_keyring,
    new_keys: bool = False,
) -> Restored | None:
    """Put the station of a backup into a data folder, which may be empty or not there; None when `agree` said no.

    agree     asked when all is verified and nothing was touched yet
    report    told (bytes done, bytes in all)
    new_keys  where the station's keys are lacking, make new ones: every PIN is cleared, and seals made before can be
              checked no more

    Raises `BadImportFile` for a backup that is not good, `DatabaseProblem` with `database.in_use`, `restore.no_room`,
    `restore.keys_lacking` and the like; the old station is in place then.
    """
    folder = DataFolder(data_folder.absolute())
    if on_network_share(folder.path):
        raise DatabaseProblem("database.network_share", path=folder.path)
    with open_archive(path, passphrase) as packed, _file_problems(folder.path), _locked(folder):
        begun = pending_exchange(folder)
        if begun is not None:
            finish(folder, begun)
            if begun.backup == packed.id:
                return Restored(folder.path / begun.aside if begun.leaving else None, finished_earlier=True)
        with _staging(folder.path) as staging:
            _need_room(folder.path, packed.manifest.size)
            keys_file = _unpack(packed, staging, report, only=None)
            checked = _examine(packed, DataFolder(staging), keys_file, migrations, keyring)
            if checked.keys_lacking and not new_keys:
                raise DatabaseProblem("restore.keys_lacking", path=path)
            bring_ledger_up_to_date(folder, keyring)
            there = _look(folder)
            if not agree(checked, there):
                return None
            if checked.manifest.keys == "included":
                StationSecrets(staging, keyring=keyring).adopt(keys_file)
            elif checked.keys_lacking:
                _renew_keys(staging, keyring, migrations)
            aside = _exchange(folder, staging, there, packed.id, now)
    return Restored(aside, keys_renewed=checked.keys_lacking)


def _exchange(folder: DataFolder, staging: Path, there: Present, backup: str, now: datetime) -> Path | None:
    aside = _free_name(folder.path / f"set-aside-{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}")
    coming = sorted((path.name for path in staging.iterdir()), key=lambda name: (name == archive.DATABASE, name))
    disk = folder.path.stat().st_dev
    for name in there.names:
        if (folder.path / name).lstat().st_dev != disk or os.path.ismount(folder.path / name):
            raise DatabaseProblem("restore.other_disk", path=folder.path / name)
    sync_folder(staging)
    with noted_as_restored(folder, now):
        exchange(folder, Exchange(staging.name, aside.name, there.names, tuple(coming), backup))
    return aside if there.names else None


def _free_name(wanted: Path) -> Path:
    """That name, or with a number behind it: a clock that was set back must not mix two stations."""
    names = (wanted, *(wanted.with_name(f"{wanted.name}-{number}") for number in range(2, 10_000)))
    return next(path for path in names if not os.path.lexists(path))


@contextmanager
def _locked(folder: DataFolder) -> Iterator[None]:
    made = not folder.path.exists()
    folder.path.mkdir(parents=True, exist_ok=True)
    lock = InstanceLock(folder)
    lock.acquire()
    try:
        yield
    finally:
        lock.release()
        if made and not present(folder, STATION_NAMES) and not folder.exchange.exists():
            # The folder was made for a restore that did not come to pass.
            with suppress(OSError):
                folder.lock.unlink(missing_ok=True)
                folder.path.rmdir()


@contextmanager
def _staging(root: Path) -> Iterator[Path]:
    """A folder on the same disk, which only this user reads; empty ones of restores that were killed go."""
    for left in root.glob(f"{STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(mkdtemp(prefix=STAGING, dir=root))
    try:
        yield folder
    except BaseException:
        # After a kill within the exchange it is needed; an exchange that failed has put everything back into it.
        if not DataFolder(root).exchange.exists():
            shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _file_problems(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise file_problem(error, place, area="restore") from error


def _need_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + LEAST_LEFT_BYTES:
        needed_mib = (needed + LEAST_LEFT_BYTES >> 20) + 1
        raise DatabaseProblem("restore.no_room", path=folder, needed_mib=needed_mib, free_mib=free >> 20)


def _unpack(packed: Archive, staging: Path, report: Report, *, only: tuple[str, ...] | None) -> dict[str, bytes]:
    """Read every file and compare it with the list; write it too, or those of `only`. The keys out of `keys.json`."""
    done, keys = 0, io.BytesIO()
    folders: set[Path] = set()

    def count(size: int) -> None:
        nonlocal done
        done += size
        report(done, packed.manifest.size)

    for file in packed.manifest.files:
        if file.name == archive.KEYS:
            packed.copy(file, keys, count)
        elif only is not None and file.name not in only:
            packed.copy(file, None, count)
        else:
            target = staging.joinpath(*file.name.split("/"))
            target.parent.mkdir(parents=True, exist_ok=True)
            folders.update(parent for parent in target.parents if parent.is_relative_to(staging))
            mode = 0o600 if file.name == archive.SECRETS else 0o666
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(target, flags, mode), "wb") as writing:
                packed.copy(file, writing, count)
                writing.flush()
                os.fsync(writing.fileno())
    for made in folders:
        sync_folder(made)
    return _keys_in(packed, keys.getvalue())


def _keys_in(packed: Archive, content: bytes) -> dict[str, bytes]:
    try:
        return {str(name): base64.b64decode(text) for name, text in json.loads(content or b"{}").items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise BadImportFile("restore.damaged", path=packed.path, what=archive.KEYS) from error


def _examine(
    packed: Archive, folder: DataFolder, keys_file: Mapping[str, bytes], migrations: Migrations, keyring: FindKeyring
) -> Checked:
    """Check the unpacked records. An older schema is brought up to this program's, in the unpacked copy."""
    manifest = packed.manifest
    keys, lacking = _keys_at_hand(manifest, folder.path, keys_file, keyring)
    try:
        if inspect_existing(folder, migrations) != migrations.head:
            SqliteDatabase.open(folder.path, create=False, instance_lock=False, migrations=migrations).close()
        database = SqliteDatabase.open_read_only(folder.path, migrations=migrations)
    except DatabaseProblem as problem:
        found, known = problem.details.get("found"), problem.details.get("known")
        if problem.code == "database.newer_schema":
            raise BadImportFile("restore.newer_schema", path=packed.path, found=found, known=known) from problem
        raise BadImportFile("restore.records_damaged", path=packed.path) from problem
    try:
        journal = verify_journal(database, key=keys.get(JOURNAL_KEY))
        named = database.read(lambda uow: {sha256 for sha256, _ in uow.evidence.all()})
        site_id = database.site_id
    finally:
        database.close()
    noted = manifest.journal
    found_fault = (journal.fault.code, journal.fault.site_seq) if journal.fault else ("", 0)
    # A journal that was broken before the backup was made comes back as it was, and the command says so.
    if found_fault != (noted.fault, noted.fault_at) or journal.head.hash != noted.hash or site_id != manifest.site_id:
        raise BadImportFile("restore.journal_broken", path=packed.path, entry=found_fault[1] or journal.entries)
    there = {Path(file.name).stem for file in manifest.files if file.name.startswith(f"{archive.EVIDENCE}/")}
    lost = named - there - set(manifest.evidence.missing)
    if lost:
        raise BadImportFile("restore.damaged", path=packed.path, what=f"{archive.EVIDENCE}/{min(lost)}")
    return Checked(manifest, packed.sealed, JOURNAL_KEY in keys, lacking)


def _keys_at_hand(
    manifest: Manifest, folder: Path, keys_file: Mapping[str, bytes], keyring: FindKeyring
) -> tuple[Mapping[str, bytes], bool]:
    """The keys of the station that comes, and whether some are lacking here."""
    if manifest.keys == "included":
        return keys_file, False
    if manifest.keys == "none":
        return {}, False
    try:
        keys = StationSecrets(folder, may_create=lambda: False, keyring=keyring).all_keys()
    except DatabaseProblem:
        return {}, True
    return keys, not keys


def _renew_keys(staging: Path, keyring: FindKeyring, migrations: Migrations) -> None:
    (staging / archive.SECRETS).unlink(missing_ok=True)
    secrets = StationSecrets(staging, keyring=keyring)
    database = SqliteDatabase.open(staging, create=False, instance_lock=False, migrations=migrations)
    try:
        renew_keys(database, Recorder(SystemClock(), secrets))
    finally:
        database.close()


def _look(folder: DataFolder) -> Present:
    names = present(folder, STATION_NAMES)
    try:
        summary = summary_of(folder.database) if folder.database.is_file() else None
    except (sqlite3.Error, ValueError):
        summary = None
    return Present(names, summary)
