"""Days as people write them."""

from __future__ import annotations

import re
from datetime import date

from toolroom_desktop.domain.errors import BadInput

_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)", re.ASCII),
    re.compile(r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})", re.ASCII),
)


def read_day(text: str) -> date:
    """The day of "2026-12-31" or "31.12.2026"; `BadInput("day.not_one")` for anything else."""
    found = next((match for form in _FORMS if (match := form.fullmatch(text.strip()))), None)
    if found is not None:
        try:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:  # the 31st of February
            pass
    raise BadInput("day.not_one", value=text)


def write_day(day: date, language: str) -> str:
    """The day as it is written in that language; `read_day` reads both."""
    return f"{day:%d.%m.%Y}" if language == "ru" else day.isoformat()
