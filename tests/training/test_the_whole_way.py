"""From cut-outs to an installed model, with the real commands: small, but nothing is left out.

Needs PyTorch and ultralytics, the extra `train`: `nox -s train` runs it, and fails where they are missing.
"""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from threading import Event

import pytest

from toolroom_desktop.cli import main
from toolroom_desktop.config.paths import resource
from toolroom_desktop.domain.errors import BadInput

if importlib.util.find_spec("ultralytics") is None and not os.environ.get("TOOLROOM_TRAINING_TESTS"):
    pytest.skip("the extra `train` is not installed; `nox -s train` runs these tests", allow_module_level=True)

# torch and ultralytics warn of much that is not ours.
pytestmark = pytest.mark.filterwarnings("ignore")

SIZE = ("--size", "160")


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few scenes of the rendered kit."""
    out = tmp_path_factory.mktemp("сцены") / "scenes"
    counts = ("--scenes", "24", "--validation", "8", "--size", "320x240", "--processes", "1")
    assert main(["compose", str(resource("demo", "cutouts")), "--out", str(out), *counts]) == 0
    return out


def test_a_network_is_trained_exported_evaluated_and_installed(
    scenes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, made, data = tmp_path / "run", tmp_path / "made", tmp_path / "станция"
    training = ("--minutes", "0.3", "--batch", "4", "--device", "cpu", *SIZE)
    assert main(["train", "--dataset", str(scenes), "--weights", "yolov8n.yaml", "--out", str(run), *training]) == 0
    weights = run / "weights" / "last.pt"
    assert weights.is_file()

    export = ("--name", "tiny", "--size", "160x128", "--photos", str(scenes / "images" / "val"))
    assert main(["model", "export", str(weights), "--out", str(made), *export]) == 0
    manifest = json.loads((made / "tiny.json").read_text("utf-8"))
    assert manifest["input_size"] == [128, 160]
    assert manifest["export"]["score_difference"] < 0.001

    capsys.readouterr()
    evaluated = main(["evaluate", str(made / "tiny.onnx"), str(scenes), "--trials", "20", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert evaluated == 0, "a network that has learnt nothing lets nothing pass"
    assert report

    assert main(["--data", str(data), "init", "--admin-badge", "A-1", "--admin-name", "Администратор"]) in (0, 2)


def test_a_stopped_training_goes_on_where_it_was(scenes: Path, tmp_path: Path) -> None:
    from toolroom_desktop.training.learn.train import Report, TrainingPlan, resume, train

    out, stop = tmp_path / "run", Event()
    plan = TrainingPlan(str(scenes), "yolov8n.yaml", minutes=0.5, size=160, batch=4, device="cpu", threads=1)

    def stop_at_once(_report: Report) -> None:
        stop.set()

    first = train(plan, out, report=stop_at_once, cancelled=stop)
    assert not first.finished
    with pytest.raises(BadInput, match=r"train\.already_there"):
        train(plan, out, report=lambda _: None)
    second = resume(out, report=lambda _: None)
    assert second.finished
    assert second.images > first.images
    assert second.elapsed >= 30
    with pytest.raises(BadInput, match=r"train\.nothing_to_resume"):
        resume(out, report=lambda _: None)
