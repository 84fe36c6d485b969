"""Installing a model and going back: who may, what is refused, and that the journal and the store agree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.released_models import HOLDER, Signer, make_signer, release
from tests.unit.services.conftest import PIN
from toolroom_desktop.adapters.security.signatures import TrustedKeys
from toolroom_desktop.adapters.vision.model_store import FileModelStore
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.errors import BadModel, DatabaseProblem, Refused
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.services.models import Models
from toolroom_desktop.services.ports import Database, UnitOfWork

T = TypeVar("T")


class FailingCommit:
    """A database whose disk is full at the end of every command."""

    def __init__(self, real: Database) -> None:
        self.real = real

    def write(self, command: Callable[[UnitOfWork], T]) -> T:
        def and_fail(uow: UnitOfWork) -> T:
            command(uow)
            raise DatabaseProblem("database.disk_full", path="toolroom.sqlite", reason="full")

        return self.real.write(and_fail)

    def read(self, query: Callable[[UnitOfWork], T]) -> T:
        return self.real.read(query)

    def close(self) -> None:
        self.real.close()


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return make_signer(tmp_path / "keys")


@pytest.fixture
def models(tmp_path: Path, station: Records, signer: Signer) -> Models:
    station.accounts.add_person(badge="A-1", name="Админ", role=Role.ADMINISTRATOR, pin=PIN, actor_badge=None)
    shipped = release(tmp_path / "program", "shipped", signer)
    store = FileModelStore(tmp_path / "store", shipped, TrustedKeys((signer.trusted,)))
    return Models(station.database, station.recorder, station.catalogue, store)


def entries(records: Records, kind: str) -> list[JournalEntry]:
    return records.database.read(lambda uow: [entry for entry in uow.journal.entries() if entry.kind == kind])


def judging(models: Models) -> str:
    (active,) = [entry for entry in models.entries() if entry.active]
    assert active.card is not None
    return active.card.name


def install(models: Models, folder: Path, name: str, signer: Signer | None, **how: Any) -> None:
    models.install(release(folder / name, name, signer), actor_badge=None, **how)


def test_an_installation_is_a_record_that_names_model_signer_and_actor(
    tmp_path: Path, station: Records, models: Models, signer: Signer
) -> None:
    change = models.install(release(tmp_path, "second", signer), actor_badge="A-1")
    assert judging(models) == "second"
    (entry,) = entries(station, "model_installed")
    assert entry.model_sha256 == change.card.sha256
    assert entry.payload["model"] == {
        "name": "second",
        "version": "1",
        "sha256": change.card.sha256,
        "manifest_sha256": change.card.manifest_sha256,
    }
    assert (entry.payload["signed_by"], entry.payload["allowed_in_spite_of"]) == (HOLDER, None)
    assert entry.payload["by"] == "A-1"
    active = next(entry for entry in models.entries() if entry.active)
    assert active.step is not None
    assert active.step.by == "A-1"


def test_the_way_back_leads_over_every_model_to_the_program_s_own(
    tmp_path: Path, station: Records, models: Models, signer: Signer
) -> None:
    install(models, tmp_path, "second", signer)
    install(models, tmp_path, "third", signer)
    for name in ("second", "shipped"):
        assert models.roll_back(actor_badge="A-1").card.name == name
        assert judging(models) == name
    with pytest.raises(Refused) as caught:
        models.roll_back(actor_badge="A-1")
    assert caught.value.code == "model.no_former"
    names = [entry.payload["model"]["name"] for entry in entries(station, "model_rolled_back")]
    assert names == ["second", "shipped"]
    assert len(models.entries()) == 3, "what was left is kept"


def test_one_step_leads_to_the_program_s_own_model_and_one_back_from_it(
    tmp_path: Path, models: Models, signer: Signer
) -> None:
    install(models, tmp_path, "second", signer)
    install(models, tmp_path, "third", signer)
    models.roll_back(actor_badge=None, to_shipped=True)
    assert judging(models) == "shipped"
    with pytest.raises(Refused):
        models.roll_back(actor_badge=None, to_shipped=True)
    assert models.roll_back(actor_badge=None).card.name == "third"


def test_a_model_installed_twice_is_not_its_own_former_one(tmp_path: Path, models: Models, signer: Signer) -> None:
    manifest = release(tmp_path, "second", signer)
    models.install(manifest, actor_badge=None)
    models.install(manifest, actor_badge=None)
    assert models.roll_back(actor_badge=None).card.name == "shipped"


def test_the_same_weights_with_other_thresholds_are_another_model(
    tmp_path: Path, models: Models, signer: Signer
) -> None:
    install(models, tmp_path / "a", "second", signer)
    strict = release(tmp_path / "b", "second", signer, thresholds={"review": 0.3, "accept": 0.9, "per_class": {}})
    models.install(strict, actor_badge=None)
    assert len(models.entries()) == 3


def test_an_unsigned_model_is_refused_and_nothing_of_it_stays(tmp_path: Path, station: Records, models: Models) -> None:
    manifest = release(tmp_path, "second", None)
    with pytest.raises(BadModel) as caught:
        models.install(manifest, actor_badge=None)
    assert caught.value.code == "model.unsigned"
    assert caught.value.details["path"] == str(manifest)
    assert judging(models) == "shipped"
    assert entries(station, "model_installed") == []
    assert len(models.entries()) == 1


def test_letting_an_unsigned_model_in_is_on_record(tmp_path: Path, station: Records, models: Models) -> None:
    install(models, tmp_path, "second", None, allow_unsigned=True)
    (entry,) = entries(station, "model_installed")
    assert (entry.payload["signed_by"], entry.payload["allowed_in_spite_of"]) == (None, "model.unsigned")
    assert models.store.shelf().let_in != {}


def test_a_model_signed_by_a_stranger_is_no_better_than_an_unsigned_one(tmp_path: Path, models: Models) -> None:
    stranger = make_signer(tmp_path / "stranger", HOLDER)
    with pytest.raises(BadModel) as caught:
        install(models, tmp_path, "second", stranger)
    assert caught.value.code == "model.signature_unknown_key"


def test_a_swapped_model_file_is_refused_whatever_is_allowed(tmp_path: Path, models: Models, signer: Signer) -> None:
    manifest = release(tmp_path, "second", signer)
    (tmp_path / "second.onnx").write_bytes((tmp_path / "second.onnx").read_bytes() + b"\0")
    with pytest.raises(BadModel) as caught:
        models.install(manifest, actor_badge=None, allow_unsigned=True, accept_uncovered=True)
    assert caught.value.code == "model.sha256_differs"
    assert judging(models) == "shipped"


def test_kits_that_a_model_does_not_cover_are_named_before_it_is_let_in(
    tmp_path: Path, station: Records, models: Models, signer: Signer
) -> None:
    scissors = Toolkit("S", (Position("scissors"), Position("file")))
    unused = Toolkit("U", (Position("anvil"),))
    station.catalogue.take_in([scissors, unused], [Kit("K-9", "s")], actor_badge=None)
    with pytest.raises(Refused) as caught:
        install(models, tmp_path, "second", signer)
    assert caught.value.code == "model.kits_not_covered"
    assert (caught.value.details["kits"], caught.value.details["classes"]) == ("K-9", "scissors")
    assert judging(models) == "shipped"
    install(models, tmp_path, "second", signer, accept_uncovered=True)
    (entry,) = entries(station, "model_installed")
    assert entry.payload["kits_not_covered"] == [{"toolkit": "S", "kits": ["K-9"], "classes": ["scissors"]}]


@pytest.mark.parametrize("badge", ["T-1", "L-1", "Q-1"])
def test_only_an_administrator_changes_the_model(tmp_path: Path, models: Models, signer: Signer, badge: str) -> None:
    install(models, tmp_path, "second", signer)
    with pytest.raises(Refused):
        models.install(release(tmp_path, "third", signer), actor_badge=badge)
    with pytest.raises(Refused):
        models.roll_back(actor_badge=badge)
    assert judging(models) == "second"


def test_without_its_record_no_change_holds(tmp_path: Path, station: Records, models: Models, signer: Signer) -> None:
    install(models, tmp_path, "second", signer)
    broken = Models(FailingCommit(station.database), station.recorder, station.catalogue, models.store)
    with pytest.raises(DatabaseProblem):
        install(broken, tmp_path, "third", signer)
    assert judging(models) == "second"
    with pytest.raises(DatabaseProblem):
        broken.roll_back(actor_badge=None)
    assert judging(models) == "second"
    assert len(entries(station, "model_installed")) == 1
    assert entries(station, "model_rolled_back") == []


def test_nobody_goes_back_to_a_damaged_model_but_past_it(tmp_path: Path, models: Models, signer: Signer) -> None:
    install(models, tmp_path, "second", signer)
    install(models, tmp_path, "third", signer)
    second = next(entry for entry in models.entries() if entry.former)
    assert isinstance(models.store, FileModelStore)
    (models.store.folder / str(second.id) / "second.onnx").unlink()
    with pytest.raises(BadModel) as caught:
        models.roll_back(actor_badge=None)
    assert caught.value.code == "model.file_missing"
    assert judging(models) == "third"
    models.roll_back(actor_badge=None, to_shipped=True)
    assert judging(models) == "shipped"


def test_a_damaged_judging_model_does_not_block_the_way_back(tmp_path: Path, models: Models, signer: Signer) -> None:
    install(models, tmp_path, "second", signer)
    active = next(entry for entry in models.entries() if entry.active)
    assert isinstance(models.store, FileModelStore)
    (models.store.folder / str(active.id) / "second.json").write_text("{")
    assert models.roll_back(actor_badge=None).card.name == "shipped"
