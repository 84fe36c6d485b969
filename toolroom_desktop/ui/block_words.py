"""What speaks against handing a kit out, in the words of the windows, and who may overrule it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.custody import Block, BlockReason
from toolroom_desktop.domain.people import roles_that_may
from toolroom_desktop.domain.signing import NEEDS, Purpose
from toolroom_desktop.ui.words import role_word


def day_word(day: date, language: str) -> str:
    """A day as it is written in that language."""
    return day.strftime("%d.%m.%Y" if language == "ru" else "%Y-%m-%d")


def reason_word(block: Block, language: str) -> str:
    """Why a kit should not go out, in a few words."""
    if block.reason is BlockReason.CASE_OPEN and block.station:
        sentence = QCoreApplication.translate("Blocks", "case {case} of {station} is open: they search for it there")
        return sentence.format(case=block.case, station=block.station)
    if block.reason is BlockReason.CASE_OPEN:
        return QCoreApplication.translate("Blocks", "case {case} is open: it is being searched for").format(
            case=block.case
        )
    if block.reason is BlockReason.CALIBRATION_EXPIRED:
        day = day_word(block.due, language) if block.due is not None else "—"
        return QCoreApplication.translate("Blocks", "the calibration ended on {day}").format(day=day)
    return {
        BlockReason.TOOL_UNSERVICEABLE: QCoreApplication.translate("Blocks", "unserviceable"),
        BlockReason.TOOL_ABSENT: QCoreApplication.translate("Blocks", "not in the kit: lost, in repair or taken out"),
        BlockReason.DISCREPANCY: QCoreApplication.translate("Blocks", "the count found the kit incomplete"),
    }[block.reason]


def tool_word(block: Block, name_of: Callable[[str], str]) -> str:
    """Which tool it is about, with its marking."""
    name = name_of(block.tool_class) if block.tool_class else QCoreApplication.translate("Blocks", "The whole kit")
    return f"{name} · {block.marking}" if block.marking else name


def block_sentence(block: Block, name_of: Callable[[str], str], language: str) -> str:
    """One line: which tool, and what is the matter with it."""
    return f"{tool_word(block, name_of)}: {reason_word(block, language)}"


def who_may(purpose: Purpose) -> str:
    """The roles whose signature for that counts."""
    joint = QCoreApplication.translate("Blocks", " or ")
    return joint.join(role_word(role).lower() for role in roles_that_may(NEEDS[purpose]))
