"""Long payloads of the journal, kept small: the very text that was hashed comes back, letter by letter.

The first long payload about a toolkit is kept as a sample, in a table that only ever grows. Those after it are deflated
with the sample as their dictionary: what every operation with that toolkit says again costs next to nothing. A payload
that does not begin as ours, or that does not unpack, is one that somebody changed.
"""

from __future__ import annotations

import struct
import zlib

from sqlalchemy import Connection, insert

from toolroom_desktop.adapters.database.hot import compiled, driver_of
from toolroom_desktop.adapters.database.journal_tables import journal_sample

SHORTEST = 1000
"""Letters from which on a payload is packed: people look at the short ones in any database viewer."""
_MOST_BYTES = 256_000_000
_FORMAT = 1
_HEAD = struct.Struct(">BI")
_LEVEL = 6
_RAW, _MEMORY = -15, 9
# Where a sample no longer helps, because the toolkit was changed, a new one is taken; not more often than this.
_WORSE_THAN = 0.14
_ENTRIES_BETWEEN = 500

_NEWEST = (
    "SELECT sample_id, since_seq, content FROM journal_sample WHERE about = :about ORDER BY sample_id DESC LIMIT 1"
)
_BY_ID = "SELECT content FROM journal_sample WHERE sample_id = :sample"
_LAST = "SELECT coalesce(max(sample_id), 0) FROM journal_sample"
_ADD = compiled(insert(journal_sample), journal_sample.c.keys())


class Packing:
    """Packs and unpacks payloads within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._contents: dict[int, bytes] = {}
        self._newest: dict[str, tuple[int, int]] = {}

    def packed(self, text: str, about: object, site_seq: int) -> str | bytes:
        """What is stored for the canonical text of a payload: itself where it is short, else its packed form.

        about     the toolkit that it is about, or anything but a text
        site_seq  of the entry, which is to be appended in this transaction
        """
        if len(text) < SHORTEST:
            return text
        content = text.encode()
        if not isinstance(about, str):
            return _deflated(content, 0, b"")
        newest = self._newest_about(about)
        if newest is not None:
            sample, since = newest
            small = _deflated(content, sample, self._content(sample))
            if len(small) <= _WORSE_THAN * len(content) or site_seq - since < _ENTRIES_BETWEEN:
                return small
        return _deflated(content, self._keep(about, site_seq, content), content)

    def text(self, stored: str | bytes) -> str:
        """The canonical text of what is stored; raises `ValueError` for what `packed` did not make."""
        return stored if isinstance(stored, str) else _inflated(stored, self.dictionary(stored))

    def dictionary(self, stored: str | bytes) -> bytes:
        """What that is to be unpacked with; raises `ValueError` for what `packed` did not make."""
        if isinstance(stored, str):
            return b""
        if not isinstance(stored, bytes) or len(stored) < _HEAD.size:
            raise ValueError("not a payload")
        form, sample = _HEAD.unpack_from(stored)
        if form != _FORMAT:
            raise ValueError(f"a payload of the form {form}, which is not known")
        return self._content(sample) if sample else b""

    def _newest_about(self, about: str) -> tuple[int, int] | None:
        if about not in self._newest:
            row = driver_of(self._connection).execute(_NEWEST, {"about": about}).fetchone()
            if row is None:
                return None
            self._newest[about] = (row[0], row[1])
            self._contents[row[0]] = row[2]
        return self._newest[about]

    def _content(self, sample: int) -> bytes:
        if sample not in self._contents:
            row = driver_of(self._connection).execute(_BY_ID, {"sample": sample}).fetchone()
            if row is None:
                raise ValueError(f"the sample {sample} is not there")
            self._contents[sample] = row[0]
        return self._contents[sample]

    def _keep(self, about: str, site_seq: int, content: bytes) -> int:
        driver = driver_of(self._connection)
        sample = int(driver.execute(_LAST).fetchone()[0]) + 1
        row = {"sample_id": sample, "about": about, "since_seq": site_seq, "content": content}
        driver.execute(_ADD, row)
        self._contents[sample] = content
        self._newest[about] = (sample, site_seq)
        return sample


def unpacked(stored: str | bytes, dictionary: bytes) -> str:
    """What `Packing.text` gives, when the transaction is over; raises `ValueError`."""
    return stored if isinstance(stored, str) else _inflated(stored, dictionary)


def _inflated(stored: bytes, dictionary: bytes) -> str:
    inflater = zlib.decompressobj(_RAW, dictionary) if dictionary else zlib.decompressobj(_RAW)
    try:
        content = inflater.decompress(memoryview(stored)[_HEAD.size :], _MOST_BYTES)
    except zlib.error as error:
        raise ValueError("a payload that does not unpack") from error
    if not inflater.eof or inflater.unused_data:
        raise ValueError("a payload that is longer or shorter than it was")
    return content.decode()


def _deflated(content: bytes, sample: int, dictionary: bytes) -> bytes:
    strategy = zlib.Z_DEFAULT_STRATEGY
    deflater = (
        zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, _MEMORY, strategy, dictionary)
        if dictionary
        else zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, _MEMORY, strategy)
    )
    return _HEAD.pack(_FORMAT, sample) + deflater.compress(content) + deflater.flush()
