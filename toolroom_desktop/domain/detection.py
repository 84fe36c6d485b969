"""What the model saw in one frame, and how usable that frame was."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """An axis-aligned box in pixels of the frame; (x1, y1) is the top left corner, x to the right, y down."""

    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def area(self) -> float:
        """Area in square pixels; a box turned inside out has none."""
        return max(0.0, self.x2 - self.x1) * max(0.0, self.y2 - self.y1)

    def overlap(self, other: Box) -> float:
        """Intersection over union with `other`, 0..1."""
        width = min(self.x2, other.x2) - max(self.x1, other.x1)
        height = min(self.y2, other.y2) - max(self.y1, other.y1)
        if width <= 0 or height <= 0:
            return 0.0
        shared = width * height
        return shared / (self.area + other.area - shared)


@dataclass(frozen=True, slots=True)
class Detection:
    """One tool class at one place of one frame, with the model's confidence 0..1.

    by_itself  a closer look has shown that this box frames a thing of its own, whatever it overlaps
    """

    class_name: str
    confidence: float
    box: Box
    by_itself: bool = False


class PictureProblem(StrEnum):
    """Why a frame cannot be judged."""

    DARK = "dark"
    GLARE = "glare"
    BLURRED = "blurred"
    COVERED = "covered"
    HEAPED = "heaped"


@dataclass(frozen=True, slots=True)
class FrameQuality:
    """Plain measures of a frame, taken on its grey version scaled to 640 pixels in width.

    brightness  grey value, 0..255, that the brightest hundredth of the frame reaches. Not the mean: a well-lit kit on a
                black mat has a mean of 16, an underexposed one on a green table of 20
    contrast    standard deviation of the grey values, 0..127
    sharpness   variance of the Laplacian
    glare       share of pixels at or above 250, 0..1
    """

    brightness: float
    contrast: float
    sharpness: float
    glare: float


@dataclass(frozen=True, slots=True)
class QualityLimits:
    """Where a frame stops being usable; the units are those of `FrameQuality`.

    Set between what ten photos of the kit have and what they have darkened to a fifth or overexposed: brightness
    62..230 against 12..47, glare at most 0.001 against up to 0.84. Their sharpness is 39..696, blurred (Gaussian, sigma
    3 and 6 pixels of 1152) 0.3..16.

    A bright table is no fault: of 192 incomplete kits in so much light that 0.1..0.4 of the picture was white, none
    passed and no absent tool was shown as present; beyond that, one was in 13 of 445.

    Nor is some blur: of 322 incomplete kits in pictures blurred to a sharpness of 6..20 none passed and no absent tool
    was shown as present; below that, one was in 1 of 124. Unblurred ones of a plain table with little contrast have no
    more than 14..20.
    """

    darkest: float = 50.0
    least_contrast: float = 6.0
    least_sharpness: float = 10.0
    most_glare: float = 0.40

    def problems(self, quality: FrameQuality) -> frozenset[PictureProblem]:
        """What is wrong with a frame of this quality; empty when it is usable."""
        found: set[PictureProblem] = set()
        if quality.contrast < self.least_contrast:
            found.add(PictureProblem.COVERED)
        if quality.brightness < self.darkest:
            found.add(PictureProblem.DARK)
        if quality.glare > self.most_glare:
            found.add(PictureProblem.GLARE)
        if quality.sharpness < self.least_sharpness:
            found.add(PictureProblem.BLURRED)
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class FrameResult:
    """Everything the decision needs of one frame.

    detections  the detections after class-aware NMS, in any order
    quality     None when the frame was not measured (a test, an old record)
    width, height  size of the frame in pixels, the space of the boxes
    """

    detections: tuple[Detection, ...]
    width: int
    height: int
    quality: FrameQuality | None = None
