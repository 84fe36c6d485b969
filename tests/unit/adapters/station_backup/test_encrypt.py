"""The sealed file: what goes in comes out, and nothing else does."""

from __future__ import annotations

import hmac
import io
import random

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tests.used_station import CHEAP, PASSPHRASE
from toolroom_desktop.adapters.station_backup.encrypt import (
    TAG_BYTES,
    Cost,
    SealBroken,
    SealingWriter,
    UnsealingReader,
    WrongPassphrase,
    is_sealed,
)

CHUNK = 64
HEADER = 55 + 32
WHOLE = CHUNK + TAG_BYTES
TEXT = bytes(range(256))


def sealed(content: bytes, passphrase: str = PASSPHRASE) -> bytes:
    file = io.BytesIO()
    writer = SealingWriter(file, passphrase, cost=CHEAP, chunk_bytes=CHUNK)
    for begin in range(0, len(content), 50):
        writer.write(content[begin : begin + 50])
    writer.close()
    return file.getvalue()


def unsealed(file: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return UnsealingReader(io.BytesIO(file), passphrase).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 1000])
def test_what_was_sealed_comes_out_again(size: int) -> None:
    content = random.Random(size).randbytes(size)
    file = sealed(content)
    assert is_sealed(io.BytesIO(file))
    assert unsealed(file) == content
    assert size < 8 or content[:8] not in file


def test_any_place_can_be_read() -> None:
    reader = io.BufferedReader(UnsealingReader(io.BytesIO(sealed(TEXT)), PASSPHRASE), 32)
    for begin, end in ((200, 256), (0, 3), (60, 70), (128, 192), (255, 256)):
        reader.seek(begin)
        assert reader.tell() == begin
        assert reader.read(end - begin) == TEXT[begin : begin + (end - begin)]
    assert reader.seek(-6, io.SEEK_END) == 250
    assert reader.read() == TEXT[250:]


def test_a_wrong_passphrase_is_told_from_a_damaged_file() -> None:
    with pytest.raises(WrongPassphrase):
        unsealed(sealed(TEXT), PASSPHRASE + " ")


def test_composed_and_decomposed_letters_are_one_passphrase() -> None:
    assert unsealed(sealed(TEXT, "ёлка й"), "е\u0308лка и\u0306") == TEXT


def test_a_change_of_any_byte_is_found() -> None:
    file = sealed(TEXT)
    for place in range(len(file)):
        changed = bytearray(file)
        changed[place] ^= 1
        with pytest.raises((SealBroken, WrongPassphrase)):
            unsealed(bytes(changed))


def test_every_cut_is_found() -> None:
    file = sealed(TEXT)
    for length in range(len(file)):
        with pytest.raises(SealBroken):
            unsealed(file[:length])


def test_chunks_that_were_exchanged_doubled_or_taken_out_are_found() -> None:
    file = sealed(TEXT)
    header, chunks = file[:HEADER], [file[b : b + WHOLE] for b in range(HEADER, len(file), WHOLE)]
    assert len(chunks) == 4
    for order in ((1, 0, 2, 3), (0, 2, 1, 3), (0, 1, 2, 3, 3), (0, 0, 1, 2, 3), (0, 1, 3), (1, 2, 3), (0, 1, 2)):
        with pytest.raises(SealBroken):
            unsealed(header + b"".join(chunks[place] for place in order))


def test_chunks_of_another_file_are_found() -> None:
    one, other = sealed(TEXT), sealed(TEXT)
    with pytest.raises(SealBroken):
        unsealed(one[:HEADER] + other[HEADER:])


def test_a_file_whose_writer_was_abandoned_is_not_whole() -> None:
    file = io.BytesIO()
    writer = SealingWriter(file, PASSPHRASE, cost=CHEAP, chunk_bytes=CHUNK)
    writer.write(TEXT)
    writer.abandon()
    with pytest.raises(SealBroken):
        unsealed(file.getvalue())


def test_a_file_cannot_ask_for_all_the_memory_there_is() -> None:
    file = bytearray(sealed(TEXT))
    file[10] = 40  # log2 of N
    with pytest.raises(SealBroken):
        unsealed(bytes(file))


def test_the_format_is_the_one_that_is_written_down() -> None:
    """Read by hand, from nothing but the description."""
    file = sealed(TEXT)
    log_n, r, p = file[10], int.from_bytes(file[11:15]), int.from_bytes(file[15:19])
    salt, check = file[23:55], file[55:87]
    assert (file[:8], int.from_bytes(file[8:10]), Cost(log_n, r, p)) == (b"TRBACKUP", 1, CHEAP)
    assert int.from_bytes(file[19:23]) == CHUNK
    derived = Scrypt(salt=salt, length=64, n=1 << log_n, r=r, p=p).derive(PASSPHRASE.encode())
    assert hmac.digest(derived[32:], file[:55], "sha256") == check
    content = b""
    for number, begin in enumerate(range(87, len(file), WHOLE)):
        chunk = file[begin : begin + WHOLE]
        nonce = number.to_bytes(8) + int(begin + WHOLE >= len(file)).to_bytes(4)
        content += AESGCM(derived[:32]).decrypt(nonce, chunk, file[:87] + nonce)
    assert content == TEXT
