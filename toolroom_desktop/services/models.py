"""The models of a station: which are there, which one judges, and how that is changed and recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from toolroom_desktop.domain.errors import Refused, UserFacingError
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.catalogue import Catalogue
from toolroom_desktop.services.ports import Database, UnitOfWork
from toolroom_desktop.services.recording import Recorder


@dataclass(frozen=True, slots=True)
class Said:
    """What a manifest says to people. `ru` is empty where its maker wrote one language only."""

    en: str
    ru: str = ""

    def text(self, language: str) -> str:
        """The text in "ru" or "en", or in the only language that there is."""
        return self.ru if language == "ru" and self.ru else self.en


@dataclass(frozen=True, slots=True)
class ModelFigure:
    """One measured number of a model, on what it was measured and by whom."""

    measure: Said
    value: float
    on: Said
    by: str


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a manifest says of its model. `input_size` is (height, width) in pixels, the hashes are SHA-256 in hex."""

    name: str
    version: str
    sha256: str
    manifest_sha256: str
    classes: tuple[str, ...]
    input_size: tuple[int, int]
    figures: tuple[ModelFigure, ...]
    limits: tuple[Said, ...]

    def as_json(self) -> dict[str, str]:
        """Which model it is, as the journal names it."""
        return {
            "name": self.name,
            "version": self.version,
            "sha256": self.sha256,
            "manifest_sha256": self.manifest_sha256,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """A model that was made the judging one. `model` is its id in the store, None the one that came with the program.

    `by` is the badge of who did it, empty for the command line and for the centre, of which `from_centre` tells.
    """

    model: str | None
    at: datetime
    by: str
    from_centre: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the store notes: the way to the judging model, and why a model was let in without a trusted signature.

    way       oldest first; the last one judges, and an empty way means the one that came with the program
    let_in    id of a model -> code of what was wrong with its signature
    """

    way: tuple[Step, ...] = ()
    let_in: dict[str, str] = field(default_factory=dict)

    @property
    def active(self) -> str | None:
        """The id of the judging model, None for the one that came with the program."""
        return self.way[-1].model if self.way else None

    @property
    def has_former(self) -> bool:
        """Whether there is a model to go back to."""
        return len(self.way) > 1 or self.active is not None

    @property
    def former(self) -> str | None:
        """The model before the judging one, None for the one that came with the program."""
        return self.way[-2].model if len(self.way) > 1 else None


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model of the station as a list shows it.

    id       in the store; None for the one that came with the program
    card     None where the manifest cannot be read
    signer   whose trusted key signed it, "" for nobody's
    problem  why it cannot be used
    let_in   it may judge, although no trusted key signed it: somebody let it in
    step     when it was last made the judging one, by whom; None for one that never was
    """

    id: str | None
    card: ModelCard | None
    signer: str
    problem: UserFacingError | None
    let_in: bool
    active: bool
    former: bool
    step: Step | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that was copied and proven to load, before it is let in.

    `doubt` is what is wrong with its signature, None when a trusted key made it.
    """

    id: str
    card: ModelCard
    signer: str
    doubt: UserFacingError | None


class ModelStore(Protocol):
    """The models in the data folder beside the one that came with the program."""

    def shelf(self) -> Shelf:
        """What is noted; raises `BadModel("model.shelf_damaged")`."""

    def entries(self) -> list[ModelEntry]:
        """All models, the one of the program first; a damaged one is listed with its problem."""

    def take(self, path: Path) -> AbstractContextManager[Candidate]:
        """Copy a model with its manifest and signature, load the copy, and forget it at the end unless it was kept.

        Raises `BadModel` for a model that does not load, `DatabaseProblem` when the copy cannot be made.
        """

    def keep(self, candidate: Candidate) -> None:
        """Give the copy its place in the store. It does not judge yet."""

    def note(self, shelf: Shelf) -> None:
        """Replace what is noted, as a whole or not at all."""

    def card(self, model: str | None) -> ModelCard:
        """The card of a model that is fit to judge: loaded and verified now. Raises `BadModel`."""

    def find(self, manifest_sha256: str) -> Path | None:
        """Where the manifest with that hash lies among the models of this station; None where none of them is it."""


@dataclass(frozen=True, slots=True)
class NamedByCentre:
    """The centre's word for a model.

    version  of its row
    settle   called within the transaction that lets the model judge, before anything else; whatever it raises leaves
             everything as it was
    """

    version: int
    settle: Callable[[UnitOfWork], None]


@dataclass(frozen=True, slots=True)
class UncoveredKits:
    """Kits with tools that a model does not know: these tools are always counted by hand."""

    toolkit: str
    kits: tuple[str, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelChange:
    """What an installation or a way back did."""

    card: ModelCard
    signer: str
    uncovered: tuple[UncoveredKits, ...]
    allowed: str
    """The code of what was wrong with the signature, "" when nothing was."""


def uncovered_by(classes: Sequence[str], toolkits: Sequence[Toolkit], kits: Sequence[Kit]) -> tuple[UncoveredKits, ...]:
    """The kits whose toolkit names a class that is not among `classes`."""
    found: list[UncoveredKits] = []
    for toolkit in toolkits:
        own = tuple(kit.number for kit in kits if kit.toolkit.casefold() == toolkit.name.casefold())
        unknown = toolkit.unknown_to(classes)
        if own and unknown:
            found.append(UncoveredKits(toolkit.name, own, unknown))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Models:
    """Commands and queries about the station's models. A change holds from the next start on.

    Every change is a record in the journal, and is made together with it: the note in the store is replaced inside the
    transaction and put back when the commit fails.
    """

    database: Database
    recorder: Recorder
    catalogue: Catalogue
    store: ModelStore

    def entries(self) -> list[ModelEntry]:
        """All models of this station, the one that came with the program first."""
        return self.store.entries()

    def find(self, manifest_sha256: str) -> Path | None:
        """Where the manifest with that hash lies among the models of this station; None where none of them is it."""
        return self.store.find(manifest_sha256)

    def active(self) -> str | None:
        """The id of the model that judges from the next start on; None for the one that came with the program."""
        return self.store.shelf().active

    def uncovered(self, card: ModelCard) -> tuple[UncoveredKits, ...]:
        """The kits of this station with tools that the model does not know."""
        return uncovered_by(card.classes, self.catalogue.toolkits(), [row.kit for row in self.catalogue.kits()])

    def install(
        self,
        path: Path,
        *,
        actor_badge: str | None,
        allow_unsigned: bool = False,
        accept_uncovered: bool = False,
        centre: NamedByCentre | None = None,
    ) -> ModelChange:
        """Copy a model into the store and let it judge from the next start on.

        path              its manifest, or the model file with the manifest beside it
        allow_unsigned    take it without a trusted signature; the journal keeps that
        accept_uncovered  take it although kits of this station have tools that it does not know
        centre            it is the centre that wants it, and no person of this station

        Raises `BadModel` for a model that does not load or is not signed, `Refused("model.kits_not_covered")` or
        without the permission, `DatabaseProblem`.
        """
        self._permit(actor_badge)
        with self.store.take(path) as candidate:
            if candidate.doubt is not None and not allow_unsigned:
                raise candidate.doubt
            uncovered = self.uncovered(candidate.card)
            if uncovered and not accept_uncovered:
                raise _not_covered(candidate.card, uncovered)
            self.store.keep(candidate)
        shelf = self.store.shelf()
        allowed = candidate.doubt.code if candidate.doubt is not None else ""
        change = ModelChange(candidate.card, candidate.signer, uncovered, allowed)
        let_in = {model: code for model, code in shelf.let_in.items() if model != candidate.id}
        if allowed:
            let_in[candidate.id] = allowed
        # Installed once more, a model is not its own former one.
        way = shelf.way[:-1] if shelf.active == candidate.id else shelf.way
        step = replace(self._step(candidate.id, actor_badge), from_centre=centre is not None)
        self._change("model_installed", change, shelf, Shelf((*way, step), let_in), actor_badge, centre)
        return change

    def roll_back(self, *, actor_badge: str | None, to_shipped: bool = False) -> ModelChange:
        """Let the model before the judging one judge again, from the next start on.

        to_shipped  the one that came with the program instead, whatever is between

        Raises `Refused("model.no_former")`, `BadModel` when that model is damaged, `DatabaseProblem`.
        """
        self._permit(actor_badge)
        shelf = self.store.shelf()
        if not shelf.has_former or (to_shipped and shelf.active is None):
            raise Refused("model.no_former")
        target = None if to_shipped else shelf.former
        card = self.store.card(target)
        step = self._step(target, actor_badge)
        way = (*shelf.way, step) if to_shipped else (*shelf.way[:-2], step)
        entry = next((entry for entry in self.store.entries() if entry.id == target), None)
        signer = entry.signer if entry is not None else ""
        change = ModelChange(card, signer, self.uncovered(card), shelf.let_in.get(target or "", ""))
        self._change("model_rolled_back", change, shelf, Shelf(way, shelf.let_in), actor_badge)
        return change

    def _permit(self, actor_badge: str | None) -> None:
        if actor_badge is not None:
            badge = actor_badge
            self.database.read(lambda uow: person_known(uow, badge).require(Permission.MANAGE_STATION))

    def _step(self, model: str | None, actor_badge: str | None) -> Step:
        return Step(model, self.recorder.clock.now(), actor_badge or "")

    def _change(
        self,
        kind: str,
        change: ModelChange,
        before: Shelf,
        after: Shelf,
        actor_badge: str | None,
        centre: NamedByCentre | None = None,
    ) -> None:
        payload: dict[str, Any] = {
            "model": change.card.as_json(),
            "signed_by": change.signer or None,
            "allowed_in_spite_of": change.allowed or None,
            "kits_not_covered": [
                {"toolkit": entry.toolkit, "kits": list(entry.kits), "classes": list(entry.classes)}
                for entry in change.uncovered
            ],
            "by": actor_badge,
        }
        if centre is not None:
            payload["centre_version"] = centre.version

        def command(uow: UnitOfWork) -> None:
            if centre is not None:
                centre.settle(uow)
            self.recorder.record(uow, kind, payload, model_sha256=change.card.sha256)
            self.store.note(after)

        try:
            self.database.write(command)
        except BaseException:
            # Nothing was recorded, so nothing may have changed.
            self.store.note(before)
            raise


def _not_covered(card: ModelCard, uncovered: Sequence[UncoveredKits]) -> Refused:
    kits = ", ".join(number for entry in uncovered for number in entry.kits)
    classes = ", ".join(dict.fromkeys(name for entry in uncovered for name in entry.classes))
    return Refused("model.kits_not_covered", model=card.name, kits=kits, classes=classes)
