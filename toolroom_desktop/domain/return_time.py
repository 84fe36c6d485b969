"""Until when a kit is wanted: the times that are offered, and the one that somebody types."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from toolroom_desktop.domain.errors import BadInput

_HOUR = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
_FORMS = (
    re.compile(_HOUR),
    re.compile(rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})(?:\.(?P<year>\d{{4}}))?[ ,]+{_HOUR}"),
    re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})[ T,]+{_HOUR}"),
)


def end_of_shift(now: datetime, ends: Iterable[time]) -> datetime | None:
    """The next of those times after `now`; all are the station's own. None where no shift ends are set."""
    found = [datetime.combine(now.date() + timedelta(days=day), end, now.tzinfo) for end in ends for day in (0, 1)]
    return min((end for end in found if end > now), default=None)


def typed_return(text: str, now: datetime) -> datetime:
    """The time that somebody typed: `18:30`, `5.12. 18:30`, `05.12.2026 18:30` or `2026-12-05 18:30`.

    `now` and the answer are the station's own time. An hour without a day is the next such hour; a day without a year
    is the next such day. Raises `BadInput("operation.return_unreadable")`.
    """
    unreadable = BadInput("operation.return_unreadable", text=text.strip())
    match = next(
        (found for form in _FORMS if (found := form.fullmatch(text.strip().replace(". ", " "))) is not None), None
    )
    if match is None:
        raise unreadable
    said = {name: int(value) for name, value in match.groupdict().items() if value is not None}
    try:
        if "day" not in said:
            at = now.replace(hour=said["hour"], minute=said["minute"], second=0, microsecond=0)
            return at if at > now else at + timedelta(days=1)
        year = said.get("year", now.year)
        at = datetime(year, said["month"], said["day"], said["hour"], said["minute"], tzinfo=now.tzinfo)
        if "year" not in said and at <= now:
            at = at.replace(year=year + 1)
    except ValueError:
        raise unreadable from None
    return at
