"""The records of one data folder with the services over them, without model and camera."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolroom_desktop import __version__
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.evidence import FileEvidenceStore
from toolroom_desktop.adapters.database.layout import DataFolder as RecordsFolder
from toolroom_desktop.adapters.database.restored import forget_restored, is_restored
from toolroom_desktop.adapters.files.case_ledger import FileCaseLedger
from toolroom_desktop.adapters.files.review import FileReviewFolder
from toolroom_desktop.adapters.files.tool_lists import ToolListFiles
from toolroom_desktop.adapters.security.clock import SystemClock
from toolroom_desktop.adapters.security.pins import STATION, Argon2PinHasher, Argon2Profile
from toolroom_desktop.adapters.security.secrets import StationSecrets
from toolroom_desktop.adapters.vision.painter import JpegPainter
from toolroom_desktop.config.messages import Language
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.custody import Procedures
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.reporting import open_reports
from toolroom_desktop.services.accounts import Accounts
from toolroom_desktop.services.case_keeping import CaseKeeper
from toolroom_desktop.services.case_report import CaseReports
from toolroom_desktop.services.cases import Cases
from toolroom_desktop.services.catalogue import Catalogue
from toolroom_desktop.services.documents import DocumentPrinter
from toolroom_desktop.services.labels import LabelPrinter, Labels
from toolroom_desktop.services.operations import Operations
from toolroom_desktop.services.ports import Clock, ReviewFolder, SecretStore
from toolroom_desktop.services.recording import JOURNAL_KEY, Recorder
from toolroom_desktop.services.reminders import Reminders
from toolroom_desktop.services.reports.making import Reports
from toolroom_desktop.services.review import ReviewKeeper
from toolroom_desktop.services.scanning import Scanning
from toolroom_desktop.services.shifts import Shifts
from toolroom_desktop.services.tables import TableFiles
from toolroom_desktop.services.tool_lists import ToolLists
from toolroom_desktop.services.tools import ToolRegister

PIN_PEPPER = "pin_pepper"


@dataclass(frozen=True, slots=True)
class Records:
    """The services over the records of one data folder, without model and camera."""

    database: SqliteDatabase
    secrets: SecretStore
    evidence: FileEvidenceStore
    accounts: Accounts
    catalogue: Catalogue
    operations: Operations
    cases: Cases
    case_reports: CaseReports
    reports: Reports
    tools: ToolRegister
    tool_lists: ToolLists
    scanning: Scanning
    labels: Labels
    shifts: Shifts
    reminders: Reminders
    recorder: Recorder
    clock: Clock
    case_keeper: CaseKeeper
    review: ReviewKeeper | None = None

    def close(self) -> None:
        """Finish what was accepted and let go of the data folder."""
        if self.review is not None:
            self.review.close()
        self.database.close()


def review_folder(settings: Settings, data_folder: Path) -> FileReviewFolder:
    """Where photos lie that a person judged otherwise than the model; a relative name is one in the data folder."""
    own = settings.learning
    place = data_folder / own.review_folder if own.review_folder else DataFolder(data_folder).review
    return FileReviewFolder(place, most_cases=own.most_cases, most_bytes=own.most_megabytes * 1_000_000)


def open_records(
    data_folder: Path,
    *,
    create: bool = False,
    read_only: bool = False,
    clock: Clock | None = None,
    pin_cost: Argon2Profile = STATION,
    language: Language = "ru",
    review: ReviewFolder | None = None,
    procedures: Procedures | None = None,
    before_centre: bool = False,
) -> Records:
    """Open the records of a data folder.

    create     make folder and database where there are none; otherwise `DatabaseProblem("database.not_there")`
    read_only  for queries only, also while the station runs
    language   in which tools are named on evidence photos
    review     where to put photos that a person judged otherwise than the model; None keeps none
    procedures how this toolroom works; None: as the settings' defaults say
    before_centre  to ask the centre what restored records lack: nothing is written on the way, cases neither

    Raises `DatabaseProblem`: "restore.centre_first" where the centre is to be asked first.
    """
    clock = clock or SystemClock()
    if not read_only and not before_centre:
        _centre_was_asked(data_folder)
    database = (
        SqliteDatabase.open_read_only(data_folder) if read_only else SqliteDatabase.open(data_folder, create=create)
    )
    try:
        fresh = database.read(lambda uow: uow.journal.head().site_seq == 0)
        secrets = StationSecrets(data_folder, may_create=lambda: fresh)
        evidence = FileEvidenceStore(data_folder)
        recorder = Recorder(clock, secrets)
        hasher = Argon2PinHasher(secrets.get_or_create(PIN_PEPPER), pin_cost)
        ledger = FileCaseLedger(data_folder, lambda: secrets.get_or_create(JOURNAL_KEY))
        case_keeper = CaseKeeper(database, recorder, clock, ledger)
        if not read_only and not before_centre:
            case_keeper.reconcile()
            database.follow_cases(case_keeper.keep)
        keeper = None if review is None else ReviewKeeper(review, evidence)
    except BaseException:
        database.close()
        raise
    cases = Cases(database, evidence, JpegPainter(), recorder, clock, (procedures or Procedures()).case_times)
    return Records(
        database=database,
        secrets=secrets,
        evidence=evidence,
        accounts=Accounts(database, hasher, recorder, clock),
        catalogue=Catalogue(database, recorder),
        operations=Operations(
            database,
            evidence,
            JpegPainter(),
            recorder,
            clock,
            __version__,
            language,
            keeper,
            procedures or Procedures(),
            has_centre=lambda: _has_centre(data_folder),
        ),
        cases=cases,
        case_reports=CaseReports(database, cases, recorder, clock, document_printer, __version__),
        reports=open_reports(database, evidence, recorder, clock, procedures or Procedures()),
        shifts=Shifts(database, recorder, clock),
        reminders=Reminders(database, clock, procedures or Procedures()),
        tools=ToolRegister(database, evidence, JpegPainter(), recorder, clock),
        tool_lists=ToolLists(database, recorder, ToolListFiles()),
        scanning=Scanning(database),
        labels=Labels(database, recorder, Scanning(database), label_printer),
        recorder=recorder,
        clock=clock,
        case_keeper=case_keeper,
        review=keeper,
    )


def _centre_was_asked(data_folder: Path) -> None:
    """Raise `DatabaseProblem("restore.centre_first")` where records were restored that the centre may complete."""
    folder = RecordsFolder(data_folder.absolute())
    if not is_restored(folder):
        return
    if _has_centre(data_folder):
        raise DatabaseProblem("restore.centre_first", path=data_folder)
    forget_restored(folder)


def label_printer() -> LabelPrinter:
    """What makes files of labels; Qt is loaded with the first one."""
    from toolroom_desktop.printing.labels.paper import LabelPaper

    return LabelPaper()


def _has_centre(data_folder: Path) -> bool:
    """Whether the station of this data folder is one of several."""
    from toolroom_desktop.adapters.central.enrolment import EnrolmentStore

    return EnrolmentStore(data_folder).exists()


def table_files() -> TableFiles:
    """What writes tables. Its libraries are loaded with the first one: no other command needs them."""
    from toolroom_desktop.adapters.files.table_files import TableFiles as Files

    return Files()


def document_printer() -> DocumentPrinter:
    """What makes PDF files. Qt is loaded with the first one: no other command needs it."""
    from toolroom_desktop.printing.pdf import PdfPrinter

    return PdfPrinter()
