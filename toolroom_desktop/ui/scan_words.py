"""What a scan names, in the language of the windows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.marks import Named
from toolroom_desktop.services.scanning import Meaning
from toolroom_desktop.ui.tool_words import state_word

MEANING_ICONS: dict[Named, str] = {
    Named.KIT: "kit",
    Named.TOOL: "gauge",
    Named.BADGE: "badge",
    Named.CASE: "search",
    Named.OPERATION: "history",
    Named.REPORT: "report",
}


def meaning_title(meaning: Meaning) -> str:
    """What it is, with its name."""
    said = {
        Named.KIT: QCoreApplication.translate("Scan", "Kit {name}"),
        Named.TOOL: QCoreApplication.translate("Scan", "Tool {name}"),
        Named.BADGE: QCoreApplication.translate("Scan", "Badge {badge}: {name}"),
        Named.CASE: QCoreApplication.translate("Scan", "Case {name}"),
        Named.OPERATION: QCoreApplication.translate("Scan", "Operation with kit {name}"),
        Named.REPORT: QCoreApplication.translate("Scan", "Report on {name}"),
    }[meaning.kind]
    return said.format(name=meaning.name, badge=meaning.subject)


def meaning_detail(meaning: Meaning, language: str) -> str:
    """Where it is and in which state; "" where there is nothing more to say."""
    if meaning.tool is not None:
        return tool_place(meaning)
    if meaning.kind is Named.KIT:
        title = meaning.toolkit.title(language) if meaning.toolkit is not None else ""
        return " · ".join(part for part in (title, kit_place(meaning)) if part)
    if meaning.report:
        return QCoreApplication.translate("Scan", "Hash of its data: {sha256}").format(sha256=meaning.report)
    return ""


def kit_place(meaning: Meaning) -> str:
    """Where a kit is."""
    if meaning.holder:
        return QCoreApplication.translate("Scan", "out: {name}").format(name=meaning.holder)
    return QCoreApplication.translate("Scan", "in the toolroom")


def tool_place(meaning: Meaning) -> str:
    """Where a tool belongs and what state it is in."""
    tool = meaning.tool
    if tool is None:
        return ""
    if tool.kit:
        belongs = QCoreApplication.translate("Scan", "belongs to kit {kit}").format(kit=tool.kit)
    else:
        belongs = QCoreApplication.translate("Scan", "a spare tool")
    return f"{belongs} · {state_word(tool.state)}"
