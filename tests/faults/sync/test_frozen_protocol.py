"""What released stations say, and what released centres answer, is understood for ever.

The files in tests/centre/fixtures were written down once (tests/centre/freeze.py) and are never made anew.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.centre.freeze import NAMING, PHOTO, ROWS, answer_of, frozen, plain
from tests.centre.stations import Hangar
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.connect import Deadline, connect
from toolroom_desktop.adapters.central.gateway import PostgreSqlCentre
from toolroom_desktop.adapters.central.reference import ReferenceData
from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.services.sync.ports import PULL, File, Outgoing, Place

FIXTURES = Path(__file__).parents[2] / "centre" / "fixtures"
PROTOCOLS = sorted(FIXTURES.glob("protocol_*"))
# What differs from one centre to the next.
_OWN = {"epoch", "now", "cursor", "schemas"}


@pytest.fixture(params=PROTOCOLS, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def asked(name: str, request: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The call that a released station makes, and its values."""
    if name == "evidence_put":
        names = ("station", "name", "size", "start", "piece")
        casts = ("text", "text", "bigint", "bigint", "bytea")
        said = ", ".join(f"CAST(:{field} AS {cast})" for field, cast in zip(names, casts, strict=True))
        return f"SELECT toolroom.evidence_put({said})", {**request, "piece": base64.b64decode(request["piece"])}
    if name == "evidence_get":
        names = ("station", "kind", "key", "name", "start")
        casts = ("text", "text", "text", "text", "bigint")
        said = ", ".join(f"CAST(:{field} AS {cast})" for field, cast in zip(names, casts, strict=True))
        return f"SELECT size, piece FROM toolroom.evidence_get({said})", dict(request)
    function = name.removesuffix("_after")
    return f"SELECT toolroom.{function}(CAST(:value AS jsonb))", {"value": json.dumps(request)}


def compared(was: object, now: object, path: str = "") -> None:
    """Everything that was said is said still; more may be said."""
    if isinstance(was, dict):
        assert isinstance(now, dict), path
        for name, value in was.items():
            assert name in now, f"{path}.{name} is not said any more"
            if name not in _OWN:
                compared(value, now[name], f"{path}.{name}")
            else:
                assert type(now[name]) is type(value), f"{path}.{name}"
    elif isinstance(was, list):
        assert isinstance(now, list), path
        assert len(now) >= len(was), path
        for place, value in enumerate(was):
            compared(value, now[place], f"{path}[{place}]")
    else:
        assert now == was, path


def test_todays_centre_understands_what_a_released_station_says(every_hangar: Hangar, folder: Path) -> None:
    site = every_hangar.administration.add_site("Ангар")
    reference = ReferenceData(every_hangar.administration._server)
    reference.change(ROWS)
    line = connect(replace(every_hangar.address, user=site.role, password=site.password))
    try:
        for name, request, answer in frozen(folder):
            if name == "evidence_get":
                reference.change([NAMING])
            sql, values = asked(name, request)
            compared(answer, answer_of(line.run(sql, **values)), name)
    finally:
        line.close()
    assert every_hangar.administration.verify() == (3, [])
    assert every_hangar.administration.quarantine() == []


class CannedServer:
    """A line that gives the answers of a released centre, and keeps what it was asked."""

    def __init__(self, folder: Path) -> None:
        self.address = ServerAddress("centre", 5432, "toolroom", "x")
        self._answers = [(name, answer) for name, _, answer in frozen(folder)]
        self.requests: list[dict[str, Any]] = []

    def run(self, sql: str, **values: Any) -> list[list[Any]]:
        name, answer = self._answers[len(self.requests)]
        assert f"toolroom.{name.removesuffix('_after')}(" in sql
        self.requests.append(plain(values))
        if name == "evidence_get" and isinstance(answer, dict) and isinstance(answer.get("size"), int):
            return [[answer["size"], base64.b64decode(answer["piece"])]]
        return [[answer]]

    def close(self) -> None:
        """Nothing is open."""


def test_todays_station_understands_what_a_released_centre_answers_and_asks_as_one_did(folder: Path) -> None:
    said = {name: (request, answer) for name, request, answer in frozen(folder)}
    server = CannedServer(folder)
    deadline = Deadline(60)
    centre = PostgreSqlCentre(server, said["hello"][0]["site_id"], deadline)  # type: ignore[arg-type]
    chain = [
        Outgoing(one["seq"], one["prev"], one["hash"], one["seal"], one["content"])
        for one in said["push"][0]["operations"]
    ]
    head = Place(3, chain[-1].hash)
    program = said["hello"][0]["app_version"]
    welcome = centre.hello(now=datetime(2026, 5, 4, 8, 0, tzinfo=UTC), app_version=program, pending=3)
    assert (welcome.protocol, welcome.schemas, welcome.head.seq) == (1, (1, 1), 0)
    # A centre that knows no pull is not asked for one (`test_older_centre.py`).
    assert (PULL in welcome.features) == ("pull" in said)
    answer = centre.push(chain)
    assert (answer.head, answer.quarantined, answer.refused) == (head, (), "")
    if "pull" in said:
        page = centre.pull("", most=200)
        assert not page.more
        assert page.cursor == said["pull"][1]["cursor"]
        pulled = {(one.kind, one.key): one for one in page.changes}
        for row in ROWS:
            change = pulled[row.kind, row.key]
            assert (change.version, change.deleted, change.content) == (1, row.deleted, row.content)
    held = centre.verify()
    assert (held.head, held.quarantined, held.evidence_files) == (head, 0, 0)
    digest = centre.digest(after=0, upto=3)
    assert (digest.count, len(digest.digest)) == (3, 64)
    name = said["evidence_put"][0]["name"]
    assert centre.evidence_held([name]) == {}
    assert centre.put_piece(File(name, len(PHOTO), 0), 0, PHOTO) == len(PHOTO)
    assert centre.evidence_held([name]) == {name: len(PHOTO)}
    if "evidence_get" in said:
        assert centre.get_piece((NAMING.kind, NAMING.key), name, 0) == (len(PHOTO), PHOTO)
    for (was, _), now in zip(said.values(), server.requests, strict=True):
        # A released centre must understand it: all that it asks for is there, as it was.
        assert was.items() <= now.items()
    deadline.cancel()


def test_an_answer_of_another_form_is_a_sentence_and_no_traceback(folder: Path) -> None:
    for name, _, answer in frozen(folder):
        spoilt: list[Any] = [{}, None, [], "x", dict.fromkeys(answer, "x")]
        for spoiled in spoilt:
            server = CannedServer(folder)
            server._answers = [(name, spoiled)]
            centre = PostgreSqlCentre(server, "x", Deadline(60))  # type: ignore[arg-type]
            if name.startswith("evidence_held") and spoiled == {}:
                # That is an answer: nothing is held.
                continue
            with pytest.raises(CentreProblem, match="not_understood"):
                ASK[name](centre)


_FILE = File("a" * 64, 7, 0)
ASK: Mapping[str, Callable[[PostgreSqlCentre], object]] = {
    "hello": lambda centre: centre.hello(now=datetime(2026, 5, 4, tzinfo=UTC), app_version="1", pending=0),
    "push": lambda centre: centre.push([]),
    "pull": lambda centre: centre.pull("", most=1),
    "verify": lambda centre: centre.verify(),
    "digest": lambda centre: centre.digest(after=0, upto=1),
    "evidence_held": lambda centre: centre.evidence_held(["a"]),
    "evidence_put": lambda centre: centre.put_piece(_FILE, 0, b"x"),
    "evidence_held_after": lambda centre: centre.evidence_held(["a"]),
    "evidence_get": lambda centre: centre.get_piece(("case", "x"), "a" * 64, 0),
}
