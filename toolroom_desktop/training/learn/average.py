"""The mean of what one network was before and after it learnt more.

A network that learns new pieces forgets a little of the old ones; half way between the two it mostly knows both. That
holds for networks of which one grew out of the other: those trained apart from each other have nothing in common.
Wortsman et al., Robust fine-tuning of zero-shot models, 2022, https://arxiv.org/abs/2109.01903
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toolroom_desktop.domain.errors import BadInput, BadModel
from toolroom_desktop.training.learn.torchvision_stand_in import ensure_torchvision

ensure_torchvision()

import torch  # noqa: E402 - after the stand-in
from ultralytics.nn.tasks import load_checkpoint  # noqa: E402

from toolroom_desktop.training.learn.opinion import save_weights  # noqa: E402


def average_of(weights: Sequence[Path], out: Path) -> None:
    """Write the mean of these networks, detectors or such of the second opinion, as weights to train on or export.

    How they were trained is told as by the last of them. Raises `BadModel("model.weights_not_readable")`, `BadInput`:
    average.too_few, average.not_alike, average.already_there, average.disk_full.
    """
    if len(weights) < 2:
        raise BadInput("average.too_few")
    if out.exists():
        raise BadInput("average.already_there", path=out)
    first, _ = _loaded(weights[0])
    total = {name: values.double() for name, values in first.state_dict().items()}
    for path in weights[1:]:
        network, told = _loaded(path)
        if _kind(network) != _kind(first):
            raise BadInput("average.not_alike", first=weights[0], other=path)
        total = {name: total[name] + values.double() for name, values in network.state_dict().items()}
    mean = {
        name: (total[name] / len(weights)).to(values.dtype) if values.is_floating_point() else values
        for name, values in network.state_dict().items()
    }
    network.load_state_dict(mean)
    content = {"model": network, "train_args": told["train_args"], "version": told.get("version", "")}
    try:
        save_weights(content, out)
    except OSError as error:
        raise BadInput("average.disk_full", path=out, reason=error.strerror or str(error)) from error


def _kind(network: torch.nn.Module) -> object:
    """What must be the same of two networks: the tools that they know, and the shape of every weight."""
    return network.names, {name: tuple(values.shape) for name, values in network.state_dict().items()}


def _loaded(path: Path) -> tuple[torch.nn.Module, dict[str, Any]]:
    try:
        network, checkpoint = load_checkpoint(str(path))
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise BadModel("model.weights_not_readable", path=path, reason=reason) from error
    return network.float(), dict(checkpoint)
