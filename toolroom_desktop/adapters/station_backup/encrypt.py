"""A file sealed with a passphrase, written in one go and read from any place, with little memory however long it is.

Layout, numbers big-endian (docs/it-guide.md says the same in words):

    magic 8 bytes "TRBACKUP" | version u16 = 1 | log2 of scrypt's N u8 | r u32 | p u32 | bytes of a chunk u32 | salt 32
    check 32 bytes: HMAC-SHA256 of all of the above, keyed with the second half of what scrypt gave
    chunks: AES-256-GCM of so many bytes each, the last one of at most so many, each with its tag of 16 bytes

scrypt (RFC 7914) turns passphrase (NFC, UTF-8) and salt into 64 bytes: 32 for AES, 32 for the check. The nonce of a
chunk is its number (u64) and 1 or 0 (u32) for whether it is the last; header with check, and that nonce, are its
associated data. So a chunk that is changed, moved, doubled or cut off fits no more, and a wrong passphrase is told from
a damaged file by the check. The salt is new for every file, hence every nonce is used once with its key.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import struct
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"TRBACKUP"
CHUNK_BYTES = 1 << 20
TAG_BYTES = 16

_HEADER = struct.Struct(">8sHBIII32s")
_CHECK_BYTES = 32
_NONCE = struct.Struct(">QI")
_VERSION = 1
_LARGEST_CHUNK = 1 << 26
# What scrypt may cost when a file says so: 1 GiB of memory and no more, whoever made the file.
_MOST_LOG_N, _MOST_R, _MOST_P = 20, 8, 4


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of the passphrase costs: 128 * r * 2**log_n bytes of memory, p times."""

    log_n: int = 17
    r: int = 8
    p: int = 1


STRONG = Cost()
"""128 MiB and about half a second a guess."""


class WrongPassphrase(Exception):
    """The passphrase is not the one that the file was made with, or the first hundred bytes are damaged."""


class SealBroken(Exception):
    """The file is not as it was written: changed, cut off, or not of this format."""


class _Key:
    """What a passphrase and the header of a file give."""

    def __init__(self, passphrase: str, header: bytes) -> None:
        _, _, log_n, r, p, _, salt = _HEADER.unpack(header)
        secret = unicodedata.normalize("NFC", passphrase).encode()
        derived = Scrypt(salt=salt, length=64, n=1 << log_n, r=r, p=p).derive(secret)
        self.check = hmac.new(derived[32:], header, hashlib.sha256).digest()
        self._header = header + self.check
        self._cipher = AESGCM(derived[:32])

    def seal(self, number: int, content: bytes, *, last: bool) -> bytes:
        nonce = _NONCE.pack(number, last)
        return self._cipher.encrypt(nonce, content, self._header + nonce)

    def unseal(self, number: int, sealed: bytes, *, last: bool) -> bytes:
        nonce = _NONCE.pack(number, last)
        try:
            return self._cipher.decrypt(nonce, sealed, self._header + nonce)
        except InvalidTag:
            raise SealBroken(f"chunk {number}") from None


def is_sealed(file: BinaryIO) -> bool:
    """Whether the file begins as a sealed one; it is left at its beginning."""
    file.seek(0)
    begins = file.read(len(MAGIC))
    file.seek(0)
    return begins == MAGIC


class SealingWriter(io.RawIOBase):
    """Takes bytes in order and writes them sealed. `close` writes the last chunk and leaves the file below open.

    A file whose writer was not closed has no last chunk and is found to be cut off.
    """

    def __init__(self, file: BinaryIO, passphrase: str, *, cost: Cost = STRONG, chunk_bytes: int = CHUNK_BYTES) -> None:
        self._file = file
        header = _HEADER.pack(MAGIC, _VERSION, cost.log_n, cost.r, cost.p, chunk_bytes, os.urandom(32))
        self._key = _Key(passphrase, header)
        self._waiting = bytearray()
        self._chunk_bytes = chunk_bytes
        self._number = 0
        file.write(header + self._key.check)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: object, /) -> int:
        """Seal as many whole chunks as there are; the number of bytes taken, which is all."""
        taken = memoryview(data)  # type: ignore[arg-type]
        self._waiting += taken
        # One chunk always stays back: nobody knows yet whether it is the last.
        while len(self._waiting) > self._chunk_bytes:
            chunk = bytes(self._waiting[: self._chunk_bytes])
            del self._waiting[: self._chunk_bytes]
            self._put(chunk, last=False)
        return taken.nbytes

    def close(self) -> None:
        """Write what is left as the last chunk. A second call does nothing."""
        if not self.closed:
            self._put(bytes(self._waiting), last=True)
            self._waiting.clear()
        super().close()

    def abandon(self) -> None:
        """Close without a last chunk: what was written is of no use and must not look whole."""
        super().close()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._key.seal(self._number, chunk, last=last))
        self._number += 1


class UnsealingReader(io.RawIOBase):
    """Reads a sealed file from any place; every byte that it gives was authenticated."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        """Check header, passphrase and the last chunk. Raises `WrongPassphrase` or `SealBroken`."""
        self._file = file
        file.seek(0)
        header, check = file.read(_HEADER.size), file.read(_CHECK_BYTES)
        if len(check) != _CHECK_BYTES:
            raise SealBroken("too short")
        magic, version, log_n, r, p, self._chunk_bytes, _ = _HEADER.unpack(header)
        if magic != MAGIC or version != _VERSION:
            raise SealBroken(f"version {version}")
        if not (0 < log_n <= _MOST_LOG_N and 0 < r <= _MOST_R and 0 < p <= _MOST_P):
            raise SealBroken("the cost of the passphrase is out of bounds")
        if not 0 < self._chunk_bytes <= _LARGEST_CHUNK:
            raise SealBroken("the size of a chunk is out of bounds")
        self._key = _Key(passphrase, header)
        if not hmac.compare_digest(self._key.check, check):
            raise WrongPassphrase
        self._begin = file.tell()
        self._length, self._chunks = self._measure()
        self._place = 0
        self._at_hand: tuple[int, bytes] = (-1, b"")
        self._chunk(self._chunks - 1)

    def _measure(self) -> tuple[int, int]:
        """(bytes of the content, number of chunks); there is always a last one."""
        sealed = self._file.seek(0, os.SEEK_END) - self._begin
        whole = self._chunk_bytes + TAG_BYTES
        chunks = max(1, -(-sealed // whole))
        if sealed - (chunks - 1) * whole < TAG_BYTES:
            raise SealBroken("cut off")
        return sealed - chunks * TAG_BYTES, chunks

    def _chunk(self, number: int) -> bytes:
        if self._at_hand[0] != number:
            self._file.seek(self._begin + number * (self._chunk_bytes + TAG_BYTES))
            sealed = self._file.read(self._chunk_bytes + TAG_BYTES)
            self._at_hand = (number, self._key.unseal(number, sealed, last=number == self._chunks - 1))
        return self._at_hand[1]

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """The place in the content, in bytes."""
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place in the content."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._length}[whence]
        if base + offset < 0:
            raise OSError("before the beginning")
        self._place = base + offset
        return self._place

    def readinto(self, buffer: object, /) -> int:
        """Fill the buffer as far as the chunk at this place reaches; 0 at the end. Raises `SealBroken`."""
        wanted = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if self._place >= self._length:
            return 0
        number, begin = divmod(self._place, self._chunk_bytes)
        part = self._chunk(number)[begin : begin + len(wanted)]
        wanted[: len(part)] = part
        self._place += len(part)
        return len(part)
