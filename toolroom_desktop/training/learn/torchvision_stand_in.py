"""Lets ultralytics run where torchvision is installed but does not fit the torch beside it.

Ultralytics reads the version of torchvision when it is imported and, for detection, uses one function of it:
``torchvision.ops.nms``. The torchvision of a package index is built for a torch with CUDA and cannot be imported
beside a torch for the CPU alone. Then this module takes its place, with ultralytics' own suppression in plain torch.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


def _nms(boxes: Any, scores: Any, iou_threshold: float) -> Any:
    """Indices (k,) of the boxes (n, 4) that remain, best first, as `torchvision.ops.nms` gives them."""
    from ultralytics.utils.nms import TorchNMS

    return TorchNMS.nms(boxes, scores, iou_threshold)


def ensure_torchvision() -> bool:
    """Make ``import torchvision`` work in this process; whether it is the real one.

    Call it before anything imports ultralytics. A torchvision that works is left alone.
    """
    try:
        import torchvision
    except (ImportError, RuntimeError, OSError):
        # Its half-imported parts would fail again, in other words.
        for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
            del sys.modules[name]
        stand_in, operations = ModuleType("torchvision"), ModuleType("torchvision.ops")
        operations.__dict__["nms"] = _nms
        stand_in.__dict__["ops"] = operations
        # Without it importlib.util.find_spec refuses to answer for a module that is loaded already.
        stand_in.__spec__ = ModuleSpec("torchvision", loader=None)
        sys.modules["torchvision"], sys.modules["torchvision.ops"] = stand_in, operations
        return False
    return torchvision.__dict__.get("__file__") is not None
