"""Which records are shown and how old they are, in one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QObject

from toolroom_desktop.services.all_stations import Standing as Here
from toolroom_desktop.services.sync.state import Standing, SyncState, offline_since, standing_of
from toolroom_desktop.ui.widgets.parts import Judgement

OLD = timedelta(hours=1)
_DAY = timedelta(days=1)
LocalTime = Callable[[datetime], datetime]
"""A moment as the station's clock on the wall shows it."""


@dataclass(frozen=True, slots=True)
class StandingLine:
    """What is said, and how urgently."""

    text: str
    symbol: str = "centre"
    judgement: Judgement = ""


class _Counts(QObject):
    """Numbers with their words: only `tr` knows of plurals."""

    def missing(self, count: int) -> str:
        """So many entries that the centre has are not here."""
        return self.tr("%n entry(s) not here yet", "", count)

    def age(self, age: timedelta) -> str:
        """So old, from an hour on."""
        days, hours = age // _DAY, age // OLD
        return self.tr("%n day(s) old", "", days) if days >= 2 else self.tr("%n hour(s) old", "", hours)


def own_line() -> StandingLine:
    """This station's own records are shown."""
    return StandingLine(QCoreApplication.translate("Stations", "Shown: this station's records."), "")


def moment_word(at: datetime, now: datetime, language: str) -> str:
    """A time of today, of yesterday, or with its date. Both are local times."""
    clock = f"{at:%H:%M}"
    if at.date() == now.date():
        return clock
    if at.date() == now.date() - _DAY:
        return QCoreApplication.translate("Stations", "yesterday {time}").format(time=clock)
    return f"{at.strftime('%d.%m.%Y' if language == 'ru' else '%Y-%m-%d')} {clock}"


def standing_line(here: Here, sync: SyncState | None, now: datetime, local: LocalTime, language: str) -> StandingLine:
    """How much of all stations' records is here, and how old it is at `now`."""
    parts = [_how_much(here, local, now, language)]
    if here.as_of is not None and here.missing:
        parts.append(_Counts().missing(here.missing))
    if here.broken:
        said = (
            QCoreApplication.translate("Stations", "the journal of {stations} does not hold at the centre")
            if len(here.broken) == 1
            else QCoreApplication.translate("Stations", "the journals of {stations} do not hold at the centre")
        )
        parts.append(said.format(stations=", ".join(here.broken)))
    age = timedelta() if here.as_of is None else now - here.as_of
    if age > OLD:
        parts.append(_Counts().age(age))
    offline = sync is not None and standing_of(sync) is Standing.OFFLINE
    if sync is not None and offline:
        parts.append(_no_connection(sync, local, now, language))
    warns = here.as_of is None or bool(here.broken) or age > OLD
    symbol = "offline" if offline else "notice" if warns else "centre"
    return StandingLine(" · ".join(parts), symbol, "look" if warns else "")


def _how_much(here: Here, local: LocalTime, now: datetime, language: str) -> str:
    if here.as_of is not None:
        when = moment_word(local(here.as_of), local(now), language)
        return QCoreApplication.translate("Stations", "All stations as of {when}").format(when=when)
    if here.missing:
        said = QCoreApplication.translate(
            "Stations", "All stations, not complete yet: {held} of {all} entries are here"
        )
        return said.format(held=_number(here.held), all=_number(here.held + here.missing))
    return QCoreApplication.translate("Stations", "All stations, not complete yet: they come from the centre")


def _no_connection(sync: SyncState, local: LocalTime, now: datetime, language: str) -> str:
    since = offline_since(sync)
    if since is None:
        return QCoreApplication.translate("Stations", "no connection to the centre")
    when = moment_word(local(since), local(now), language)
    return QCoreApplication.translate("Stations", "no connection since {when}").format(when=when)


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")
