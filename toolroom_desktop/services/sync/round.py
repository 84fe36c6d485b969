"""One round with the centre: hello, push all that waits, pull what is new, verify.

It raises `CentreProblem` where it did not end well. The centre's own head, never the station's notes, says where to go
on. Whatever was lost on the way, in whichever direction, therefore heals with the next round and no further write;
what the notes are for is to count what waits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.domain.journal import GENESIS, SCHEMA_VERSION
from toolroom_desktop.services.ports import Clock, Database, UnitOfWork
from toolroom_desktop.services.sync.own_chain import first_difference
from toolroom_desktop.services.sync.pace import Portion
from toolroom_desktop.services.sync.ports import PROTOCOL, PULL, Centre, Known, Memory, Place, Poisoned, Welcome
from toolroom_desktop.services.sync.pull import Puller, PullReport, begin_again

MOST_ENTRIES = 500
MOST_BYTES = 1_000_000
DIGEST_ENTRIES = 5000
DIGEST_EVERY = timedelta(days=1)
# Short enough that nobody at the counter waits for it.
NOTES_AT_ONCE = 2000
BEHIND = "centre.station_behind"
CAN_COME_BACK = "can_come_back"
"""A detail of that problem: whether the centre's journal goes on just where the station's own ends."""


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What a round did. `again` counts entries and files that the centre had lost and that are sent once more.

    pulled  rows of the centre that were new here; `aside`: rows that could not be taken over, of this round or
            before, of which the first are `told`
    features  what the centre said that it knows, or lets this station do, beside taking entries
    """

    pushed: int
    quarantined: tuple[Poisoned, ...]
    open_quarantine: int
    clock_offset: float
    again: int
    compared: int
    at: datetime
    pulled: int = 0
    aside: int = 0
    told: tuple[Known, ...] = ()
    features: frozenset[str] = frozenset()


class SyncRound:
    """The operations' lane."""

    def __init__(self, database: Database, clock: Clock, app_version: str, puller: Puller | None = None) -> None:
        """`puller` takes over what the centre says; None: nothing is pulled."""
        self._database = database
        self._clock = clock
        self._app_version = app_version
        self._puller = puller
        self._portion = Portion(MOST_ENTRIES)
        # How far the comparison of the whole chain is that a round could not finish.
        self._compared = 0

    def run(self, centre: Centre, *, go_on: Callable[[], bool] = lambda: True) -> RoundReport:
        """Do a round. `go_on` is asked between batches: False ends the round early, with what was done kept."""
        try:
            return self._run(centre, go_on)
        except CentreProblem as problem:
            if problem.code == "centre.silent":
                self._portion.failed()
            raise

    def _run(self, centre: Centre, go_on: Callable[[], bool]) -> RoundReport:
        pending = self._database.read(lambda uow: uow.outbox.waiting()).operations
        now = self._clock.now()
        welcome = centre.hello(now=now, app_version=self._app_version, pending=pending)
        _understood(welcome)
        try:
            self._same_chain(welcome.head)
        except CentreProblem as problem:
            if problem.code == "centre.refused_fork":
                self._show_fork(centre, welcome.head.seq)
            raise self._exactly(centre, welcome.head, problem) from problem
        again = self._remember_centre(welcome)
        self._acknowledge(welcome.head.seq)
        head, pushed, poisoned = self._push_all(centre, welcome.head, go_on)
        pulled = PullReport(0, 0)
        if self._puller is not None and PULL in welcome.features:
            pulled = self._puller.run(centre, go_on=go_on)
            if pulled.changes:
                # What the journal says of it.
                head, further, worse = self._push_all(centre, head, go_on)
                pushed, poisoned = pushed + further, poisoned + worse
        # Before the centre is asked: what its other lane takes meanwhile makes it more, never less.
        noted = self._database.read(lambda uow: uow.outbox.acknowledged_files())
        held = centre.verify()
        if held.head != head:
            # Somebody pushes with the same enrolment at this very moment.
            self._same_chain(held.head)
        if held.evidence_files < noted[0] or held.evidence_bytes < noted[1]:
            again += self._database.write(lambda uow: uow.outbox.take_back_files())
        compared = self._compare_all(centre, head, go_on)
        at = self._clock.now()
        self._note(lambda memory: replace(memory, last_success=at))
        offset = (now - welcome.now).total_seconds()
        return RoundReport(
            pushed,
            tuple(poisoned),
            held.quarantined,
            offset,
            again,
            compared,
            at,
            pulled.changes,
            pulled.aside,
            pulled.told,
            welcome.features,
        )

    def _push_all(self, centre: Centre, head: Place, go_on: Callable[[], bool]) -> tuple[Place, int, list[Poisoned]]:
        pushed = 0
        poisoned: list[Poisoned] = []
        while go_on():
            size = self._portion.size
            after = head.seq
            share = MOST_BYTES * size // MOST_ENTRIES
            entries = self._database.read(
                lambda uow, after=after, size=size, share=share: uow.outbox.after(  # type: ignore[misc]
                    after, most=size, most_bytes=share
                )
            )
            if not entries:
                break
            answer = centre.push(entries)
            self._portion.succeeded()
            self._same_chain(answer.head)
            self._acknowledge(answer.head.seq)
            pushed += answer.head.seq - head.seq
            poisoned += answer.quarantined
            if answer.refused:
                raise CentreProblem(f"centre.refused_{answer.refused}", seq=answer.refused_seq)
            if answer.head.seq <= head.seq:
                raise CentreProblem("centre.refused_gap", seq=entries[0].seq)
            head = answer.head
        return head, pushed, poisoned

    def _same_chain(self, head: Place) -> None:
        """Refuse a centre whose chain of this station is not a beginning of the station's own."""
        if head.seq == 0 and head.hash == GENESIS:
            return
        own = self._database.read(lambda uow: uow.outbox.place(head.seq))
        if own is None:
            last = self._database.read(lambda uow: uow.journal.head().site_seq)
            raise CentreProblem(BEHIND, centre=head.seq, station=last)
        if own != head:
            raise CentreProblem("centre.refused_fork", seq=head.seq)

    def _exactly(self, centre: Centre, head: Place, problem: CentreProblem) -> CentreProblem:
        """The same problem with the entry at which the two journals part, as far as this centre can tell.

        A station that is behind, and whose journal is a beginning of the centre's, can bring the rest back.
        """
        last = self._database.read(lambda uow: uow.journal.head().site_seq)
        try:
            differs = first_difference(self._database, centre, min(last, head.seq))
        except CentreProblem as other:
            if other.code != "centre.cannot_bring_back":
                raise
            return problem
        if differs is not None:
            return CentreProblem("centre.refused_fork", seq=differs)
        return CentreProblem(problem.code, **problem.details, **{CAN_COME_BACK: problem.code == BEHIND})

    def _remember_centre(self, welcome: Welcome) -> int:
        """Count as waiting what the centre has no more; everything is asked for again where it is another one."""
        head, again, taken = welcome.head.seq, 0, NOTES_AT_ONCE
        while taken == NOTES_AT_ONCE:
            taken = self._database.write(lambda uow: uow.outbox.take_back(head, most=NOTES_AT_ONCE))
            again += taken
        if again:
            # What it lost of this chain it may have lost of the others' and of its own, too.
            self._database.write(begin_again)
        memory = self._database.read(lambda uow: uow.outbox.memory())
        if memory.epoch != welcome.epoch:
            self._compared = 0
            # Before the new epoch is remembered: a program that ends in between does it once more.
            if memory.epoch:
                again += self._database.write(lambda uow: uow.outbox.take_back_files())

            def another(uow: UnitOfWork) -> None:
                uow.outbox.remember(replace(uow.outbox.memory(), epoch=welcome.epoch, digest_at=None))
                begin_again(uow)

            self._database.write(another)
        return again

    def _acknowledge(self, upto: int) -> None:
        at = self._clock.now()
        while self._database.write(lambda uow: uow.outbox.acknowledge(upto, at, most=NOTES_AT_ONCE)) == NOTES_AT_ONCE:
            pass

    def _show_fork(self, centre: Centre, seq: int) -> None:
        """Hand in the entry that stands against the centre's, which keeps it for a person to look at."""
        centre.push(self._database.read(lambda uow: uow.outbox.after(seq - 1, most=1, most_bytes=MOST_BYTES)))

    def _compare_all(self, centre: Centre, head: Place, go_on: Callable[[], bool]) -> int:
        """Once a day, every hash of the chain as it lies in the centre's tables; how many this round compared.

        A round that has no time left for all of it goes on with the next one.
        """
        memory = self._database.read(lambda uow: uow.outbox.memory())
        now = self._clock.now()
        if memory.digest_at is not None and timedelta() <= now - memory.digest_at < DIGEST_EVERY:
            return 0
        begun = after = self._compared
        while after < head.seq and (after == begun or go_on()):
            upto = min(head.seq, after + DIGEST_ENTRIES)
            own = self._database.read(
                lambda uow, after=after, upto=upto: uow.outbox.hashes(after, upto)  # type: ignore[misc]
            )
            theirs = centre.digest(after=after, upto=upto)
            if (theirs.count, theirs.digest) != (len(own), hashlib.sha256("\n".join(own).encode()).hexdigest()):
                raise CentreProblem("centre.history_differs", first=after + 1, last=upto)
            after = self._compared = upto
        if after >= head.seq:
            self._compared = 0

            def compared(uow: UnitOfWork) -> None:
                uow.outbox.remember(replace(uow.outbox.memory(), digest_at=now))
                if memory.digest_at is not None:
                    # As often, everything it says is read once more: no head tells of a row that it lost and got back.
                    begin_again(uow)

            self._database.write(compared)
        return after - begun

    def _note(self, change: Callable[[Memory], Memory]) -> None:
        self._database.write(lambda uow: uow.outbox.remember(change(uow.outbox.memory())))


def _understood(welcome: Welcome) -> None:
    """Refuse a centre of another generation; the entries wait here."""
    lowest, highest = welcome.schemas
    if welcome.protocol < PROTOCOL or highest < SCHEMA_VERSION:
        raise CentreProblem("centre.too_old")
    if lowest > SCHEMA_VERSION:
        raise CentreProblem("centre.too_new")
