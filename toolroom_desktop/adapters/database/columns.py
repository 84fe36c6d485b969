"""Column types and keys that mean the same in SQLite and PostgreSQL."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator, TypeEngine

# SQLite makes a column its row number, and so needs no further index, only when its type is exactly INTEGER.
SequenceNumber = BigInteger().with_variant(Integer(), "sqlite")


def folded(text: str) -> str:
    """The form in which names, numbers and badges are compared: case and surrounding blanks do not matter.

    Kept in columns of its own, because NOCASE and lower() of SQLite know ASCII only. Composed and decomposed letters
    (й) are the same.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.strip()).casefold())


def utc_text(at: datetime) -> str:
    """An aware time as ISO text in UTC with microseconds; all are of one length, so that text order is time order."""
    if at.tzinfo is None:
        raise ValueError("a time without a time zone cannot be recorded")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class UtcDateTime(TypeDecorator[datetime]):
    """Takes any aware time and gives it back in UTC: ISO text in SQLite, `timestamptz` in PostgreSQL."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type of that database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(32))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | datetime | None:
        """What is stored; raises `ValueError` for a naive time."""
        if value is None:
            return None
        text = utc_text(value)
        return value if dialect.name == "postgresql" else text

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """An aware UTC time."""
        if value is None:
            return None
        at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return at.astimezone(UTC)
