"""Small models as somebody would release them: model, manifest and signature in one folder."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolroom_desktop.adapters.security.signatures import make_key, read_key
from toolroom_desktop.adapters.vision.model_store import sign_manifest

MODELS = Path(__file__).parent / "data" / "vision"
CLASSES = ("hammer", "pliers", "wrench", "brace", "file")
"""What the small models know."""
HOLDER = "toolroom-it"


@dataclass(frozen=True)
class Signer:
    """Somebody with a signing key, whose public half lies in `trusted`."""

    key: Path
    trusted: Path


def make_signer(folder: Path, holder: str = HOLDER) -> Signer:
    """A signer whose key anybody may trust who looks into the folder `trusted`."""
    trusted = folder / "trusted"
    trusted.mkdir(parents=True)
    public = make_key(folder / "private" / f"{holder}.key", "")
    shutil.copy(public, trusted)
    return Signer(folder / "private" / f"{holder}.key", trusted)


def release(folder: Path, name: str, signer: Signer | None, *, version: str = "1", **more: Any) -> Path:
    """A model of that name that loads; the path of its manifest. `more` replaces entries of the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    content = (MODELS / "rectangular.onnx").read_bytes()
    (folder / f"{name}.onnx").write_bytes(content)
    manifest: dict[str, Any] = {
        "name": name,
        "version": version,
        "file": f"{name}.onnx",
        "sha256": hashlib.sha256(content).hexdigest(),
        "licence": "AGPL-3.0",
        "classes": [{"name": n, "ru": n.upper(), "en": n} for n in CLASSES],
        "look_alikes": [],
        "input_size": [96, 128],
        "thresholds": {"review": 0.3, "accept": 0.6, "per_class": {}},
        "training_data": [{"name": "noise", "licence": "none"}],
        "training": "none",
        "quality": [{"measure": "mAP50", "value": 0.5, "on": "noise", "by": "nobody"}],
        "limits": ["It sees nothing."],
    }
    path = folder / f"{name}.json"
    path.write_text(json.dumps(manifest | more, ensure_ascii=False, indent=2), encoding="utf-8")
    if signer is not None:
        sign_manifest(path, read_key(signer.key))
    return path
