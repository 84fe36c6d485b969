"""What the screen says to a scan, and to whoever signs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.services.operation_input import Plan
from toolroom_desktop.ui.block_words import block_sentence, who_may
from toolroom_desktop.ui.scan_words import meaning_title
from toolroom_desktop.ui.screens.inspection.words import Names
from toolroom_desktop.ui.screens.result.scans import Found, NoTool, Outcome, Strange
from toolroom_desktop.ui.screens.result.signing import Owed
from toolroom_desktop.ui.words import short_name


def scan_words(outcome: Outcome, names: Names) -> str:
    """What came of a scan while tools are counted."""
    if isinstance(outcome, Found):
        sentence = QCoreApplication.translate("Result", "{tool} {marking} was scanned already.")
        tool = names.of_class(outcome.tool.tool_class)
        return sentence.format(tool=tool, marking=outcome.tool.marking) if outcome.again else ""
    if isinstance(outcome, Strange):
        tool = f"{names.of_class(outcome.tool.tool_class)} {outcome.tool.marking}".strip()
        if outcome.tool.kit:
            belongs = QCoreApplication.translate("Result", "{tool} belongs to kit {kit}.").format(
                tool=tool, kit=outcome.tool.kit
            )
        else:
            belongs = QCoreApplication.translate("Result", "{tool} is a spare tool of no kit.").format(tool=tool)
        if outcome.key is None:
            return belongs + " " + QCoreApplication.translate("Result", "Take it away from here.")
        return (
            belongs + " " + QCoreApplication.translate("Result", "If it lies in the place of ours, touch “wrong one”.")
        )
    if isinstance(outcome, NoTool):
        sentence = QCoreApplication.translate("Result", "{what} is no tool. Scan the tools of this kit.")
        return sentence.format(what=meaning_title(outcome.meaning))
    if outcome.belongs:
        sentence = QCoreApplication.translate(
            "Result", "No tool {code} is recorded; {belongs} belongs here. Another tool? Touch “wrong one”."
        )
        return sentence.format(code=outcome.code, belongs=" / ".join(outcome.belongs))
    if outcome.key is not None:
        sentence = QCoreApplication.translate("Result", "{code} is noted as the marking of: {tool}.")
        return sentence.format(code=outcome.code, tool=names.of_class(outcome.key[0]))
    return QCoreApplication.translate("Result", "No tool {code} is recorded at this station.").format(code=outcome.code)


def sign_words(owed: Owed, plan: Plan, name_of: Callable[[str], str], language: str, found: str) -> tuple[str, str]:
    """Who must sign, and for what. `found` is what the count found."""
    title = {
        Purpose.GIVER: QCoreApplication.translate("Result", "Whoever hands the kit over signs"),
        Purpose.HANDS_OVER: QCoreApplication.translate("Result", "Whoever has the kit hands it over and signs"),
        Purpose.WITNESS: QCoreApplication.translate("Result", "A second person signs the count"),
        Purpose.OVERRIDE: QCoreApplication.translate("Result", "The kit goes out nevertheless"),
        Purpose.OVERRIDE_CASE: QCoreApplication.translate("Result", "The kit goes out in spite of an open case"),
    }[owed.purpose]
    may = QCoreApplication.translate("Result", "May sign: {roles}.").format(roles=who_may(owed.purpose))
    if owed.purpose is Purpose.HANDS_OVER and plan.checkout is not None:
        may = QCoreApplication.translate("Result", "May sign: {holder}, or a storekeeper.").format(
            holder=short_name(plan.checkout.holder_name)
        )
    kit = QCoreApplication.translate("Result", "Kit {kit}.").format(kit=plan.kit.number)
    about = [block_sentence(block, name_of, language) for block in owed.blocks]
    if owed.incomplete:
        about.append(QCoreApplication.translate("Result", "The count found it incomplete."))
    if found and (owed.incomplete or owed.purpose is Purpose.WITNESS):
        about.append(found)
    return title, "\n".join([f"{kit} {may}", *about])
