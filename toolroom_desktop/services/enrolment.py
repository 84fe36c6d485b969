"""Enrolling tools: photographing each alone before a table that was photographed empty, or taking in old photos.

The session is what a window and a command line have in common. It holds no picture longer than one shot, apart from
the empty table, and stores nothing that nobody said yes to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from toolroom_desktop.domain.errors import BadInput, UserFacingError
from toolroom_desktop.services.cutouts import Cutout, CutoutClass, CutoutRecord, CutoutStore, Split
from toolroom_desktop.services.vision_ports import Picture

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENOUGH_SHOTS: Final = 20
ENOUGH_TURNS: Final = 5
"""Of the eight directions that a tool can point to, 45 degrees each."""
ENOUGH_PLACES: Final = 4
"""Of the nine fields of the picture, three by three."""

STOPPING_CODES: Final = frozenset({"enrol.disk_full", "enrol.not_writable"})
"""Errors after which the next picture would fail in the same way."""

_SAME_PLACE: Final = 0.05
"""Share of the picture's side within which a tool has not been moved."""
_SAME_ANGLE: Final = 12.0
"""Degrees within which a tool has not been turned."""

ENOUGH_TABLES: Final = 40
"""Backgrounds of one folder; more of the same tables teach nothing."""

Outline = Sequence[tuple[float, float]]
"""Corners as x, y in shares 0..1 of the picture's width and height."""


class Verdict(StrEnum):
    """What became of a shot; everything but `OK` is a reason not to store it."""

    OK = "ok"
    BLURRED = "blurred"
    CLIPPED = "clipped"
    TOO_SMALL = "too_small"
    TWO_TOOLS = "two_tools"
    NOTHING = "nothing"
    TOO_ALIKE = "too_alike"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tool lay: its centre in shares 0..1 of the picture, and the direction it points to, 0..360 degrees."""

    x: float
    y: float
    angle: float

    def like(self, other: Place) -> bool:
        """Whether the tool was neither moved nor turned between the two."""
        turned = abs(self.angle - other.angle) % 360
        return (
            abs(self.x - other.x) < _SAME_PLACE
            and abs(self.y - other.y) < _SAME_PLACE
            and min(turned, 360 - turned) < _SAME_ANGLE
        )


@dataclass(frozen=True, slots=True)
class Box:
    """A labelled box in shares 0..1 of the picture."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """What came of cutting: a verdict and, where it is `OK`, the cut-out (height, width, 4) BGRA and its place.

    `mask` (height, width), 0 or 1, is where the tool lies in the picture, and `table` the picture without the tool
    (height, width, 3) BGR, where it lay alone; None where that is not known.
    """

    verdict: Verdict
    pixels: NDArray[np.uint8] | None = None
    place: Place | None = None
    mask: NDArray[np.uint8] | None = None
    table: NDArray[np.uint8] | None = None


class ToolCutter(Protocol):
    """Cuts one tool out of a picture. The same input always gives the same result."""

    def against_empty(self, picture: Picture, empty: Picture) -> Cut:
        """The tool as what differs from the empty table; the two pictures have the same size."""

    def alone(self, picture: Picture) -> Cut:
        """The tool as what differs from a table that is guessed from the picture itself."""

    def with_mask(self, picture: Picture, mask: NDArray[np.uint8]) -> Cut:
        """The tool near a mask (height, width) of the picture's size that may be loose or shifted."""

    def in_box(self, picture: Picture, box: Box) -> Cut:
        """The tool in a box that may be somewhat off."""

    def along_outline(self, picture: Picture, outline: Outline, others: Sequence[Outline]) -> Cut:
        """The thing in a drawn outline; `others` are the outlines of its neighbours."""

    def cleaned(self, pixels: NDArray[np.uint8]) -> Cut:
        """A cut-out (height, width, 4) BGRA made elsewhere, with its rim mended."""

    def alike(self, first: NDArray[np.uint8], second: NDArray[np.uint8]) -> bool:
        """Whether two cut-outs are the same picture of the same thing."""


# --- a session before the camera -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One photograph of a tool with its verdict; `cut.pixels` is what the yes or no is asked about."""

    class_name: str
    cut: Cut
    frame: tuple[int, int]

    @property
    def verdict(self) -> Verdict:
        """What became of it."""
        return self.cut.verdict


@dataclass(frozen=True, slots=True)
class Variety:
    """How varied the stored shots of one class are.

    shots   how many are stored
    turns   how many of eight directions they point to
    places  how many of nine fields of the picture they lie in
    """

    shots: int
    turns: int
    places: int

    @property
    def enough(self) -> bool:
        """Whether a network can learn the tool from them."""
        return self.shots >= ENOUGH_SHOTS and self.turns >= ENOUGH_TURNS and self.places >= ENOUGH_PLACES


@dataclass(slots=True)
class Enrolment:
    """A session: the empty table first, then shots of one class after the other."""

    store: CutoutStore
    cutter: ToolCutter
    sharp_enough: Callable[[Picture], bool]
    _empty: Picture | None = None
    _class: str | None = None
    _places: dict[str, list[Place]] = field(default_factory=dict)

    @property
    def has_empty(self) -> bool:
        """Whether the empty table is known."""
        return self._empty is not None

    def take_empty(self, picture: Picture) -> None:
        """Take the picture as the empty table and keep it as a background for scenes.

        Raises `BadInput("enrol.empty_blurred")`. To be taken again when the camera, the light or the table changes.
        """
        if not self.sharp_enough(picture):
            raise BadInput("enrol.empty_blurred")
        self._empty = picture
        self.store.add_background(picture.pixels, "camera")

    def begin(self, tool: CutoutClass) -> Variety:
        """Turn to a class, new or known, and say how varied what is stored of it is."""
        if not tool.name.strip():
            raise BadInput("enrol.class_empty")
        self.store.declare([tool])
        self._class = tool.name
        return self.variety(tool.name)

    def shoot(self, picture: Picture) -> Shot:
        """Cut the tool out of a photograph and judge it. Nothing is stored yet.

        Raises `BadInput`: enrol.no_empty, enrol.no_class, enrol.empty_other_size.
        """
        if self._empty is None:
            raise BadInput("enrol.no_empty")
        if self._class is None:
            raise BadInput("enrol.no_class")
        if picture.pixels.shape != self._empty.pixels.shape:
            raise BadInput(
                "enrol.empty_other_size",
                width=picture.width,
                height=picture.height,
                empty_width=self._empty.width,
                empty_height=self._empty.height,
            )
        cut = self.cutter.against_empty(picture, self._empty)
        place = cut.place
        if place is not None and any(place.like(earlier) for earlier in self._places.get(self._class, ())):
            cut = Cut(Verdict.TOO_ALIKE, cut.pixels, place)
        return Shot(self._class, cut, (picture.width, picture.height))

    def keep(self, shot: Shot) -> CutoutRecord:
        """Store a shot to which the answer was yes; raises `ValueError` for one whose verdict is not `OK`."""
        if shot.verdict is not Verdict.OK or shot.cut.pixels is None or shot.cut.place is None:
            raise ValueError(f"a shot that is {shot.verdict} is not stored")
        number = sum(record.class_name == shot.class_name for record in self.store.cutouts) + 1
        cutout = Cutout(shot.cut.pixels, f"camera {number:04d}", shot.frame)
        record = self.store.add(cutout, shot.class_name)
        self._places.setdefault(shot.class_name, []).append(shot.cut.place)
        return record

    def variety(self, class_name: str) -> Variety:
        """How varied the stored shots of a class are; of those of earlier sessions only the number is known."""
        places = self._places.get(class_name, [])
        stored = sum(record.class_name == class_name for record in self.store.cutouts)
        return Variety(
            stored,
            len({int((place.angle + 22.5) % 360 // 45) for place in places}),
            len({(min(2, int(place.x * 3)), min(2, int(place.y * 3))) for place in places}),
        )


# --- folders of old photos -----------------------------------------------------------------------------------------


class Material(Protocol):
    """One thing to cut out of one file of a folder."""

    @property
    def source(self) -> str:
        """The file's name with what tells its things apart; the same on every run."""

    @property
    def class_name(self) -> str | None:
        """The tool class, or None for a foreign thing."""

    @property
    def frame(self) -> tuple[int, int] | None:
        """The size of the picture that the thing was cut from, where it is told and not the file's own."""

    def cut(self, cutter: ToolCutter) -> tuple[Cut, tuple[int, int] | None]:
        """The cut and the frame; raises a `UserFacingError` for a file that cannot be used."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A picture that gave no cut-out: `code` names the sentence, `details` what the sentence says."""

    source: str
    class_name: str | None
    code: str
    details: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a folder. `known` were stored by an earlier run."""

    stored: tuple[CutoutRecord, ...]
    known: int
    refused: tuple[Refusal, ...]


def take_in(
    materials: Sequence[Material],
    store: CutoutStore,
    cutter: ToolCutter,
    *,
    held_back: Callable[[str], bool] = lambda _: False,
    limit: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> ImportReport:
    """Cut out and store every thing of a folder, and say of each that is refused why.

    What an earlier run stored is not cut again, so that a run which the disk or the user ended goes on where it
    stopped. `held_back` says which sources are never trained on; `limit` ends the run at that many cut-outs in the
    store. Raises what the store raises; what was stored until then is kept.
    """
    known = {record.source for record in store.cutouts}
    earlier: list[NDArray[np.uint8]] = []
    if any(material.class_name is None for material in materials):
        earlier = [store.pixels(record) for record in store.cutouts if record.class_name is None]
    stored: list[CutoutRecord] = []
    refused: list[Refusal] = []
    skipped = 0
    every = -(-len(materials) // ENOUGH_TABLES)  # spread over the folder: neighbours lie on the same table
    for done, material in enumerate(materials):
        progress(done, len(materials))
        if material.source in known:
            skipped += 1
            continue
        if limit is not None and len(store.cutouts) >= limit:
            break
        try:
            cut, frame = material.cut(cutter)
        except UserFacingError as error:
            if error.code in STOPPING_CODES:
                raise
            refused.append(Refusal(material.source, material.class_name, error.code, error.details))
            continue
        verdict = cut.verdict
        if cut.pixels is not None and material.class_name is None:
            # Foreign things come from collections that hold each picture several times.
            if any(cutter.alike(cut.pixels, one) for one in earlier):
                verdict = Verdict.TOO_ALIKE
            else:
                earlier.append(cut.pixels)
        if verdict is not Verdict.OK or cut.pixels is None:
            refused.append(Refusal(material.source, material.class_name, f"enrol.verdict.{verdict.value}"))
            continue
        split = Split.HELD_BACK if held_back(material.source) else Split.TRAIN
        if cut.table is not None and split is Split.TRAIN and done % every == 0:
            store.add_background(cut.table, material.source)
        stored.append(store.add(Cutout(cut.pixels, material.source, frame), material.class_name, split))
    progress(len(materials), len(materials))
    return ImportReport(tuple(stored), skipped, tuple(refused))
