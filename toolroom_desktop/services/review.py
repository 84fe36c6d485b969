"""Learning from the counter: photos that a person judged otherwise than the model, kept for the next dataset.

`ReviewKeeper` puts them aside while the station works. It comes after the commit of an operation, in a thread of its
own, and nothing that goes wrong here concerns the operation. `Review` reads them again and makes a dataset of them.
"""

from __future__ import annotations

import hashlib
import logging
import queue
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from toolroom_desktop.domain.errors import DatabaseProblem, NotFound, UserFacingError
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.review import JudgedTool, Labels, differences, labels_of
from toolroom_desktop.domain.toolkit import Position, Toolkit
from toolroom_desktop.services.ports import EvidenceStore, ReviewFolder
from toolroom_desktop.services.result_json import operation_json

_log = logging.getLogger(__name__)

REVIEW_FORMAT = 1
PHOTO_FILE = "photo.jpg"
UNFINISHED = "unfinished"
"""Where an export puts what a person must finish."""
TO_DRAW = "to_draw.txt"
"""The list of that."""
MOST_WAITING = 64
"""Operations that may wait for a slow folder; a person confirms one a minute."""
CLOSE_SECONDS = 10.0
"""How long the end of the program waits for a folder that does not answer."""
_VALIDATION_OF = 5
"""Every fifth day of a kit is held back for validation."""

Split = Literal["train", "val"]


def case_name(operation: Operation) -> str:
    """The name of an operation's folder: its local date and its id."""
    local = operation.finished_at + timedelta(minutes=operation.utc_offset_minutes)
    return f"{local:%Y-%m-%d}_{operation.operation_id}"


def review_json(operation: Operation, toolkit: Toolkit, photo: bytes) -> dict[str, Any] | None:
    """What is kept of an operation beside its photo, or None where the count agreed with the model."""
    result = operation_json(operation)
    differing = differences(result)
    if not differing:
        return None
    return {
        "format": REVIEW_FORMAT,
        "differences": [
            {
                "class_name": tool.seen.tool_class,
                "unit": tool.seen.unit,
                "model": tool.seen.state.value,
                "count": tool.count.value,
                "difference": tool.difference.value if tool.difference else None,
            }
            for tool in differing
        ],
        "counted_by": result["user"],
        "photo": {"file": PHOTO_FILE, "sha256": hashlib.sha256(photo).hexdigest()},
        "classes": _named_classes(toolkit, result),
        "result": result,
    }


def _named_classes(toolkit: Toolkit, result: Mapping[str, Any]) -> list[dict[str, str]]:
    """The kit's classes, and those that a checkout asked for before the kit was changed."""
    names = {p.tool_class: (p.name("ru"), p.name("en")) for p in toolkit.positions}
    for position in result["positions"]:
        names.setdefault(position["class_name"], (position["name_ru"], position["name_en"]))
    return [{"name": name, "ru": ru, "en": en} for name, (ru, en) in names.items()]


class ReviewKeeper:
    """Keeps the operations whose count differed. `offer` and `listen` may be called from any thread."""

    def __init__(self, folder: ReviewFolder, evidence: EvidenceStore) -> None:
        self._folder = folder
        self._evidence = evidence
        self._waiting: queue.Queue[tuple[Operation, Toolkit] | None] = queue.Queue(MOST_WAITING)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._listener: Callable[[UserFacingError], None] | None = None
        self._told: set[str] = set()
        self._photos: Counter[str] = Counter()

    def listen(self, listener: Callable[[UserFacingError], None] | None) -> None:
        """Whom to tell, in the keeper's thread, that a photo could not be kept: once, until one could be again."""
        self._listener = listener

    def offer(self, operation: Operation, toolkit: Toolkit) -> None:
        """Keep a recorded operation if its count differed. Returns at once and never raises."""
        if (
            not operation.counted or not operation.photos.clean
        ):  # counted away from the camera: there is nothing to learn
            return
        with self._lock:
            if self._closed:
                return
            if self._thread is None:
                # A daemon: a folder on a dead network drive must not keep the program from ending.
                self._thread = threading.Thread(target=self._run, name="review", daemon=True)
                self._thread.start()
            self._photos[operation.photos.clean] += 1
        try:
            self._waiting.put_nowait((operation, toolkit))
        except queue.Full:
            self._done_with(operation)
            self._tell(DatabaseProblem("review.behind", path=self._folder.place))

    def photos_waiting(self) -> set[str]:
        """SHA-256 of the photos that are still to be read: the folder holds copies of its own of all others."""
        with self._lock:
            return {sha256 for sha256, count in self._photos.items() if count > 0}

    def _done_with(self, operation: Operation) -> None:
        with self._lock:
            self._photos[operation.photos.clean] -= 1
            self._photos += Counter()

    def close(self) -> None:
        """Finish what was offered; gives up after `CLOSE_SECONDS`. May be called twice."""
        with self._lock:
            self._closed = True
            thread, self._thread = self._thread, None
        if thread is None:
            return
        self._end()
        thread.join(CLOSE_SECONDS)
        if thread.is_alive():
            _log.warning("the review folder does not answer; the last operations may not have been kept")

    def _end(self) -> None:
        """Let the thread end after what waits; what has no room before a folder that does not answer is let go."""
        while True:
            try:
                self._waiting.put_nowait(None)
            except queue.Full:
                with suppress(queue.Empty):
                    self._waiting.get_nowait()
            else:
                return

    def _run(self) -> None:
        while (offered := self._waiting.get()) is not None:
            try:
                self._keep(*offered)
            except UserFacingError as problem:
                self._tell(problem)
            except Exception:  # noqa: BLE001 - whatever goes wrong here must not end the keeping of the next one
                _log.exception("an operation could not be put aside for review")
            finally:
                self._done_with(offered[0])

    def _keep(self, operation: Operation, toolkit: Toolkit) -> None:
        photo = self._evidence.get(operation.photos.clean)
        document = review_json(operation, toolkit, photo)
        if document is None:
            return
        self._folder.keep(case_name(operation), photo, document)
        self._told.clear()

    def _tell(self, problem: UserFacingError) -> None:
        if problem.code in self._told:
            return
        self._told.add(problem.code)
        _log.warning("a photo could not be put aside for review: %s", problem)
        listener = self._listener
        if listener is None:
            return
        try:
            listener(problem)
        except Exception:  # noqa: BLE001 - a window that is just closing is no reason to stop, nor an operation's concern
            _log.exception("nobody could be told that a photo was not put aside for review")


# --- reading it again


@dataclass(frozen=True, slots=True)
class RelativeBox:
    """A box as YOLO wants it: its centre and size relative to the picture, 0..1."""

    tool_class: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """One kept operation as it lies in the review folder."""

    name: str
    differing: tuple[JudgedTool, ...]
    classes: tuple[Position, ...]
    labels: Labels
    photo_sha256: str
    document: Mapping[str, Any]

    @property
    def result(self) -> Mapping[str, Any]:
        """What the model said and what the person counted (docs/result.schema.json)."""
        found: Mapping[str, Any] = self.document["result"]
        return found

    @property
    def finished_at(self) -> datetime:
        """When the operation was recorded, in UTC."""
        return datetime.fromisoformat(self.result["operation"]["finished_at"])

    @property
    def kit(self) -> str:
        """Number of the kit."""
        return str(self.result["kit"])

    @property
    def person(self) -> str:
        """Who counted."""
        return str(self.result["user"]["name"])

    @property
    def model(self) -> tuple[str, str]:
        """Name and SHA-256 of the model that was contradicted."""
        return str(self.result["model"]["name"]), str(self.result["model"]["sha256"])

    def relative_boxes(self) -> tuple[RelativeBox, ...]:
        """The confirmed boxes, cut to the picture and relative to its size."""
        width, height = float(self.result["image"]["width"]), float(self.result["image"]["height"])
        boxes: list[RelativeBox] = []
        for tool_class, box in self.labels.boxes:
            x1, x2 = max(0.0, box.x1) / width, min(width, box.x2) / width
            y1, y2 = max(0.0, box.y1) / height, min(height, box.y2) / height
            if x2 > x1 and y2 > y1:
                boxes.append(RelativeBox(tool_class, (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1))
        return tuple(boxes)

    def tool_name(self, tool_class: str, language: str) -> str:
        """What people call a class; its own name where the kit does not have it."""
        return next((p.name(language) for p in self.classes if p.tool_class == tool_class), tool_class)


def read_case(name: str, document: Mapping[str, Any]) -> ReviewCase:
    """A case out of its `result.json`; raises `DatabaseProblem("review.damaged")` for what is none."""
    try:
        if document["format"] != REVIEW_FORMAT:
            raise ValueError(f"format {document['format']!r}")
        result = document["result"]
        case = ReviewCase(
            name=name,
            differing=differences(result),
            classes=tuple(Position(str(c["name"]), 1, str(c["ru"]), str(c["en"])) for c in document["classes"]),
            labels=labels_of(result),
            photo_sha256=str(document["photo"]["sha256"]),
            document=document,
        )
        # Whatever else is read later is read here once, so that a damaged case is found by its name.
        facts = (case.finished_at, case.kit, case.person, case.model, case.relative_boxes())
        _log.debug("read %s: %s", name, facts)
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError, UserFacingError) as error:
        raise DatabaseProblem("review.damaged", name=name, reason=f"{type(error).__name__}: {error}") from error
    return case


@dataclass(frozen=True, slots=True)
class DatasetPhoto:
    """One photo of an export."""

    case: ReviewCase
    split: Split

    @property
    def finished(self) -> bool:
        """Whether nothing is left to be done at it by hand."""
        return self.case.labels.finished


@dataclass(frozen=True, slots=True)
class ReviewDataset:
    """What an export is made of."""

    classes: tuple[Position, ...]
    photos: tuple[DatasetPhoto, ...]


def split_of(case: ReviewCase) -> Split:
    """Where a photo goes: a day of one kit stays together, and stays where it went in every later export.

    Photos of one kit on one day (its checkout and its checkin) may be nearly the same; one of them to learn from and
    the other to check with would flatter the model.
    """
    day = case.name.split("_")[0]
    digest = hashlib.sha256(f"{case.result['kit']} {day}".encode()).digest()
    return "val" if digest[0] % _VALIDATION_OF == 0 else "train"


@dataclass(frozen=True, slots=True)
class Review:
    """What lies in a review folder."""

    folder: ReviewFolder

    def cases(self, on_damaged: Callable[[UserFacingError], None]) -> Iterator[ReviewCase]:
        """Every case, oldest first; one that cannot be read is told and left out."""
        for name in self.folder.names():
            try:
                yield read_case(name, self.folder.document(name))
            except UserFacingError as problem:
                on_damaged(problem)

    def photo(self, case: ReviewCase) -> bytes:
        """The clean photo as JPEG bytes; raises `DatabaseProblem` where it is not the one that was kept."""
        content = self.folder.photo(case.name)
        if hashlib.sha256(content).hexdigest() != case.photo_sha256:
            raise DatabaseProblem("review.damaged", name=case.name, reason=PHOTO_FILE)
        return content

    def dataset(self, on_damaged: Callable[[UserFacingError], None]) -> ReviewDataset:
        """Everything that can be exported; raises `NotFound("review.empty")` where there is nothing."""
        cases = list(self._whole(on_damaged))
        if not cases:
            raise NotFound("review.empty", path=self.folder.place)
        classes = tuple(_classes_of(cases).values())
        return ReviewDataset(classes, tuple(DatasetPhoto(case, split_of(case)) for case in cases))

    def _whole(self, on_damaged: Callable[[UserFacingError], None]) -> Iterator[ReviewCase]:
        for case in self.cases(on_damaged):
            try:
                self.photo(case)
            except UserFacingError as problem:
                on_damaged(problem)
            else:
                yield case


def _classes_of(cases: Iterable[ReviewCase]) -> dict[str, Position]:
    """The classes of all kits in their own order; where a name changed, the newest one holds."""
    classes: dict[str, Position] = {}
    for case in cases:
        for position in case.classes:
            classes[position.tool_class] = position
    return classes
