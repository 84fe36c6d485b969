"""How fast a model is on this machine, and what our own part of the way costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import TypeVar

from toolroom_desktop.adapters.vision.detector import OnnxDetector
from toolroom_desktop.adapters.vision.meter import measure_quality
from toolroom_desktop.services.vision_ports import Picture

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BenchReport:
    """Medians over `frames` measured frames, in milliseconds.

    letterbox, session, decode, quality  the parts of one frame's way; quality is the measuring of its usability
    whole             the way in one go, as `Detector.detect` does it
    bare              the session alone on the same input, measured in turn with `whole`
    ratio_to_session  median of whole / bare, pair by pair
    """

    model: str
    sha256: str
    input_size: tuple[int, int]
    frames: int
    letterbox: float
    session: float
    decode: float
    quality: float
    whole: float
    bare: float
    ratio_to_session: float

    def as_json(self) -> dict[str, object]:
        """The report as plain values for JSON."""
        return asdict(self) | {"input_size": list(self.input_size), "unit": "ms"}


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = perf_counter()
    result = work()
    return result, (perf_counter() - start) * 1000


@dataclass(frozen=True, slots=True)
class _Sample:
    """One frame, milliseconds."""

    letterbox: float
    session: float
    decode: float
    quality: float
    whole: float
    bare: float


def _sample(detector: OnnxDetector, picture: Picture, *, bare_first: bool) -> _Sample:
    pixels = picture.pixels
    (blob, place), letterbox = _timed(lambda: detector.prepare(pixels))
    own = blob.copy()  # the next frame overwrites the detector's
    output, session = _timed(lambda: detector.session.run(own))
    _, decode = _timed(lambda: detector.detections_of(output, place))
    _, quality = _timed(lambda: measure_quality(pixels))
    if bare_first:
        _, bare = _timed(lambda: detector.session.run(own))
        _, whole = _timed(lambda: detector.detect(picture))
    else:
        _, whole = _timed(lambda: detector.detect(picture))
        _, bare = _timed(lambda: detector.session.run(own))
    return _Sample(letterbox, session, decode, quality, whole, bare)


def measure(detector: OnnxDetector, pictures: Sequence[Picture], rounds: int = 20) -> BenchReport:
    """Measure a detector on `pictures`, each `rounds` times after one round of warming up.

    The whole way and the bare session take turns, and which goes first changes from frame to frame, so that a drift
    of the machine's speed meets both alike. Raises ValueError without pictures or rounds.
    """
    if not pictures or rounds < 1:
        raise ValueError("a benchmark needs pictures and rounds")
    for picture in pictures:
        _sample(detector, picture, bare_first=False)
    samples: list[_Sample] = []
    for number in range(rounds):
        for index, picture in enumerate(pictures):
            samples.append(_sample(detector, picture, bare_first=bool((number + index) % 2)))
    knowledge = detector.info.knowledge
    return BenchReport(
        model=knowledge.name,
        sha256=knowledge.sha256,
        input_size=detector.info.input_size,
        frames=len(samples),
        letterbox=median(sample.letterbox for sample in samples),
        session=median(sample.session for sample in samples),
        decode=median(sample.decode for sample in samples),
        quality=median(sample.quality for sample in samples),
        whole=median(sample.whole for sample in samples),
        bare=median(sample.bare for sample in samples),
        ratio_to_session=median(sample.whole / sample.bare for sample in samples),
    )
