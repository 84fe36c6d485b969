"""Half precision on a processor: where it has instructions for it, learning takes little more than half the time."""

from __future__ import annotations

import torch


def halves_are_faster(device: torch.device) -> bool:
    """Whether a processor has instructions of its own for half precision (bfloat16); weights and sums stay floats.

    Where they have to be made up it is slower.
    """
    ask = getattr(torch.cpu, "get_capabilities", None)  # an older PyTorch cannot say
    can = ask() if ask is not None else {}
    return device.type == "cpu" and bool(can.get("avx512_bf16") or can.get("amx_bf16"))


def halves(device: torch.device) -> torch.autocast:
    """The context in which a network learns on that device."""
    return torch.autocast(device.type, torch.bfloat16, enabled=halves_are_faster(device))
