"""The ledger of open cases: one line a case, sealed, in a file of its own beside the records."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from toolroom_desktop.adapters.database.files import removed_on_failure, replace_durably, sync_folder
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.problems import file_problem
from toolroom_desktop.domain.cases import Case
from toolroom_desktop.domain.journal import canonical_json
from toolroom_desktop.services.case_json import case_json, case_of
from toolroom_desktop.services.ports import LedgerContent

_FORMAT = 1
_PURPOSE = b"toolroom case ledger\0"
_LARGEST = 1 << 26


class FileCaseLedger:
    """Fulfils `services.ports.CaseLedger`. `key` gives the key that seals; it is asked when it is needed."""

    def __init__(self, data_folder: Path, key: Callable[[], bytes]) -> None:
        self._path = DataFolder(data_folder.absolute()).case_ledger
        self._key = key

    def read(self) -> LedgerContent:
        """What it says. One bad line makes the whole damaged, and takes nothing from the others."""
        try:
            with self._path.open("rb") as file:
                lines = file.read(_LARGEST).splitlines()
        except FileNotFoundError:
            return LedgerContent(problem="missing")
        except OSError:
            return LedgerContent(problem="unreadable")
        key = self._key()
        head = _object(lines[0]) if lines else {}
        cases: list[Case] = []
        doubtful: list[Case] = []
        good = _head_holds(head, lines[1:], key)
        for line in lines[1:]:
            said = _object(line)
            try:
                case = case_of(said["case"])
            except (KeyError, TypeError, ValueError, AttributeError):
                good = False
                continue
            sealed = hmac.compare_digest(str(said.get("seal", "")).encode(), _seal(key, said["case"]).encode())
            good = good and sealed
            (cases if sealed else doubtful).append(case)
        site_id, serial = head.get("site_id"), head.get("serial")
        return LedgerContent(
            site_id if isinstance(site_id, str) else "",
            serial if isinstance(serial, int) and 0 <= serial < 1_000_000_000 else 0,
            tuple(cases),
            tuple(doubtful),
            "" if good else "damaged",
        )

    def write(self, site_id: str, cases: Sequence[Case], serial: int) -> None:
        """Replace it durably, whole or not at all. Raises `DatabaseProblem`: cases.disk_full and the like."""
        key = self._key()
        said = [case_json(case) for case in cases]
        lines = [json.dumps({"case": one, "seal": _seal(key, one)}, ensure_ascii=False).encode() for one in said]
        head = {"format": _FORMAT, "site_id": site_id, "serial": serial, "content": _digest(lines)}
        lines.insert(0, json.dumps({**head, "seal": _seal(key, head)}).encode())
        unfinished = self._path.with_name(f".{self._path.name}.{uuid4().hex}.part")
        try:
            with removed_on_failure(unfinished):
                with unfinished.open("wb") as file:
                    file.write(b"\n".join(lines) + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
                replace_durably(unfinished, self._path)
        except OSError as error:
            raise file_problem(error, self._path, area="cases") from error

    def set_aside(self) -> str:
        """Keep the present file under another name, which is returned; "" where there is none."""
        taken = set(self.aside())
        names = (f"{self._path.stem}-aside-{number}{self._path.suffix}" for number in range(1, len(taken) + 2))
        target = self._path.with_name(next(name for name in names if name not in taken))
        try:
            self._path.replace(target)
            sync_folder(target.parent)
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise file_problem(error, self._path, area="cases") from error
        return target.name

    def aside(self) -> list[str]:
        """The names of the files that were set aside."""
        return sorted(path.name for path in self._path.parent.glob(f"{self._path.stem}-aside-*{self._path.suffix}"))


def _object(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _digest(lines: Sequence[bytes]) -> str:
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def _seal(key: bytes, content: object) -> str:
    return hmac.new(key, _PURPOSE + canonical_json(content).encode(), hashlib.sha256).hexdigest()


def _head_holds(head: dict[str, Any], lines: Sequence[bytes], key: bytes) -> bool:
    sealed = {name: value for name, value in head.items() if name != "seal"}
    try:
        seal = _seal(key, sealed)
    except ValueError:
        return False
    fits = hmac.compare_digest(str(head.get("seal", "")).encode(), seal.encode())
    return fits and head.get("format") == _FORMAT and head.get("content") == _digest(lines)
