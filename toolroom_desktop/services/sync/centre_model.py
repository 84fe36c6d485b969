"""The model that the centre names, as this station knows it: what is wanted of it, and how far that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from toolroom_desktop.domain.errors import CentreProblem, UserFacingError
from toolroom_desktop.services.model_content import JUDGING, MODEL, NamedModel, named_model
from toolroom_desktop.services.ports import Clock, UnitOfWork
from toolroom_desktop.services.sync.ports import Change, Known
from toolroom_desktop.services.sync.pull import plain_details


class ModelStage(StrEnum):
    """How far a named model is here. Each has its sentence, `centre.model_<value>`."""

    FETCHING = "fetching"
    WAITING = "waiting"
    INSTALLED = "installed"
    JUDGES = "judges"
    REFUSED = "refused"
    KEPT_BACK = "kept_back"
    OVERRULED = "overruled"


@dataclass(frozen=True, slots=True)
class ModelStanding:
    """The model that the centre names and how far it is here.

    held, size  bytes of it that lie here, of so many
    refusal     the code of why it was refused; "" where it was not
    details     what that sentence names; else what its own one says besides
    """

    name: str
    version: str
    stage: ModelStage
    held: int = 0
    size: int = 0
    refusal: str = ""
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code of its sentence."""
        return f"centre.model_{self.stage.value}"

    @property
    def said(self) -> dict[str, object]:
        """What that sentence names; megabytes are whole ones, and never all of them before all are here."""
        size = max(1, round(self.size / 1e6))
        held = size if self.held >= self.size else min(size - 1, int(self.held / 1e6))
        said: dict[str, object] = {"model": f"{self.name}, {self.version}", "held": held, "size": size}
        if self.refusal:
            return {**said, "reason": UserFacingError(self.refusal, **dict(self.details))}
        return {**said, **self.details}

    @property
    def problem(self) -> CentreProblem | None:
        """What somebody must do something about; None where nobody need."""
        return CentreProblem(self.code, **self.said) if self.stage is ModelStage.REFUSED else None


@dataclass(frozen=True, slots=True)
class TakeModel:
    """Fulfils `services.sync.pull.Applier` for the model that the centre names: its files are wanted from then on.

    Files that are wanted are the whole note of what is to be done: they are wanted once for every word of the centre,
    and no more once the model was installed. So what a person of this station decides afterwards stays.
    """

    clock: Clock
    journaled: bool = False

    def apply(self, uow: UnitOfWork, change: Change) -> bool:
        """Want the files of a model that is named, and no other ones."""
        if (change.kind, change.key) != JUDGING:
            return False
        before = {file.sha256 for file in uow.elsewhere.fetched(MODEL)}
        wanted = {} if change.deleted else {file.sha256: file for file in named_model(change.content).files}
        uow.elsewhere.unwant(before - set(wanted))
        for file in wanted.values():
            uow.elsewhere.want(file.sha256, MODEL, self.clock.now(), JUDGING, file.size)
        return bool(before or wanted)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A model that the centre names and that is still to be installed, with the row that says so."""

    known: Known
    named: NamedModel


def named_now(uow: UnitOfWork) -> Wanted | None:
    """The model that the centre names; None where it names none, or none that can be understood."""
    known = uow.reference.get(*JUDGING)
    if known is None or known.change.deleted or not known.applied:
        return None
    try:
        return Wanted(known, named_model(known.change.content))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def still_wanted(uow: UnitOfWork) -> bool:
    """Whether the named model is still to be installed here."""
    return bool(uow.elsewhere.fetched(MODEL))


def model_standing(
    uow: UnitOfWork, *, active: str | None, overruled: str = "", fresh: bool = False
) -> ModelStanding | None:
    """How far the named model is here; None where the centre names none.

    active     the id of the model that the store has judge from the next start on
    overruled  the model that the settings name, which comes before every one of the store; "" for none
    fresh      whether the running program has loaded another model than that one
    """
    wanted = named_now(uow)
    if wanted is None:
        return None
    named, known = wanted.named, wanted.known
    details: Mapping[str, object] = {}
    files = uow.elsewhere.fetched(MODEL)
    held = sum(file.held for file in files)
    if known.problem:
        stage, details = ModelStage.REFUSED, known.details
    elif files:
        stage = ModelStage.WAITING if held >= named.size else ModelStage.FETCHING
    elif active is None or not active.endswith(named.manifest_sha256[:16]):
        stage = ModelStage.KEPT_BACK
    elif overruled:
        stage, details = ModelStage.OVERRULED, {"path": overruled}
    else:
        stage = ModelStage.INSTALLED if fresh else ModelStage.JUDGES
    return ModelStanding(named.name, named.version, stage, held, named.size, known.problem, details)


def noted(known: Known, problem: UserFacingError | None) -> Known:
    """The row with why its model was refused, or without. It counts as taken over: nothing else tries it again."""
    if problem is None:
        return Known(known.change, applied=True)
    return Known(known.change, applied=True, problem=problem.code, details=plain_details(problem.details))
