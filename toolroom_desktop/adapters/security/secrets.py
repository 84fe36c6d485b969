"""The station's keys: in the operating system's key store where there is one, else in a file that only its owner reads.

`secrets.json` in the data folder always exists once a key was made. It says where the keys are and holds a fingerprint
of each, so that a key that is lost or damaged is noticed and never replaced in silence: PINs and seals depend on it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import uuid4

from toolroom_desktop.adapters.database.files import removed_on_failure, replace_durably
from toolroom_desktop.adapters.database.problems import file_problem
from toolroom_desktop.adapters.security.keyrings import KeyringUnusable, find_keyring
from toolroom_desktop.domain.errors import DatabaseProblem

T = TypeVar("T")

SECRET_BYTES = 32
FILE_NAME = "secrets.json"

_VERSION = 1
_PLACES = ("keyring", "file")


class Keyring(Protocol):
    """What is used of a key store. Every call ends within seconds or raises `KeyringUnusable`."""

    def get(self, service: str, name: str) -> str | None:
        """The stored text, or None where there is none."""

    def set(self, service: str, name: str, value: str) -> None:
        """Store a text and make sure that it is there."""


@dataclass(slots=True)
class _Index:
    """The content of `secrets.json`. `keys` holds the keys themselves where the place is "file"."""

    place: str
    service: str
    fingerprints: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict, repr=False)


class StationSecrets:
    """Fulfils `services.ports.SecretStore`. May be used from any thread of one process."""

    def __init__(
        self,
        data_folder: Path,
        *,
        may_create: Callable[[], bool] = lambda: True,
        keyring: Callable[[], Keyring | None] = find_keyring,
    ) -> None:
        """Read what is there.

        may_create  whether keys may be made although `secrets.json` is missing: false once there are records, because
                    then the file was lost
        keyring     finds the key store, None where there is none; asked only when it is needed

        Raises `DatabaseProblem` with `secrets.damaged`, `secrets.read_only` or `secrets.disk_error`.
        """
        self._path = data_folder.absolute() / FILE_NAME
        self._may_create = may_create
        self._find_keyring = keyring
        self._keyring: Keyring | None = None
        self._lock = threading.Lock()
        self._index = self._read()

    @property
    def place(self) -> str:
        """Where the secrets are: "keyring" or "file"."""
        with self._lock:
            return self._chosen().place

    def get_or_create(self, name: str) -> bytes:
        """32 random bytes that stay the same for this data folder.

        Raises `DatabaseProblem`: `secrets.gone` when `secrets.json` was lost, `secrets.lost` when a key is not where
        it was put, `secrets.damaged` when it is another one, `secrets.keyring_unusable` when the key store does not
        answer, `secrets.disk_full` and the like when a new one cannot be kept.
        """
        with self._lock:
            index = self._chosen()
            return self._known(index, name) if name in index.fingerprints else self._make(index, name)

    def all_keys(self) -> dict[str, bytes]:
        """Every key by its name; none where none was made yet. Raises `DatabaseProblem` as `get_or_create` does."""
        with self._lock:
            index = self._index
            return {} if index is None else {name: self._known(index, name) for name in index.fingerprints}

    def adopt(self, keys: Mapping[str, bytes]) -> None:
        """Put keys out of a backup where `secrets.json` wants them: into this computer's key store, else into the file.

        Raises `DatabaseProblem("secrets.damaged")`, having kept nothing, for keys that are not those of the
        fingerprints, and `secrets.disk_full` and the like.
        """
        with self._lock:
            index = self._chosen()
            fit = keys.keys() == index.fingerprints.keys() and all(
                hmac.compare_digest(_fingerprint(key), index.fingerprints[name]) for name, key in keys.items()
            )
            if not fit:
                raise DatabaseProblem("secrets.damaged", path=self._path)
            texts = {name: base64.b64encode(key).decode() for name, key in keys.items()}
            try:
                for name, text in texts.items():
                    self._ask_keyring(partial(_store, service=index.service, name=name, text=text))
            except DatabaseProblem:
                index.place, index.keys = "file", texts
                try:
                    self._write(index)
                except OSError as error:
                    raise file_problem(error, self._path, area="secrets") from error

    def _chosen(self) -> _Index:
        """The index, or an empty one whose place is the best that this computer has."""
        if self._index is None:
            if not self._may_create():
                raise DatabaseProblem("secrets.gone", path=self._path)
            try:
                self._keyring = self._find_keyring()
            except KeyringUnusable:
                # Nothing was kept in it yet, so the file does as well.
                self._keyring = None
            place = "file" if self._keyring is None else "keyring"
            self._index = _Index(place=place, service=f"toolroom-desktop {uuid4()}")
        return self._index

    def _known(self, index: _Index, name: str) -> bytes:
        if index.place == "keyring":
            text = self._ask_keyring(lambda keyring: keyring.get(index.service, name))
        else:
            text = index.keys.get(name)
        if text is None:
            raise DatabaseProblem("secrets.lost", path=self._path)
        key = _decoded(text)
        if not hmac.compare_digest(_fingerprint(key), index.fingerprints[name]):
            raise DatabaseProblem("secrets.damaged", path=self._path)
        return key

    def _make(self, index: _Index, name: str) -> bytes:
        key = secrets.token_bytes(SECRET_BYTES)
        text = base64.b64encode(key).decode()
        if index.place == "keyring":
            try:
                self._ask_keyring(lambda keyring: keyring.set(index.service, name, text))
            except DatabaseProblem:
                if index.fingerprints:
                    raise
                # The very first key: the store is there but keeps nothing (locked, say).
                index.place = "file"
        if index.place == "file":
            index.keys[name] = text
        index.fingerprints[name] = _fingerprint(key)
        try:
            self._write(index)
        except OSError as error:
            index.keys.pop(name, None)
            del index.fingerprints[name]
            raise file_problem(error, self._path, area="secrets") from error
        return key

    def _ask_keyring(self, question: Callable[[Keyring], T]) -> T:
        try:
            if self._keyring is None:
                self._keyring = self._find_keyring()
            if self._keyring is None:
                raise KeyringUnusable("this computer has no key store")
            return question(self._keyring)
        except KeyringUnusable as error:
            raise DatabaseProblem("secrets.keyring_unusable", path=self._path, reason=str(error)) from error

    def _read(self) -> _Index | None:
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise DatabaseProblem("secrets.damaged", path=self._path) from error
        except OSError as error:
            raise file_problem(error, self._path, area="secrets") from error
        try:
            return _index_of(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DatabaseProblem("secrets.damaged", path=self._path) from error

    def _write(self, index: _Index) -> None:
        content = {
            "version": _VERSION,
            "place": index.place,
            "service": index.service,
            "fingerprints": index.fingerprints,
            "keys": index.keys,
        }
        unfinished = self._path.with_name(f"{FILE_NAME}.{uuid4().hex}.part")
        with removed_on_failure(unfinished):
            # Never readable by others, not even for a moment. Windows knows no modes: there the folder's rights hold.
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(content, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            replace_durably(unfinished, self._path)


def _index_of(content: dict[str, object]) -> _Index:
    """What a file says; raises `ValueError`, `KeyError`, `TypeError` or `AttributeError` for another form."""
    if content["version"] != _VERSION or content["place"] not in _PLACES:
        raise ValueError("unknown version or place")
    index = _Index(
        place=str(content["place"]),
        service=str(content["service"]),
        fingerprints=_texts(content["fingerprints"]),
        keys=_texts(content["keys"]),
    )
    if index.place == "file" and index.keys.keys() != index.fingerprints.keys():
        raise ValueError("keys and fingerprints differ")
    return index


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str) for pair in value.items() for v in pair):
        raise TypeError("not a table of texts")
    return value


def _decoded(text: str) -> bytes:
    """The key in a stored text; what is no base64 gives bytes that fit no fingerprint."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _store(keyring: Keyring, *, service: str, name: str, text: str) -> None:
    keyring.set(service, name, text)


def _fingerprint(key: bytes) -> str:
    # 32 random bytes cannot be found again from their hash.
    return hashlib.sha256(b"toolroom fingerprint\0" + key).hexdigest()
