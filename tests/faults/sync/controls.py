"""The same trial with one protection taken away. It must find the harm, or it proves nothing.

early  acknowledges before the reply: what was lost on the way is never sent again
blind  goes on from its own notes and the centre takes whatever comes: a lost reply doubles
naive  the centre serves whatever is committed, in order: what began earlier and commits later is never served
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.centre.server import PostgreSql
from tests.centre.stations import Hangar, Station
from tests.faults.sync.trial import Outcome, run_trial
from toolroom_desktop.adapters.central.gateway import CentreLines, PostgreSqlCentre
from toolroom_desktop.adapters.central.setup import script
from toolroom_desktop.services.sync.pace import Rhythm
from toolroom_desktop.services.sync.ports import Centre, Outgoing, Place
from toolroom_desktop.services.sync.round import MOST_BYTES, RoundReport, SyncRound
from toolroom_desktop.services.sync.runner import SyncRunner

CONTROL_PATIENCE = 3.0

# No place in the chain, no unique key, no ON CONFLICT: the rows are simply put in.
_BLIND = """
CREATE OR REPLACE FUNCTION toolroom.blind_push(batch jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own toolroom.site := toolroom.calling_site(batch ->> 'site_id');
    last record;
BEGIN
    INSERT INTO toolroom.journal (op_id, site_id, site_seq, received_at, wall_at, kind, schema_version, content,
                                  prev_hash, hash, seal)
    SELECT r.op_id, own.site_id, o.seq, now(), r.wall_at, r.kind, 1, o.content, o.prev, o.hash, o.seal
    FROM jsonb_to_recordset(batch -> 'operations') AS o(seq bigint, prev text, hash text, seal text, content text),
         LATERAL json_to_record(o.content::json) AS r(op_id uuid, kind text, wall_at timestamptz);
    SELECT o.seq, o.hash INTO last
    FROM jsonb_to_recordset(batch -> 'operations') AS o(seq bigint, hash text) ORDER BY o.seq DESC LIMIT 1;
    UPDATE toolroom.site_head SET seq = greatest(seq, last.seq), hash = last.hash WHERE site_id = own.site_id;
    RETURN jsonb_build_object('head', jsonb_build_object('seq', last.seq, 'hash', last.hash));
END $$;
GRANT EXECUTE ON FUNCTION toolroom.blind_push(jsonb) TO toolroom_station;
"""


class _ByOwnNotes(SyncRound):
    """Goes on from what it noted itself, whatever the centre's head says."""

    early = False

    def run(self, centre: Centre, *, go_on: Callable[[], bool] = lambda: True) -> RoundReport:
        database, now = self._database, self._clock.now()
        centre.hello(now=now, app_version="control", pending=0)
        pushed = 0
        while entries := database.read(self._waiting):
            last = entries[-1].seq
            if self.early:
                self._acknowledge(last)
                centre.push(entries)
            else:
                centre.push(entries)
                self._acknowledge(last)
            pushed += len(entries)
        return RoundReport(pushed, (), 0, 0.0, 0, 0, now)

    @staticmethod
    def _waiting(uow: object) -> list[Outgoing]:
        from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork

        assert isinstance(uow, SqlUnitOfWork)
        first = uow.connection.exec_driver_sql("SELECT min(site_seq) FROM journal WHERE acked_at IS NULL").scalar()
        return [] if first is None else uow.outbox.after(first - 1, most=500, most_bytes=MOST_BYTES)


class _Early(_ByOwnNotes):
    early = True


class _BlindCentre(PostgreSqlCentre):
    """Puts rows in as they come."""

    def push(self, entries: Sequence[Outgoing]):  # type: ignore[no-untyped-def]
        from toolroom_desktop.services.sync.ports import PushAnswer

        operations = [
            {"seq": e.seq, "prev": e.prev, "hash": e.hash, "seal": e.seal, "content": e.content} for e in entries
        ]
        said = self._ask("SELECT toolroom.blind_push(CAST(:value AS jsonb))", operations=operations)
        return PushAnswer(Place(int(said["head"]["seq"]), str(said["head"]["hash"])))


class _BlindLines(CentreLines):
    def open(self, *, within: float) -> PostgreSqlCentre:
        line = super().open(within=within)
        line.__class__ = _BlindCentre
        return line


def _early_runner(station: Station, rhythm: Rhythm) -> SyncRunner:
    runner = station.runner(rhythm)
    runner._round = _Early(station.database, station.clock, "control")
    return runner


def _blind_runner(station: Station, rhythm: Rhythm) -> SyncRunner:
    runner = station.runner(rhythm)
    runner._round = _ByOwnNotes(station.database, station.clock, "control")
    assert station.address is not None
    address = station.address
    runner._lines = (
        _BlindLines(lambda: address, station.site_id, silence=station.silence),
        station.lines(),
    )
    return runner


def early(seed: int, hangar: Hangar, server: PostgreSql) -> Outcome:
    """Acknowledged before the reply."""
    return run_trial(seed, hangar, server, make_runner=_early_runner, patience=CONTROL_PATIENCE)


def blind(seed: int, hangar: Hangar, server: PostgreSql) -> Outcome:
    """Without a place in the chain and without ON CONFLICT."""
    run = hangar.administration._server
    run.run("SET ROLE toolroom_owner")
    run.script(_BLIND)
    run.run("RESET ROLE")
    return run_trial(seed, hangar, server, make_runner=_blind_runner, patience=CONTROL_PATIENCE)


def naive(seed: int, hangar: Hangar, server: PostgreSql) -> Outcome:
    """Without waiting for transactions that still run."""
    run = hangar.administration._server
    run.run("SET ROLE toolroom_owner")
    text = script("reference_functions.sql")
    horizon = "AND f.xid < pg_snapshot_xmin(pg_current_snapshot())"
    assert horizon in text
    run.script(text.replace(horizon, ""))
    run.run("RESET ROLE")
    return run_trial(seed, hangar, server, patience=CONTROL_PATIENCE)


CONTROLS: dict[str, Callable[[int, Hangar, PostgreSql], Outcome]] = {
    "early": early,
    "blind": blind,
    "naive": naive,
}
