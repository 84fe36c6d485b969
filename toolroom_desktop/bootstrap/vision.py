"""Models: which one judges, who must have signed it, and what looks with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from toolroom_desktop.adapters.files.cutouts import CutoutFolder
from toolroom_desktop.adapters.security.signatures import TrustedKeys
from toolroom_desktop.adapters.vision.detector import OnnxDetector, load_detector, load_model
from toolroom_desktop.adapters.vision.looks import ready_to_look
from toolroom_desktop.adapters.vision.model_store import FileModelStore
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.adapters.vision.segmentation.cutter import OpenCvCutter
from toolroom_desktop.bootstrap.records import Records
from toolroom_desktop.config.paths import DataFolder, models_folder, resource
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import BadPhoto
from toolroom_desktop.services.enrolling import Enrolling
from toolroom_desktop.services.inspecting import Inspecting, check_match_percentage
from toolroom_desktop.services.models import Models
from toolroom_desktop.services.vision_ports import Detector, Picture

SHIPPED_MODEL = "kit11.json"
PROJECT_KEYS = "keys"
DEMO_TABLES = ("demo", "tables")
# Review thresholds come from the manifest, the settings and each toolkit: the model must report what any of them may
# ask for, or a faint extra would go unseen.
REPORTED_FROM = 0.05


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
