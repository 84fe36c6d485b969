"""Days as each language writes them; `domain.dates` reads what people write."""

from __future__ import annotations

from datetime import date


def write_day(day: date, language: str) -> str:
    """The day as it is written in that language."""
    return f"{day:%d.%m.%Y}" if language == "ru" else day.isoformat()
