"""Cryptography that works passes; one that lets the wrong thing through, or refuses the right one, does not."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

import pytest

from toolroom_desktop.domain.errors import BadModel, BadProgram
from toolroom_desktop.selftest import secrets, tls
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.services.doctor import Grade


@dataclass(frozen=True)
class Careless:
    """Hashes and seals nothing, and finds everything right or nothing."""

    answer: bool = True

    def hash(self, pin: str) -> str:
        return pin

    def verify(self, encoded: str, pin: str) -> bool:
        return self.answer


@dataclass(frozen=True)
class Mask:
    """Hides a text without protecting it."""

    mask: int

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        return bytes(byte ^ self.mask for byte in data)

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        return self.encrypt(nonce, data, associated_data)


def refusal(bench: Workbench, **parts: object) -> str:
    with pytest.raises(BadProgram) as caught:
        secrets.look(bench, **parts)  # type: ignore[arg-type]
    return caught.value.code


def test_pins_seals_and_signatures_work(bench: Workbench) -> None:
    assert secrets.look(bench).grade is Grade.GOOD


def test_a_hasher_that_takes_any_pin_or_none_is_found(bench: Workbench) -> None:
    assert refusal(bench, hasher=Careless(True)) == "selftest.pin_accepted"
    assert refusal(bench, hasher=Careless(False)) == "selftest.pin_refused"


def test_a_cipher_that_hides_nothing_or_notices_nothing_is_found(bench: Workbench) -> None:
    assert refusal(bench, cipher=Mask(0)) == "selftest.seal_broken"
    assert refusal(bench, cipher=Mask(0x5A)) == "selftest.seal_accepted"


def test_signatures_that_are_all_right_or_nobodys_are_found(bench: Workbench) -> None:
    assert refusal(bench, signers=lambda _content: "anybody") == "selftest.signature_accepted"
    assert refusal(bench, signers=lambda _content: "") == "selftest.signature_refused"


def test_a_signature_that_cannot_be_read_is_told(bench: Workbench) -> None:
    def unreadable(_content: bytes) -> str:
        raise BadModel("model.signature_damaged", path="text.sig", reason="")

    with pytest.raises(BadModel):
        secrets.look(bench, signers=unreadable)


def test_a_connection_comes_about_and_wrong_certificates_are_refused(bench: Workbench) -> None:
    check = tls.look(bench)
    assert check.grade is Grade.GOOD
    assert check.facts["version"] in ("TLSv1.2", "TLSv1.3")


def trusting_anybody(_authority: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def any_host(authority: str) -> ssl.SSLContext:
    context = tls.client_trusting(authority)
    context.check_hostname = False
    return context


@pytest.mark.parametrize(
    ("client", "code"),
    [(trusting_anybody, "selftest.tls_untrusted_accepted"), (any_host, "selftest.tls_other_host_accepted")],
)
def test_a_client_that_takes_a_wrong_certificate_is_found(bench: Workbench, client: tls.Client, code: str) -> None:
    with pytest.raises(BadProgram) as caught:
        tls.look(bench, client=client)
    assert caught.value.code == code


def test_a_certificate_that_has_expired_lets_no_connection_come_about(bench: Workbench) -> None:
    with pytest.raises(BadProgram) as caught:
        tls.look(bench, days=-1)
    assert caught.value.code == "selftest.tls_failed"
    assert "expired" in str(caught.value.details["reason"])
