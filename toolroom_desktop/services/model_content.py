"""The model that the centre names for all stations, as its row of reference data says it.

The row holds what is small: the manifest and its signature, and names, sizes and hashes of the files. The files
themselves lie at the centre as photos do and are fetched in pieces.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolroom_desktop.domain.journal import canonical_json

MODEL = "model"
JUDGING = (MODEL, "judging")
"""The one row: which model stations are to judge by."""
LARGEST_MODEL = 64 * 1024 * 1024
"""Bytes of one file: the centre takes no larger one."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MODEL_FILE = re.compile(r"[^/\\:.\0][^/\\:\0]{0,150}\.onnx")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file of the model: its name, the SHA-256 of its bytes in hex, and how many those are."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class NamedModel:
    """A model that the centre names.

    file             the network itself
    card             what is written about it for people; None for nothing
    accept_uncovered  stations take it although kits of theirs have tools that it does not know
    """

    name: str
    version: str
    manifest: str
    signature: str
    file: NamedFile
    card: NamedFile | None = None
    accept_uncovered: bool = False

    @property
    def files(self) -> Sequence[NamedFile]:
        """What is fetched: the card first, since it is small."""
        return (self.file,) if self.card is None else (self.card, self.file)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def manifest_sha256(self) -> str:
        """Which model it is: the hash of what was signed. ValueError for a manifest that is no JSON."""
        return hashlib.sha256(canonical_json(json.loads(self.manifest)).encode()).hexdigest()


def model_content(named: NamedModel) -> dict[str, Any]:
    """The content of the row."""
    return {
        "name": named.name,
        "version": named.version,
        "manifest": named.manifest,
        "signature": named.signature,
        "file": _file_content(named.file),
        "card": None if named.card is None else _file_content(named.card),
        "accept_uncovered": named.accept_uncovered,
    }


def named_model(content: Mapping[str, Any]) -> NamedModel:
    """The model that a row says. Raises `KeyError`, `TypeError` or `ValueError` for another form."""
    card = content.get("card")
    named = NamedModel(
        name=_text(content["name"]),
        version=_text(content["version"]),
        manifest=_text(content["manifest"]),
        signature=_text(content["signature"]),
        file=_file(content["file"]),
        card=None if card is None else _file(card),
        accept_uncovered=content.get("accept_uncovered") is True,
    )
    if not _MODEL_FILE.fullmatch(named.file.name):
        raise ValueError("no name of a model file")
    if not isinstance(json.loads(named.manifest), dict):
        raise TypeError("the manifest is no object")
    return named


def _file_content(file: NamedFile) -> dict[str, Any]:
    return {"name": file.name, "sha256": file.sha256, "size": file.size}


def _file(said: Mapping[str, Any]) -> NamedFile:
    file = NamedFile(_text(said["name"]), _text(said["sha256"]), said["size"])
    if not _SHA256.fullmatch(file.sha256):
        raise ValueError("no SHA-256")
    if not isinstance(file.size, int) or isinstance(file.size, bool) or not 0 < file.size <= LARGEST_MODEL:
        raise ValueError("no size of a file")
    return file


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
