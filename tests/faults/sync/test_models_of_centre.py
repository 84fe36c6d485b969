"""The model that a real centre names: fetched in pieces, verified by the station's keys, installed when it rests."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.centre.modelling import ModelRoom, centre_models, name_model, real_release
from tests.centre.rooms import Room, rooms_of
from tests.centre.stations import Hangar
from tests.fakes import HandClock
from tests.faults.sync.model_process import take_model
from tests.released_models import Signer, make_signer, release
from toolroom_desktop.adapters.central.gateway import PostgreSqlCentre
from toolroom_desktop.adapters.central.model_files import read_for_centre
from toolroom_desktop.adapters.central.models import PIECE_BYTES
from toolroom_desktop.adapters.security.signatures import TrustedKeys
from toolroom_desktop.adapters.vision.manifest import read_manifest
from toolroom_desktop.bootstrap import SHIPPED_MODEL
from toolroom_desktop.config.paths import models_folder
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import BadModel, CentreProblem, NotFound
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.sync.centre_model import ModelStage
from toolroom_desktop.services.sync.fetch import FileFetcher
from toolroom_desktop.services.sync.model_keeper import REFUSED_AGAIN_SECONDS
from toolroom_desktop.services.sync.pace import Rhythm
from toolroom_desktop.services.sync.ports import Centre
from toolroom_desktop.services.sync.runner import SyncRunner
from toolroom_desktop.services.sync.state import SyncState

PATIENCE = 120.0
_SHIPPED = read_manifest(models_folder() / SHIPPED_MODEL)
SHIPPED = f"{_SHIPPED.name} {_SHIPPED.version}"


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return make_signer(tmp_path / "keys")


@pytest.fixture
def station(hangar: Hangar, tmp_path: Path, signer: Signer) -> Iterator[ModelRoom]:
    (room,) = rooms_of(hangar, tmp_path, "A")
    made = ModelRoom(room).trust(signer)
    yield made
    made.room.close()


def small(folder: Path, name: str, signer: Signer | None, **more: object) -> Path:
    return release(folder / f"{name} {more.get('version', '1')}", name, signer, **more)  # type: ignore[arg-type]


def sql(hangar: Hangar, statement: str) -> None:
    hangar.administration._server.run(statement)


# --- the whole way


def test_a_real_model_goes_through_the_centre_and_judges_from_the_next_start(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path
) -> None:
    manifest = real_release(tmp_path / "release", signer, "1.5")
    manifest.with_suffix(".md").write_text("Что она умеет.", encoding="utf-8")
    size = manifest.with_suffix(".onnx").stat().st_size
    assert name_model(hangar, manifest, signer) > size > 40 * PIECE_BYTES
    assert name_model(hangar, manifest, signer) == 0, "what is there is not sent again"
    before = station.judging
    outcome = station.sync()
    assert (outcome.done, outcome.problems) == (True, ())
    model = outcome.state.model
    assert model is not None and model.stage is ModelStage.INSTALLED
    assert before != station.judging == "kit11_first 1.5"
    (entry,) = station.room.entries("model_installed")
    assert (entry.payload["signed_by"], entry.payload["centre_version"], entry.payload["by"]) == (
        "toolroom-it",
        1,
        None,
    )
    assert station.incoming == []
    (active,) = [one for one in station.models.entries() if one.active]
    assert active.id is not None and active.step is not None and active.step.from_centre
    assert (station.room.folder / "models" / active.id / "kit11_first.md").read_text("utf-8") == "Что она умеет."
    assert station.stage == "judges", "as a program sees it that starts now"
    station.sync()
    assert len(station.room.entries("model_installed")) == 1
    assert hangar.administration.verify()[1] == []


def test_two_models_in_a_row_and_each_is_one_step_back(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path
) -> None:
    name_model(hangar, small(tmp_path, "first", signer), signer)
    station.sync()
    second = real_release(tmp_path / "second", signer, "1.5")
    name_model(hangar, second, signer)
    station.sync()
    assert station.judging == "kit11_first 1.5"
    assert station.models.roll_back(actor_badge=None).card.name == "first"
    files = hangar.administration._server.run("SELECT size FROM toolroom.evidence WHERE site_id = ''")
    assert files == [[second.with_suffix(".onnx").stat().st_size]], "the former one is not kept at the centre"


def test_a_model_that_is_named_once_more_is_not_fetched_again(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = small(tmp_path, "first", signer)
    for manifest in (first, small(tmp_path, "second", signer)):
        name_model(hangar, manifest, signer)
        station.sync()
    name_model(hangar, first, signer)
    monkeypatch.setattr(FileFetcher, "fetch", None)
    assert station.sync().problems == ()
    assert station.judging == "first 1"
    assert [entry.payload["centre_version"] for entry in station.room.entries("model_installed")] == [1, 2, 3]


def test_what_an_administrator_took_back_stays_so_until_the_centre_names_a_newer_one(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path
) -> None:
    name_model(hangar, small(tmp_path, "first", signer), signer)
    station.sync()
    name_model(hangar, small(tmp_path, "second", signer), signer)
    station.sync()
    station.models.roll_back(actor_badge=None)
    # Also after everything was read once more, as after a restore of the centre.
    for again in (False, True):
        if again:
            station.runner()._round._puller.begin_again()  # type: ignore[union-attr]
        assert station.sync().problems == ()
        assert (station.judging, station.stage) == ("first 1", "kept_back")
    name_model(hangar, small(tmp_path, "third", signer), signer)
    station.sync()
    assert station.judging == "third 1"


def test_a_model_that_is_removed_at_the_centre_stays_where_it_judges(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path
) -> None:
    name_model(hangar, small(tmp_path, "first", signer), signer)
    station.sync()
    assert centre_models(hangar).remove() == "first, 1"
    assert station.sync().state.model is None
    assert station.judging == "first 1"
    with pytest.raises(NotFound):
        centre_models(hangar).remove()
    assert hangar.administration._server.run("SELECT count(*) FROM toolroom.evidence_chunk") == [[0]]


# --- somebody works


def test_while_somebody_works_nothing_changes_and_then_it_does(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path
) -> None:
    name_model(hangar, small(tmp_path, "first", signer), signer)
    station.workplace.tell(taken=True)
    outcome = station.sync()
    assert outcome.problems == ()
    assert outcome.state.model is not None and outcome.state.model.stage is ModelStage.WAITING
    operation = station.room.desk.take("T-1", "K-1", {})
    assert station.sync().problems == ()
    assert (station.stage, station.judging) == ("waiting", SHIPPED)
    assert station.room.said("model_installed") == []
    assert not (station.room.folder / "models").exists()
    station.workplace.tell(taken=False)
    station.sync()
    assert station.judging == "first 1"
    assert operation.site_seq < station.room.entries("model_installed")[0].site_seq


def test_somebody_who_comes_while_it_is_being_verified_finds_everything_as_it_was(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_model(hangar, small(tmp_path, "first", signer), signer)
    keeper = station.keeper()
    covered = type(keeper._models).uncovered

    def signs_in(self: object, card: object) -> object:
        station.workplace.tell(taken=True)
        return covered(self, card)  # type: ignore[arg-type]

    monkeypatch.setattr(type(keeper._models), "uncovered", signs_in)
    assert station.sync(keeper).problems == ()
    assert (station.judging, station.stage) == (SHIPPED, "waiting")
    assert station.room.said("model_installed") == []
    monkeypatch.undo()
    station.workplace.tell(taken=False)
    station.sync(keeper)
    assert station.judging == "first 1"


# --- much waits to be sent


class _Ticking(HandClock):
    """Every look at the clock takes a second."""

    def monotonic(self) -> float:
        self.advance(1.0)
        return super().monotonic()


def fill_with_photos(room: Room) -> None:
    """Forty small photos that the centre has not."""
    store = room.records.evidence

    def keep(uow: UnitOfWork) -> None:
        for number in range(40):
            photo = bytes([number]) * 1000
            uow.evidence.add(store.put(photo), len(photo))

    room.records.database.write(keep)


def in_short_turns(station: ModelRoom) -> SyncRunner:
    """Its sync, with time for about six photos a turn; the operations have their round and are quiet then."""
    return station.runner(clock=_Ticking(), rhythm=Rhythm(idle=10 * PATIENCE, longest=PATIENCE, work=6.0))


def seen_until(runner: SyncRunner, reached: Callable[[SyncState], bool]) -> list[SyncState]:
    """Every state that a runner tells from its start until one is reached."""
    seen: list[SyncState] = []
    there = threading.Event()

    def follow(state: SyncState) -> None:
        seen.append(state)
        if reached(state):
            there.set()

    runner.follow(follow)
    runner.start()
    try:
        assert there.wait(PATIENCE)
    finally:
        runner.stop()
    return seen


def test_a_model_does_not_wait_until_all_photos_of_a_month_are_sent(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path
) -> None:
    name_model(hangar, small(tmp_path, "first", signer), signer)
    fill_with_photos(station.room)

    def installed(state: SyncState) -> bool:
        return state.model is not None and state.model.stage is ModelStage.INSTALLED

    seen = seen_until(in_short_turns(station), installed)
    assert next(state for state in seen if installed(state)).pending_files > 0


def test_what_cannot_be_fetched_slows_no_photo_that_is_to_be_sent(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_model(hangar, small(tmp_path, "first", signer), signer)
    fill_with_photos(station.room)
    keeper = station.keeper()

    def refuses(*_given: object, **_named: object) -> bool:
        raise CentreProblem("centre.silent")

    monkeypatch.setattr(type(keeper), "fetch", refuses)
    # After failures in a row it waits 1, 2, 4 seconds and so on: seven turns would take longer than the patience.
    monkeypatch.setattr("random.random", lambda: 1.0)
    seen = seen_until(in_short_turns(station), lambda state: state.rounds > 0 and state.pending_files == 0)
    assert any(state.evidence_problem == "centre.silent" for state in seen), "it is said"


# --- killed and cut


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize(("where", "pieces"), [("piece", 30), ("note", 0), ("noted", 0)])
def test_a_station_that_is_killed_goes_on_where_it_was(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path, where: str, pieces: int
) -> None:
    large = real_release(tmp_path / "release", signer, "1.5") if pieces else small(tmp_path, "first", signer)
    name_model(hangar, large, signer)
    folder, address = station.room.folder, station.room.address
    station.room.close()
    processes = multiprocessing.get_context("forkserver")
    process = processes.Process(target=take_model, args=(folder, address, pieces, where), daemon=True)
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == -signal.SIGKILL
    process.close()
    again = ModelRoom(Room.opened("A", folder, address, station.room.clock))
    station.room = again.room
    assert again.room.said("model_installed") == []
    asked: list[int] = []

    def asking(self: object, centre: Centre, wanted: object, **how: object) -> bytes | None:
        asked.append(again.keeper()._incoming.held(wanted.sha256))  # type: ignore[attr-defined]
        return fetch(self, centre, wanted, **how)  # type: ignore[arg-type]

    fetch = FileFetcher.fetch
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FileFetcher, "fetch", asking)
        assert again.sync().problems == ()
    assert asked == ([pieces * PIECE_BYTES] if where == "piece" else []), "what had come does not come again"
    assert again.judging == ("kit11_first 1.5" if pieces else "first 1")
    assert len(again.room.entries("model_installed")) == 1
    assert again.incoming == []
    assert len(again.models.entries()) == 2


def test_a_line_that_is_cut_costs_one_piece(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_model(hangar, real_release(tmp_path / "release", signer, "1.5"), signer)
    get, asked = PostgreSqlCentre.get_piece, []

    def cut(self: PostgreSqlCentre, named_by: tuple[str, str], sha256: str, start: int) -> tuple[int, bytes] | None:
        asked.append(start)
        if len(asked) == 20:
            raise CentreProblem("centre.silent", server="x")
        return get(self, named_by, sha256, start)

    monkeypatch.setattr(PostgreSqlCentre, "get_piece", cut)
    first = station.sync()
    assert [problem.code for problem in first.problems] == ["centre.silent"]
    standing = station.standing
    assert (standing.stage, standing.held) == (ModelStage.FETCHING, 19 * PIECE_BYTES)
    assert (standing.said["held"], standing.said["size"]) == (4, 13)
    assert station.sync().problems == ()
    assert asked[20] == 19 * PIECE_BYTES
    assert station.judging == "kit11_first 1.5"


def test_an_upload_that_is_cut_goes_on_where_it_was_and_names_nothing_before_it_is_whole(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path
) -> None:
    released = read_for_centre(real_release(tmp_path / "r", signer, "1.5"), TrustedKeys((signer.trusted,)))
    models, told = centre_models(hangar), []

    class CutError(Exception):
        pass

    def cut(done: int, size: int) -> None:
        told.append(done)
        if len(told) == 11:
            raise CutError

    with pytest.raises(CutError):
        models.add(released, told=cut)
    assert models.named() is None
    station.sync()
    assert station.keeper().standing() is None
    assert models.add(released) == released.model.size - 10 * PIECE_BYTES
    station.sync()
    assert station.judging == "kit11_first 1.5"


# --- what is refused


def test_a_key_that_the_station_does_not_trust_is_refused_once_and_taken_when_it_does(
    hangar: Hangar, station: ModelRoom, tmp_path: Path
) -> None:
    stranger = make_signer(tmp_path / "stranger", "stranger")
    name_model(hangar, small(tmp_path, "first", stranger), stranger)
    keeper = station.keeper()
    outcome = station.sync(keeper)
    assert outcome.done
    (problem,) = outcome.problems
    assert problem.code == "centre.model_refused"
    assert "model.signature_unknown_key" in str(problem)
    assert station.judging == SHIPPED
    assert len(station.models.entries()) == 1
    for _ in range(2):
        station.sync(keeper)
    (refusal,) = station.room.said("refused")
    assert refusal == {
        "badge": None,
        "command": "install_model_of_centre",
        "subject": "first, 1",
        "reason": "model.signature_unknown_key",
    }
    station.trust(stranger)
    assert station.sync(keeper).problems != (), "it is not verified anew with every round"
    station.room.clock.advance(REFUSED_AGAIN_SECONDS + 1)
    assert station.sync(keeper).problems == ()
    assert station.judging == "first 1"


def test_an_unsigned_model_is_not_named(hangar: Hangar, signer: Signer, tmp_path: Path) -> None:
    with pytest.raises(BadModel) as caught:
        name_model(hangar, small(tmp_path, "first", None), signer)
    assert caught.value.code == "model.unsigned"
    assert centre_models(hangar).named() is None


def test_bytes_that_were_changed_at_the_centre_are_let_go_and_healed_by_sending_them_again(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path
) -> None:
    manifest = real_release(tmp_path / "release", signer, "1.5")
    name_model(hangar, manifest, signer)
    sql(
        hangar,
        "UPDATE toolroom.evidence_chunk SET data = set_byte(data, 100, get_byte(data, 100) # 1)"
        f" WHERE site_id = '' AND at_byte = {7 * PIECE_BYTES}",
    )
    keeper = station.keeper()
    (problem,) = station.sync(keeper).problems
    assert "centre.model_damaged" in str(problem)
    assert (station.judging, station.incoming) == (SHIPPED, [])
    assert name_model(hangar, manifest, signer) > 40 * PIECE_BYTES, "the centre hashes what it holds"
    station.sync(keeper)
    keeper.again()
    assert station.sync(keeper).problems == ()
    assert station.judging == "kit11_first 1.5"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("jsonb_build_object('manifest', replace(content ->> 'manifest', '0.3', '0.1'))", "model.signature_wrong"),
        ("jsonb_build_object('signature', '{}')", "model.signature_damaged"),
        ("jsonb_build_object('signature', '')", "model.signature_damaged"),
    ],
)
def test_a_row_that_was_changed_at_the_centre_is_refused_by_its_signature(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path, change: str, code: str
) -> None:
    name_model(hangar, small(tmp_path, "first", signer), signer)
    sql(hangar, f"UPDATE toolroom.reference SET content = content || {change} WHERE kind = 'model'")
    (problem,) = station.sync().problems
    assert code in str(problem)
    assert "/incoming/" not in str(problem), "no path that is gone"
    assert station.judging == SHIPPED


def test_another_network_under_a_signed_manifest_is_refused(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path
) -> None:
    name_model(hangar, small(tmp_path, "first", signer), signer)
    other = (Path(__file__).parents[2] / "data" / "vision" / "alphabetical.onnx").read_bytes()
    named = {"name": "first.onnx", "sha256": hashlib.sha256(other).hexdigest(), "size": len(other)}
    run = hangar.administration._server.run
    run(
        "INSERT INTO toolroom.evidence VALUES ('', :name, :size, :size, now(), now())",
        name=named["sha256"],
        size=len(other),
    )
    run(
        "INSERT INTO toolroom.evidence_chunk VALUES ('', :name, 0, CAST(:data AS bytea))",
        name=named["sha256"],
        data=other,
    )
    run(
        "UPDATE toolroom.reference SET content = content || CAST(:change AS jsonb) WHERE kind = 'model'",
        change=json.dumps({"file": named}),
    )
    (problem,) = station.sync().problems
    assert "model.sha256_differs" in str(problem)
    assert station.judging == SHIPPED


@pytest.mark.parametrize(
    "content", ["{}", '{"name": 1}', '{"name": "x", "version": "1", "manifest": "[", "signature": ""}']
)
def test_a_row_of_another_form_is_put_aside_like_any_other(hangar: Hangar, station: ModelRoom, content: str) -> None:
    sql(hangar, f"SELECT toolroom.put_reference('model', 'judging', '{content}', false, 'x', false)")
    outcome = station.sync()
    assert [problem.code for problem in outcome.problems] == ["reference.aside"]
    assert outcome.state.model is None


def test_kits_that_it_does_not_cover_are_said_and_it_is_taken_where_the_centre_says_so(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path
) -> None:
    other = Toolkit("O", (Position("torch", 1, "Фонарь", "Torch"),))
    station.room.records.catalogue.take_in([other], [Kit("O-1", "O")], actor_badge=None)
    manifest = small(tmp_path, "first", signer)
    name_model(hangar, manifest, signer)
    (problem,) = station.sync().problems
    assert "O-1" in str(problem) and "torch" in str(problem) and "model_kits_not_covered" in str(problem)
    assert station.judging == SHIPPED
    assert name_model(hangar, manifest, signer, accept_uncovered=True) == 0
    assert station.sync().problems == ()
    assert station.judging == "first 1"
    (installed,) = station.room.said("model_installed")
    assert installed["kits_not_covered"] == [{"toolkit": "O", "kits": ["O-1"], "classes": ["torch"]}]


def test_a_model_of_the_settings_comes_first_and_that_is_said(
    hangar: Hangar, station: ModelRoom, signer: Signer, tmp_path: Path
) -> None:
    station.settings = Settings.model_validate({"model": {"manifest": str(small(tmp_path, "own", signer))}})
    name_model(hangar, small(tmp_path, "first", signer), signer)
    station.sync()
    assert station.stage == "overruled"


# --- what the centre knows


def test_the_centre_knows_by_which_model_each_station_judges(hangar: Hangar, signer: Signer, tmp_path: Path) -> None:
    rooms = [ModelRoom(room) for room in rooms_of(hangar, tmp_path, "ABC")]
    try:
        rooms[0].trust(signer)
        rooms[1].trust(signer)
        name_model(hangar, small(tmp_path, "first", signer), signer)
        for room in rooms[:2]:
            room.sync()
        rooms[1].models.roll_back(actor_badge=None)
        rooms[1].room.desk.take("T-1", "K-1", {})
        rooms[1].sync()
        rooms[2].sync()
        for room in rooms:
            room.sync()
        told = {one.site: one for one in centre_models(hangar).stations()}
    finally:
        for room in rooms:
            room.room.close()
    assert [one.decision for one in told.values()] == ["installed", "rolled_back", "refused"]
    a, b, c = told.values()
    assert (a.by, b.by) == (None, "")
    assert a.chosen is not None and a.chosen["name"] == "first"
    assert (a.judged, b.judged is not None) == (None, True)
    assert c.refused == ("first, 1", "model.signature_unknown_key")
