"""A push is answered and kept the same, whichever way it takes: with the contents in the document or beside it, all at
once or entry by entry."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest

from tests.centre.stations import Hangar, Station
from tests.faults.sync.test_protocol import admin, entries
from toolroom_desktop.adapters.central.connect import connect
from toolroom_desktop.adapters.central.gateway import PostgreSqlCentre
from toolroom_desktop.adapters.central.setup import FUNCTIONS, script
from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.domain.journal import GENESIS
from toolroom_desktop.services.sync.ports import Outgoing

_NEVER_AT_ONCE = """
CREATE OR REPLACE FUNCTION toolroom.take_all(own text, head toolroom.site_head, operations jsonb, contents text)
RETURNS toolroom.site_head LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT NULL::toolroom.site_head $$;
"""
_TABLES = {
    "journal": "op_id, site_seq, wall_at, kind, schema_version, content, prev_hash, hash, seal",
    "chain_link": "site_seq, hash, op_id",
    "quarantine": "site_seq, reason, in_chain, content, prev_hash, hash, seal",
    "site_head": "seq, hash, quarantined",
}


@dataclass
class Bench:
    """A station whose push can be tried in every way, each time at a centre that has nothing of it yet."""

    hangar: Hangar
    station: Station

    def ways(self, batches: Sequence[Sequence[Outgoing]]) -> list[list[object]]:
        """What each way answers to each of the pushes, and what lies in the tables after them."""
        found = []
        for at_once in (True, False):
            self._centre(script(FUNCTIONS[0]) if at_once else _NEVER_AT_ONCE)
            for lines in (False, True):
                found.append([*(self._answer(batch, lines) for batch in batches), self._kept()])
                self._empty()
        return found

    def at_once(self, batch: Sequence[Outgoing]) -> bool:
        """Whether the way that takes all at once takes it."""
        self._centre(script(FUNCTIONS[0]).replace("-- Something is special", "RAISE division_by_zero; -- "))
        answers = []
        for lines in (False, True):
            answers.append(isinstance(self._answer(batch, lines), str))
            self._empty()
        self._centre(script(FUNCTIONS[0]))
        assert answers[0] == answers[1]
        return not answers[0]

    def _answer(self, batch: Sequence[Outgoing], lines: bool) -> object:
        line = self.station.lines().open(within=60)
        try:
            line.hello(now=self.station.clock.now(), app_version="t", pending=0)
            assert line._takes_lines
            line._takes_lines = lines
            return line.push(batch)
        except CentreProblem as problem:
            return problem.code
        finally:
            line.close()

    def _kept(self) -> list[object]:
        return [
            admin(self.hangar).run(f"SELECT {columns} FROM toolroom.{table} ORDER BY 1, 2")
            for table, columns in _TABLES.items()
        ]

    def _empty(self) -> None:
        admin(self.hangar).script(
            "TRUNCATE toolroom.journal, toolroom.chain_link, toolroom.quarantine;"
            "UPDATE toolroom.site_head SET seq = 0, hash = repeat('0', 64), quarantined = 0"
        )

    def _centre(self, functions: str) -> None:
        server = admin(self.hangar)
        server.run("SET ROLE toolroom_owner")
        server.script(functions)
        server.run("RESET ROLE")


def _bench(hangar: Hangar) -> Bench:
    station = hangar.station()
    station.write(7)
    station.write(kind="person_added", payload={"person": "x"})
    return Bench(hangar, station)


@pytest.fixture
def bench(hangar: Hangar) -> Bench:
    return _bench(hangar)


@pytest.fixture
def every_bench(every_hangar: Hangar) -> Bench:
    return _bench(every_hangar)


def chained(chain: Sequence[Outgoing], contents: Sequence[str], prev: str = GENESIS) -> list[Outgoing]:
    """The entries with other contents, hashed anew."""
    made = []
    for entry, content in zip(chain, contents, strict=True):
        hashed = hashlib.sha256(f"{prev}\n{content}".encode()).hexdigest()
        made.append(replace(entry, prev=prev, hash=hashed, content=content))
        prev = hashed
    return made


def _saying(place: int, **change: Any) -> Callable[[list[Outgoing]], list[Outgoing]]:
    """Another entry, or none, at one place, which hashes well."""

    def forged(chain: list[Outgoing]) -> list[Outgoing]:
        contents = [entry.content for entry in chain]
        contents[place] = json.dumps({**json.loads(contents[place]), **change}, ensure_ascii=False)
        return chained(chain, contents)

    return forged


def _as_text(place: int, change: Callable[[str], str]) -> Callable[[list[Outgoing]], list[Outgoing]]:
    """Another text at one place, which hashes well."""

    def forged(chain: list[Outgoing]) -> list[Outgoing]:
        contents = [entry.content for entry in chain]
        contents[place] = change(contents[place])
        return chained(chain, contents)

    return forged


def _with(place: int, **change: Any) -> Callable[[list[Outgoing]], list[Outgoing]]:
    """Something else beside the content of one entry, hashed as it was."""
    return lambda chain: [*chain[:place], replace(chain[place], **change), *chain[place + 1 :]]


def _branched(place: int) -> Callable[[list[Outgoing]], list[Outgoing]]:
    """A chain that goes on from somewhere else, and hashes well."""
    return lambda chain: [*chain[:place], *chained(chain[place:], [e.content for e in chain[place:]], "b" * 64)]


def _closed_up(chain: list[Outgoing]) -> list[Outgoing]:
    left = [*chain[:3], *chain[4:]]
    return chained(left, [entry.content for entry in left])


def _doubled(chain: list[Outgoing]) -> list[Outgoing]:
    first = json.loads(chain[1].content)["op_id"]
    return _saying(5, op_id=first)(chain)


GOOD: dict[str, Callable[[list[Outgoing]], list[Outgoing]]] = {
    "as they were written": lambda chain: chain,
    "one alone": lambda chain: chain[:1],
    "written by a program that says more": _saying(3, tomorrow={"a": [1, "б"]}),
    "one that says its kind twice": _as_text(2, lambda text: text[:-1] + ',"kind":"the_later_one"}'),
}
BAD: dict[str, Callable[[list[Outgoing]], list[Outgoing]]] = {
    "nothing": lambda chain: [],
    "a hash that is another": _with(3, hash="a" * 64),
    "a hash that is another, last": _with(7, hash="a" * 64),
    "a content that was changed": _with(4, content='{"note": "somebody else wrote this"}'),
    "a link that is broken": _with(4, prev="b" * 64),
    "a link that is broken, first": _with(0, prev="b" * 64),
    "another chain": _branched(4),
    "another chain from its beginning": _branched(0),
    "a seal that is none": _with(2, seal="no seal"),
    "a hole": lambda chain: chain[:3] + chain[4:],
    "a hole that the chain leads over": _closed_up,
    "one twice": lambda chain: [*chain[:3], *chain[2:]],
    "the other way round": lambda chain: chain[::-1],
    "two in each other's place": lambda chain: [*chain[:2], chain[3], chain[2], *chain[4:]],
    "an id of an entry before": _doubled,
    "an id that is none": _saying(2, op_id="no uuid"),
    "no id": _saying(2, op_id=None),
    "the name of another station": _saying(2, site_id="another"),
    "another number": _saying(2, site_seq=77),
    "a schema of tomorrow": _saying(2, schema_version=99),
    "no kind": _saying(2, kind=None),
    "a kind that is too long": _saying(2, kind="x" * 65),
    "a time in words": _saying(2, wall_at="yesterday"),
    "a day that is none": _saying(2, wall_at="2026-02-30T00:00:00.000000+00:00"),
    "what cannot be held": _as_text(2, lambda text: text.replace("в ангаре", "в\\u0000ангаре")),
    "no document": _as_text(2, lambda text: text[:-1]),
    "two documents": _as_text(2, lambda text: text + text),
    "a list": _as_text(2, lambda text: f"[{text}]"),
    "an empty text": _as_text(2, lambda text: ""),
    "several lines": _as_text(2, lambda text: json.dumps(json.loads(text), ensure_ascii=False, indent=1)),
    "a number that is none": _with(2, seq=-3),
    "a hash that has no form": _with(2, hash="short"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_good_is_taken_at_once_and_as_it_would_be_entry_by_entry(every_bench: Bench, name: str) -> None:
    batch = GOOD[name](entries(every_bench.station))
    ways = every_bench.ways([batch])
    assert all(way == ways[0] for way in ways)
    assert len(ways[0][1][0]) == len(batch)  # type: ignore[index]
    assert every_bench.at_once(batch)


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_with_one_is_said_the_same_whichever_way_it_came(bench: Bench, name: str) -> None:
    chain = entries(bench.station)
    batch = BAD[name](chain)
    ways = bench.ways([batch, chain])
    assert all(way == ways[0] for way in ways)
    assert not bench.at_once(batch)


def test_any_pushes_are_answered_the_same_whichever_way_they_came(every_bench: Bench) -> None:
    chain, chance = entries(every_bench.station), random.Random(5)
    faults = list({**GOOD, **BAD}.values())
    for _ in range(12):
        pushes = []
        for _ in range(3):
            batch = chance.choice(faults)(chain) if chance.random() < 0.4 else chain
            first = chance.randrange(8)
            pushes.append(batch[first : first + chance.randrange(1, 9)])
        ways = every_bench.ways(pushes)
        assert all(way == ways[0] for way in ways)


class TestContentsBeside:
    @pytest.fixture
    def line(self, bench: Bench) -> Iterator[PostgreSqlCentre]:
        line = bench.station.lines().open(within=60)
        line.hello(now=bench.station.clock.now(), app_version="t", pending=0)
        yield line
        line.close()

    @pytest.mark.parametrize("lines", [0, 7, 9])
    def test_as_many_as_there_are_operations_or_all_is_refused(
        self, bench: Bench, line: PostgreSqlCentre, lines: int
    ) -> None:
        chain = entries(bench.station)
        contents = [entry.content for entry in chain] + [json.dumps({"op_id": str(uuid4())})]
        value = [{"seq": e.seq, "prev": e.prev, "hash": e.hash, "seal": e.seal} for e in chain]
        said = {"site_id": bench.station.site_id, "operations": value}
        with pytest.raises(CentreProblem, match=r"centre\.failed"):
            line._ask(
                "SELECT toolroom.push(CAST(:value AS jsonb), CAST(:contents AS text))",
                {"contents": "\n".join(contents[:lines])},
                **said,
            )
        assert bench._kept()[:3] == [[], [], []]

    def test_they_count_towards_what_is_too_much_and_towards_the_day(
        self, bench: Bench, line: PostgreSqlCentre
    ) -> None:
        chain = entries(bench.station)
        assert line.push(chain).head.seq == 8
        (spent,) = admin(bench.hangar).run("SELECT spent_bytes FROM toolroom.site_head")[0]
        assert spent > sum(len(entry.content.encode()) for entry in chain)
        bench.station.write(2, payload={"note": "x" * 2_200_000})
        with pytest.raises(CentreProblem, match=r"centre\.failed"):
            line.push(entries(bench.station, 8))

    def test_a_role_that_is_no_station_is_refused(self, bench: Bench) -> None:
        address = bench.station.address
        assert address is not None
        admin(bench.hangar).run("UPDATE toolroom.site SET removed_at = now()")
        line = connect(address)
        try:
            with pytest.raises(CentreProblem):
                line.run("SELECT toolroom.push('{\"operations\": []}', 'x')")
        finally:
            line.close()
