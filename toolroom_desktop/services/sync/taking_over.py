"""People, toolkits, kits, settings and stations out of the centre: its version takes the place of the one here.

What is only known here stays. A row that would take something away from somebody, or that stands against what is here,
is refused with the reason; the puller puts it aside and tries again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.register import key_of, same_kit
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.services.ports import Clock, UnitOfWork
from toolroom_desktop.services.reference_content import KIT, kit_of, person_of, toolkit_of
from toolroom_desktop.services.station_time import local_day
from toolroom_desktop.services.sync.ports import Change
from toolroom_desktop.services.whereabouts import operation_since


def require_key(change: Change, key: str) -> None:
    """Raise `ValueError` where a row lies under another key than its content has."""
    if change.key != key:
        raise ValueError("the key is not the one of the content")


@dataclass(frozen=True, slots=True)
class PersonApplier:
    """Somebody who is removed at the centre is disabled here: what that person did stays under the name."""

    clock: Clock
    journaled = True

    def apply(self, uow: UnitOfWork, change: Change) -> bool:
        """PIN, wrong PINs and waits stay what they are here."""
        said = person_of(change.content)
        require_key(change, key_of(said.badge))
        before = uow.people.by_badge(said.badge)
        if before is None:
            if change.deleted:
                return False
            uow.people.add(said)
            return True
        after = replace(
            before,
            badge=said.badge,
            name=said.name,
            role=said.role,
            active=said.active and not change.deleted,
            expires_on=said.expires_on,
        )
        if after == before:
            return False
        self._keep_an_administrator(uow, before, after)
        uow.people.save(after)
        return True

    def _keep_an_administrator(self, uow: UnitOfWork, before: Person, after: Person) -> None:
        today = local_day(self.clock)
        if not _administers(before, today) or _administers(after, today):
            return
        others = (person for person in uow.people.all() if not person.is_called(before.badge))
        if not any(_administers(other, today) for other in others):
            raise Refused("reference.last_administrator", name=before.name)


def _administers(person: Person, today: date) -> bool:
    """Whether that person can give others a PIN here."""
    ready = person.active and not person.expired(today) and bool(person.pin_hash)
    return ready and person.role is Role.ADMINISTRATOR


class ToolkitApplier:
    """A toolkit that a kit is of stays."""

    journaled = True

    def apply(self, uow: UnitOfWork, change: Change) -> bool:
        """Replace it with its positions as a whole."""
        said = toolkit_of(change.content)
        require_key(change, key_of(said.name))
        before = uow.catalogue.toolkit(said.name)
        if change.deleted:
            return before is not None and self._remove(uow, before)
        if said == before:
            return False
        uow.catalogue.save_toolkit(said)
        return True

    @staticmethod
    def _remove(uow: UnitOfWork, toolkit: Toolkit) -> bool:
        for kit in uow.catalogue.kits():
            if key_of(kit.toolkit) == key_of(toolkit.name):
                raise Refused("reference.toolkit_in_use", toolkit=toolkit.name, kit=kit.number)
        uow.catalogue.remove_toolkit(toolkit.name)
        return True


class KitApplier:
    """A kit that is out, searched for, owed a count, or holds tools is not removed."""

    journaled = True

    def apply(self, uow: UnitOfWork, change: Change) -> bool:
        """Two kits that change codes with each other may come in any order."""
        said = kit_of(change.content)
        require_key(change, key_of(said.number))
        before = kit_numbered(uow, said.number)
        if change.deleted:
            return before is not None and self._remove(uow, before)
        toolkit = uow.catalogue.toolkit(said.toolkit)
        if toolkit is None:
            raise NotFound("kit.toolkit_unknown", kit=said.number, toolkit=said.toolkit)
        said = replace(said, toolkit=toolkit.name)
        if said == before:
            return False
        moved = before is not None and key_of(before.toolkit) != key_of(said.toolkit)
        if moved and operation_since(uow, said.number) is not None:
            raise Refused("kit.out_keeps_toolkit", kit=said.number)
        self._make_room(uow, said)
        uow.catalogue.save_kit(said)
        return True

    @staticmethod
    def _make_room(uow: UnitOfWork, kit: Kit) -> None:
        """Take the code from another kit that, as the centre says, has another one."""
        other = uow.catalogue.kit(kit.code) if kit.code else None
        if other is None or same_kit(other.number, kit.number) or key_of(other.code) != key_of(kit.code):
            return
        known = uow.reference.get(KIT, key_of(other.number))
        if known is not None and (
            known.change.deleted or key_of(str(known.change.content.get("code"))) != key_of(kit.code)
        ):
            uow.catalogue.save_kit(replace(other, code=""))

    @staticmethod
    def _remove(uow: UnitOfWork, kit: Kit) -> bool:
        owed = any(same_kit(operation.kit, kit.number) for operation in uow.operations.counts_owed())
        out = operation_since(uow, kit.number) is not None
        if owed or out or uow.cases.open(kit.number) or uow.tools.in_kit(kit.number):
            raise Refused("reference.kit_in_use", kit=kit.number)
        uow.catalogue.remove_kit(kit.number)
        return True


def kit_numbered(uow: UnitOfWork, number: str) -> Kit | None:
    """The kit of that number, not one whose code it is."""
    kit = uow.catalogue.kit(number)
    return kit if kit is not None and same_kit(kit.number, number) else None


@dataclass(frozen=True, slots=True)
class SettingApplier:
    """Settings lie in the centre's rows alone; what holds is made of them whenever they change and at every start.

    check  raises `BadSettings` for a value that cannot be; a setting that it does not know is passed over
    """

    check: Callable[[str, Any], None]
    journaled = True

    def apply(self, _uow: UnitOfWork, change: Change) -> bool:
        """Whether it says something that can hold."""
        if change.deleted:
            return True
        if "value" not in change.content:
            raise BadInput("reference.unusable", reason="value")
        self.check(change.key, change.content["value"])
        return True


class SiteApplier:
    """Names of stations lie in the centre's rows alone."""

    journaled = False

    def apply(self, _uow: UnitOfWork, _change: Change) -> bool:
        """Nothing is written elsewhere."""
        return False
