"""The open cases of a station that is about to be set aside: its ledger must know all of them."""

from __future__ import annotations

from collections.abc import Callable

from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.files.case_ledger import FileCaseLedger
from toolroom_desktop.adapters.security.secrets import Keyring, StationSecrets
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.services.case_keeping import kept_of
from toolroom_desktop.services.ports import LedgerContent, UnitOfWork
from toolroom_desktop.services.recording import JOURNAL_KEY


def bring_ledger_up_to_date(folder: DataFolder, keyring: Callable[[], Keyring | None]) -> None:
    """Write into the ledger what only the records know, with the lock of the folder held.

    A station that died between a commit and its ledger would otherwise lose that case with its records. Records that
    cannot be read, and a ledger of another station, are left to the next opening. Raises `DatabaseProblem`.
    """
    try:
        key = StationSecrets(folder.path, may_create=lambda: False, keyring=keyring).all_keys().get(JOURNAL_KEY)
        database = SqliteDatabase.open_read_only(folder.path)
    except DatabaseProblem:
        return
    try:
        if key is None:
            return
        sealing = key
        ledger = FileCaseLedger(folder.path, lambda: sealing)
        found = ledger.read()
        if found.problem == "unreadable" or found.site_id not in ("", database.site_id):
            return

        def wanted(uow: UnitOfWork) -> LedgerContent:
            serial = max(uow.cases.serial, found.serial)
            return LedgerContent(uow.site_id, serial, tuple(kept_of(uow, found)))

        kept = database.read(wanted)
        if kept != found and kept.serial:
            if found.problem == "damaged":
                ledger.set_aside()
            ledger.write(kept.site_id, kept.cases, kept.serial)
    finally:
        database.close()
