"""The weights that a training starts from where nobody names others.

Needs PyTorch and ultralytics, the extra `train`: `nox -s train` runs it, and fails where they are missing.
"""

from __future__ import annotations

import importlib.util
import os
import zipfile
from types import SimpleNamespace
from typing import Any

import pytest

from toolroom_desktop.cli.train import START_WEIGHTS
from toolroom_desktop.config.paths import models_folder

if importlib.util.find_spec("ultralytics") is None and not os.environ.get("TOOLROOM_TRAINING_TESTS"):
    pytest.skip("the extra `train` is not installed; `nox -s train` runs these tests", allow_module_level=True)

# torch and ultralytics warn of much that is not ours.
pytestmark = pytest.mark.filterwarnings("ignore")


def test_a_training_can_start_without_fetching_anything() -> None:
    from toolroom_desktop.training.learn.torchvision_stand_in import ensure_torchvision

    ensure_torchvision()
    from ultralytics.nn.tasks import DetectionModel, load_checkpoint

    network, checkpoint = load_checkpoint(str(models_folder() / START_WEIGHTS))
    assert isinstance(network, DetectionModel)
    assert {"pliers", "screwdriver", "wrench"} <= set(network.names.values())
    assert checkpoint["license"] == "AGPL-3.0"


def test_the_weights_tell_nothing_about_the_machine_that_made_them() -> None:
    with zipfile.ZipFile(models_folder() / START_WEIGHTS) as archive:
        (description,) = [archive.read(name) for name in archive.namelist() if name.endswith("data.pkl")]
    assert b"DetectionModel" in description
    for trace in (b"/home", b"/root", b"/tmp", b"/dev/", b"/work", b"\\Users"):
        assert trace not in description


def test_half_precision_is_left_to_cards_that_can_be_trusted_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from toolroom_desktop.training.learn import train

    card: Any = SimpleNamespace(parameters=lambda: iter([SimpleNamespace(device=SimpleNamespace(type="cuda"))]))

    for capability, trusted in (((7, 5), False), ((8, 0), True), ((9, 0), True)):
        monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _, c=capability: c)
        assert train._half_precision_holds(card) is trusted
    assert not train._half_precision_holds(torch.nn.Linear(1, 1)), "a processor"
