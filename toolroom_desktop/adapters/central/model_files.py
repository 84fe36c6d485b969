"""A released model as it goes to the centre: verified as for an installation, with what its row is to say."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolroom_desktop.adapters.security.signatures import TrustedKeys
from toolroom_desktop.adapters.vision.manifest import read_manifest_file
from toolroom_desktop.adapters.vision.model_store import card_beside, manifest_beside, verify_model
from toolroom_desktop.adapters.vision.session import read_model_file
from toolroom_desktop.domain.errors import BadInput, BadModel
from toolroom_desktop.services.model_content import LARGEST_MODEL, NamedFile, NamedModel


@dataclass(frozen=True, slots=True)
class Released:
    """A model with the bytes of its files, and whose trusted key signed it."""

    model: NamedModel
    contents: Sequence[tuple[NamedFile, bytes]]
    signer: str


def read_for_centre(path: Path, keys: TrustedKeys, *, accept_uncovered: bool = False) -> Released:
    """Load and verify a model by its manifest, or by the model file beside it.

    Nothing lets an unsigned one in: no station would install it. Raises `BadModel`, and
    `BadInput("centre.model_too_large")`.
    """
    card, signer, doubt = verify_model(path, keys)
    if doubt is not None:
        raise doubt
    described = read_manifest_file(manifest_beside(path))
    read = read_model_file(described.model_path)
    if (described.sha256, read.sha256) != (card.manifest_sha256, card.sha256):
        # Changed since it was verified a moment ago.
        raise BadModel(
            "model.sha256_differs",
            path=str(read.path),
            manifest=str(described.path),
            found=read.sha256,
            expected=card.sha256,
        )
    if len(read.content) > LARGEST_MODEL:
        raise BadInput("centre.model_too_large", path=read.path, most=LARGEST_MODEL >> 20)
    contents = [(_named(described.manifest.file, read.content), read.content)]
    written = card_beside(described.path)
    text = written.read_bytes() if written is not None else b""
    if text:
        # The small one first.
        contents.insert(0, (_named(f"{described.model_path.stem}.md", text), text))
    model = NamedModel(
        name=card.name,
        version=card.version,
        manifest=described.canonical.decode("utf-8"),
        signature=described.signature_path.read_text("utf-8"),
        file=contents[-1][0],
        card=contents[0][0] if text else None,
        accept_uncovered=accept_uncovered,
    )
    return Released(model, contents, signer)


def _named(name: str, content: bytes) -> NamedFile:
    return NamedFile(name, hashlib.sha256(content).hexdigest(), len(content))
