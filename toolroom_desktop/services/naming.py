"""Names of tools that stand side by side in one line."""

from __future__ import annotations

from collections.abc import Sequence


def _shared(names: Sequence[Sequence[str]]) -> int:
    """How many words all names begin with, each keeping at least one of its own."""
    shared = 0
    for words in zip(*(name[:-1] for name in names), strict=False):
        if len({word.casefold() for word in words}) > 1:
            break
        shared += 1
    return shared


def own_words(names: Sequence[str]) -> tuple[str, list[str], str]:
    """What all names begin with, what each has of its own, and what all end with: words said once are read sooner."""
    words = [name.split() for name in names]
    if len(words) < 2 or not all(words):
        return "", list(names), ""
    front = _shared(words)
    rest = [name[front:] for name in words]
    back = _shared([name[::-1] for name in rest])
    own = [" ".join(name[: len(name) - back]) for name in rest]
    return " ".join(words[0][:front]), own, " ".join(rest[0][len(rest[0]) - back :])


def side_by_side(names: Sequence[str]) -> str:
    """Names in one line: "Slotted / Cross / Offset cross screwdriver"."""
    front, own, back = own_words(names)
    return " ".join(part for part in (front, " / ".join(own), back) if part)
