"""PINs are hashed and checked, secrets sealed and opened, signatures verified; and what is wrong is refused."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from toolroom_desktop.adapters.security.pins import STATION, Argon2PinHasher
from toolroom_desktop.adapters.security.signatures import TrustedKeys, make_key, read_key, sign
from toolroom_desktop.domain.errors import BadModel, BadProgram
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.services.doctor import Check, Grade
from toolroom_desktop.services.ports import PinHasher

_PIN, _WRONG_PIN = "271828", "271829"
_TEXT, _OTHER_TEXT = "ключ на 12".encode(), "ключ на 13".encode()


class Cipher(Protocol):
    """Authenticated encryption, as `cryptography` has it."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


Signers = Callable[[bytes], str]
"""Whose key signed these bytes; raises `BadModel` where it is nobody's."""


def look(
    bench: Workbench,
    *,
    hasher: PinHasher | None = None,
    cipher: Cipher | None = None,
    signers: Signers | None = None,
) -> Check:
    """Try each of the three with what is right and with what is not; all three are the program's own by default."""
    _pins(hasher or Argon2PinHasher(secrets.token_bytes(32), STATION))
    _sealing(cipher or AESGCM(AESGCM.generate_key(bit_length=256)))
    _signatures(signers or _own_signers(bench))
    return Check("secrets", Grade.GOOD, "selftest.secrets")


def _pins(hasher: PinHasher) -> None:
    encoded = hasher.hash(_PIN)
    if not hasher.verify(encoded, _PIN):
        raise BadProgram("selftest.pin_refused")
    if hasher.verify(encoded, _WRONG_PIN):
        raise BadProgram("selftest.pin_accepted")


def _sealing(cipher: Cipher) -> None:
    nonce = secrets.token_bytes(12)
    sealed = cipher.encrypt(nonce, _TEXT, None)
    if sealed == _TEXT or cipher.decrypt(nonce, sealed, None) != _TEXT:
        raise BadProgram("selftest.seal_broken")
    changed = bytes((sealed[0] ^ 1, *sealed[1:]))
    try:
        cipher.decrypt(nonce, changed, None)
    except InvalidTag:
        return
    raise BadProgram("selftest.seal_accepted")


def _own_signers(bench: Workbench) -> Signers:
    room = bench.room("secrets")
    make_key(room / "signer.key", "")
    signature = room / "text.sig"
    signature.write_bytes(sign(_TEXT, read_key(room / "signer.key")))
    return lambda content: TrustedKeys((room,)).signer(content, signature, room / "text")


def _signatures(signers: Signers) -> None:
    if not signers(_TEXT):
        raise BadProgram("selftest.signature_refused")
    try:
        signers(_OTHER_TEXT)
    except BadModel as error:
        if error.code == "model.signature_wrong":
            return
        raise
    raise BadProgram("selftest.signature_accepted")
