"""The mean of a network before and after it learnt more, with the real command.

Needs PyTorch and ultralytics, the extra `train`: `nox -s train` runs it, and fails where they are missing.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import CommandLine

if importlib.util.find_spec("ultralytics") is None and not os.environ.get("TOOLROOM_TRAINING_TESTS"):
    pytest.skip("the extra `train` is not installed; `nox -s train` runs these tests", allow_module_level=True)

# torch and ultralytics warn of much that is not ours.
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.timeout(600)]


@pytest.fixture
def toolroom(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "данные")


def weights(path: Path, seed: int, names: tuple[str, ...] = ("pliers", "brace"), side: int = 64) -> Path:
    """A network of the second opinion that has learnt nothing, as training writes it."""
    import torch
    from ultralytics.nn.tasks import ClassificationModel

    torch.manual_seed(seed)
    network = ClassificationModel("yolov8n-cls.yaml", nc=len(names) + 1, verbose=False)
    network.names = dict(enumerate(names))
    for values in network.state_dict().values():
        if values.is_floating_point():
            values.add_(torch.rand_like(values))
    torch.save({"model": network, "train_args": {"imgsz": side}, "version": "8.4"}, path)
    return path


def read(path: Path) -> tuple[Any, dict[str, Any]]:
    from ultralytics.nn.tasks import load_checkpoint

    network, checkpoint = load_checkpoint(str(path))
    return network.float(), dict(checkpoint)


def test_every_number_lies_half_way_and_the_network_can_be_used(toolroom: CommandLine, tmp_path: Path) -> None:
    import torch

    before, after = weights(tmp_path / "до.pt", 1), weights(tmp_path / "после.pt", 2, side=96)
    told = toolroom("average", before, after, "--out", tmp_path / "новая" / "среднее.pt")
    assert told.code == 0, told
    mean, told_of_training = read(tmp_path / "новая" / "среднее.pt")
    one, other = read(before)[0].state_dict(), read(after)[0].state_dict()
    for name, values in mean.state_dict().items():
        if values.is_floating_point():
            assert torch.allclose(values, (one[name] + other[name]) / 2, atol=1e-6), name
    assert mean.names == {0: "pliers", 1: "brace"}
    assert told_of_training["train_args"]["imgsz"] == 96, "trained as the last of them"
    with torch.inference_mode():
        answer = mean.eval()(torch.zeros(1, 3, 64, 64))
    assert torch.isfinite(answer[0] if isinstance(answer, tuple) else answer).all()


def test_detectors_are_averaged_and_see_in_between(toolroom: CommandLine, tmp_path: Path) -> None:
    import torch
    from ultralytics.nn.tasks import DetectionModel

    paths = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        network = DetectionModel("yolov8n.yaml", nc=2, verbose=False)
        network.names = {0: "pliers", 1: "brace"}
        paths.append(tmp_path / f"{seed}.pt")
        torch.save({"model": network, "train_args": {"imgsz": 64}, "version": "8.4"}, paths[-1])
    assert toolroom("average", *paths, "--out", tmp_path / "mean.pt").code == 0
    one, other, mean = (read(path)[0] for path in (*paths, tmp_path / "mean.pt"))
    assert isinstance(mean, DetectionModel)
    assert mean.stride.tolist() == one.stride.tolist()
    name = next(name for name, values in mean.state_dict().items() if values.is_floating_point())
    half_way = (one.state_dict()[name] + other.state_dict()[name]) / 2
    assert torch.allclose(mean.state_dict()[name], half_way, atol=1e-6)


def test_a_detector_and_a_second_network_have_nothing_in_common(toolroom: CommandLine, tmp_path: Path) -> None:
    import torch
    from ultralytics.nn.tasks import DetectionModel

    detector = DetectionModel("yolov8n.yaml", nc=2, verbose=False)
    detector.names = {0: "pliers", 1: "brace"}
    torch.save({"model": detector, "train_args": {"imgsz": 64}, "version": "8.4"}, tmp_path / "detector.pt")
    told = toolroom("average", weights(tmp_path / "o.pt", 1), tmp_path / "detector.pt", "--out", tmp_path / "mean.pt")
    assert told.code == 2 and "detector.pt" in told.err
    assert not (tmp_path / "mean.pt").exists()


def test_three_count_alike(toolroom: CommandLine, tmp_path: Path) -> None:
    import torch

    paths = [weights(tmp_path / f"{seed}.pt", seed) for seed in (1, 2, 3)]
    assert toolroom("average", *paths, "--out", tmp_path / "mean.pt").code == 0
    states = [read(path)[0].state_dict() for path in paths]
    name = next(name for name, values in states[0].items() if values.is_floating_point())
    mean = read(tmp_path / "mean.pt")[0].state_dict()[name]
    assert torch.allclose(mean, sum(state[name] for state in states) / 3, atol=1e-6)


def test_networks_of_other_tools_or_another_number_of_them_are_refused(toolroom: CommandLine, tmp_path: Path) -> None:
    first = weights(tmp_path / "first.pt", 1)
    for number, names in enumerate((("pliers", "wrench"), ("pliers", "brace", "wrench"))):
        other = weights(tmp_path / f"{number}.pt", 1, names)
        told = toolroom("average", first, other, "--out", tmp_path / "mean.pt")
        assert told.code == 2
        assert first.name in told.err and other.name in told.err
    assert not (tmp_path / "mean.pt").exists()


def test_one_network_and_what_is_none_are_refused_in_a_sentence(toolroom: CommandLine, tmp_path: Path) -> None:
    first, broken, out = weights(tmp_path / "first.pt", 1), tmp_path / "broken.pt", tmp_path / "mean.pt"
    broken.write_bytes(b"no weights")
    assert "two or more" in toolroom("average", first, "--out", out).err
    assert broken.name in toolroom("average", first, broken, "--out", out).err
    assert (tmp_path / "gone.pt").name in toolroom("average", first, tmp_path / "gone.pt", "--out", out).err
    assert not out.exists()


def test_a_file_that_is_there_stays_as_it_is(toolroom: CommandLine, tmp_path: Path) -> None:
    paths = [weights(tmp_path / f"{seed}.pt", seed) for seed in (1, 2)]
    content = paths[1].read_bytes()
    told = toolroom("average", *paths, "--out", paths[1])
    assert told.code == 2 and paths[1].name in told.err
    assert paths[1].read_bytes() == content


def test_a_place_that_takes_no_file_is_named(toolroom: CommandLine, tmp_path: Path) -> None:
    paths = [weights(tmp_path / f"{seed}.pt", seed) for seed in (1, 2)]
    (tmp_path / "file").write_bytes(b"")
    told = toolroom("average", *paths, "--out", tmp_path / "file" / "mean.pt")
    assert told.code == 2 and "mean.pt" in told.err
