"""What the screen says about a shot, and what to do about it."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.services.cutouts import CutoutClass
from toolroom_desktop.services.enrolment import Verdict


def tool_title(tool: CutoutClass, language: str) -> str:
    """What people call the tool; its class where it has no other name."""
    names = (tool.ru, tool.en) if language == "ru" else (tool.en, tool.ru)
    return next((name for name in names if name), tool.name)


def class_name_for(english: str) -> str:
    """A class name out of an English name: "Ratchet, 10 mm" gives "ratchet_10_mm"."""
    return re.sub(r"[^a-z0-9]+", "_", english.casefold()).strip("_")


def refusal_word(verdict: Verdict) -> str:
    """Why a shot is not kept, in a word or two; empty for a good one."""
    return {
        Verdict.OK: "",
        Verdict.BLURRED: QCoreApplication.translate("EnrolWords", "Blurred"),
        Verdict.CLIPPED: QCoreApplication.translate("EnrolWords", "Cut off by the edge"),
        Verdict.TOO_SMALL: QCoreApplication.translate("EnrolWords", "Too small"),
        Verdict.TWO_TOOLS: QCoreApplication.translate("EnrolWords", "More than one thing"),
        Verdict.NOTHING: QCoreApplication.translate("EnrolWords", "No tool is seen"),
        Verdict.TOO_ALIKE: QCoreApplication.translate("EnrolWords", "Like an earlier photo"),
        Verdict.DOUBTFUL: QCoreApplication.translate("EnrolWords", "The outline is unclear"),
    }[verdict]


def refusal_advice(verdict: Verdict) -> str:
    """What to do so that the next shot is kept; empty after a good one."""
    return {
        Verdict.OK: "",
        Verdict.BLURRED: QCoreApplication.translate(
            "EnrolWords", "Hold nothing over the table, check that camera and table stand still, and photograph again."
        ),
        Verdict.CLIPPED: QCoreApplication.translate(
            "EnrolWords", "Move the tool towards the middle so that all of it is in the picture, and photograph again."
        ),
        Verdict.TOO_SMALL: QCoreApplication.translate(
            "EnrolWords",
            "Lay the tool flat or bring the camera nearer, which means to begin with the empty table again.",
        ),
        Verdict.TWO_TOOLS: QCoreApplication.translate(
            "EnrolWords",
            "Leave only this tool on the table and take your hands away. If the light has changed, photograph the "
            "empty table again.",
        ),
        Verdict.NOTHING: QCoreApplication.translate(
            "EnrolWords", "Lay the tool on the table. A ground of another colour helps if it is hard to see."
        ),
        Verdict.TOO_ALIKE: QCoreApplication.translate(
            "EnrolWords", "Turn the tool or move it to another place, and photograph again."
        ),
        Verdict.DOUBTFUL: QCoreApplication.translate(
            "EnrolWords", "Use a plain ground with little shadow and glare, or turn the tool, and photograph again."
        ),
    }[verdict]
