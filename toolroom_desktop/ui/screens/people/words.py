"""What the table says of an account."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.people import Person


def account_word(person: Person, now: datetime, today: date) -> str:
    """How the account is, the gravest first."""
    if not person.active:
        return QCoreApplication.translate("People", "disabled")
    if person.expired(today):
        return QCoreApplication.translate("People", "expired")
    if person.locked(now):
        return QCoreApplication.translate("People", "locked")
    if not person.pin_hash:
        return QCoreApplication.translate("People", "no PIN")
    if person.must_change_pin:
        return QCoreApplication.translate("People", "PIN to be changed")
    return QCoreApplication.translate("People", "active")
