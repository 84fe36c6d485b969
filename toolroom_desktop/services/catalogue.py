"""Toolkits and kits: looking them up and taking them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from toolroom_desktop.domain.errors import NotFound, Refused
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.register import key_of
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.catalogue_plan import CataloguePlan, plan_catalogue
from toolroom_desktop.services.ports import Database, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import refusals_recorded
from toolroom_desktop.services.whereabouts import custody_of, kits_out_anywhere


@dataclass(frozen=True, slots=True)
class KitRow:
    """A kit as a list shows it. `holder` and `holder_badge` are empty while the kit is in.

    station  the name of the other station that handed it out; "" where this one did
    """

    kit: Kit
    toolkit: Toolkit
    holder: str = ""
    holder_badge: str = ""
    station: str = ""

    @property
    def is_out(self) -> bool:
        """Whether somebody has it."""
        return bool(self.holder_badge)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Commands and queries about toolkits and kits."""

    database: Database
    recorder: Recorder

    def toolkit(self, name: str) -> Toolkit:
        """The toolkit of that name; raises `NotFound`."""

        def find(uow: UnitOfWork) -> Toolkit:
            toolkit = uow.catalogue.toolkit(name)
            if toolkit is None:
                known = ", ".join(t.name for t in uow.catalogue.toolkits()[:5])
                raise NotFound("toolkit.unknown", toolkit=name, known=known or "—")
            return toolkit

        return self.database.read(find)

    def toolkits(self) -> list[Toolkit]:
        """All toolkits by name."""
        return self.database.read(lambda uow: uow.catalogue.toolkits())

    def kits(self, search: str = "") -> list[KitRow]:
        """All kits whose number, code, toolkit or holder contains `search`, by number."""

        def find(uow: UnitOfWork) -> list[KitRow]:
            toolkits = {t.name: t for t in uow.catalogue.toolkits()}
            out = {one.kit.casefold(): one for one in kits_out_anywhere(uow)}
            wanted = search.strip().casefold()
            rows: list[KitRow] = []
            for kit in uow.catalogue.kits():
                toolkit = toolkits[kit.toolkit]
                held = out.get(kit.number.casefold())
                name, badge = (held.holder_name, held.holder_badge) if held is not None else ("", "")
                station = held.station if held is not None else ""
                texts = (kit.number, kit.code, toolkit.name, toolkit.title_ru, toolkit.title_en, name)
                if any(wanted in text.casefold() for text in texts):
                    rows.append(KitRow(kit, toolkit, name, badge, station))
            return sorted(rows, key=lambda row: row.kit.number.casefold())

        return self.database.read(find)

    def kit_by_scan(self, scanned: str) -> KitRow:
        """The kit that a scanned code or typed number names; raises `NotFound("kit.unknown")`."""

        def find(uow: UnitOfWork) -> KitRow:
            kit = uow.catalogue.kit(scanned)
            toolkit = uow.catalogue.toolkit(kit.toolkit) if kit is not None else None
            if kit is None or toolkit is None:
                raise NotFound("kit.unknown", code=scanned.strip())
            held = custody_of(uow, kit.number)
            if held is None:
                return KitRow(kit, toolkit)
            return KitRow(kit, toolkit, held.operation.holder_name, held.operation.holder_badge, held.station)

        return self.database.read(find)

    def preview(self, toolkits: Sequence[Toolkit], kits: Sequence[Kit]) -> CataloguePlan:
        """What `take_in` would change. Changes nothing."""
        return self.database.read(lambda uow: plan_catalogue(uow, toolkits, kits))

    def take_in(self, toolkits: Sequence[Toolkit], kits: Sequence[Kit], *, actor_badge: str | None) -> None:
        """Add or replace toolkits and kits, all or none of them.

        Raises `NotFound("toolkit.unknown")` when a kit names a toolkit that is neither given nor known, and
        `Refused("kit.out_keeps_toolkit")` when a kit that is out would become one of another toolkit.
        """

        def save(uow: UnitOfWork) -> None:
            if actor_badge is not None:
                person_known(uow, actor_badge).require(Permission.MANAGE_CATALOGUE)
            for toolkit in toolkits:
                uow.catalogue.save_toolkit(toolkit)
            for kit in kits:
                if uow.catalogue.toolkit(kit.toolkit) is None:
                    raise NotFound("toolkit.unknown", toolkit=kit.toolkit, known="—")
                before = uow.catalogue.kit(kit.number)
                moved = before is not None and before.toolkit.casefold() != kit.toolkit.casefold()
                if moved and custody_of(uow, kit.number) is not None:
                    raise Refused("kit.out_keeps_toolkit", kit=kit.number)
                uow.catalogue.save_kit(kit)
            payload = {
                "toolkits": [{**asdict(toolkit), "key": key_of(toolkit.name)} for toolkit in toolkits],
                "kits": [{**asdict(kit), "key": key_of(kit.number)} for kit in kits],
                "by": actor_badge,
            }
            self.recorder.record(uow, "catalogue_changed", payload)

        with refusals_recorded(self.database, self.recorder, badge=actor_badge, command="kits.import"):
            self.database.write(save)
