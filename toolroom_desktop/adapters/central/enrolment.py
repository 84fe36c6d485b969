"""The enrolment file that a centre's administrator gives to a station, and what the station keeps of it.

The password goes to the operating system's key store, else into `centre.json`, which only its owner reads.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.database.files import removed_on_failure, replace_durably
from toolroom_desktop.adapters.database.problems import file_problem
from toolroom_desktop.adapters.security.keyrings import KeyringUnusable, find_keyring
from toolroom_desktop.adapters.security.secrets import Keyring
from toolroom_desktop.domain.errors import BadInput, CentreProblem
from toolroom_desktop.domain.journal import canonical_json

FILE_NAME = "centre.json"
LAID_DOWN = "enrolment.json"
"""An enrolment file that the setup laid into the data folder: whoever starts the station next takes it in, because the
key store that keeps the password is that person's, not the administrator's who ran the setup."""
_FORMAT = "toolroom enrolment"
_VERSION = 1
_PASSWORD = "centre_password"  # noqa: S105 - under which name the key store keeps it
_MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Where a station finds its centre, and as whom. `place` is where the password is: "keyring" or "file"."""

    site: str
    address: ServerAddress
    place: str = "file"
    service: str = field(default="", repr=False)


def write_enrolment(path: Path, site: str, address: ServerAddress) -> None:
    """Write the file for a station, readable by nobody else; raises `BadInput("enrolment.not_written")`."""
    content = {"format": _FORMAT, "version": _VERSION, "site": site, **_plain(address), "password": address.password}
    try:
        _write(path, {**content, "check": _check(content)})
    except OSError as error:
        raise BadInput("enrolment.not_written", path=path, reason=str(error)) from error


def read_enrolment(path: Path) -> Enrolment:
    """What such a file says; raises `BadInput`: "enrolment.missing", "enrolment.damaged", "enrolment.newer"."""
    try:
        with path.open("rb") as file:
            content = json.loads(file.read(_MOST_BYTES).decode("utf-8"))
        if content["format"] != _FORMAT:
            raise ValueError("another format")
        if content["version"] != _VERSION:
            raise BadInput("enrolment.newer", path=path)
        if content.pop("check") != _check(content):
            raise ValueError("it was changed, or is not whole")
        return Enrolment(str(content["site"]), replace(_address(content), password=str(content["password"])))
    except FileNotFoundError:
        raise BadInput("enrolment.missing", path=path) from None
    except OSError as error:
        raise BadInput("enrolment.unreadable", path=path, reason=str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput("enrolment.damaged", path=path) from error


class EnrolmentStore:
    """What a station keeps, in its data folder."""

    def __init__(self, data_folder: Path, *, keyring: Callable[[], Keyring | None] = find_keyring) -> None:
        self._path = data_folder.absolute() / FILE_NAME
        self.laid_down = data_folder.absolute() / LAID_DOWN
        self._find_keyring = keyring

    def exists(self) -> bool:
        """Whether this station belongs to a centre."""
        return self._path.exists()

    def keep(self, enrolment: Enrolment) -> Enrolment:
        """Keep it in the place of another one; what was kept, which says where the password is.

        Raises `DatabaseProblem`: enrolment.disk_full, .read_only, .disk_error.
        """
        password = enrolment.address.password
        kept = replace(enrolment, place="keyring", service=f"toolroom-desktop {uuid4()}")
        try:
            keyring = self._find_keyring()
            if keyring is None:
                raise KeyringUnusable("this computer has no key store")
            keyring.set(kept.service, _PASSWORD, password)
        except KeyringUnusable:
            kept = replace(kept, place="file", service="")
        content = {
            "version": _VERSION,
            "site": kept.site,
            **_plain(kept.address),
            "place": kept.place,
            "service": kept.service,
            "password": password if kept.place == "file" else "",
        }
        try:
            _write(self._path, content)
        except OSError as error:
            raise file_problem(error, self._path, area="enrolment") from error
        return kept

    def take_laid_down(self) -> Enrolment | None:
        """Keep the enrolment that the setup laid down, and delete that file; None where there is none.

        Raises what `read_enrolment` and `keep` raise; the file stays then.
        """
        if not self.laid_down.exists():
            return None
        kept = self.keep(read_enrolment(self.laid_down))
        try:
            self.laid_down.unlink()
        except OSError as error:
            raise file_problem(error, self.laid_down, area="enrolment") from error
        return kept

    def load(self) -> Enrolment:
        """What is kept, with its password.

        Raises `CentreProblem`: "enrolment.kept_damaged", "enrolment.password_lost", "enrolment.keyring_unusable".
        """
        kept, password = self._read()
        if kept.place == "keyring":
            try:
                keyring = self._find_keyring()
                found = None if keyring is None else keyring.get(kept.service, _PASSWORD)
            except KeyringUnusable as error:
                raise CentreProblem("enrolment.keyring_unusable", reason=str(error)) from error
            if found is None:
                raise CentreProblem("enrolment.password_lost", site=kept.site)
            password = found
        return replace(kept, address=replace(kept.address, password=password))

    def look(self) -> Enrolment:
        """What is kept, without asking for the password; raises `CentreProblem("enrolment.kept_damaged")`."""
        return self._read()[0]

    def _read(self) -> tuple[Enrolment, str]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            if content["version"] != _VERSION or content["place"] not in ("keyring", "file"):
                raise ValueError("another version or place")
            kept = Enrolment(str(content["site"]), _address(content), str(content["place"]), str(content["service"]))
            return kept, str(content["password"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise CentreProblem("enrolment.kept_damaged", path=self._path) from error


def _plain(address: ServerAddress) -> dict[str, object]:
    return {
        "host": address.host,
        "port": address.port,
        "database": address.database,
        "role": address.user,
        "ca": address.ca,
        "tls": address.tls,
    }


def _address(content: Mapping[str, Any]) -> ServerAddress:
    """Raises `ValueError`, `KeyError` or `TypeError` for what is none."""
    address = ServerAddress(
        host=content["host"],
        port=content["port"],
        database=content["database"],
        user=content["role"],
        ca=content["ca"],
        tls=content["tls"],
    )
    texts = (address.host, address.database, address.user)
    if not all(isinstance(text, str) and text for text in texts) or not isinstance(address.ca, str):
        raise TypeError("not a text")
    if type(address.port) is not int or not 0 < address.port < 65536 or type(address.tls) is not bool:
        raise TypeError("no port")
    if not address.tls and not address.local:
        raise ValueError("an open line through a network")
    return address


def _check(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical_json(dict(content)).encode()).hexdigest()


def _write(path: Path, content: Mapping[str, Any]) -> None:
    unfinished = path.with_name(f"{path.name}.{uuid4().hex}.part")
    with removed_on_failure(unfinished):
        # Never readable by others, not even for a moment. Windows knows no modes: there the folder's rights hold.
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        replace_durably(unfinished, path)
