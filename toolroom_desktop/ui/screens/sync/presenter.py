"""What is known of the exchange with the centre, "sync now", and taking an enrolment file in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.errors import CentreProblem, UserFacingError
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.services.sync.link import Joined, Kept
from toolroom_desktop.services.sync.ports import PhotoFigures
from toolroom_desktop.services.sync.state import SyncState
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.sync_watch import SyncWatch


class SyncView(Protocol):
    """What the presenter needs of the screen."""

    def show_sync(self) -> None:
        """Something changed: show the presenter's state."""

    def show_sentence(self, sentence: str) -> None: ...


@dataclass(frozen=True, slots=True)
class SyncFacts:
    """What the page says besides the state. `kept` is None where the station belongs to no centre.

    damaged  why what is kept of the enrolment cannot be read
    """

    kept: Kept | None
    damaged: UserFacingError | None
    photos: PhotoFigures


@dataclass(frozen=True, slots=True)
class _Asked:
    """What waited when "sync now" was pressed, and how many rounds had ended by then."""

    rounds: int
    operations: int
    bytes: int


class SyncPresenter(Presenter):
    """`facts` is None until they were read."""

    def __init__(self, shell: Shell, watch: SyncWatch, view: SyncView) -> None:
        super().__init__(shell)
        self._watch = watch
        self._view = view
        self._asked: _Asked | None = None
        self._here = False
        self.facts: SyncFacts | None = None
        self.enrolling = False
        watch.changed.connect(self._changed)

    # --- what is shown

    @property
    def state(self) -> SyncState | None:
        """How sync is; None where the station belongs to no centre."""
        return self._watch.state

    @property
    def may_enrol(self) -> bool:
        """Whether whoever is signed in may take an enrolment file in."""
        person = self.shell.session.person
        return person is not None and person.may(Permission.MANAGE_STATION)

    @property
    def syncing(self) -> bool:
        """Whether a sync that somebody asked for is under way."""
        return self._asked is not None

    @property
    def progress(self) -> float | None:
        """How much of what waited is through, 0..1; None where nothing waited that could be counted."""
        asked, state = self._asked, self.state
        if asked is None or state is None:
            return None
        shares = [
            1.0 - min(left, begun) / begun
            for begun, left in ((asked.operations, state.pending_operations), (asked.bytes, state.pending_bytes))
            if begun
        ]
        return sum(shares) / len(shares) if shares else None

    # --- what is done

    def enter(self) -> None:
        """The page is shown: read what it says."""
        self._here = True
        self._read()

    def leave(self) -> None:
        """Nobody waits any more; sync goes on by itself, as ever."""
        self._here = False
        self._asked = None
        self.enrolling = False
        self.drop()

    def back(self) -> None:
        """Home."""
        self.shell.navigator.show_home()

    def sync_now(self) -> None:
        """Do not wait for the next round."""
        runner, state = self.shell.app.sync, self.state
        if runner is None or state is None or self._asked is not None:
            return
        self._view.show_sentence("")
        self._asked = _Asked(state.rounds, state.pending_operations, state.pending_bytes)
        runner.now()
        self._view.show_sync()

    def enrol(self, path: Path) -> None:
        """Let this station belong to the centre of that enrolment file."""
        if self.enrolling or not self.may_enrol:
            return
        self.enrolling = True
        self._view.show_sentence("")
        self._view.show_sync()
        badge, centre = self.shell.badge, self.shell.app.centre
        self.ask(lambda: centre.enrol(path, actor_badge=badge), lambda joined: self._joined(joined, path), self._failed)

    def _read(self) -> None:
        app = self.shell.app

        def look() -> SyncFacts:
            kept: Kept | None = None
            damaged: UserFacingError | None = None
            try:
                kept = app.centre.kept()
            except CentreProblem as problem:
                damaged = problem
            app.centre.recount()
            return SyncFacts(kept, damaged, app.database.read(lambda uow: uow.photos.figures()))

        self.ask(look, self._known, self._failed)

    def _known(self, facts: SyncFacts) -> None:
        self.facts = facts
        self._view.show_sync()

    def _joined(self, joined: Joined, path: Path) -> None:
        self.enrolling = False
        messages = Messages(self.shell.session.language)
        said = [messages.text("enrolment.kept", site=joined.kept.site, server=joined.kept.server)]
        if joined.away is not None:
            said.append(messages.text("enrolment.not_tried", reason=messages.error(joined.away)))
        said.append(messages.text("enrolment.delete_file", path=path))
        self._view.show_sentence("\n".join(said))
        self._read()

    def _failed(self, error: UserFacingError) -> None:
        self.enrolling = False
        self._view.show_sync()
        self._view.show_sentence(self.shell.sentence(error))

    def _changed(self) -> None:
        asked, state = self._asked, self.state
        if asked is not None and (state is None or _ended(asked, state)):
            self._asked = None
            self._read()
        if self._here:
            self._view.show_sync()


def _ended(asked: _Asked, state: SyncState) -> bool:
    """Whether a round that was asked for has ended: it failed, or nothing is under way any more."""
    if state.rounds <= asked.rounds:
        return False
    return bool(state.problem) or not (state.working or state.working_photos)
