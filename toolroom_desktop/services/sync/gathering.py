"""Bringing the entries of all stations from the centre, each checked against its hash and the chain of its station.

A lane of its own: it holds up neither what this station sends nor the counter, for it writes into another file, and
between two portions it rests for as long as the last one took. What was taken in stays, whatever happens next.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

from toolroom_desktop.domain.errors import BadInput, CentreProblem, DatabaseProblem, UserFacingError
from toolroom_desktop.domain.journal import GENESIS
from toolroom_desktop.services.ports import Clock, Database
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.sync.gathered_entries import entry_of_text, make_of
from toolroom_desktop.services.sync.gathering_ports import (
    EntriesCentre,
    EntriesLines,
    EntriesPage,
    Gathered,
    GatheredStore,
    GatheredWork,
    SiteEntries,
    SiteState,
)
from toolroom_desktop.services.sync.pace import Portion
from toolroom_desktop.services.sync.ports import Place

MOST_ENTRIES = 200
MOST_REST_SECONDS = 0.5
# A chain that does not hold at the centre is asked for again so often: somebody may have mended it.
ASK_AGAIN_SECONDS = 3600.0

BEGUN, REMOVED, BROUGHT_ANEW = "all_stations_begun", "all_stations_removed", "all_stations_brought_anew"
_CANNOT_BE = (KeyError, LookupError, TypeError, ValueError, AttributeError, OverflowError, UserFacingError)
_NOTHING = Gathered(None, None, (), 0)

_log = logging.getLogger(__name__)


class Gathering:
    """Used by the lane's thread, but for `hear`."""

    def __init__(
        self,
        store: GatheredStore,
        lines: EntriesLines,
        database: Database,
        recorder: Recorder,
        clock: Clock,
        *,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        """`database` is the station's own, whose journal says when it began to see others, and when that ended."""
        self._store = store
        self._lines = lines
        self._database = database
        self._recorder = recorder
        self._clock = clock
        self._rest = rest
        self._portion = Portion(MOST_ENTRIES)
        # What the centre's greeting said last; None before it said anything.
        self._allowed: bool | None = None
        self._broken_asked: float | None = None

    def hear(self, *, allowed: bool) -> None:
        """The centre said whether this station may see others. Returns at once."""
        self._allowed = allowed

    @property
    def may(self) -> bool:
        """Whether there is something to ask the centre for."""
        return self._allowed is True

    def abort(self) -> None:
        """Tear down the line that is open, and open no other."""
        self._lines.abort()

    def work(self, go_on: Callable[[], bool], *, within: float) -> bool:
        """Bring what is new; whether more waits. `go_on` is asked between portions.

        Raises `CentreProblem` and `DatabaseProblem`; what was taken in stays.
        """
        self._store.wake()
        if self._allowed is False:
            self._let_go()
        if not self.may:
            return False
        centre = self._lines.open(within=within)
        try:
            return self._run(centre, go_on)
        except CentreProblem as problem:
            if problem.code == "centre.silent":
                self._portion.failed()
            if problem.code == "centre.missing_rights":
                # It was taken away since the last greeting, or is given again before the next one.
                self._allowed = None
                return False
            raise
        finally:
            centre.close()

    def _let_go(self) -> None:
        """The right was taken away: nothing of other stations stays."""
        if self._store.clear():
            _log.info("the centre lets this station see others no more; their records were removed here")
            self._record(REMOVED, {"reason": "not_allowed"})

    def _run(self, centre: EntriesCentre, go_on: Callable[[], bool]) -> bool:
        here = self._store.standing() or _NOTHING
        without = self._without(here)
        while True:
            heads = {site.site_id: site.reached.seq for site in here.sites}
            page = centre.entries(heads, without=without, most=self._portion.size)
            self._portion.succeeded()
            strange = _another_story(here, page)
            if strange:
                _log.info("the centre tells another story of %d stations; all of it is brought anew", len(strange))
                self._store.clear()
                self._record(BROUGHT_ANEW, {"sites": strange})
                return True
            begun = self._clock.monotonic()
            before = here.held
            if not here.sites:
                self._store.make()
                self._record(BEGUN, {})
            here = self._take(page)
            without |= {site.site_id for site in here.sites if site.broken_at}
            if not page.more or here.held == before:
                return False
            if not go_on():
                return True
            self._rest(min(self._clock.monotonic() - begun, MOST_REST_SECONDS))

    def _record(self, kind: str, payload: Mapping[str, object]) -> None:
        self._database.write(lambda uow: self._recorder.record(uow, kind, payload))

    def _without(self, here: Gathered) -> set[str]:
        """The stations whose chain did not hold: they are asked for now and then only."""
        now = self._clock.monotonic()
        if self._broken_asked is None or now - self._broken_asked >= ASK_AGAIN_SECONDS:
            self._broken_asked = now
            return set()
        return {site.site_id for site in here.sites if site.broken_at}

    def _take(self, page: EntriesPage) -> Gathered:
        """Write a page in one transaction."""

        def write(work: GatheredWork) -> None:
            known = {state.site_id: state for state in work.sites()}
            missing = 0
            for said in page.sites:
                state = known.get(said.site_id)
                if state is None:
                    state = SiteState(len(known) + 1, said.site_id, said.name, Place(0, GENESIS))
                    known[said.site_id] = state
                after = _taken(work, state, said)
                if after != state or not state.reached.seq:
                    work.save_site(after)
                missing += after.missing
            whole = not page.more and not missing
            work.note_look(self._clock.now(), page.now if whole else None)

        self._store.take_in(write)
        here = self._store.standing()
        assert here is not None
        return here


def _another_story(here: Gathered, page: EntriesPage) -> list[str]:
    """The stations of which the centre does not have what is here, although it has as much."""
    said = {site.site_id: site for site in page.sites}
    strange = []
    for known in here.sites:
        site = said.get(known.site_id)
        if site is None or (site.head.seq >= known.reached.seq > 0 and site.at != known.reached.hash):
            strange.append(known.site_id)
    return strange


def _taken(work: GatheredWork, state: SiteState, said: SiteEntries) -> SiteState:
    """Take in what the centre hands out of one journal, up to where its chain does not hold."""
    reached, broken = state.reached, 0 if said.entries else state.broken_at
    not_understood = 0
    for handed in said.entries:
        if handed.seq != reached.seq + 1:
            broken = reached.seq + 1
            break
        if handed.content is not None:
            hashed = hashlib.sha256(f"{reached.hash}\n{handed.content}".encode()).hexdigest()
            if hashed != handed.hash:
                broken = handed.seq
                break
            not_understood += not _kept(work, state.site, handed.content, reached.hash, handed.hash)
        reached = Place(handed.seq, handed.hash)
    if broken and broken != state.broken_at:
        _log.warning("the centre's journal of %s does not hold at entry %d; it is not taken in", said.name, broken)
    if not_understood:
        work.note_not_understood(not_understood)
    missing = max(said.head.seq - reached.seq, 0)
    return replace(state, name=said.name, reached=reached, missing=missing, broken_at=broken)


def _kept(work: GatheredWork, site: int, content: str, prev: str, hash_: str) -> bool:
    """Keep an entry that hashes well, and what follows from it; False where nothing could be made of it."""
    try:
        entry = entry_of_text(content, prev=prev, hash_=hash_)
    except _CANNOT_BE:
        return False
    try:
        with work.attempt():
            make_of(work, entry, work.keep(entry, site), site)
    except DatabaseProblem:
        raise
    except _CANNOT_BE:
        # It happened nevertheless, and the audit shows it.
        with suppress(BadInput), work.attempt():
            work.keep(entry, site)
        return False
    return True
