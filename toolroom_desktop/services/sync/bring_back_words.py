"""What people are told of entries that come back, as codes of sentences with their details."""

from __future__ import annotations

from collections.abc import Mapping

from toolroom_desktop.services.sync.bring_back import Lacking
from toolroom_desktop.services.sync.completing import Completed

Told = tuple[str, Mapping[str, object]]
KINDS_SHOWN = 8


def told_before(lacking: Lacking, *, kinds: bool) -> list[Told]:
    """What would come back, where anything would; `kinds` in the journal's own words, which are for administrators."""
    often = sorted(lacking.kinds.items(), key=lambda one: (-one[1], one[0]))
    counted = ", ".join(f"{kind} {number}" for kind, number in often[:KINDS_SHOWN])
    told: list[Told] = [
        (
            "bring_back.lacking",
            {
                "entries": lacking.count,
                "first": lacking.station.seq + 1,
                "last": lacking.centre.seq,
                "operations": lacking.operations,
                "begun": lacking.first_at,
                "ended": lacking.last_at,
            },
        ),
    ]
    if kinds:
        told.append(("bring_back.kinds", {"kinds": f"{counted}, …" if len(often) > KINDS_SHOWN else counted}))
    if lacking.people:
        told.append(("bring_back.people", {"people": ", ".join(lacking.people)}))
    told.append(("bring_back.sealed" if lacking.sealed else "bring_back.not_sealed", {}))
    return told


def told_afterwards(lacking: Lacking, done: Completed) -> list[Told]:
    """What came back, and what a person still has to do."""
    told: list[Told] = [("bring_back.done", {"entries": done.back.entries})]
    if done.back.photos:
        told.append(("bring_back.photos_there", {"count": done.back.photos}))
    if done.back.photos_lost:
        told.append(("bring_back.photos_lost", {"count": done.back.photos_lost}))
    if lacking.other_pins:
        told.append(("bring_back.other_pins", {"people": ", ".join(lacking.other_pins)}))
    if lacking.models:
        told.append(("bring_back.models", {}))
    if done.cases:
        told.append(("bring_back.cases_carried", {"count": done.cases}))
    return told


def told_nothing(lacking: Lacking) -> Told:
    """That nothing is lacking."""
    return "bring_back.nothing", {"station": lacking.station.seq, "centre": lacking.centre.seq}
