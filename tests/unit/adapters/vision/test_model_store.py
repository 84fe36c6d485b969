"""The store of models: whole copies, a note that is replaced as a whole, and nothing that was slipped in."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.first_model import FIRST_MODEL
from tests.released_models import HOLDER, MODELS, Signer, make_signer, release
from toolroom_desktop.adapters.security.signatures import TrustedKeys
from toolroom_desktop.adapters.vision.detector import load_detector
from toolroom_desktop.adapters.vision.manifest import read_manifest, read_manifest_file, write_manifest
from toolroom_desktop.adapters.vision.model_store import FileModelStore, manifest_beside, verify_model
from toolroom_desktop.bootstrap import PROJECT_KEYS, SHIPPED_MODEL
from toolroom_desktop.config.paths import models_folder, resource
from toolroom_desktop.domain.errors import BadModel, DatabaseProblem
from toolroom_desktop.services.models import Shelf, Step

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return make_signer(tmp_path / "keys")


@pytest.fixture
def store(tmp_path: Path, signer: Signer) -> FileModelStore:
    shipped = release(tmp_path / "program", "shipped", signer)
    return FileModelStore(tmp_path / "данные" / "models", shipped, TrustedKeys((signer.trusted,)))


def installed(store: FileModelStore, manifest: Path) -> str:
    """Install a model whatever its signature and let it judge; its id."""
    with store.take(manifest) as candidate:
        store.keep(candidate)
    let_in = {candidate.id: candidate.doubt.code} if candidate.doubt else {}
    store.note(Shelf((*store.shelf().way, Step(candidate.id, NOON, "")), let_in))
    return candidate.id


def loads(store: FileModelStore) -> str:
    """The name of the model that a start of the station would load."""
    return load_detector(store.judging(), check=store.check).info.knowledge.name


def refusal(store: FileModelStore) -> str:
    with pytest.raises(BadModel) as caught:
        loads(store)
    return caught.value.code


@pytest.mark.parametrize("manifest", [models_folder() / SHIPPED_MODEL, FIRST_MODEL], ids=["shipped", "first"])
def test_the_project_s_own_models_are_signed_by_the_project(manifest: Path) -> None:
    card, signer, doubt = verify_model(manifest, TrustedKeys((resource(PROJECT_KEYS),)))
    assert doubt is None
    assert signer == "toolroom-desktop"
    assert card.classes[0] == "screwdriver_minus"


def test_without_a_store_the_program_s_own_model_judges(store: FileModelStore) -> None:
    assert loads(store) == "shipped"
    (only,) = store.entries()
    assert (only.id, only.active, only.former, only.signer) == (None, True, False, HOLDER)
    assert not store.folder.exists(), "looking makes nothing"


def test_an_installed_model_needs_nothing_of_where_it_came_from(
    tmp_path: Path, store: FileModelStore, signer: Signer
) -> None:
    model = installed(store, release(tmp_path / "usb", "модель № 2", signer))
    shutil.rmtree(tmp_path / "usb")
    assert loads(store) == "модель № 2"
    assert [(entry.id, entry.active) for entry in store.entries()] == [(None, False), (model, True)]
    assert store.card(model).version == "1"


def test_a_candidate_that_is_not_kept_leaves_nothing(tmp_path: Path, store: FileModelStore, signer: Signer) -> None:
    with store.take(release(tmp_path / "usb", "tiny", signer)) as candidate:
        assert candidate.card.name == "tiny"
    assert list(store.folder.iterdir()) == []


def test_a_model_that_does_not_load_is_never_a_candidate_and_its_own_path_is_named(
    tmp_path: Path, store: FileModelStore, signer: Signer
) -> None:
    manifest = release(tmp_path / "usb", "tiny", signer)
    content = bytearray((tmp_path / "usb" / "tiny.onnx").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "usb" / "tiny.onnx").write_bytes(bytes(content))
    with pytest.raises(BadModel) as caught, store.take(manifest):
        pytest.fail("it was taken")
    assert caught.value.code == "model.sha256_differs"
    assert caught.value.details["path"] == str(tmp_path / "usb" / "tiny.onnx")
    assert list(store.folder.iterdir()) == []


def test_the_rest_of_an_installation_that_was_cut_off_counts_for_nothing_and_goes_with_the_next(
    tmp_path: Path, store: FileModelStore, signer: Signer
) -> None:
    cut_off = store.folder / ".0123.part"
    cut_off.mkdir(parents=True)
    (cut_off / "tiny.json").write_text("{")
    assert [entry.id for entry in store.entries()] == [None]
    installed(store, release(tmp_path / "usb", "tiny", signer))
    assert not cut_off.exists()
    assert loads(store) == "tiny"


def test_a_damaged_copy_is_found_at_the_start_and_mended_by_installing_again(
    tmp_path: Path, store: FileModelStore, signer: Signer
) -> None:
    manifest = release(tmp_path / "usb", "tiny", signer)
    model = installed(store, manifest)
    copy = store.folder / model / "tiny.onnx"
    copy.write_bytes(copy.read_bytes()[:-1])
    assert refusal(store) == "model.sha256_differs"
    problem = store.entries()[1].problem
    assert problem is not None and problem.code == "model.sha256_differs"
    assert installed(store, manifest) == model
    assert loads(store) == "tiny"


def test_a_model_swapped_together_with_its_manifest_is_found_at_the_start(
    tmp_path: Path, store: FileModelStore, signer: Signer
) -> None:
    model = installed(store, release(tmp_path / "usb", "tiny", signer))
    rogue = release(tmp_path / "rogue", "tiny", None, thresholds={"review": 0.01, "accept": 0.01, "per_class": {}})
    shutil.copy(rogue, store.folder / model / "tiny.json")
    assert refusal(store) == "model.signature_wrong"
    (store.folder / model / "tiny.sig").unlink()
    assert refusal(store) == "model.unsigned"


def test_the_program_s_own_model_must_be_signed_too(store: FileModelStore) -> None:
    store.shipped.with_suffix(".sig").unlink()
    assert refusal(store) == "model.unsigned"


def test_a_model_let_in_without_a_signature_starts_and_another_in_its_place_does_not(
    tmp_path: Path, store: FileModelStore
) -> None:
    model = installed(store, release(tmp_path / "usb", "tiny", None))
    assert loads(store) == "tiny"
    rogue = release(tmp_path / "rogue", "tiny", None, version="2")
    shutil.copy(rogue, store.folder / model / "tiny.json")
    assert refusal(store) == "model.unsigned"


def test_line_ends_and_layout_of_a_manifest_do_not_break_its_signature(tmp_path: Path, signer: Signer) -> None:
    manifest = release(tmp_path / "usb", "tiny", signer)
    keys = TrustedKeys((signer.trusted,))
    content = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_bytes(json.dumps(content, indent=7, sort_keys=True).replace("\n", "\r\n").encode())
    assert verify_model(manifest, keys)[1:] == (HOLDER, None)
    content["thresholds"]["accept"] = 0.59
    manifest.write_text(json.dumps(content), encoding="utf-8")
    doubt = verify_model(manifest, keys)[2]
    assert doubt is not None and doubt.code == "model.signature_wrong"


@pytest.mark.parametrize("content", ['{"name": "a", "name": "b"}', '{"name": NaN}', "[" * 50_000, "\ufeff{}"])
def test_a_manifest_that_two_readers_could_read_differently_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "tiny.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadModel) as caught:
        read_manifest_file(path)
    assert caught.value.code == "model.manifest_damaged"


def test_a_written_manifest_is_read_as_the_same(tmp_path: Path) -> None:
    manifest = read_manifest(FIRST_MODEL)
    write_manifest(tmp_path / "copy.json", manifest)
    assert read_manifest(tmp_path / "copy.json") == manifest
    assert [path.name for path in tmp_path.iterdir()] == ["copy.json"]


def test_a_model_file_stands_for_the_manifest_beside_it() -> None:
    assert manifest_beside(MODELS / "square.onnx") == MODELS / "square.json"
    assert manifest_beside(FIRST_MODEL) == FIRST_MODEL


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        '{"format": 2, "way": [], "let_in": {}}',
        '{"format": 1, "way": [{"model": "../../etc-0123456789abcdef", "at": "2026-05-04T12:00:00+00:00", "by": ""}],'
        ' "let_in": {}}',
        '{"format": 1, "way": [{"model": null, "at": "2026-05-04T12:00:00", "by": ""}], "let_in": {}}',
        '{"format": 1, "way": [{"model": null, "at": "noon", "by": ""}], "let_in": {}}',
        '{"format": 1, "way": [null], "let_in": {}}',
    ],
)
def test_a_damaged_note_is_never_taken_for_an_empty_one(store: FileModelStore, content: str) -> None:
    store.folder.mkdir(parents=True)
    (store.folder / "shelf.json").write_text(content)
    assert refusal(store) == "model.shelf_damaged"


def test_a_noted_model_that_is_gone_is_named(tmp_path: Path, store: FileModelStore, signer: Signer) -> None:
    model = installed(store, release(tmp_path / "usb", "tiny", signer))
    shutil.rmtree(store.folder / model)
    assert refusal(store) == "model.installed_gone"
    assert [entry.id for entry in store.entries()] == [None, model]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_store_that_may_not_be_written_says_so(tmp_path: Path, store: FileModelStore, signer: Signer) -> None:
    store.folder.mkdir(parents=True)
    store.folder.chmod(0o500)
    with pytest.raises(DatabaseProblem) as caught, store.take(release(tmp_path / "usb", "tiny", signer)):
        pytest.fail("it was taken")
    assert caught.value.code == "model_store.read_only"


def test_a_file_where_the_store_should_be_is_a_disk_error(
    tmp_path: Path, store: FileModelStore, signer: Signer
) -> None:
    store.folder.parent.mkdir()
    store.folder.write_text("")
    with pytest.raises(DatabaseProblem) as caught, store.take(release(tmp_path / "usb", "tiny", signer)):
        pytest.fail("it was taken")
    assert caught.value.code == "model_store.disk_error"
