"""Reference data in the trial: administrators change it at the centre all the while, stations find things out.

Afterwards every station must have every row of the centre, and its own tables must say what those rows say.
"""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from tests.centre.server import PostgreSql
from tests.centre.stations import Hangar, Station
from tests.faults.sync.conftest import as_administrator
from toolroom_desktop.adapters.central.connect import Server
from toolroom_desktop.adapters.central.reference import Put, ReferenceData
from toolroom_desktop.adapters.central.setup import OWNER
from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.register import key_of
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.consequences import tool_json
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.reference_content import (
    kit_content,
    kit_of,
    person_content,
    person_of,
    tool_content,
    tool_of,
    toolkit_content,
    toolkit_of,
)

PEOPLE, KITS, TOOLS_IN_KIT = 12, 6, 3
KINDS = ("person", "toolkit", "kit", "tool", "setting", "site", "novelty")
TOOLKIT = Toolkit("RRJ", (Position("pliers", TOOLS_IN_KIT, "пассатижи"),))
POISON = "яд"
WRITERS = 3


def tool_id(kit: int, unit: int) -> UUID:
    """The same in every trial."""
    return uuid5(NAMESPACE_URL, f"tool {kit} {unit}")


def baseline() -> list[Put]:
    """What the centre says before the first trial."""
    people = [Person(f"Т-{number}", f"Человек {number}", Role.TECHNICIAN) for number in range(PEOPLE)]
    kits = [Kit(f"К-{number}", "RRJ", f"QR-{number}") for number in range(KITS)]
    tools = [
        Tool("pliers", kit=f"К-{kit}", unit=unit, marking=f"М-{kit}-{unit}", tool_id=tool_id(kit, unit))
        for kit in range(KITS)
        for unit in range(1, TOOLS_IN_KIT + 1)
    ]
    return [
        Put("toolkit", key_of(TOOLKIT.name), toolkit_content(TOOLKIT)),
        *(Put("kit", key_of(kit.number), kit_content(kit)) for kit in kits),
        *(Put("tool", str(tool.tool_id), tool_content(tool)) for tool in tools),
        *(Put("person", key_of(person.badge), person_content(person)) for person in people),
        Put("setting", "procedures.calibration_days", {"value": 14}),
    ]


def lay_ground(hangar: Hangar) -> None:
    """Have the centre say it, once."""
    data = ReferenceData(hangar.administration._server)
    if not data.rows("toolkit"):
        data.change(baseline())


class Administrators:
    """Threads that change reference data at the centre until they are ended, each over a line of its own."""

    def __init__(self, seed: int, server: PostgreSql, database: str) -> None:
        self.changes = 0
        self.failures: list[BaseException] = []
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._work, args=(random.Random(f"{seed}/{number}"), number, server, database))
            for number in range(WRITERS)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """End, with everything committed or taken back."""
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _work(self, chance: random.Random, number: int, server: PostgreSql, database: str) -> None:
        try:
            connection = as_administrator(server, database)
            try:
                while not self._ended.wait(chance.uniform(0, 0.03)):
                    self._once(chance, number, connection)
            finally:
                connection.close()
        except BaseException as error:
            self.failures.append(error)
            raise

    def _once(self, chance: random.Random, number: int, connection: Server) -> None:
        connection.run("BEGIN")
        try:
            connection.run(f"SET LOCAL ROLE {OWNER}")
            done = self._swap(chance, connection) if number == 0 else self._edit(chance, connection)
            connection.run("COMMIT")
        except CentreProblem as problem:
            if problem.code != "centre.busy":
                raise
            # Another one changed the same in another order, and one of the two goes back.
            connection.run("ROLLBACK")
            return
        with self._lock:
            self.changes += done

    def _edit(self, chance: random.Random, connection: Server) -> int:
        """A few rows in one transaction that takes its time, so that others overtake it."""
        count = chance.randint(1, 4)
        for _ in range(count):
            draw = chance.random()
            if draw < 0.5:
                badge = f"Т-{chance.randrange(PEOPLE)}"
                role = chance.choice(list(Role))
                said = Person(badge, f"Человек {chance.random():.6f}", role)
                _put(connection, "person", key_of(badge), person_content(said), gone=chance.random() < 0.15)
            elif draw < 0.8:
                key = str(tool_id(chance.randrange(KITS), chance.randint(1, TOOLS_IN_KIT)))
                _merge(connection, "tool", key, {"note": f"заметка {chance.random():.6f}"})
            elif draw < 0.9:
                _put(connection, "setting", "procedures.calibration_days", {"value": chance.randint(1, 300)})
            elif draw < 0.95:
                _put(connection, "novelty", f"n-{chance.randrange(5)}", {"of": "tomorrow", "n": chance.random()})
            else:
                _put(connection, "person", f"{POISON}-{chance.randrange(3)}", {"name": chance.random()})
            self._ended.wait(chance.uniform(0, 0.01))
        return count

    @staticmethod
    def _swap(chance: random.Random, connection: Server) -> int:
        """Two kits change codes, or two tools places and markings: in every order stations get to see it."""
        connection.run("LOCK TABLE toolroom.reference IN SHARE ROW EXCLUSIVE MODE")
        if chance.random() < 0.4:
            pair = [f"к-{number}" for number in chance.sample(range(KITS), 2)]
            _exchange(connection, "kit", pair, ("code",))
        else:
            every = [(kit, unit) for kit in range(KITS) for unit in range(1, TOOLS_IN_KIT + 1)]
            pair = [str(tool_id(*place)) for place in chance.sample(every, 2)]
            _exchange(connection, "tool", pair, chance.choice((("marking",), ("kit", "unit"))))
        return 2


def _put(connection: Server, kind: str, key: str, content: dict[str, Any], *, gone: bool = False) -> None:
    connection.run(
        "SELECT toolroom.put_reference(:kind, :key, CAST(:content AS jsonb), :gone, 'trial')",
        kind=kind,
        key=key,
        content=json.dumps(content, ensure_ascii=False),
        gone=gone,
    )


def _merge(connection: Server, kind: str, key: str, fields: dict[str, Any]) -> None:
    rows = connection.run(
        "SELECT content FROM toolroom.reference WHERE kind = :kind AND key = :key FOR UPDATE", kind=kind, key=key
    )
    _put(connection, kind, key, {**rows[0][0], **fields})


def _exchange(connection: Server, kind: str, keys: list[str], fields: tuple[str, ...]) -> None:
    found: dict[str, dict[str, Any]] = {
        str(key): content
        for key, content in connection.run(
            "SELECT key, content FROM toolroom.reference WHERE kind = :kind AND key = ANY(CAST(:keys AS text[]))",
            kind=kind,
            keys=keys,
        )
    }
    one, other = (found[key] for key in keys)
    _put(connection, kind, keys[0], {**one, **{name: other[name] for name in fields}})
    _put(connection, kind, keys[1], {**other, **{name: one[name] for name in fields}})


def find_out(station: Station, chance: random.Random) -> None:
    """The station finds a tool in another state: its own table and its journal say so, in one transaction."""
    known = station.database.read(lambda uow: uow.tools.all())
    if not known:
        return
    before = chance.choice(known)
    after = replace(before, state=chance.choice((ToolState.SERVICEABLE, ToolState.UNSERVICEABLE, ToolState.IN_REPAIR)))

    def write(uow: UnitOfWork) -> None:
        uow.tools.save(replace(uow.tools.by_id(before.tool_id) or after, state=after.state))

    station.database.write(write)
    station.write(kind="tool_changed", payload={**tool_json(after), "before": before.state.value, "by": None})


def propose(station: Station, chance: random.Random) -> str:
    """The station adds somebody; the badge."""
    badge = f"П-{chance.getrandbits(60)}"
    station.database.write(lambda uow: uow.people.add(Person(badge, "Новый", Role.TECHNICIAN)))
    payload = {"badge": badge, "key": key_of(badge), "name": "Новый", "role": "technician", "active": True, "by": None}
    station.write(kind="person_added", payload={**payload, "expires_on": None})
    return key_of(badge)


def rows_at(hangar: Hangar) -> dict[tuple[str, str], tuple[int, bool, dict[str, Any]]]:
    """What the centre says."""
    rows = hangar.administration._server.run(
        "SELECT kind, key, version, deleted, content FROM toolroom.reference WHERE kind = ANY(CAST(:kinds AS text[]))",
        kinds=list(KINDS),
    )
    return {(kind, key): (int(version), bool(deleted), content) for kind, key, version, deleted, content in rows}


def sums_at(hangar: Hangar) -> dict[str, tuple[int, int]]:
    """How many rows of each kind, and the sum of their versions: cheap to ask for."""
    rows = hangar.administration._server.run(
        "SELECT kind, count(*), sum(version) FROM toolroom.reference GROUP BY kind"
    )
    return {str(kind): (int(count), int(total)) for kind, count, total in rows if kind in KINDS}


def sums_of(station: Station) -> dict[str, tuple[int, int]]:
    """The same at a station."""

    def ask(uow: UnitOfWork) -> dict[str, tuple[int, int]]:
        found = {}
        for kind in KINDS:
            rows = uow.reference.of_kind(kind)
            if rows:
                found[kind] = (len(rows), sum(row.change.version for row in rows))
        return found

    return station.database.read(ask)


def differences(station: Station, rows: dict[tuple[str, str], tuple[int, bool, dict[str, Any]]]) -> list[str]:
    """What of the centre's rows the station has not, or has otherwise."""
    return station.database.read(lambda uow: list(_differences(uow, rows)))


def _differences(uow: UnitOfWork, rows: dict[tuple[str, str], tuple[int, bool, dict[str, Any]]]) -> Iterator[str]:
    kept = {(known.change.kind, known.change.key): known for kind in KINDS for known in uow.reference.of_kind(kind)}
    for place in sorted(rows.keys() ^ kept.keys()):
        yield f"{place} is at one end alone"
    for place in rows.keys() & kept.keys():
        change = kept[place].change
        if (change.version, change.deleted, dict(change.content)) != rows[place]:
            yield f"{place}: {change} is not {rows[place]}"
    tools = {str(tool.tool_id): tool for tool in uow.tools.all()}
    for (kind, key), (_, deleted, content) in rows.items():
        if (kind, key) not in kept:
            continue
        if key.startswith(POISON):
            if not kept[kind, key].problem:
                yield f"{key} should be put aside"
        elif kind in ("person", "toolkit", "kit", "tool", "setting") and not kept[kind, key].applied:
            yield f"{kind} {key} was put aside: {kept[kind, key].problem} {kept[kind, key].details}"
        elif kind == "person":
            said = person_of(content)
            found = uow.people.by_badge(said.badge)
            # Somebody who was removed before this station came to know of it was never here.
            if found != replace(said, active=said.active and not deleted) and not (found is None and deleted):
                yield f"person {key}: {found}"
        elif kind == "toolkit" and uow.catalogue.toolkit(content["name"]) != toolkit_of(content):
            yield f"toolkit {key}"
        elif kind == "kit" and uow.catalogue.kit(content["number"]) != kit_of(content):
            yield f"kit {key}: {uow.catalogue.kit(content['number'])}"
        elif kind == "tool" and tools.get(key) != tool_of(content):
            yield f"tool {key}: {tools.get(key)} is not {tool_of(content)}"
