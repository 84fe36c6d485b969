"""The network of the second opinion, from scenes to a model that a station takes, with the real commands.

Needs PyTorch and ultralytics, the extra `train`: `nox -s train` runs it, and fails where they are missing.
"""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from tests.command_line import CommandLine
from toolroom_desktop.adapters.vision.detector import load_detector, load_unmanifested
from toolroom_desktop.adapters.vision.looks import ready_to_look
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.adapters.vision.second_opinion import SecondOpinion
from toolroom_desktop.config.paths import models_folder, resource
from toolroom_desktop.domain.errors import BadInput, BadModel

if importlib.util.find_spec("ultralytics") is None and not os.environ.get("TOOLROOM_TRAINING_TESTS"):
    pytest.skip("the extra `train` is not installed; `nox -s train` runs these tests", allow_module_level=True)

# torch and ultralytics warn of much that is not ours.
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.timeout(1200)]
COUNTS = ("--scenes", 10, "--validation", 4, "--size", "320x240", "--processes", 1)


@pytest.fixture(scope="module")
def toolroom(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return CommandLine(tmp_path_factory.mktemp("мнение") / "data")


@pytest.fixture(scope="module")
def scenes(toolroom: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few scenes of the rendered kit; its own tools serve as foreign things."""
    out = tmp_path_factory.mktemp("сцены") / "scenes"
    cutouts = resource("demo", "cutouts")
    composed = toolroom("compose", cutouts, "--foreign", cutouts, "--name-foreign", "--out", out, *COUNTS)
    assert composed.code == 0, composed
    return out


@pytest.fixture(scope="module")
def trained(toolroom: CommandLine, scenes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights of a network that has hardly begun."""
    run = tmp_path_factory.mktemp("run") / "opinion"
    told = toolroom(
        *("train", "--opinion", "--dataset", scenes, "--out", run, "--minutes", 0.1),
        *("--batch", 4, "--size", 64, "--device", "cpu", "--freeze", 3),
    )
    assert told.code == 0, told
    assert "%" in told.out
    return run / "weights" / "last.pt"


@pytest.fixture(scope="module")
def detector(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights of a detector for the same tools that has learnt nothing."""
    import torch
    from ultralytics.nn.tasks import DetectionModel

    path = tmp_path_factory.mktemp("веса") / "last.pt"
    torch.manual_seed(5)
    names = load_unmanifested(models_folder() / "kit11.onnx").session.metadata.names
    network = DetectionModel("yolov8n.yaml", nc=len(names), verbose=False)
    network.names = dict(enumerate(names))
    torch.save({"model": network, "train_args": {"imgsz": 128}, "version": "8.4"}, path)
    return path


def test_what_was_trained_becomes_a_part_of_the_model_and_is_asked(
    toolroom: CommandLine, trained: Path, detector: Path, tmp_path: Path
) -> None:
    tables = resource("demo", "tables")
    exported = toolroom(
        *("model", "export", detector, "--opinion", trained, "--out", tmp_path / "made", "--name", "tiny"),
        *("--size", "128x96", "--photos", tables, "--int8"),
    )
    assert exported.code == 0, exported
    for name in ("tiny", "tiny_int8"):
        assert json.loads((tmp_path / "made" / f"{name}.json").read_text("utf-8"))["second_opinion"] is True
        loaded = load_detector(tmp_path / "made" / f"{name}.json")
        assert loaded.opinion is not None
        assert loaded.opinion.side == 64
        ready = ready_to_look(loaded)
        assert isinstance(ready, SecondOpinion)
        photo = FilePhotoReader().read(next(iter(sorted(tables.glob("*.jpg")))))
        assert ready.detect(photo).width == photo.width


def test_the_file_answers_what_the_network_does(trained: Path) -> None:
    import torch

    from toolroom_desktop.adapters.vision.opinion import Opinion
    from toolroom_desktop.training.learn.export_opinion import OpinionWeights
    from toolroom_desktop.training.learn.opinion import shares_of

    names = load_unmanifested(models_folder() / "kit11.onnx").session.metadata.names
    made = OpinionWeights(trained, names)
    torch.manual_seed(1)
    pieces = torch.rand(5, 3, 64, 64).numpy()
    answers = Opinion(made.content, "tiny")._ask(pieces)
    assert answers.shape == (5, len(names) + 1)
    assert np.allclose(answers.sum(1), 1, atol=1e-4)
    assert np.abs(answers - shares_of(made.network, pieces)).max() < 0.05


def test_half_precision_learns_the_same_and_keeps_its_weights_as_floats(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from toolroom_desktop.training.learn import opinion
    from toolroom_desktop.training.learn.halves import halves_are_faster
    from toolroom_desktop.training.learn.run import TrainingPlan

    plan = TrainingPlan("", str(models_folder() / "start_tools.pt"), 1.0, size=64, batch=4, rate=0.001, opinion=True)
    torch.manual_seed(3)
    pieces, indices = torch.rand(8, 3, 64, 64), torch.tensor([0, 1, 2, 0, 1, 2, 0, 1])
    losses: dict[str, list[float]] = {}
    for instructions in ("avx512_bf16", "none"):
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda able=instructions: {able: True})
        torch.manual_seed(4)
        learner = opinion._Learner(plan, ("hammer", "pliers"), torch.device("cpu"))
        losses[instructions] = [learner.step(pieces, indices, plan.rate) for _ in range(8)]
        weights = [*learner.network.parameters(), *learner.average.parameters()]
        assert {w.dtype for w in weights} == {torch.float32}
    halves, floats = losses["avx512_bf16"], losses["none"]
    assert halves != floats, "it makes a difference"
    assert halves[-1] < halves[0] / 2
    assert halves[0] == pytest.approx(floats[0], rel=0.05)
    monkeypatch.delattr(torch.cpu, "get_capabilities")
    assert not halves_are_faster(torch.device("cpu"))


def test_weights_that_are_no_second_opinion_or_one_of_other_tools_are_refused(trained: Path, detector: Path) -> None:
    from toolroom_desktop.training.learn.export_opinion import OpinionWeights

    for weights, classes in ((detector, ("a", "b")), (trained, ("hammer",))):
        with pytest.raises(BadModel) as caught:
            OpinionWeights(weights, classes)
        assert caught.value.code == "model.weights_no_opinion"


def test_a_stopped_training_goes_on_where_it_was(scenes: Path, tmp_path: Path) -> None:
    from toolroom_desktop.training.learn.opinion import resume_opinion, train_opinion
    from toolroom_desktop.training.learn.run import TrainingPlan, read_run

    stop = Event()
    plan = TrainingPlan(
        str(scenes), str(models_folder() / "start_tools.pt"), 0.3, size=64, batch=4, rate=0.001, opinion=True
    )
    first = train_opinion(plan, tmp_path / "run", report=lambda _: stop.set(), cancelled=stop)
    assert not first.finished
    assert first.named is None
    assert first.weights.is_file()
    told, elapsed, images = read_run(tmp_path / "run")
    assert (told, images) == (plan, first.images)
    assert 0 < elapsed < 0.3 * 60
    then = resume_opinion(tmp_path / "run", report=lambda _: None)
    assert then.finished
    assert then.images > first.images
    assert then.named is not None and 0 <= then.named <= 1
    with pytest.raises(BadInput) as caught:
        resume_opinion(tmp_path / "run", report=lambda _: None)
    assert caught.value.code == "train.nothing_to_resume"


def test_scenes_that_do_not_name_foreign_things_are_refused(tmp_path: Path) -> None:
    from toolroom_desktop.training.learn.opinion import train_opinion
    from toolroom_desktop.training.learn.run import PLAN, TrainingPlan

    (tmp_path / "data.yaml").write_text("{train: images/train, val: images/val, names: [pliers, wrench]}", "utf-8")
    plan = TrainingPlan(str(tmp_path), str(models_folder() / "start_tools.pt"), 1, size=64, opinion=True)
    with pytest.raises(BadInput) as caught:
        train_opinion(plan, tmp_path / "run", report=lambda _: None)
    assert caught.value.code == "train.no_foreign_class"
    assert not (tmp_path / "run" / PLAN).exists()
