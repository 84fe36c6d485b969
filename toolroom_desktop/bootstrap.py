"""The one composition root: settings -> adapters -> services. Every part can be replaced by handing in another.

Front ends call `open_records` for the records alone, `open_model` for a model, or `build` for a whole
running station.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from toolroom_desktop import __version__
from toolroom_desktop.adapters.camera.factory import make_camera
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.evidence import FileEvidenceStore
from toolroom_desktop.adapters.database.gathered.store import GatheredDatabase
from toolroom_desktop.adapters.database.layout import DataFolder as RecordsFolder
from toolroom_desktop.adapters.database.restored import FolderNote, forget_restored, is_restored
from toolroom_desktop.adapters.files.case_ledger import FileCaseLedger
from toolroom_desktop.adapters.files.cutouts import CutoutFolder
from toolroom_desktop.adapters.files.incoming import IncomingFolder
from toolroom_desktop.adapters.files.review import FileReviewFolder
from toolroom_desktop.adapters.files.screen_memory import FileScreenMemory
from toolroom_desktop.adapters.files.tool_lists import ToolListFiles
from toolroom_desktop.adapters.files.whole_file import write_whole
from toolroom_desktop.adapters.security.clock import SystemClock
from toolroom_desktop.adapters.security.pins import STATION, Argon2PinHasher, Argon2Profile
from toolroom_desktop.adapters.security.secrets import StationSecrets
from toolroom_desktop.adapters.security.signatures import TrustedKeys
from toolroom_desktop.adapters.vision.detector import OnnxDetector, load_detector, load_model
from toolroom_desktop.adapters.vision.looks import ready_to_look
from toolroom_desktop.adapters.vision.meter import GreyMeter
from toolroom_desktop.adapters.vision.model_store import FileModelStore
from toolroom_desktop.adapters.vision.painter import JpegPainter
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.adapters.vision.segmentation.cutter import OpenCvCutter
from toolroom_desktop.config.from_centre import write_centre_file
from toolroom_desktop.config.messages import Language
from toolroom_desktop.config.paths import DataFolder, models_folder, resource
from toolroom_desktop.config.settings import Settings, check_centre_setting
from toolroom_desktop.domain.custody import Procedures
from toolroom_desktop.domain.errors import BadInput, BadPhoto, DatabaseProblem, UserFacingError
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.reporting import open_reports, open_schedule
from toolroom_desktop.services.accounts import Accounts
from toolroom_desktop.services.all_stations import GatheredStations, StationsRecords
from toolroom_desktop.services.case_keeping import CaseKeeper
from toolroom_desktop.services.case_report import CaseReports
from toolroom_desktop.services.cases import Cases
from toolroom_desktop.services.catalogue import Catalogue
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.services.demo import ensure_demo
from toolroom_desktop.services.desk import Desk
from toolroom_desktop.services.documents import DocumentPrinter
from toolroom_desktop.services.enrolling import Enrolling
from toolroom_desktop.services.figure_export import FigureExport
from toolroom_desktop.services.figures import Figures
from toolroom_desktop.services.history import JournalProof
from toolroom_desktop.services.history_export import HistoryExport
from toolroom_desktop.services.history_query import HistoryQueries
from toolroom_desktop.services.inspecting import Inspecting, check_match_percentage
from toolroom_desktop.services.labels import LabelPrinter, Labels
from toolroom_desktop.services.models import Models
from toolroom_desktop.services.operations import Operations
from toolroom_desktop.services.ports import Clock, ReviewFolder, SecretStore
from toolroom_desktop.services.recording import JOURNAL_KEY, Recorder
from toolroom_desktop.services.reference_content import SETTING
from toolroom_desktop.services.reminders import Reminders
from toolroom_desktop.services.reports.making import Reports
from toolroom_desktop.services.review import ReviewKeeper
from toolroom_desktop.services.scanning import Scanning
from toolroom_desktop.services.shifts import Shifts
from toolroom_desktop.services.sync.appliers import station_appliers
from toolroom_desktop.services.sync.bring_back import BringBack
from toolroom_desktop.services.sync.completing import Completing
from toolroom_desktop.services.sync.elsewhere import PHOTO, elsewhere_appliers
from toolroom_desktop.services.sync.fetch import FileFetcher
from toolroom_desktop.services.sync.gathering import Gathering
from toolroom_desktop.services.sync.link import CentreLink
from toolroom_desktop.services.sync.model_keeper import ModelKeeper
from toolroom_desktop.services.sync.pull import Puller
from toolroom_desktop.services.sync.retention import PhotoRetention
from toolroom_desktop.services.sync.runner import SyncRunner
from toolroom_desktop.services.sync.settle import Settler
from toolroom_desktop.services.tables import TableFiles
from toolroom_desktop.services.tool_lists import ToolLists
from toolroom_desktop.services.tools import ToolRegister
from toolroom_desktop.services.vision_ports import Camera, Detector, ModelInfo, Picture
from toolroom_desktop.services.workplace import Workplace

_log = logging.getLogger(__name__)

SHIPPED_MODEL = "kit11.json"
PIN_PEPPER = "pin_pepper"
PROJECT_KEYS = "keys"
DEMO_TABLES = ("demo", "tables")
# Review thresholds come from the manifest, the settings and each toolkit: the model must report what any of them may
# ask for, or a faint extra would go unseen.
REPORTED_FROM = 0.05


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


def open_gathered(records: Records, data_folder: Path) -> GatheredDatabase:
    """Where the records of all stations lie; nothing is opened yet."""
    return GatheredDatabase(data_folder, records.database)


def open_all_stations(records: Records, gathered: GatheredDatabase) -> GatheredStations:
    """The services over the records of all stations."""
    recorder, queries = records.recorder, HistoryQueries(gathered)
    procedures, needs = records.reminders.procedures, (Permission.EXPORT, Permission.SEE_ALL_STATIONS)
    of_all = StationsRecords(
        history=queries,
        history_export=HistoryExport(gathered, recorder, queries, table_files, needs),
        figures=Figures(gathered, records.clock),
        figure_export=FigureExport(gathered, recorder, table_files, write_whole, needs),
        desk=Desk(Reminders(gathered, records.clock, procedures), gathered.commits, (Permission.SEE_ALL_STATIONS,)),
        reports=open_reports(gathered, records.evidence, recorder, records.clock, procedures),
        changes=gathered.commits,
    )
    return GatheredStations(gathered, of_all)


def open_sync(
    records: Records,
    data_folder: Path,
    settings: Settings,
    *,
    gathered: GatheredDatabase | None = None,
    workplace: Workplace | None = None,
    running: ModelInfo | None = None,
) -> CentreLink:
    """The tie of this data folder's station to its centre, not started.

    gathered   into which the records of all stations are brought where this one may see them; None: nowhere
    workplace  where a model of the centre waits until nobody works; None: nobody does
    running    the model that this program has loaded, None where it loads none

    Nothing opens a socket before it is started, nor where the station belongs to no centre. The enrolment is read anew
    for every line, so that a new one counts at once, and one that cannot be read just now keeps no station from
    starting.
    """
    # Loaded here: most stations have no centre.
    from toolroom_desktop.adapters.central.enrolment import EnrolmentStore
    from toolroom_desktop.adapters.central.joining import StationEnrolments

    store = EnrolmentStore(data_folder)
    site_id = records.database.site_id

    def runner() -> SyncRunner:
        from toolroom_desktop.adapters.central.gateway import CentreLines

        def lines() -> CentreLines:
            return CentreLines(lambda: store.load().address, site_id)

        gathering = None
        if gathered is not None:
            gathering = Gathering(gathered, lines(), records.database, records.recorder, records.clock)
        return SyncRunner(
            database=records.database,
            store=records.evidence,
            clock=records.clock,
            operations=lines(),
            evidence=lines(),
            app_version=__version__,
            retention=open_retention(records, settings),
            puller=open_puller(records, data_folder),
            fetcher=open_fetcher(records, data_folder),
            gathering=gathering,
            models=open_model_keeper(records, data_folder, settings, workplace or Workplace(), running),
        )

    enrolments = StationEnrolments(store, site_id, records.clock, __version__)
    return CentreLink(records.database, records.recorder, enrolments, runner)


def open_completing(records: Records, data_folder: Path, *, close: Callable[[], None] = lambda: None) -> Completing:
    """What completes restored records, which were opened `before_centre`; raises `BadInput("enrolment.none")`."""
    from toolroom_desktop.adapters.central.enrolment import EnrolmentStore
    from toolroom_desktop.adapters.central.gateway import CentreLines

    store = EnrolmentStore(data_folder)
    if not store.exists():
        raise BadInput("enrolment.none")
    lines = CentreLines(lambda: store.load().address, records.database.site_id)
    bringing = BringBack(records.database, records.evidence, records.recorder, lines)
    note = FolderNote(RecordsFolder(data_folder.absolute()))
    return Completing(bringing, records.accounts, records.case_keeper, note, close=close)


def complete_restored(data_folder: Path) -> Completing:
    """The same with the records of a data folder, which it opens; raises `DatabaseProblem` besides."""
    records = open_records(data_folder, before_centre=True)
    try:
        return open_completing(records, data_folder, close=records.close)
    except BaseException:
        records.close()
        raise


def open_puller(records: Records, data_folder: Path) -> Puller:
    """What takes over what the centre says."""

    def taken(kinds: frozenset[str]) -> None:
        if SETTING in kinds:
            _keep_centre_settings(records, data_folder)

    # Once at the start, too: the records may be older or newer than the file.
    _keep_centre_settings(records, data_folder)
    appliers = {
        **station_appliers(records.clock, check_centre_setting),
        **elsewhere_appliers(records.recorder, records.clock),
    }
    settler = Settler(records.database, records.recorder, records.clock)
    return Puller(records.database, records.recorder, records.clock, appliers, taken=taken, settle=settler.run)


def open_fetcher(records: Records, data_folder: Path) -> FileFetcher:
    """What brings photos of other stations."""
    incoming = IncomingFolder(data_folder / "incoming")
    return FileFetcher(records.database, records.evidence, incoming, records.clock)


def open_model_keeper(
    records: Records, data_folder: Path, settings: Settings, workplace: Workplace, running: ModelInfo | None = None
) -> ModelKeeper:
    """What brings the model that the centre names, and installs it when nobody works."""
    return ModelKeeper(
        records.database,
        open_models(records, settings, data_folder),
        open_fetcher(records, data_folder),
        IncomingFolder(data_folder / "incoming"),
        records.clock,
        workplace,
        running=running,
        overruled=settings.model.manifest,
    )


def _keep_centre_settings(records: Records, data_folder: Path) -> None:
    """Write down the settings that the centre gives; they hold from the next start on."""
    rows = records.database.read(lambda uow: uow.reference.of_kind(SETTING))
    values = {row.change.key: row.change.content.get("value") for row in rows if row.applied and not row.change.deleted}
    try:
        write_centre_file(DataFolder(data_folder).settings_file, values)
    except OSError as error:
        _log.warning("the settings that the centre gives cannot be written down: %s", error)


def open_retention(records: Records, settings: Settings) -> PhotoRetention:
    """What lets photos go that the centre has, as the settings say."""
    review = records.review
    return PhotoRetention(
        database=records.database,
        store=records.evidence,
        recorder=records.recorder,
        clock=records.clock,
        keep=settings.keep_photos(),
        also_needed=tuple if review is None else review.photos_waiting,
    )


def _enrol_as_laid_down(data_folder: Path) -> None:
    """Take in the enrolment that the setup laid down. A bad one keeps no station from starting: doctor tells of it."""
    from toolroom_desktop.adapters.central.enrolment import EnrolmentStore

    try:
        EnrolmentStore(data_folder).take_laid_down()
    except UserFacingError as problem:
        _log.warning("the enrolment of the setup is not taken in: %s", problem)


def trusted_keys(settings: Settings, data_folder: Path) -> TrustedKeys:
    """Whose signatures on models count: the project's, and those that this station was told to trust."""
    own = Path(settings.model.trusted_keys) if settings.model.trusted_keys else DataFolder(data_folder).trusted_keys
    return TrustedKeys((resource(PROJECT_KEYS), own))


def open_model_store(settings: Settings, data_folder: Path) -> FileModelStore:
    """The models of a data folder, and the one that came with the program."""
    return FileModelStore(
        DataFolder(data_folder).models, models_folder() / SHIPPED_MODEL, trusted_keys(settings, data_folder)
    )


def open_models(records: Records, settings: Settings, data_folder: Path) -> Models:
    """The service over the models of a data folder whose records are open."""
    return Models(records.database, records.recorder, records.catalogue, open_model_store(settings, data_folder))


def open_model(settings: Settings, data_folder: Path, named: Path | None = None) -> OnnxDetector:
    """Load the model that `named`, else the settings, else the store of the data folder, else the program itself says.

    One out of the store or the program must be signed by a trusted key, unless it was let in without; one that was
    named need not be. It reports detections from `REPORTED_FROM` on, and the decision drops those below review.
    Raises `BadModel`.
    """
    threads = settings.model.threads or None
    told = named or (Path(settings.model.manifest) if settings.model.manifest else None)
    if told is not None:
        return load_model(told, confidence=REPORTED_FROM, threads=threads)
    store = open_model_store(settings, data_folder)
    return load_detector(store.judging(), confidence=REPORTED_FROM, threads=threads, check=store.check)


def open_enrolling(records: Records, detector: Detector, data_folder: Path) -> Enrolling:
    """Enrolment at the counter, into the data folder."""
    folder = DataFolder(data_folder).cutouts
    return Enrolling(
        database=records.database,
        catalogue=records.catalogue,
        detector=detector,
        cutter=OpenCvCutter(),
        open_store=lambda: CutoutFolder(folder),
        folder=folder,
    )


def open_inspecting(
    settings: Settings, data_folder: Path, *, model: Path | None = None, match_percentage: float | None = None
) -> Inspecting:
    """Inspections of photos with that model; `match_percentage` 1..100 takes the place of the settings' own.

    Raises `BadModel`, `BadInput("threshold.out_of_range")`.
    """
    thresholds = settings.station_thresholds()
    if match_percentage is not None:
        thresholds = replace(thresholds, match_percentage=check_match_percentage(match_percentage))
    return Inspecting(ready_to_look(open_model(settings, data_folder, model)), FilePhotoReader(), thresholds)


def demo_picture() -> Picture:
    """The first picture of the demo feed; raises `BadPhoto("demo.no_pictures")` where the program came without any."""
    folder = resource(*DEMO_TABLES)
    pictures = sorted(path for path in folder.glob("*") if path.suffix.lower() in (".jpg", ".png"))
    if not pictures:
        raise BadPhoto("demo.no_pictures", path=folder)
    return FilePhotoReader().read(pictures[0])


def _no_report(_step: str) -> None:
    """Nobody watches the start."""


def build(
    data_folder: Path,
    settings: Settings,
    *,
    demo: bool = False,
    report: Callable[[str], None] = _no_report,
    detector: Detector | None = None,
    camera: Camera | None = None,
    clock: Clock | None = None,
    pin_cost: Argon2Profile = STATION,
) -> AppContext:
    """A whole station, its camera not started yet.

    demo    make the demo people and kits where they are missing, and show the bundled tables instead of a camera
    report  told what is going on, as one of the codes "start.database", "start.model", "start.camera"

    Blocks for a second or more. Raises `UserFacingError`; nothing stays open then.
    """
    clock = clock or SystemClock()
    given = detector
    # Beside the records: the model's runtime computes outside the interpreter, which waits for the disk and for hashes.
    with ThreadPoolExecutor(1, thread_name_prefix="model") as beside:
        loading = beside.submit(lambda: given or ready_to_look(open_model(settings, data_folder)))
        report("start.database")
        records = open_records(
            data_folder,
            create=True,
            clock=clock,
            pin_cost=pin_cost,
            language=settings.station.language,
            review=review_folder(settings, data_folder) if settings.learning.keep_for_review else None,
            procedures=settings.station_procedures(),
        )
        try:
            records.database.backup_if_due(clock.now())
            known = records.database.read(lambda uow: {sha256 for sha256, _ in uow.evidence.all()})
            known |= records.database.read(lambda uow: {one.sha256 for one in uow.elsewhere.fetched(PHOTO)})
            records.evidence.remove_orphans(known)
            if demo:
                ensure_demo(records.accounts, records.catalogue, records.tools)
            report("start.model")
            detector = loading.result()
            report("start.camera")
            photos = FilePhotoReader()
            source = f"replay:{resource(*DEMO_TABLES)}" if demo else settings.camera.source
            camera = camera or make_camera(
                source,
                photo_reader=photos,
                clock=clock,
                backend=settings.camera.backend,
                width=settings.camera.width,
                height=settings.camera.height,
            )
            _enrol_as_laid_down(data_folder)
            workplace = Workplace()
            gathered = open_gathered(records, data_folder)
            centre = open_sync(
                records, data_folder, settings, gathered=gathered, workplace=workplace, running=detector.info
            )
            schedule = open_schedule(
                records.reports, records.database.commits, settings, data_folder, records.reminders.reports
            )
            centre.start()
        except BaseException:
            records.close()
            raise
    if schedule is not None:
        schedule.start()
    return AppContext(
        accounts=records.accounts,
        catalogue=records.catalogue,
        operations=records.operations,
        cases=records.cases,
        case_reports=records.case_reports,
        reports=records.reports,
        report_schedule=schedule,
        tools=records.tools,
        tool_lists=records.tool_lists,
        scanning=records.scanning,
        labels=records.labels,
        shifts=records.shifts,
        reminders=records.reminders,
        desk=Desk(records.reminders, records.database.commits),
        history=HistoryQueries(records.database),
        history_export=HistoryExport(records.database, records.recorder, HistoryQueries(records.database), table_files),
        figures=Figures(records.database, records.clock),
        figure_export=FigureExport(records.database, records.recorder, table_files, write_whole),
        journal_proof=JournalProof(records.database, records.secrets),
        memory=FileScreenMemory(data_folder),
        review=records.review,
        centre=centre,
        workplace=workplace,
        all_stations=open_all_stations(records, gathered),
        models=open_models(records, settings, data_folder),
        enrolling=open_enrolling(records, detector, data_folder),
        inspecting=Inspecting(detector, photos, settings.station_thresholds()),
        database=records.database,
        camera=camera,
        detector=detector,
        photos=photos,
        meter=GreyMeter(),
        clock=clock,
        pace=settings.pace(),
        demo=demo,
        app_version=__version__,
    )
