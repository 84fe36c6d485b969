"""What a label says to a scanner: a plain number, badge or marking, or one that says besides what it is a name of.

A plain text is enough as long as it names one thing and any scanner can type it. Otherwise the label carries
``TR:K:number``: the letter says what is named, and whatever a keyboard with a Russian layout types as something else
stands there as ``%`` with two hexadecimal digits a byte (RFC 3986, of UTF-8). Both forms are understood everywhere.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote_to_bytes

LEAST_CHARACTERS = 4
"""A scanner is told from a person by its pace, and that takes so many characters."""


class Named(StrEnum):
    """What a scanned text can be the name of."""

    KIT = "kit"
    TOOL = "tool"
    BADGE = "badge"
    CASE = "case"
    OPERATION = "operation"
    REPORT = "report"


_LETTERS = {
    Named.KIT: "K",
    Named.TOOL: "T",
    Named.BADGE: "B",
    Named.CASE: "C",
    Named.OPERATION: "O",
    Named.REPORT: "R",
}
_BEGINS = "TR:"
# What the same keys give with a Latin and with a Russian layout, once the letters are put back: "/" and "?" are others.
_SAME_KEYS = frozenset(string.ascii_letters + string.digits + "-_+=()*!%: ")
_KEPT = "-_+=()*! "


@dataclass(frozen=True, slots=True)
class Mark:
    """What was scanned: the name, and what it is a name of where the label says so, else None."""

    text: str
    kind: Named | None = None


def read_mark(scanned: str) -> Mark:
    """What the label said; whatever is not written as `write_mark` writes is a plain text."""
    text = scanned.strip()
    head, name = text[: len(_BEGINS) + 2].upper(), text[len(_BEGINS) + 2 :]
    for kind, letter in _LETTERS.items():
        if head == f"{_BEGINS}{letter}:" and name:
            try:
                return Mark(unquote_to_bytes(name).decode().strip(), kind)
            except UnicodeDecodeError:
                break
    return Mark(text)


def write_mark(kind: Named, text: str) -> str:
    """The form that says what is named. ASCII only, and the same on every keyboard layout."""
    return f"{_BEGINS}{_LETTERS[kind]}:{quote(text.strip(), safe=_KEPT)}"


def can_stand_alone(text: str) -> bool:
    """Whether every scanner types that text as it is, and nothing takes it for a person's typing or for a prefix."""
    plain = text.strip()
    typed_alike = _SAME_KEYS.issuperset(plain)
    return typed_alike and len(plain) >= LEAST_CHARACTERS and not plain.upper().startswith(_BEGINS)
