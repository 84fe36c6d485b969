"""Detached Ed25519 signatures (RFC 8032) over what must not be changed unseen: the manifests of models.

A signature file is a small JSON beside what it signs. Keys are PEM files as OpenSSL writes them: PKCS #8 for the
private one, SubjectPublicKeyInfo for the public one, whose file name says whose key it is.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from toolroom_desktop.domain.errors import BadModel

PUBLIC_SUFFIX = ".pem"
LARGEST_FILE = 1 << 16
"""Bytes of a key or signature file."""

_FORMAT = 1
_ALGORITHM = "ed25519"
# So that no signature made for another purpose with the same key can pass for one of a manifest.
_PURPOSE = b"toolroom model manifest 1\n"


def fingerprint(key: Ed25519PublicKey) -> str:
    """A short name for a public key: 16 hexadecimal digits of the SHA-256 of its 32 bytes."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def make_key(path: Path, passphrase: str) -> Path:
    """Make a signing key at `path`, readable by its owner only, and its public half beside it; return the latter.

    passphrase  encrypts the private key; "" leaves it to the rights of the file alone

    Raises `BadModel`: model.key_exists, model.key_not_writable.
    """
    key = Ed25519PrivateKey.generate()
    encryption = (
        serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    public_path = path.with_suffix(PUBLIC_SUFFIX)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The public one first: a private key without its public half would be of no use, and never of harm.
        for place, content, mode in ((public_path, public, 0o644), (path, private, 0o600)):
            # Never readable by others, not even for a moment. Windows knows no modes: there the folder's rights hold.
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
    except FileExistsError as error:
        raise BadModel("model.key_exists", path=error.filename or path) from error
    except OSError as error:
        raise BadModel("model.key_not_writable", path=path, reason=error.strerror or str(error)) from error
    return public_path


def _content(path: Path, code: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE)
    except OSError as error:
        raise BadModel(code, path=path, reason=error.strerror or str(error)) from error


def is_encrypted(path: Path) -> bool:
    """Whether a signing key wants a passphrase; raises `BadModel("model.key_not_readable")`."""
    return b"BEGIN ENCRYPTED PRIVATE KEY" in _content(path, "model.key_not_readable")


def read_key(path: Path, passphrase: str = "") -> Ed25519PrivateKey:
    """The signing key in `path`.

    Raises `BadModel`: model.key_not_readable, or model.key_wrong for a wrong passphrase or another kind of file.
    """
    content = _content(path, "model.key_not_readable")
    try:
        key = serialization.load_pem_private_key(content, passphrase.encode() or None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadModel("model.key_wrong", path=path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadModel("model.key_wrong", path=path)
    return key


def sign(content: bytes, key: Ed25519PrivateKey) -> bytes:
    """The content of the signature file for these bytes."""
    signature = base64.b64encode(key.sign(_PURPOSE + content)).decode()
    named = fingerprint(key.public_key())
    text = json.dumps({"format": _FORMAT, "algorithm": _ALGORITHM, "key": named, "signature": signature}, indent=2)
    return f"{text}\n".encode()


@dataclass(frozen=True, slots=True)
class TrustedKeys:
    """The public keys whose signatures count: every `.pem` file in these folders, named for whom it belongs to."""

    folders: Sequence[Path]

    def signer(self, content: bytes, signature_path: Path, subject: Path) -> str:
        """Whose trusted key signed these bytes of `subject`.

        Raises `BadModel`: model.unsigned, model.signature_damaged, model.signature_unknown_key, model.signature_wrong,
        model.trusted_key_damaged.
        """
        if not signature_path.exists():
            raise BadModel("model.unsigned", path=subject)
        try:
            stated = json.loads(_content(signature_path, "model.signature_damaged"))
            if stated["format"] != _FORMAT or stated["algorithm"] != _ALGORITHM:
                raise ValueError("another format")
            named, signature = str(stated["key"]), base64.b64decode(stated["signature"], validate=True)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BadModel("model.signature_damaged", path=signature_path, reason=str(error)) from error
        known = [(holder, key) for holder, key in self._keys() if fingerprint(key) == named]
        if not known:
            raise BadModel("model.signature_unknown_key", path=subject, key=named)
        holder, key = known[0]
        try:
            key.verify(signature, _PURPOSE + content)
        except InvalidSignature as error:
            raise BadModel("model.signature_wrong", path=subject, holder=holder) from error
        return holder

    def _keys(self) -> Iterator[tuple[str, Ed25519PublicKey]]:
        for folder in self.folders:
            for path in sorted(folder.glob(f"*{PUBLIC_SUFFIX}")):
                try:
                    key = serialization.load_pem_public_key(_content(path, "model.trusted_key_damaged"))
                except (ValueError, UnsupportedAlgorithm) as error:
                    raise BadModel("model.trusted_key_damaged", path=path, reason=str(error)) from error
                if not isinstance(key, Ed25519PublicKey):
                    raise BadModel("model.trusted_key_damaged", path=path, reason=type(key).__name__)
                yield path.stem, key
