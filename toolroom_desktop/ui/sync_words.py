"""How sync stands, in two short lines: the words of the indicator, and what stands for them in icons and colours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.services.sync.state import Standing, SyncState, offline_since, standing_of
from toolroom_desktop.ui.widgets.parts import Judgement

STANDING_ICONS: dict[Standing, str] = {
    Standing.SYNCED: "synced",
    Standing.PENDING: "waiting",
    Standing.OFFLINE: "offline",
    Standing.ATTENTION: "notice",
}
# Green says "complete" of kits alone, and a network that is away is no fault of anybody here.
STANDING_JUDGEMENTS: dict[Standing, Judgement] = {
    Standing.SYNCED: "",
    Standing.PENDING: "",
    Standing.OFFLINE: "",
    Standing.ATTENTION: "look",
}

LocalTime = Callable[[datetime], datetime]
"""A time as the station's clock on the wall shows it."""


def clock_word(at: datetime, now: datetime, language: str) -> str:
    """The time of day, or the date alone when that was another day. Both are local times."""
    if at.date() == now.date():
        return f"{at:%H:%M}"
    return at.strftime("%d.%m.%Y" if language == "ru" else "%Y-%m-%d")


def indicator_lines(state: SyncState, local: LocalTime, now: datetime, language: str) -> tuple[str, str]:
    """The two lines of the indicator; `now` is aware, `local` makes it and other times local."""
    standing = standing_of(state)
    if standing is Standing.ATTENTION:
        return (
            QCoreApplication.translate("SyncWords", "Centre: needs"),
            QCoreApplication.translate("SyncWords", "attention"),
        )
    if standing is Standing.OFFLINE:
        since = offline_since(state)
        when = clock_word(local(since), local(now), language) if since is not None else ""
        return (
            QCoreApplication.translate("SyncWords", "Offline"),
            QCoreApplication.translate("SyncWords", "since {when}").format(when=when) if when else "",
        )
    last = state.last_success
    when = clock_word(local(last), local(now), language) if last is not None else ""
    if standing is Standing.SYNCED:
        return QCoreApplication.translate("SyncWords", "Synced"), when
    count = state.pending_operations + state.pending_files
    if not count:
        return QCoreApplication.translate("SyncWords", "Not synced yet"), ""
    return (
        QCoreApplication.translate("SyncWords", "{count} pending").format(count=count),
        QCoreApplication.translate("SyncWords", "since {when}").format(when=when) if when else "",
    )
