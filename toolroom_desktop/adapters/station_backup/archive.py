"""What a backup is: a plain ZIP with `backup.json`, which names every other file with its size and SHA-256."""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from toolroom_desktop.adapters.station_backup.encrypt import SealBroken, UnsealingReader, WrongPassphrase, is_sealed
from toolroom_desktop.domain.errors import BadImportFile

FORMAT = 1
MANIFEST = "backup.json"
DATABASE = "toolroom.sqlite"
SETTINGS = "settings.toml"
SECRETS = "secrets.json"
KEYS = "keys.json"
"""Keys out of an operating system's key store; in sealed backups only, and never unpacked into a data folder."""
EVIDENCE = "evidence"
FOLDERS = (EVIDENCE, "models", "trusted-keys", "cutouts", "review")
FILES = (DATABASE, SETTINGS, SECRETS, KEYS)
BLOCK_BYTES = 1 << 20

_LARGEST_MANIFEST = 1 << 28
_ZIP_BEGINS = b"PK\x03\x04"
_ENCRYPTED = 0x1
# What some system would read as something else than the name of a file.
_STRANGE = re.compile(r'[\x00-\x1f\\:*?"<>|]|[. ]$')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class BackupFile(_Model):
    """One file: its name in the ZIP with / between folders, its bytes, and their SHA-256 in hex."""

    name: str
    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class JournalState(_Model):
    """What walking the journal found when the backup was made; `fault` is "" where it was whole."""

    entries: int
    hash: str
    fault: str = ""
    fault_at: int = 0


class EvidenceState(_Model):
    """SHA-256 of photos that the records name: how many, those that were not there, those that are not as they were.

    at_centre  further ones that lie at the centre alone, and so in no backup of the station
    """

    named: int
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    at_centre: int = 0


class Manifest(_Model):
    """The content of `backup.json`. A later format may add fields; those are ignored.

    keys  "file": `secrets.json` holds them; "included": they lie in `keys.json`; "left out": they stayed in the key
          store of the computer; "none": none were made yet
    """

    format: int
    program: str
    program_version: str
    schema_revision: str
    site_id: str
    made_at: datetime
    operations: int
    newest_operation: datetime | None
    journal: JournalState
    evidence: EvidenceState
    keys: str
    unreadable: tuple[str, ...] = ()
    files: tuple[BackupFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files, unpacked."""
        return sum(file.size for file in self.files)


def is_safe(name: str) -> bool:
    """Whether a name stays inside its folder on every system, and is one that a backup may hold."""
    parts = name.split("/")
    if any(not part or part in (".", "..") or _STRANGE.search(part) or _RESERVED.fullmatch(part) for part in parts):
        return False
    return name in FILES if len(parts) == 1 else parts[0] in FOLDERS


def folded(name: str) -> str:
    """The form in which two names are one file to Windows and macOS."""
    return unicodedata.normalize("NFC", name).casefold()


class Archive:
    """An open backup whose list was read and whose names are safe. Make it with `open_archive`.

    id  SHA-256 of its `backup.json`, to tell one backup from another
    """

    def __init__(self, path: Path, packed: zipfile.ZipFile, manifest: Manifest, *, id_: str, sealed: bool) -> None:
        self.path = path
        self.manifest = manifest
        self.id = id_
        self.sealed = sealed
        self._packed = packed

    def copy(self, file: BackupFile, target: IO[bytes] | None, report: Callable[[int], None]) -> None:
        """Read a file whole and compare it with the list, writing it to `target` where there is one.

        `report` is told the bytes of every block. Raises `BadImportFile("restore.damaged")`.
        """
        sha256, size = hashlib.sha256(), 0
        with _zip_errors(self.path, file.name), self._packed.open(file.name) as source:
            while block := source.read(min(BLOCK_BYTES, file.size - size + 1)):
                size += len(block)
                if size > file.size:
                    break
                sha256.update(block)
                if target is not None:
                    target.write(block)
                report(len(block))
        if size != file.size or sha256.hexdigest() != file.sha256:
            raise BadImportFile("restore.damaged", path=self.path, what=file.name)


def needs_passphrase(path: Path) -> bool:
    """Whether the backup is sealed. Raises `BadImportFile`: restore.missing, .unreadable."""
    with _opened(path) as file:
        return is_sealed(file)


@contextmanager
def open_archive(path: Path, passphrase: str) -> Iterator[Archive]:
    """Open a backup and read its list; what is found to be wrong with the file within the block is a sentence too.

    passphrase  of a sealed backup; others need none

    Raises `BadImportFile`: restore.missing, .unreadable, .wrong_passphrase, .damaged, .not_a_backup, .newer_format,
    .unsafe_name.
    """
    with _opened(path) as file, _format_errors(path):
        sealed = is_sealed(file)
        source: BinaryIO = file
        if sealed:
            source = io.BufferedReader(UnsealingReader(file, passphrase), BLOCK_BYTES)
        elif not zipfile.is_zipfile(file):
            file.seek(0)
            # A ZIP that lost its end still has its beginning.
            code = "restore.damaged" if file.read(4) == _ZIP_BEGINS else "restore.not_a_backup"
            raise BadImportFile(code, path=path, what="ZIP")
        with _zip_errors(path, "ZIP"):
            packed = zipfile.ZipFile(source)
        with packed:
            content = _content(path, packed)
            manifest = _manifest(path, content)
            _check_names(path, packed, manifest)
            yield Archive(path, packed, manifest, id_=hashlib.sha256(content).hexdigest(), sealed=sealed)


def _content(path: Path, packed: zipfile.ZipFile) -> bytes:
    for info in packed.infolist():
        if info.flag_bits & _ENCRYPTED or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadImportFile("restore.not_a_backup", path=path)
    if MANIFEST not in packed.namelist():
        raise BadImportFile("restore.not_a_backup", path=path)
    with _zip_errors(path, MANIFEST), packed.open(MANIFEST) as file:
        return file.read(_LARGEST_MANIFEST)


def _manifest(path: Path, content: bytes) -> Manifest:
    try:
        known = json.loads(content)
        made_for, by = int(known["format"]), str(known["program_version"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadImportFile("restore.damaged", path=path, what=MANIFEST) from error
    if made_for > FORMAT:
        raise BadImportFile("restore.newer_format", path=path, version=by)
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        raise BadImportFile("restore.damaged", path=path, what=MANIFEST) from error


def _check_names(path: Path, packed: zipfile.ZipFile, manifest: Manifest) -> None:
    """Nothing may be named that lies outside, twice, or in only one of ZIP and list."""
    listed = [file.name for file in manifest.files]
    stored = [info.filename for info in packed.infolist() if info.filename != MANIFEST]
    for name in (*stored, *listed):
        if not is_safe(name):
            raise BadImportFile("restore.unsafe_name", path=path, name=name[:100])
    if len({folded(name) for name in listed}) != len(listed) or len(stored) != len(set(stored)):
        raise BadImportFile("restore.damaged", path=path, what=MANIFEST)
    differing = sorted(set(stored) ^ set(listed)) or sorted({DATABASE} - set(listed))
    if differing:
        raise BadImportFile("restore.damaged", path=path, what=differing[0])


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise BadImportFile("restore.missing", path=path) from error
    except OSError as error:
        raise BadImportFile("restore.unreadable", path=path, reason=error.strerror or str(error)) from error
    with file:
        yield file


@contextmanager
def _zip_errors(path: Path, what: str) -> Iterator[None]:
    """Around what reads a ZIP and does nothing else: damaged names, offsets and flags end in errors of every kind."""
    try:
        yield
    except (ValueError, OverflowError, RuntimeError) as error:
        raise BadImportFile("restore.damaged", path=path, what=what) from error


@contextmanager
def _format_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except WrongPassphrase:
        raise BadImportFile("restore.wrong_passphrase", path=path) from None
    except (SealBroken, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error) as error:
        raise BadImportFile("restore.damaged", path=path, what=str(error) or type(error).__name__) from error
