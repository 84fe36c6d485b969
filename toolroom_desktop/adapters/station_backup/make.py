"""Making a backup of the whole station while it runs."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

from toolroom_desktop.adapters.database.backup import copy_database
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.evidence import FileEvidenceStore
from toolroom_desktop.adapters.database.files import removed_on_failure, replace_durably
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.problems import damaged, file_problem, translated
from toolroom_desktop.adapters.security.keyrings import find_keyring
from toolroom_desktop.adapters.security.secrets import Keyring, StationSecrets
from toolroom_desktop.adapters.station_backup import archive
from toolroom_desktop.adapters.station_backup.archive import (
    BackupFile,
    EvidenceState,
    JournalState,
    Manifest,
    is_safe,
    open_archive,
)
from toolroom_desktop.adapters.station_backup.encrypt import STRONG, Cost, SealingWriter
from toolroom_desktop.adapters.station_backup.parts import StationParts, summary_of
from toolroom_desktop.domain.errors import BadImportFile, BadInput, DatabaseProblem, UserFacingError
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.recording import JOURNAL_KEY

SCRATCH = ".backup-"
LEFT_BEHIND_SECONDS = 86_400.0
"""A scratch folder so old belongs to a backup that was killed."""
LEAST_LEFT_BYTES = 1 << 20
"""What a backup leaves free at the least, besides what it needs."""

# Read in one go, so that a file that cannot be read to its end is found before a half of it lies in the backup.
_READ_AT_ONCE = 64 << 20
_PACKED_ALREADY = (".jpg", ".jpeg", ".png", ".onnx", ".zip")

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written, read back and found to be as it should.

    keys_problem  why the station's keys could not be read, where they could not
    """

    path: Path
    size: int
    manifest: Manifest
    keys_problem: UserFacingError | None

    @property
    def complete(self) -> bool:
        """Whether the station had nothing missing or damaged."""
        state = self.manifest
        findings = (state.evidence.missing, state.evidence.damaged, state.unreadable, state.journal.fault)
        return not any(findings) and self.keys_problem is None


@dataclass(slots=True)
class _Keys:
    """What is known of the keys: `state` as in the manifest, `keys` those that could be read."""

    state: str
    keys: dict[str, bytes]
    problem: UserFacingError | None = None


def make_backup(
    parts: StationParts,
    target: Path,
    *,
    program_version: str,
    now: datetime,
    passphrase: str | None = None,
    overwrite: bool = False,
    writing: Report = lambda _done, _total: None,
    reading: Report = lambda _done, _total: None,
    keyring: Callable[[], Keyring | None] = find_keyring,
    cost: Cost = STRONG,
) -> Made:
    """Write the whole station to `target` and read it back. The station may run; nothing of it is changed.

    passphrase         seals the file; None makes a plain ZIP
    writing, reading   told (bytes done, bytes in all) while the file is written and read back

    The file appears under its name only when it is whole, verified and on disk. Raises `BadInput` with
    `backup.exists` and the like, `DatabaseProblem` with `backup.no_room`, `backup.disk_full`, or what is wrong with
    the records.
    """
    target = target.absolute()
    _check_target(parts, target, overwrite=overwrite)
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with _scratch(parts.root) as scratch:
            snapshot = _take_snapshot(parts.records, scratch)
            keys = _read_keys(parts.root, sealed=passphrase is not None, keyring=keyring)
            draft = _describe(snapshot, keys, program_version, now)
            with removed_on_failure(unfinished):
                manifest = _write(parts, snapshot, keys, draft, unfinished, passphrase, cost, writing)
                _read_back(unfinished, manifest, passphrase or "", reading)
                size = unfinished.stat().st_size
                replace_durably(unfinished, target)
    except OSError as error:
        raise file_problem(error, target, area="backup") from error
    return Made(target, size, manifest, keys.problem)


def _check_target(parts: StationParts, target: Path, *, overwrite: bool) -> None:
    if not target.parent.is_dir():
        raise BadInput("backup.no_folder", path=target.parent)
    if target.is_dir():
        raise BadInput("backup.is_a_folder", path=target)
    ours = (parts.records.evidence, *parts.folders.values())
    if any(target.is_relative_to(folder) for folder in ours):
        raise BadInput("backup.inside_station", path=target)
    if target.exists() and not overwrite:
        raise BadInput("backup.exists", path=target)
    if not parts.records.database.is_file():
        raise DatabaseProblem("database.not_there", path=parts.records.database)


@contextmanager
def _scratch(root: Path) -> Iterator[Path]:
    """A folder that only this user reads: the copy of the records must not lie open on the medium of the backup."""
    for left in root.glob(f"{SCRATCH}*"):
        if datetime.now(UTC).timestamp() - left.stat().st_mtime > LEFT_BEHIND_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(mkdtemp(prefix=SCRATCH, dir=root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _need_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + LEAST_LEFT_BYTES:
        needed_mib = (needed + LEAST_LEFT_BYTES >> 20) + 1
        raise DatabaseProblem("backup.no_room", path=folder, needed_mib=needed_mib, free_mib=free >> 20)


def _take_snapshot(station: DataFolder, scratch: Path) -> DataFolder:
    snapshot = DataFolder(scratch)
    log = station.database.with_name(f"{station.database.name}-wal")
    _need_room(scratch, station.database.stat().st_size + (log.stat().st_size if log.exists() else 0))
    with translated(station):
        complaint = copy_database(station.database, snapshot.database)
    if complaint:
        raise damaged(station, complaint)
    return snapshot


def _read_keys(root: Path, *, sealed: bool, keyring: Callable[[], Keyring | None]) -> _Keys:
    """The keys, and where the backup has them. Keys out of a key store go into sealed backups only."""
    try:
        store = StationSecrets(root, may_create=lambda: False, keyring=keyring)
        keys = store.all_keys()
        if not keys:
            return _Keys("none", {})
        if store.place == "file":
            return _Keys("file", keys)
    except UserFacingError as problem:
        return _Keys("left out", {}, problem)
    return _Keys("included" if sealed else "left out", keys)


def _describe(snapshot: DataFolder, keys: _Keys, program_version: str, now: datetime) -> Manifest:
    """The manifest without its files."""
    summary = summary_of(snapshot.database)
    database = SqliteDatabase.open_read_only(snapshot.path)
    try:
        revision = database.health().revision
        found = verify_journal(database, key=keys.keys.get(JOURNAL_KEY))
        photos = database.read(lambda uow: uow.photos.figures())
    finally:
        database.close()
    fault = found.fault
    return Manifest(
        format=archive.FORMAT,
        program="Toolroom Desktop",
        program_version=program_version,
        schema_revision=revision,
        site_id=summary.site_id,
        made_at=now.astimezone(UTC),
        operations=summary.operations,
        newest_operation=summary.newest,
        journal=JournalState(
            entries=found.entries,
            hash=found.head.hash,
            fault=fault.code if fault else "",
            fault_at=fault.site_seq if fault else 0,
        ),
        evidence=EvidenceState(named=photos.here, at_centre=photos.dropped),
        keys=keys.state,
        files=(),
    )


def _write(
    parts: StationParts,
    snapshot: DataFolder,
    keys: _Keys,
    draft: Manifest,
    unfinished: Path,
    passphrase: str | None,
    cost: Cost,
    report: Report,
) -> Manifest:
    singles, evidence, others = _planned(parts, snapshot)
    total = sum(size for _, _, size in (*singles, *evidence, *others))
    _need_room(unfinished.parent, total)
    # Names of people, hashes of PINs and maybe keys: for the eyes of its owner only.
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with _sealed(file, passphrase, cost) as stream, zipfile.ZipFile(stream, "w") as packed:
            packing = _Packing(packed, draft.made_at, total, report)
            for name, path, _ in singles:
                packing.add(name, path)
            if keys.state == "included":
                packing.files.append(packing.put(archive.KEYS, _keys_file(keys.keys)))
            missing = [path.stem for name, path, _ in evidence if not packing.add(name, path)]
            for name, path, _ in others:
                packing.add(name, path)
            manifest = draft.model_copy(
                update={
                    "evidence": draft.evidence.model_copy(
                        update={"missing": tuple(missing), "damaged": tuple(packing.damaged)}
                    ),
                    "unreadable": tuple(packing.unreadable),
                    "files": tuple(packing.files),
                }
            )
            packing.put(archive.MANIFEST, manifest.model_dump_json(indent=1).encode())
        file.flush()
        os.fsync(file.fileno())
        # What is read back should come from the disk, not from memory.
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return manifest


_Planned = list[tuple[str, Path, int]]


def _planned(parts: StationParts, snapshot: DataFolder) -> tuple[_Planned, _Planned, _Planned]:
    """(name, path, size) of single files, evidence and the rest."""
    singles = [
        (archive.DATABASE, snapshot.database),
        (archive.SETTINGS, parts.root / archive.SETTINGS),
        (archive.SECRETS, parts.root / archive.SECRETS),
    ]
    store = FileEvidenceStore(parts.root)
    database = SqliteDatabase.open_read_only(snapshot.path)
    try:
        named = database.read(lambda uow: list(uow.evidence.all()))
    finally:
        database.close()
    evidence = [(f"{archive.EVIDENCE}/{sha[:2]}/{sha}.jpg", store.path(sha), size) for sha, size in named]
    return _sized((name, path) for name, path in singles if path.is_file()), evidence, _sized(parts.files())


def _sized(files: Iterable[tuple[str, Path]]) -> _Planned:
    sized: _Planned = []
    for name, path in files:
        # The oldest case of the review folder may go just now.
        with suppress(FileNotFoundError):
            sized.append((name, path, path.stat().st_size))
    return sized


def _keys_file(keys: dict[str, bytes]) -> bytes:
    return json.dumps({name: base64.b64encode(key).decode() for name, key in sorted(keys.items())}).encode()


@contextmanager
def _sealed(file: BinaryIO, passphrase: str | None, cost: Cost) -> Iterator[BinaryIO]:
    if passphrase is None:
        yield file
        return
    writer = SealingWriter(file, passphrase, cost=cost)
    try:
        yield writer  # type: ignore[misc]
    except BaseException:
        writer.abandon()
        raise
    writer.close()


class _Packing:
    """Puts files into the ZIP, keeping count of what was put and what could not be."""

    def __init__(self, packed: zipfile.ZipFile, at: datetime, total: int, report: Report) -> None:
        self.files: list[BackupFile] = []
        self.unreadable: list[str] = []
        self.damaged: list[str] = []
        self._packed = packed
        # A ZIP knows the years 1980 to 2107 only, and a station's clock may know others.
        self._at = min(max((1980, 1, 1, 0, 0, 0), at.timetuple()[:6]), (2107, 12, 31, 0, 0, 0))
        self._total = total
        self._report = report
        self._done = 0

    def add(self, name: str, path: Path) -> bool:
        """Put a file; False for one that is gone or cannot be read, with a note where no list of photos has it."""
        if not is_safe(name):
            self.unreadable.append(name)
            return False
        with ExitStack() as stack:
            try:
                source = stack.enter_context(path.open("rb"))
                first = source.read(_READ_AT_ONCE)
            except OSError as error:
                if not isinstance(error, FileNotFoundError) and not _is_photo(name):
                    self.unreadable.append(name)
                return False
            added = self.put(name, first, source)
        self.files.append(added)
        if _is_photo(name) and added.sha256 != path.stem:
            # It goes along as it is: a part of a photo is more than none.
            self.damaged.append(path.stem)
        return True

    def put(self, name: str, first: bytes, rest: BinaryIO | None = None) -> BackupFile:
        """Put bytes, and what follows them in `rest`, without listing the file."""
        info = zipfile.ZipInfo(name, self._at)
        info.external_attr = 0o600 << 16
        packed_already = Path(name).suffix.lower() in _PACKED_ALREADY
        info.compress_type = zipfile.ZIP_STORED if packed_already else zipfile.ZIP_DEFLATED
        sha256, size, block = hashlib.sha256(), 0, first
        with self._packed.open(info, "w", force_zip64=rest is not None and len(first) == _READ_AT_ONCE) as target:
            while block:
                target.write(block)
                sha256.update(block)
                size += len(block)
                self._done += len(block)
                self._report(min(self._done, self._total), self._total)
                block = rest.read(archive.BLOCK_BYTES) if rest is not None else b""
        return BackupFile(name=name, size=size, sha256=sha256.hexdigest())


def _is_photo(name: str) -> bool:
    return name.startswith(f"{archive.EVIDENCE}/")


def _read_back(unfinished: Path, manifest: Manifest, passphrase: str, report: Report) -> None:
    """Read every byte from the disk again. Raises `DatabaseProblem("backup.not_as_written")`."""
    total, done = manifest.size, 0

    def count(size: int) -> None:
        nonlocal done
        done += size
        report(done, total)

    try:
        with open_archive(unfinished, passphrase) as written:
            if written.manifest != manifest:
                raise DatabaseProblem("backup.not_as_written", path=unfinished, what=archive.MANIFEST)
            for file in manifest.files:
                written.copy(file, None, count)
    except BadImportFile as error:
        what = error.details.get("what", error.code)
        raise DatabaseProblem("backup.not_as_written", path=unfinished, what=what) from error
