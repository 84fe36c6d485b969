"""From cut-outs to an installed model and back, with the real commands: small, but nothing is left out.

Needs PyTorch and ultralytics, the extra `train`: `nox -s train` runs it, and fails where they are missing.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from tests.command_line import CommandLine
from toolroom_desktop.config.paths import models_folder, resource
from toolroom_desktop.domain.errors import BadInput

if importlib.util.find_spec("ultralytics") is None and not os.environ.get("TOOLROOM_TRAINING_TESTS"):
    pytest.skip("the extra `train` is not installed; `nox -s train` runs these tests", allow_module_level=True)

# torch and ultralytics warn of much that is not ours.
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few scenes of the rendered kit."""
    folder = tmp_path_factory.mktemp("сцены")
    toolroom, out = CommandLine(folder / "data"), folder / "scenes"
    counts = ("--scenes", 24, "--validation", 8, "--size", "320x240", "--processes", 1)
    composed = toolroom("compose", resource("demo", "cutouts"), "--out", out, *counts)
    assert composed.code == 0, composed
    return out


@pytest.mark.parametrize("instructions", ["amx_bf16", "none"])
def test_a_detector_learns_in_half_precision_where_the_processor_has_instructions_for_it(
    instructions: str, scenes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    from toolroom_desktop.training.learn.run import TrainingPlan
    from toolroom_desktop.training.learn.train import train

    # The networks hand on what they made in the precision that they made it in.
    made: set[torch.dtype] = set()

    def note(_: object, __: object, made_here: object) -> None:
        if isinstance(made_here, torch.Tensor) and torch.is_grad_enabled():
            made.add(made_here.dtype)

    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {instructions: True})
    hook = torch.nn.modules.module.register_module_forward_hook(note)
    try:
        weights = str(models_folder() / "start_tools.pt")
        plan = TrainingPlan(str(scenes), weights, 0.05, size=96, batch=4, device="cpu")
        done = train(plan, tmp_path / "run", report=lambda _: None)
    finally:
        hook.remove()
    assert done.images > 0
    assert (torch.bfloat16 in made) is (instructions == "amx_bf16")
    kept = torch.load(done.weights, map_location="cpu", weights_only=False)["model"]
    assert torch.bfloat16 not in {p.dtype for p in kept.parameters()}


def test_a_network_is_trained_exported_evaluated_installed_and_taken_back(scenes: Path, tmp_path: Path) -> None:
    toolroom = CommandLine(tmp_path / "станция")
    run, made = tmp_path / "run", tmp_path / "made"
    start = ("--dataset", scenes, "--out", run)  # from the weights that ship
    trained = toolroom("train", *start, "--minutes", 0.3, "--batch", 4, "--size", 160, "--device", "cpu")
    assert trained.code == 0, trained
    weights = run / "weights" / "last.pt"

    key = tmp_path / "our.key"
    assert toolroom("model", "keygen", key, "--no-passphrase").code == 0
    sizes = ("--size", "160x128", "--photos", scenes / "images" / "val")
    exported = toolroom("model", "export", weights, "--out", made, "--name", "tiny", *sizes, "--key", key)
    assert exported.code == 0, exported
    manifest = json.loads((made / "tiny.json").read_text("utf-8"))
    assert manifest["input_size"] == [128, 160]
    assert manifest["export"]["score_difference"] < 0.001

    evaluated = toolroom("evaluate", made / "tiny.onnx", scenes, "--trials", 20, "--out", tmp_path / "report")
    assert evaluated.code == 0, evaluated  # a network that has hardly begun lets nothing pass
    assert (tmp_path / "report" / "evaluation.html").stat().st_size > 1000

    assert toolroom("init", "--demo").code == 0
    unsigned = toolroom("model", "install", made / "tiny.json", "--yes")
    assert unsigned.code == 2, "the station does not trust that key"
    installed = toolroom("model", "install", made / "tiny.json", "--yes", "--allow-unsigned")
    assert installed.code == 0, installed
    assert [model["name"] for model in toolroom("model", "list", "--json").json["models"] if model["active"]] == [
        "tiny"
    ]
    assert toolroom("model", "rollback").code == 0
    (active,) = (model for model in toolroom("model", "list", "--json").json["models"] if model["active"])
    assert active["shipped"]
    assert toolroom("journal", "verify").code == 0


def test_a_stopped_training_goes_on_where_it_was(scenes: Path, tmp_path: Path) -> None:
    from toolroom_desktop.training.learn.run import Report, TrainingPlan
    from toolroom_desktop.training.learn.train import resume, train

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


_RUN = """
import sys
from pathlib import Path
from toolroom_desktop.training.learn.run import TrainingPlan
from toolroom_desktop.training.learn.train import train
plan = TrainingPlan(sys.argv[1], "yolov8n.yaml", minutes=10, size=160, batch=4, device="cpu", threads=1, save_every=1)
train(plan, Path(sys.argv[2]), report=lambda report: print(report.images, flush=True))
"""


def test_a_killed_training_goes_on_from_its_last_checkpoint(scenes: Path, tmp_path: Path) -> None:
    from toolroom_desktop.training.learn.run import PLAN, STATE
    from toolroom_desktop.training.learn.train import resume

    out = tmp_path / "run"
    with subprocess.Popen([sys.executable, "-c", _RUN, scenes, out], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        for _line in run.stdout:  # every report is a chance to see that a checkpoint was written
            if (out / STATE).exists():
                break
        run.kill()
    before = json.loads((out / STATE).read_text("utf-8"))
    plan = json.loads((out / PLAN).read_text("utf-8"))
    # The rest of ten minutes would be long: what was used and a little more is the whole budget now.
    (out / PLAN).write_text(json.dumps(plan | {"minutes": before["elapsed"] / 60 + 0.1}), "utf-8")
    after = resume(out, report=lambda _: None)
    assert after.finished
    assert after.images > before["images"] > 0
