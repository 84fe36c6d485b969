"""One transaction as the services see it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from toolroom_desktop.adapters.database.custody_repositories import SqlCases, SqlShifts, SqlTools
from toolroom_desktop.adapters.database.elsewhere_repository import SqlElsewhere
from toolroom_desktop.adapters.database.figures_repository import SqlFigures
from toolroom_desktop.adapters.database.history_repository import SqlHistory
from toolroom_desktop.adapters.database.hot import driver_of
from toolroom_desktop.adapters.database.operation_repository import SqlOperations
from toolroom_desktop.adapters.database.outbox import SqlOutbox
from toolroom_desktop.adapters.database.photos import SqlPhotos
from toolroom_desktop.adapters.database.reference import SqlReference
from toolroom_desktop.adapters.database.report_repository import SqlReports
from toolroom_desktop.adapters.database.repositories import SqlCatalogue, SqlEvidence, SqlJournal, SqlPeople
from toolroom_desktop.domain.errors import BadInput


class SqlUnitOfWork:
    """The repositories over one connection, usable until its transaction ends."""

    def __init__(self, connection: Connection, site_id: str) -> None:
        self.connection = connection
        self.site_id = site_id
        self.people = SqlPeople(connection)
        self.catalogue = SqlCatalogue(connection)
        self.journal = SqlJournal(connection, site_id)
        self.operations = SqlOperations(connection, self.journal)
        self.evidence = SqlEvidence(connection)
        self.tools = SqlTools(connection)
        self.cases = SqlCases(connection)
        self.shifts = SqlShifts(connection)
        self.outbox = SqlOutbox(connection)
        self.photos = SqlPhotos(connection)
        self.reports = SqlReports(connection)
        self.elsewhere = SqlElsewhere(connection)
        self.reference = SqlReference(connection)
        self.history = SqlHistory(connection, site_id)
        self.figures = SqlFigures(connection, site_id)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the transaction: leaving it with an exception rolls back that part alone."""
        driver = driver_of(self.connection)
        driver.execute("SAVEPOINT attempt").close()
        try:
            yield
        except BaseException as error:
            driver.execute("ROLLBACK TO attempt").close()
            driver.execute("RELEASE attempt").close()
            # It remembers the head, which may have moved in what was rolled back.
            self.journal = SqlJournal(self.connection, self.site_id)
            if isinstance(error, IntegrityError):
                raise BadInput("reference.stands_against", reason=str(error.orig)) from error
            raise
        driver.execute("RELEASE attempt").close()
