"""Brings the model that the centre names to this station, and installs it when nobody works there.

It shares thread and line with the photos, so that no operation ever waits for it. What is to be done is what the
records say is wanted (`TakeModel`); the installation and the end of the wanting are one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from toolroom_desktop.domain.elsewhere import WantedFile
from toolroom_desktop.domain.errors import CentreProblem, DatabaseProblem, UserFacingError
from toolroom_desktop.services.model_content import JUDGING, MODEL, NamedModel
from toolroom_desktop.services.models import Models, NamedByCentre
from toolroom_desktop.services.ports import Clock, Database, UnitOfWork
from toolroom_desktop.services.refusals import REFUSED
from toolroom_desktop.services.sync.centre_model import (
    ModelStanding,
    Wanted,
    model_standing,
    named_now,
    noted,
    still_wanted,
)
from toolroom_desktop.services.sync.fetch import ASK_AGAIN_SECONDS, FileFetcher, IncomingFiles
from toolroom_desktop.services.sync.ports import Centre
from toolroom_desktop.services.vision_ports import ModelInfo
from toolroom_desktop.services.workplace import Workplace

COMMAND = "install_model_of_centre"
DAMAGED = "centre.model_damaged"
# A model that was refused is looked at again so often: a key may have been put into the folder of trusted ones.
REFUSED_AGAIN_SECONDS = 3600.0


class IncomingParts(IncomingFiles, Protocol):
    """Files that came, to be laid out under their own names."""

    def names(self) -> list[str]:
        """Of which files something lies here."""

    def sweep(self) -> None:
        """Remove what a program that was killed had laid out."""

    def laid_out(self, texts: Mapping[str, str], files: Mapping[str, str]) -> AbstractContextManager[Path]:
        """A folder that holds these texts and files (name -> SHA-256), gone at the end. Raises `DatabaseProblem`."""


class _NotNowError(Exception):
    """Somebody came to work, or the centre named another model."""


class ModelKeeper:
    """Used by the photos' thread; `again` and `standing` by any."""

    def __init__(
        self,
        database: Database,
        models: Models,
        fetcher: FileFetcher,
        incoming: IncomingParts,
        clock: Clock,
        workplace: Workplace,
        *,
        running: ModelInfo | None = None,
        overruled: str = "",
    ) -> None:
        """`running` is the model that this program has loaded, None where it loads none.

        `overruled` is the model that the settings name, which comes before every installed one; "" for none.
        """
        self._database = database
        self._models = models
        self._fetcher = fetcher
        self._incoming = incoming
        self._clock = clock
        self._workplace = workplace
        self._running = running
        self._overruled = overruled
        # Until when a model is let be, by the hash of its manifest, in seconds of the monotonic clock.
        self._rests: dict[str, float] = {}
        self._installed = ""

    @property
    def anything(self) -> bool:
        """Whether there is a part of a model to ask the centre for."""
        wanted = self._wanted()
        return wanted is not None and bool(self._missing(wanted.named))

    def again(self) -> None:
        """Try at once what was refused."""
        self._rests.clear()

    def fetch(self, centre: Centre, *, go_on: Callable[[], bool], told: Callable[[], None] = lambda: None) -> bool:
        """Fetch what is missing, until `go_on` says no; whether more of it is to come.

        `told` is called after every piece. Raises `CentreProblem`; what came stays.
        """
        wanted = self._wanted()
        if wanted is None:
            return False

        def after_a_piece() -> bool:
            told()
            return go_on()

        for file in self._missing(wanted.named):
            try:
                content = self._fetcher.fetch(centre, file, go_on=after_a_piece)
            except CentreProblem as problem:
                if problem.code != "centre.evidence_refused":
                    raise
                self._refuse(wanted, CentreProblem(DAMAGED))
                return False
            if content is None:
                if not go_on():
                    return True
                self._rests[wanted.named.manifest_sha256] = self._clock.monotonic() + ASK_AGAIN_SECONDS
                return False
            self._note(file.sha256, file.size, file.size)
            told()
        self._database.write(lambda uow: _healed(uow, wanted))
        return False

    def install(self) -> bool:
        """Install the named model if all of it is here and nobody works; whether it was installed.

        Raises `DatabaseProblem` where it cannot be written; it is tried again then.
        """
        wanted = self._wanted()
        if wanted is None or not self._workplace.free or self._missing(wanted.named):
            return False
        named = wanted.named
        try:
            self._install(wanted)
        except _NotNowError:
            return False
        except DatabaseProblem:
            raise
        except UserFacingError as problem:
            self._refuse(wanted, problem)
            return False
        self._installed = named.manifest_sha256
        for file in named.files:
            self._incoming.discard(file.sha256)
        return True

    def standing(self) -> ModelStanding | None:
        """How far the named model is here; None where the centre names none."""
        try:
            active = self._models.active()
        except UserFacingError:
            # Which models are there is said where they are needed.
            active = None

        def look(uow: UnitOfWork) -> ModelStanding | None:
            wanted = named_now(uow)
            fresh = wanted is not None and self._fresh(wanted.named)
            return model_standing(uow, active=active, overruled=self._overruled, fresh=fresh)

        return self._database.read(look)

    def tidy(self) -> None:
        """Let go of what came of files that nobody wants any more."""
        self._incoming.sweep()
        names = self._incoming.names()
        if not names:
            return
        unwanted = self._database.read(lambda uow: [name for name in names if uow.elsewhere.file(name) is None])
        for name in unwanted:
            self._incoming.discard(name)

    def _fresh(self, named: NamedModel) -> bool:
        """Whether the program that runs has another model than that one, which was installed."""
        if self._running is None:
            return self._installed == named.manifest_sha256
        return (self._running.knowledge.sha256, self._running.version) != (named.file.sha256, named.version)

    def _wanted(self) -> Wanted | None:
        """The model that is to be fetched or installed; None also where it was refused a moment ago."""
        wanted = self._database.read(lambda uow: named_now(uow) if still_wanted(uow) else None)
        if wanted is None:
            return None
        until = self._rests.get(wanted.named.manifest_sha256)
        if until is not None and self._clock.monotonic() < until:
            return None
        return wanted

    def _missing(self, named: NamedModel) -> list[WantedFile]:
        """What is not here of it. What lies on the disk counts; what the records say of that is set right."""
        known = self._database.read(lambda uow: {file.sha256: file for file in uow.elsewhere.fetched(MODEL)})
        there = self._models.find(named.manifest_sha256) is not None
        missing = []
        for file in named.files:
            note = known.get(file.sha256)
            if note is None:
                continue
            held = file.size if there else self._incoming.held(file.sha256)
            if held > file.size:
                self._incoming.discard(file.sha256)
                held = 0
            if note.held != held:
                self._note(file.sha256, file.size, held)
            if held < file.size:
                missing.append(note)
        return missing

    def _install(self, wanted: Wanted) -> None:
        named = wanted.named
        names = [file.sha256 for file in named.files]

        def settle(uow: UnitOfWork) -> None:
            known = uow.reference.get(*JUDGING)
            if not self._workplace.free or known is None or known.change != wanted.known.change:
                raise _NotNowError
            uow.elsewhere.unwant(names)
            uow.reference.save([noted(known, None)])

        centre = NamedByCentre(wanted.known.change.version, settle)

        def take(manifest: Path) -> None:
            self._models.install(manifest, actor_badge=None, accept_uncovered=named.accept_uncovered, centre=centre)

        here = self._models.find(named.manifest_sha256)
        if here is not None:
            take(here)
            return
        stem = named.file.name.removesuffix(".onnx")
        texts = {f"{stem}.json": named.manifest, f"{stem}.sig": named.signature}
        files = {named.file.name: named.file.sha256}
        if named.card is not None:
            files[f"{stem}.md"] = named.card.sha256
        with self._incoming.laid_out(texts, files) as folder:
            try:
                take(folder / f"{stem}.json")
            except UserFacingError as problem:
                # The folder is gone when somebody reads this.
                details = {
                    name: str(value).replace(f"{folder}", "").lstrip("/\\") if _is_path(value, folder) else value
                    for name, value in problem.details.items()
                }
                raise type(problem)(problem.code, **details) from problem

    def _refuse(self, wanted: Wanted, problem: UserFacingError) -> None:
        """Note why it is not installed, once, and let it be for a while."""
        named = wanted.named
        self._rests[named.manifest_sha256] = self._clock.monotonic() + REFUSED_AGAIN_SECONDS
        if problem.code == "model.kits_not_covered":
            problem = CentreProblem("centre.model_kits_not_covered", **problem.details)
        subject = f"{named.name}, {named.version}"

        def note(uow: UnitOfWork) -> None:
            known = uow.reference.get(*JUDGING)
            if known is None or known.change != wanted.known.change:
                return
            now = noted(known, problem)
            if now != known:
                uow.reference.save([now])
                payload = {"badge": None, "command": COMMAND, "subject": subject, "reason": problem.code}
                self._models.recorder.record(uow, REFUSED, payload)

        self._database.write(note)

    def _note(self, sha256: str, size: int, held: int) -> None:
        self._database.write(lambda uow: uow.elsewhere.note_held(sha256, size, held))


def _healed(uow: UnitOfWork, wanted: Wanted) -> None:
    """What had come damaged has come well."""
    known = uow.reference.get(*JUDGING)
    if known is not None and known.change == wanted.known.change and known.problem == DAMAGED:
        uow.reference.save([noted(known, None)])


def _is_path(value: object, folder: Path) -> bool:
    return isinstance(value, str | Path) and str(folder) in str(value)
