"""A detector as its manifest wants it used."""

from __future__ import annotations

from toolroom_desktop.adapters.vision.agreeing_looks import AgreeingLooks
from toolroom_desktop.adapters.vision.close_detector import CloseDetector
from toolroom_desktop.adapters.vision.other_looks import LooksAgain
from toolroom_desktop.adapters.vision.second_look import SecondLook
from toolroom_desktop.adapters.vision.second_opinion import SecondOpinion
from toolroom_desktop.domain.looks import Look
from toolroom_desktop.services.vision_ports import Detector


def ready_to_look(detector: CloseDetector) -> Detector:
    """The detector with what its manifest asks for to believe it; itself where it asks for nothing."""
    believed = _believed(detector)
    looks = detector.info.other_looks
    return LooksAgain(believed, tuple(Look(name) for name in looks)) if looks else believed


def _believed(detector: CloseDetector) -> Detector:
    info = detector.info
    if info.second_opinion and detector.opinion is not None:
        return SecondOpinion(detector, detector.opinion)
    if info.agreeing_looks:
        return AgreeingLooks(detector, tuple(Look(name) for name in info.agreeing_looks))
    return SecondLook(detector, turns=info.second_look) if info.second_look else detector
