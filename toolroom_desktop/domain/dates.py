"""Days as people write them, and the ways of writing that leave a doubt."""

from __future__ import annotations

import re
from datetime import date

from toolroom_desktop.domain.errors import BadInput

FIRST_YEAR, LAST_YEAR = 2000, 2100

_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")


def day_of(text: str) -> date:
    """The day that a text means: 2027-03-31, 31.03.2027, or 31/03/2027 where that can be nothing else.

    Between dots the day comes first, as everywhere where dots are written. Between slashes or dashes it may be the
    month, so both must say the same or only one of them be possible.

    Raises `BadInput` with `tool.not_a_date`, `tool.ambiguous_date`, `tool.date_out_of_range`.
    """
    wanted = text.strip()
    if found := _YEAR_FIRST.fullmatch(wanted):
        return _in_range(_day(int(found[1]), int(found[2]), int(found[3])), wanted)
    found = _DAY_FIRST.fullmatch(wanted)
    if found is None:
        raise BadInput("tool.not_a_date", text=wanted[:40])
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if found[2] != "." and day_first is not None and month_first is not None and day_first != month_first:
        raise BadInput("tool.ambiguous_date", text=wanted, first=day_first, second=month_first)
    # 03.31.2027 is nobody's way of writing with dots, so it is a mistake and not a month.
    return _in_range(day_first if found[2] == "." else day_first or month_first, wanted)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_range(day: date | None, text: str) -> date:
    if day is None:
        raise BadInput("tool.not_a_date", text=text[:40])
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadInput("tool.date_out_of_range", text=text)
    return day
