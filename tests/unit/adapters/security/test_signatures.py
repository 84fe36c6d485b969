"""Keys that sign, signatures that hold, and everything that is no signature."""

from __future__ import annotations

import base64
import json
import stat
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.released_models import HOLDER, Signer, make_signer
from toolroom_desktop.adapters.security.signatures import TrustedKeys, is_encrypted, make_key, read_key, sign
from toolroom_desktop.domain.errors import BadModel

CONTENT = '{"name":"модель"}'.encode()

# RFC 8032, section 7.1, test 3.
PUBLIC = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
MESSAGE = "af82"
SIGNATURE = (
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
)


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return make_signer(tmp_path / "ключи")


def signed(tmp_path: Path, signer: Signer, content: bytes = CONTENT) -> Path:
    path = tmp_path / "model.sig"
    path.write_bytes(sign(content, read_key(signer.key)))
    return path


def refusal(signer: Signer, content: bytes, signature: Path) -> str:
    with pytest.raises(BadModel) as caught:
        TrustedKeys((signer.trusted,)).signer(content, signature, Path("model.json"))
    return caught.value.code


def test_a_signature_names_whose_key_made_it(tmp_path: Path, signer: Signer) -> None:
    path = signed(tmp_path, signer)
    assert TrustedKeys((signer.trusted,)).signer(CONTENT, path, Path("model.json")) == HOLDER


def test_the_library_verifies_as_the_standard_says() -> None:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(PUBLIC))
    key.verify(bytes.fromhex(SIGNATURE), bytes.fromhex(MESSAGE))


def test_one_changed_byte_breaks_the_signature(tmp_path: Path, signer: Signer) -> None:
    path = signed(tmp_path, signer)
    for place in range(len(CONTENT)):
        changed = bytearray(CONTENT)
        changed[place] ^= 1
        assert refusal(signer, bytes(changed), path) == "model.signature_wrong"


def test_a_signature_over_the_bare_bytes_is_none_over_a_manifest(tmp_path: Path, signer: Signer) -> None:
    # Somebody who got the key's owner to sign a text must not have a signed manifest in hand.
    path = signed(tmp_path, signer)
    content = json.loads(path.read_text())
    content["signature"] = base64.b64encode(read_key(signer.key).sign(CONTENT)).decode()
    path.write_text(json.dumps(content))
    assert refusal(signer, CONTENT, path) == "model.signature_wrong"


def test_the_key_of_somebody_unknown_does_not_count(tmp_path: Path, signer: Signer) -> None:
    other = make_signer(tmp_path / "other")
    assert refusal(signer, CONTENT, signed(tmp_path, other)) == "model.signature_unknown_key"


def test_an_unknown_key_cannot_take_the_name_of_a_trusted_one(tmp_path: Path, signer: Signer) -> None:
    trusted = json.loads(signed(tmp_path, signer).read_text())
    path = signed(tmp_path, make_signer(tmp_path / "other"))
    path.write_text(json.dumps(json.loads(path.read_text()) | {"key": trusted["key"]}))
    assert refusal(signer, CONTENT, path) == "model.signature_wrong"


def test_without_a_signature_nobody_vouches(tmp_path: Path, signer: Signer) -> None:
    assert refusal(signer, CONTENT, tmp_path / "none.sig") == "model.unsigned"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        '{"format": 2, "algorithm": "ed25519", "key": "0", "signature": ""}',
        '{"format": 1, "algorithm": "none", "key": "0", "signature": ""}',
        '{"format": 1, "algorithm": "ed25519", "key": "0", "signature": "???"}',
        '{"format": 1, "algorithm": "ed25519", "key": "0", "signature": 5}',
        "\udcff",
    ],
)
def test_a_signature_file_of_another_form_is_refused(tmp_path: Path, signer: Signer, content: str) -> None:
    path = tmp_path / "model.sig"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert refusal(signer, CONTENT, path) == "model.signature_damaged"


def test_a_folder_in_the_place_of_a_signature_is_refused(tmp_path: Path, signer: Signer) -> None:
    (tmp_path / "model.sig").mkdir()
    assert refusal(signer, CONTENT, tmp_path / "model.sig") == "model.signature_damaged"


@pytest.mark.parametrize("kind", ["text", "private", "x25519"])
def test_what_is_no_public_key_among_the_trusted_ones_is_named(tmp_path: Path, signer: Signer, kind: str) -> None:
    other = X25519PrivateKey.generate()
    content = {
        "text": b"key",
        "private": other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        "x25519": other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    }
    (signer.trusted / "a.pem").write_bytes(content[kind])
    assert refusal(signer, CONTENT, signed(tmp_path, signer)) == "model.trusted_key_damaged"


def test_a_key_is_read_with_its_passphrase_only(tmp_path: Path) -> None:
    path = tmp_path / "it.key"
    make_key(path, "длинная фраза")
    assert is_encrypted(path)
    assert read_key(path, "длинная фраза").public_key() is not None
    for wrong in ("", "другая"):
        with pytest.raises(BadModel) as caught:
            read_key(path, wrong)
        assert caught.value.code == "model.key_wrong"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows guards files by the rights of their folder")
def test_only_its_owner_reads_a_private_key(tmp_path: Path) -> None:
    make_key(tmp_path / "it.key", "")
    assert stat.S_IMODE((tmp_path / "it.key").stat().st_mode) == 0o600


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "it.key"
    make_key(path, "")
    before = path.read_bytes()
    with pytest.raises(BadModel) as caught:
        make_key(path, "")
    assert caught.value.code == "model.key_exists"
    assert path.read_bytes() == before


def test_a_key_that_is_not_there_or_no_key_is_refused(tmp_path: Path, signer: Signer) -> None:
    with pytest.raises(BadModel) as caught:
        read_key(tmp_path / "none.key")
    assert caught.value.code == "model.key_not_readable"
    with pytest.raises(BadModel) as caught:
        read_key(signer.trusted / f"{HOLDER}.pem")
    assert caught.value.code == "model.key_wrong"
