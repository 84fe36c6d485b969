"""Trained weights become a model that a station takes, and nothing else does.

Needs PyTorch and ultralytics, the extra `train`: `nox -s train` runs it, and fails where they are missing.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from pathlib import Path

import pytest

from tests.first_model import FIRST_MODEL
from tests.released_models import make_signer
from toolroom_desktop.adapters.security.signatures import TrustedKeys
from toolroom_desktop.adapters.vision.detector import load_detector, load_unmanifested
from toolroom_desktop.adapters.vision.manifest import read_manifest
from toolroom_desktop.adapters.vision.model_store import verify_model
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.cli import main
from toolroom_desktop.config.paths import resource
from toolroom_desktop.domain.errors import BadModel

if importlib.util.find_spec("ultralytics") is None and not os.environ.get("TOOLROOM_TRAINING_TESTS"):
    pytest.skip("the extra `train` is not installed; `nox -s train` runs these tests", allow_module_level=True)

# torch and ultralytics warn of much that is not ours.
pytestmark = pytest.mark.filterwarnings("ignore")

TABLES = tuple(sorted(resource("demo", "tables").glob("*.jpg"))[:3])
SIZE = (96, 128)


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network that has learnt nothing, as a checkpoint of ultralytics with averaged weights in it."""
    from toolroom_desktop.training.learn.torchvision_stand_in import ensure_torchvision

    ensure_torchvision()
    import torch
    from ultralytics.nn.tasks import DetectionModel

    path = tmp_path_factory.mktemp("веса") / "last.pt"
    torch.manual_seed(5)
    raw, averaged = (DetectionModel("yolov8n.yaml", nc=3, verbose=False) for _ in range(2))
    for network in (raw, averaged):
        network.names = {0: "pliers", 1: "wrench", 2: "brace"}
        network.args = {}
        network.task = "detect"
        for branch in network.model[-1].cv3:
            # A fresh network is sure of nothing; without this hardly any score differs from nought.
            torch.nn.init.normal_(branch[-1].bias)
    torch.save({"model": raw, "ema": averaged, "train_args": {"imgsz": 128, "epochs": 1}, "version": "8.4"}, path)
    return path


def plan_for(weights: Path, out: Path, **more: object) -> object:
    from toolroom_desktop.training.learn.export import ClassFile, ExportPlan

    plan = {"weights": weights, "out": out, "name": "tiny", "version": "1", "size": SIZE, "photos": TABLES}
    return ExportPlan(**{"classes": ClassFile(), "int8": False, **plan, **more})  # type: ignore[arg-type]


def exported(weights: Path, out: Path, **more: object) -> object:
    from toolroom_desktop.training.learn import export

    return export.export(plan_for(weights, out, **more), lambda _step: None)  # type: ignore[arg-type]


def refusal(weights: Path, out: Path, **more: object) -> str:
    with pytest.raises(BadModel) as caught:
        exported(weights, out, **more)
    assert not list(out.glob("*")), "nothing is left behind"
    return caught.value.code


def test_the_command_makes_a_signed_model_with_names_and_groups(weights: Path, tmp_path: Path) -> None:
    signer = make_signer(tmp_path / "keys")
    told = {
        "classes": [
            {"name": "pliers", "ru": "Пассатижи", "en": "Pliers"},
            {"name": "wrench", "ru": "Ключ", "en": "Wrench"},
            {"name": "hammer", "ru": "", "en": ""},
        ],
        "look_alikes": [
            {"classes": ["pliers", "wrench"], "accept": None},
            {"classes": ["hammer", "axe"], "accept": 0.9},
        ],
        "limits": ["It sees nothing."],
        "limits_ru": ["Она ничего не видит."],
    }
    (tmp_path / "classes.json").write_text(json.dumps(told), encoding="utf-8")
    arguments = ("--name", "tiny", "--size", "128x96", "--classes-from", str(tmp_path / "classes.json"), "--int8")
    where = ("--out", str(tmp_path / "out"), "--key", str(signer.key))
    assert main(["model", "export", str(weights), *where, *arguments]) == 0
    for name in ("tiny", "tiny_int8"):
        card, holder, doubt = verify_model(tmp_path / "out" / f"{name}.json", TrustedKeys((signer.trusted,)))
        assert (holder, doubt) == ("toolroom-it", None)
        assert (card.name, card.input_size, card.classes) == (name, SIZE, ("pliers", "wrench", "brace"))
    manifest = read_manifest(tmp_path / "out" / "tiny.json")
    assert [entry.ru for entry in manifest.classes] == ["Пассатижи", "Ключ", "brace"]
    assert (manifest.limits, manifest.limits_ru) == (["It sees nothing."], ["Она ничего не видит."])
    lost = read_manifest(tmp_path / "out" / "tiny_int8.json").quality
    assert lost and all("8-битн" in f.measure_ru or "уверенност" in f.measure_ru for f in lost)
    assert [group.classes for group in manifest.look_alikes] == [["pliers", "wrench"]]
    tables = list(resource("demo", "tables").glob("*.jpg"))
    assert manifest.export is not None and manifest.export.parity_photos == len(tables)
    assert "imgsz 128" in manifest.training
    info = load_detector(tmp_path / "out" / "tiny.json").info
    assert info.names_ru["pliers"] == "Пассатижи"


@pytest.mark.parametrize(
    "texts",
    [
        {"limits": ["It sees nothing."], "limits_ru": ["Она ничего не видит.", "И не слышит."]},
        {"limits": [""]},
        {"limits": ["It sees nothing."], "limits_ru": [""]},
    ],
)
def test_limits_that_no_manifest_could_hold_are_refused_before_the_export(
    tmp_path: Path, texts: dict[str, list[str]]
) -> None:
    from toolroom_desktop.training.learn.export import read_class_file

    path = tmp_path / "classes.json"
    path.write_text(json.dumps({"classes": [{"name": "pliers"}]} | texts), encoding="utf-8")
    with pytest.raises(BadModel) as refused:
        read_class_file(path)
    assert refused.value.code == "model.class_file_damaged"
    path.write_text(json.dumps({"classes": [{"name": "pliers"}]}), encoding="utf-8")
    assert [(one.ru, one.en) for one in read_class_file(path).classes] == [("pliers", "pliers")]


def test_the_averaged_weights_are_taken_and_the_model_computes_what_they_do(weights: Path, tmp_path: Path) -> None:
    import torch

    from toolroom_desktop.training.learn import export

    done = exported(weights, tmp_path / "out")
    assert isinstance(done, export.Exported)
    assert done.parity.photos == 3
    assert done.parity.score < 1e-4
    model = load_unmanifested(tmp_path / "out" / "tiny.onnx")
    averaged, _ = export._network(weights)
    raw_alone = tmp_path / "raw.pt"
    content = torch.load(weights, weights_only=False)
    torch.save(content | {"ema": None}, raw_alone)
    raw, _ = export._network(raw_alone)
    assert export.compare(averaged, model, TABLES).score < 1e-4
    assert export.compare(raw, model, TABLES).score > 1e-4, "the comparison tells two networks apart"


def test_a_file_that_computes_something_else_is_not_written(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toolroom_desktop.training.learn import export

    monkeypatch.setattr(export, "LARGEST_SCORE_DIFFERENCE", -1.0)
    assert refusal(weights, tmp_path / "out") == "model.parity_broken"


def test_an_old_signature_does_not_outlive_its_model(weights: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    exported(weights, out)
    (out / "tiny.sig").write_text("{}")
    exported(weights, out)
    assert not (out / "tiny.sig").exists()
    assert sorted(path.name for path in out.iterdir()) == ["tiny.json", "tiny.onnx"]


def test_weights_that_are_none_and_sizes_that_do_not_fit_are_refused(weights: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (tmp_path / "text.pt").write_text("no weights")
    assert refusal(tmp_path / "text.pt", out) == "model.weights_not_readable"
    assert refusal(tmp_path / "none.pt", out) == "model.weights_not_readable"
    assert refusal(weights, out, size=(96, 100)) == "model.size_not_of_stride"


def test_an_8_bit_model_keeps_what_it_says_of_itself_and_sees_about_the_same(tmp_path: Path) -> None:
    import onnx

    from toolroom_desktop.training.learn.quantise import agreement, quantise

    source = FIRST_MODEL.with_suffix(".onnx")
    photos = tuple(sorted(resource("demo", "tables").glob("*.jpg"))[:4])
    quantise(source, tmp_path / "small.onnx", photos)
    assert (tmp_path / "small.onnx").stat().st_size < source.stat().st_size / 3
    model = onnx.load(str(tmp_path / "small.onnx"))
    told = {entry.key: entry.value for entry in onnx.load(str(source)).metadata_props}
    assert {entry.key: entry.value for entry in model.metadata_props} == told
    first, second = load_unmanifested(source), load_unmanifested(tmp_path / "small.onnx")
    assert second.info.knowledge.classes == first.info.knowledge.classes
    loss = agreement(first, second, photos)
    assert loss.tools >= 20
    assert loss.same >= 0.85 * loss.tools
    assert 0 < loss.mean_change <= 0.1
    itself = agreement(first, first, photos)
    assert (itself.same, itself.more, itself.largest_change) == (itself.tools, 0, 0.0)


def test_the_scores_themselves_stay_float() -> None:
    import onnx

    from toolroom_desktop.training.learn.quantise import _last_convolutions

    last = _last_convolutions(onnx.load(str(FIRST_MODEL.with_suffix(".onnx"))))
    assert len(last) == 7
    assert sum("/cv2." in name for name in last) == sum("/cv3." in name for name in last) == 3


def test_a_photo_that_is_none_ends_the_export_with_its_own_sentence(weights: Path, tmp_path: Path) -> None:
    shutil.copy(TABLES[0], tmp_path / "a.jpg")
    (tmp_path / "b.jpg").write_text("no photo")
    assert FilePhotoReader().read(tmp_path / "a.jpg").width > 0
    command = ["model", "export", str(weights), "--out", str(tmp_path / "out"), "--name", "tiny", "--size", "128x96"]
    assert main([*command, "--photos", str(tmp_path)]) == 2
    assert not list((tmp_path / "out").glob("*.onnx"))
