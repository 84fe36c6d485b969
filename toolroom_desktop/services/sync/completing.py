"""The one thing that is done with restored records before anything else: ask the centre what they lack.

A note beside the records keeps everybody else from writing until then. People prove here who they are without an entry
in the journal, in which none may be yet; what was refused on the way is recorded afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from toolroom_desktop.domain.errors import CentreProblem, NotFound, Refused
from toolroom_desktop.domain.people import Permission, Person
from toolroom_desktop.services.accounts import Accounts
from toolroom_desktop.services.case_keeping import CaseKeeper
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import REFUSED
from toolroom_desktop.services.sync.bring_back import BringBack, BroughtBack, Lacking
from toolroom_desktop.services.watching import Watch, unwatched

COMMAND = "bring_back"


class RestoredNote(Protocol):
    """The note that records were restored and the centre was not asked yet."""

    def waits(self) -> bool: ...
    def write(self) -> None:
        """Raises `DatabaseProblem`."""

    def forget(self) -> None:
        """Raises `DatabaseProblem`."""


@dataclass(frozen=True, slots=True)
class Completed:
    """What was done. `cases` open ones never reached the centre and came out of the ledger beside the records."""

    back: BroughtBack
    cases: int


class Completing:
    """Used by one thread at a time; `close` lets go of the records."""

    def __init__(
        self,
        bringing: BringBack,
        accounts: Accounts,
        cases: CaseKeeper,
        note: RestoredNote,
        *,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self._bringing = bringing
        self._accounts = accounts
        self._cases = cases
        self._note = note
        self._close = close
        self._refusals: list[dict[str, str | None]] = []

    def look(self, *, watch: Watch = unwatched) -> Lacking:
        """What is lacking; where that is nothing, or can never come back, the station may be opened again.

        Raises what `BringBack.look` raises.
        """
        try:
            lacking = self._bringing.look(watch=watch)
        except CentreProblem as problem:
            if problem.code == "centre.refused_fork":
                # People must get at what was written here.
                self._note.forget()
            raise
        if not lacking.count:
            self._note.forget()
        return lacking

    def permit(self, *, badge: str, pin: str) -> Person:
        """Who that is, if they may have the entries brought back.

        Raises `Refused` and `NotFound`, which the journal keeps afterwards.
        """
        try:
            return self._accounts.prove(badge=badge, pin=pin, permission=Permission.MANAGE_STATION)
        except (Refused, NotFound) as refusal:
            known = not isinstance(refusal, NotFound)
            told = {"badge": badge if known else None, "command": COMMAND, "subject": "", "reason": refusal.code}
            self._refusals.append(told)
            raise

    def run(self, *, by: str | None, watch: Watch = unwatched) -> Completed:
        """Bring back what is lacking, then carry over open cases that never reached the centre.

        Whatever ends it, the note stays and it may be called again. Raises what `BringBack.run` raises.
        """
        # From the first entry on until the last one: whoever starts the station in between is told.
        self._note.write()
        done = self._bringing.run(by=by, watch=watch)
        recorder: Recorder = self._cases.recorder
        for told in self._refusals:
            self._cases.database.write(lambda uow, told=told: recorder.record(uow, REFUSED, told))  # type: ignore[misc]
        self._refusals.clear()
        carried = self._cases.reconcile()
        self._note.forget()
        return Completed(done, len(carried))

    def abort(self) -> None:
        """Wait for the centre no longer, now or later. May be called from any thread."""
        self._bringing.abort()

    def close(self) -> None:
        """Let go of the records."""
        self._close()
